// SPDX-License-Identifier: Apache-2.0

package guard

import (
	"errors"
	"fmt"

	"github.com/zkml-go/zkml/accel"
)

// Add implements accel.Vector.
func (v *vector) Add(w accel.Vector) error { return v.with(w, accel.Vector.Add) }

// Sub implements accel.Vector.
func (v *vector) Sub(w accel.Vector) error { return v.with(w, accel.Vector.Sub) }

// Mul implements accel.Vector.
func (v *vector) Mul(w accel.Vector) error { return v.with(w, accel.Vector.Mul) }

// with runs an operation of two vectors where v is, with a copy of w if that is elsewhere.
// If the device has no memory for it, v moves to the CPU. w never moves: others may be
// reading it.
func (v *vector) with(w accel.Vector, op func(v, w accel.Vector) error) error {
	if err := errors.Join(v.d.owns(v), v.d.owns(w)); err != nil {
		return err
	}
	u := w.(*vector)
	if u.n != v.n {
		return fmt.Errorf("vectors of %d and %d elements", v.n, u.n)
	}
	if v.inner != nil {
		err := v.withOnDevice(u, op)
		if !errors.Is(err, accel.ErrMemory) {
			return err
		}
		if err := v.toHost(); err != nil {
			return err
		}
	}
	other := u.host
	if u.inner != nil {
		var err error
		if other, err = u.copyToHost(); err != nil {
			return err
		}
	}
	_, err := onCPU(v.d, Elements, v.n, func() (struct{}, error) { return struct{}{}, op(v.host, other) })
	return err
}

// withOnDevice runs an operation for a vector on the device.
func (v *vector) withOnDevice(u *vector, op func(v, w accel.Vector) error) error {
	inner, other := v.inner, u.inner
	if other == nil {
		copied, err := u.copyToDevice()
		if err != nil {
			return err
		}
		defer v.d.release(u.n, copied.Free)
		other = copied
	} else if u.shuffled && u != v {
		u.away.RLock()
		defer u.away.RUnlock()
	}
	return v.d.ask(Elements, v.n, func() error { return op(inner, other) })
}
