// SPDX-License-Identifier: Apache-2.0

package groth16

import (
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"github.com/zkml-go/zkml/accel"
)

// quotient returns the coefficients of h, n of them, the last one zero. u, v and w are the
// values of these polynomials at the n-th roots of unity, ωⁱ; rows that are not there are
// zero. They are forgotten as soon as the device has them, unless keep.
//
// A quotient by t cannot be taken where t is zero. The polynomials are interpolated and
// evaluated at ω₂ₙ·ωⁱ instead, where t = Xⁿ − 1 is ω₂ₙⁿ − 1 = −2, so that there
//
//	h = −(u·v − w)/2
//
// and h has degree n − 2, so that its n values there determine it.
func quotient(device accel.Device, n int, s *Solution, keep bool) (h accel.Vector, err error) {
	u, err := onCoset(device, n, &s.u, keep)
	if err != nil {
		return nil, err
	}
	defer func() {
		if err != nil {
			u.Free()
		}
	}()
	// u is in place of u·v, u·v − w and h.
	if err := with(device, n, &s.v, keep, u.Mul); err != nil {
		return nil, err
	}
	if err := with(device, n, &s.w, keep, u.Sub); err != nil {
		return nil, err
	}
	var minusHalf fr.Element
	minusHalf.SetInt64(-2)
	minusHalf.Inverse(&minusHalf)
	if err := u.Scale(&minusHalf); err != nil {
		return nil, err
	}
	if err := u.INTT(accel.Form{Coset: true}); err != nil {
		return nil, err
	}
	return u, nil
}

// with calls do with a polynomial on the coset, and frees it.
func with(device accel.Device, n int, values *fr.Vector, keep bool, do func(accel.Vector) error) error {
	p, err := onCoset(device, n, values, keep)
	if err != nil {
		return err
	}
	defer p.Free()
	return do(p)
}

// onCoset evaluates at ω₂ₙ·ωⁱ a polynomial that has values at ωⁱ.
func onCoset(device accel.Device, n int, values *fr.Vector, keep bool) (accel.Vector, error) {
	// gnark's solver leaves the capacity for this.
	padded := append(*values, make(fr.Vector, n-len(*values))...)
	p, err := device.Vector(padded)
	if err != nil {
		return nil, err
	}
	if !keep {
		*values = nil
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
