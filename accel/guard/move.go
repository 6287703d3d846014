// SPDX-License-Identifier: Apache-2.0

package guard

import (
	"errors"

	"github.com/zkml-go/zkml/accel"
)

// inOrder is the transform from and to coefficients in an own order. Such coefficients
// cannot be moved: what is moved are the values of their polynomial.
var inOrder = accel.Form{Shuffled: true}

// toHost moves a vector to the CPU.
func (v *vector) toHost() error {
	inner := v.inner
	host, err := v.values()
	if err != nil {
		return err
	}
	v.host, v.inner = host, nil
	v.d.release(v.n, inner.Free)
	return nil
}

// copyToHost copies a vector of the device to the CPU.
func (v *vector) copyToHost() (accel.Vector, error) {
	if !v.shuffled {
		return v.values()
	}
	v.away.Lock()
	defer v.away.Unlock()
	host, err := v.values()
	if err != nil {
		return nil, err
	}
	inner := v.inner
	return host, v.mustGoOn(v.d.ask(NTT, v.n, func() error { return inner.INTT(inOrder) }))
}

// values returns a vector of the CPU with what one of the device has. If that is shuffled,
// it is no longer: it has values afterwards.
func (v *vector) values() (accel.Vector, error) {
	inner := v.inner
	if v.shuffled {
		if err := v.d.ask(NTT, v.n, func() error { return inner.NTT(inOrder) }); err != nil {
			return nil, err
		}
	}
	e, err := v.d.read(inner, v.n)
	if v.shuffled {
		err = v.mustGoOn(err)
	}
	if err != nil {
		return nil, err
	}
	host, err := v.d.host.Vector(e)
	if err == nil && v.shuffled {
		err = host.INTT(inOrder)
	}
	return host, err
}

// mustGoOn gives the device up if a step failed that left a vector neither what it was nor
// what it was to be, be it for lack of memory.
func (v *vector) mustGoOn(err error) error {
	if err == nil {
		return nil
	}
	v.d.giveUp(err)
	return v.d.why()
}

// copyToDevice copies a vector of the CPU to the device.
func (v *vector) copyToDevice() (accel.Vector, error) {
	e, err := v.elements()
	if err != nil {
		return nil, err
	}
	if v.shuffled {
		values, err := v.d.host.Vector(e)
		if err != nil {
			return nil, err
		}
		if err := errors.Join(values.NTT(inOrder), values.Read(e)); err != nil {
			return nil, err
		}
	}
	inner, err := v.d.lend(e)
	if err != nil || !v.shuffled {
		return inner, err
	}
	if err := v.d.ask(NTT, v.n, func() error { return inner.INTT(inOrder) }); err != nil {
		v.d.release(v.n, inner.Free)
		return nil, err
	}
	return inner, nil
}
