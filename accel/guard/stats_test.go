// SPDX-License-Identifier: Apache-2.0

package guard_test

import (
	"errors"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"github.com/zkml-go/zkml/accel"
	"github.com/zkml-go/zkml/accel/acceltest"
	"github.com/zkml-go/zkml/accel/guard"
)

// TestStats checks that each call is counted once, where it was done.
func TestStats(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		f := &acceltest.Fake{Before: func(c acceltest.Call) error {
			if c.Kind == "MSM2" {
				time.Sleep(20 * time.Millisecond)
			}
			return nil
		}}
		h := hold(t, f, guard.Options{LeastG1: 10})
		for kind, call := range h.calls() {
			if err := call(); err != nil {
				t.Errorf("%s: %v", kind, err)
			}
		}
		if _, err := h.g1.MSM(3, accel.Elements(h.e[:9])); err != nil {
			t.Fatal(err)
		}
		if _, err := h.g1.MSM(3, accel.Elements(h.e)); err == nil {
			t.Fatal("too many scalars are accepted")
		}
		h.d.Distrust(errors.New("no reason"))
		if _, err := h.g2.MSM(0, accel.Elements(h.e)); err != nil {
			t.Fatal(err)
		}
		type counts struct{ calls, elements, cpuCalls, cpuElements int }
		want := map[guard.Kind]counts{
			guard.KeepG1: {2, 64, 0, 0}, guard.KeepG2: {2, 40, 0, 0}, guard.Keep: {3, 96, 0, 0},
			guard.MSMG1: {1, 37, 1, 9}, guard.MSMG2: {1, 37, 1, 32}, guard.NTT: {2, 64, 0, 0},
			guard.Elements: {4, 128, 0, 0}, guard.Read: {1, 32, 0, 0}, guard.Free: {},
		}
		for _, s := range h.d.Stats() {
			got := counts{s.Device.Calls, s.Device.Elements, s.CPU.Calls, s.CPU.Elements}
			if got != want[s.Kind] {
				t.Errorf("%s: %+v, want %+v", s.Kind, got, want[s.Kind])
			}
			if s.Kind == guard.MSMG2 && s.Device.Time != 20*time.Millisecond {
				t.Errorf("%s took %v", s.Kind, s.Device.Time)
			}
		}
	})
}

// TestTogether uses a guard from many goroutines while its device fails: what is answered
// is right, and what is not is a fault.
func TestTogether(t *testing.T) {
	t.Parallel()
	f := acceltest.Failing(acceltest.Nth("MSM", 40))
	report := new(lines)
	d := guard.Untested(f, guard.Options{Report: report.add})
	e, p, _ := data(32)
	held, err := d.G1(p)
	if err != nil {
		t.Fatal(err)
	}
	want := sum(t, p, accel.Elements(e))
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			for range 20 {
				out, err := held.MSM(0, accel.Elements(e))
				if err != nil && !errors.Is(err, accel.ErrFault) || err == nil && out[0] != want {
					t.Errorf("a wrong sum: %v", err)
				}
				v, err := d.Vector(e)
				if err != nil {
					if !errors.Is(err, accel.ErrFault) {
						t.Error(err)
					}
					continue
				}
				got := make([]fr.Element, len(e))
				err = errors.Join(v.NTT(accel.Form{}), v.INTT(accel.Form{}), v.Read(got))
				if err != nil && !errors.Is(err, accel.ErrFault) || err == nil && got[5] != e[5] {
					t.Errorf("a wrong vector: %v", err)
				}
				v.Free()
				_ = d.Stats()
				_ = d.Describe()
			}
		})
	}
	all.Wait()
	report.once(t, "call 40 of MSM")
	eventually(t, "the device is closed", f.Closed)
}
