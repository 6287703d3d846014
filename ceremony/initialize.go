// SPDX-License-Identifier: Apache-2.0

package ceremony

import (
	curve "github.com/consensys/gnark-crypto/ecc/bn254"
	update "github.com/consensys/gnark-crypto/ecc/bn254/mpcsetup"
	"github.com/consensys/gnark-crypto/utils"
	"github.com/consensys/gnark/backend/groth16/bn254/mpcsetup"
	"github.com/consensys/gnark/constraint"

	"github.com/zkml-go/zkml/internal/affine"
)

// evaluate returns what mpcsetup.Phase2.Initialize does: the state before all contributions, and the parts
// of the keys that no contribution changes. gnark's takes minutes where this takes seconds: it multiplies a
// point for every term and inverts for every addition.
//
// With u, v and w the polynomials of a wire in the three matrices, at τ,
//
//	A = [u]₁, B = [v]₁ and [v]₂, K = [β⋅u + α⋅v + w]₁, Z = [τⁱ⋅(τᴺ − 1)]₁
func (c *Circuit) evaluate() (*mpcsetup.Phase2, *mpcsetup.Phase2Evaluations) {
	digits, m := digitsOf(c.r1cs.Coefficients), matrices(c.r1cs)
	tau, alpha, beta := pointsOf(c.lagrange.TauG1), pointsOf(c.lagrange.AlphaTauG1), pointsOf(c.lagrange.BetaTauG1)
	tauG2 := make([]affine.Point[affine.G2], len(c.lagrange.TauG2))
	for i := range tauG2 {
		tauG2[i] = affine.Point[affine.G2](c.lagrange.TauG2[i])
	}
	type g1 = source[affine.G1]
	info := c.r1cs.CommitmentInfo.(constraint.Groth16Commitments)
	p, e := new(mpcsetup.Phase2), new(mpcsetup.Phase2Evaluations)
	e.G1.A = g1Of(combine[affine.G1](digits, g1{&m[0], tau}))
	e.G1.B = g1Of(combine[affine.G1](digits, g1{&m[1], tau}))
	e.G2.B = g2Of(combine[affine.G2](digits, source[affine.G2]{&m[1], tauG2}))
	k := g1Of(combine[affine.G1](digits, g1{&m[0], beta}, g1{&m[1], alpha}, g1{&m[2], tau}))
	e.PublicAndCommitmentCommitted = info.GetPublicAndCommitmentCommitted(info.CommitmentIndexes(), c.r1cs.GetNbPublicVariables())

	_, _, one1, one2 := curve.Generators()
	p.Parameters.G1.Delta, p.Parameters.G2.Delta = one1, one2
	p.Sigmas = make([]update.UpdateProof, len(info))
	p.Parameters.G2.Sigma = make([]curve.G2Affine, len(info))
	p.Parameters.G1.SigmaCKK = make([][]curve.G1Affine, len(info))
	e.G1.CKK = make([][]curve.G1Affine, len(info))
	const private, public = -2, -1
	owner := make([]int, len(k)) // of a wire: a commitment, or these
	for w := range owner {
		if owner[w] = private; w < c.r1cs.GetNbPublicVariables() {
			owner[w] = public
		}
	}
	for i := range info {
		p.Parameters.G2.Sigma[i] = one2
		owner[info[i].CommitmentIndex] = public
		for _, w := range info[i].PrivateCommitted {
			owner[w] = i
		}
	}
	for w := range k {
		switch i := owner[w]; i {
		case private:
			p.Parameters.G1.PKK = append(p.Parameters.G1.PKK, k[w])
		case public:
			e.G1.VKK = append(e.G1.VKK, k[w])
		default:
			e.G1.CKK[i] = append(e.G1.CKK[i], k[w])
			p.Parameters.G1.SigmaCKK[i] = append(p.Parameters.G1.SigmaCKK[i], k[w])
		}
	}
	p.Parameters.G1.Z = quotientPowers(c.powers.G1.Tau)
	return p, e
}

// quotientPowers returns [τⁱ⋅(τᴺ − 1)]₁, i < N − 1, in the bit-reversed order of all i < N, from the powers
// of τ up to 2N − 2.
func quotientPowers(tau []curve.G1Affine) []curve.G1Affine {
	n := (len(tau) + 1) / 2
	z := make([]affine.Point[affine.G1], n)
	low := pointsOf(tau[:n])
	var a affine.Adder[affine.G1, *affine.G1]
	for i := range n - 1 {
		z[i] = affine.Point[affine.G1](tau[i+n])
		a.Sub(&z[i], &low[i])
	}
	a.Flush()
	utils.BitReverse(z)
	return g1Of(z[:n-1])
}

func pointsOf(points []curve.G1Affine) []affine.Point[affine.G1] {
	out := make([]affine.Point[affine.G1], len(points))
	for i := range points {
		out[i] = affine.Point[affine.G1](points[i])
	}
	return out
}

func g1Of(points []affine.Point[affine.G1]) []curve.G1Affine {
	out := make([]curve.G1Affine, len(points))
	for i := range points {
		out[i] = curve.G1Affine(points[i])
	}
	return out
}

func g2Of(points []affine.Point[affine.G2]) []curve.G2Affine {
	out := make([]curve.G2Affine, len(points))
	for i := range points {
		out[i] = curve.G2Affine(points[i])
	}
	return out
}
