// SPDX-License-Identifier: Apache-2.0

package contracts_test

import (
	"math/big"
	"slices"

	curve "github.com/consensys/gnark-crypto/ecc/bn254"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"github.com/zkml-go/zkml/export"
	"github.com/zkml-go/zkml/statement"
)

// A mercuryProver opens columns with Mercury, in the letters of SumcheckVerifier.sol. It knows the secret
// of its SRS, so that a commitment to a polynomial is its value there, and it can be made to lie: each
// hook, if it is not nil, changes what the prover is about to commit to or to absorb.
type mercuryProver struct {
	tau   fr.Element
	n, t1 int // variables of a column, and those of them that number the entries of a row

	claim      func(f, u []fr.Element) fr.Element                                // v
	challenge  func(name string, w *mercuryWitness) fr.Element                   // of a contract that draws others
	absorbed   func(name string, message []byte) []byte                          // of a contract that hashes something else
	polynomial func(name string, w *mercuryWitness, p []fr.Element) []fr.Element // h, q, g, S or D
	values     func(o *export.Opening, in *export.WrapWords, w *mercuryWitness)  // before β
	last       func(o *export.Opening, in *export.WrapWords, w *mercuryWitness)  // before δ
}

// mercuryWitness is what a prover knows of its proof.
type mercuryWitness struct {
	f, h, q, g, s, d                   []fr.Element
	u                                  []fr.Element
	alpha, gamma, zeta, beta, y, delta fr.Element
}

// merging returns δ: the last challenge times what makes the contract's scalars polynomials.
func (w *mercuryWitness) merging() fr.Element {
	square, far, one := product(w.zeta, w.zeta), product(w.alpha, w.zeta), fr.One()
	near := w.zeta
	square.Sub(&square, &one)
	near.Sub(&near, &w.alpha)
	far.Sub(&one, &far)
	return product(w.delta, w.zeta, w.zeta, square, near, far)
}

func (p *mercuryProver) commit(f []fr.Element) curve.G1Affine {
	return scaleGenerator(evaluate(f, p.tau))
}

func scaleGenerator(by fr.Element) curve.G1Affine {
	_, _, g, _ := curve.Generators()
	g.ScalarMultiplication(&g, by.BigInt(new(big.Int)))
	return g
}

// open opens the sum of the columns, each with 2ⁿ + 1 coefficients, times powers of rho. It returns the
// opening and what the wrap has to show.
func (p *mercuryProver) open(columns [][]fr.Element, u []fr.Element, d, rho fr.Element) (export.Opening, export.WrapWords, *mercuryWitness) {
	var o export.Opening
	w := &mercuryWitness{u: u, f: make([]fr.Element, 1<<p.n+1)}
	t1, b, rows := p.t1, 1<<p.t1, 1<<(p.n-p.t1)
	for k := len(columns) - 1; k >= 0; k-- {
		for i := range w.f {
			w.f[i].Mul(&w.f[i], &rho).Add(&w.f[i], &columns[k][i])
		}
	}
	v := evaluateMultilinear(w.f, u)
	if p.claim != nil {
		v = p.claim(w.f, u)
	}
	eq1, eq2 := eqTable(u[:t1]), eqTable(u[t1:])

	tag := statement.Keccak([]byte("zkml.mercury.v1"))
	state := slices.Concat(tag[:], d.Marshal(), rho.Marshal(), v.Marshal())
	state = keccak(p.rewrite("start", state))
	draw := func(name string, to *fr.Element, message ...[]byte) {
		state = keccak(state, p.rewrite(name, slices.Concat(message...)))
		to.SetBytes(state)
		if p.challenge != nil {
			*to = p.challenge(name, w)
		}
	}

	h := make([]fr.Element, rows+1)
	for i, c := range w.f {
		c.Mul(&c, &eq1[i%b])
		h[i/b].Add(&h[i/b], &c)
	}
	w.h = p.lie("h", w, h)
	o.H = p.commit(w.h)
	draw("alpha", &w.alpha, g1Bytes(o.H))

	q, g := divide(w.f, b, w.alpha)
	w.q, w.g = p.lie("q", w, q), p.lie("g", w, g)
	o.Q, o.G = p.commit(w.q), p.commit(w.g)
	o.HAtAlpha = evaluate(w.h, w.alpha)
	draw("gamma", &w.gamma, g1Bytes(o.Q), g1Bytes(o.G), o.HAtAlpha.Marshal())

	s := make([]fr.Element, max(len(w.g), len(w.h)))
	convolve(s, w.g, eq1, fr.One())
	convolve(s, w.h, eq2, w.gamma)
	reversed := slices.Clone(w.g)
	slices.Reverse(reversed)
	w.s, w.d = p.lie("S", w, s), p.lie("D", w, reversed)
	o.S, o.D = p.commit(w.s), p.commit(w.d)
	draw("zeta", &w.zeta, g1Bytes(o.S), g1Bytes(o.D))

	var inverse, shift fr.Element
	inverse.Inverse(&w.zeta)
	shift.Exp(w.zeta, big.NewInt(int64(b))).Sub(&shift, &w.alpha)
	o.GAtZeta, o.GAtZetaInverse = evaluate(w.g, w.zeta), evaluate(w.g, inverse)
	o.HAtZeta, o.HAtZetaInverse = evaluate(w.h, w.zeta), evaluate(w.h, inverse)
	o.SAtZeta, o.SAtZetaInverse = evaluate(w.s, w.zeta), evaluate(w.s, inverse)
	quotient, _ := divide(combine(w.f, w.q, shift, true), 1, w.zeta)
	o.Quotient = p.commit(quotient)
	in := export.WrapWords{
		V: v, Rho: rho,
		P1AtZeta: eqPolynomial(u[:t1], w.zeta), P1AtZetaInverse: eqPolynomial(u[:t1], inverse),
		P2AtZeta: eqPolynomial(u[t1:], w.zeta), P2AtZetaInverse: eqPolynomial(u[t1:], inverse),
	}
	if p.values != nil {
		p.values(&o, &in, w)
	}
	draw("beta", &w.beta, o.GAtZeta.Marshal(), o.GAtZetaInverse.Marshal(), o.HAtZeta.Marshal(), o.HAtZetaInverse.Marshal(),
		o.SAtZeta.Marshal(), o.SAtZetaInverse.Marshal(), g1Bytes(o.Quotient))

	// The quotient of pᵢ by the polynomial that vanishes on Sᵢ; the interpolant is the remainder.
	sets := [][]fr.Element{{w.zeta, inverse}, {w.zeta, inverse, w.alpha}, {w.zeta, inverse}, {w.zeta}}
	polynomials := [][]fr.Element{w.g, w.h, w.s, w.d}
	var batch, linear []fr.Element
	for i := 3; i >= 0; i-- {
		q := polynomials[i]
		for _, x := range sets[i] {
			q, _ = divide(q, 1, x)
		}
		batch = combine(q, batch, w.beta, false)
	}
	o.BatchQuotient = p.commit(batch)
	draw("y", &w.y, g1Bytes(o.BatchQuotient))

	distance := func(x fr.Element) (d fr.Element) { d.Sub(&w.y, &x); return d }
	fromZeta, fromInverse, fromAlpha := distance(w.zeta), distance(inverse), distance(w.alpha)
	scales := []fr.Element{fromAlpha, fr.One(), fromAlpha, product(fromAlpha, fromInverse)}
	for i := 3; i >= 0; i-- {
		scaled := combine(nil, polynomials[i], scales[i], false)
		linear = combine(scaled, linear, w.beta, false)
	}
	linear = combine(linear, batch, product(fromZeta, fromInverse, fromAlpha), true)
	linear, _ = divide(linear, 1, w.y)
	o.LinQuotient = p.commit(linear)
	if p.last != nil {
		p.last(&o, &in, w)
	}
	draw("delta", &w.delta, g1Bytes(o.LinQuotient))
	return o, in, w
}

func (p *mercuryProver) rewrite(name string, message []byte) []byte {
	if p.absorbed == nil {
		return message
	}
	return p.absorbed(name, message)
}

func (p *mercuryProver) lie(name string, w *mercuryWitness, f []fr.Element) []fr.Element {
	if p.polynomial == nil {
		return f
	}
	return p.polynomial(name, w, f)
}

func keccak(parts ...[]byte) []byte {
	h := statement.Keccak(parts...)
	return h[:]
}

func g1Bytes(p curve.G1Affine) []byte {
	b := make([]byte, 64)
	putG1(b, p)
	return b
}

func product(factors ...fr.Element) fr.Element {
	p := fr.One()
	for i := range factors {
		p.Mul(&p, &factors[i])
	}
	return p
}

func evaluate(f []fr.Element, x fr.Element) (y fr.Element) {
	for i := len(f) - 1; i >= 0; i-- {
		y.Mul(&y, &x).Add(&y, &f[i])
	}
	return y
}

// evaluateMultilinear returns the value at u of the multilinear polynomial with the values f on the
// hypercube; what f has beyond them is ignored.
func evaluateMultilinear(f, u []fr.Element) (y fr.Element) {
	for i, weight := range eqTable(u) {
		term := product(weight, f[i])
		y.Add(&y, &term)
	}
	return y
}

// combine returns f + c⋅g, or f - c⋅g.
func combine(f, g []fr.Element, c fr.Element, subtract bool) []fr.Element {
	if subtract {
		c.Neg(&c)
	}
	sum := make([]fr.Element, max(len(f), len(g)))
	copy(sum, f)
	for i := range g {
		term := product(c, g[i])
		sum[i].Add(&sum[i], &term)
	}
	return sum
}

// divide returns quotient and remainder of f by Xᵇ - a.
func divide(f []fr.Element, b int, a fr.Element) (quotient, remainder []fr.Element) {
	remainder = slices.Clone(f)
	if len(f) <= b {
		return nil, remainder
	}
	quotient = make([]fr.Element, len(f)-b)
	for i := len(f) - 1; i >= b; i-- {
		quotient[i-b] = remainder[i]
		term := product(a, remainder[i])
		remainder[i-b].Add(&remainder[i-b], &term)
	}
	return quotient, remainder[:b]
}

// convolve adds c⋅∑_{|i-j|=k} f_i⋅e_j to s_{k-1}, for k > 0.
func convolve(s, f, e []fr.Element, c fr.Element) {
	for i := range f {
		scaled := product(c, f[i])
		for j := range e {
			if i == j {
				continue
			}
			term := product(scaled, e[j])
			k := max(i-j, j-i) - 1
			s[k].Add(&s[k], &term)
		}
	}
}

// eqTable returns eq(i, u) for all i, the first coordinate the lowest bit of i.
func eqTable(u []fr.Element) []fr.Element {
	table := []fr.Element{fr.One()}
	for _, x := range u {
		half := len(table)
		for i := range half {
			high := product(table[i], x)
			table = append(table, high)
			table[i].Sub(&table[i], &high)
		}
	}
	return table
}

// eqPolynomial returns ∑ eq(i, u)⋅xⁱ.
func eqPolynomial(u []fr.Element, x fr.Element) fr.Element {
	value := fr.One()
	for i := range u {
		factor := fr.One()
		factor.Sub(&factor, &u[i])
		term := product(u[i], x)
		value.Mul(&value, factor.Add(&factor, &term))
		x.Square(&x)
	}
	return value
}
