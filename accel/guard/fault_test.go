// SPDX-License-Identifier: Apache-2.0

package guard_test

import (
	"errors"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	curve "github.com/consensys/gnark-crypto/ecc/bn254"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"github.com/zkml-go/zkml/accel"
	"github.com/zkml-go/zkml/accel/acceltest"
	"github.com/zkml-go/zkml/accel/guard"
)

// held is things on a guard, and what they must be.
type held struct {
	d      *guard.Device
	report *lines
	e      []fr.Element
	p      []curve.G1Affine
	g1     accel.G1
	g2     accel.G2
	v, w   accel.Vector
}

func hold(t *testing.T, f *acceltest.Fake, o guard.Options) *held {
	t.Helper()
	h := &held{report: new(lines)}
	o.Report = h.report.add
	h.d = guard.Untested(f, o)
	var q []curve.G2Affine
	h.e, h.p, q = data(32)
	var errs [4]error
	h.g1, errs[0] = h.d.G1(h.p)
	h.g2, errs[1] = h.d.G2(q)
	h.v, errs[2] = h.d.Vector(h.e)
	h.w, errs[3] = h.d.Vector(h.e)
	if err := errors.Join(errs[:]...); err != nil {
		t.Fatal(err)
	}
	return h
}

// calls are all ways to ask a device for something.
func (h *held) calls() map[string]func() error {
	x := accel.Elements(h.e)
	return map[string]func() error{
		"MSM":    func() error { _, err := h.g1.MSM(0, x, x[:5]); return err },
		"MSM2":   func() error { _, err := h.g2.MSM(0, x, x[:5]); return err },
		"NTT":    func() error { return h.v.NTT(accel.Form{}) },
		"INTT":   func() error { return h.v.INTT(accel.Form{}) },
		"Add":    func() error { return h.v.Add(h.w) },
		"Sub":    func() error { return h.v.Sub(h.w) },
		"Mul":    func() error { return h.v.Mul(h.w) },
		"Scale":  func() error { return h.v.Scale(&h.e[3]) },
		"Read":   func() error { return h.v.Read(make([]fr.Element, len(h.e))) },
		"G1":     func() error { _, err := h.d.G1(h.p); return err },
		"G2":     func() error { _, err := h.d.G2(make([]curve.G2Affine, 8)); return err },
		"Vector": func() error { _, err := h.d.Vector(h.e); return err },
	}
}

// givenUp checks that the device is, that it was said, and that all goes on with the CPU.
func (h *held) givenUp(t *testing.T, f *acceltest.Fake, with string) {
	t.Helper()
	h.report.once(t, with)
	asked := func() int {
		n := 0
		for kind := range h.calls() {
			n += f.Count(kind)
		}
		return n
	}
	before := asked()
	x := accel.Elements(h.e)
	out, err := h.g1.MSM(0, x)
	if err != nil || out[0] != sum(t, h.p, x) {
		t.Errorf("points are of no use any more: %v", err)
	}
	if _, err := h.g2.MSM(0, x); err != nil {
		t.Error(err)
	}
	for kind, call := range h.calls() {
		err := call()
		switch kind {
		case "NTT", "INTT", "Add", "Sub", "Mul", "Scale", "Read":
			if !errors.Is(err, accel.ErrFault) {
				t.Errorf("%s of a vector that is lost: %v", kind, err)
			}
		default:
			if err != nil {
				t.Errorf("%s, given up: %v", kind, err)
			}
		}
	}
	if _, err := h.g1.MSM(0, h.v); !errors.Is(err, accel.ErrFault) {
		t.Errorf("a vector that is lost is summed: %v", err)
	}
	v, err := h.d.Vector(h.e)
	if err != nil {
		t.Error(err)
		return
	}
	got := make([]fr.Element, len(h.e))
	if err := errors.Join(v.Scale(&h.e[0]), v.Read(got)); err != nil {
		t.Error(err)
	}
	h.v.Free()
	h.w.Free()
	h.g1.Free()
	h.g2.Free()
	if asked() != before {
		t.Errorf("a device that was given up was asked %d times more", asked()-before)
	}
	eventually(t, "the device is closed", f.Closed)
	if err := h.d.Close(); err != nil {
		t.Errorf("it does not close: %v", err)
	}
	h.report.once(t, with)
}

// Tests that wait for a limit do so in bubbles, whose time passes only while nobody
// computes: a busy machine changes nothing.
var short = guard.Options{Limit: 3 * time.Second, PerElement: time.Nanosecond}

// TestFaults lets each kind of call go wrong in each way.
func TestFaults(t *testing.T) {
	t.Parallel()
	first := map[string]int{"G1": 2, "G2": 2, "Vector": 3} // hold makes those before
	for _, way := range []struct {
		name string
		bad  func(when acceltest.When, release chan struct{}) *acceltest.Fake
		wait time.Duration
	}{
		{"fails", func(w acceltest.When, _ chan struct{}) *acceltest.Fake { return acceltest.Failing(w) }, 0},
		{"panics", func(w acceltest.When, _ chan struct{}) *acceltest.Fake { return acceltest.Panicking(w) }, 0},
		{"stalls", func(w acceltest.When, c chan struct{}) *acceltest.Fake { return acceltest.Staller(w, c) }, short.Limit},
	} {
		for kind := range (&held{}).calls() {
			t.Run(kind+" "+way.name, func(t *testing.T) {
				t.Parallel()
				synctest.Test(t, func(t *testing.T) {
					release := make(chan struct{})
					defer close(release)
					f := way.bad(acceltest.Nth(kind, max(1, first[kind])), release)
					h := hold(t, f, short)
					begin := time.Now()
					if err := h.calls()[kind](); !errors.Is(err, accel.ErrFault) {
						t.Errorf("no fault: %v", err)
					}
					if waited := time.Since(begin).Truncate(time.Millisecond); waited != way.wait {
						t.Errorf("it took %v, want %v", waited, way.wait)
					}
					h.givenUp(t, f, kindLine[kind])
				})
			})
		}
	}
}

// kindLine is what the report says of a kind of call.
var kindLine = map[string]string{
	"MSM": "MSM G1 of 37", "MSM2": "MSM G2 of 37", "NTT": "NTT of 32", "INTT": "NTT of 32",
	"Add": "elements of 32", "Sub": "elements of 32", "Mul": "elements of 32", "Scale": "elements of 32",
	"Read": "read of 32", "G1": "points of G1 of 32", "G2": "points of G2 of 8", "Vector": "vector of 32",
}

// TestNoSums checks that answers that cannot be sums are faults.
func TestNoSums(t *testing.T) {
	t.Parallel()
	all := func(acceltest.Call) bool { return true }
	for _, kind := range []string{"MSM", "MSM2"} {
		for with, f := range map[string]*acceltest.Fake{
			"not a point": {Garbage: all},
			"1 sums for":  {Fewer: all},
		} {
			h := hold(t, f, guard.Options{})
			if err := h.calls()[kind](); !errors.Is(err, accel.ErrFault) {
				t.Errorf("%s: %v", with, err)
			}
			h.givenUp(t, f, with)
		}
	}
}

// TestDistrustWakes checks that calls under way return when the device is given up.
func TestDistrustWakes(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		release := make(chan struct{})
		f := acceltest.Staller(acceltest.From("MSM", 1), release)
		h := hold(t, f, guard.Options{Limit: time.Hour})
		var all sync.WaitGroup
		for range 5 {
			all.Go(func() {
				if err := h.calls()["MSM"](); !errors.Is(err, accel.ErrFault) {
					t.Errorf("no fault: %v", err)
				}
			})
		}
		eventually(t, "five calls are under way", func() bool { return f.Count("MSM") == 5 })
		begin := time.Now()
		h.d.Distrust(errors.New("two\nlines"))
		all.Wait()
		if waited := time.Since(begin); waited != 0 {
			t.Errorf("they returned after %v", waited)
		}
		time.Sleep(100 * time.Millisecond)
		if f.Closed() {
			t.Error("the device is closed while it computes")
		}
		close(release)
		h.givenUp(t, f, "two lines")
	})
}

// TestLateAnswer checks that an answer that comes too late harms no one.
func TestLateAnswer(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		release := make(chan struct{})
		f := acceltest.Staller(acceltest.Nth("Read", 1), release)
		h := hold(t, f, short)
		out := make([]fr.Element, len(h.e))
		if err := h.v.Read(out); !errors.Is(err, accel.ErrFault) {
			t.Errorf("no fault: %v", err)
		}
		close(release)
		eventually(t, "the device is closed", f.Closed)
		time.Sleep(50 * time.Millisecond)
		for i := range out {
			if !out[i].IsZero() {
				t.Fatalf("element %d was written after the call had failed", i)
			}
		}
	})
}

// TestLimitGrows checks that long calls, and those that wait for others, may take longer,
// and that nothing else may.
func TestLimitGrows(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		const each = 10 * time.Millisecond
		one, times := make(chan struct{}, 1), time.Duration(1)
		f := &acceltest.Fake{Before: func(c acceltest.Call) error {
			if c.Kind == "MSM" {
				one <- struct{}{}
				time.Sleep(times * each * time.Duration(c.Elements))
				<-one
			}
			return nil
		}}
		h := hold(t, f, guard.Options{Limit: time.Millisecond, PerElement: each * 3 / 2})
		var all sync.WaitGroup
		sum := func(n int) {
			all.Go(func() {
				if _, err := h.g1.MSM(0, accel.Elements(h.e[:n])); err != nil {
					t.Errorf("a sum of %d scalars is given up: %v", n, err)
				}
			})
			synctest.Wait()
		}
		sum(32)
		sum(1) // behind a long one
		all.Wait()
		for range 10 {
			sum(25)
		}
		all.Wait()
		times = 3
		if _, err := h.g1.MSM(0, accel.Elements(h.e[:2])); !errors.Is(err, accel.ErrFault) {
			t.Errorf("a short sum may take long: %v", err)
		}
		time.Sleep(time.Minute) // it ends within the bubble
	})
}

// TestLimitIsOfTheDevice checks that a call may be overtaken: a device that answers others
// does not stall.
func TestLimitIsOfTheDevice(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		release := make(chan struct{})
		f := &acceltest.Fake{Before: func(c acceltest.Call) error {
			switch c.Kind {
			case "MSM":
				<-release
			case "NTT":
				time.Sleep(short.Limit * 2 / 3)
			}
			return nil
		}}
		h := hold(t, f, short)
		var all sync.WaitGroup
		all.Go(func() {
			if err := h.calls()["MSM"](); err != nil {
				t.Errorf("a sum that was overtaken is given up: %v", err)
			}
		})
		synctest.Wait()
		for range 8 { // within four times
			if err := h.calls()["NTT"](); err != nil {
				t.Error(err)
			}
		}
		close(release)
		all.Wait()
	})
}

// TestHangsAmongOthers has one call hang while others are answered for ever: it is waited for
// four times as long as it and those that are under way may take together.
func TestHangsAmongOthers(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		release := make(chan struct{})
		defer close(release)
		f := &acceltest.Fake{Before: func(c acceltest.Call) error {
			switch c.Kind {
			case "MSM":
				<-release
			case "NTT":
				time.Sleep(short.Limit / 3)
			}
			return nil
		}}
		h := hold(t, f, short)
		var all sync.WaitGroup
		var waited time.Duration
		all.Go(func() {
			begin := time.Now()
			if err := h.calls()["MSM"](); !errors.Is(err, accel.ErrFault) {
				t.Errorf("no fault: %v", err)
			}
			waited = time.Since(begin)
		})
		synctest.Wait()
		calls := 0
		for ; calls < 1000 && h.calls()["NTT"]() == nil; calls++ {
		}
		all.Wait()
		if calls == 1000 || waited < 4*short.Limit || waited > 4*2*short.Limit+time.Second {
			t.Errorf("given up after %v and %d other calls", waited, calls)
		}
		h.givenUp(t, f, kindLine["MSM"])
	})
}

// TestClosed checks that nothing reaches a device that is closed.
func TestClosed(t *testing.T) {
	t.Parallel()
	f := new(acceltest.Fake)
	h := hold(t, f, guard.Options{})
	if err := errors.Join(h.d.Close(), h.d.Close()); err != nil || f.Count("Close") != 1 {
		t.Errorf("closed %d times: %v", f.Count("Close"), err)
	}
	calls := f.Count("MSM")
	if err := h.calls()["MSM"](); err == nil || errors.Is(err, accel.ErrFault) {
		t.Errorf("a sum of a device that is closed: %v", err)
	}
	h.v.Free()
	h.g1.Free()
	h.g2.Free()
	if f.Count("MSM") != calls || f.Count("Free") > 0 {
		t.Error("a device that is closed was called")
	}
	if len(h.report.all) > 0 {
		t.Errorf("given up: %q", h.report.all)
	}
}

// TestCloseDoesNotHang checks that a device that does not close is left behind, sooner if
// it is given up.
func TestCloseDoesNotHang(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		release := make(chan struct{})
		defer close(release)
		slow := func() *guard.Device {
			return guard.Untested(acceltest.Staller(acceltest.From("Close", 1), release), guard.Options{Limit: time.Minute})
		}
		begin := time.Now()
		if err := slow().Close(); !errors.Is(err, accel.ErrFault) || time.Since(begin) != time.Minute {
			t.Errorf("after %v: %v", time.Since(begin), err)
		}
		begin = time.Now()
		if err := slow().Distrust(accel.ErrWrong).Close(); err != nil || time.Since(begin) != 5*time.Second {
			t.Errorf("given up, after %v: %v", time.Since(begin), err)
		}
		d := guard.Untested(acceltest.Panicking(acceltest.From("Close", 1)), short)
		if err := d.Close(); !errors.Is(err, accel.ErrFault) {
			t.Errorf("it says it is closed: %v", err)
		}
	})
}
