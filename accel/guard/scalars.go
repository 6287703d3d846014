// SPDX-License-Identifier: Apache-2.0

package guard

import (
	"fmt"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"github.com/zkml-go/zkml/accel"
)

// total is the number of scalars of all lists.
func total(scalars []accel.Scalars) int {
	n := 0
	for _, x := range scalars {
		n += x.Len()
	}
	return n
}

// known checks that scalars are of kinds that can be cut, and vectors of this device.
func (d *Device) known(x accel.Scalars) error {
	switch x := x.(type) {
	case accel.Elements, accel.Ints[int8], accel.Ints[int16], accel.Ints[int32], accel.Ints[int64]:
		return nil
	case *vector:
		return d.owns(x)
	}
	return fmt.Errorf("scalars of type %T", x)
}

// forDevice returns scalars as the inner device takes them.
func forDevice(scalars []accel.Scalars) ([]accel.Scalars, error) {
	out := make([]accel.Scalars, len(scalars))
	for k, x := range scalars {
		out[k] = x
		if v, ok := x.(*vector); ok && v.inner != nil {
			out[k] = v.inner
		} else if ok {
			e, err := v.elements()
			if err != nil {
				return nil, err
			}
			out[k] = accel.Elements(e)
		}
	}
	return out, nil
}

// forHost returns scalars that can be cut and that the CPU takes: vectors are read.
func forHost(scalars []accel.Scalars) ([]accel.Scalars, error) {
	out := make([]accel.Scalars, len(scalars))
	for k, x := range scalars {
		out[k] = x
		if v, ok := x.(*vector); ok {
			e, err := v.elements()
			if err != nil {
				return nil, err
			}
			out[k] = accel.Elements(e)
		}
	}
	return out, nil
}

// elements returns a copy of the elements of a vector.
func (v *vector) elements() ([]fr.Element, error) {
	e := make([]fr.Element, v.n)
	return e, v.Read(e)
}

// part returns the scalars [from, to) of each list, as far as it has them.
func part(scalars []accel.Scalars, from, to int) []accel.Scalars {
	out := make([]accel.Scalars, len(scalars))
	for k, x := range scalars {
		out[k] = cut(x, min(from, x.Len()), min(to, x.Len()))
	}
	return out
}

func cut(x accel.Scalars, from, to int) accel.Scalars {
	switch x := x.(type) {
	case accel.Elements:
		return x[from:to]
	case accel.Ints[int8]:
		return x[from:to]
	case accel.Ints[int16]:
		return x[from:to]
	case accel.Ints[int32]:
		return x[from:to]
	case accel.Ints[int64]:
		return x[from:to]
	}
	panic(fmt.Sprintf("zkml: internal error: cut of %T", x))
}
