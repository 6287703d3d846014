// SPDX-License-Identifier: Apache-2.0

//go:build unix

package worker_test

import (
	"fmt"
	"slices"
	"sync"
	"testing"

	curve "github.com/consensys/gnark-crypto/ecc/bn254"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"github.com/zkml-go/zkml/accel"
	"github.com/zkml-go/zkml/accel/acceltest"
	"github.com/zkml-go/zkml/accel/cpu"
	"github.com/zkml-go/zkml/accel/selftest"
	"github.com/zkml-go/zkml/accel/worker"
)

// both calls do with shared memory and without.
func both(t *testing.T, do func(t *testing.T, o worker.Options)) {
	t.Parallel()
	for _, pipe := range []bool{false, true} {
		t.Run(fmt.Sprintf("pipe=%v", pipe), func(t *testing.T) {
			t.Parallel()
			do(t, worker.Options{Pipe: pipe})
		})
	}
}

// TestConformance has the device of a worker compute what any must.
func TestConformance(t *testing.T) {
	both(t, func(t *testing.T, o worker.Options) {
		for _, name := range []string{"cpu", "copier"} {
			acceltest.Conformance(t, func() (accel.Device, error) { return start(t.Context(), name, o) }, selftest.Options{Points: 600, LogNTT: 10})
		}
	})
}

// TestDevice compares the device of a worker with that device: sizes around those that
// travel another way.
func TestDevice(t *testing.T) {
	both(t, func(t *testing.T, o worker.Options) {
		d := begin(t, "cpu", o)
		if d.String() != "cpu" || d.Describe() != (cpu.Device{}).Describe() {
			t.Errorf("it is %q, %q", d.String(), d.Describe())
		}
		for _, n := range []int{0, 1, 2, 255, 256, 512, 513, 1 << 13} {
			sameSums(t, d, n)
			sameVectors(t, d, n)
		}
	})
}

func sameSums(t *testing.T, d accel.Device, n int) {
	t.Helper()
	points, x := pointsOf(n+3), elements(n)
	ints8, ints16, ints32, ints64 := make(accel.Ints[int8], n), make(accel.Ints[int16], n), make(accel.Ints[int32], n), make(accel.Ints[int64], n)
	for i := range n {
		ints8[i], ints16[i], ints32[i], ints64[i] = int8(i-77), int16(31*i-1000), int32(-12345*i), int64(i)<<40-5
	}
	twist := make([]curve.G2Affine, n)
	for i := range twist {
		_, _, _, twist[i] = curve.Generators()
	}
	var all [2][]string
	for k, d := range []accel.Device{d, cpu.Device{}} {
		p, err := d.G1(points)
		if err != nil {
			t.Fatal(err)
		}
		q, err := d.G2(twist)
		if err != nil {
			t.Fatal(err)
		}
		v, err := d.Vector(x)
		if err != nil {
			t.Fatal(err)
		}
		scalars := []accel.Scalars{accel.Elements(x), ints8, ints16, v, ints32, ints64, accel.Elements{}, ints8[:n/2], v}
		for _, from := range []int{0, 3} {
			sums, err := p.MSM(from, scalars...)
			if err != nil {
				t.Fatal(err)
			}
			all[k] = append(all[k], fmt.Sprint(sums))
		}
		sums, err := q.MSM(0, scalars...)
		if err != nil {
			t.Fatal(err)
		}
		all[k] = append(all[k], fmt.Sprint(sums))
		if p.Len() != n+3 || q.Len() != n || v.Len() != n {
			t.Errorf("lengths %d, %d, %d, want %d, %d, %d", p.Len(), q.Len(), v.Len(), n+3, n, n)
		}
		p.Free()
		q.Free()
		v.Free()
	}
	if !slices.Equal(all[0], all[1]) {
		t.Errorf("%d points: other sums than the device itself", n)
	}
}

func sameVectors(t *testing.T, d accel.Device, n int) {
	t.Helper()
	x := elements(2 * n)
	var all [2][]fr.Element
	for k, d := range []accel.Device{d, cpu.Device{}} {
		a, err := d.Vector(x[:n])
		if err != nil {
			t.Fatal(err)
		}
		b, err := d.Vector(x[n:])
		if err != nil {
			t.Fatal(err)
		}
		steps := []func() error{
			func() error { return a.Add(b) }, func() error { return a.Mul(b) }, func() error { return b.Sub(a) },
			func() error { return a.Scale(&x[0]) },
		}
		for _, f := range []accel.Form{{}, {Coset: true}, {Shuffled: true}, {Coset: true, Shuffled: true}} {
			steps = append(steps, func() error { return a.INTT(f) }, func() error { return a.NTT(f) }, func() error { return b.Add(a) })
		}
		power := n > 0 && n&(n-1) == 0
		for i, step := range steps {
			if n == 0 && i == 3 {
				continue
			}
			if err := step(); err != nil && (power || i < 4) {
				t.Fatalf("step %d of %d elements: %v", i, n, err)
			}
		}
		for _, v := range []accel.Vector{a, b} {
			out := make([]fr.Element, n)
			if err := v.Read(out); err != nil {
				t.Fatal(err)
			}
			all[k] = append(all[k], out...)
			v.Free()
		}
	}
	if !slices.Equal(all[0], all[1]) {
		t.Errorf("%d elements: other vectors than the device itself", n)
	}
}

// TestBatches makes more sums than a request has.
func TestBatches(t *testing.T) {
	both(t, func(t *testing.T, o worker.Options) {
		d := begin(t, "cpu", o)
		points := pointsOf(2)
		p, err := d.G1(points)
		if err != nil {
			t.Fatal(err)
		}
		scalars := make([]accel.Scalars, 4100)
		for i := range scalars {
			scalars[i] = accel.Ints[int16]{int16(i), 1}
		}
		sums, err := p.MSM(0, scalars...)
		if err != nil {
			t.Fatal(err)
		}
		want := points[1]
		for i := range sums {
			if sums[i] != want {
				t.Fatalf("sum %d is wrong", i)
			}
			want.Add(&want, &points[0])
		}
		if sums, err := p.MSM(0); err != nil || len(sums) != 0 {
			t.Errorf("no scalars: %v, %v", sums, err)
		}
	})
}

// TestConcurrent asks from many goroutines: each gets its own answers.
func TestConcurrent(t *testing.T) {
	both(t, func(t *testing.T, o worker.Options) {
		d := begin(t, "cpu", o)
		p, err := d.G1(pointsOf(1))
		if err != nil {
			t.Fatal(err)
		}
		one, err := p.MSM(0, accel.Ints[int8]{1})
		if err != nil {
			t.Fatal(err)
		}
		var wg sync.WaitGroup
		for g := range 16 {
			wg.Go(func() {
				for i := range 20 {
					x := elements(100*g + i)
					v, err := d.Vector(x)
					if err != nil {
						t.Error(err)
						return
					}
					sums, err := p.MSM(0, accel.Ints[int64]{int64(100*g + i)})
					if err != nil {
						t.Error(err)
						return
					}
					var want curve.G1Affine
					if want.ScalarMultiplication(&one[0], big(100*g+i)); sums[0] != want {
						t.Errorf("goroutine %d, sum %d is another's", g, i)
					}
					out := make([]fr.Element, len(x))
					if err := v.Read(out); err != nil || !slices.Equal(out, x) {
						t.Errorf("goroutine %d, vector %d: %v, or another's", g, i, err)
					}
					v.Free()
				}
			})
		}
		wg.Wait()
	})
}

// TestRefusals asks for what makes no sense: an error that blames neither the device nor its
// memory, and the device goes on.
func TestRefusals(t *testing.T) {
	both(t, func(t *testing.T, o worker.Options) {
		d, other := begin(t, "cpu", o), begin(t, "cpu", o)
		p, v, w, theirs, gone := must(d.G1(pointsOf(4)))(t), must(d.Vector(elements(4)))(t), must(d.Vector(elements(3)))(t), must(other.Vector(elements(4)))(t), must(d.Vector(elements(4)))(t)
		gone.Free()
		gone.Free()
		for name, do := range map[string]func() error{
			"too many scalars":       func() error { _, err := p.MSM(1, v); return err },
			"from before the first":  func() error { _, err := p.MSM(-1, w); return err },
			"from after the last":    func() error { _, err := p.MSM(5, accel.Elements{}); return err },
			"another's scalars":      func() error { _, err := p.MSM(0, theirs); return err },
			"freed scalars":          func() error { _, err := p.MSM(0, gone); return err },
			"unknown scalars":        func() error { _, err := p.MSM(0, unknown{}); return err },
			"a shorter read":         func() error { return v.Read(make([]fr.Element, 3)) },
			"a longer read":          func() error { return v.Read(make([]fr.Element, 5)) },
			"another's vector":       func() error { return v.Add(theirs) },
			"another device's":       func() error { return v.Mul(must(cpu.Device{}.Vector(elements(4)))(t)) },
			"another length":         func() error { return v.Sub(w) },
			"a transform of three":   func() error { return w.NTT(accel.Form{}) },
			"a freed vector":         func() error { return gone.INTT(accel.Form{}) },
			"adding a freed vector":  func() error { return v.Add(gone) },
			"reading a freed vector": func() error { return gone.Read(make([]fr.Element, 4)) },
		} {
			if class := classOf(do()); class != "caller" {
				t.Errorf("%s: %s", name, class)
			}
		}
		if err := v.NTT(accel.Form{}); err != nil {
			t.Errorf("afterwards: %v", err)
		}
	})
}

type unknown struct{}

func (unknown) Len() int { return 1 }
