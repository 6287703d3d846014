// SPDX-License-Identifier: Apache-2.0

package contracts_test

import (
	"math/big"
	"testing"
	"time"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/crypto"

	"github.com/zkml-go/zkml/chain"
	"github.com/zkml-go/zkml/contracts"
	"github.com/zkml-go/zkml/internal/evmtest"
	"github.com/zkml-go/zkml/statement"
)

var groth16Selector = contracts.Selector(statement.Groth16)

// routerFaults are attempts to change what a selector stands for.
var routerFaults = []platformFault{
	{
		name: "addition by a stranger", contract: "VerifierRouter", want: "OwnableUnauthorizedAccount",
		patch: []string{"addVerifier(IInferenceVerifier verifier) external onlyOwner", "addVerifier(IInferenceVerifier verifier) external"},
		attack: func(w *world) string {
			gullible := w.attacker("Gullible", [32]byte{1, 2, 3, 4, 5})
			return w.verdict(w.stranger(), w.Router, "addVerifier", gullible.Address)
		},
	},
	{
		name: "removal by a stranger", contract: "VerifierRouter", want: "OwnableUnauthorizedAccount",
		patch: []string{"removeVerifier(bytes4 selector) external onlyOwner", "removeVerifier(bytes4 selector) external"},
		attack: func(w *world) string {
			return w.verdict(w.stranger(), w.Router, "removeVerifier", groth16Selector)
		},
	},
	{
		name: "selector in use", contract: "VerifierRouter", want: "SelectorInUse",
		patch: []string{"if (address(route.verifier) != address(0)) revert SelectorInUse(selector);", ""},
		attack: func(w *world) string {
			gullible := w.attacker("Gullible", statement.Keccak([]byte(statement.Groth16)))
			return w.verdict(w.c, w.Router, "addVerifier", gullible.Address)
		},
	},
	{
		name: "removed selector", contract: "VerifierRouter", want: "SelectorRemoved",
		patch: []string{"if (route.removed) revert SelectorRemoved(selector);", ""},
		attack: func(w *world) string {
			gullible := w.attacker("Gullible", statement.Keccak([]byte(statement.Groth16)))
			w.do(w.c, w.Router, "removeVerifier", groth16Selector)
			return w.verdict(w.c, w.Router, "addVerifier", gullible.Address)
		},
	},
	{
		name: "removal of what was removed", contract: "VerifierRouter", want: "SelectorRemoved",
		patch: []string{"verifierOf(selector); // reverts if there is none", ""},
		attack: func(w *world) string {
			w.do(w.c, w.Router, "removeVerifier", groth16Selector)
			return w.verdict(w.c, w.Router, "removeVerifier", groth16Selector)
		},
	},
	{
		name: "roles without waiting", contract: "VerifierTimelock", want: "AccessControlUnauthorizedAccount",
		patch: []string{"executors, address(0))", "executors, msg.sender)"},
		attack: func(w *world) string {
			lock := w.deploy("VerifierTimelock", big.NewInt(1000), []common.Address{w.stranger().From()}, []common.Address{{}})
			return w.verdict(w.c, lock, "grantRole", crypto.Keccak256Hash([]byte("PROPOSER_ROLE")), w.c.From())
		},
	},
}

func TestRouterAttacks(t *testing.T)        { testAttacks(t, routerFaults) }
func TestRouterAttacksPlanted(t *testing.T) { testPlanted(t, routerFaults, evmtest.CompileQuick) }

func TestRouter(t *testing.T) {
	t.Parallel()
	evmtest.All(t, func(t *testing.T, c *chain.Chain) {
		w := newWorld(t, c, evmtest.NewGroth16(t, false), nil)
		ask := func(method string, args ...any) []any {
			t.Helper()
			return evmtest.Method(w.Router, method, args...).Ask(t, c)
		}
		system := statement.Keccak([]byte(statement.Groth16))
		none := [4]byte{1, 2, 3, 4}
		equal(t, "verifierOf", ask("verifierOf", groth16Selector)[0], w.Stop.Address)
		equal(t, "find", ask("find", groth16Selector)[0], w.Stop.Address)
		equal(t, "systemOf", ask("systemOf", groth16Selector), []any{system, false})
		equal(t, "verifierOf nothing", w.verdict(c, w.Router, "verifierOf", none), "SelectorUnknown")
		equal(t, "find nothing", ask("find", none)[0], common.Address{})
		equal(t, "systemOf nothing", ask("systemOf", none), []any{[32]byte{}, false})
		equal(t, "removal of nothing", w.verdict(c, w.Router, "removeVerifier", none), "SelectorUnknown")
		equal(t, "zero address", w.verdict(c, w.Router, "addVerifier", common.Address{}), "VerifierAddressZero")
		equal(t, "no contract", w.verdict(c, w.Router, "addVerifier", c.From()), evmtest.Unexplained)

		plonk := evmtest.Deploy(t, c, "PlonkInferenceVerifier")
		receipt := evmtest.Method(w.Router, "addVerifier", plonk.Address).Do(t, c)
		selector := contracts.Selector(statement.Plonk)
		equal(t, "event of the addition", receipt.Logs[0].Topics,
			[]common.Hash{w.Router.ABI.Events["VerifierAdded"].ID, common.BytesToHash(common.RightPadBytes(selector[:], 32))})
		equal(t, "second verifier", ask("verifierOf", selector)[0], plonk.Address)

		receipt = evmtest.Method(w.Router, "removeVerifier", groth16Selector).Do(t, c)
		equal(t, "event of the removal", receipt.Logs[0].Topics,
			[]common.Hash{w.Router.ABI.Events["VerifierRemoved"].ID, common.BytesToHash(common.RightPadBytes(groth16Selector[:], 32))})
		equal(t, "verifierOf what was removed", w.verdict(c, w.Router, "verifierOf", groth16Selector), "SelectorRemoved")
		equal(t, "find what was removed", ask("find", groth16Selector)[0], common.Address{})
		equal(t, "systemOf what was removed", ask("systemOf", groth16Selector), []any{system, true})
		equal(t, "the other verifier", ask("verifierOf", selector)[0], plonk.Address)
		equal(t, "the old verifier again", w.verdict(c, w.Router, "addVerifier", w.Stop.Address), "SelectorRemoved")

		// A model of the removed system is known, and neither attested nor registered again.
		equal(t, "attestation", w.attest(c, w.attestation(c)), "UnsupportedProofSystem")
		equal(t, "registration", w.verdict(c, w.Registry, "registerModel", w.model.Commitment("")), "ProofSystemUnknown")
		got := evmtest.Method(w.Registry, "getModel", w.id).Ask(t, c)
		equal(t, "owner of the model", got[2], c.From())
	})
}

// TestRouterOwner hands the router over, in two steps.
func TestRouterOwner(t *testing.T) {
	t.Parallel()
	evmtest.Each(t, func(t *testing.T, c *chain.Chain) {
		w := newWorld(t, c, evmtest.NewGroth16(t, false), nil)
		next := w.stranger()
		equal(t, "transfer by a stranger", w.verdict(next, w.Router, "transferOwnership", next.From()), "OwnableUnauthorizedAccount")
		w.do(c, w.Router, "transferOwnership", next.From())
		equal(t, "the next owner before it accepts", w.verdict(next, w.Router, "removeVerifier", groth16Selector), "OwnableUnauthorizedAccount")
		equal(t, "acceptance by another", w.verdict(w.stranger(), w.Router, "acceptOwnership"), "OwnableUnauthorizedAccount")
		w.do(next, w.Router, "acceptOwnership")
		equal(t, "the old owner", w.verdict(c, w.Router, "removeVerifier", groth16Selector), "OwnableUnauthorizedAccount")
		w.do(next, w.Router, "removeVerifier", groth16Selector)
		a, err := contracts.Load("VerifierRouter")
		if err != nil {
			t.Fatal(err)
		}
		equal(t, "a router without an owner", evmtest.DeployVerdict(t, c, a, common.Address{}), "OwnableInvalidOwner")
	})
}

// TestRouterTimelock changes a router that a timelock owns.
func TestRouterTimelock(t *testing.T) {
	t.Parallel()
	delay := big.NewInt(4) // seconds; anvil's clock is the wall's
	evmtest.Each(t, func(t *testing.T, c *chain.Chain) {
		w := newWorld(t, c, evmtest.NewGroth16(t, false), nil)
		proposer, stranger := w.stranger(), w.stranger()
		anyone := []common.Address{{}} // the zero address stands for all
		lock := evmtest.Deploy(t, c, "VerifierTimelock", delay, []common.Address{proposer.From()}, anyone)
		w.do(c, w.Router, "transferOwnership", lock.Address)

		var zero [32]byte
		// call returns the arguments of an operation: target, value, data, predecessor and salt.
		call := func(method string, args ...any) []any {
			data := evmtest.Method(w.Router, method, args...).Data(t)
			return []any{w.Router.Address, new(big.Int), data, zero, zero}
		}
		ready := func(operation []any) bool {
			id := evmtest.Method(lock, "hashOperation", operation...).Ask(t, c)[0]
			return evmtest.Method(lock, "isOperationReady", id).Ask(t, c)[0].(bool)
		}
		// wait seals blocks until an operation may be executed.
		wait := func(operation []any) {
			to := stranger.From()
			for deadline := time.Now().Add(time.Minute); !ready(operation); {
				if time.Now().After(deadline) {
					t.Fatal("the operation does not get ready")
				}
				if _, err := c.Send(t.Context(), chain.Draft{To: &to}); err != nil {
					t.Fatal(err)
				}
				time.Sleep(50 * time.Millisecond)
			}
		}
		run := func(operation []any) {
			t.Helper()
			w.do(proposer, lock, "schedule", append(operation, delay)...)
			equal(t, "execution too early", w.verdict(stranger, lock, "execute", operation...), "TimelockUnexpectedOperationState")
			wait(operation)
			w.do(stranger, lock, "execute", operation...)
			equal(t, "execution again", w.verdict(stranger, lock, "execute", operation...), "TimelockUnexpectedOperationState")
		}
		run(call("acceptOwnership"))

		removal := call("removeVerifier", groth16Selector)
		equal(t, "without the timelock", w.verdict(proposer, w.Router, "removeVerifier", groth16Selector), "OwnableUnauthorizedAccount")
		equal(t, "by the deployer", w.verdict(c, w.Router, "removeVerifier", groth16Selector), "OwnableUnauthorizedAccount")
		equal(t, "proposal by a stranger", w.verdict(stranger, lock, "schedule", append(removal, delay)...), "AccessControlUnauthorizedAccount")
		equal(t, "proposal by the deployer", w.verdict(c, lock, "schedule", append(removal, delay)...), "AccessControlUnauthorizedAccount")
		equal(t, "proposal without delay", w.verdict(proposer, lock, "schedule", append(removal, big.NewInt(3))...), "TimelockInsufficientDelay")
		equal(t, "execution without a proposal", w.verdict(stranger, lock, "execute", removal...), "TimelockUnexpectedOperationState")
		equal(t, "delay changed without waiting", w.verdict(proposer, lock, "updateDelay", new(big.Int)), "TimelockUnauthorizedCaller")
		equal(t, "before the removal", w.attest(c, w.attestation(c)), "")
		run(removal)
		equal(t, "after the removal", w.attest(c, w.attestation(c)), "UnsupportedProofSystem")

		canceled := call("renounceOwnership")
		w.do(proposer, lock, "schedule", append(canceled, delay)...)
		id := evmtest.Method(lock, "hashOperation", canceled...).Ask(t, c)[0]
		equal(t, "cancellation by a stranger", w.verdict(stranger, lock, "cancel", id), "AccessControlUnauthorizedAccount")
		w.do(proposer, lock, "cancel", id)
		equal(t, "execution of what was canceled", w.verdict(stranger, lock, "execute", canceled...), "TimelockUnexpectedOperationState")
	})
}
