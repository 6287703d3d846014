// SPDX-License-Identifier: Apache-2.0

package machine

import (
	"math"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func write(t *testing.T, path, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o777); err != nil {
		t.Fatal(err)
	}
}

func TestThis(t *testing.T) {
	t.Parallel()
	m := This()
	if m.GOOS != runtime.GOOS || m.Cores < 1 || m.Threads < 1 || m.GPUs == nil || m.GOGC == "" {
		t.Errorf("machine %+v", m)
	}
	if runtime.GOOS == "linux" && (m.Kernel == Unknown || m.Memory == Unknown || Load() == Unknown) {
		t.Errorf("machine %+v, load %s", m, Load())
	}
}

// A commit that is only checked out is not said to be the program's.
func TestCommit(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ built, checkout, want string }{
		{"a1", "b2", "a1"}, {Unknown, "b2 with changes", "checked out, not built: b2 with changes"}, {Unknown, Unknown, Unknown},
	} {
		if got := commit(c.built, func() string { return c.checkout }); got != c.want {
			t.Errorf("built of %s, checked out %s: got %s", c.built, c.checkout, got)
		}
	}
}

func TestField(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "cpuinfo")
	write(t, path, "processor\t: 0\nmodel name\t: A CPU: fast\nmodel name\t: another\n")
	if got := Field(path, "model name"); got != "A CPU: fast" {
		t.Errorf("got %q", got)
	}
	if Field(path, "flags") != Unknown || Field(path+"x", "flags") != Unknown {
		t.Error("a field that is not there is known")
	}
	write(t, path, "NAME=x\nPRETTY_NAME=\"An OS 12 (name)\"\n")
	if got := distribution(path); got != "An OS 12 (name)" {
		t.Errorf("distribution %q", got)
	}
}

func TestParseGPUs(t *testing.T) {
	t.Parallel()
	got := parseGPUs("NVIDIA X, 555.42.02, 24564 MiB\nNVIDIA Y, 555.42.02, 81559 MiB\n\n")
	want := []GPU{{"NVIDIA X", "555.42.02", "24564 MiB"}, {"NVIDIA Y", "555.42.02", "81559 MiB"}}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
	if got[0].String() != "NVIDIA X, driver 555.42.02, 24564 MiB" {
		t.Errorf("got %s", got[0])
	}
}

// counters writes a directory as powercap has it.
func counters(t *testing.T, values map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for zone, v := range values {
		name := "package-" + strings.TrimPrefix(zone, "intel-rapl:")
		if strings.Count(zone, ":") > 1 {
			name = "core"
		}
		write(t, filepath.Join(dir, zone, "name"), name+"\n")
		write(t, filepath.Join(dir, zone, "energy_uj"), v+"\n")
		write(t, filepath.Join(dir, zone, "max_energy_range_uj"), "1000000000\n")
	}
	return dir
}

func TestMeter(t *testing.T) {
	t.Parallel()
	dir := counters(t, map[string]string{"intel-rapl:0": "5000000", "intel-rapl:1": "999000000", "intel-rapl:0:0": "1"})
	m := &Meter{powercap: dir}
	m.Start()
	write(t, filepath.Join(dir, "intel-rapl:0", "energy_uj"), "7500000\n")
	write(t, filepath.Join(dir, "intel-rapl:0:0", "energy_uj"), "900000\n")
	write(t, filepath.Join(dir, "intel-rapl:1", "energy_uj"), "2000000\n") // it started over
	got := m.Stop()
	if len(got) != 1 || got[0].Source != "cpu" || math.Abs(got[0].Joules-(2.5+3)) > 1e-9 {
		t.Errorf("got %v, want 5.5 joules of both packages", got)
	}
}

// A machine that reports nothing has no energy, not none.
func TestMeterWithoutCounters(t *testing.T) {
	t.Parallel()
	for _, m := range []*Meter{{}, {powercap: t.TempDir()}, {gpu: &gpuMeter{command: "/no/such/program"}}} {
		m.Start()
		if got := m.Stop(); len(got) != 0 {
			t.Errorf("got %v", got)
		}
	}
}

func TestMeanPower(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]float64{
		"0, 100.00\n1, 50.00\n0, 200.00\n1, 70.00\n": 150 + 60,
		"0, [N/A]\n":         0,
		"":                   0,
		"0, 30\nhello\n0, 5": 17.5,
	} {
		if got := meanPower(strings.NewReader(text)); got != want {
			t.Errorf("%q: %v watts, want %v", text, got, want)
		}
	}
}

// A program that reports power and goes on is ended, and its power counts.
func TestGPUMeter(t *testing.T) {
	t.Parallel()
	if runtime.GOOS == "windows" {
		t.Skip("the planted program is a shell script")
	}
	dir := t.TempDir()
	ready := filepath.Join(dir, "ready")
	program := filepath.Join(dir, "nvidia-smi")
	write(t, program, "#!/bin/sh\necho '0, 120.5'\necho > "+ready+"\nexec sleep 1000\n")
	g := &gpuMeter{command: program}
	g.start()
	for {
		if _, err := os.Stat(ready); err == nil {
			break
		}
		runtime.Gosched()
	}
	if joules, ok := g.stop(); !ok || joules <= 0 {
		t.Errorf("%v joules, reported %t", joules, ok)
	}
}

func TestMemory(t *testing.T) {
	t.Parallel()
	if runtime.GOOS != "linux" {
		t.Skip("other systems than Linux do not tell")
	}
	now, peak := MemoryOf(os.Getpid())
	if now == 0 || peak < now || PeakMemory() < now/2 {
		t.Errorf("memory %d, peak %d, %d", now, peak, PeakMemory())
	}
	if now, peak := MemoryOf(1 << 30); now != 0 || peak != 0 {
		t.Errorf("memory %d and %d of no process", now, peak)
	}
}

// Ceilings do what they say: a round of n is n rounds of one, with any number of threads.
func TestCeilings(t *testing.T) {
	t.Parallel()
	kinds := Products()
	if !slices.Contains(kinds, "mul64") {
		t.Errorf("kinds %v", kinds)
	}
	for _, threads := range []int{1, 2} {
		for _, kind := range kinds {
			c := Multiply(kind, threads)
			c.Run(0)
			c.Run(3)
			if c.Amount() != float64(threads*products) || c.Unit != "mul" {
				t.Errorf("%+v", c)
			}
		}
		for _, c := range []*Ceiling{Read(threads, 1<<15), Copy(threads, 1<<15), Copy(threads, 1<<20)} {
			c.Run(2)
			if c.Amount() < 1<<18 || c.Unit != "B" {
				t.Errorf("%+v does %v bytes a round", c, c.Amount())
			}
		}
	}
}
