// SPDX-License-Identifier: Apache-2.0

package sumcheck_test

import (
	"context"
	"sync"
	"testing"

	curve "github.com/consensys/gnark-crypto/ecc/bn254"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/consensys/gnark/frontend"

	"github.com/zkml-go/zkml/accel/cpu"
	"github.com/zkml-go/zkml/internal/reference"
	"github.com/zkml-go/zkml/internal/unsafesetup"
	"github.com/zkml-go/zkml/protocol/arith"
	"github.com/zkml-go/zkml/protocol/pcs"
	"github.com/zkml-go/zkml/protocol/reduction"
	"github.com/zkml-go/zkml/protocol/transcript"
	"github.com/zkml-go/zkml/prover/opening"
	"github.com/zkml-go/zkml/prover/snark"
	"github.com/zkml-go/zkml/statement"
	vsnark "github.com/zkml-go/zkml/verifier/snark"
	vsumcheck "github.com/zkml-go/zkml/verifier/sumcheck"
)

// unrelated is a circuit with the public inputs of a wrap. Plain proofs have no use for
// a wrap, but keys have one.
type unrelated struct {
	Public  [vsnark.NumPublicInputs]frontend.Variable `gnark:",public"`
	Private [vsnark.NumPublicInputs]frontend.Variable
}

func (c *unrelated) Define(api frontend.API) error {
	for i := range c.Public {
		api.AssertIsEqual(api.Mul(c.Public[i], c.Private[i]), i+2)
	}
	return nil
}

var unrelatedKey = sync.OnceValues(func() (*vsnark.VerifyingKey, error) {
	cs, err := snark.Compile(&unrelated{}, vsnark.Groth16)
	if err != nil {
		return nil, err
	}
	_, vk, err := snark.Setup(context.Background(), cs, snark.SetupOptions{Insecure: true})
	return vk, err
})

// A registrant commits to whatever it likes and makes plain proofs with it: columns are
// elements of the field, and messages are computed from the definitions.
type registrant struct {
	params pcs.Params
	powers opening.Key
	model  []opening.Column
	key    *vsumcheck.VerifyingKey
}

// newRegistrant registers the columns of w, of a plan of the model, as a model.
func newRegistrant(t *testing.T, w *reference.Witness) *registrant {
	t.Helper()
	l := &w.Plan.Layout
	r := &registrant{params: pcs.Params{Vars: l.Vars}}
	srs, err := unsafesetup.Powers(r.params.Size() + 1)
	if err != nil {
		t.Fatal(err)
	}
	if r.powers, err = opening.NewKey(cpu.Device{}, srs.Pk.G1); err != nil {
		t.Fatal(err)
	}
	for _, c := range w.Columns[:l.Model] {
		r.model = append(r.model, column(c))
	}
	wrap, err := unrelatedKey()
	if err != nil {
		t.Fatal(err)
	}
	r.key, err = vsumcheck.NewVerifyingKey(wrap, srs.Vk.G2[1], l.Vars, 1+l.Witness, r.commit(t, r.model))
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// column is a column of the given elements, blinded.
func column(x []fr.Element) opening.Column {
	var c opening.Column
	for i := range x {
		if !x[i].IsZero() {
			c.Extra = append(c.Extra, opening.Coefficient{Index: i, Value: x[i]})
		}
	}
	c.Blind.MustSetRandom()
	return c
}

func (r *registrant) commit(t *testing.T, columns []opening.Column) []curve.G1Affine {
	t.Helper()
	out, err := opening.Commit(t.Context(), r.powers, r.params, columns)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// prove makes the plain proof of a statement, true or not, from the columns of w and the
// registered model.
func (r *registrant) prove(t *testing.T, w *reference.Witness, id [32]byte, claim *statement.Claim) *vsumcheck.Plain {
	t.Helper()
	own := []opening.Column{column(nil)}
	for _, c := range w.Columns[w.Plan.Layout.Model:] {
		own = append(own, column(c))
	}
	proof := &vsumcheck.Plain{Columns: r.commit(t, own)}
	proof.Salt.MustSetRandom()
	seed := vsumcheck.Seed(claim.Digest(id, [32]byte{}), proof.Columns)
	field := &arith.Native{} // never asked: the registrant lies
	tr := transcript.New[fr.Element](field, transcript.Poseidon2{})
	tr.Absorb("seed", seed, proof.Salt)
	words := claim.Words()
	p := &reference.Prover{Witness: w, Transcript: tr}
	result, err := reduction.Run(w.Plan, field, tr, reduction.Statement[fr.Element]{
		Evaluate: func(z fr.Element) fr.Element { return statement.Evaluate(words, z) },
	}, p)
	if err != nil {
		t.Fatal(err)
	}
	proof.Messages = p.Messages
	o, err := opening.Open(t.Context(), r.powers, r.params, append(own, r.model...), result.Point, seed, result.Rho)
	if err != nil {
		t.Fatal(err)
	}
	proof.Opening = &o.Proof
	return proof
}
