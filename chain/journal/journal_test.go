// SPDX-License-Identifier: Apache-2.0

package journal_test

import (
	"errors"
	"math/big"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/crypto"

	"github.com/zkml-go/zkml/chain/journal"
)

var header = journal.Header{ChainID: "1", Genesis: common.Hash{1}, From: common.Address{2}}

// transaction returns a signed transaction with a nonce.
func transaction(t *testing.T, nonce uint64) *types.Transaction {
	t.Helper()
	key, err := crypto.GenerateKey()
	if err != nil {
		t.Fatal(err)
	}
	tx, err := types.SignNewTx(key, types.LatestSignerForChainID(big.NewInt(1)), &types.DynamicFeeTx{ChainID: big.NewInt(1), Nonce: nonce, Data: []byte{1}})
	if err != nil {
		t.Fatal(err)
	}
	return tx
}

func reopen(t *testing.T, j *journal.Journal) *journal.Journal {
	t.Helper()
	if err := j.Close(); err != nil {
		t.Fatal(err)
	}
	again, err := journal.Open(j.Path(), header)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { again.Close() })
	return again
}

func TestStaysOnDisk(t *testing.T) {
	t.Parallel()
	j, err := journal.Open(filepath.Join(t.TempDir(), "j"), header)
	if err != nil {
		t.Fatal(err)
	}
	first, second := transaction(t, 7), transaction(t, 8)
	receipt := &types.Receipt{TxHash: first.Hash(), BlockNumber: big.NewInt(3), BlockHash: common.Hash{4}, GasUsed: 5,
		Status: types.ReceiptStatusSuccessful, Logs: []*types.Log{{Topics: []common.Hash{{6}}, Data: []byte{7}, TxHash: first.Hash()}}}
	for _, err := range []error{j.Sign("a", first), j.Sign("b", second), j.Sign("b", first), j.Settle("a", receipt)} {
		if err != nil {
			t.Fatal(err)
		}
	}
	j = reopen(t, j)
	a, b, none := j.Step("a"), j.Step("b"), j.Step("c")
	if len(a.Signed) != 1 || a.Signed[0].Hash() != first.Hash() {
		t.Errorf("step a has %v", a.Signed)
	}
	if r := a.Receipt; r == nil || r.TxHash != first.Hash() || r.GasUsed != 5 || r.BlockHash != receipt.BlockHash || len(r.Logs) != 1 || r.Logs[0].Data[0] != 7 {
		t.Errorf("step a has receipt %+v", r)
	}
	if len(b.Signed) != 2 || b.Signed[1].Hash() != first.Hash() || b.Receipt != nil {
		t.Errorf("step b is %+v", b)
	}
	if len(none.Signed) != 0 || none.Receipt != nil {
		t.Errorf("a step that is not there is %+v", none)
	}
	if err := j.Settle("a", nil); err != nil {
		t.Fatal(err)
	}
	if j = reopen(t, j); j.Step("a").Receipt != nil {
		t.Error("a receipt that was taken back is there")
	}
}

func TestLock(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "j")
	j, err := journal.Open(path, header)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := journal.Open(path, header); !errors.Is(err, journal.ErrLocked) {
		t.Errorf("got error %v, want ErrLocked", err)
	}
	reopen(t, j)
}

func TestRefused(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "j")
	j, err := journal.Open(path, header)
	if err != nil {
		t.Fatal(err)
	}
	if err := j.Sign("a", transaction(t, 0)); err != nil {
		t.Fatal(err)
	}
	if err := j.Close(); err != nil {
		t.Fatal(err)
	}
	for _, other := range []journal.Header{
		{ChainID: "2", Genesis: header.Genesis, From: header.From},
		{ChainID: header.ChainID, From: header.From},
		{ChainID: header.ChainID, Genesis: header.Genesis},
	} {
		if _, err := journal.Open(path, other); !errors.Is(err, journal.ErrOther) {
			t.Errorf("header %+v: got error %v, want ErrOther", other, err)
		}
	}
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string]string{
		"cut":           string(data[:len(data)/2]),
		"empty":         "",
		"other format":  strings.Replace(string(data), "zkml-journal", "zkml-proof", 1),
		"other version": strings.Replace(string(data), `"version": 1`, `"version": 2`, 1),
		"other field":   strings.Replace(string(data), `"steps"`, `"stops"`, 1),
		"no tx":         strings.Replace(string(data), `"signed": [`, `"signed": ["AgEC",`, 1),
	} {
		if err := os.WriteFile(path, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
		if _, err := journal.Open(path, header); !errors.Is(err, journal.ErrCorrupt) || !strings.Contains(err.Error(), path) {
			t.Errorf("%s: got error %v, want ErrCorrupt", name, err)
		}
	}
}

// TestFull: a transaction that would make a journal too large to be read again is not recorded, and so not sent.
// What was recorded before stays.
func TestFull(t *testing.T) {
	t.Parallel()
	j, err := journal.Open(filepath.Join(t.TempDir(), "j"), header)
	if err != nil {
		t.Fatal(err)
	}
	if err := j.Sign("a", transaction(t, 0)); err != nil {
		t.Fatal(err)
	}
	info, err := os.Stat(j.Path())
	if err != nil {
		t.Fatal(err)
	}
	journal.Limit(j, int(info.Size()))
	if err := j.Sign("b", transaction(t, 1)); !errors.Is(err, journal.ErrFull) {
		t.Errorf("got error %v, want ErrFull", err)
	}
	for _, j := range []*journal.Journal{j, reopen(t, j)} {
		if len(j.Step("a").Signed) != 1 || len(j.Step("b").Signed) != 0 {
			t.Errorf("steps %+v and %+v", j.Step("a"), j.Step("b"))
		}
	}
}

func TestMemory(t *testing.T) {
	t.Parallel()
	j := journal.Memory()
	if err := j.Sign("a", transaction(t, 0)); err != nil {
		t.Fatal(err)
	}
	if len(j.Step("a").Signed) != 1 || j.Path() != "" {
		t.Error("a journal in memory does not remember, or has a file")
	}
	if err := j.Close(); err != nil {
		t.Error(err)
	}
}
