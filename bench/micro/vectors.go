// SPDX-License-Identifier: Apache-2.0

package micro

import (
	"math/big"
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
	done   int       // how often x was changed since it went to the device
	out    fr.Vector // what x is, if it was read since
	read   bool
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
	r.done, r.read = 0, false
}

// operation is do on resident vectors; cold, x and y go to the device first and x is read
// in the end. want is what becomes of x when do is done a number of times, on the CPU.
//
// What is checked is what was timed: cold the elements that were read, warm what all
// repetitions together made of x.
func (r *resident) operation(w bench.Work, do func() error, want func(x, y fr.Vector, times int)) *measure.Operation {
	each := func() error {
		r.done++
		return do()
	}
	return &measure.Operation{
		Elements: len(r.start), Work: w,
		Cold: func() error {
			if err := r.load(); err != nil {
				return err
			}
			if err := each(); err != nil {
				return err
			}
			r.read = true
			return r.x.Read(r.out)
		},
		Warm: func(n int) error {
			if r.x == nil {
				if err := r.load(); err != nil {
					return err
				}
			}
			r.read = false
			return repeat(each)(n)
		},
		Check: func() error {
			if !r.read {
				if err := r.x.Read(r.out); err != nil {
					return err
				}
			}
			expected := slices.Clone(r.start)
			want(expected, r.other, r.done)
			if !slices.Equal(expected, r.out) {
				return measure.Wrong("not the vector that the CPU computes")
			}
			return nil
		},
		Close: r.free,
	}
}

// power returns xⁿ.
func power(x *fr.Element, n int) (out fr.Element) {
	return *out.Exp(*x, big.NewInt(int64(n)))
}

func vectors() []kernel {
	sizes := []int{12, 16, 18}
	var out []kernel
	for _, op := range []struct {
		name   string
		factor bool
		bytes  int // per element: read and written
		do     func(r *resident) error
		want   func(x, y fr.Vector, times int)
	}{
		{"add", false, 3 * word, func(r *resident) error { return r.x.Add(r.y) }, func(x, y fr.Vector, times int) {
			var k fr.Element
			k.SetInt64(int64(times))
			for i := range x {
				var sum fr.Element
				x[i].Add(&x[i], sum.Mul(&k, &y[i]))
			}
		}},
		{"mul", true, 3 * word, func(r *resident) error { return r.x.Mul(r.y) }, func(x, y fr.Vector, times int) {
			for i := range x {
				k := power(&y[i], times)
				x[i].Mul(&x[i], &k)
			}
		}},
		{"scale", true, 2 * word, func(r *resident) error { return r.x.Scale(&r.other[0]) }, func(x, y fr.Vector, times int) {
			k := power(&y[0], times)
			for i := range x {
				x[i].Mul(&x[i], &k)
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
			prepare: toDevice},
		{name: bench.With("Transfer", "to", "host"), sizes: sizes, onDevice: true, prepare: toHost},
	}
}

func toDevice(d accel.Device, n int) (*measure.Operation, error) {
	x, out := elements(seeded(10), n), make(fr.Vector, n)
	var last accel.Vector
	free := func() {
		if last != nil {
			last.Free()
			last = nil
		}
	}
	return &measure.Operation{Elements: n, Work: bench.Work{Bytes: float64(2 * word * n)},
		Warm: repeat(func() (err error) {
			free()
			last, err = d.Vector(x)
			return err
		}),
		Check: func() error {
			if err := last.Read(out); err != nil {
				return err
			}
			if !slices.Equal(x, out) {
				return measure.Wrong("not what was written")
			}
			return nil
		},
		Close: free}, nil
}

func toHost(d accel.Device, n int) (*measure.Operation, error) {
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
			clear(out) // the next is not to find what this one read
			return nil
		},
		Close: v.Free}, nil
}
