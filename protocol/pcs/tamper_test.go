// SPDX-License-Identifier: Apache-2.0

package pcs_test

import (
	"errors"
	"math/big"
	"reflect"
	"slices"
	"strings"
	"testing"

	curve "github.com/consensys/gnark-crypto/ecc/bn254"
	"github.com/consensys/gnark-crypto/ecc/bn254/fp"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/consensys/gnark-crypto/ecc/bn254/kzg"

	"github.com/zkml-go/zkml/protocol/pcs"
)

// rejects fails the test unless err is a rejection.
func rejects(t *testing.T, what string, err error) {
	t.Helper()
	if !errors.Is(err, pcs.ErrRejected) {
		t.Errorf("%s: got %v, want a rejection", what, err)
	}
}

// Every field of a proof is bound: another value, zero, or that of another field of its type.
func TestTamperFields(t *testing.T) {
	t.Parallel()
	f := newFixture(t, 5)
	if err := f.verify(); err != nil {
		t.Fatal(err)
	}
	honest := f.proof
	fields := reflect.ValueOf(&f.proof).Elem()
	names := fields.Type()
	for i := range fields.NumField() {
		for j := range fields.NumField() {
			f.proof = honest
			a, b := fields.Field(i), fields.Field(j)
			switch {
			case i == j:
				a.SetZero()
			case a.Type() == b.Type() && i < j:
				x := reflect.ValueOf(a.Interface())
				a.Set(b)
				b.Set(x)
			default:
				continue
			}
			rejects(t, names.Field(i).Name+" and "+names.Field(j).Name, f.verify())
		}
		f.proof = honest
		switch x := fields.Field(i).Addr().Interface().(type) {
		case *fr.Element:
			one := fr.One()
			x.Add(x, &one)
		case *curve.G1Affine:
			x.Neg(x)
			rejects(t, "the negative of "+names.Field(i).Name, f.verify())
			f.proof = honest
			x.Add(x, &f.srs.Vk.G1)
		}
		rejects(t, names.Field(i).Name, f.verify())
	}
}

// Every byte of the encoding is bound, and nothing else decodes.
func TestTamperBytes(t *testing.T) {
	t.Parallel()
	f := newFixture(t, 3)
	data := f.proof.Bytes()
	if len(data) != pcs.ProofBytes {
		t.Fatalf("%d bytes, want %d", len(data), pcs.ProofBytes)
	}
	verified := 0
	for i := range data {
		for _, bit := range []byte{1, 0x80} {
			data[i] ^= bit
			if p, err := pcs.DecodeProof(data); err == nil {
				verified++
				rejects(t, "a changed byte", pcs.Verify(f.Params, &f.srs.Vk, f.commitments, f.s, f.u, p))
			}
			data[i] ^= bit
		}
	}
	if verified < 7*31 {
		t.Errorf("%d changed encodings decode, fewer than change scalars", verified)
	}
	for _, n := range []int{0, 1, len(data) - 1, len(data) + 1} {
		if _, err := pcs.DecodeProof(make([]byte, n)); err == nil {
			t.Errorf("%d bytes decode", n)
		}
	}
}

// Numbers that are not reduced and points off the curve do not decode.
func TestDecodeIsCanonical(t *testing.T) {
	t.Parallel()
	f := newFixture(t, 3)
	const scalar = 3 * 64 // h(α)
	for what, change := range map[string]func(data []byte){
		"h(α) + r": func(data []byte) {
			x := f.proof.HAlpha.BigInt(new(big.Int))
			x.Add(x, fr.Modulus()).FillBytes(data[scalar : scalar+32])
		},
		"x + p": func(data []byte) {
			x := f.proof.Ch.X.BigInt(new(big.Int))
			x.Add(x, fp.Modulus()).FillBytes(data[:32])
		},
		"y + p": func(data []byte) {
			x := f.proof.Ch.Y.BigInt(new(big.Int))
			x.Add(x, fp.Modulus()).FillBytes(data[32:64])
		},
		"y = 0": func(data []byte) { clear(data[32:64]) },
		"(1, 1)": func(data []byte) {
			clear(data[:64])
			data[31], data[63] = 1, 1
		},
	} {
		data := f.proof.Bytes()
		change(data)
		if _, err := pcs.DecodeProof(data); err == nil {
			t.Errorf("%s decodes", what)
		}
	}
	// A proof in memory was not decoded.
	f.proof.CL.Y.SetOne()
	if err := f.verify(); err == nil || !strings.Contains(err.Error(), "not on the curve") {
		t.Errorf("a point off the curve: got %v", err)
	}
}

// Openings are of these columns in this order, at this point, with this seed and value.
func TestTamperStatement(t *testing.T) {
	t.Parallel()
	for what, change := range map[string]func(f *fixture){
		"a swap of columns":  func(f *fixture) { f.commitments[0], f.commitments[1] = f.commitments[1], f.commitments[0] },
		"a column less":      func(f *fixture) { f.commitments = f.commitments[:2] },
		"no column":          func(f *fixture) { f.commitments = nil },
		"a column more":      func(f *fixture) { f.commitments = append(f.commitments, f.commitments[0]) },
		"a column off curve": func(f *fixture) { f.commitments[0].X.SetOne() },
		"another seed":       func(f *fixture) { f.s.D = element(1) },
		"another ρ":          func(f *fixture) { f.s.Rho = element(1) },
		"another value":      func(f *fixture) { f.s.V = element(1) },
		"the value 0":        func(f *fixture) { f.s.V = fr.Element{} },
		"another point":      func(f *fixture) { f.u[0] = element(1) },
		"a point reversed":   func(f *fixture) { slices.Reverse(f.u) },
		"a short point":      func(f *fixture) { f.u = f.u[1:] },
		"a long point":       func(f *fixture) { f.u = append(f.u, element(1)) },
		"fewer variables":    func(f *fixture) { f.Vars--; f.u = f.u[1:] },
		"more variables":     func(f *fixture) { f.Vars++; f.u = append(f.u, fr.Element{}) },
		"no variables":       func(f *fixture) { f.Vars, f.u = 0, nil },
		"negative variables": func(f *fixture) { f.Vars, f.u = -1, nil },
		"2²⁹ coefficients":   func(f *fixture) { f.Vars, f.u = 29, make([]fr.Element, 29) },
		"another key":        func(f *fixture) { f.srs.Vk.G2[1] = f.srs.Vk.G2[0] },
	} {
		f := newFixture(t, 5)
		change(f)
		rejects(t, what, f.verify())
	}
	f := newFixture(t, 3)
	rejects(t, "no proof", pcs.Verify(f.Params, &f.srs.Vk, f.commitments, f.s, f.u, nil))
	rejects(t, "no key", pcs.Verify(f.Params, nil, f.commitments, f.s, f.u, &f.proof))
	rejects(t, "nothing", pcs.VerifyPoint(f.Params, nil, nil, f.s, pcs.Point[fr.Element]{}, nil))
	rejects(t, "an empty key", pcs.Verify(f.Params, new(kzg.VerifyingKey), f.commitments, f.s, f.u, &f.proof))
}

func FuzzVerify(f *testing.F) {
	honest := newFixture(f, 3)
	data := honest.proof.Bytes()
	f.Add(data)
	f.Add(make([]byte, pcs.ProofBytes))
	f.Add(data[:100])
	f.Fuzz(func(t *testing.T, in []byte) {
		p, err := pcs.DecodeProof(in)
		if err != nil {
			return
		}
		if !slices.Equal(p.Bytes(), in) {
			t.Fatal("two encodings of a proof")
		}
		err = pcs.Verify(honest.Params, &honest.srs.Vk, honest.commitments, honest.s, honest.u, p)
		if (err == nil) != slices.Equal(in, data) {
			t.Fatalf("got %v", err)
		}
	})
}
