// SPDX-License-Identifier: Apache-2.0

package guard_test

import (
	"errors"
	"sync"
	"testing"
	"time"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"github.com/zkml-go/zkml/accel"
	"github.com/zkml-go/zkml/accel/acceltest"
	"github.com/zkml-go/zkml/accel/cpu"
	"github.com/zkml-go/zkml/accel/guard"
)

// TestSumsAreCut checks that a sum that does not fit is done in parts that do, on the
// device, and that what is too small for it is done by the CPU.
func TestSumsAreCut(t *testing.T) {
	t.Parallel()
	e, p, _ := data(64)
	for name, c := range map[string]struct {
		f     *acceltest.Fake
		least int
		calls int // answered by the device
		cpu   int
	}{
		"resident, a quarter at a time":       {acceltest.Small(0, 16*32), 4, 4, 0},
		"resident, nothing fits":              {acceltest.Small(0, 3*32), 4, 0, 16},
		"streamed, a quarter at a time":       {acceltest.Small(16*64, 0), 4, 4, 0},
		"streamed, half a window at a time":   {acceltest.Small(16*64, 8*32), 4, 8, 0},
		"streamed, nothing fits":              {acceltest.Small(3*64, 0), 4, 0, 1},
		"streamed, windows that do not align": {acceltest.Small(20*64, 0), 4, 4, 0},
	} {
		d := guard.Untested(c.f, guard.Options{LeastG1: c.least})
		held, err := d.G1(p)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		out, err := held.MSM(0, accel.Elements(e))
		if err != nil || out[0] != sum(t, p, accel.Elements(e)) {
			t.Errorf("%s: a wrong sum, or none: %v", name, err)
		}
		share := d.Stats()[guard.MSMG1]
		if share.Device.Calls != c.calls || share.CPU.Calls != c.cpu || share.Device.Elements+share.CPU.Elements != 64 {
			t.Errorf("%s: %+v, want %d calls of the device and %d of the CPU", name, share, c.calls, c.cpu)
		}
		held.Free()
		if c.f.Bytes() != 0 {
			t.Errorf("%s: %d bytes are left", name, c.f.Bytes())
		}
	}
}

// TestBatchesAreCut checks that a batch is cut between its lists before these are.
func TestBatchesAreCut(t *testing.T) {
	t.Parallel()
	e, p, _ := data(64)
	f := acceltest.Small(0, 64*32)
	d := guard.Untested(f, guard.Options{})
	held, err := d.G1(p)
	if err != nil {
		t.Fatal(err)
	}
	x := accel.Elements(e)
	ints := accel.Ints[int8]{1, -128, 5}
	out, err := held.MSM(0, x, x[:10], ints, x)
	if err != nil {
		t.Fatal(err)
	}
	for k, y := range []accel.Scalars{x, x[:10], ints, x} {
		if out[k] != sum(t, p, y) {
			t.Errorf("sum %d is wrong", k)
		}
	}
	if s := d.Stats()[guard.MSMG1]; s.Device.Calls != 4 || s.CPU.Calls != 0 {
		t.Errorf("%+v, want 4 calls of the device", s)
	}
}

// TestWindowIsRemembered checks that what did not fit is not tried with every sum.
func TestWindowIsRemembered(t *testing.T) {
	t.Parallel()
	e, p, _ := data(64)
	f := acceltest.Small(16*64, 0)
	held, err := guard.Untested(f, guard.Options{}).G1(p)
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []int{1 + 1 + 4, 1 + 1 + 4 + 4} {
		if _, err := held.MSM(0, accel.Elements(e)); err != nil {
			t.Fatal(err)
		}
		if got := f.Count("G1"); got != want {
			t.Errorf("points were brought to the device %d times, want %d", got, want)
		}
	}
}

// TestVectorsMeet runs a computation with vectors of which some are on the device and some
// on the CPU, and compares it with the CPU alone.
func TestVectorsMeet(t *testing.T) {
	t.Parallel()
	const size = 32 * 32
	want := meet(t, cpu.Device{}, func() {})
	for name, c := range map[string]struct {
		f    *acceltest.Fake
		then int // bytes that there are once the vectors are made; 0 is without end
	}{
		"all on the device":                {new(acceltest.Fake), 0},
		"all on the CPU":                   {acceltest.Small(1, 0), 1},
		"one on the device":                {acceltest.Small(size, 0), size},
		"two on the device":                {acceltest.Small(2*size, 0), 2 * size},
		"one, and then room for copies":    {acceltest.Small(size, 0), 0},
		"two, and then room for one copy":  {acceltest.Small(2*size, 0), 3 * size},
		"all, but operations have no room": {acceltest.Small(0, size-1), 0},
	} {
		d := guard.Untested(c.f, guard.Options{Report: func(line string) { t.Errorf("%s: %s", name, line) }})
		got := meet(t, d, func() { c.f.SetHeld(c.then) })
		for i := range want {
			if got[i] != want[i] {
				t.Errorf("%s: element %d of %d is wrong", name, i, len(want))
				break
			}
		}
		if c.f.Bytes() != 0 {
			t.Errorf("%s: %d bytes are left", name, c.f.Bytes())
		}
	}
}

// meet computes with three vectors, on coefficients in the device's own order, so that each
// is once on either side of an operation with each.
func meet(t *testing.T, d accel.Device, made func()) []fr.Element {
	t.Helper()
	e, _, _ := data(32)
	var all [3]accel.Vector
	var errs []error
	do := func(err error) { errs = append(errs, err) }
	for k := range all {
		var err error
		all[k], err = d.Vector(e)
		do(err)
		defer all[k].Free()
	}
	made()
	for k := range all {
		do(all[k].Scale(&e[k]))
	}
	u, v, w := all[0], all[1], all[2]
	turn := func() {
		do(v.Add(u))
		do(u.Mul(v))
		do(u.Sub(w))
		do(w.Sub(v))
		do(v.Mul(w))
		do(w.Add(u))
		do(u.Add(u))
	}
	turn()
	for k := range all {
		do(all[k].INTT(accel.Form{Shuffled: true, Coset: k == 1}))
	}
	turn()
	out := make([]fr.Element, 0, 3*len(e))
	for k := range all {
		do(all[k].NTT(accel.Form{Coset: k == 2, Shuffled: true}))
	}
	turn()
	for _, x := range all {
		got := make([]fr.Element, len(e))
		do(x.Read(got))
		out = append(out, got...)
	}
	if err := errors.Join(errs...); err != nil {
		t.Error(err)
	}
	return out
}

// TestReadersOfShuffled adds one vector, in the device's own order, to many at once, of
// which some are on the device and some on the CPU, for which it is something else for a
// while.
func TestReadersOfShuffled(t *testing.T) {
	t.Parallel()
	e, _, _ := data(32)
	shuffled := accel.Form{Shuffled: true}
	const vectors = 8
	f := &acceltest.Fake{Held: (1 + vectors/2) * 32 * 32}
	busy := false
	f.Before = func(c acceltest.Call) error {
		if busy && c.Kind == "Read" {
			time.Sleep(10 * time.Millisecond)
		}
		return nil
	}
	d := guard.Untested(f, guard.Options{})
	var all [1 + vectors]accel.Vector
	for k := range all {
		var err error
		if all[k], err = d.Vector(e); err != nil {
			t.Fatal(err)
		}
		if err := all[k].INTT(shuffled); err != nil {
			t.Fatal(err)
		}
	}
	busy = true
	var wg sync.WaitGroup
	for _, v := range all[1:] {
		wg.Go(func() {
			for range 4 {
				if err := v.Add(all[0]); err != nil {
					t.Error(err)
				}
			}
		})
	}
	wg.Wait()
	var five fr.Element
	five.SetUint64(5)
	for k, v := range all {
		got, want := make([]fr.Element, len(e)), e[9]
		if err := errors.Join(v.NTT(shuffled), v.Read(got)); err != nil {
			t.Error(err)
		}
		if k > 0 {
			want.Mul(&want, &five)
		}
		if got[9] != want {
			t.Errorf("vector %d is wrong", k)
		}
	}
}

// TestNotOurs checks that vectors of other guards, freed ones and those of other lengths
// are refused, and the device not asked.
func TestNotOurs(t *testing.T) {
	t.Parallel()
	e, p, _ := data(8)
	for _, least := range []int{0, 100} {
		f := new(acceltest.Fake)
		d := guard.Untested(f, guard.Options{LeastVector: least})
		other := guard.Untested(new(acceltest.Fake), guard.Options{LeastVector: least})
		held, err := d.G1(p)
		if err != nil {
			t.Fatal(err)
		}
		v, err := d.Vector(e)
		if err != nil {
			t.Fatal(err)
		}
		w, err := other.Vector(e)
		if err != nil {
			t.Fatal(err)
		}
		freed, err := d.Vector(e)
		if err != nil {
			t.Fatal(err)
		}
		freed.Free()
		long, err := d.Vector(make([]fr.Element, 9))
		if err != nil {
			t.Fatal(err)
		}
		for what, err := range map[string]error{
			"an operation with another guard's vector": v.Add(w),
			"an operation with a freed vector":         v.Mul(freed),
			"an operation with a longer vector":        v.Sub(long),
			"a read of too much":                       v.Read(make([]fr.Element, 9)),
			"a sum of too many":                        msm(held, nil)(long),
			"an operation on a freed vector":           freed.Add(v),
			"a transform of a freed vector":            freed.NTT(accel.Form{}),
			"a read of a freed vector":                 freed.Read(make([]fr.Element, 8)),
			"a sum of another guard's vector":          msm(held, nil)(w),
			"a sum of a freed vector":                  msm(held, nil)(freed),
		} {
			if err == nil || errors.Is(err, accel.ErrFault) {
				t.Errorf("%s: %v", what, err)
			}
		}
		for _, kind := range []string{"Add", "Sub", "Mul", "NTT", "Read", "MSM"} {
			if n := f.Count(kind); n > 0 {
				t.Errorf("the device was asked for %s %d times", kind, n)
			}
		}
	}
}

// TestNoMemoryForOrder checks that coefficients in an order that the device cannot change
// are not lost: the call fails, and can be made again.
func TestNoMemoryForOrder(t *testing.T) {
	t.Parallel()
	e, _, _ := data(32)
	full := false
	f := &acceltest.Fake{Before: func(c acceltest.Call) error {
		if full && c.Kind != "Read" {
			return accel.ErrMemory
		}
		return nil
	}}
	v, err := guard.Untested(f, guard.Options{}).Vector(e)
	if err != nil {
		t.Fatal(err)
	}
	if err := v.INTT(accel.Form{Shuffled: true}); err != nil {
		t.Fatal(err)
	}
	full = true
	if err := v.NTT(accel.Form{Shuffled: true}); !errors.Is(err, accel.ErrMemory) {
		t.Errorf("%v", err)
	}
	full = false
	got := make([]fr.Element, len(e))
	if err := errors.Join(v.NTT(accel.Form{Shuffled: true}), v.Read(got)); err != nil || got[7] != e[7] {
		t.Errorf("the vector is not what it was: %v", err)
	}
}

// TestHalfMoved checks that a vector that was to move and is neither here nor there is
// never used: the device is given up.
func TestHalfMoved(t *testing.T) {
	t.Parallel()
	e, _, _ := data(32)
	shuffled := accel.Form{Shuffled: true}
	for _, fails := range []acceltest.When{
		acceltest.Nth("Read", 1), // on the way to the CPU
		acceltest.Nth("INTT", 2), // on the way back
	} {
		// The second vector does not fit: the first, which is shuffled, is to be copied.
		f := &acceltest.Fake{Held: 32 * 32}
		f.Before = func(c acceltest.Call) error {
			if fails(c) {
				return accel.ErrMemory
			}
			return nil
		}
		report := new(lines)
		d := guard.Untested(f, guard.Options{Report: report.add})
		u, err := d.Vector(e)
		if err != nil {
			t.Fatal(err)
		}
		v, err := d.Vector(e)
		if err != nil {
			t.Fatal(err)
		}
		if err := errors.Join(u.INTT(shuffled), v.INTT(shuffled)); err != nil {
			t.Fatal(err)
		}
		if err := v.Add(u); !errors.Is(err, accel.ErrFault) {
			t.Errorf("a vector that is lost is added: %v", err)
		}
		if err := u.NTT(shuffled); !errors.Is(err, accel.ErrFault) {
			t.Errorf("a vector that is lost is used: %v", err)
		}
		report.once(t, "out of device memory")
	}
}
