// SPDX-License-Identifier: Apache-2.0

package measure

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/zkml-go/zkml/accel"
	"github.com/zkml-go/zkml/accel/cpu"
	"github.com/zkml-go/zkml/bench"
)

// asChild in the arguments makes the test a child that measures.
const asChild = "measure-as-a-child"

func TestMain(m *testing.M) {
	if slices.Contains(os.Args, asChild) {
		cases := func(Spec) ([]Case, error) { return planted, nil }
		if err := Serve(context.Background(), os.Stdin, os.Stdout, cases, openPlanted); err != nil {
			fmt.Fprintln(os.Stderr, "zkml: error:", err)
			os.Exit(3)
		}
		os.Exit(0)
	}
	os.Exit(m.Run())
}

func openPlanted(_ context.Context, name string, use Use) (accel.Device, error) {
	switch name {
	case "cpu":
		return cpu.Device{}, nil
	case "failing": // and the CPU goes on
		use.GaveUp("failing is given up")
		return cpu.Device{}, nil
	case "crashing":
		panic("the driver is gone")
	}
	return nil, fmt.Errorf("no device %s", name)
}

var sink []byte

// warm is an operation of which the n-th repetition, from 1, does what misbehave does.
func warm(misbehave func(n int)) func(s *Measurement) error {
	return func(s *Measurement) error {
		n := 0
		return s.Measure(s.Case, func() (*Operation, error) {
			return &Operation{Warm: func(k int) error {
				for range k {
					n++
					misbehave(n)
				}
				return nil
			}, Elements: 3, Work: bench.Work{Mul64: 5}}, nil
		})
	}
}

// planted are cases that end as children end.
var planted = []Case{
	{Name: "Honest", Run: warm(func(int) {})},
	{Name: "Panics", Run: warm(func(n int) {
		if n > 1 {
			panic("planted")
		}
	})},
	{Name: "Hangs", Run: warm(func(n int) {
		if n > 1 {
			time.Sleep(time.Hour)
		}
	})},
	{Name: "Grows", Run: warm(func(n int) {
		if n > 1 {
			for {
				more := make([]byte, 64<<20)
				for i := range more {
					more[i] = 1
				}
				sink = append(sink, more...)
				time.Sleep(interval)
			}
		}
	})},
	{Name: "Killed", Run: warm(func(n int) {
		if n > 1 {
			self, err := os.FindProcess(os.Getpid())
			if err == nil {
				err = self.Kill()
			}
			panic(err)
		}
	})},
	{Name: "Orphans", Run: warm(func(n int) {
		if n > 1 {
			orphan := exec.Command("sleep", "20")
			orphan.Stdout, orphan.Stderr = os.Stdout, os.Stderr
			if err := orphan.Start(); err != nil {
				panic(err)
			}
			panic("planted")
		}
	})},
	{Name: "Exits", Run: warm(func(n int) {
		if n > 1 {
			os.Exit(0)
		}
	})},
	{Name: "Fails", Run: func(s *Measurement) error {
		return s.Measure(s.Case, func() (*Operation, error) { return nil, errors.New("no input") })
	}},
	{Name: "Lies", Run: func(s *Measurement) error {
		return s.Measure(s.Case, func() (*Operation, error) {
			return &Operation{Warm: func(int) error { return nil }, Check: func() error { return Wrong("2 + 2 = 5") }}, nil
		})
	}},
	{Name: "OnDevice", OnDevice: true, Run: warm(func(int) {})},
	{Name: "Phases", OnDevice: true, Run: func(s *Measurement) error {
		return s.MeasurePhases(s.Case, &Process{
			Prepare: func(stage func(string, func() error) error) error {
				return stage("setup", func() error {
					if s.Device == nil {
						return errors.New("no device")
					}
					return nil
				})
			},
			Do: func() ([]Phase, error) { return nil, errors.New("it does nothing") },
		})
	}},
	Opening,
}

func runner() *Runner {
	return &Runner{Timeout: time.Minute, Command: func(ctx context.Context) *exec.Cmd { return exec.CommandContext(ctx, os.Args[0], asChild) }}
}

func spec(name, device string) Spec { return Spec{Case: name, Device: device, Count: 3, Cold: true} }

// outline is the names of rows and why they failed.
func outline(rows []bench.Row) string {
	var out []string
	for _, r := range rows {
		line := r.Name
		if r.Failure != "" {
			line += ": " + r.Failure
		}
		out = append(out, line)
	}
	return strings.Join(out, "; ")
}

func TestChild(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ name, device, want string }{
		{"Honest", "", "Honest/state=cold; Honest/state=warm"},
		{"Panics", "", "Panics/state=cold; Panics/state=warm: exit status 2: panic: planted"},
		{"Exits", "", "Exits/state=cold; Exits/state=warm: the process ended before it was done"},
		{"Fails", "", "Fails/state=cold: no input"},
		{"Lies", "", "Lies/state=cold: wrong result: 2 + 2 = 5"},
		{"Nowhere", "", `Nowhere: exit status 3: no case "Nowhere"`},
		{"OnDevice", "cpu", "OnDevice/device=cpu/state=cold; OnDevice/device=cpu/state=warm"},
		{"OnDevice", "abacus", "OnDevice/device=abacus/state=cold: no device abacus"},
		{"OnDevice", "crashing", "OnDevice/device=crashing/state=cold: exit status 2: panic: the driver is gone"},
		{"OnDevice", "failing", "OnDevice/device=failing/state=cold: failing is given up; OnDevice/device=failing/state=warm: failing is given up"},
		{"Phases", "cpu", "Phases/phase=setup/device=cpu/state=once; Phases/phase=total/device=cpu/state=cold: it does nothing"},
		{"Phases", "abacus", "Phases/phase=setup/device=abacus/state=once: no device abacus"},
		{"Phases", "crashing", "Phases/phase=setup/device=crashing/state=once: exit status 2: panic: the driver is gone"},
		{"Open", "cpu", "Open/device=cpu/state=cold"},
		{"Open", "abacus", "Open/device=abacus/state=cold: no device abacus"},
	} {
		t.Run(c.name+c.device, func(t *testing.T) {
			t.Parallel()
			rows, err := runner().Run(t.Context(), spec(c.name, c.device))
			if err != nil || outline(rows) != c.want {
				t.Errorf("got %s, %v, want %s", outline(rows), err, c.want)
			}
		})
	}
}

// A child that the system kills looks like one that memory ran out for.
func TestChildKilled(t *testing.T) {
	t.Parallel()
	if runtime.GOOS != "linux" {
		t.Skip("other systems than Linux say it otherwise")
	}
	rows, err := runner().Run(t.Context(), spec("Killed", ""))
	if want := "Killed/state=cold; Killed/state=warm: killed by the system, as it does when memory runs out"; err != nil || outline(rows) != want {
		t.Errorf("got %s, %v, want %s", outline(rows), err, want)
	}
}

func TestChildTimesOut(t *testing.T) {
	t.Parallel()
	r := runner()
	r.Timeout = 2 * time.Second
	rows, err := r.Run(t.Context(), spec("Hangs", ""))
	if err != nil || len(rows) == 0 || !strings.HasSuffix(rows[len(rows)-1].Failure, "timed out after 2s") {
		t.Errorf("got %s, %v", outline(rows), err)
	}
}

func TestChildTakesTooMuchMemory(t *testing.T) {
	t.Parallel()
	if runtime.GOOS != "linux" {
		t.Skip("other systems than Linux do not tell the memory of a process")
	}
	r := runner()
	r.Memory = 512 << 20
	rows, err := r.Run(t.Context(), spec("Grows", ""))
	if want := "Grows/state=cold; Grows/state=warm: took too much memory: more than 536870912 bytes"; err != nil || outline(rows) != want {
		t.Fatalf("got %s, %v, want %s", outline(rows), err, want)
	}
	if peak := rows[1].PeakBytes; peak < r.Memory {
		t.Errorf("a peak of %d bytes, less than the limit", peak)
	}
}

// A process that a child leaves behind holds the report up until the timeout, and no longer.
func TestChildOrphans(t *testing.T) {
	t.Parallel()
	if runtime.GOOS != "linux" {
		t.Skip("the orphan is a program of Linux")
	}
	r := runner()
	r.Timeout = 2 * time.Second
	rows, err := r.Run(t.Context(), spec("Orphans", ""))
	if err != nil || len(rows) == 0 || rows[len(rows)-1].Failure == "" {
		t.Errorf("got %s, %v", outline(rows), err)
	}
}

// Whoever is done before somebody looks has taken too much, too.
func TestChildTookTooMuchMemory(t *testing.T) {
	t.Parallel()
	if runtime.GOOS != "linux" {
		t.Skip("other systems than Linux do not tell the memory of a process")
	}
	r := runner()
	r.Memory = 1 << 10
	rows, err := r.Run(t.Context(), spec("Honest", ""))
	if err != nil || len(rows) == 0 {
		t.Fatalf("got %s, %v", outline(rows), err)
	}
	for _, row := range rows {
		if !strings.HasPrefix(row.Failure, "took too much memory: more than 1024 bytes") || len(row.Samples) != 0 {
			t.Errorf("%+v", row)
		}
	}
}

// An interrupt is no row: the caller knows of it.
func TestChildInterrupted(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithTimeout(t.Context(), 500*time.Millisecond)
	defer cancel()
	rows, err := runner().Run(ctx, spec("Hangs", ""))
	if !errors.Is(err, context.DeadlineExceeded) || strings.Contains(outline(rows), ":") {
		t.Errorf("got %s, %v", outline(rows), err)
	}
	r := runner()
	r.Command = func(ctx context.Context) *exec.Cmd { return exec.CommandContext(ctx, "/nowhere/at/all") }
	if _, err := r.Run(t.Context(), spec("Honest", "")); err == nil {
		t.Error("no error of a child that cannot be started")
	}
}

// A row has what was measured.
func TestChildRow(t *testing.T) {
	t.Parallel()
	rows, err := runner().Run(t.Context(), spec("Honest", ""))
	if err != nil || len(rows) != 2 {
		t.Fatalf("got %s, %v", outline(rows), err)
	}
	cold, warm := rows[0], rows[1]
	if len(cold.Samples) != 1 || len(warm.Samples) != 3 || warm.Elements != 3 || warm.Work.Mul64 != 5 || warm.Unit != bench.Seconds {
		t.Errorf("rows %+v", rows)
	}
	if runtime.GOOS == "linux" && (cold.PeakBytes == 0 || warm.PeakBytes == 0) {
		t.Errorf("no peak of memory in %+v", rows)
	}
}
