// SPDX-License-Identifier: Apache-2.0

package groth16

import (
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"github.com/zkml-go/zkml/accel"
)

// quotient returns the coefficients of h, n of them, the last one zero. u, v and w are the
// values of these polynomials at the n-th roots of unity, ωⁱ. They are forgotten as soon as the device has them, unless keep.
//
// Of p = u·v = h·t + w, of degree below 2n, modulo Xⁿ − 1 there is w left, because the degree
// of w is less than n. Modulo Xⁿ + 1, where t is −2, it is w − 2·h. The zeros of Xⁿ + 1 are
// ω₂ₙ·ωⁱ, where the values of u and v determine p modulo Xⁿ + 1. So
//
//	h = (w − (u·v mod Xⁿ + 1))/2
//
// and no values of w but those that the solver gives are needed.
func quotient(device accel.Device, s *Solution, keep bool) (h accel.Vector, err error) {
	u, err := onCoset(device, &s.u, keep)
	if err != nil {
		return nil, err
	}
	defer func() {
		if err != nil {
			u.Free()
		}
	}()
	v, err := onCoset(device, &s.v, keep)
	if err != nil {
		return nil, err
	}
	err = u.Mul(v)
	v.Free()
	if err == nil {
		err = u.INTT(accel.Form{Coset: true})
	}
	if err != nil {
		return nil, err
	}
	w, err := load(device, &s.w, keep)
	if err != nil {
		return nil, err
	}
	defer w.Free()
	if err := w.INTT(accel.Form{}); err != nil {
		return nil, err
	}
	if err := u.Sub(w); err != nil {
		return nil, err
	}
	var minusHalf fr.Element
	minusHalf.SetInt64(-2)
	minusHalf.Inverse(&minusHalf)
	return u, u.Scale(&minusHalf)
}

// onCoset evaluates at ω₂ₙ·ωⁱ a polynomial that has values at ωⁱ.
func onCoset(device accel.Device, values *fr.Vector, keep bool) (accel.Vector, error) {
	p, err := load(device, values, keep)
	if err != nil {
		return nil, err
	}
	err = p.INTT(accel.Form{Shuffled: true})
	if err == nil {
		err = p.NTT(accel.Form{Coset: true, Shuffled: true})
	}
	if err != nil {
		p.Free()
		return nil, err
	}
	return p, nil
}

// load brings values to the device. A call that hangs may read them for ever: nothing writes to
// them.
func load(device accel.Device, values *fr.Vector, keep bool) (accel.Vector, error) {
	p, err := device.Vector(*values)
	if err == nil && !keep {
		*values = nil
	}
	return p, err
}
