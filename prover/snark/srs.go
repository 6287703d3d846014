// SPDX-License-Identifier: Apache-2.0

package snark

import (
	"bufio"
	"crypto/rand"
	"errors"
	"fmt"
	"io"

	"github.com/consensys/gnark-crypto/ecc"
	curve "github.com/consensys/gnark-crypto/ecc/bn254"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/consensys/gnark-crypto/ecc/bn254/kzg"
)

// readSRS reads an SRS in the encoding of kzg.SRS and returns its first n powers of τ, n ≥ 2, checked.
//
//	number of powers (4 bytes), [τⁱ]₁, [1]₂, [τ]₂, [1]₁, pairing lines of [1]₂ and [τ]₂
func readSRS(file io.Reader, n int) (*kzg.SRS, error) {
	r := bufio.NewReaderSize(file, 1<<16)
	count, err := readUint32(r)
	if err != nil {
		return nil, fmt.Errorf("number of powers: %w", err)
	}
	if uint64(count) < uint64(n) {
		return nil, fmt.Errorf("%d powers, the circuit needs %d", count, n)
	}
	srs := new(kzg.SRS)
	if srs.Pk.G1, err = readPoints[curve.G1Affine](r, uint32(n)); err != nil {
		return nil, fmt.Errorf("powers in G1: %w", err)
	}
	if err := skipG1(r, count-uint32(n)); err != nil {
		return nil, fmt.Errorf("powers in G1: %w", err)
	}
	if _, err := srs.Vk.ReadFrom(r); err != nil {
		return nil, fmt.Errorf("verifying key: %w", eof(err))
	}
	if _, err := r.ReadByte(); err != io.EOF {
		return nil, errors.Join(errors.New("trailing bytes"), err)
	}
	return srs, checkSRS(srs)
}

// ReadSRS reads the first n powers of τ of an SRS, n ≥ 2, in the encoding of kzg.SRS, and checks them.
func ReadSRS(file io.Reader, n int) (*kzg.SRS, error) {
	srs, err := readSRS(file, n)
	if err != nil {
		return nil, fmt.Errorf("SRS: %w", err)
	}
	return srs, nil
}

// skipG1 skips points that the circuit does not need.
func skipG1(r *bufio.Reader, n uint32) error {
	for range n {
		first, err := r.Peek(1)
		if err != nil {
			return eof(err)
		}
		size := curve.SizeOfG1AffineCompressed
		if first[0]>>6 == 0 { // no flag of a compressed form
			size = curve.SizeOfG1AffineUncompressed
		}
		if _, err := r.Discard(size); err != nil {
			return eof(err)
		}
	}
	return nil
}

// checkSRS checks that the powers of an SRS, points of G1, are consecutive: P₀ is the generator, and with
// random ρᵢ of 128 bits
//
//	e(∑ ρᵢ⋅Pᵢ, [τ]₂) = e(∑ ρᵢ⋅Pᵢ₊₁, [1]₂)
//
// which has Pᵢ₊₁ = τ⋅Pᵢ for all i, up to a probability of 2⁻¹²⁸.
func checkSRS(srs *kzg.SRS) error {
	_, _, g1, g2 := curve.Generators()
	powers := srs.Pk.G1
	if !powers[0].Equal(&g1) || !srs.Vk.G1.Equal(&g1) || !srs.Vk.G2[0].Equal(&g2) {
		return errors.New("it does not start with the generators")
	}
	for i := range srs.Vk.G2 {
		if srs.Vk.Lines[i] != curve.PrecomputeLines(srs.Vk.G2[i]) {
			return fmt.Errorf("the pairing lines of point %d of G2 are not of this point", i)
		}
	}
	rho := make([]fr.Element, len(powers)-1)
	var buf [16]byte
	for i := range rho {
		if _, err := rand.Read(buf[:]); err != nil {
			return err
		}
		rho[i].SetBytes(buf[:])
	}
	var low, high curve.G1Affine
	if _, err := low.MultiExp(powers[:len(rho)], rho, ecc.MultiExpConfig{}); err != nil {
		return err
	}
	if _, err := high.MultiExp(powers[1:], rho, ecc.MultiExpConfig{}); err != nil {
		return err
	}
	high.Neg(&high)
	ok, err := curve.PairingCheck([]curve.G1Affine{low, high}, []curve.G2Affine{srs.Vk.G2[1], srs.Vk.G2[0]})
	if err != nil {
		return err
	}
	if !ok {
		return errors.New("its points are not consecutive powers")
	}
	return nil
}
