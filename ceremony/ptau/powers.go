// SPDX-License-Identifier: Apache-2.0

package ptau

import (
	"crypto/rand"
	"errors"
	"fmt"

	"github.com/consensys/gnark-crypto/ecc"
	curve "github.com/consensys/gnark-crypto/ecc/bn254"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/consensys/gnark-crypto/ecc/bn254/kzg"
)

// SRS returns the first n powers of τ in G1, n ≥ 2, with [τ]₂, checked. It reads no others.
func (f *File) SRS(n int) (*kzg.SRS, error) {
	srs, err := f.srs(n)
	if err != nil {
		return nil, fmt.Errorf("powers of tau: %w", err)
	}
	return srs, nil
}

func (f *File) srs(n int) (*kzg.SRS, error) {
	if n < 2 || n > f.NumPowers() {
		return nil, fmt.Errorf("the file has %d, the circuit needs %d", f.NumPowers(), n)
	}
	srs := new(kzg.SRS)
	g2, err := f.g2(sectionTauG2, 0, 2)
	if err != nil {
		return nil, fmt.Errorf("in G2: %w", err)
	}
	if srs.Pk.G1, err = f.g1(sectionTauG1, 0, n); err != nil {
		return nil, fmt.Errorf("in G1: %w", err)
	}
	srs.Vk.G1, srs.Vk.G2 = srs.Pk.G1[0], [2]curve.G2Affine(g2)
	for i := range srs.Vk.G2 {
		srs.Vk.Lines[i] = curve.PrecomputeLines(srs.Vk.G2[i])
	}
	return srs, checkTau(srs.Pk.G1, g2)
}

// Phase1 is what Groth16 takes from the first phase, for N constraints.
type Phase1 struct {
	TauG1      []curve.G1Affine // [τⁱ]₁, i < 2N − 1
	TauG2      []curve.G2Affine // [τⁱ]₂, i < N
	AlphaTauG1 []curve.G1Affine // [ατⁱ]₁, i < N
	BetaTauG1  []curve.G1Affine // [βτⁱ]₁, i < N
	BetaG2     curve.G2Affine   // [β]₂
}

// Phase1 returns the powers for n constraints, a power of two of at least 2, checked. It reads no others.
func (f *File) Phase1(n int) (*Phase1, error) {
	p, err := f.phase1(n)
	if err != nil {
		return nil, fmt.Errorf("powers of tau: %w", err)
	}
	return p, nil
}

func (f *File) phase1(n int) (p *Phase1, err error) {
	if n < 2 || n&(n-1) != 0 || n > 1<<f.power {
		return nil, fmt.Errorf("the file serves up to 2^%d constraints, the circuit has %d", f.power, n)
	}
	p = new(Phase1)
	if p.TauG1, err = f.g1(sectionTauG1, 0, 2*n-1); err != nil {
		return nil, fmt.Errorf("in G1: %w", err)
	}
	if p.TauG2, err = f.g2(sectionTauG2, 0, n); err != nil {
		return nil, fmt.Errorf("in G2: %w", err)
	}
	if p.AlphaTauG1, err = f.g1(sectionAlphaTauG1, 0, n); err != nil {
		return nil, fmt.Errorf("times alpha: %w", err)
	}
	if p.BetaTauG1, err = f.g1(sectionBetaTauG1, 0, n); err != nil {
		return nil, fmt.Errorf("times beta: %w", err)
	}
	beta, err := f.g2(sectionBetaG2, 0, 1)
	if err != nil {
		return nil, fmt.Errorf("beta in G2: %w", err)
	}
	p.BetaG2 = beta[0]
	return p, p.check()
}

// check checks that all powers are those of one τ, times α and β.
func (p *Phase1) check() error {
	if err := checkTau(p.TauG1, p.TauG2[:2]); err != nil {
		return err
	}
	g1, g2 := p.TauG1[0], p.TauG2[0]
	if err := consecutiveG2(p.TauG2, g1, p.TauG1[1]); err != nil {
		return fmt.Errorf("in G2: %w", err)
	}
	for _, v := range []struct {
		name   string
		powers []curve.G1Affine
	}{{"alpha", p.AlphaTauG1}, {"beta", p.BetaTauG1}} {
		if isUnit(&v.powers[0], &g1) {
			return fmt.Errorf("%s is 1 or -1: nobody contributed to it", v.name)
		}
		if err := consecutiveG1(v.powers, g2, p.TauG2[1]); err != nil {
			return fmt.Errorf("times %s: %w", v.name, err)
		}
	}
	if ok, err := sameRatio(p.BetaTauG1[0], g1, p.BetaG2, g2); err != nil || !ok {
		return errors.Join(errors.New("beta differs between G1 and G2"), err)
	}
	return nil
}

// checkTau checks that g1 are consecutive powers of the τ in g2, from the generators on.
func checkTau(g1 []curve.G1Affine, g2 []curve.G2Affine) error {
	_, _, one, one2 := curve.Generators()
	if !g1[0].Equal(&one) || !g2[0].Equal(&one2) {
		return errors.New("they do not start with the generators")
	}
	if isUnit(&g1[1], &one) {
		return errors.New("tau is 1 or -1: nobody contributed to it")
	}
	if err := consecutiveG1(g1, g2[0], g2[1]); err != nil {
		return fmt.Errorf("in G1: %w", err)
	}
	return nil
}

// isUnit reports whether p = ±one.
func isUnit(p, one *curve.G1Affine) bool {
	var negative curve.G1Affine
	negative.Neg(one)
	return p.Equal(one) || p.Equal(&negative)
}

var errConsecutive = errors.New("the points are not consecutive powers of tau")

// consecutiveG1 checks that Pᵢ₊₁ = τ⋅Pᵢ for all i. With random ρᵢ of 128 bits, this follows from
//
//	e(∑ ρᵢ⋅Pᵢ, [τ]₂) = e(∑ ρᵢ⋅Pᵢ₊₁, [1]₂)
//
// up to a probability of 2⁻¹²⁸.
func consecutiveG1(powers []curve.G1Affine, one, tau curve.G2Affine) error {
	low, high, err := shiftedSums(powers)
	if err != nil {
		return err
	}
	if ok, err := sameRatio(high, low, tau, one); err != nil || !ok {
		return errors.Join(errConsecutive, err)
	}
	return nil
}

// consecutiveG2 is consecutiveG1 for points of G2.
func consecutiveG2(powers []curve.G2Affine, one, tau curve.G1Affine) error {
	low, high, err := shiftedSums(powers)
	if err != nil {
		return err
	}
	if ok, err := sameRatio(tau, one, high, low); err != nil || !ok {
		return errors.Join(errConsecutive, err)
	}
	return nil
}

// point is a point of G1 or G2, P the type of its value.
type point[P any] interface {
	*P
	Add(a, b *P) *P
	Equal(*P) bool
	MultiExp(points []P, scalars []fr.Element, config ecc.MultiExpConfig) (*P, error)
}

// shiftedSums returns ∑ ρᵢ⋅Pᵢ and ∑ ρᵢ⋅Pᵢ₊₁ with random ρᵢ of 128 bits, made of chunks for these scalars'
// sake.
func shiftedSums[P any, PP point[P]](powers []P) (low, high P, err error) {
	for from := 0; from < len(powers)-1; from += sumPoints {
		n := min(len(powers)-1-from, sumPoints)
		rho, err := randomScalars(n)
		if err != nil {
			return low, high, err
		}
		var l, h P
		if _, err := PP(&l).MultiExp(powers[from:from+n], rho, ecc.MultiExpConfig{}); err != nil {
			return low, high, err
		}
		if _, err := PP(&h).MultiExp(powers[from+1:from+1+n], rho, ecc.MultiExpConfig{}); err != nil {
			return low, high, err
		}
		PP(&low).Add(&low, &l)
		PP(&high).Add(&high, &h)
	}
	return low, high, nil
}

// sumPoints is the number of points in a sum.
const sumPoints = 1 << 16

// sameRatio reports whether a/b = c/d: e(a, d) = e(b, c).
func sameRatio(a, b curve.G1Affine, c, d curve.G2Affine) (bool, error) {
	b.Neg(&b)
	return curve.PairingCheck([]curve.G1Affine{a, b}, []curve.G2Affine{d, c})
}

// randomScalars returns n scalars of 128 bits.
func randomScalars(n int) ([]fr.Element, error) {
	rho := make([]fr.Element, n)
	data := make([]byte, 16*n)
	if _, err := rand.Read(data); err != nil {
		return nil, err
	}
	for i := range rho {
		rho[i].SetBytes(data[16*i : 16*(i+1)])
	}
	return rho, nil
}
