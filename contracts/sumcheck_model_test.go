// SPDX-License-Identifier: Apache-2.0

package contracts_test

import (
	"testing"

	"github.com/zkml-go/zkml/chain"
	"github.com/zkml-go/zkml/circuits"
	"github.com/zkml-go/zkml/contracts"
	"github.com/zkml-go/zkml/export"
	"github.com/zkml-go/zkml/internal/evmtest"
	"github.com/zkml-go/zkml/internal/scenario"
	"github.com/zkml-go/zkml/protocol/reduction"
	"github.com/zkml-go/zkml/prover/sumcheck"
	"github.com/zkml-go/zkml/statement"
	vsnark "github.com/zkml-go/zkml/verifier/snark"
)

// TestSumcheckProvesModels runs programs, proves the runs with their own wraps, and gives the proofs to
// the contract: as they are, and for other outputs, contexts and models.
func TestSumcheckProvesModels(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("makes keys of wraps")
	}
	for _, system := range []vsnark.System{vsnark.Groth16, vsnark.Plonk} {
		t.Run(string(system), func(t *testing.T) { testSumcheckModels(t, system) })
	}
}

func testSumcheckModels(t *testing.T, system vsnark.System) {
	type test struct {
		name, want string
		call       evmtest.Call
	}
	var a contracts.Artifact
	var tests []test
	for _, m := range []struct {
		scene    string
		ownWords int
	}{{"contract/weights", 0}, {"statement", 0}, {"statement", 1}} {
		scene := m.scene
		s := scenario.Get(scene)
		model, err := circuits.NewModel(s.Program, s.Options)
		if err != nil {
			t.Fatal(err)
		}
		plan, err := reduction.New(model.System, reduction.Options{Vars: 8, OwnWords: m.ownWords})
		if err != nil {
			t.Fatal(err)
		}
		wrap, err := sumcheck.CompileWrap(plan, system)
		if err != nil {
			t.Fatal(err)
		}
		pk, err := sumcheck.Setup(t.Context(), plan, wrap, sumcheck.SetupOptions{Insecure: true})
		if err != nil {
			t.Fatal(err)
		}
		vk := pk.VerifyingKey()
		keys := wrapKeys{system: statement.Sumcheck, keyBytes: 0x340, verify: verifyGroth16Wrap, vk: vk.Wrap().Groth16()}
		if plonk := vk.Wrap().Plonk(); plonk != nil {
			own, err := export.PlonkKey(plonk)
			if err != nil {
				t.Fatal(err)
			}
			keys = wrapKeys{system: statement.SumcheckPlonk, keyBytes: 0x2c0, verify: plonkVerdict(plonk, own), vk: plonk}
		}
		a = keys.artifact(t)
		name, key, err := export.SumcheckKey(keys.vk, export.Columns{
			Tau: vk.Tau(), NumVars: vk.Vars(), NumWitness: vk.NumWitness(), Model: vk.Model(),
		})
		if err != nil || name != keys.system {
			t.Fatalf("key of %s: %v", name, err)
		}
		v := &export.Inference{ModelDigest: [32]byte{1, 2, 3}, Context: [32]byte{4, 5}, System: keys.system, Key: key}
		job := &sumcheck.Job{Model: model, Plan: plan, Key: pk, Wrap: wrap, ID: v.Model()}
		r, err := job.Prove(t.Context(), s.Inputs, v.Context, false)
		if err != nil {
			t.Fatal(err)
		}
		v.Input, v.Output, v.Commitments = r.Claim.Input, r.Claim.Output, r.Claim.Commitments
		v.Z, v.Proof = r.Public[1], r.Proof.Calldata()
		call := evmtest.NewCall(v)
		if err := keys.verifySumcheck(call); err != nil {
			t.Errorf("%s: the verifier in Go: %v", scene, err)
		}
		add := func(what, want string, change func(c *evmtest.Call)) {
			c := evmtest.NewCall(v)
			change(&c)
			tests = append(tests, test{scene + ", " + what, want, c})
		}
		add("as it is", "", func(*evmtest.Call) {})
		add("another context", "ValuesInvalid", func(c *evmtest.Call) { c.Context[0]++ })
		add("another model", "ModelMismatch", func(c *evmtest.Call) { c.ModelDigest[0]++ })
		add("an input more", "ValuesInvalid", func(c *evmtest.Call) { c.Input = append(c.Input[:len(c.Input):len(c.Input)], 0) })
		if len(v.Output) > 0 {
			add("another output", "ValuesInvalid", func(c *evmtest.Call) {
				c.Output = append([]byte(nil), c.Output...)
				c.Output[0]++
			})
		}
		if len(v.Commitments) > 0 {
			want := "ValuesInvalid"
			if m.ownWords > 0 {
				want = "CommitmentInvalid"
				add("commitments exchanged", want, func(c *evmtest.Call) {
					c.Commitments[0], c.Commitments[1] = c.Commitments[1], c.Commitments[0]
				})
				add("a commitment of another kind", "ValuesInvalid", func(c *evmtest.Call) { c.Commitments[1][0] ^= 1 })
			}
			add("another commitment", want, func(c *evmtest.Call) { c.Commitments[0][31] ^= 1 })
		}
	}
	evmtest.Each(t, func(t *testing.T, c *chain.Chain) {
		contract := deploy(t, c, a)
		for _, test := range tests {
			if got := evmtest.Verdict(t, c, contract, test.call.Pack(t, a)); got != test.want {
				t.Errorf("%s: got verdict %q, want %q", test.name, got, test.want)
			}
		}
	})
}
