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

// values are those of polynomials at ζ, and of z at ωζ.
type values struct {
	w      [3]fr.Element
	s      [2]fr.Element
	qP     []fr.Element
	zOmega fr.Element
}

// rounds4And5 open z at ωζ, and all other polynomials at ζ.
func (p *prover) rounds4And5() (err error) {
	k, o := p.place, p.ops
	committer := Committer{k.monomial}
	var point fr.Element
	point.Mul(&p.zeta, &k.vk.Generator)
	if p.proof.ZShiftedOpening, err = kzg.OpenWithCommitter(p.z, point, committer); err != nil {
		return err
	}

	polynomials := [][]fr.Element{nil, p.wires[0], p.wires[1], p.wires[2]}
	for _, v := range append([]accel.Vector{k.fixed[s1], k.fixed[s2]}, k.fixed[qP:]...) {
		f := make([]fr.Element, k.n)
		o.read(v, f)
		polynomials = append(polynomials, f)
	}
	if o.err != nil {
		return o.err
	}
	y := make([]fr.Element, len(polynomials))
	parallel.For(len(y)-1, parallel.Workers(), func(_, i int) {
		f := polynomial.Polynomial(polynomials[i+1])
		y[i+1] = f.Eval(&p.zeta)
	})
	at := values{w: [3]fr.Element(y[1:4]), s: [2]fr.Element(y[4:6]), qP: y[6:], zOmega: p.proof.ZShiftedOpening.ClaimedValue}

	sum, digest, err := p.sum(p.linearised(&at))
	if err != nil {
		return err
	}
	polynomials[0] = sum
	digests := append([]curve.G1Affine{digest}, p.proof.LRO[:]...)
	digests = append(append(digests, k.vk.S[0], k.vk.S[1]), k.vk.Qcp...)
	p.proof.BatchedProof, err = kzg.BatchOpenSinglePointWithCommitter(
		polynomials, digests, p.zeta, p.config.KZGFoldingHash, committer, at.zOmega.Marshal())
	return err
}
