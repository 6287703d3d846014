// SPDX-License-Identifier: Apache-2.0

package contracts_test

import (
	"math/big"

	"github.com/zkml-go/zkml/chain"
	"github.com/zkml-go/zkml/internal/evmtest"
)

// figures are what a borrower commits to.
var figures = [32]byte{31: 7}

// A lendingWorld is a CreditLending that lends up to 10 wei for a score of 60. The other account borrows, the
// chain's own is bureau and lender.
type lendingWorld struct {
	*consumer
	contract chain.Contract
}

func (w *consumer) lend() lendingWorld {
	w.Helper()
	l := lendingWorld{w, w.deploy(w.c.From(), big.NewInt(60), big.NewInt(10))}
	evmtest.Method(l.contract, "fund").With(big.NewInt(100)).Do(w.T, w.c)
	l.vouch(forever)
	return l
}

func (l lendingWorld) vouch(until uint64) {
	l.Helper()
	evmtest.Method(l.contract, "vouch", l.other.From(), figures, until).Do(l.T, l.c)
}

// scored has the market attest a score to an account.
func (l lendingWorld) scored(to *chain.Chain, nonce int64, score byte) evmtest.Attestation {
	l.Helper()
	// Markets attest a statement once: nonces of this test differ in the contract.
	n := new(big.Int).Add(l.contract.Address.Big(), big.NewInt(nonce))
	a := l.prove(to.From(), n, nil, []byte{score}, figures)
	l.Call(l.T, "attest", a).Do(l.T, to)
	return a
}

func (l lendingWorld) borrow(a evmtest.Attestation, wei int64) string {
	l.Helper()
	return evmtest.Method(l.contract, "borrow", big.NewInt(wei), a.Output, a.Proof.Nonce).Verdict(l.T, l.other)
}

var lendingFaults = []consumerFault{
	{
		name: "another model", old: wrongModel, new: "registered; model;",
		want: "WrongModel",
		attack: func(w *consumer) string {
			return refusal(w, w.Market.Address, w.id, [32]byte{1}, w.c.From(), new(big.Int), new(big.Int))
		},
	},
	{
		name: "vouched by a borrower", old: "if (msg.sender != bureau) revert NotAllowed(msg.sender);", new: "", want: "NotAllowed",
		attack: func(w *consumer) string {
			l := w.lend()
			return evmtest.Method(l.contract, "vouch", l.other.From(), figures, uint64(forever)).Verdict(w.T, l.other)
		},
	},
	{
		name: "stale figures", old: "if (block.timestamp > voucher.until) revert VoucherExpired(voucher.until);", new: "",
		want: "VoucherExpired",
		attack: func(w *consumer) string {
			l := w.lend()
			a := l.scored(l.other, 1, 90)
			l.vouch(1)
			return l.borrow(a, 5)
		},
	},
	{
		name: "a score that is not attested", old: "if (!market.isVerified(inferenceId)) revert NotAttested(inferenceId);", new: "",
		want: "NotAttested",
		attack: func(w *consumer) string {
			l := w.lend()
			a := l.scored(l.other, 1, 10)
			a.Output = []byte{90}
			return l.borrow(a, 5)
		},
	},
	{
		name: "another's score", old: `commitments, msg.sender, nonce)`, new: `commitments, lender, nonce)`, want: "NotAttested",
		attack: func(w *consumer) string {
			l := w.lend()
			return l.borrow(l.scored(l.c, 1, 90), 5)
		},
	},
	{
		name: "other figures", old: "commitments[0] = voucher.commitment;", new: "commitments[0] = bytes32(uint256(8));", want: "NotAttested",
		attack: func(w *consumer) string {
			l := w.lend()
			nonce := l.contract.Address.Big()
			a := l.prove(l.other.From(), nonce, nil, []byte{90}, [32]byte{31: 8})
			l.Call(w.T, "attest", a).Do(w.T, l.other)
			return l.borrow(a, 5)
		},
	},
	{
		name: "a score twice", old: "if (used[inferenceId]) revert ScoreUsed(inferenceId);", new: "", want: "ScoreUsed",
		attack: func(w *consumer) string {
			l := w.lend()
			a := l.scored(l.other, 1, 90)
			if got := l.borrow(a, 5); got != "" {
				return "first: " + got
			}
			evmtest.Method(l.contract, "repay").With(big.NewInt(5)).Do(w.T, l.other)
			return l.borrow(a, 5)
		},
	},
	{
		name: "a low score", old: "if (score < leastScore) revert ScoreTooLow(score, leastScore);", new: "", want: "ScoreTooLow",
		attack: func(w *consumer) string {
			l := w.lend()
			return l.borrow(l.scored(l.other, 1, 59), 5)
		},
	},
	{
		name: "a large loan", old: "if (amount > limit) revert LoanTooLarge(amount, limit);", new: "", want: "LoanTooLarge",
		attack: func(w *consumer) string {
			l := w.lend()
			return l.borrow(l.scored(l.other, 1, 60), 11)
		},
	},
	{
		name: "two loans", old: "if (debtOf[msg.sender] != 0) revert DebtMismatch(debtOf[msg.sender]);", new: "", want: "DebtMismatch",
		attack: func(w *consumer) string {
			l := w.lend()
			if got := l.borrow(l.scored(l.other, 1, 60), 10); got != "" {
				return "first: " + got
			}
			return l.borrow(l.scored(l.other, 2, 60), 10)
		},
	},
	{
		name: "withdrawn by a borrower", old: "if (msg.sender != lender) revert NotAllowed(msg.sender);", new: "", want: "NotAllowed",
		attack: func(w *consumer) string {
			return evmtest.Method(w.lend().contract, "withdraw", big.NewInt(1)).Verdict(w.T, w.other)
		},
	},
}
