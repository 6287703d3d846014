// SPDX-License-Identifier: Apache-2.0

package ptau

import (
	"crypto/rand"
	"errors"
	"fmt"
	"math/big"

	"github.com/consensys/gnark-crypto/ecc"
	curve "github.com/consensys/gnark-crypto/ecc/bn254"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr/fft"
	"github.com/consensys/gnark-crypto/utils"

	"github.com/zkml-go/zkml/internal/parallel"
)

// A Lagrange basis has the same powers as Phase1 for the polynomials Lⱼ that are 1 at ωʲ and 0 at the other
// N-th roots of unity.
type Lagrange struct {
	TauG1      []curve.G1Affine // [Lⱼ(τ)]₁, j < N
	TauG2      []curve.G2Affine // [Lⱼ(τ)]₂
	AlphaTauG1 []curve.G1Affine // [α⋅Lⱼ(τ)]₁
	BetaTauG1  []curve.G1Affine // [β⋅Lⱼ(τ)]₁
}

// Lagrange returns the Lagrange basis of powers that Phase1 returned. A file that snarkjs prepared for
// phase 2 has it: then it is read and compared with the powers. If not it is computed, which takes a
// multiplication for each of N⋅log₂N/2 points of each kind.
func (f *File) Lagrange(p *Phase1) (*Lagrange, error) {
	l, err := f.lagrange(p)
	if err != nil {
		return nil, fmt.Errorf("powers of tau: Lagrange basis: %w", err)
	}
	return l, nil
}

// Types of the sections with Lagrange bases: those of N = 1, 2, 4, … stand one after the other.
const (
	sectionLagrangeTauG1 = 12 + iota
	sectionLagrangeTauG2
	sectionLagrangeAlphaTauG1
	sectionLagrangeBetaTauG1
)

func (f *File) lagrange(p *Phase1) (l *Lagrange, err error) {
	n := len(p.TauG2)
	l = new(Lagrange)
	for _, s := range []struct {
		id     uint32
		name   string
		powers []curve.G1Affine
		to     *[]curve.G1Affine
	}{
		{sectionLagrangeTauG1, "in G1", p.TauG1[:n], &l.TauG1},
		{sectionLagrangeAlphaTauG1, "times alpha", p.AlphaTauG1, &l.AlphaTauG1},
		{sectionLagrangeBetaTauG1, "times beta", p.BetaTauG1, &l.BetaTauG1},
	} {
		if _, ok := f.sections[s.id]; !ok {
			*s.to = toLagrange[curve.G1Affine](s.powers)
			continue
		}
		if *s.to, err = f.g1(s.id, n-1, n); err == nil {
			err = sameBasis(s.powers, *s.to)
		}
		if err != nil {
			return nil, fmt.Errorf("%s: %w", s.name, err)
		}
	}
	if _, ok := f.sections[sectionLagrangeTauG2]; !ok {
		l.TauG2 = toLagrange[curve.G2Affine](p.TauG2)
		return l, nil
	}
	if l.TauG2, err = f.g2(sectionLagrangeTauG2, n-1, n); err == nil {
		err = sameBasis(p.TauG2, l.TauG2)
	}
	if err != nil {
		return nil, fmt.Errorf("in G2: %w", err)
	}
	return l, nil
}

var errBasis = errors.New("it is not that of the powers")

// sameBasis checks that lagrange is the Lagrange basis of powers: with random ρⱼ, and cᵢ the coefficients of
// the polynomial ∑ ρⱼ⋅Lⱼ,
//
//	∑ ρⱼ⋅lagrangeⱼ = ∑ cᵢ⋅powersᵢ
//
// which has both sides agree for every j, up to a probability of 1/r.
func sameBasis[P any, PP point[P]](powers, lagrange []P) error {
	rho, coefficients, err := randomPolynomial(len(powers))
	if err != nil {
		return err
	}
	var a, b P
	if _, err := PP(&a).MultiExp(lagrange, rho, ecc.MultiExpConfig{}); err != nil {
		return err
	}
	if _, err := PP(&b).MultiExp(powers, coefficients, ecc.MultiExpConfig{}); err != nil {
		return err
	}
	if !PP(&a).Equal(&b) {
		return errBasis
	}
	return nil
}

// randomPolynomial returns random values at the n-th roots of unity, and the coefficients of the polynomial
// that has them.
func randomPolynomial(n int) (values, coefficients []fr.Element, err error) {
	values = make([]fr.Element, n)
	var b [fr.Bytes + 16]byte
	for i := range values {
		if _, err := rand.Read(b[:]); err != nil {
			return nil, nil, err
		}
		values[i].SetBytes(b[:])
	}
	coefficients = append([]fr.Element{}, values...)
	fft.NewDomain(uint64(n)).FFTInverse(coefficients, fft.DIF)
	utils.BitReverse(coefficients)
	return values, coefficients, nil
}

// A group is G1 or G2.
type group[P any] interface {
	*P
	Add(a, b *P) *P
	Sub(a, b *P) *P
	ScalarMultiplication(a *P, s *big.Int) *P
}

// toLagrange computes the Lagrange basis of powers, Lⱼ(τ) = 1/N⋅∑ᵢ ω⁻ⁱʲ⋅τⁱ, by a Fourier transform.
func toLagrange[P any, G group[P]](powers []P) []P {
	n := len(powers)
	domain := fft.NewDomain(uint64(n))
	twiddles := make([]big.Int, n/2) // ω⁻ⁱ
	var inverse big.Int
	w := fr.One()
	for i := range twiddles {
		w.BigInt(&twiddles[i])
		w.Mul(&w, &domain.GeneratorInv)
	}
	domain.CardinalityInv.BigInt(&inverse)
	a := append([]P{}, powers...)
	const chunk = 64
	for half := n / 2; half >= 1; half /= 2 {
		stride := n / 2 / half
		parallel.For((n/2+chunk-1)/chunk, parallel.Workers(), func(_, task int) {
			for k := task * chunk; k < min(n/2, (task+1)*chunk); k++ {
				i := k % half
				low := G(&a[k/half*2*half+i])
				high := G(&a[k/half*2*half+i+half])
				t := *low
				low.Add(low, high)
				high.Sub(&t, high)
				if i > 0 {
					high.ScalarMultiplication(high, &twiddles[i*stride])
				}
			}
		})
	}
	parallel.For((n+chunk-1)/chunk, parallel.Workers(), func(_, task int) {
		for i := task * chunk; i < min(n, (task+1)*chunk); i++ {
			p := G(&a[i])
			p.ScalarMultiplication(p, &inverse)
		}
	})
	utils.BitReverse(a)
	return a
}
