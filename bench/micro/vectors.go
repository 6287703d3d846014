// SPDX-License-Identifier: Apache-2.0

package micro

import (
	"slices"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"github.com/zkml-go/zkml/accel"
	"github.com/zkml-go/zkml/bench"
	"github.com/zkml-go/zkml/bench/measure"
)

// A resident is vectors on a device: x, which operations change, and y.
type resident struct {
	device accel.Device
	start  fr.Vector // what x was
	other  fr.Vector
	x, y   accel.Vector
	out    fr.Vector // what x is, once it was read
}

func newResident(d accel.Device, n int) *resident {
	return &resident{device: d, start: elements(seeded(8), n), other: elements(seeded(9), n), out: make(fr.Vector, n)}
}

// load puts the vectors on the device.
func (r *resident) load() (err error) {
	r.free()
	if r.x, err = r.device.Vector(r.start); err == nil {
		r.y, err = r.device.Vector(r.other)
	}
	return err
}

func (r *resident) free() {
	for _, v := range []accel.Vector{r.x, r.y} {
		if v != nil {
			v.Free()
		}
	}
	r.x, r.y = nil, nil
}

// operation is do on resident vectors; cold, x and y go to the device first and x is read
// in the end. want is what becomes of x when do is done once, on the CPU.
func (r *resident) operation(w bench.Work, do func() error, want func(x, y fr.Vector)) *measure.Operation {
	read := func() error { return r.x.Read(r.out) }
	once := func() error {
		if err := r.load(); err != nil {
			return err
		}
		if err := do(); err != nil {
			return err
		}
		return read()
	}
	return &measure.Operation{
		Elements: len(r.start), Work: w, Cold: once,
		Warm: func(n int) error {
			if r.x == nil {
				if err := r.load(); err != nil {
					return err
				}
			}
			for range n {
				if err := do(); err != nil {
					return err
				}
			}
			return nil
		},
		Check: func() error {
			if err := once(); err != nil {
				return err
			}
			expected := slices.Clone(r.start)
			want(expected, r.other)
			if !slices.Equal(expected, r.out) {
				return measure.Wrong("not the vector that the CPU computes")
			}
			return nil
		},
		Close: r.free,
	}
}

func vectors() []kernel {
	sizes := []int{12, 16, 18}
	var out []kernel
	for _, op := range []struct {
		name   string
		factor bool
		bytes  int // per element: read and written
		do     func(r *resident) error
		want   func(x, y fr.Vector)
	}{
		{"add", false, 3 * word, func(r *resident) error { return r.x.Add(r.y) }, func(x, y fr.Vector) { x.Add(x, y) }},
		{"mul", true, 3 * word, func(r *resident) error { return r.x.Mul(r.y) }, func(x, y fr.Vector) {
			for i := range x {
				x[i].Mul(&x[i], &y[i])
			}
		}},
		{"scale", true, 2 * word, func(r *resident) error { return r.x.Scale(&r.other[0]) }, func(x, y fr.Vector) {
			for i := range x {
				x[i].Mul(&x[i], &y[0])
			}
		}},
	} {
		out = append(out, kernel{name: bench.With("Vector", "op", op.name), sizes: sizes, onDevice: true,
			prepare: func(d accel.Device, n int) (*measure.Operation, error) {
				r := newResident(d, n)
				var w bench.Work
				if op.factor {
					w = vectorProducts(1, float64(n))
				}
				w.Bytes = float64(op.bytes * n)
				return r.operation(w, func() error { return op.do(r) }, op.want), nil
			}})
	}
	return append(out, transfers()...)
}

// transfers are copies to and from a device.
func transfers() []kernel {
	sizes := []int{16, 18}
	return []kernel{
		{name: bench.With("Transfer", "to", "device"), sizes: sizes, onDevice: true,
			prepare: func(d accel.Device, n int) (*measure.Operation, error) {
				x := elements(seeded(10), n)
				return &measure.Operation{Elements: n, Work: bench.Work{Bytes: float64(2 * word * n)},
					Warm: repeat(func() error {
						v, err := d.Vector(x)
						if err == nil {
							v.Free()
						}
						return err
					})}, nil
			}},
		{name: bench.With("Transfer", "to", "host"), sizes: sizes, onDevice: true,
			prepare: func(d accel.Device, n int) (*measure.Operation, error) {
				x, out := elements(seeded(10), n), make(fr.Vector, n)
				v, err := d.Vector(x)
				if err != nil {
					return nil, err
				}
				return &measure.Operation{Elements: n, Work: bench.Work{Bytes: float64(2 * word * n)},
					Warm: repeat(func() error { return v.Read(out) }),
					Check: func() error {
						if !slices.Equal(x, out) {
							return measure.Wrong("not what was written")
						}
						return nil
					},
					Close: v.Free}, nil
			}},
	}
}
