// SPDX-License-Identifier: Apache-2.0

package contracts_test

import (
	"slices"
	"testing"

	"github.com/ethereum/go-ethereum/common"

	"github.com/zkml-go/zkml/chain"
	"github.com/zkml-go/zkml/internal/evmtest"
	"github.com/zkml-go/zkml/statement"
)

// A claim is the struct of VerifierStop.sol.
type claim struct {
	Model, ModelDigest, Context [32]byte
	Key, Input, Output          []byte
	Commitments                 [][32]byte
	Proof                       []byte
}

// claim returns a claim that the verifier accepts, for the prover of the made-up models proves everything.
func (w *world) claim(m evmtest.Model, input, output string, commitments ...[32]byte) claim {
	w.Helper()
	c := claim{
		Model: m.Name(), ModelDigest: m.Digest, Context: [32]byte{1}, Key: m.Key,
		Input: []byte(input), Output: []byte(output), Commitments: commitments,
	}
	c.Proof = m.Statement(w, c.Context, c.Input, c.Output, c.Commitments)
	return c
}

// contradict deploys a stop whose canary is the world's model, gives it two claims and returns the verdict.
func (w *world) contradict(claims func(canary, other evmtest.Model) (a, b claim)) string {
	w.Helper()
	stop := w.deploy("VerifierStop", w.Verifier.Address, common.Address{}, w.model.Name())
	a, b := claims(w.model, w.prover.Model(w))
	got := w.verdict(w.stranger(), stop, "stopByContradiction", a, b)
	equal(w, "stopped", evmtest.Method(stop, "stopped").Ask(w, w.c)[0], got == "")
	return got
}

func contradiction(name, old, new, want string, claims func(w *world, canary, other evmtest.Model) (a, b claim)) platformFault {
	return platformFault{
		name: name, contract: "VerifierStop", patch: []string{old, new}, want: want,
		attack: func(w *world) string {
			w.Helper()
			return w.contradict(func(canary, other evmtest.Model) (a, b claim) { return claims(w, canary, other) })
		},
	}
}

// stopFaults are attempts to stop a verifier that did nothing wrong, and to use one that is stopped.
var stopFaults = []platformFault{
	{
		name: "stop by a stranger", contract: "VerifierStop", want: "NotGuardian",
		patch:  []string{"if (msg.sender != guardian) revert NotGuardian(msg.sender);", ""},
		attack: func(w *world) string { return w.verdict(w.stranger(), w.Stop, "stop") },
	},
	{
		name: "attestation after the stop", contract: "VerifierStop", want: "VerifierStopped",
		patch: []string{"if (stopped) revert VerifierStopped();\n        verifier", "verifier"},
		attack: func(w *world) string {
			a := w.attestation(w.c)
			w.do(w.c, w.Stop, "stop")
			return w.attest(w.c, a)
		},
	},
	contradiction("equal outputs", "keccak256(a.output) != keccak256(b.output)", "true", "NoContradiction",
		func(w *world, canary, _ evmtest.Model) (a, b claim) {
			return w.claim(canary, "in", "out"), w.claim(canary, "in", "out")
		}),
	contradiction("two inputs", "keccak256(a.input) == keccak256(b.input)", "true", "NoContradiction",
		func(w *world, canary, _ evmtest.Model) (a, b claim) {
			return w.claim(canary, "in", "out"), w.claim(canary, "IN", "OUT")
		}),
	contradiction("first claim of another model", "a.model == canary", "true", "NoContradiction",
		func(w *world, canary, other evmtest.Model) (a, b claim) {
			return w.claim(other, "in", "out"), w.claim(canary, "in", "OUT")
		}),
	contradiction("second claim of another model", "b.model == canary", "true", "NoContradiction",
		func(w *world, canary, other evmtest.Model) (a, b claim) {
			return w.claim(canary, "in", "out"), w.claim(other, "in", "OUT")
		}),
	contradiction("first claim with a commitment", "a.commitments.length == 0", "true", "NoContradiction",
		func(w *world, canary, _ evmtest.Model) (a, b claim) {
			return w.claim(canary, "in", "out", [32]byte{31: 1}), w.claim(canary, "in", "OUT")
		}),
	contradiction("second claim with a commitment", "b.commitments.length == 0", "true", "NoContradiction",
		func(w *world, canary, _ evmtest.Model) (a, b claim) {
			return w.claim(canary, "in", "out"), w.claim(canary, "in", "OUT", [32]byte{31: 1})
		}),
	contradiction("false first claim", "_verify(a);", "", "ProofInvalid",
		func(w *world, canary, _ evmtest.Model) (a, b claim) {
			a, b = w.claim(canary, "in", "out"), w.claim(canary, "in", "OUT")
			a.Output = []byte("oUt")
			return a, b
		}),
	contradiction("false second claim", "_verify(b);", "", "ProofInvalid",
		func(w *world, canary, _ evmtest.Model) (a, b claim) {
			a, b = w.claim(canary, "in", "out"), w.claim(canary, "in", "OUT")
			b.Output = []byte("oUt")
			return a, b
		}),
}

func TestStopAttacks(t *testing.T)        { testAttacks(t, stopFaults) }
func TestStopAttacksPlanted(t *testing.T) { testPlanted(t, stopFaults, evmtest.Compile) }

// TestStopForwards compares a stop with the verifier behind it.
func TestStopForwards(t *testing.T) {
	t.Parallel()
	prover := evmtest.NewGroth16(t, true)
	honest := evmtest.NewCall(prover.Inference(t, 50, 40, 1))
	mutants := slices.DeleteFunc(evmtest.Mutants(honest), func(m evmtest.Mutant) bool {
		return m.Want == "ProofInvalid" // hundreds
	})
	evmtest.Each(t, func(t *testing.T, c *chain.Chain) {
		w := newWorld(t, c, prover, nil)
		ask := func(method string, args ...any) any {
			return evmtest.Method(w.Stop, method, args...).Ask(t, c)[0]
		}
		equal(t, "verifier", ask("verifier"), w.Verifier.Address)
		equal(t, "guardian", ask("guardian"), c.From())
		equal(t, "canary", ask("canary"), [32]byte{})
		equal(t, "stopped", ask("stopped"), false)
		equal(t, "system", ask("system"), statement.Keccak([]byte(statement.Groth16)))
		equal(t, "modelId", ask("modelId", [32]byte{5}, []byte{6}), statement.ModelID([32]byte{5}, statement.Groth16, []byte{6}))

		a := groth16Artifact(t)
		equal(t, "honest call", evmtest.Verdict(t, c, w.Stop, honest.Pack(t, a)), "")
		for _, m := range mutants {
			equal(t, m.Name, evmtest.Verdict(t, c, w.Stop, m.Call.Pack(t, a)), m.Want)
		}
		receipt := evmtest.Method(w.Stop, "stop").Do(t, c)
		equal(t, "event", receipt.Logs[0].Topics,
			[]common.Hash{w.Stop.ABI.Events["Stopped"].ID, common.BytesToHash(c.From().Bytes())})
		equal(t, "stopped", ask("stopped"), true)
		equal(t, "honest call after the stop", evmtest.Verdict(t, c, w.Stop, honest.Pack(t, a)), "VerifierStopped")
		equal(t, "the verifier itself", evmtest.Verdict(t, c, w.Verifier, honest.Pack(t, a)), "")
		equal(t, "modelId after the stop", ask("modelId", [32]byte{5}, []byte{6}), statement.ModelID([32]byte{5}, statement.Groth16, []byte{6}))
		equal(t, "second stop", w.verdict(c, w.Stop, "stop"), "VerifierStopped")
	})
}

// TestStopByContradiction shows two outputs of the canary for one input. The prover of the made-up models can,
// for nothing ties its proofs to a model; that of a true verifier cannot.
func TestStopByContradiction(t *testing.T) {
	t.Parallel()
	prover := evmtest.NewGroth16(t, false)
	evmtest.Each(t, func(t *testing.T, c *chain.Chain) {
		w := newWorld(t, c, prover, nil)
		anyone := w.stranger()
		a, b := w.claim(w.model, "in", "out"), w.claim(w.model, "in", "OUT")
		for _, test := range []struct {
			name   string
			canary [32]byte
			want   string
		}{
			{"the canary", w.model.Name(), ""},
			{"another canary", prover.Model(t).Name(), "NoContradiction"},
			{"no canary", [32]byte{}, "NoContradiction"},
		} {
			stop := evmtest.Deploy(t, c, "VerifierStop", w.Verifier.Address, common.Address{}, test.canary)
			equal(t, test.name, w.verdict(anyone, stop, "stopByContradiction", a, b), test.want)
			equal(t, test.name+" stops", evmtest.Method(stop, "stopped").Ask(t, c)[0], test.want == "")
			if test.want == "" {
				equal(t, "a second time", w.verdict(anyone, stop, "stopByContradiction", a, b), "VerifierStopped")
			}
			equal(t, "stop without a guardian", w.verdict(anyone, stop, "stop"), "NotGuardian")
		}
	})
}
