// SPDX-License-Identifier: Apache-2.0

//go:build unix

package worker_test

import (
	"context"
	"errors"
	mathbig "math/big"
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/zkml-go/zkml/accel"
	"github.com/zkml-go/zkml/accel/worker"
)

func big(n int) *mathbig.Int { return mathbig.NewInt(int64(n)) }

// must returns a function that fails the test if there is an error, and the value.
func must[T any](x T, err error) func(t *testing.T) T {
	return func(t *testing.T) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return x
	}
}

// classOf names the class of an error.
func classOf(err error) string {
	switch {
	case err == nil:
		return "none"
	case errors.Is(err, accel.ErrFault) && errors.Is(err, accel.ErrMemory):
		return "both"
	case errors.Is(err, accel.ErrFault):
		return "fault"
	case errors.Is(err, accel.ErrMemory):
		return "memory"
	}
	return "caller"
}

// TestFaults has the child fail in a call, in each way: the call and those that wait with it
// get an error within the limit that says why, so do later ones, and the child is gone.
func TestFaults(t *testing.T) {
	for fault, says := range map[string]string{
		"exit":        "exit status 3: a library has something to say; terminate called after throwing an instance of 'IcicleError'",
		"abort":       "terminate called after throwing an instance of 'IcicleError'",
		"kill":        "signal: killed",
		"panic":       "panic: an index",
		"stall":       "did not answer within 500ms",
		"stop":        "did not answer within 500ms",
		"garbage":     "a header of",
		"off curve":   "no point of the curve",
		"not reduced": "no point of the curve",
	} {
		t.Run(fault, func(t *testing.T) {
			both(t, func(t *testing.T, o worker.Options) {
				o.Call = 500 * time.Millisecond
				d := begin(t, "faulty:"+fault, o)
				p, v := must(d.G1(pointsOf(1000)))(t), must(d.Vector(elements(1000)))(t)
				began := time.Now()
				results := make(chan error)
				for range 3 {
					go func() {
						_, err := p.MSM(0, v)
						results <- err
					}()
				}
				for range 3 {
					if err := <-results; classOf(err) != "fault" || !strings.Contains(err.Error(), says) {
						t.Errorf("error %v, want a fault that says %q", err, says)
					}
				}
				if took := time.Since(began); took > 10*time.Second {
					t.Errorf("it took %v", took)
				}
				_, err := d.Vector(elements(1000))
				for name, err := range map[string]error{"a read": v.Read(elements(1000)), "an operation": v.Add(v), "a vector": err} {
					if classOf(err) != "fault" || !strings.Contains(err.Error(), says) {
						t.Errorf("%s afterwards: %v", name, err)
					}
				}
				v.Free()
				if err := d.Close(); err != nil {
					t.Errorf("close: %v", err)
				}
			})
		})
	}
}

// TestClasses has the device over there return errors: they keep their class and their text,
// and the device goes on.
func TestClasses(t *testing.T) {
	t.Parallel()
	for fault, want := range map[string][2]string{
		"memory": {"memory", "out of device memory: icicle error 2"},
		"fault":  {"fault", "the device failed: icicle error 14"},
		"caller": {"caller", "icicle error 11  ?[2J"},
		"few":    {"fault", "the device failed: 0 sums for 1 vectors of scalars"},
	} {
		d := begin(t, "faulty:"+fault, worker.Options{})
		p := must(d.G1(pointsOf(1)))(t)
		if _, err := p.MSM(0, accel.Ints[int8]{1}); classOf(err) != want[0] || err.Error() != want[1] {
			t.Errorf("%s: %s error %q, want %s, %q", fault, classOf(err), err, want[0], want[1])
		}
		if v := must(d.Vector(elements(4)))(t); v.NTT(accel.Form{}) != nil {
			t.Errorf("%s: it does not go on", fault)
		}
	}
}

// TestStart has the child fail before there is a device.
func TestStart(t *testing.T) {
	t.Parallel()
	for name, want := range map[string][2]string{
		"absent": {"caller", `no device "absent"`},
		"full":   {"memory", "out of device memory: for anything"},
		"dead":   {"fault", "exit status 7: a library has something to say; CUDA error: no such thing"},
		"asleep": {"fault", "did not answer within 300ms"},
		"none":   {"fault", "panic: no device none"},
	} {
		d, err := start(t.Context(), name, worker.Options{Start: 300 * time.Millisecond})
		if name != "asleep" && err != nil && strings.Contains(err.Error(), "300ms") { // a busy machine
			d, err = start(t.Context(), name, worker.Options{})
		}
		if d != nil || classOf(err) != want[0] || !strings.Contains(err.Error(), want[1]) {
			t.Errorf("%s: %v, want %s, %q", name, err, want[0], want[1])
		}
	}
	for name, cmd := range map[string]*exec.Cmd{
		"no program":      exec.Command("/nonexistent/program"),
		"another program": exec.Command("/bin/echo", "something else"),
		"a silent one":    exec.Command("/bin/sleep", "60"),
	} {
		if _, err := worker.Start(t.Context(), cmd, worker.Options{Start: time.Second}); classOf(err) != "fault" {
			t.Errorf("%s: %v", name, err)
		}
		if cmd.Process != nil && cmd.ProcessState == nil {
			t.Errorf("%s: not reaped", name)
		}
	}
}

// TestClose closes devices that do not want to.
func TestClose(t *testing.T) {
	t.Parallel()
	for fault, want := range map[string]string{
		"none":          "",
		"close":         "cannot close",
		"endless close": "the device is closed, and its worker was killed, which did not end within 300ms",
	} {
		d := must(start(t.Context(), "faulty:"+fault, worker.Options{Grace: 300 * time.Millisecond}))(t)
		v := must(d.Vector(elements(4)))(t)
		if err := d.Close(); (err == nil) != (want == "") || err != nil && err.Error() != want {
			t.Errorf("%s: %v, want %q", fault, err, want)
		}
		if err := d.Close(); err != nil {
			t.Errorf("%s: the second time: %v", fault, err)
		}
		if err := v.Add(v); classOf(err) != "caller" {
			t.Errorf("%s: afterwards: %v", fault, err)
		}
	}
}

// TestContext ends the context of a worker in a call: that is no fault of the device.
func TestContext(t *testing.T) {
	both(t, func(t *testing.T, o worker.Options) {
		ctx, cancel := context.WithCancel(t.Context())
		d := must(start(ctx, "faulty:stall", o))(t)
		p := must(d.G1(pointsOf(1)))(t)
		time.AfterFunc(50*time.Millisecond, cancel)
		if _, err := p.MSM(0, accel.Ints[int8]{1}); !errors.Is(err, context.Canceled) || classOf(err) != "caller" {
			t.Errorf("it ended with %v", err)
		}
		if err := d.Close(); err != nil {
			t.Errorf("close: %v", err)
		}
		if _, err := start(ctx, "cpu", o); !errors.Is(err, context.Canceled) {
			t.Errorf("started with a context that has ended: %v", err)
		}
	})
}

// TestCloseInCall closes the device while calls wait and copy.
func TestCloseInCall(t *testing.T) {
	both(t, func(t *testing.T, o worker.Options) {
		o.Grace = 50 * time.Millisecond
		d := must(start(t.Context(), "faulty:stall", o))(t)
		p, x := must(d.G1(pointsOf(2000)))(t), elements(2000)
		results := make(chan error)
		for range 8 {
			go func() {
				var err error
				for err == nil {
					if _, err = d.Vector(x); err == nil {
						_, err = p.MSM(0, accel.Elements(x))
					}
				}
				results <- err
			}()
		}
		time.Sleep(20 * time.Millisecond)
		d.Close()
		for range 8 {
			if err := <-results; classOf(err) != "caller" {
				t.Errorf("it ended with %v", err)
			}
		}
	})
}

// TestNothingIsLeft starts and ends workers in all ways: no process, no file is left.
func TestNothingIsLeft(t *testing.T) {
	if testing.Short() {
		t.Skip("it waits for processes")
	}
	dir, err := os.ReadDir(os.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	before, files := children(t), len(openFiles(t))
	for _, fault := range []string{"none", "kill", "stall", "garbage", "endless close"} {
		d := must(start(t.Context(), "faulty:"+fault, worker.Options{Call: 200 * time.Millisecond, Grace: 200 * time.Millisecond}))(t)
		p := must(d.G1(pointsOf(1000)))(t)
		if len(children(t)) <= len(before) {
			t.Fatal("the test does not see the worker")
		}
		p.MSM(0, accel.Elements(elements(1000))) //nolint:errcheck // TestFaults looks
		d.Close()
	}
	if _, err := start(t.Context(), "dead", worker.Options{}); err == nil {
		t.Error("it started")
	}
	if after := children(t); !slices.Equal(before, after) {
		t.Errorf("children %v, want %v", after, before)
	}
	if after := openFiles(t); len(after) > files {
		t.Errorf("open files, of which there were %d: %v", files, after)
	}
	after, err := os.ReadDir(os.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range after {
		if strings.Contains(f.Name(), "worker") && !slices.ContainsFunc(dir, func(g os.DirEntry) bool { return g.Name() == f.Name() }) {
			t.Errorf("file %s is left", f.Name())
		}
	}
}
