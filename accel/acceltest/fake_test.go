// SPDX-License-Identifier: Apache-2.0

package acceltest_test

import (
	"context"
	"errors"
	"testing"

	"github.com/zkml-go/zkml/accel"
	"github.com/zkml-go/zkml/accel/acceltest"
	"github.com/zkml-go/zkml/accel/cpu"
	"github.com/zkml-go/zkml/accel/selftest"
)

// TestHonest checks that a Fake does nothing of itself.
func TestHonest(t *testing.T) {
	t.Parallel()
	o := selftest.Options{Points: 60, LogNTT: 7}
	acceltest.Conformance(t, func() (accel.Device, error) { return new(acceltest.Fake), nil }, o)
}

// TestNothingIsLeft checks that the cases free what they keep.
func TestNothingIsLeft(t *testing.T) {
	t.Parallel()
	f := new(acceltest.Fake)
	if err := selftest.Check(context.Background(), f, selftest.Cases(selftest.Options{Points: 64, LogNTT: 4})); err != nil {
		t.Fatal(err)
	}
	if n := f.Bytes(); n != 0 {
		t.Errorf("%d bytes are still held", n)
	}
}

// TestCasesFindLies checks that a lie in any kind of call fails a case, be it early or
// late, and that the device is not merely said to have failed.
func TestCasesFindLies(t *testing.T) {
	t.Parallel()
	cases := selftest.Cases(selftest.Options{Points: 12, LogNTT: 3})
	honest := new(acceltest.Fake)
	if err := selftest.Check(context.Background(), honest, cases); err != nil {
		t.Fatal(err)
	}
	for _, kind := range []string{"MSM", "MSM2", "NTT", "INTT", "Add", "Sub", "Mul", "Scale", "Read", "Vector"} {
		n := honest.Count(kind)
		if n == 0 {
			t.Errorf("no case calls %s", kind)
		}
		lies := []acceltest.When{acceltest.From(kind, 1)}
		if !testing.Short() {
			lies = append(lies, func(c acceltest.Call) bool { return c.Kind == kind && c.Number > n/3 && c.Number <= n/3+20 })
		}
		for k, when := range lies {
			err := selftest.Check(context.Background(), acceltest.Liar(when), cases)
			if err == nil {
				t.Errorf("no case finds lie %d of %s, which is called %d times", k, kind, n)
			}
			if errors.Is(err, accel.ErrFault) || errors.Is(err, accel.ErrMemory) {
				t.Errorf("a lie of %s is taken for something else: %v", kind, err)
			}
		}
	}
	if err := selftest.Check(context.Background(), cpu.Device{}, cases); err != nil {
		t.Error(err)
	}
}

// TestStartupFindsLies checks what a program asks before it uses a device.
func TestStartupFindsLies(t *testing.T) {
	t.Parallel()
	for name, when := range map[string]acceltest.When{
		"sums of G1":   acceltest.From("MSM", 1),
		"sums of G2":   acceltest.From("MSM2", 1),
		"skewed sums":  acceltest.Skewed,
		"a late sum":   acceltest.Nth("MSM2", 5),
		"NTT":          acceltest.From("NTT", 1),
		"inverse NTT":  acceltest.From("INTT", 1),
		"one of fifty": acceltest.Every(50),
	} {
		if err := selftest.Check(context.Background(), acceltest.Liar(when), selftest.Startup()); err == nil {
			t.Errorf("%s: not found", name)
		}
	}
	if err := selftest.Check(context.Background(), new(acceltest.Fake), selftest.Startup()); err != nil {
		t.Error(err)
	}
}

// TestCheckEndsWithItsContext checks that a long list of cases can be ended.
func TestCheckEndsWithItsContext(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	f := new(acceltest.Fake)
	if err := selftest.Check(ctx, f, selftest.Startup()); !errors.Is(err, context.Canceled) || f.Count("MSM") > 0 {
		t.Errorf("%v after %d sums", err, f.Count("MSM"))
	}
}
