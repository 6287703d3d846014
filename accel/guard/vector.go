// SPDX-License-Identifier: Apache-2.0

package guard

import (
	"errors"
	"fmt"
	"sync"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"github.com/zkml-go/zkml/accel"
)

// vector is a vector on the device, or on the CPU.
type vector struct {
	d        *Device
	n        int
	inner    accel.Vector // on the device
	host     accel.Vector // on the CPU; one of the two is nil, and both are once it is freed
	shuffled bool         // coefficients in the order of the one that has them
	away     sync.RWMutex // held while a shuffled vector of the device is something else, see copyToHost
}

var _ accel.Vector = (*vector)(nil)

var errFreed = errors.New("a vector that was freed")

// vector makes one, on the device if it is worth it and fits.
func (d *Device) vector(x []fr.Element) (*vector, error) {
	v := &vector{d: d, n: len(x)}
	if len(x) >= max(d.o.LeastVector, 1) && d.why() == nil {
		inner, err := d.lend(x)
		if err == nil {
			v.inner = inner
			return v, nil
		}
		if !errors.Is(err, accel.ErrMemory) {
			return nil, err
		}
	}
	var err error
	v.host, err = onCPU(d, Keep, len(x), func() (accel.Vector, error) { return d.host.Vector(x) })
	return v, err
}

// lend makes a vector of the inner device.
func (d *Device) lend(x []fr.Element) (accel.Vector, error) {
	return call(d, Keep, len(x), func() (accel.Vector, error) { return d.inner.Vector(x) })
}

// release frees something of the device. One that is given up frees all when it is closed.
func (d *Device) release(n int, free func()) {
	_ = d.ask(Free, n, func() error { // a fault gives the device up
		free()
		return nil
	})
}

// owns checks that a vector can be used with this device.
func (d *Device) owns(w accel.Vector) error {
	switch u, ok := w.(*vector); {
	case !ok:
		return fmt.Errorf("a vector of another device: %T", w)
	case u.d != d:
		return errors.New("a vector of another guard")
	case u.inner == nil && u.host == nil:
		return errFreed
	}
	return nil
}

func (v *vector) Len() int { return v.n }

func (v *vector) Free() {
	if v.inner != nil {
		v.d.release(v.n, v.inner.Free)
	}
	v.inner, v.host = nil, nil
}

func (v *vector) Read(out []fr.Element) error {
	if err := v.d.owns(v); err != nil {
		return err
	}
	if len(out) != v.n {
		return fmt.Errorf("read of %d elements, the vector has %d", len(out), v.n)
	}
	if v.inner == nil {
		_, err := onCPU(v.d, Read, v.n, func() (struct{}, error) { return struct{}{}, v.host.Read(out) })
		return err
	}
	e, err := v.d.read(v.inner, v.n)
	copy(out, e)
	return err
}

// read reads n elements to memory of its own, where an answer that comes too late harms
// no one.
func (d *Device) read(w accel.Vector, n int) ([]fr.Element, error) {
	return call(d, Read, n, func() ([]fr.Element, error) {
		e := make([]fr.Element, n)
		return e, w.Read(e)
	})
}

// NTT implements accel.Vector.
func (v *vector) NTT(f accel.Form) error {
	err := v.do(NTT, func(w accel.Vector) error { return w.NTT(f) })
	if err == nil {
		v.shuffled = false
	}
	return err
}

// INTT implements accel.Vector.
func (v *vector) INTT(f accel.Form) error {
	err := v.do(NTT, func(w accel.Vector) error { return w.INTT(f) })
	if err == nil {
		v.shuffled = f.Shuffled
	}
	return err
}

// Scale implements accel.Vector.
func (v *vector) Scale(x *fr.Element) error {
	return v.do(Elements, func(w accel.Vector) error { return w.Scale(x) })
}

// do changes a vector where it is, or on the CPU if the device has no memory for it.
func (v *vector) do(kind Kind, op func(accel.Vector) error) error {
	if err := v.d.owns(v); err != nil {
		return err
	}
	if v.inner != nil {
		inner := v.inner
		err := v.d.ask(kind, v.n, func() error { return op(inner) })
		if !errors.Is(err, accel.ErrMemory) {
			return err
		}
		if err := v.toHost(); err != nil {
			return err
		}
	}
	_, err := onCPU(v.d, kind, v.n, func() (struct{}, error) { return struct{}{}, op(v.host) })
	return err
}
