// SPDX-License-Identifier: Apache-2.0

package contracts_test

import (
	"bytes"
	"testing"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	plonk_bn254 "github.com/consensys/gnark/backend/plonk/bn254"

	"github.com/zkml-go/zkml/accel/cpu"
	"github.com/zkml-go/zkml/chain"
	"github.com/zkml-go/zkml/export"
	"github.com/zkml-go/zkml/internal/evmtest"
	"github.com/zkml-go/zkml/internal/unsafesetup"
	"github.com/zkml-go/zkml/protocol/arith"
	"github.com/zkml-go/zkml/protocol/pcs"
	"github.com/zkml-go/zkml/prover/opening"
	"github.com/zkml-go/zkml/statement"
	"github.com/zkml-go/zkml/verifier/sumcheck"
)

// nativeKey decodes the calldata form of a key for verifier/sumcheck.
func nativeKey(t testing.TB, p *sumcheckProver) *sumcheck.VerifyingKey {
	t.Helper()
	vk, err := sumcheck.NewVerifyingKey(p.keys.native(t), p.columnsOfKey().Tau, p.n, len(p.witness), p.commitAll(p.model))
	if err != nil {
		t.Fatal(err)
	}
	return vk
}

// encoded returns the proof of a call in the encoding of verifier/sumcheck: with a PLONK wrap the calldata form
// lacks the value of the linearized polynomial, which contracts compute.
func (k wrapKeys) encoded(c evmtest.Call) []byte {
	proof := c.Proof[32:]
	vk, ok := k.vk.(*plonk_bn254.VerifyingKey)
	if !ok {
		return proof
	}
	var value fr.Element // any will do for a proof that is false before its wrap is looked at
	k.verify = func(key []byte, public [3]fr.Element, b []byte) error {
		if len(b) == 0x300 {
			p := &plonkProver{vk: vk, key: key}
			value = p.linearValue(public, b, p.challenges(p.gammaMessage(public, b), b))
		}
		return nil
	}
	k.verifySumcheck(c)
	return append(bytes.Clone(proof), value.Marshal()...)
}

// nativeVerdict is verifier/sumcheck's verdict on a call under the prover's key.
func (k wrapKeys) nativeVerdict(vk *sumcheck.VerifyingKey, key []byte, c evmtest.Call) error {
	if id := statement.ModelID(c.ModelDigest, k.system, c.Key); id != c.Model || !bytes.Equal(key, c.Key) {
		return errOtherModel
	}
	public, err := c.Public()
	if err != nil {
		return err
	}
	claim := &statement.Claim{Input: c.Input, Output: c.Output, Commitments: make([]fr.Element, len(c.Commitments))}
	for i := range claim.Commitments {
		claim.Commitments[i].SetBytes(c.Commitments[i][:])
	}
	proof, err := sumcheck.UnmarshalProof(vk, k.encoded(c))
	if err != nil {
		return err
	}
	return sumcheck.Verify(vk, c.Model, c.Context, claim, public[1], proof)
}

// TestSumcheckOpensColumns opens columns of small integers with prover/opening, a mask first among them,
// and gives the proofs to the contract and to verifier/sumcheck.
func TestSumcheckOpensColumns(t *testing.T) {
	t.Parallel()
	a := drawnKeys().artifact(t)
	field := new(arith.Native)
	var calls []evmtest.Call
	for _, n := range []int{2, 5, 8} {
		params := pcs.Params{Vars: n}
		srs, err := unsafesetup.Powers(params.Size() + 1)
		if err != nil {
			t.Fatal(err)
		}
		mask, err := opening.Mask(params)
		if err != nil {
			t.Fatal(err)
		}
		columns := []opening.Column{mask, {Blind: randomScalar()}, {Blind: randomScalar()}}
		for k := range columns[1:] {
			values := make(opening.Ints[int16], params.Size())
			for i := range values {
				values[i] = int16(977*i*i - 31*k - 7)
			}
			columns[1+k].Values = values
		}
		proof := &sumcheckProof{}
		powers, err := opening.NewKey(cpu.Device{}, srs.Pk.G1)
		if err != nil {
			t.Fatal(err)
		}
		if proof.columns, err = opening.Commit(t.Context(), powers, params, columns); err != nil {
			t.Fatal(err)
		}
		model := proof.columns[2:]
		proof.columns = proof.columns[:2]

		p := newSumcheckProver(t, drawnKeys(), n, 1, 0)
		if _, p.key, err = export.SumcheckKey(p.keys.vk, export.Columns{
			Tau: srs.Vk.G2[1], NumVars: n, NumWitness: len(proof.columns), Model: model,
		}); err != nil {
			t.Fatal(err)
		}
		v := p.statement(40, 10, 1)
		public := v.PublicInputs()
		u, rho := randomScalars(n), randomScalar()
		seed := sumcheck.Seed(public[0], proof.columns)
		opened, err := opening.Open(t.Context(), powers, params, columns, u, seed, rho)
		if err != nil {
			t.Fatal(err)
		}
		o, at := &opened.Proof, pcs.PointAt(field, params, u, opened.Challenges.Zeta)
		proof.opening = export.Opening{
			H: o.Ch, Q: o.Cq, G: o.Cg, HAtAlpha: o.HAlpha, S: o.CS, D: o.CD,
			GAtZeta: o.G, GAtZetaInverse: o.GInv, HAtZeta: o.H, HAtZetaInverse: o.HInv, SAtZeta: o.S, SAtZetaInverse: o.SInv,
			Quotient: o.CH, BatchQuotient: o.Cm, LinQuotient: o.CL,
		}
		proof.inputs = export.WrapWords{
			V: opened.Statement.V, Rho: rho,
			P1AtZeta: at.P1, P1AtZetaInverse: at.P1Inv, P2AtZeta: at.P2, P2AtZetaInverse: at.P2Inv,
		}
		proof.words = sumcheck.WrapWords{
			seed, public[1], public[2], rho, opened.Challenges.Zeta, opened.Statement.V, at.P1, at.P1Inv, at.P2, at.P2Inv,
		}
		proof.wrap(proof.words, proof.words.Digest())
		v.Proof = proof.encode(t, p.keys)
		calls = append(calls, evmtest.NewCall(v))

		// The module's own encoding of a proof is the calldata form.
		vk, err := sumcheck.NewVerifyingKey(p.keys.native(t), srs.Vk.G2[1], n, len(proof.columns), model)
		if err != nil {
			t.Fatal(err)
		}
		decoded, err := sumcheck.UnmarshalProof(vk, v.Proof)
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(decoded.Calldata(), v.Proof) {
			t.Error("verifier/sumcheck encodes a proof in another way")
		}
		if err := p.keys.nativeVerdict(vk, p.key, evmtest.NewCall(v)); err != nil {
			t.Errorf("%d variables: verifier/sumcheck: %v", n, err)
		}
	}
	evmtest.Each(t, func(t *testing.T, c *chain.Chain) {
		contract := deploy(t, c, a)
		for i, call := range calls {
			if got := evmtest.Verdict(t, c, contract, call.Pack(t, a)); got != "" {
				t.Errorf("call %d: refused with %s", i, got)
			}
		}
	})
}
