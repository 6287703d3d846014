// SPDX-License-Identifier: Apache-2.0

package guard_test

import (
	"errors"
	"testing"
	"testing/synctest"
	"time"

	"github.com/zkml-go/zkml/accel"
	"github.com/zkml-go/zkml/accel/acceltest"
	"github.com/zkml-go/zkml/accel/guard"
)

// TestStartup checks that only a device that computes rightly, and in time, is guarded at
// all.
func TestStartup(t *testing.T) {
	t.Parallel()
	all := func(acceltest.Call) bool { return true }
	for name, c := range map[string]struct {
		inner *acceltest.Fake
		fault error
	}{
		"lies":              {acceltest.Liar(acceltest.From("MSM", 1)), nil},
		"lies if skewed":    {acceltest.Liar(acceltest.Skewed), nil},
		"lies of NTT":       {acceltest.Liar(acceltest.Nth("INTT", 3)), nil},
		"stalls":            {stalling(acceltest.Nth("MSM2", 2)), accel.ErrFault},
		"fails":             {acceltest.Failing(acceltest.Nth("NTT", 2)), accel.ErrFault},
		"panics":            {acceltest.Panicking(acceltest.Nth("Vector", 1)), accel.ErrFault},
		"has little memory": {acceltest.Small(1000, 0), accel.ErrMemory},
		"is no good at all": {&acceltest.Fake{Lies: all, Garbage: all, Fewer: all}, nil},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				defer time.Sleep(2 * time.Hour) // a stalled call ends within the bubble
				begin := time.Now()
				d, err := guard.New(c.inner, guard.Options{})
				if err == nil || d != nil {
					t.Error("it is not refused")
				}
				blamed := errors.Is(err, accel.ErrFault) || errors.Is(err, accel.ErrMemory)
				if blamed != (c.fault != nil) || blamed && !errors.Is(err, c.fault) {
					t.Error(err)
				}
				if waited := time.Since(begin); waited > 2*time.Minute {
					t.Errorf("it took %v", waited)
				}
			})
		})
	}
	t.Run("is good", func(t *testing.T) {
		t.Parallel()
		synctest.Test(t, func(t *testing.T) {
			if _, err := guard.New(new(acceltest.Fake), guard.Defaults()); err != nil {
				t.Error(err)
			}
		})
	})
}

// TestThresholds checks that small tasks never reach the device, and others do.
func TestThresholds(t *testing.T) {
	t.Parallel()
	e, p, q := data(64)
	f := new(acceltest.Fake)
	d := guard.Untested(f, guard.Options{LeastG1: 32, LeastG2: 48, LeastVector: 16})
	for _, c := range []struct {
		kind string
		n    int
		want int // calls
	}{
		{"MSM", 31, 0}, {"MSM", 32, 1}, {"MSM", 64, 2},
		{"MSM2", 47, 0}, {"MSM2", 48, 1},
		{"NTT", 8, 0}, {"NTT", 16, 1}, {"NTT", 32, 2},
		{"Vector", 15, 2}, {"Vector", 16, 3},
	} {
		var err error
		switch c.kind {
		case "MSM":
			err = msm(d.G1(p[:max(c.n, 32)]))(accel.Elements(e[:c.n]))
		case "MSM2":
			err = msm(d.G2(q))(accel.Elements(e[:c.n]))
		default:
			var v accel.Vector
			if v, err = d.Vector(e[:c.n]); err == nil && c.kind == "NTT" {
				err = v.NTT(accel.Form{})
			}
		}
		if err != nil {
			t.Error(err)
		}
		if got := f.Count(c.kind); got != c.want {
			t.Errorf("after %s of %d elements the device was called %d times, want %d", c.kind, c.n, got, c.want)
		}
	}
	calls := f.Count("MSM")
	if err := msm(d.G1(p))(accel.Elements(e[:16]), accel.Ints[int8]{1, 2}, accel.Elements(e[:14])); err != nil || f.Count("MSM") != calls+1 {
		t.Errorf("a batch of 32 scalars did not go to the device: %v", err)
	}
	calls = f.Count("G1")
	if err := msm(d.G1(p[:31]))(accel.Elements(e[:31])); err != nil || f.Count("G1") != calls {
		t.Errorf("31 points were brought to the device: %v", err)
	}
}

// msm returns a call of points that were made.
func msm[P any, G interface {
	MSM(int, ...accel.Scalars) ([]P, error)
}](held G, err error) func(...accel.Scalars) error {
	return func(x ...accel.Scalars) error {
		if err == nil {
			_, err = held.MSM(0, x...)
		}
		return err
	}
}
