// SPDX-License-Identifier: Apache-2.0

package pcs

import (
	"math/big"

	curve "github.com/consensys/gnark-crypto/ecc/bn254"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/consensys/gnark-crypto/ecc/bn254/kzg"

	"github.com/zkml-go/zkml/protocol/arith"
)

// Verify checks the opening of columns at u, of p.Vars elements. Its error is nil or
// wraps ErrRejected.
func Verify(p Params, vk *kzg.VerifyingKey, columns []curve.G1Affine, s Statement, u []fr.Element, proof *Proof) error {
	if err := p.Check(); err != nil {
		return rejected("%v", err)
	}
	if len(u) != p.Vars {
		return rejected("a point of %d elements, want %d", len(u), p.Vars)
	}
	if proof == nil {
		return rejected("no proof")
	}
	zeta := Derive(s, proof).Zeta
	if zeta.IsZero() {
		return rejected("degenerate challenge")
	}
	return VerifyPoint(p, vk, columns, s, PointAt(new(arith.Native), p, u, zeta), proof)
}

// VerifyPoint is Verify for a verifier that was convinced of P1 and P2 at ζ and 1/ζ, ζ
// being that of Derive.
func VerifyPoint(p Params, vk *kzg.VerifyingKey, columns []curve.G1Affine, s Statement, at Point[fr.Element], proof *Proof) error {
	if err := p.Check(); err != nil {
		return rejected("%v", err)
	}
	if proof == nil || len(columns) == 0 {
		return rejected("no columns or no proof")
	}
	if !validKey(vk) {
		return rejected("no valid key")
	}
	return check(p, vk, columns, s, at, proof, Derive(s, proof), all)
}

// validKey reports whether a key starts with the generators and has a τ that is not 0. Pairings
// with the point at infinity hold for all proofs.
func validKey(vk *kzg.VerifyingKey) bool {
	_, _, g1, g2 := curve.Generators()
	return vk != nil && vk.G1.Equal(&g1) && vk.G2[0].Equal(&g2) && !vk.G2[1].IsInfinity() && vk.G2[1].IsOnCurve() && vk.G2[1].IsInSubGroup()
}

// checks are the parts of a verification that a test may leave out, to see that a
// forgery then passes.
type checks uint

const (
	scalarCheck checks = 1 << iota
	quotientCheck
	batchCheck
	degenerateCheck
	all = scalarCheck | quotientCheck | batchCheck | degenerateCheck
)

func check(p Params, vk *kzg.VerifyingKey, columns []curve.G1Affine, s Statement, at Point[fr.Element], proof *Proof, c Challenges, do checks) error {
	for i := range columns {
		if !onCurve(&columns[i]) {
			return rejected("column %d is not on the curve", i)
		}
	}
	for i, q := range proof.points() {
		if !onCurve(q) {
			return rejected("point %d is not on the curve", i)
		}
	}
	e, distinct := newSets(c)
	if do&degenerateCheck != 0 && !distinct {
		return rejected("degenerate challenge")
	}
	if do&scalarCheck != 0 && !scalarEquation(s, at, proof, c, &e.inverse) {
		return rejected("the inner products do not hold")
	}

	// e(A + δ·Q, [1]₂) = e(C_H + δ·C_L, [τ]₂).
	var left, right curve.G1Jac
	if do&quotientCheck != 0 {
		left = quotientSide(p, vk, columns, s, proof, c)
		right.FromAffine(&proof.CH)
	}
	if do&batchCheck != 0 {
		q := batchSide(p, vk, proof, c, e)
		addScaled(&left, q, c.Delta)
		var l curve.G1Jac
		l.FromAffine(&proof.CL)
		addScaled(&right, l, c.Delta)
	}
	right.Neg(&right)
	var pair [2]curve.G1Affine
	pair[0].FromJacobian(&left)
	pair[1].FromJacobian(&right)
	if ok, err := curve.PairingCheck(pair[:], vk.G2[:]); err != nil || !ok {
		return rejected("the pairing equation does not hold")
	}
	return nil
}

// scalarEquation is the third equation of the package at ζ:
//
//	g(ζ)·P1(1/ζ) + g(1/ζ)·P1(ζ) + γ·(h(ζ)·P2(1/ζ) + h(1/ζ)·P2(ζ))
//	  = 2·(h(α) + γ·v) + ζ·S(ζ) + S(1/ζ)/ζ
func scalarEquation(s Statement, at Point[fr.Element], p *Proof, c Challenges, inverse *fr.Element) bool {
	left := cross(&p.G, &at.P1Inv, &p.GInv, &at.P1)
	h := cross(&p.H, &at.P2Inv, &p.HInv, &at.P2)
	h.Mul(&h, &c.Gamma)
	left.Add(&left, &h)
	right := cross(&c.Zeta, &p.S, inverse, &p.SInv)
	var two fr.Element
	two.Mul(&c.Gamma, &s.V).Add(&two, &p.HAlpha).Double(&two)
	right.Add(&right, &two)
	return left.Equal(&right)
}

// cross returns a·b + c·d.
func cross(a, b, c, d *fr.Element) fr.Element {
	var x, y fr.Element
	x.Mul(a, b)
	y.Mul(c, d)
	return *x.Add(&x, &y)
}

// quotientSide returns A = C_f − (ζ^b − α)·C_q − [g(ζ)] + ζ·C_H: that f − (ζ^b − α)·q is
// g(ζ) at ζ.
func quotientSide(p Params, vk *kzg.VerifyingKey, columns []curve.G1Affine, s Statement, proof *Proof, c Challenges) curve.G1Jac {
	cf := Combine(columns, s.Rho)
	var a curve.G1Jac
	a.FromAffine(&cf)
	power := pow2(c.Zeta, p.Low())
	power.Sub(&c.Alpha, &power)
	addPoint(&a, &proof.Cq, power)
	var g fr.Element
	g.Neg(&proof.G)
	addPoint(&a, &vk.G1, g)
	addPoint(&a, &proof.CH, c.Zeta)
	return a
}

// batchSide returns ∑ βⁱ·Z_{T∖Sᵢ}(y)·(Cᵢ − [pᵢ*(y)]) − Z_T(y)·C_m + y·C_L.
func batchSide(p Params, vk *kzg.VerifyingKey, proof *Proof, c Challenges, e *sets) curve.G1Jac {
	values := e.interpolants(p, proof)
	commitments := [...]*curve.G1Affine{&proof.Cg, &proof.Ch, &proof.CS, &proof.CD}
	var q curve.G1Jac
	var constant fr.Element
	for i, w := range e.weights {
		addPoint(&q, commitments[i], w)
		w.Mul(&w, &values[i])
		constant.Sub(&constant, &w)
	}
	addPoint(&q, &vk.G1, constant)
	var z fr.Element
	z.Neg(&e.vanishing)
	addPoint(&q, &proof.Cm, z)
	addPoint(&q, &proof.CL, c.Y)
	return q
}

// pow2 returns x^(2ᵏ).
func pow2(x fr.Element, k int) fr.Element {
	for range k {
		x.Square(&x)
	}
	return x
}

func addPoint(sum *curve.G1Jac, p *curve.G1Affine, x fr.Element) {
	var j curve.G1Jac
	j.FromAffine(p)
	addScaled(sum, j, x)
}

func addScaled(sum *curve.G1Jac, p curve.G1Jac, x fr.Element) {
	p.ScalarMultiplication(&p, x.BigInt(new(big.Int)))
	sum.AddAssign(&p)
}
