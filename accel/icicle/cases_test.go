// SPDX-License-Identifier: Apache-2.0

package icicle

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"

	curve "github.com/consensys/gnark-crypto/ecc/bn254"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"github.com/zkml-go/zkml/accel"
	"github.com/zkml-go/zkml/accel/cpu"
)

// source is the randomness of a case: the same every time.
func source(seed uint64) *rand.Rand { return rand.New(rand.NewPCG(seed, 1)) }

func element(r *rand.Rand) (e fr.Element) {
	var b [64]byte
	for i := range b {
		b[i] = byte(r.Uint32())
	}
	e.SetBytes(b[:])
	return e
}

func elements(r *rand.Rand, n int) []fr.Element {
	out := make([]fr.Element, n)
	for i := range out {
		out[i] = element(r)
	}
	return out
}

// pointsG1 returns multiples of the generator, some of them infinity.
func pointsG1(r *rand.Rand, n int) []curve.G1Affine {
	_, _, g, _ := curve.Generators()
	out := curve.BatchScalarMultiplicationG1(&g, elements(r, n))
	for i := 3; i < n; i += 7 {
		out[i].SetInfinity()
	}
	return out
}

func pointsG2(r *rand.Rand, n int) []curve.G2Affine {
	_, _, _, g := curve.Generators()
	out := curve.BatchScalarMultiplicationG2(&g, elements(r, n))
	for i := 3; i < n; i += 7 {
		out[i].SetInfinity()
	}
	return out
}

func ints[I accel.Int](r *rand.Rand, n int) accel.Ints[I] {
	out := make(accel.Ints[I], n)
	for i := range out {
		out[i] = I(r.Uint64())
	}
	return out
}

// scalarCases are n scalars of every kind: any, small ones as elements, skewed, zero, the
// extremes of every type of integer, of one sign.
func scalarCases(r *rand.Rand, n int) map[string]accel.Scalars {
	skewed := make(accel.Elements, n)
	sparse := make(accel.Elements, n)
	for i := range skewed {
		skewed[i].SetInt64([]int64{1, 1, 1, 0, -1, 1, 7}[i%7])
		if i%31 == 0 {
			sparse[i] = element(r)
		}
	}
	extremes := map[string]accel.Scalars{
		"int8 extremes":  repeat[int8](n, math.MinInt8, math.MaxInt8, 0, -1),
		"int16 extremes": repeat[int16](n, math.MinInt16, math.MaxInt16, 0, 1),
		"int32 extremes": repeat[int32](n, math.MinInt32, math.MaxInt32, 0, -1),
		"int64 extremes": repeat[int64](n, math.MinInt64, math.MaxInt64, 0, 1),
		"int8 positive":  repeat[int8](n, 5, 0, 3),
		"int8 negative":  repeat[int8](n, -5, 0, -3),
		"int8 zero":      make(accel.Ints[int8], n),
	}
	for name, x := range map[string]accel.Scalars{
		"elements": accel.Elements(elements(r, n)), "skewed": skewed, "sparse": sparse,
		"zero": make(accel.Elements, n),
		"int8": ints[int8](r, n), "int16": ints[int16](r, n), "int32": ints[int32](r, n), "int64": ints[int64](r, n),
	} {
		extremes[name] = x
	}
	return extremes
}

func repeat[I accel.Int](n int, values ...I) accel.Ints[I] {
	out := make(accel.Ints[I], n)
	for i := range out {
		out[i] = values[i%len(values)]
	}
	return out
}

// same compares what two devices return.
func same[T comparable](t *testing.T, what string, got, want []T, errs ...error) {
	t.Helper()
	for _, err := range errs {
		if err != nil {
			t.Fatalf("%s: %v", what, err)
		}
	}
	if len(got) != len(want) {
		t.Fatalf("%s: got %d results, want %d", what, len(got), len(want))
	}
	for i := range got {
		if got[i] != want[i] {
			t.Errorf("%s: result %d is wrong", what, i)
			return
		}
	}
}

// compareSums compares sums of n points on a device with those of the CPU.
func compareSums(t *testing.T, d accel.Device, n int) {
	r := source(uint64(n))
	p1, p2 := pointsG1(r, n+5), pointsG2(r, n+5)
	g1, err := d.G1(p1)
	if err != nil {
		t.Fatal(err)
	}
	defer g1.Free()
	g2, err := d.G2(p2)
	if err != nil {
		t.Fatal(err)
	}
	defer g2.Free()
	if g1.Len() != n+5 || g2.Len() != n+5 {
		t.Errorf("%d and %d points, want %d", g1.Len(), g2.Len(), n+5)
	}
	c1, _ := cpu.Device{}.G1(p1)
	c2, _ := cpu.Device{}.G2(p2)
	x := elements(r, n)
	onDevice, err := d.Vector(x)
	if err != nil {
		t.Fatal(err)
	}
	defer onDevice.Free()
	for name, s := range scalarCases(r, n) {
		got, err := g1.MSM(3, s)
		want, errCPU := c1.MSM(3, s)
		same(t, fmt.Sprintf("G1, %d %s", n, name), got, want, err, errCPU)
		got2, err := g2.MSM(3, s)
		want2, errCPU := c2.MSM(3, s)
		same(t, fmt.Sprintf("G2, %d %s", n, name), got2, want2, err, errCPU)
	}
	got, err := g1.MSM(1, onDevice)
	want, errCPU := c1.MSM(1, accel.Elements(x))
	same(t, fmt.Sprintf("G1, vector of %d", n), got, want, err, errCPU)
	got2, err := g2.MSM(1, onDevice)
	want2, errCPU := c2.MSM(1, accel.Elements(x))
	same(t, fmt.Sprintf("G2, vector of %d", n), got2, want2, err, errCPU)

	batch := []accel.Scalars{
		accel.Elements(x), ints[int16](r, n), accel.Elements(nil), ints[int16](r, n/2+1), ints[int16](r, n/5),
		accel.Elements(x[:n/3]), accel.Elements(x[:n-n/4]), ints[int8](r, n), make(accel.Ints[int64], n),
	}
	want, errCPU = c1.MSM(2, batch...)
	got, err = g1.MSM(2, append(batch, onDevice)...)
	wantVector, _ := c1.MSM(2, accel.Elements(x))
	same(t, fmt.Sprintf("G1, batch of %d", n), got, append(want, wantVector...), err, errCPU)
	want2, errCPU = c2.MSM(2, batch...)
	got2, err = g2.MSM(2, batch...)
	same(t, fmt.Sprintf("G2, batch of %d", n), got2, want2, err, errCPU)
}

// compareVectors compares operations on n elements with those of the CPU.
func compareVectors(t *testing.T, d accel.Device, n int) {
	r := source(uint64(n))
	x, y := elements(r, n), elements(r, n)
	factor := element(r)
	type step struct {
		name string
		do   func(v, w accel.Vector) error
	}
	var steps []step
	for _, coset := range []bool{false, true} {
		f := accel.Form{Coset: coset}
		shuffled := accel.Form{Coset: coset, Shuffled: true}
		other := accel.Form{Coset: !coset, Shuffled: true}
		steps = append(steps,
			step{fmt.Sprintf("NTT %+v", f), func(v, _ accel.Vector) error { return v.NTT(f) }},
			step{fmt.Sprintf("INTT %+v", f), func(v, _ accel.Vector) error { return v.INTT(f) }},
			step{fmt.Sprintf("INTT and NTT %+v", shuffled), func(v, _ accel.Vector) error {
				if err := v.INTT(shuffled); err != nil {
					return err
				}
				return v.NTT(other)
			}},
			step{fmt.Sprintf("INTT, sums and NTT %+v", shuffled), func(v, w accel.Vector) error {
				for _, err := range []error{v.INTT(shuffled), w.INTT(shuffled), v.Add(w), v.Scale(&factor), v.NTT(shuffled)} {
					if err != nil {
						return err
					}
				}
				return nil
			}})
	}
	steps = append(steps,
		step{"Add", func(v, w accel.Vector) error { return v.Add(w) }},
		step{"Sub", func(v, w accel.Vector) error { return v.Sub(w) }},
		step{"Mul", func(v, w accel.Vector) error { return v.Mul(w) }},
		step{"square", func(v, _ accel.Vector) error { return v.Mul(v) }},
		step{"Scale", func(v, _ accel.Vector) error { return v.Scale(&factor) }})
	for _, s := range steps {
		got, err := runVectors(d, x, y, s.do)
		want, errCPU := runVectors(cpu.Device{}, x, y, s.do)
		same(t, fmt.Sprintf("%s of %d", s.name, n), got, want, err, errCPU)
	}
}

func runVectors(d accel.Device, x, y []fr.Element, do func(v, w accel.Vector) error) ([]fr.Element, error) {
	v, err := d.Vector(x)
	if err != nil {
		return nil, err
	}
	defer v.Free()
	w, err := d.Vector(y)
	if err != nil {
		return nil, err
	}
	defer w.Free()
	if err := do(v, w); err != nil {
		return nil, err
	}
	out := make([]fr.Element, len(x))
	return out, v.Read(out)
}
