// SPDX-License-Identifier: Apache-2.0

package micro

import (
	curve "github.com/consensys/gnark-crypto/ecc/bn254"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"github.com/zkml-go/zkml/accel"
	"github.com/zkml-go/zkml/bench"
	"github.com/zkml-go/zkml/bench/measure"
	"github.com/zkml-go/zkml/internal/parallel"
)

func msm() []kernel {
	name := func(group, scalars string) string {
		return bench.With(bench.With("MSM", "group", group), "scalars", scalars)
	}
	sizes := []int{10, 12, 14, 16, 18}
	return []kernel{
		{name: name("G1", "fr"), sizes: sizes, onDevice: true, prepare: fullG1},
		{name: name("G2", "fr"), sizes: sizes[:4], onDevice: true, prepare: fullG2},
		{name: name("G1", "int8"), sizes: sizes[1:], onDevice: true, prepare: smallG1[int8](1)},
		{name: name("G1", "int16"), sizes: sizes[1:], onDevice: true, prepare: smallG1[int16](2)},
		{name: name("G2", "int8"), sizes: sizes[1:4], onDevice: true, prepare: smallG2},
	}
}

func fullG1(d accel.Device, n int) (*measure.Operation, error) {
	x := accel.Elements(elements(seeded(3), n))
	w := products(bucketMethod(float64(n), inG1))
	w.Bytes = float64(n) * (g1Bytes + word)
	return sumG1(d, x, func(i int) fr.Element { return x[i] }, w)
}

func smallG1[I accel.Int](bytes int) func(accel.Device, int) (*measure.Operation, error) {
	return func(d accel.Device, n int) (*measure.Operation, error) {
		x := integers[I](seeded(4), n)
		w := products(smallMethod(float64(n), bytes, parallel.Workers()))
		w.Bytes = float64(n * (g1Bytes + bytes))
		return sumG1(d, x, func(i int) (e fr.Element) { e.SetInt64(int64(x[i])); return e }, w)
	}
}

// sumG1 is a multi-exponentiation by scalars in the memory of the program. Warm, the points
// are on the device already; cold, they go there first.
func sumG1(d accel.Device, x accel.Scalars, at func(i int) fr.Element, w bench.Work) (*measure.Operation, error) {
	points, logs, sum := scaledG1(seeded(5), x.Len())
	want := sum(inner(x.Len(), at, logs))
	var kept accel.G1
	var got [][]curve.G1Affine // all since the last check
	do := func() error {
		sums, err := kept.MSM(0, x)
		got = append(got, sums)
		return err
	}
	load := func() (err error) {
		kept, err = d.G1(points)
		return err
	}
	return sumOn(x.Len(), w, load, do, func() bool { return all(&got, func(s *curve.G1Affine) bool { return s.Equal(&want) }) },
		func() bool { return kept != nil }, func() { kept.Free() }), nil
}

func fullG2(d accel.Device, n int) (*measure.Operation, error) {
	x := accel.Elements(elements(seeded(6), n))
	w := products(bucketMethod(float64(n), inG2))
	w.Bytes = float64(n) * (g2Bytes + word)
	return sumG2(d, x, func(i int) fr.Element { return x[i] }, w)
}

// smallG2 is counted by its bytes only: the CPU adds as field elements what is not
// negative, and then what is, by a method of which the library takes its pick.
func smallG2(d accel.Device, n int) (*measure.Operation, error) {
	x := integers[int8](seeded(16), n)
	return sumG2(d, x, func(i int) fr.Element { return small(x[i]) }, bench.Work{Bytes: float64(n * (g2Bytes + 1))})
}

// sumG2 is sumG1 in the other group.
func sumG2(d accel.Device, x accel.Scalars, at func(i int) fr.Element, w bench.Work) (*measure.Operation, error) {
	points, logs, sum := scaledG2(seeded(7), x.Len())
	want := sum(inner(x.Len(), at, logs))
	var kept accel.G2
	var got [][]curve.G2Affine // all since the last check
	do := func() error {
		sums, err := kept.MSM(0, x)
		got = append(got, sums)
		return err
	}
	load := func() (err error) {
		kept, err = d.G2(points)
		return err
	}
	return sumOn(x.Len(), w, load, do, func() bool { return all(&got, func(s *curve.G2Affine) bool { return s.Equal(&want) }) },
		func() bool { return kept != nil }, func() { kept.Free() }), nil
}

// all reports whether there are results, each of one sum that is right, and forgets them.
func all[P any](results *[][]P, right func(*P) bool) bool {
	defer func() { *results = nil }()
	for _, r := range *results {
		if len(r) != 1 || !right(&r[0]) {
			return false
		}
	}
	return len(*results) > 0
}

// sumOn is the operation of points that load puts on a device and do sums up. Without a
// cold sample the points go there before the first warm one.
func sumOn(n int, w bench.Work, load, do func() error, right, loaded func() bool, free func()) *measure.Operation {
	return &measure.Operation{
		Elements: n, Work: w,
		Cold: func() error {
			if err := load(); err != nil {
				return err
			}
			return do()
		},
		Warm: func(n int) error {
			if !loaded() {
				if err := load(); err != nil {
					return err
				}
			}
			return repeat(do)(n)
		},
		Check: func() error {
			if !right() {
				return measure.Wrong("not the sum")
			}
			return nil
		},
		Close: func() {
			if loaded() {
				free()
			}
		},
	}
}
