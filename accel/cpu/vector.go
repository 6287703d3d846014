// SPDX-License-Identifier: Apache-2.0

package cpu

import (
	"fmt"
	"math/bits"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr/fft"
	"github.com/consensys/gnark-crypto/utils"

	"github.com/zkml-go/zkml/accel"
)

type vector struct {
	e []fr.Element
	d *fft.Domain // of this length, if there was a transform
}

var _ accel.Writable = (*vector)(nil)

func (v *vector) Len() int { return len(v.e) }

func (v *vector) Free() { v.e, v.d = nil, nil }

func (v *vector) Read(out []fr.Element) error {
	if len(out) != len(v.e) {
		return fmt.Errorf("read of %d elements, the vector has %d", len(out), len(v.e))
	}
	copy(out, v.e)
	return nil
}

// Write implements accel.Writable.
func (v *vector) Write(x []fr.Element) error {
	if len(x) != len(v.e) {
		return fmt.Errorf("write of %d elements, the vector has %d", len(x), len(v.e))
	}
	copy(v.e, x)
	return nil
}

// NTT implements accel.Vector. The device's own order is the bit-reversed one.
func (v *vector) NTT(f accel.Form) error {
	domain, options, err := v.domain(f)
	if err != nil {
		return err
	}
	if !f.Shuffled {
		utils.BitReverse(v.e)
	}
	domain.FFT(v.e, fft.DIT, options...)
	return nil
}

func (v *vector) INTT(f accel.Form) error {
	domain, options, err := v.domain(f)
	if err != nil {
		return err
	}
	domain.FFTInverse(v.e, fft.DIF, options...)
	if !f.Shuffled {
		utils.BitReverse(v.e)
	}
	return nil
}

// domain returns the domain of the length of the vector, with the coset of accel.Form.
func (v *vector) domain(f accel.Form) (*fft.Domain, []fft.Option, error) {
	n := uint64(len(v.e))
	var options []fft.Option
	if f.Coset {
		options = append(options, fft.OnCoset())
	}
	if v.d != nil {
		return v.d, options, nil
	}
	if bits.OnesCount64(n) != 1 {
		return nil, nil, fmt.Errorf("a transform of %d elements, want a power of two", n)
	}
	shift, err := fft.Generator(2 * n)
	if err != nil {
		return nil, nil, err
	}
	// The cache forgets a domain that nobody holds.
	v.d = fft.NewDomain(n, fft.WithShift(shift), fft.WithCache())
	return v.d, options, nil
}

func (v *vector) Add(w accel.Vector) error {
	return v.with(w, func(a, b fr.Vector) { a.Add(a, b) })
}

func (v *vector) Sub(w accel.Vector) error {
	return v.with(w, func(a, b fr.Vector) { a.Sub(a, b) })
}

func (v *vector) Mul(w accel.Vector) error {
	return v.with(w, func(a, b fr.Vector) { a.Mul(a, b) })
}

func (v *vector) Scale(x *fr.Element) error {
	chunks(len(v.e), func(from, to int) {
		a := fr.Vector(v.e[from:to])
		a.ScalarMul(a, x)
	})
	return nil
}

// with runs an operation of two vectors on all processors.
func (v *vector) with(w accel.Vector, do func(a, b fr.Vector)) error {
	u, ok := w.(*vector)
	if !ok {
		return fmt.Errorf("a vector of another device: %T", w)
	}
	if len(u.e) != len(v.e) {
		return fmt.Errorf("vectors of %d and %d elements", len(v.e), len(u.e))
	}
	chunks(len(v.e), func(from, to int) { do(v.e[from:to], u.e[from:to]) })
	return nil
}
