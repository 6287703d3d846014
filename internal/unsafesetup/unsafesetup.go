// SPDX-License-Identifier: Apache-2.0

// Package unsafesetup makes keys whose secrets were in this process. Whoever keeps them, or reads this
// process's memory, proves anything: the keys are for tests and demonstrations, and must be marked so.
package unsafesetup

import (
	"fmt"

	curve "github.com/consensys/gnark-crypto/ecc/bn254"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr/fft"
	"github.com/consensys/gnark-crypto/ecc/bn254/kzg"
	"github.com/consensys/gnark-crypto/utils"
)

// SRS returns [τⁱ]₁ for i < size + 3, as PLONK needs for a domain of the given size, and the same for the
// Lagrange basis of the domain: [Lᵢ(τ)]₁ for i < size. τ is random and dropped. The size must be a power
// of two, at least 2.
func SRS(size uint64) (canonical, lagrange *kzg.SRS, err error) {
	return Shared(int(size)+3, size)
}

// Shared is SRS with n powers, for others to use, too.
func Shared(n int, size uint64) (canonical, lagrange *kzg.SRS, err error) {
	var tau fr.Element
	if _, err := tau.SetRandom(); err != nil {
		return nil, nil, fmt.Errorf("draw the secret of an SRS: %w", err)
	}
	return srsOf(n, size, tau)
}

// SRSOf is SRS with a given τ, for tests that need to know it.
func SRSOf(size uint64, tau fr.Element) (canonical, lagrange *kzg.SRS, err error) {
	return srsOf(int(size)+3, size, tau)
}

func srsOf(n int, size uint64, tau fr.Element) (canonical, lagrange *kzg.SRS, err error) {
	if size < 2 || size&(size-1) != 0 {
		return nil, nil, fmt.Errorf("size %d of a domain is not a power of two", size)
	}
	if n < int(size)+3 {
		return nil, nil, fmt.Errorf("%d powers, want at least %d", n, size+3)
	}
	canonical, powers := powersOf(n, tau)

	// ∑ᵢ τⁱXⁱ evaluated at ω⁻ʲ and divided by the size is Lⱼ(τ).
	powers = powers[:size]
	fft.NewDomain(size).FFTInverse(powers, fft.DIF)
	utils.BitReverse(powers)
	lagrange = &kzg.SRS{Vk: canonical.Vk}
	lagrange.Pk.G1 = multiplesG1(powers)
	return canonical, lagrange, nil
}

// Powers returns [τⁱ]₁ for i < n, n ≥ 2: columns of N coefficients and their blinding need N + 1. τ is
// random and dropped.
func Powers(n int) (*kzg.SRS, error) {
	var tau fr.Element
	if _, err := tau.SetRandom(); err != nil {
		return nil, fmt.Errorf("draw the secret of an SRS: %w", err)
	}
	if n < 2 {
		return nil, fmt.Errorf("%d powers: an SRS has at least 2", n)
	}
	srs, _ := powersOf(n, tau)
	return srs, nil
}

// powersOf returns [τⁱ]₁ and τⁱ for i < n.
func powersOf(n int, tau fr.Element) (*kzg.SRS, []fr.Element) {
	powers := make([]fr.Element, n)
	powers[0].SetOne()
	for i := 1; i < len(powers); i++ {
		powers[i].Mul(&powers[i-1], &tau)
	}
	_, _, g1, g2 := curve.Generators()
	srs := new(kzg.SRS)
	srs.Pk.G1 = multiplesG1(powers)
	srs.Vk.G1 = g1
	srs.Vk.G2[0] = g2
	srs.Vk.G2[1] = multiplesG2([]fr.Element{tau})[0]
	for i := range srs.Vk.G2 {
		srs.Vk.Lines[i] = curve.PrecomputeLines(srs.Vk.G2[i])
	}
	return srs, powers
}
