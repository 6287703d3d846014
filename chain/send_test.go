// SPDX-License-Identifier: Apache-2.0

package chain_test

import (
	"bytes"
	"context"
	"encoding/base64"
	"errors"
	"math/big"
	"path/filepath"
	"testing"
	"time"

	"github.com/ethereum/go-ethereum"
	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/crypto"
	"github.com/ethereum/go-ethereum/ethclient/simulated"

	"github.com/zkml-go/zkml/chain"
	"github.com/zkml-go/zkml/chain/journal"
)

// contains reports whether a journal's file has a transaction.
func contains(t *testing.T, file []byte, tx *types.Transaction) bool {
	t.Helper()
	raw, err := tx.MarshalBinary()
	if err != nil {
		t.Fatal(err)
	}
	return bytes.Contains(file, []byte(base64.StdEncoding.EncodeToString(raw)))
}

// on returns the account of a ledger, over a connection, with a journal in a file that stays.
func (l *ledger) on(t *testing.T, backend chain.Backend, path string, o chain.Options) *chain.Chain {
	t.Helper()
	c, err := chain.New(t.Context(), backend, l.key)
	if err != nil {
		t.Fatal(err)
	}
	h, err := c.Header(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	c.Options = o
	if c.Options.Journal, err = journal.Open(path, h); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { c.Options.Journal.Close() })
	return c
}

// end closes the journal of a run.
func end(t *testing.T, c *chain.Chain) {
	t.Helper()
	if err := c.Options.Journal.Close(); err != nil {
		t.Fatal(err)
	}
}

var errand = chain.Draft{Step: "errand", To: &common.Address{1}, Data: []byte{1}}

// foreign sends a transaction of the account that no journal knows, as another wallet would.
func (l *ledger) foreign(t *testing.T, nonce uint64, tip int64) {
	t.Helper()
	tx, err := types.SignNewTx(l.key, types.LatestSignerForChainID(big.NewInt(1337)), &types.DynamicFeeTx{
		ChainID: big.NewInt(1337), Nonce: nonce, To: &common.Address{2}, Gas: 30_000,
		GasFeeCap: big.NewInt(100e9), GasTipCap: big.NewInt(tip),
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := l.Client().SendTransaction(t.Context(), tx); err != nil {
		t.Fatal(err)
	}
}

// silent takes transactions and tells nobody.
type silent struct {
	simulated.Client
	taken []*types.Transaction
}

func (s *silent) SendTransaction(_ context.Context, tx *types.Transaction) error {
	s.taken = append(s.taken, tx)
	return nil
}

// pending leaves a transaction in a journal that no node has.
func (l *ledger) pending(t *testing.T, path string) *types.Transaction {
	t.Helper()
	s := &silent{Client: l.Client()}
	c := l.on(t, s, path, chain.Options{Timeout: 20 * time.Millisecond})
	_, err := c.Send(t.Context(), errand)
	var late *chain.PendingError
	if !errors.As(err, &late) || late.Nonce != 0 || late.Mined {
		t.Fatalf("got error %v, want a *PendingError", err)
	}
	end(t, c)
	if len(s.taken) != 1 {
		t.Fatalf("%d transactions were sent, want 1", len(s.taken))
	}
	return s.taken[0]
}

// TestDropped has nodes lose a transaction: the next run sends the very same bytes.
func TestDropped(t *testing.T) {
	t.Parallel()
	l := newLedger(t)
	path := filepath.Join(t.TempDir(), "journal")
	lost := l.pending(t, path)
	r, err := l.on(t, &mortal{Client: l.Client(), node: l}, path, chain.Options{}).Send(t.Context(), errand)
	if err != nil {
		t.Fatal(err)
	}
	if r.TxHash != lost.Hash() {
		t.Errorf("transaction %s was mined, want %s, which the journal has", r.TxHash, lost.Hash())
	}
}

// TestReplaced has another wallet take the nonce of a transaction of the journal, which then can never be
// mined: the next run makes a new one.
func TestReplaced(t *testing.T) {
	t.Parallel()
	l := newLedger(t)
	path := filepath.Join(t.TempDir(), "journal")
	lost := l.pending(t, path)
	l.foreign(t, 0, 2e9)
	l.Commit()
	r, err := l.on(t, &mortal{Client: l.Client(), node: l}, path, chain.Options{}).Send(t.Context(), errand)
	if err != nil {
		t.Fatal(err)
	}
	if r.TxHash == lost.Hash() || l.mined(t) != 2 {
		t.Errorf("got receipt of %s, %d transactions mined; want another transaction, and 2", r.TxHash, l.mined(t))
	}
}

// racing is a node on which another wallet's transaction takes a nonce just before ours arrives.
type racing struct {
	mortal
	race func()
}

func (r *racing) SendTransaction(ctx context.Context, tx *types.Transaction) error {
	if race := r.race; race != nil {
		r.race = nil
		race()
	}
	return r.mortal.SendTransaction(ctx, tx)
}

// TestNonceConflict wants that one run survives the loss of its nonce.
func TestNonceConflict(t *testing.T) {
	t.Parallel()
	l := newLedger(t)
	n := &racing{mortal: mortal{Client: l.Client(), node: l}}
	n.race = func() { l.foreign(t, 0, 2e9); l.Commit() }
	if _, err := l.on(t, n, filepath.Join(t.TempDir(), "journal"), chain.Options{}).Send(t.Context(), errand); err != nil {
		t.Fatal(err)
	}
	if n := l.mined(t); n != 2 {
		t.Errorf("%d transactions were mined, want ours and the other", n)
	}
}

// TestBusyNonce has another transaction of the nonce wait at the node, with a higher fee.
func TestBusyNonce(t *testing.T) {
	t.Parallel()
	l := newLedger(t)
	path := filepath.Join(t.TempDir(), "journal")
	l.pending(t, path)
	l.foreign(t, 0, 50e9)
	c := l.on(t, l.Client().(chain.Backend), path, chain.Options{Timeout: 20 * time.Millisecond})
	_, err := c.Send(t.Context(), errand)
	var late *chain.PendingError
	if !errors.As(err, &late) || !late.Busy {
		t.Fatalf("got error %v, want a *PendingError of a busy nonce", err)
	}
	end(t, c)
	l.Commit() // the other one
	if _, err := l.on(t, &mortal{Client: l.Client(), node: l}, path, chain.Options{}).Send(t.Context(), errand); err != nil {
		t.Fatal(err)
	}
	if n := l.mined(t); n != 2 {
		t.Errorf("%d transactions were mined, want 2", n)
	}
}

// TestReplace sends again what is not mined, at a fee that pools accept in its place.
func TestReplace(t *testing.T) {
	t.Parallel()
	l := newLedger(t)
	path := filepath.Join(t.TempDir(), "journal")
	first := l.pending(t, path)
	if err := l.Client().SendTransaction(t.Context(), first); err != nil { // the node has it
		t.Fatal(err)
	}
	c := l.on(t, &mortal{Client: l.Client(), node: l}, path, chain.Options{Replace: true})
	r, err := c.Send(t.Context(), errand)
	if err != nil {
		t.Fatal(err)
	}
	if r.TxHash == first.Hash() {
		t.Error("the first transaction was mined, not what replaces it")
	}
	if n := l.mined(t); n != 1 {
		t.Errorf("%d transactions were mined, want 1", n)
	}
	if n := len(c.Options.Journal.Step(errand.Step).Signed); n != 2 {
		t.Errorf("the journal has %d transactions of the step, want both", n)
	}
	end(t, c)
	c = l.on(t, l.Client().(chain.Backend), filepath.Join(t.TempDir(), "other"), chain.Options{Replace: true})
	c.Options.MaxFee = big.NewInt(1)
	var fee *chain.FeeError
	if _, err := c.Send(t.Context(), errand); !errors.As(err, &fee) {
		t.Errorf("got error %v, want a *FeeError", err)
	}
}

// between is a node that mines between the first two questions about a transaction after it was sent,
// whichever they are.
type between struct {
	simulated.Client
	node  *ledger
	asked int
}

func (b *between) ask() {
	if b.asked++; b.asked == 1 {
		b.node.Commit()
	}
}

func (b *between) SendTransaction(ctx context.Context, tx *types.Transaction) error {
	b.asked = 0
	return b.Client.SendTransaction(ctx, tx)
}

func (b *between) NonceAt(ctx context.Context, a common.Address, at *big.Int) (uint64, error) {
	defer b.ask()
	return b.Client.NonceAt(ctx, a, at)
}

func (b *between) TransactionReceipt(ctx context.Context, h common.Hash) (*types.Receipt, error) {
	defer b.ask()
	r, err := b.Client.TransactionReceipt(ctx, h)
	if err != nil {
		err = ethereum.NotFound // and not that it will be known later
	}
	return r, err
}

// TransactionByHash is that of a node whose index is late.
func (b *between) TransactionByHash(context.Context, common.Hash) (*types.Transaction, bool, error) {
	return nil, false, ethereum.NotFound
}

// TestMinedBetweenQuestions wants that a transaction that is mined while it is looked for is not taken for
// one whose nonce another took.
func TestMinedBetweenQuestions(t *testing.T) {
	t.Parallel()
	l := newLedger(t)
	if _, err := l.on(t, &between{Client: l.Client(), node: l}, filepath.Join(t.TempDir(), "journal"), chain.Options{}).Send(t.Context(), errand); err != nil {
		t.Fatal(err)
	}
	if n := l.mined(t); n != 1 {
		t.Errorf("%d transactions were mined, want 1", n)
	}
}

// TestConfirmations wants that a transaction is waited for until there are blocks on top of it.
func TestConfirmations(t *testing.T) {
	t.Parallel()
	l := newLedger(t)
	path := filepath.Join(t.TempDir(), "journal")
	m := &mortal{Client: l.Client(), node: l}
	c := l.on(t, m, path, chain.Options{Confirmations: 3, Timeout: 50 * time.Millisecond})
	_, err := c.Send(t.Context(), errand)
	var late *chain.PendingError
	if !errors.As(err, &late) || !late.Mined {
		t.Fatalf("got error %v, want that it is mined and not confirmed", err)
	}
	l.Commit()
	if _, err = c.Send(t.Context(), errand); !errors.As(err, &late) {
		t.Fatalf("with one block on top: got error %v, want that it is not confirmed", err)
	}
	l.Commit()
	if _, err := c.Send(t.Context(), errand); err != nil {
		t.Fatalf("with two blocks on top: %v", err)
	}
	if n := l.mined(t); n != 1 {
		t.Errorf("%d transactions were mined, want 1", n)
	}
}

// TestReorganization takes the block of a finished step from the chain: the step is done again, by the
// transaction that did it before.
func TestReorganization(t *testing.T) {
	t.Parallel()
	l := newLedger(t)
	start, err := l.Client().HeaderByNumber(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	c := l.on(t, &mortal{Client: l.Client(), node: l}, filepath.Join(t.TempDir(), "journal"), chain.Options{})
	first, err := c.Send(t.Context(), errand)
	if err != nil {
		t.Fatal(err)
	}
	if err := l.Fork(start.Hash()); err != nil {
		t.Fatal(err)
	}
	for range 3 {
		l.Commit()
	}
	second, err := c.Send(t.Context(), errand)
	if err != nil {
		t.Fatal(err)
	}
	if first.TxHash != second.TxHash {
		t.Errorf("transaction %s did it, then %s", first.TxHash, second.TxHash)
	}
	if n := l.mined(t); n != 1 {
		t.Errorf("%d transactions are on the chain, want 1", n)
	}
}

// forgetful is a node that has dropped its receipts and old blocks.
type forgetful struct{ simulated.Client }

func (forgetful) TransactionReceipt(context.Context, common.Hash) (*types.Receipt, error) {
	return nil, ethereum.NotFound
}

func (forgetful) TransactionByHash(context.Context, common.Hash) (*types.Transaction, bool, error) {
	return nil, false, ethereum.NotFound
}

// TestOldReceipts wants that what was done is not done again for a node that forgets.
func TestOldReceipts(t *testing.T) {
	t.Parallel()
	l := newLedger(t)
	c := l.on(t, &mortal{Client: l.Client(), node: l}, filepath.Join(t.TempDir(), "journal"), chain.Options{})
	first, err := c.Send(t.Context(), errand)
	if err != nil {
		t.Fatal(err)
	}
	later, err := chain.New(t.Context(), forgetful{l.Client()}, l.key)
	if err != nil {
		t.Fatal(err)
	}
	later.Options.Journal = c.Options.Journal
	second, err := later.Send(t.Context(), errand)
	if err != nil {
		t.Fatal(err)
	}
	if first.TxHash != second.TxHash {
		t.Errorf("transaction %s did it, then %s", first.TxHash, second.TxHash)
	}
	// And if the block is gone, too, that is not for a program to judge.
	lost := *first
	lost.BlockHash[0] ^= 1
	if err := c.Options.Journal.Settle(errand.Step, &lost); err != nil {
		t.Fatal(err)
	}
	if _, err := later.Send(t.Context(), errand); !errors.Is(err, chain.ErrForgotten) {
		t.Errorf("got error %v, want ErrForgotten", err)
	}
	if n := l.mined(t); n != 1 {
		t.Errorf("%d transactions were mined, want 1", n)
	}
}

// TestStepDiffers wants that a step of a journal is not taken for another, pending or done.
func TestStepDiffers(t *testing.T) {
	t.Parallel()
	l := newLedger(t)
	path := filepath.Join(t.TempDir(), "journal")
	l.pending(t, path)
	c := l.on(t, &mortal{Client: l.Client(), node: l}, path, chain.Options{})
	others := []chain.Draft{
		{Step: errand.Step, To: errand.To, Data: []byte{2}},
		{Step: errand.Step, To: &common.Address{3}, Data: errand.Data},
		{Step: errand.Step, Data: errand.Data},
		{Step: errand.Step, To: errand.To, Data: errand.Data, Value: big.NewInt(1)},
	}
	for range 2 {
		for i, d := range others {
			if _, err := c.Send(t.Context(), d); !errors.Is(err, chain.ErrStepDiffers) {
				t.Errorf("other %d: got error %v, want ErrStepDiffers", i, err)
			}
		}
		if _, err := c.Send(t.Context(), errand); err != nil {
			t.Fatal(err)
		}
	}
	if n := l.mined(t); n != 1 {
		t.Errorf("%d transactions were mined, want 1", n)
	}
}

// TestPoor wants the two numbers from an account that cannot pay, before anything is signed.
func TestPoor(t *testing.T) {
	t.Parallel()
	l := newLedger(t)
	poor, err := crypto.GenerateKey()
	if err != nil {
		t.Fatal(err)
	}
	c, err := chain.New(t.Context(), l.Client().(chain.Backend), poor)
	if err != nil {
		t.Fatal(err)
	}
	var funds *chain.FundsError
	if _, err := c.Send(t.Context(), errand); !errors.As(err, &funds) || funds.Have.Sign() != 0 || funds.Need.Sign() <= 0 {
		t.Errorf("got error %v, want a *FundsError with what there is and what is needed", err)
	}
}

// generous is a node that suggests to pay much to whoever seals the block.
type generous struct{ mortal }

func (generous) SuggestGasTipCap(context.Context) (*big.Int, error) { return big.NewInt(2e9), nil }

// TestFees wants the caps of the options in the transaction.
func TestFees(t *testing.T) {
	t.Parallel()
	l := newLedger(t)
	m := &generous{mortal{Client: l.Client(), node: l}}
	var sent *types.Transaction
	m.check = func(tx *types.Transaction) { sent = tx }
	c, err := chain.New(t.Context(), m, l.key)
	if err != nil {
		t.Fatal(err)
	}
	c.Options.MaxFee, c.Options.MaxPriorityFee = big.NewInt(1_500_000_000), big.NewInt(3_000_000)
	if _, err := c.Send(t.Context(), errand); err != nil {
		t.Fatal(err)
	}
	if sent.GasFeeCap().Int64() != 1_500_000_000 || sent.GasTipCap().Int64() != 3_000_000 {
		t.Errorf("sent with a fee cap of %s and a tip of %s, want the caps", sent.GasFeeCap(), sent.GasTipCap())
	}
	q, err := c.Quote(t.Context(), errand)
	if err != nil {
		t.Fatal(err)
	}
	if q.Gas < 21_000 || q.GasLimit != q.Gas+q.Gas/10 || sent.Gas() != q.GasLimit || q.Cost.Cmp(q.MaxCost) > 0 || q.Cost.Sign() <= 0 {
		t.Errorf("got quote %+v", q)
	}
}
