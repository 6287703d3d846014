// SPDX-License-Identifier: Apache-2.0

package opening

import (
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr/fft"
	"github.com/consensys/gnark-crypto/utils"

	"github.com/zkml-go/zkml/protocol/pcs"
)

func dot(a, b []fr.Element) fr.Element {
	v := fr.Vector(a)
	return v.InnerProduct(b)
}

func eval(f []fr.Element, x fr.Element) fr.Element {
	var y fr.Element
	for i := len(f) - 1; i >= 0; i-- {
		y.Mul(&y, &x).Add(&y, &f[i])
	}
	return y
}

// lowSums returns the B + 1 coefficients hᵢ = ∑_j eq(j, u_lo)·f[i·b+j].
func (w *prover) lowSums() []fr.Element {
	b := w.Cols()
	h := make([]fr.Element, w.Rows()+1)
	spread(w.Rows(), max(1, 1<<12/b), func(from, to int) {
		for i := from; i < to; i++ {
			h[i] = dot(w.e1, w.f[i*b:(i+1)*b])
		}
	})
	h[w.Rows()].Mul(&w.e1[0], &w.f[w.Size()])
	return h
}

// divide returns q and g with f = q·(X^b − α) + g, deg g < b:
//
//	qᵢ = f_{i+b} + α·q_{i+b},  gᵢ = fᵢ + α·qᵢ
//
// q has N − b + 1 coefficients and room for N.
func (w *prover) divide(alpha fr.Element) (q, g []fr.Element) {
	n, b := w.Size(), w.Cols()
	q = make([]fr.Element, n-b+1, n)
	g = make([]fr.Element, b)
	q[n-b] = w.f[n]
	spread(b, max(64, b/16), func(from, to int) {
		for i := n - 2*b; i >= -b; i -= b {
			out := fr.Vector(g[from:to])
			if i >= 0 {
				out = q[i+from : i+to]
			}
			below := fr.Vector(w.f[i+b+from : i+b+to])
			if i == n-2*b { // above is q's last coefficient alone
				copy(out, below)
				if from == 0 {
					var x fr.Element
					out[0].Add(&out[0], x.Mul(&q[n-b], &alpha))
				}
				continue
			}
			out.ScalarMul(q[i+b+from:i+b+to], &alpha)
			out.Add(out, below)
		}
	})
	return q, g
}

// innerProducts returns S with
//
//	g(X)·e1(1/X) + g(1/X)·e1(X) + γ·(h(X)·e2(1/X) + h(1/X)·e2(X)) = c + X·S(X) + S(1/X)/X
//
// for a constant c: S_{k−1} = ∑_{|i−j|=k} gᵢ·e1_j + γ·hᵢ·e2_j. The products by e1(1/X) and
// e2(1/X) have coefficients from −(M/2−1) to M/2 for an M, the size of the transform.
func innerProducts(g, e1, h, e2 []fr.Element, gamma fr.Element) []fr.Element {
	half := max(len(g), len(e2))
	m := 2 * half
	domain := fft.NewDomain(uint64(m))
	transform := func(f []fr.Element) []fr.Element {
		t := make([]fr.Element, m)
		copy(t, f)
		domain.FFT(t, fft.DIF)
		utils.BitReverse(t)
		return t
	}
	tg, t1, th, t2 := transform(g), transform(e1), transform(h), transform(e2)
	c := make([]fr.Element, m)
	for i := range c {
		back := (m - i) % m // ω⁻ⁱ
		var x fr.Element
		x.Mul(&th[i], &t2[back]).Mul(&x, &gamma)
		c[i].Mul(&tg[i], &t1[back]).Add(&c[i], &x)
	}
	domain.FFTInverse(c, fft.DIF)
	utils.BitReverse(c)
	s := make([]fr.Element, half)
	for k := 1; k <= half; k++ {
		s[k-1] = c[k]
		if k < half {
			s[k-1].Add(&s[k-1], &c[m-k])
		}
	}
	return s
}

// quotient returns H = (f − (ζ^b − α)·q − g(ζ))/(X − ζ), of N coefficients, in the memory
// of q: H_{i−1} = fᵢ − (ζ^b − α)·qᵢ + ζ·Hᵢ.
func (w *prover) quotient(zeta, alpha fr.Element) []fr.Element {
	factor := zeta
	for range w.Low() {
		factor.Square(&factor)
	}
	factor.Sub(&factor, &alpha)
	h := w.q[:w.Size()]
	clear(h[len(w.q):])
	var carry, qi, x fr.Element
	for i := w.Size(); i > 0; i-- {
		qi = fr.Element{}
		if i < len(h) {
			qi = h[i]
			h[i] = carry
		}
		x.Mul(&factor, &qi)
		carry.Mul(&carry, &zeta).Add(&carry, &w.f[i]).Sub(&carry, &x)
	}
	h[0] = carry
	return h
}

// batch is the last two rounds: it opens g, h, S and D.
func (w *prover) batch(t challenger, inverse *fr.Element) {
	proof, c := &w.out.Proof, &w.out.Challenges
	polys := [4][]fr.Element{w.g, w.h, w.s, w.d}
	roots := [4][]fr.Element{{c.Zeta, *inverse}, {c.Zeta, *inverse, c.Alpha}, {c.Zeta, *inverse}, {c.Zeta}}

	// m/Z_T = ∑ βⁱ·(pᵢ − pᵢ*)/Z_{Sᵢ}, and pᵢ* is the remainder of pᵢ.
	size := max(len(w.g), len(w.h), len(w.s))
	m := make([]fr.Element, size)
	beta := fr.One()
	for i, p := range polys {
		for _, r := range roots[i] {
			p = divideByRoot(p, r)
		}
		addScaled(m, p, beta)
		beta.Mul(&beta, &c.Beta)
	}
	proof.Cm = w.commit(m)
	c.Y = t.Y(proof)

	weights, vanishing, ok := pcs.BatchWeights(*c)
	if !ok {
		if w.err == nil {
			w.err = errDegenerate
		}
		return
	}
	l := make([]fr.Element, size)
	for i, p := range polys {
		addScaled(l, p, weights[i])
	}
	vanishing.Neg(&vanishing)
	addScaled(l, m, vanishing)
	proof.CL = w.commit(divideByRoot(l, c.Y))
	c.Delta = t.Delta(proof)
}

// divideByRoot returns the quotient of p by X − r, without the remainder.
func divideByRoot(p []fr.Element, r fr.Element) []fr.Element {
	if len(p) == 0 {
		return nil
	}
	out := make([]fr.Element, len(p)-1)
	var carry fr.Element
	for i := len(out) - 1; i >= 0; i-- {
		carry.Mul(&carry, &r).Add(&carry, &p[i+1])
		out[i] = carry
	}
	return out
}

// addScaled adds w·p to sum.
func addScaled(sum, p []fr.Element, w fr.Element) {
	var x fr.Element
	for i := range p {
		sum[i].Add(&sum[i], x.Mul(&p[i], &w))
	}
}
