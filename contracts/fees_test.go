// SPDX-License-Identifier: Apache-2.0

package contracts_test

import (
	"math/big"
	"slices"
	"testing"

	"github.com/zkml-go/zkml/chain"
	"github.com/zkml-go/zkml/internal/evmtest"
)

// noTheft is the verdict of an attack that no error stops and that gains nothing.
const noTheft = "no gain"

// feeFaults are attacks on credits and fees.
var feeFaults = []platformFault{
	{
		name: "fee raised before the attestation is mined", contract: "InferenceMarket", want: "FeeTooHigh",
		patch: []string{"if (terms.fee > p.maxFee) revert FeeTooHigh(terms.fee, p.maxFee);", ""},
		attack: func(w *world) string {
			caller := w.stranger()
			w.setFee(1)
			w.deposit(caller, 5)
			a := w.paying(caller, 1)
			w.setFee(5)
			return w.attest(caller, a)
		},
	},
	{
		name: "fee unpaid", contract: "InferenceMarket", want: "FeeUnpaid",
		patch: []string{"if (credit < fee) revert FeeUnpaid(fee, credit);", "if (credit < fee) fee = credit;"},
		attack: func(w *world) string {
			caller := w.stranger()
			w.setFee(5)
			return w.attest(caller, w.paying(caller, 5))
		},
	},
	{
		name: "fee paid from what is not there", contract: "InferenceMarket", want: "FeeUnpaid",
		patch: []string{
			"if (credit < fee) revert FeeUnpaid(fee, credit);", "",
			"if (credit - fee != before) creditOf[msg.sender] = credit - fee;", "unchecked { creditOf[msg.sender] = credit - fee; }",
		},
		attack: func(w *world) string {
			caller := w.stranger()
			w.setFee(5)
			return w.attest(caller, w.paying(caller, 5))
		},
	},
	{
		name: "withdrawal while withdrawing", contract: "InferenceMarket", want: "WithdrawalFailed",
		patch: []string{
			"creditOf[msg.sender] = 0;\n", "",
			"if (!taken) revert WithdrawalFailed();", "if (!taken) revert WithdrawalFailed();\n creditOf[msg.sender] = 0;",
		},
		attack: func(w *world) string {
			w.deposit(w.stranger(), 9)
			thief := w.attacker("Reentrant", w.Market.Address)
			got := evmtest.Method(thief, "attack").With(evmtest.Ether(3)).Verdict(w, w.stranger())
			if stolen := evmtest.Balance(w, w.c, thief.Address); got == "" && stolen.Cmp(evmtest.Ether(6)) != 0 {
				w.Errorf("%s: the thief has %s", w.Name(), stolen)
			}
			return got
		},
	},
	{
		name: "withdrawal twice", contract: "InferenceMarket", want: "NoCredit",
		patch: []string{"creditOf[msg.sender] = 0;\n", ""},
		attack: func(w *world) string {
			w.deposit(w.stranger(), 9)
			caller := w.stranger()
			w.deposit(caller, 3)
			w.do(caller, w.Market, "withdraw")
			return w.verdict(caller, w.Market, "withdraw")
		},
	},
	{
		name: "credit lost by a withdrawal that is not taken", contract: "InferenceMarket", want: "WithdrawalFailed",
		patch: []string{"if (!taken) revert WithdrawalFailed();", "taken;"},
		attack: func(w *world) string {
			rejecting := w.attacker("Rejecting")
			evmtest.Method(rejecting, "deposit", w.Market.Address).With(evmtest.Ether(1)).Do(w, w.c)
			return w.verdict(w.c, rejecting, "withdraw", w.Market.Address)
		},
	},
	{
		name: "fee to who was the owner", contract: "ModelRegistry", want: noTheft,
		patch: []string{
			"mapping(uint256 modelId => State) private _states;", "mapping(uint256 modelId => State) private _states; mapping(uint256 => address) private _registrants;",
			"_mint(msg.sender, modelId);", "_mint(msg.sender, modelId); _registrants[modelId] = msg.sender;",
			"terms.owner = _ownerOfModel(modelId);", "_ownerOfModel(modelId); terms.owner = _registrants[modelId];",
		},
		attack: func(w *world) string {
			caller, buyer := w.stranger(), w.stranger()
			w.setFee(2)
			w.Call(w, "attest", w.paying(caller, 2)).With(evmtest.Ether(2)).Do(w, caller)
			before, a := w.credit(w.c.From()), w.paying(caller, 2)
			w.do(w.c, w.Registry, "transferFrom", w.c.From(), buyer.From(), w.id)
			w.Call(w, "attest", a).With(evmtest.Ether(2)).Do(w, caller)
			gain := new(big.Int).Sub(w.credit(w.c.From()), before)
			if w.credit(buyer.From()).Cmp(evmtest.Ether(2)) == 0 && gain.Sign() == 0 {
				return noTheft
			}
			equal(w, "gain of the seller after the sale", gain, evmtest.Ether(2))
			return ""
		},
	},
}

// setFee sets the fee of the model.
func (w *world) setFee(ether int64) {
	w.Helper()
	w.do(w.c, w.Registry, "setFee", w.id, evmtest.Ether(ether))
}

// paying returns an attestation whose caller pays at most some ether.
func (w *world) paying(from *chain.Chain, ether int64) evmtest.Attestation {
	w.Helper()
	a := w.attestation(from)
	a.Proof.MaxFee = evmtest.Ether(ether)
	return a
}

// deposit gives an account credit.
func (w *world) deposit(from *chain.Chain, ether int64) {
	w.Helper()
	evmtest.Method(w.Market, "deposit").With(evmtest.Ether(ether)).Do(w, from)
}

// force makes the market richer by some wei that are nobody's credit.
func (w *world) force(wei *big.Int) {
	w.Helper()
	// Creation code that gives all to the market: PUSH20 market SELFDESTRUCT.
	code := slices.Concat([]byte{0x73}, w.Market.Address[:], []byte{0xff})
	draft := chain.Draft{Data: code, Value: wei}
	if _, err := w.c.Send(w.Context(), draft); err != nil {
		w.Fatal(err)
	}
}

func TestFeeAttacks(t *testing.T)        { testAttacks(t, feeFaults) }
func TestFeeAttacksPlanted(t *testing.T) { testPlanted(t, feeFaults, evmtest.CompileQuick) }

// TestFees pays fees in every way and looks at all credits after each step.
func TestFees(t *testing.T) {
	t.Parallel()
	prover := evmtest.NewGroth16(t, false)
	evmtest.All(t, func(t *testing.T, c *chain.Chain) {
		w := newWorld(t, c, prover, nil)
		caller := w.stranger()
		credits := func(step string, owner, payer int64) {
			t.Helper()
			equal(t, "credit of the owner after "+step, w.credit(c.From()), evmtest.Ether(owner))
			equal(t, "credit of the caller after "+step, w.credit(caller.From()), evmtest.Ether(payer))
			equal(t, "balance after "+step, evmtest.Balance(t, c, w.Market.Address), evmtest.Ether(owner+payer))
		}
		attest := func(method string, maxFee, value int64) string {
			t.Helper()
			return w.Call(t, method, w.paying(caller, maxFee)).With(evmtest.Ether(value)).Reason(t, caller)
		}
		equal(t, "free attestation", attest("attest", 0, 0), "")
		credits("a free attestation", 0, 0)
		equal(t, "value for a free attestation", attest("attest", 0, 1), "")
		credits("value for a free attestation", 0, 1)

		w.setFee(3)
		equal(t, "fee above the caller's bound", attest("attest", 2, 3), "FeeTooHigh(3000000000000000000, 2000000000000000000)")
		equal(t, "fee above credit", attest("attest", 3, 1), "FeeUnpaid(3000000000000000000, 2000000000000000000)")
		equal(t, "fee from value and credit", attest("attest", 3, 2), "")
		credits("a fee from value and credit", 3, 0)
		equal(t, "fee from value with rest", attest("attest", 9, 5), "")
		credits("a fee from value with rest", 6, 2)
		w.deposit(caller, 5)
		credits("a deposit", 6, 7)
		equal(t, "fee from credit", attest("verifyInference", 3, 0), "")
		equal(t, "fee from credit, stored", attest("verifyAndStoreInference", 3, 0), "")
		credits("fees from credit", 12, 1)
		equal(t, "fee above what is left", attest("verifyInference", 3, 0), "FeeUnpaid(3000000000000000000, 1000000000000000000)")

		// The owner pays itself.
		w.deposit(c, 3)
		w.Call(t, "attest", w.paying(c, 3)).Do(t, c)
		credits("the owner's own attestation", 15, 1)

		before := evmtest.Balance(t, c, caller.From())
		receipt := evmtest.Method(w.Market, "withdraw").Do(t, caller)
		spent := new(big.Int).Mul(receipt.EffectiveGasPrice, new(big.Int).SetUint64(receipt.GasUsed))
		gained := new(big.Int).Sub(evmtest.Balance(t, c, caller.From()), before)
		equal(t, "gain of a withdrawal", gained.Add(gained, spent), evmtest.Ether(1))
		credits("the caller's withdrawal", 15, 0)
		equal(t, "withdrawal of nothing", w.verdict(caller, w.Market, "withdraw"), "NoCredit")
		w.do(c, w.Market, "withdraw")
		credits("the owner's withdrawal", 0, 0)
	})
}

// TestMarketTakesNoPlainEther sends ether that would be nobody's.
func TestMarketTakesNoPlainEther(t *testing.T) {
	t.Parallel()
	evmtest.Each(t, func(t *testing.T, c *chain.Chain) {
		w := newWorld(t, c, evmtest.NewGroth16(t, false), nil)
		a := w.attestation(c)
		if _, err := c.Send(t.Context(), chain.Draft{To: &w.Market.Address, Value: evmtest.Ether(1)}); err == nil {
			t.Error("the market takes ether without a call")
		}
		for _, method := range []string{"verifyInference", "verifyAndStoreInference"} {
			if got := w.Call(t, method, a).With(evmtest.Ether(1)).Verdict(t, c); got != evmtest.Unexplained {
				t.Errorf("%s with ether: got verdict %q", method, got)
			}
		}
		// What is forced upon it changes no credit.
		w.deposit(c, 2)
		w.force(evmtest.Ether(1))
		equal(t, "credit", w.credit(c.From()), evmtest.Ether(2))
		equal(t, "balance", evmtest.Balance(t, c, w.Market.Address), evmtest.Ether(3))
		w.do(c, w.Market, "withdraw")
		equal(t, "balance after withdrawal", evmtest.Balance(t, c, w.Market.Address), evmtest.Ether(1))
	})
}
