// SPDX-License-Identifier: Apache-2.0

package sumcheck_test

import (
	"slices"
	"testing"

	curve "github.com/consensys/gnark-crypto/ecc/bn254"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"github.com/zkml-go/zkml/protocol/pcs"
	"github.com/zkml-go/zkml/protocol/reduction"
	"github.com/zkml-go/zkml/statement"
	"github.com/zkml-go/zkml/verifier/snark"
	vsumcheck "github.com/zkml-go/zkml/verifier/sumcheck"
)

// offCurve is no point: decoders refuse it, but proofs in memory may hold it.
func offCurve() (p curve.G1Affine) {
	p.X.SetOne()
	p.Y.SetOne()
	return p
}

// TestHostileProof gives the verifier proofs in memory that no decoder returns.
func TestHostileProof(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	for what, edit := range map[string]func(*vsumcheck.Proof){
		"no columns":               func(p *vsumcheck.Proof) { p.Columns = nil },
		"a column too few":         func(p *vsumcheck.Proof) { p.Columns = p.Columns[1:] },
		"a column too many":        func(p *vsumcheck.Proof) { p.Columns = append(p.Columns, p.Columns[0]) },
		"a column off the curve":   func(p *vsumcheck.Proof) { p.Columns[0] = offCurve() },
		"columns at infinity":      func(p *vsumcheck.Proof) { clear(p.Columns) },
		"no opening":               func(p *vsumcheck.Proof) { p.Opening = nil },
		"an empty opening":         func(p *vsumcheck.Proof) { p.Opening = &pcs.Proof{} },
		"an opening off the curve": func(p *vsumcheck.Proof) { p.Opening.CL = offCurve() },
		"no wrap":                  func(p *vsumcheck.Proof) { p.Wrap = nil },
		"an empty wrap":            func(p *vsumcheck.Proof) { p.Wrap = &snark.Proof{} },
		"another value":            func(p *vsumcheck.Proof) { p.V.SetOne() },
		"another combination":      func(p *vsumcheck.Proof) { p.Rho.SetOne() },
		"values of no point":       func(p *vsumcheck.Proof) { p.At = pcs.Point[fr.Element]{} },
	} {
		proof := *f.wrapped.Proof
		opening := *proof.Opening
		proof.Columns, proof.Opening = slices.Clone(proof.Columns), &opening
		edit(&proof)
		rejected(t, what, f.verify(&proof))
	}
	rejected(t, "nothing", f.verify(nil))
	rejected(t, "an empty proof", f.verify(&vsumcheck.Proof{}))
}

// TestHostilePlain does so with plain proofs.
func TestHostilePlain(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	for what, edit := range map[string]func(*vsumcheck.Plain){
		"no columns":               func(p *vsumcheck.Plain) { p.Columns = nil },
		"a column too many":        func(p *vsumcheck.Plain) { p.Columns = append(p.Columns, p.Columns[0]) },
		"a column off the curve":   func(p *vsumcheck.Plain) { p.Columns[1] = offCurve() },
		"columns at infinity":      func(p *vsumcheck.Plain) { clear(p.Columns) },
		"no messages":              func(p *vsumcheck.Plain) { p.Messages = nil },
		"a message too few":        func(p *vsumcheck.Plain) { p.Messages = p.Messages[:len(p.Messages)-1] },
		"a message too many":       func(p *vsumcheck.Plain) { p.Messages = append(p.Messages, fr.One()) },
		"messages of zeros":        func(p *vsumcheck.Plain) { clear(p.Messages) },
		"messages in reverse":      func(p *vsumcheck.Plain) { slices.Reverse(p.Messages) },
		"another salt":             func(p *vsumcheck.Plain) { p.Salt.SetOne() },
		"no opening":               func(p *vsumcheck.Plain) { p.Opening = nil },
		"an empty opening":         func(p *vsumcheck.Plain) { p.Opening = &pcs.Proof{} },
		"an opening off the curve": func(p *vsumcheck.Plain) { p.Opening.Ch = offCurve() },
	} {
		proof := *f.plain.Plain
		opening := *proof.Opening
		proof.Columns, proof.Messages, proof.Opening = slices.Clone(proof.Columns), slices.Clone(proof.Messages), &opening
		edit(&proof)
		rejected(t, what, f.verifyPlain(&proof))
	}
	rejected(t, "nothing", f.verifyPlain(nil))
	rejected(t, "an empty proof", f.verifyPlain(&vsumcheck.Plain{}))
}

// TestHostileStatement gives honest proofs other statements, keys and plans.
func TestHostileStatement(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	honest := f.wrapped.Claim
	claims := map[string]*statement.Claim{
		"no claim":         nil,
		"an empty claim":   {},
		"no output":        {Input: honest.Input},
		"a longer output":  {Input: honest.Input, Output: append(slices.Clone(honest.Output), 0)},
		"a shorter input":  {Input: honest.Input[1:], Output: honest.Output},
		"sides exchanged":  {Input: honest.Output, Output: honest.Input},
		"a long input":     {Input: make([]byte, 1<<20), Output: honest.Output},
		"a commitment":     {Input: honest.Input, Output: honest.Output, Commitments: []fr.Element{fr.One()}},
		"many commitments": {Input: honest.Input, Output: honest.Output, Commitments: make([]fr.Element, 1000)},
	}
	for what, c := range claims {
		rejected(t, "wrapped, "+what, vsumcheck.Verify(f.key(), f.job.ID, f.context, c, f.wrapped.Public[1], f.wrapped.Proof))
		rejected(t, "plain, "+what, vsumcheck.VerifyPlain(f.key(), f.job.Plan, f.job.ID, f.context, c, f.plain.Plain))
	}
	rejected(t, "another challenge of the statement", vsumcheck.Verify(f.key(), f.job.ID, f.context, honest, fr.One(), f.wrapped.Proof))
	for what, vk := range map[string]*vsumcheck.VerifyingKey{"no key": nil, "an empty key": {}} {
		rejected(t, what, vsumcheck.Verify(vk, f.job.ID, f.context, honest, f.wrapped.Public[1], f.wrapped.Proof))
		rejected(t, what, vsumcheck.VerifyPlain(vk, f.job.Plan, f.job.ID, f.context, honest, f.plain.Plain))
		rejected(t, what, vsumcheck.VerifyModel(vk, f.job.Plan, f.job.ID, f.plain.Plain))
		rejected(t, what, vsumcheck.VerifyWrappedModel(vk, f.key(), f.job.ID, fr.One(), f.wrapped.Proof))
	}
	wider, err := reduction.New(f.job.Model.System, reduction.Options{Vars: 9})
	if err != nil {
		t.Fatal(err)
	}
	for what, plan := range map[string]*reduction.Plan{"no plan": nil, "an empty plan": {}, "a plan of other columns": wider} {
		rejected(t, what, vsumcheck.VerifyPlain(f.key(), plan, f.job.ID, f.context, honest, f.plain.Plain))
	}
}
