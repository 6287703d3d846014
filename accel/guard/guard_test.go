// SPDX-License-Identifier: Apache-2.0

package guard_test

import (
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	curve "github.com/consensys/gnark-crypto/ecc/bn254"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"github.com/zkml-go/zkml/accel"
	"github.com/zkml-go/zkml/accel/acceltest"
	"github.com/zkml-go/zkml/accel/cpu"
	"github.com/zkml-go/zkml/accel/guard"
	"github.com/zkml-go/zkml/accel/selftest"
)

// data returns n scalars, and as many points of both groups.
func data(n int) ([]fr.Element, []curve.G1Affine, []curve.G2Affine) {
	e := make([]fr.Element, n)
	var x fr.Element
	x.SetUint64(3)
	for i := range e {
		x.Square(&x)
		e[i] = x
	}
	_, _, g1, g2 := curve.Generators()
	return e, curve.BatchScalarMultiplicationG1(&g1, e), curve.BatchScalarMultiplicationG2(&g2, e)
}

// sum returns what accel/cpu makes of scalars.
func sum(t *testing.T, p []curve.G1Affine, x accel.Scalars) curve.G1Affine {
	t.Helper()
	var out []curve.G1Affine
	held, err := cpu.Device{}.G1(p)
	if err == nil {
		out, err = held.MSM(0, x)
	}
	if err != nil {
		t.Error(err)
		return curve.G1Affine{}
	}
	return out[0]
}

// lines collects what a guard reports.
type lines struct {
	mu  sync.Mutex
	all []string
}

func (l *lines) add(s string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.all = append(l.all, s)
}

// once checks that one line was reported, and is one.
func (l *lines) once(t *testing.T, with string) {
	t.Helper()
	l.mu.Lock()
	defer l.mu.Unlock()
	if len(l.all) != 1 || strings.Contains(l.all[0], "\n") || !strings.Contains(l.all[0], with) {
		t.Errorf("reported %q, want one line with %q", l.all, with)
	}
}

// eventually waits for what another goroutine is to do.
func eventually(t *testing.T, what string, done func() bool) {
	t.Helper()
	for range 1000 {
		if done() {
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
	t.Errorf("not within ten seconds: %s", what)
}

var few = selftest.Options{Points: 40, LogNTT: 5}

// TestConformance checks that a guard is a device, wherever it computes.
func TestConformance(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		inner func() *acceltest.Fake
		o     guard.Options
	}{
		"all on the device": {func() *acceltest.Fake { return new(acceltest.Fake) }, guard.Options{}},
		"all on the CPU":    {func() *acceltest.Fake { return new(acceltest.Fake) }, guard.Defaults()},
		"some on each":      {func() *acceltest.Fake { return new(acceltest.Fake) }, guard.Options{LeastG1: 20, LeastG2: 30, LeastVector: 16}},
		"no memory":         {func() *acceltest.Fake { return acceltest.Small(1, 1) }, guard.Options{}},
		"nothing resident":  {func() *acceltest.Fake { return acceltest.Small(40*64/3, 0) }, guard.Options{LeastG1: 5, LeastG2: 5}},
		"G1 resident":       {func() *acceltest.Fake { return acceltest.Small(40*64, 0) }, guard.Options{}},
		"half a sum":        {func() *acceltest.Fake { return acceltest.Small(0, 32*20) }, guard.Options{LeastG1: 3, LeastG2: 3}},
		"little of all":     {func() *acceltest.Fake { return acceltest.Small(1500, 32*13) }, guard.Options{LeastG1: 2, LeastG2: 2}},
		"two vectors":       {func() *acceltest.Fake { return acceltest.Small(2*32*32, 0) }, guard.Options{LeastG1: 1 << 20, LeastG2: 1 << 20}},
		"one vector":        {func() *acceltest.Fake { return acceltest.Small(32*32, 0) }, guard.Options{LeastG1: 1 << 20, LeastG2: 1 << 20}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			report := new(lines)
			c.o.Report = report.add
			acceltest.Conformance(t, func() (accel.Device, error) { return guard.Untested(c.inner(), c.o), nil }, few)
			if len(report.all) > 0 {
				t.Errorf("a device without a fault was given up: %q", report.all)
			}
		})
	}
}

// TestConformanceAfterDistrust checks that a guard whose device is given up is a device.
func TestConformanceAfterDistrust(t *testing.T) {
	t.Parallel()
	acceltest.Conformance(t, func() (accel.Device, error) {
		d := guard.Untested(acceltest.Liar(func(acceltest.Call) bool { return true }), guard.Options{})
		return d.Distrust(fmt.Errorf("%w: none", accel.ErrWrong)), nil
	}, few)
}

// TestNothingIsLeft checks that what is moved and lent is freed.
func TestNothingIsLeft(t *testing.T) {
	t.Parallel()
	for _, f := range []*acceltest.Fake{new(acceltest.Fake), acceltest.Small(1500, 32*13), acceltest.Small(32*32, 0)} {
		d := guard.Untested(f, guard.Options{})
		if err := selftest.Check(t.Context(), d, selftest.Cases(few)); err != nil {
			t.Error(err)
		}
		if n := f.Bytes(); n != 0 {
			t.Errorf("%d bytes are still held", n)
		}
		if f.Count("Vector") == 0 || f.Count("MSM") == 0 {
			t.Error("the device was not used")
		}
	}
}

// TestNames checks what people and flags are told.
func TestNames(t *testing.T) {
	t.Parallel()
	d := guard.Untested(new(acceltest.Fake), guard.Options{})
	if d.String() != "fake:0" || d.Describe() != "a CPU that pretends" {
		t.Errorf("%s, %s", d, d.Describe())
	}
	d.Distrust(accel.ErrWrong)
	if d.String() != "fake:0" || !strings.Contains(d.Describe(), "gnark-crypto") {
		t.Errorf("given up, it is %s, %s", d, d.Describe())
	}
}
