// SPDX-License-Identifier: Apache-2.0

package prover

import (
	"context"
	"errors"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"github.com/zkml-go/zkml/circuits"
	"github.com/zkml-go/zkml/ir"
	"github.com/zkml-go/zkml/prover/snark"
	"github.com/zkml-go/zkml/relation"
	"github.com/zkml-go/zkml/statement"
	"github.com/zkml-go/zkml/tensor"
	"github.com/zkml-go/zkml/verifier"
	vsnark "github.com/zkml-go/zkml/verifier/snark"
)

// small is y = relu(3·x rounded to a quarter), with a public input, a committed
// copy of it and a public output.
func small(t *testing.T) *ir.Program {
	t.Helper()
	p := &ir.Program{Tables: []ir.Table{{Name: "relu", Lo: -8}}}
	for x := int64(-8); x <= 8; x++ {
		p.Tables[0].Values = append(p.Tables[0].Values, max(x, 0))
	}
	add := func(name string, op ir.Op, args ...ir.ID) ir.ID {
		id, err := p.Add(name, op, args...)
		if err != nil {
			t.Fatal(err)
		}
		return id
	}
	x := add("x", ir.Input{Name: "x", Shape: tensor.Shape{4}, Declared: ir.Range{Lo: -9, Hi: 9}, Scale: 1, Visibility: ir.Public})
	q := add("q", ir.Rescale{Multiplier: 3, Shift: 2}, x)
	y := add("y", ir.Lookup{Table: 0}, q)
	p.Outputs = []ir.Output{
		{Name: "y", ID: y, Scale: 1, Visibility: ir.Public},
		{Name: "q", ID: q, Scale: 1, Visibility: ir.Committed},
	}
	return p
}

// newJob sets a program up; keys for tests are made once per system.
func newJob(t *testing.T, system vsnark.System) *Job {
	t.Helper()
	jobs.Lock()
	defer jobs.Unlock()
	if j := jobs.made[system]; j != nil {
		return j
	}
	m, err := circuits.NewModel(small(t), relation.Options{})
	if err != nil {
		t.Fatal(err)
	}
	cs, err := snark.Compile(m.Circuit(), system)
	if err != nil {
		t.Fatal(err)
	}
	pk, _, err := snark.Setup(t.Context(), cs, snark.SetupOptions{Insecure: true})
	if err != nil {
		t.Fatal(err)
	}
	j := &Job{Model: m, CS: cs, Key: pk, ID: [32]byte{7}}
	jobs.made[system] = j
	return j
}

var jobs = struct {
	sync.Mutex
	made map[vsnark.System]*Job
}{made: map[vsnark.System]*Job{}}

func check(j *Job, r *Result, model, proofContext [32]byte, claim *statement.Claim, z fr.Element) error {
	return vsnark.VerifyInference(j.Key.VerifyingKey(), model, proofContext, claim, z, r.Proof)
}

func TestProve(t *testing.T) {
	t.Parallel()
	for _, system := range []vsnark.System{vsnark.Groth16, vsnark.Plonk} {
		t.Run(string(system), func(t *testing.T) {
			t.Parallel()
			j := newJob(t, system)
			at := [32]byte{1, 2, 3}
			r, err := j.Prove(t.Context(), [][]int64{{-9, -1, 2, 9}}, at)
			if err != nil {
				t.Fatal(err)
			}
			if want := [][]int64{{0, 0, 2, 7}, {-7, -1, 2, 7}}; !slices.EqualFunc(r.Outputs, want, slices.Equal) {
				t.Errorf("outputs %v, want %v", r.Outputs, want)
			}
			if [3]fr.Element(r.Public) != r.Claim.Public(r.Claim.Digest(j.ID, at)) {
				t.Error("the public inputs are not those of the claim")
			}
			if err := check(j, r, j.ID, at, r.Claim, r.Public[1]); err != nil {
				t.Fatal(err)
			}
			lies := map[string]func(model, proofContext *[32]byte, c *statement.Claim, z *fr.Element){
				"another model":     func(m, _ *[32]byte, _ *statement.Claim, _ *fr.Element) { m[31] ^= 1 },
				"another context":   func(_, c *[32]byte, _ *statement.Claim, _ *fr.Element) { c[0] ^= 1 },
				"another input":     func(_, _ *[32]byte, c *statement.Claim, _ *fr.Element) { c.Input[0] ^= 1 },
				"another output":    func(_, _ *[32]byte, c *statement.Claim, _ *fr.Element) { c.Output[3] ^= 1 },
				"a longer output":   func(_, _ *[32]byte, c *statement.Claim, _ *fr.Element) { c.Output = append(c.Output, 0) },
				"a shorter input":   func(_, _ *[32]byte, c *statement.Claim, _ *fr.Element) { c.Input = c.Input[:3] },
				"another tensor":    func(_, _ *[32]byte, c *statement.Claim, _ *fr.Element) { c.Commitments[0].SetOne() },
				"no commitment":     func(_, _ *[32]byte, c *statement.Claim, _ *fr.Element) { c.Commitments = nil },
				"another challenge": func(_, _ *[32]byte, _ *statement.Claim, z *fr.Element) { z.SetOne() },
			}
			for name, lie := range lies {
				model, proofContext, z := j.ID, at, r.Public[1]
				c := &statement.Claim{Input: slices.Clone(r.Claim.Input), Output: slices.Clone(r.Claim.Output), Commitments: slices.Clone(r.Claim.Commitments)}
				lie(&model, &proofContext, c, &z)
				if err := check(j, r, model, proofContext, c, z); !errors.Is(err, verifier.ErrRejected) {
					t.Errorf("%s: %v, want a rejection", name, err)
				}
			}
		})
	}
}

// Salts are fresh: two proofs of one run show different commitments.
func TestCommitmentsHide(t *testing.T) {
	t.Parallel()
	j := newJob(t, vsnark.Groth16)
	in := [][]int64{{1, 2, 3, 4}}
	a, err := j.Prove(t.Context(), in, [32]byte{})
	if err != nil {
		t.Fatal(err)
	}
	b, err := j.Prove(t.Context(), in, [32]byte{})
	if err != nil {
		t.Fatal(err)
	}
	if len(a.Salts) != 1 || a.Salts[0] == b.Salts[0] || a.Claim.Commitments[0] == b.Claim.Commitments[0] {
		t.Errorf("salts %v and %v, commitments %v and %v", a.Salts, b.Salts, a.Claim.Commitments, b.Claim.Commitments)
	}
}

func TestProveRefuses(t *testing.T) {
	t.Parallel()
	j := newJob(t, vsnark.Groth16)
	for name, in := range map[string][][]int64{
		"above the range": {{1, 2, 3, 10}},
		"below the range": {{-10, 2, 3, 4}},
		"too short":       {{1, 2, 3}},
		"no input":        nil,
	} {
		if _, err := j.Prove(t.Context(), in, [32]byte{}); !errors.Is(err, ir.ErrInput) {
			t.Errorf("%s: %v, want %v", name, err, ir.ErrInput)
		}
	}
	ctx, stop := context.WithCancel(t.Context())
	stop()
	if _, err := j.Prove(ctx, [][]int64{{1, 2, 3, 4}}, [32]byte{}); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
}

// A trace that is no run of the program has no proof.
func TestForgedTrace(t *testing.T) {
	t.Parallel()
	j := newJob(t, vsnark.Groth16)
	salts, err := j.Model.NewSalts()
	if err != nil {
		t.Fatal(err)
	}
	p := j.Model.System.Program
	for _, output := range p.Outputs {
		trace, err := p.Run([][]int64{{1, 2, 3, 4}})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := j.proveTrace(t.Context(), time.Now(), trace, salts, unbound); err != nil {
			t.Fatalf("honest: %v", err)
		}
		trace[output.ID] = slices.Clone(trace[output.ID])
		trace[output.ID][2]++
		if _, err := j.proveTrace(t.Context(), time.Now(), trace, salts, unbound); !errors.Is(err, snark.ErrUnsatisfied) {
			t.Errorf("%s: %v, want %v", output.Name, err, snark.ErrUnsatisfied)
		}
	}
}

// unbound binds a proof to nothing.
func unbound(*statement.Claim) [32]byte { return [32]byte{} }
