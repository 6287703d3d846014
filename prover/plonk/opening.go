// SPDX-License-Identifier: Apache-2.0

package plonk

import (
	curve "github.com/consensys/gnark-crypto/ecc/bn254"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr/polynomial"
	"github.com/consensys/gnark-crypto/ecc/bn254/kzg"

	"github.com/zkml-go/zkml/accel"
	"github.com/zkml-go/zkml/internal/parallel"
)

// opened is what round 5 opens besides r, and the values.
type opened struct {
	polynomials [][]fr.Element // a, b, c, S₁, S₂, q_P
	digests     []curve.G1Affine
	w           [3]fr.Element // at ζ
	s           [2]fr.Element
	qP          []fr.Element
	zOmega      fr.Element // of z, at ωζ
}

// round4 evaluates, and opens z at ωζ. What gnark's verifier does with r, which has the
// other values as factors, it does in its last round.
func (p *prover) round4() (err error) {
	p.transcript.absorb(zeta, p.proof.H[:]...)
	p.zeta = p.transcript.draw(zeta)
	k := p.place
	var point fr.Element
	point.Mul(&p.zeta, &k.vk.Generator)
	if p.proof.ZShiftedOpening, err = kzg.OpenWithCommitter(p.z, point, Committer{k.monomial}); err != nil {
		return err
	}
	p.polynomials = append(p.polynomials, p.wires[:]...)
	p.digests = append(append(append(p.digests, p.proof.LRO[:]...), k.vk.S[0], k.vk.S[1]), k.vk.Qcp...)
	for _, v := range append([]accel.Vector{k.fixed[s1], k.fixed[s2]}, k.fixed[qP:]...) {
		f := make([]fr.Element, k.n)
		p.ops.read(v, f)
		p.polynomials = append(p.polynomials, f)
	}
	y := make([]fr.Element, len(p.polynomials))
	parallel.For(len(y), parallel.Workers(), func(_, i int) {
		f := polynomial.Polynomial(p.polynomials[i])
		y[i] = f.Eval(&p.zeta)
	})
	p.w, p.s, p.qP = [3]fr.Element(y[:3]), [2]fr.Element(y[3:5]), y[5:]
	p.zOmega = p.proof.ZShiftedOpening.ClaimedValue
	p.terms = p.linearised()
	return nil
}

// round5 opens all polynomials but z at ζ, as one.
func (p *prover) round5() error {
	r, digest, err := p.sum(p.terms)
	if err != nil {
		return err
	}
	p.proof.BatchedProof, err = kzg.BatchOpenSinglePointWithCommitter(
		append([][]fr.Element{r}, p.polynomials...), append([]curve.G1Affine{digest}, p.digests...),
		p.zeta, p.config.KZGFoldingHash, Committer{p.place.monomial}, p.zOmega.Marshal())
	return err
}
