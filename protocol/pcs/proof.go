// SPDX-License-Identifier: Apache-2.0

package pcs

import (
	"fmt"

	curve "github.com/consensys/gnark-crypto/ecc/bn254"
	"github.com/consensys/gnark-crypto/ecc/bn254/fp"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
)

// A Proof is an opening. Inv marks values at 1/ζ.
type Proof struct {
	Ch, Cq, Cg curve.G1Affine
	HAlpha     fr.Element
	CS, CD     curve.G1Affine
	G, GInv    fr.Element
	H, HInv    fr.Element
	S, SInv    fr.Element
	CH         curve.G1Affine
	Cm, CL     curve.G1Affine
}

// ProofBytes is the length of an encoded proof.
const ProofBytes = 8*64 + 7*32

// fields lists points and scalars in the order of the encoding, which is that of the
// transcript.
func (p *Proof) fields() []any {
	return []any{&p.Ch, &p.Cq, &p.Cg, &p.HAlpha, &p.CS, &p.CD, &p.G, &p.GInv, &p.H, &p.HInv, &p.S, &p.SInv, &p.CH, &p.Cm, &p.CL}
}

func (p *Proof) points() []*curve.G1Affine {
	return []*curve.G1Affine{&p.Ch, &p.Cq, &p.Cg, &p.CS, &p.CD, &p.CH, &p.Cm, &p.CL}
}

// Bytes returns the encoding, which is also the call data: points as x ‖ y, the point at
// infinity as 64 zeros, numbers in 32 bytes big-endian. A proof has one encoding.
func (p *Proof) Bytes() []byte {
	out := make([]byte, 0, ProofBytes)
	for _, f := range p.fields() {
		switch f := f.(type) {
		case *curve.G1Affine:
			out = append(out, EncodePoint(f)...)
		case *fr.Element:
			b := f.Bytes()
			out = append(out, b[:]...)
		}
	}
	return out
}

// DecodeProof is the inverse of Bytes. It refuses numbers that are not reduced and
// points off the curve.
func DecodeProof(data []byte) (*Proof, error) {
	if len(data) != ProofBytes {
		return nil, fmt.Errorf("an opening of %d bytes, want %d", len(data), ProofBytes)
	}
	p := new(Proof)
	for i, f := range p.fields() {
		var err error
		switch f := f.(type) {
		case *curve.G1Affine:
			err = DecodePoint(f, data)
			data = data[64:]
		case *fr.Element:
			err = f.SetBytesCanonical(data[:32])
			data = data[32:]
		}
		if err != nil {
			return nil, fmt.Errorf("element %d of an opening: %w", i, err)
		}
	}
	return p, nil
}

// PointBytes is the length of an encoded point.
const PointBytes = 2 * fp.Bytes

// EncodePoint returns the encoding of a point: x ‖ y, 64 zeros for the point at infinity.
func EncodePoint(p *curve.G1Affine) []byte {
	x, y := p.X.Bytes(), p.Y.Bytes()
	return append(x[:], y[:]...)
}

// DecodePoint is the inverse of EncodePoint for the first bytes of data. It refuses
// coordinates that are not reduced and points off the curve.
func DecodePoint(p *curve.G1Affine, data []byte) error {
	if len(data) < PointBytes {
		return fmt.Errorf("a point of %d bytes, want %d", len(data), PointBytes)
	}
	var x, y fp.Element
	if err := x.SetBytesCanonical(data[:fp.Bytes]); err != nil {
		return err
	}
	if err := y.SetBytesCanonical(data[fp.Bytes:PointBytes]); err != nil {
		return err
	}
	p.X, p.Y = x, y
	if !onCurve(p) {
		return fmt.Errorf("a point is not on the curve")
	}
	return nil
}

// onCurve also accepts the point at infinity. All points of the curve are in G1.
func onCurve(p *curve.G1Affine) bool { return p.IsInfinity() || p.IsOnCurve() }
