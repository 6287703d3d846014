// SPDX-License-Identifier: Apache-2.0

package icicle

import (
	"errors"
	"fmt"
	"math"
	"math/bits"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr/fft"

	"github.com/zkml-go/zkml/accel"
)

const elementSize = fr.Bytes

// A vector is elements in Montgomery form. To the library, which knows of no such form,
// they are the elements times R: sums and transforms are right as they are, a product has
// one R too many.
type vector struct {
	d  *Device
	n  int
	at uintptr // 0: empty or freed. Only the thread touches it.
}

var errFreed = errors.New("icicle: the vector is freed")

func (v *vector) Len() int { return v.n }

// on calls do on the thread, if there are elements.
func (v *vector) on(do func() error) error {
	if v.n == 0 {
		return nil
	}
	return v.d.thread.do(func() error {
		if v.at == 0 {
			return errFreed
		}
		return do()
	})
}

func (v *vector) write(x []fr.Element) (err error) {
	if v.n == 0 {
		return nil
	}
	if v.n > math.MaxInt32 {
		return fmt.Errorf("icicle: a vector of %d elements, at most %d are possible", v.n, math.MaxInt32)
	}
	if v.at, err = v.d.memory.allocate(elementSize * uint64(v.n)); err != nil {
		return err
	}
	if err = store(&v.d.memory, v.at, x); err != nil {
		return errors.Join(err, v.d.memory.release(v.at))
	}
	return nil
}

func (v *vector) Read(out []fr.Element) error {
	if len(out) != v.n {
		return fmt.Errorf("icicle: read of %d elements, the vector has %d", len(out), v.n)
	}
	return v.on(func() error { return fetch(&v.d.memory, out, v.at) })
}

// Free implements accel.Vector.
func (v *vector) Free() {
	// The memory of a device that is closed is gone, and one that cannot free has failed:
	// whatever it is asked next says so.
	_ = v.d.thread.do(func() error {
		at := v.at
		v.at = 0
		return v.d.memory.release(at)
	})
}

// NTT implements accel.Vector.
func (v *vector) NTT(f accel.Form) error {
	if f.Shuffled {
		return v.transform(forward, mixedToNatural, f.Coset)
	}
	return v.transform(forward, naturalToNatural, f.Coset)
}

// INTT implements accel.Vector.
func (v *vector) INTT(f accel.Form) error {
	if f.Shuffled {
		return v.transform(inverse, naturalToMixed, f.Coset)
	}
	return v.transform(inverse, naturalToNatural, f.Coset)
}

func (v *vector) transform(dir direction, order ordering, coset bool) error {
	if bits.OnesCount64(uint64(v.n)) != 1 {
		return fmt.Errorf("icicle: a transform of %d elements, want a power of two", v.n)
	}
	shift := fr.One()
	if coset {
		var err error
		if shift, err = fft.Generator(2 * uint64(v.n)); err != nil {
			return err
		}
	}
	return v.on(func() error {
		if v.n == 1 {
			return nil // a constant is its value
		}
		if err := v.d.domain(bits.Len(uint(v.n)) - 1); err != nil {
			return err
		}
		c := nttConfig{coset: shift.Bits(), batch: 1, order: order, inputOnDevice: true, outputOnDevice: true}
		return check("bn254_ntt", v.d.lib.ntt(v.at, int32(v.n), dir, &c, v.at))
	})
}

// Add implements accel.Vector.
func (v *vector) Add(w accel.Vector) error {
	return v.with(w, func(u *vector) error {
		return check("bn254_vector_add", v.d.lib.vectorAdd(v.at, u.at, uint64(v.n), inPlace(), v.at))
	})
}

// Sub implements accel.Vector.
func (v *vector) Sub(w accel.Vector) error {
	return v.with(w, func(u *vector) error {
		return check("bn254_vector_sub", v.d.lib.vectorSub(v.at, u.at, uint64(v.n), inPlace(), v.at))
	})
}

// Mul implements accel.Vector: (aR)(bR) = abR·R, and leaving Montgomery form divides by R.
// Whatever stops it halfway is a fault: the vector is not what it was.
func (v *vector) Mul(w accel.Vector) error {
	return v.with(w, func(u *vector) error {
		s := v.d.lib.vectorMul(v.at, u.at, uint64(v.n), inPlace(), v.at)
		if err := check("bn254_vector_mul", s); err != nil {
			return err
		}
		s = v.d.lib.convertScalars(v.at, uint64(v.n), false, inPlace(), v.at)
		return halfway(check("bn254_scalar_convert_montgomery", s))
	})
}

func halfway(err error) error {
	if errors.Is(err, accel.ErrMemory) {
		return fmt.Errorf("%v in the middle of a product: %w", err, accel.ErrFault)
	}
	return err
}

// Scale implements accel.Vector. The factor is in standard form: no R is too many.
func (v *vector) Scale(x *fr.Element) error {
	factor := x.Bits()
	c := inPlace()
	c.aOnDevice = false
	return v.on(func() error {
		return check("bn254_scalar_mul_vec", v.d.lib.scalarMul(&factor, v.at, uint64(v.n), c, v.at))
	})
}

// with runs an operation with another vector of the device.
func (v *vector) with(w accel.Vector, do func(*vector) error) error {
	u, ok := w.(*vector)
	if !ok || u.d != v.d {
		return fmt.Errorf("icicle: a vector of another device: %T", w)
	}
	if u.n != v.n {
		return fmt.Errorf("icicle: vectors of %d and %d elements", v.n, u.n)
	}
	return v.on(func() error {
		if u.at == 0 {
			return errFreed
		}
		return do(u)
	})
}

// inPlace is the configuration of operations on memory of the device.
func inPlace() *vectorConfig {
	return &vectorConfig{aOnDevice: true, bOnDevice: true, resultOnDevice: true, batch: 1}
}
