// SPDX-License-Identifier: Apache-2.0

package snark

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"

	curve "github.com/consensys/gnark-crypto/ecc/bn254"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
)

// Keys and proofs have layouts of fixed length. Points are encoded as in EIP-197: G1 as x‖y, G2 as
// x₁‖x₀‖y₁‖y₀, 32 bytes a coordinate, big endian, below the modulus, all zeros for the point at
// infinity. So every value has one encoding, and no length is ever read from the data.
const (
	frBytes = fr.Bytes
	g1Bytes = curve.SizeOfG1AffineUncompressed
	g2Bytes = curve.SizeOfG2AffineUncompressed
)

var errFlagBits = errors.New("bits above the modulus are set")

// An encoder appends fields to data.
type encoder struct{ data []byte }

func (e *encoder) uint64(v uint64) { e.data = binary.BigEndian.AppendUint64(e.data, v) }

func (e *encoder) scalar(v *fr.Element) {
	b := v.Bytes()
	e.data = append(e.data, b[:]...)
}

func (e *encoder) g1(p *curve.G1Affine) {
	b := p.RawBytes()
	e.data = append(e.data, b[:]...)
}

func (e *encoder) g2(p *curve.G2Affine) {
	b := p.RawBytes()
	e.data = append(e.data, b[:]...)
}

// A decoder cuts fields off data. The first error sticks; fields after it are left alone.
type decoder struct {
	data []byte
	err  error
}

func (d *decoder) take(n int) []byte {
	if d.err != nil {
		return nil
	}
	if len(d.data) < n {
		d.err = fmt.Errorf("%d bytes left, want %d", len(d.data), n)
		return nil
	}
	field := d.data[:n]
	d.data = d.data[n:]
	return field
}

func (d *decoder) fail(name string, err error) {
	if err != nil {
		d.err = fmt.Errorf("%s: %w", name, err)
	}
}

func (d *decoder) uint64() uint64 {
	if b := d.take(8); b != nil {
		return binary.BigEndian.Uint64(b)
	}
	return 0
}

func (d *decoder) scalar(name string, v *fr.Element) {
	if b := d.take(frBytes); b != nil {
		d.fail(name, v.SetBytesCanonical(b))
	}
}

// g1 reads a point, on the curve: G1 has prime order.
func (d *decoder) g1(name string, p *curve.G1Affine) {
	if b := d.take(g1Bytes); b != nil {
		d.fail(name, setUncompressed(b, p.SetBytes))
	}
}

// g2 reads a point, on the twist and in the subgroup.
func (d *decoder) g2(name string, p *curve.G2Affine) {
	if b := d.take(g2Bytes); b != nil {
		d.fail(name, setUncompressed(b, p.SetBytes))
	}
}

// setUncompressed hides gnark's compressed forms, which it tells by the two bits above the modulus.
func setUncompressed(b []byte, set func([]byte) (int, error)) error {
	if b[0]>>6 != 0 {
		return errFlagBits
	}
	_, err := set(b)
	return err
}

// finish checks that all data were read and that they are what encoding the result gives.
func (d *decoder) finish(input, output []byte) error {
	if d.err != nil {
		return d.err
	}
	if len(d.data) != 0 {
		return fmt.Errorf("%d trailing bytes", len(d.data))
	}
	if !bytes.Equal(input, output) {
		return errors.New("not the canonical encoding")
	}
	return nil
}
