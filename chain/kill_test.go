// SPDX-License-Identifier: Apache-2.0

package chain_test

import (
	"context"
	"crypto/ecdsa"
	"errors"
	"math/big"
	"os"
	"path/filepath"
	"testing"

	"github.com/ethereum/go-ethereum"
	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/crypto"
	"github.com/ethereum/go-ethereum/ethclient/simulated"

	"github.com/zkml-go/zkml/chain"
	"github.com/zkml-go/zkml/chain/journal"
)

// A ledger is a chain whose blocks the test seals, with one rich account.
type ledger struct {
	*simulated.Backend
	key *ecdsa.PrivateKey
}

func newLedger(t *testing.T) *ledger {
	t.Helper()
	key, err := crypto.GenerateKey()
	if err != nil {
		t.Fatal(err)
	}
	b := simulated.NewBackend(types.GenesisAlloc{
		crypto.PubkeyToAddress(key.PublicKey): {Balance: new(big.Int).Lsh(big.NewInt(1), 100)},
	})
	t.Cleanup(func() { b.Close() })
	return &ledger{b, key}
}

func (l *ledger) from() common.Address { return crypto.PubkeyToAddress(l.key.PublicKey) }

// mined returns how many transactions of the account are in blocks.
func (l *ledger) mined(t *testing.T) uint64 {
	t.Helper()
	l.Commit()
	n, err := l.Client().NonceAt(t.Context(), l.from(), nil)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

var errKilled = errors.New("killed")

// A mortal is a connection to a node by a process that is killed at the calls that change something or
// could: before the node sees the call, or after it, before the answer. Dead, it does nothing more.
type mortal struct {
	simulated.Client
	node  *ledger
	calls int
	kill  int  // the call at which it dies, from 1; 0 for never
	late  bool // after the call
	dead  bool
	check func(tx *types.Transaction) // of what is sent
}

// effect counts a call and says whether it is to be done and answered.
func (m *mortal) effect(call func() error) error {
	if m.dead {
		return errKilled
	}
	m.calls++
	if m.calls == m.kill {
		m.dead = true
		if m.late {
			call()
		}
		return errKilled
	}
	return call()
}

func (m *mortal) SendTransaction(ctx context.Context, tx *types.Transaction) error {
	return m.effect(func() error {
		if m.check != nil {
			m.check(tx)
		}
		if err := m.Client.SendTransaction(ctx, tx); err != nil {
			return err
		}
		m.node.Commit()
		return nil
	})
}

func (m *mortal) EstimateGas(ctx context.Context, msg ethereum.CallMsg) (gas uint64, err error) {
	err = m.effect(func() error { gas, err = m.Client.EstimateGas(ctx, msg); return err })
	return gas, err
}

func (m *mortal) PendingNonceAt(ctx context.Context, a common.Address) (n uint64, err error) {
	err = m.effect(func() error { n, err = m.Client.PendingNonceAt(ctx, a); return err })
	return n, err
}

func (m *mortal) NonceAt(ctx context.Context, a common.Address, b *big.Int) (n uint64, err error) {
	err = m.effect(func() error { n, err = m.Client.NonceAt(ctx, a, b); return err })
	return n, err
}

func (m *mortal) TransactionReceipt(ctx context.Context, h common.Hash) (r *types.Receipt, err error) {
	err = m.effect(func() error { r, err = m.Client.TransactionReceipt(ctx, h); return err })
	return r, err
}

// errands sends three transactions, two of them the same but for their step, as one run of a program does.
func errands(t *testing.T, m *mortal, path string) ([]common.Hash, error) {
	t.Helper()
	c, err := chain.New(t.Context(), m, m.node.key)
	if err != nil {
		t.Fatal(err)
	}
	h, err := c.Header(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	j, err := journal.Open(path, h)
	if err != nil {
		t.Fatal(err)
	}
	defer j.Close()
	c.Options.Journal = j
	to := common.Address{1}
	var hashes []common.Hash
	for _, d := range []chain.Draft{
		{Step: "create", Data: common.FromHex("60006000f3")},
		{Step: "first", To: &to, Data: []byte{1}},
		{Step: "second", To: &to, Data: []byte{1}},
	} {
		r, err := c.Send(t.Context(), d)
		if err != nil {
			return nil, err
		}
		hashes = append(hashes, r.TxHash)
	}
	return hashes, nil
}

// killEverywhere runs the errands once for each place to be killed at, killed there and then again with
// after between the two runs, and returns how many transactions were mined in each case, and the number
// that a run without a kill needs.
func killEverywhere(t *testing.T, after func(path string)) (mined []uint64) {
	t.Helper()
	for kill := 1; ; kill++ {
		killed := false
		for _, late := range []bool{false, true} {
			l := newLedger(t)
			path := filepath.Join(t.TempDir(), "journal")
			m := &mortal{Client: l.Client(), node: l, kill: kill, late: late, check: recorded(t, path)}
			if _, err := errands(t, m, path); err != nil {
				if !errors.Is(err, errKilled) {
					t.Fatal(err)
				}
				killed = true
				after(path)
			}
			again := &mortal{Client: l.Client(), node: l, check: recorded(t, path)}
			if _, err := errands(t, again, path); err != nil {
				t.Fatalf("killed at call %d (after it: %t), the second run: %v", kill, late, err)
			}
			mined = append(mined, l.mined(t))
		}
		if !killed {
			return mined
		}
	}
}

// recorded wants every transaction in the file of the journal before a node sees it.
func recorded(t *testing.T, path string) func(*types.Transaction) {
	return func(tx *types.Transaction) {
		data, err := os.ReadFile(path)
		if err != nil {
			t.Errorf("a transaction is sent and there is no journal: %v", err)
			return
		}
		if !contains(t, data, tx) {
			t.Errorf("transaction %s is sent before it is in the journal", tx.Hash())
		}
	}
}

// TestKilledAnywhere kills a run at each of its calls, and wants that another one finishes the work and
// that nothing is sent twice.
func TestKilledAnywhere(t *testing.T) {
	t.Parallel()
	cases := killEverywhere(t, func(string) {})
	if len(cases) < 20 {
		t.Errorf("only %d cases: the harness kills nothing", len(cases))
	}
	for i, n := range cases {
		if n != 3 {
			t.Errorf("case %d: %d transactions were mined, want 3", i, n)
		}
	}
}

// TestKilledWithoutJournal plants the fault that the journal is there for: it is lost with the process.
func TestKilledWithoutJournal(t *testing.T) {
	t.Parallel()
	twice := 0
	for _, n := range killEverywhere(t, func(path string) {
		if err := os.Remove(path); err != nil && !errors.Is(err, os.ErrNotExist) {
			t.Fatal(err)
		}
	}) {
		if n > 3 {
			twice++
		}
	}
	if twice == 0 {
		t.Error("without a journal nothing was sent twice: the harness proves nothing")
	}
}

// TestRunTwice wants that a second run of finished work sends nothing and has the same receipts.
func TestRunTwice(t *testing.T) {
	t.Parallel()
	l := newLedger(t)
	path := filepath.Join(t.TempDir(), "journal")
	first, err := errands(t, &mortal{Client: l.Client(), node: l}, path)
	if err != nil {
		t.Fatal(err)
	}
	m := &mortal{Client: l.Client(), node: l, check: func(tx *types.Transaction) { t.Errorf("the second run sends %s", tx.Hash()) }}
	second, err := errands(t, m, path)
	if err != nil {
		t.Fatal(err)
	}
	for i := range first {
		if first[i] != second[i] {
			t.Errorf("errand %d: receipt of %s, then of %s", i, first[i], second[i])
		}
	}
}

// TestJournalCannotBeWritten wants that nothing is sent that is not recorded.
func TestJournalCannotBeWritten(t *testing.T) {
	t.Parallel()
	l := newLedger(t)
	dir := filepath.Join(t.TempDir(), "gone")
	if err := os.Mkdir(dir, 0o777); err != nil {
		t.Fatal(err)
	}
	m := &mortal{Client: l.Client(), node: l}
	c, err := chain.New(t.Context(), m, l.key)
	if err != nil {
		t.Fatal(err)
	}
	if c.Options.Journal, err = journal.Open(filepath.Join(dir, "journal"), journal.Header{}); err != nil {
		t.Fatal(err)
	}
	if err := os.RemoveAll(dir); err != nil {
		t.Fatal(err)
	}
	if _, err := c.Send(t.Context(), chain.Draft{Step: "s", To: &common.Address{1}}); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("got error %v, want that of the file", err)
	}
	if n := l.mined(t); n != 0 {
		t.Errorf("%d transactions were sent that no journal has", n)
	}
}
