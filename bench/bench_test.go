// SPDX-License-Identifier: Apache-2.0

package bench_test

import (
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/zkml-go/zkml/bench"
)

func TestNames(t *testing.T) {
	t.Parallel()
	name := bench.With(bench.With(bench.With("MSM", "group", "G1"), "device", "icicle:0"), "state", "warm")
	r := bench.Row{Name: name}
	if name != "MSM/group=G1/device=icicle:0/state=warm" || r.Base() != "MSM" {
		t.Errorf("name %s, base %s", name, r.Base())
	}
	if want := []bench.Param{{Key: "group", Value: "G1"}, {Key: "device", Value: "icicle:0"}, {Key: "state", Value: "warm"}}; !slices.Equal(r.Params(), want) {
		t.Errorf("parameters %v, want %v", r.Params(), want)
	}
	if r.Param("device") != "icicle:0" || r.Param("size") != "" {
		t.Errorf("device %q, size %q", r.Param("device"), r.Param("size"))
	}
	if got := bench.Without(name, "device", "state", "MSM"); got != "MSM/group=G1" {
		t.Errorf("without device and state: %s", got)
	}
}

// Rows of one name are one row: other processes that did the same.
func TestAdd(t *testing.T) {
	t.Parallel()
	r := &bench.Report{}
	r.Add(bench.Row{Name: "a", Samples: []float64{1}, Iterations: []int{1}, PeakBytes: 7})
	r.Add(bench.Row{Name: "b", Failure: "killed"})
	r.Add(bench.Row{Name: "a", Samples: []float64{2}, Iterations: []int{3}, PeakBytes: 5})
	if len(r.Rows) != 2 || !slices.Equal(r.Rows[0].Samples, []float64{1, 2}) || !slices.Equal(r.Rows[0].Iterations, []int{1, 3}) || r.Rows[0].PeakBytes != 7 {
		t.Errorf("rows %+v", r.Rows)
	}
	if r.Failed() != 1 {
		t.Errorf("%d failed, want 1", r.Failed())
	}
	r.Add(bench.Row{Name: "a", Failure: "timed out"})
	if r.Failed() != 2 || len(r.Rows[0].Samples) != 2 {
		t.Errorf("a process that failed does not make its row fail: %+v", r.Rows[0])
	}
}

// machine has ceilings of 100 products a second for one thread and 200 for all, and memory
// that reads 1000 bytes a second up to 64 bytes and 500 from 1024 on.
func machine() *bench.Report {
	r := &bench.Report{}
	for _, c := range []struct {
		name  string
		rates []float64
	}{
		{bench.CeilingName("mul64", true, 0), []float64{90, 100, 80}},
		{bench.CeilingName("mul64", false, 0), []float64{200}},
		{bench.CeilingName("mul52", false, 0), []float64{400}},
		{bench.CeilingName("read", false, 64), []float64{900}},
		{bench.CeilingName("copy", false, 64), []float64{1000}},
		{bench.CeilingName("read", false, 1024), []float64{500}},
		{bench.CeilingName("copy", false, 1024), []float64{300}},
	} {
		r.Add(bench.Row{Name: c.name, Unit: "x/s", Samples: c.rates, Iterations: make([]int, len(c.rates))})
	}
	return r
}

func TestShare(t *testing.T) {
	t.Parallel()
	c := machine().Ceilings()
	for _, x := range []struct {
		why     string
		name    string
		seconds float64
		work    bench.Work
		ceiling string
		of      float64
	}{
		{"one thread, the best sample", "k", 1, bench.Work{Mul64: 50, Single: true}, "mul64", 0.5},
		{"all threads", "k", 1, bench.Work{Mul64: 50}, "mul64", 0.25},
		{"twice as long", "k", 2, bench.Work{Mul64: 50}, "mul64", 0.125},
		{"the nearest ceiling of several", "k", 1, bench.Work{Mul64: 50, Mul52: 300, Bytes: 10}, "mul52", 0.75},
		{"no ceiling of that kind for one thread", "k", 1, bench.Work{Mul52: 50, Single: true}, "", 0},
		{"a working set in fast memory", "k", 1, bench.Work{Bytes: 100, WorkingSet: 70}, "memory", 0.1},
		{"one below all that were measured", "k", 1, bench.Work{Bytes: 100, WorkingSet: 1}, "memory", 0.1},
		{"one in slow memory, by its bytes", "k", 10, bench.Work{Bytes: 2000}, "memory", 0.4},
		{"nothing counted", "k", 1, bench.Work{}, "", 0},
		{"the CPU by name", "k/device=cpu", 1, bench.Work{Mul64: 50}, "mul64", 0.25},
		{"another device", "k/device=icicle:0", 1, bench.Work{Mul64: 50}, "", 0},
	} {
		row := bench.Row{Name: x.name, Unit: bench.Seconds, Samples: []float64{x.seconds}, Iterations: []int{1}, Work: x.work}
		got, ok, err := c.Share(&row)
		if err != nil || ok != (x.ceiling != "") || got.Ceiling != x.ceiling || math.Abs(got.Of-x.of) > 1e-12 {
			t.Errorf("%s: got %+v, %t, %v, want %s %v", x.why, got, ok, err, x.ceiling, x.of)
		}
	}
}

// More than a ceiling is a mistake, not a result.
func TestShareAboveCeiling(t *testing.T) {
	t.Parallel()
	row := bench.Row{Name: "k", Unit: bench.Seconds, Samples: []float64{1}, Iterations: []int{1}, Work: bench.Work{Mul64: 200}}
	c := machine().Ceilings()
	if got, _, err := c.Share(&row); err != nil || got.Of != 1 {
		t.Errorf("at the ceiling: %+v, %v", got, err)
	}
	row.Work.Mul64 = 201
	if _, ok, err := c.Share(&row); !ok || err == nil || !strings.Contains(err.Error(), "100.5 % of the mul64 ceiling") {
		t.Errorf("above the ceiling: %t, %v", ok, err)
	}
}

// Neither failed ceilings nor rows without samples count.
func TestShareOfNothing(t *testing.T) {
	t.Parallel()
	r := &bench.Report{Rows: []bench.Row{{Name: bench.CeilingName("mul64", false, 0), Failure: "killed"}}}
	row := bench.Row{Name: "k", Unit: bench.Seconds, Samples: []float64{1}, Work: bench.Work{Mul64: 1}}
	if _, ok, err := r.Ceilings().Share(&row); ok || err != nil {
		t.Errorf("a share of a ceiling that failed: %t, %v", ok, err)
	}
	failed := bench.Row{Name: "k", Unit: bench.Seconds, Work: bench.Work{Mul64: 1}, Failure: "killed"}
	if _, ok, err := machine().Ceilings().Share(&failed); ok || err != nil {
		t.Errorf("a share of a row that failed: %t, %v", ok, err)
	}
}
