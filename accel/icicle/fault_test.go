// SPDX-License-Identifier: Apache-2.0

package icicle

import (
	"errors"
	"strings"
	"testing"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"github.com/zkml-go/zkml/accel"
)

// everything calls every function of the library that works for a device.
func everything(d *Device) error {
	r := source(1)
	x, y := elements(r, 64), elements(r, 64)
	v, err := d.Vector(x)
	if err != nil {
		return err
	}
	defer v.Free()
	w, err := d.Vector(y)
	if err != nil {
		return err
	}
	defer w.Free()
	p, err := d.G1(pointsG1(r, 64))
	if err != nil {
		return err
	}
	defer p.Free()
	q, err := d.G2(pointsG2(r, 64))
	if err != nil {
		return err
	}
	defer q.Free()
	for _, do := range []func() error{
		func() error { return v.INTT(accel.Form{Shuffled: true}) },
		func() error { return v.NTT(accel.Form{Shuffled: true, Coset: true}) },
		func() error { return v.NTT(accel.Form{}) },
		func() error { return v.Add(w) },
		func() error { return v.Sub(w) },
		func() error { return v.Mul(w) },
		func() error { return v.Scale(&y[0]) },
		func() error { return v.Read(x) },
		func() error { _, err := p.MSM(0, v, accel.Elements(x), ints[int8](r, 64)); return err },
		func() error { _, err := q.MSM(0, v, accel.Elements(x), ints[int64](r, 64)); return err },
	} {
		if err := do(); err != nil {
			return err
		}
	}
	return nil
}

// functions are those of the library that everything calls.
var functions = []string{
	"icicle_malloc", "icicle_copy_to_device", "icicle_copy_to_host", "icicle_get_available_memory",
	"bn254_ntt", "bn254_vector_add", "bn254_vector_sub", "bn254_vector_mul", "bn254_scalar_mul_vec",
	"bn254_scalar_convert_montgomery", "bn254_msm", "bn254_g2_msm",
}

// TestErrors has every function fail in every way.
func TestErrors(t *testing.T) {
	d, c := open(t, Options{})
	if err := everything(d); err != nil {
		t.Fatal(err, c.why())
	}
	for _, f := range functions {
		for s := status(1); int(s) < len(statusNames); s++ {
			if f == "icicle_get_available_memory" && s == notImplemented {
				continue // not a failure
			}
			c.fail(f, int32(s), 0)
			err := everything(d)
			if err == nil {
				t.Errorf("%s returns %s and nothing fails", f, s)
				continue
			}
			want := accel.ErrFault
			if (s == outOfMemory || s == allocationFailed) && f != "bn254_scalar_convert_montgomery" {
				want = accel.ErrMemory
			}
			if !errors.Is(err, want) || errors.Is(err, accel.ErrFault) == errors.Is(err, accel.ErrMemory) {
				t.Errorf("%s returns %s: %v, want %v", f, s, err, want)
			}
			if !strings.Contains(err.Error(), s.String()) || !strings.Contains(err.Error(), f) {
				t.Errorf("%s returns %s, which the error does not say: %v", f, s, err)
			}
			c.fail("", 0, 0)
		}
	}
	if err := everything(d); err != nil {
		t.Errorf("the device does not work after its failures: %v", err)
	}
}

// TestFreeFails has the device fail to free: Close says so.
func TestFreeFails(t *testing.T) {
	d, c := open(t, Options{})
	v, err := d.Vector(make([]fr.Element, 8))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := d.Vector(make([]fr.Element, 8)); err != nil {
		t.Fatal(err)
	}
	defer c.freeAll()
	c.fail("icicle_free", 3, 0)
	v.Free()
	v.Free()
	c.fail("icicle_free", 3, 0)
	if err := d.Close(); !errors.Is(err, accel.ErrFault) {
		t.Errorf("Close returns %v while the device cannot free", err)
	}
	if c.held() != 2*8*32 {
		t.Errorf("%d bytes are held after two failures to free", c.held())
	}
}

// TestShift has the stub read structures at the wrong place, as a library with another
// layout would. Nothing may seem to work.
func TestShift(t *testing.T) {
	d, c := open(t, Options{})
	if err := everything(d); err != nil {
		t.Fatal(err)
	}
	for _, shift := range []int32{-8, -4, -1, 1, 4, 8} {
		c.setShift(shift)
		if everything(d) == nil {
			t.Errorf("structures %d bytes off make no difference", shift)
		}
		c.setShift(0)
	}
}

// TestLies has the device return what is no point.
func TestLies(t *testing.T) {
	d, _ := open(t, Options{})
	r := source(2)
	p, err := d.G1(pointsG1(r, 16))
	if err != nil {
		t.Fatal(err)
	}
	q, err := d.G2(pointsG2(r, 16))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { lie = nil }()
	for name, l := range map[string]func(out []limbs){
		"not on the curve": func(out []limbs) { out[0][0] ^= 1 },
		"not reduced":      func(out []limbs) { out[1][3] |= 1 << 63 },
		"of ones":          func(out []limbs) { out[0], out[1] = limbs{1}, limbs{1} },
	} {
		lie = l
		if _, err := p.MSM(0, accel.Elements(elements(r, 16))); !errors.Is(err, accel.ErrFault) {
			t.Errorf("a sum of G1 that is %s: %v", name, err)
		}
		if _, err := q.MSM(0, accel.Elements(elements(r, 16))); !errors.Is(err, accel.ErrFault) {
			t.Errorf("a sum of G2 that is %s: %v", name, err)
		}
	}
}
