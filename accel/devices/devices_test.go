// SPDX-License-Identifier: Apache-2.0

package devices_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	curve "github.com/consensys/gnark-crypto/ecc/bn254"

	"github.com/zkml-go/zkml/accel"
	"github.com/zkml-go/zkml/accel/cpu"
	"github.com/zkml-go/zkml/accel/devices"
	"github.com/zkml-go/zkml/accel/guard"
	"github.com/zkml-go/zkml/accel/selftest"
	"github.com/zkml-go/zkml/accel/worker"
)

// kinds are devices for tests. Two of "good" are there; those of "bad" fail their test, those
// of "ill" die in it, and those of "gone" have no library.
var kinds = devices.Kinds{
	kind("gone", errors.New("no library: set GONE"), nil),
	kind("absent", nil, func(int) (accel.Device, error) { return nil, errors.New("no\ndriver") }),
	kind("bad", nil, two("bad")),
	kind("ill", nil, two("ill")),
	kind("good", nil, two("good")),
	kind("late", nil, two("late")),
}

func two(name string) func(id int) (accel.Device, error) {
	return func(id int) (accel.Device, error) {
		if id > 1 {
			return nil, fmt.Errorf("device %d of 2", id)
		}
		return device{name: name, id: id}, nil
	}
}

func kind(name string, missing error, open func(int) (accel.Device, error)) devices.Kind {
	return devices.Kind{Name: name, Open: open, Guard: guard.Options{Startup: time.Minute},
		Installed: func() (string, error) { return "/" + name, missing }}
}

// A device is the CPU with another name.
type device struct {
	cpu.Device
	name string
	id   int
}

func (d device) String() string { return fmt.Sprintf("%s:%d", d.name, d.id) }

func (d device) Describe() string { return "made for tests" }

func (d device) G1(p []curve.G1Affine) (accel.G1, error) {
	switch {
	case d.name == "ill":
		os.Exit(1)
	case d.name == "bad" && len(p) > 0, d.name == "late" && len(p) > 0 && len(p) != 1<<10:
		p = slices.Clone(p)
		p[0] = p[len(p)-1]
	}
	return d.Device.G1(p)
}

func TestMain(m *testing.M) {
	kinds.Main()
	os.Exit(m.Run())
}

func of(names ...string) (out devices.Kinds) {
	for _, k := range kinds {
		if slices.Contains(names, k.Name) {
			out = append(out, k)
		}
	}
	return out
}

func TestOpen(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		kinds      devices.Kinds
		name, line string // the line or, without a device, the error
		there      bool
	}{
		{kinds, "cpu", `^device: cpu \(gnark-crypto on .*\)$`, true},
		{kinds, "auto", `^device: good:0 \(made for tests\)$`, true},
		{of("gone"), "auto", `^device: cpu \(no library: set GONE\)$`, true},
		{of("gone", "absent"), "auto", `^device: cpu \(no library: set GONE; absent:0: no driver\)$`, true},
		{of("bad", "ill"), "auto", `^device: cpu \(bad:0: the device did not pass its test: .*; ill:0: .*its worker ended, exit status 1.*\)$`, true},
		{nil, "auto", `^device: cpu \(gnark-crypto on .*\)$`, true},
		{kinds, "good", `^device: good:0 \(made for tests\)$`, true},
		{kinds, "good:1", `^device: good:1 \(made for tests\)$`, true},
		{kinds, "good:2", `^good:2: device 2 of 2$`, false},
		{kinds, "gone", `^gone:0: .*its worker ended, exit status`, false}, // it is tried: libraries may be elsewhere
		{kinds, "bad:1", `^bad:1: the device did not pass its test: `, false},
	} {
		d, line, err := c.kinds.Open(t.Context(), c.name, devices.Options{})
		if err != nil {
			line = err.Error()
		}
		if (err == nil) != c.there || !regexp.MustCompile(c.line).MatchString(line) {
			t.Errorf("%s: %q, %v, want %s", c.name, line, err, c.line)
		}
		if d == nil {
			continue
		}
		if name := d.String(); !strings.Contains(line, "device: "+name+" (") {
			t.Errorf("%s: the device %s has the line %q", c.name, name, line)
		}
		if _, fallible := d.(accel.Fallible); fallible == (d.String() == "cpu") {
			t.Errorf("%s: %T", c.name, d)
		}
		if err := d.Close(); err != nil {
			t.Errorf("%s: close: %v", c.name, err)
		}
	}
}

func TestNames(t *testing.T) {
	t.Parallel()
	pair := of("gone", "good")
	for _, name := range []string{"", "gpu", "auto:0", "cpu:0", "good:", "good:x", "good:-1", "good:01", "good:+1", "good:1:2", "GOOD", " good", "bad"} {
		d, _, err := pair.Open(t.Context(), name, devices.Options{})
		if d != nil || !errors.Is(err, devices.ErrName) || !errors.Is(pair.Check(name), devices.ErrName) {
			t.Errorf("%q: %v", name, err)
		}
	}
	for _, name := range []string{"auto", "cpu", "good", "good:0", "good:17", "gone:1"} {
		if err := pair.Check(name); err != nil {
			t.Errorf("%q: %v", name, err)
		}
	}
	if got, want := pair.Names(), "auto, cpu, gone[:N] or good[:N]"; got != want {
		t.Errorf("%s, want %s", got, want)
	}
}

// TestNothingThere opens what there is where there is nothing: at once, and without a process.
func TestNothingThere(t *testing.T) {
	t.Setenv("ICICLE_BACKEND_INSTALL_DIR", t.TempDir())
	t.Setenv("LD_LIBRARY_PATH", "")
	standard := devices.Standard()
	if where, err := standard[0].Installed(); err == nil {
		t.Skipf("there are libraries in %s", where)
	}
	least := time.Hour
	for range 20 {
		begin := time.Now()
		d, line, err := standard.Open(t.Context(), devices.Auto, devices.Options{
			Worker: worker.Options{Start: time.Nanosecond}, // none would start
		})
		if least = min(least, time.Since(begin)); err != nil || d != accel.Device(cpu.Device{}) {
			t.Fatalf("%v, %v", d, err)
		}
		if want := "device: cpu (no ICICLE libraries: set ICICLE_BACKEND_INSTALL_DIR to the directory that has its backend)"; line != want {
			t.Fatalf("%q, want %q", line, want)
		}
	}
	if least > 5*time.Millisecond {
		t.Errorf("it takes %v", least)
	}
}

// TestGoneBad has a device die while it is used: the CPU goes on, and a line says so.
func TestGoneBad(t *testing.T) {
	t.Parallel()
	var said []string
	d, _, err := kinds.Open(t.Context(), "good", devices.Options{Report: func(line string) { said = append(said, line) }})
	if err != nil {
		t.Fatal(err)
	}
	_, _, g, _ := curve.Generators()
	tries := 0
	err = accel.Attempt(d, func(d accel.Device) error {
		if tries++; tries == 1 {
			return fmt.Errorf("%w: for the test", accel.ErrFault)
		}
		p, err := d.G1([]curve.G1Affine{g})
		if err != nil {
			return err
		}
		out, err := p.MSM(0, accel.Ints[int8]{1})
		if err == nil && out[0] != g {
			return accel.ErrWrong
		}
		return err
	})
	if err != nil || tries != 2 || len(said) != 1 || !strings.Contains(said[0], "good:0 is given up, the CPU goes on") {
		t.Errorf("%d tries, %v, it said %q", tries, err, said)
	}
	if err := d.Close(); err != nil {
		t.Error(err)
	}
}

func TestList(t *testing.T) {
	t.Parallel()
	found, missing, err := kinds.List(t.Context(), devices.Options{}, 0)
	if err != nil {
		t.Fatal(err)
	}
	if len(missing) != 1 || missing[0].Kind != "gone" || missing[0].Err == nil {
		t.Errorf("missing: %v", missing)
	}
	usable := map[string]bool{}
	for _, f := range found {
		usable[f.Name] = f.Err == nil
		if f.Err == nil && f.Name != "cpu" && (f.Opening <= 0 || f.Test <= 0 || f.Libraries != "/"+strings.Split(f.Name, ":")[0] || f.Description != "made for tests") {
			t.Errorf("%+v", f)
		}
	}
	for name, want := range map[string]bool{"cpu": true, "good:0": true, "good:1": true, "absent:0": false, "bad:0": false, "ill:0": false} {
		if got, there := usable[name]; !there || got != want {
			t.Errorf("%s: usable %t, listed %t", name, got, there)
		}
	}
	if _, there := usable["good:2"]; there {
		t.Error("good:2 is listed")
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, _, err := kinds.List(ctx, devices.Options{}, 0); !errors.Is(err, context.Canceled) {
		t.Errorf("a list after the end: %v", err)
	}
	if _, _, err := kinds.Open(ctx, "auto", devices.Options{}); !errors.Is(err, context.Canceled) {
		t.Errorf("a device after the end: %v", err)
	}
}

// All cases find a device that does well what it is tested with at first.
func TestRepeats(t *testing.T) {
	t.Parallel()
	found, _, err := of("late").List(t.Context(), devices.Options{Cases: selftest.Options{Points: 1 << 5, LogNTT: 5}}, 1)
	if err != nil {
		t.Fatal(err)
	}
	if len(found) != 3 {
		t.Errorf("%d devices, want the CPU and two", len(found))
	}
	for _, f := range found {
		late := strings.HasPrefix(f.Name, "late")
		if (f.Err != nil) != late || f.Unequal != late || (f.Repeats == 1) == late || f.Repeating <= 0 {
			t.Errorf("%+v", f)
		}
	}
}

// A list that is ended while the CPU computes is none.
func TestRepeatsEnd(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	found, _, err := of("gone").List(ctx, devices.Options{Cases: selftest.Options{Points: 1 << 5, LogNTT: 5}}, 1<<30)
	if found != nil || !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("%v, %v", found, err)
	}
}
