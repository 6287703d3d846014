// SPDX-License-Identifier: Apache-2.0

package selftest

import (
	"errors"
	"fmt"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"github.com/zkml-go/zkml/accel"
)

// on calls do with a vector on a device, and frees it.
func on(d accel.Device, e []fr.Element, do func(accel.Vector) error) error {
	v, err := d.Vector(e)
	if err != nil {
		return fmt.Errorf("keep %d elements: %w", len(e), err)
	}
	defer v.Free()
	if v.Len() != len(e) {
		return fmt.Errorf("%d elements became %d", len(e), v.Len())
	}
	return do(v)
}

// holds compares the elements of a vector.
func holds(v accel.Vector, want []fr.Element) error {
	got := make([]fr.Element, len(want))
	if err := v.Read(got); err != nil {
		return err
	}
	for i := range want {
		if got[i] != want[i] {
			return fmt.Errorf("wrong element %d of %d", i, len(want))
		}
	}
	return nil
}

// stays checks what do makes of a vector.
func stays(d accel.Device, from, to []fr.Element, what string, do func(accel.Vector) error) error {
	return on(d, from, func(v accel.Vector) error {
		err := do(v)
		if err == nil {
			err = holds(v, to)
		}
		if err != nil {
			return fmt.Errorf("%s of %d elements: %w", what, len(from), err)
		}
		return nil
	})
}

// An operation is one of two vectors, and of two elements.
type operation struct {
	name    string
	vector  func(v, w accel.Vector) error
	element func(a, b fr.Element) fr.Element
}

var operations = []operation{
	{"Add", accel.Vector.Add, func(a, b fr.Element) fr.Element { a.Add(&a, &b); return a }},
	{"Sub", accel.Vector.Sub, func(a, b fr.Element) fr.Element { a.Sub(&a, &b); return a }},
	{"Mul", accel.Vector.Mul, func(a, b fr.Element) fr.Element { a.Mul(&a, &b); return a }},
}

func (o operation) of(a, b []fr.Element) []fr.Element {
	out := make([]fr.Element, len(a))
	for i := range a {
		out[i] = o.element(a[i], b[i])
	}
	return out
}

func vectorCases(o Options) []Case {
	lengths := []int{0, 1, 2, 3, 31, 100, 1000, 1 << o.logNTT()}
	return []Case{
		{"operations of two vectors", func(d accel.Device) error {
			rnd := source(o.Seed, 300)
			for _, n := range lengths {
				for _, f := range fills {
					a, b := randoms(rnd, n), f.elements(rnd, n)
					for _, op := range operations {
						if err := checkOperation(d, op, a, b); err != nil {
							return fmt.Errorf("%s with %s: %w", op.name, f.name, err)
						}
					}
				}
			}
			return nil
		}},
		{"a vector with itself", func(d accel.Device) error {
			rnd := source(o.Seed, 301)
			for _, n := range lengths {
				a := randoms(rnd, n)
				for _, op := range operations {
					err := stays(d, a, op.of(a, a), op.name, func(v accel.Vector) error { return op.vector(v, v) })
					if err != nil {
						return err
					}
				}
			}
			return nil
		}},
		{"multiples of a vector", func(d accel.Device) error {
			rnd := source(o.Seed, 302)
			mul := operations[2]
			for _, n := range lengths {
				for _, x := range []fr.Element{small(0), small(1), small(-1), random(rnd), edge(rnd)} {
					a, b := randoms(rnd, n), make([]fr.Element, n)
					for i := range b {
						b[i] = x
					}
					err := stays(d, a, mul.of(a, b), "Scale", func(v accel.Vector) error { return v.Scale(&x) })
					if err != nil {
						return err
					}
				}
			}
			return nil
		}},
		{"refusals of vectors", checkVectorRefusals},
	}
}

// checkOperation computes a ∘ b, and again with the result, and that b is what it was.
func checkOperation(d accel.Device, op operation, a, b []fr.Element) error {
	return on(d, b, func(w accel.Vector) error {
		once := op.of(a, b)
		err := stays(d, a, op.of(once, b), op.name+", twice", func(v accel.Vector) error {
			return errors.Join(op.vector(v, w), holds(v, once), op.vector(v, w))
		})
		return errors.Join(err, holds(w, b))
	})
}

func checkVectorRefusals(d accel.Device) error {
	e := randoms(source(0, 303), 64)
	return on(d, e, func(v accel.Vector) error {
		for _, n := range []int{0, 63, 65} {
			if err := refused(fmt.Sprintf("read of %d elements of 64", n), v.Read(make([]fr.Element, n))); err != nil {
				return err
			}
		}
		for _, op := range operations {
			for _, n := range []int{0, 1, 63, 128} {
				err := on(d, make([]fr.Element, n), func(w accel.Vector) error {
					return refused(fmt.Sprintf("%s of 64 and %d elements", op.name, n), op.vector(v, w))
				})
				if err != nil {
					return err
				}
			}
			if err := refused(op.name+" with a foreign vector", op.vector(v, foreign{})); err != nil {
				return err
			}
		}
		return holds(v, e)
	})
}
