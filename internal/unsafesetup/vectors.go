// SPDX-License-Identifier: Apache-2.0

package unsafesetup

import (
	"errors"
	"math/big"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr/fft"
	"github.com/consensys/gnark-crypto/utils"
	"github.com/consensys/gnark/constraint"
	cs "github.com/consensys/gnark/constraint/bn254"

	"github.com/zkml-go/zkml/internal/parallel"
)

// vectors are the scalars of a proving key. Most of them give the secrets away.
type vectors struct {
	lagrange            []fr.Element   // Lᵢ(τ) for every row i
	left, right, output []fr.Element   // u, v and w of every wire
	alone               []fr.Element   // α, β, δ
	z                   []fr.Element   // of Z
	public              []fr.Element   // of K: the verifier's, hashes of commitments included
	private             []fr.Element   // of K: the prover's
	committed           [][]fr.Element // of K, by commitment
	scaled              [][]fr.Element // the same, times σ
}

func (v *vectors) each() [][]fr.Element {
	return append([][]fr.Element{v.lagrange, v.left, v.right, v.output, v.alone, v.z, v.public, v.private},
		append(v.committed, v.scaled...)...)
}

func (v *vectors) wipe() {
	for _, e := range v.each() {
		clear(e[:cap(e)])
	}
}

// evaluate computes, for each matrix of a constraint system, the values at τ of the polynomials of all
// wires: the sum over rows i of the wire's coefficient times Lᵢ(τ).
func (v *vectors) evaluate(r1cs *cs.R1CS, domain *fft.Domain, tau *fr.Element) error {
	if err := v.lagrangeAt(r1cs.GetNbConstraints(), domain, tau); err != nil {
		return err
	}
	wires := r1cs.NbInternalVariables + r1cs.GetNbPublicVariables() + r1cs.GetNbSecretVariables()
	matrices := []*[]fr.Element{&v.left, &v.right, &v.output}
	parallel.For(len(matrices), parallel.Workers(), func(_, matrix int) {
		sums := make([]fr.Element, wires)
		rows := r1cs.GetR1CIterator()
		row := 0
		for c := rows.Next(); c != nil; c = rows.Next() {
			for _, t := range [...]constraint.LinearExpression{c.L, c.R, c.O}[matrix] {
				addTerm(&sums[t.WireID()], r1cs, t, &v.lagrange[row])
			}
			row++
		}
		*matrices[matrix] = sums
	})
	return nil
}

// addTerm adds the coefficient of t times value to sum.
func addTerm(sum *fr.Element, r1cs *cs.R1CS, t constraint.Term, value *fr.Element) {
	switch id := t.CoeffID(); id {
	case constraint.CoeffIdZero:
	case constraint.CoeffIdOne:
		sum.Add(sum, value)
	case constraint.CoeffIdMinusOne:
		sum.Sub(sum, value)
	default:
		var product fr.Element
		product.Mul(&r1cs.Coefficients[id], value)
		sum.Add(sum, &product)
	}
}

// lagrangeAt computes Lᵢ(τ) = ωⁱ⋅(τᴺ − 1)/(N⋅(τ − ωⁱ)) for i < n.
func (v *vectors) lagrangeAt(n int, domain *fft.Domain, tau *fr.Element) error {
	factor := vanishing(domain, tau)
	if factor.IsZero() {
		return errors.New("internal error: the secret is in the domain")
	}
	factor.Mul(&factor, &domain.CardinalityInv)
	differences := make([]fr.Element, n)
	defer clear(differences)
	root := fr.One()
	for i := range differences {
		differences[i].Sub(tau, &root)
		root.Mul(&root, &domain.Generator)
	}
	v.lagrange = fr.BatchInvert(differences)
	for i := range v.lagrange {
		v.lagrange[i].Mul(&v.lagrange[i], &factor)
		factor.Mul(&factor, &domain.Generator)
	}
	return nil
}

// vanishing returns τᴺ − 1.
func vanishing(domain *fft.Domain, tau *fr.Element) (e fr.Element) {
	one := fr.One()
	e.Exp(*tau, new(big.Int).SetUint64(domain.Cardinality))
	e.Sub(&e, &one)
	return e
}

// combine computes the scalars of K.
func (v *vectors) combine(r1cs *cs.R1CS, s *secrets) {
	info := r1cs.CommitmentInfo.(constraint.Groth16Commitments)
	const private, public = -2, -1
	owner := make([]int, len(v.left)) // of a wire: a commitment, or these
	for i := range owner {
		if owner[i] = private; i < r1cs.GetNbPublicVariables() {
			owner[i] = public
		}
	}
	// No slice grows, which would leave a copy behind.
	empty := func(n int) []fr.Element { return make([]fr.Element, 0, n) }
	v.private, v.public = empty(len(owner)), empty(r1cs.GetNbPublicVariables()+len(info))
	for i := range info {
		owner[info[i].CommitmentIndex] = public
		for _, w := range info[i].PrivateCommitted {
			owner[w] = i
		}
		v.committed = append(v.committed, empty(len(info[i].PrivateCommitted)))
		v.scaled = append(v.scaled, empty(len(info[i].PrivateCommitted)))
	}
	var inverse, e, f fr.Element
	inverse.Inverse(&s.delta)
	for w := range owner {
		e.Mul(&v.left[w], &s.beta)
		f.Mul(&v.right[w], &s.alpha)
		e.Add(&e, &f).Add(&e, &v.output[w])
		switch c := owner[w]; c {
		case private:
			v.private = append(v.private, *e.Mul(&e, &inverse))
		case public:
			v.public = append(v.public, e)
		default:
			v.committed[c] = append(v.committed[c], e)
			v.scaled[c] = append(v.scaled[c], *f.Mul(&e, &s.sigma[c]))
		}
	}
}

// quotientPowers computes the scalars of Z, i < N − 1, in the bit-reversed order of all i < N.
func (v *vectors) quotientPowers(domain *fft.Domain, s *secrets) {
	z := make([]fr.Element, domain.Cardinality)
	z[0] = vanishing(domain, &s.tau)
	z[0].Div(&z[0], &s.delta)
	for i := 1; i < len(z); i++ {
		z[i].Mul(&z[i-1], &s.tau)
	}
	utils.BitReverse(z)
	v.z = z[:len(z)-1]
}

// nonzero moves what is not 0 to the front of v and returns it, and where there was a 0.
func nonzero(v []fr.Element) (rest []fr.Element, zeros []bool, n uint64) {
	zeros = make([]bool, len(v))
	rest = v[:0]
	for i := range v {
		if zeros[i] = v[i].IsZero(); zeros[i] {
			n++
		} else {
			rest = append(rest, v[i])
		}
	}
	return rest, zeros, n
}
