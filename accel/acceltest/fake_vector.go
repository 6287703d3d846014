// SPDX-License-Identifier: Apache-2.0

package acceltest

import (
	"slices"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"github.com/zkml-go/zkml/accel"
	"github.com/zkml-go/zkml/accel/cpu"
)

// fakeVector is a vector on a Fake. Its own order of coefficients is that of the CPU,
// backwards, so that whoever takes one for the other is found out.
type fakeVector struct {
	accel.Vector // of the CPU
	f            *Fake
	bytes        int
}

func (v *fakeVector) Free() { v.f.release(&v.bytes) }

// do runs an operation, and spoils what it makes if it is to lie.
func (v *fakeVector) do(kind string, op func() error) error {
	c, err := v.f.call(kind, v.Len(), 0, bytesElement*v.Len())
	if err == nil {
		err = op()
	}
	if err == nil && v.f.chosen(v.f.Lies, c) {
		err = v.lie()
	}
	return err
}

// lie adds one to the first element.
func (v *fakeVector) lie() error {
	if v.Len() == 0 {
		return nil
	}
	e := make([]fr.Element, v.Len())
	e[0].SetOne()
	w, err := cpu.Device{}.Vector(e)
	if err != nil {
		return err
	}
	return v.Vector.Add(w)
}

func (v *fakeVector) Read(out []fr.Element) error {
	c, err := v.f.call("Read", len(out), 0, 0)
	if err != nil {
		return err
	}
	err = v.Vector.Read(out)
	if err == nil && len(out) > 0 && v.f.chosen(v.f.Lies, c) {
		one := fr.One()
		out[0].Add(&out[0], &one)
	}
	return err
}

func (v *fakeVector) NTT(f accel.Form) error {
	return v.do("NTT", func() error {
		if f.Shuffled {
			if err := v.turn(); err != nil {
				return err
			}
		}
		return v.Vector.NTT(f)
	})
}

func (v *fakeVector) INTT(f accel.Form) error {
	return v.do("INTT", func() error {
		err := v.Vector.INTT(f)
		if err == nil && f.Shuffled {
			err = v.turn()
		}
		return err
	})
}

// turn reverses the elements.
func (v *fakeVector) turn() error {
	if v.Len()&(v.Len()-1) != 0 {
		return nil // the transform refuses it
	}
	e := make([]fr.Element, v.Len())
	if err := v.Vector.Read(e); err != nil {
		return err
	}
	slices.Reverse(e)
	w, err := cpu.Device{}.Vector(e)
	v.Vector = w
	return err
}

func (v *fakeVector) Add(w accel.Vector) error {
	return v.do("Add", func() error { return v.Vector.Add(v.own(w)) })
}

func (v *fakeVector) Sub(w accel.Vector) error {
	return v.do("Sub", func() error { return v.Vector.Sub(v.own(w)) })
}

func (v *fakeVector) Mul(w accel.Vector) error {
	return v.do("Mul", func() error { return v.Vector.Mul(v.own(w)) })
}

func (v *fakeVector) Scale(x *fr.Element) error {
	return v.do("Scale", func() error { return v.Vector.Scale(x) })
}

// own returns the vector of the CPU, if a vector is of the same Fake.
func (v *fakeVector) own(w accel.Vector) accel.Vector {
	if u, ok := w.(*fakeVector); ok && u.f == v.f {
		return u.Vector
	}
	return w
}
