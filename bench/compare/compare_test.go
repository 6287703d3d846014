// SPDX-License-Identifier: Apache-2.0

package compare_test

import (
	"encoding/csv"
	"errors"
	"flag"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/zkml-go/zkml/bench"
	"github.com/zkml-go/zkml/bench/compare"
	"github.com/zkml-go/zkml/bench/report"
)

var update = flag.Bool("update", false, "rewrite the golden files")

func read(t *testing.T, name string) *bench.Report {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	r, err := report.Read(data)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// benchstat reads what it printed of the two files (testdata/README.md): by row its two
// medians, their intervals, the change and the p-value; and the geometric means by unit.
func benchstat(t *testing.T) (rows map[string][]string, means map[string][]string) {
	t.Helper()
	f, err := os.Open("testdata/benchstat.csv")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	lines := csv.NewReader(f)
	lines.FieldsPerRecord = -1
	all, err := lines.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	rows, means = map[string][]string{}, map[string][]string{}
	unit := ""
	for _, l := range all {
		switch {
		case len(l) < 7:
		case l[0] == "" && l[2] == "CI":
			unit = l[1]
		case l[0] == "geomean":
			means[unit] = l[1:]
		case l[0] != "":
			rows[strings.TrimSuffix(l[0], "-2")] = l[1:]
		}
	}
	return rows, means
}

// Medians, intervals, changes, p-values and geometric means are those of benchstat.
func TestBenchstat(t *testing.T) {
	t.Parallel()
	rows, means := benchstat(t)
	got := reports(t, read(t, "old.txt"), read(t, "new.txt"))
	if len(got.Lines) != len(rows) || len(means) != 2 {
		t.Fatalf("%d lines, benchstat has %d, and %d means", len(got.Lines), len(rows), len(means))
	}
	near := func(what string, got float64, want string) {
		t.Helper()
		x, err := strconv.ParseFloat(want, 64)
		if err != nil || math.Abs(got/x-1) > 1e-12 {
			t.Errorf("%s: got %v, benchstat says %s", what, got, want)
		}
	}
	for _, l := range got.Lines {
		want := rows[l.Name]
		if want == nil {
			t.Errorf("benchstat has no row %s", l.Name)
			continue
		}
		near(l.Name, l.Old.Summary.Center, want[0])
		near(l.Name, l.New.Summary.Center, want[2])
		said := []string{l.Old.Summary.PctRangeString(), l.New.Summary.PctRangeString(), l.Delta, l.Test.String()}
		if said := fmt.Sprint(said); said != fmt.Sprint([]string{want[1], want[3], want[4], want[5]}) {
			t.Errorf("%s: got %s, benchstat says %v", l.Name, said, want)
		}
		if (l.Delta != "~") != l.Significant {
			t.Errorf("%s: change %s, significant %t", l.Name, l.Delta, l.Significant)
		}
	}
	// Its means are of all rows: of cold ones, too, and of ceilings. One of warm rows is by
	// the ratios of medians, which are benchstat's.
	warm, n := 0.0, 0
	for _, l := range got.Lines {
		if strings.Contains(l.Name, "state=warm") {
			warm, n = warm+math.Log(l.New.Summary.Center/l.Old.Summary.Center), n+1
		}
	}
	if m := got.Geomean; len(m) != 1 || m[0].Unit != bench.Seconds || m[0].N != n || math.Abs(m[0].Ratio-math.Exp(warm/float64(n))) > 1e-12 {
		t.Errorf("means %+v", m)
	}
}

// reports compares reports that can be.
func reports(t *testing.T, old, new *bench.Report, ignore ...string) *compare.Result {
	t.Helper()
	r, err := compare.Reports(old, new, ignore...)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// row has six samples around x, or with less spread none that tells it from others.
func row(name string, x float64) bench.Row {
	r := bench.Row{Name: name, Unit: bench.Seconds}
	for i := range 6 {
		r.Samples, r.Iterations = append(r.Samples, x*(1+float64(i)/1000)), append(r.Iterations, 1)
	}
	return r
}

func TestRegressions(t *testing.T) {
	t.Parallel()
	rate := func(x float64) bench.Row {
		r := row("Rate", x)
		r.Unit = "B/s"
		return r
	}
	failed := func(name string) bench.Row { return bench.Row{Name: name, Unit: bench.Seconds, Failure: "killed"} }
	old := &bench.Report{Rows: []bench.Row{row("same", 1), row("slower", 1), row("faster", 1), rate(1), row("dies", 1), failed("dead"), failed("risen"), row("gone", 1)}}
	noisy := row("noisy", 1)
	old.Rows = append(old.Rows, noisy)
	noisy.Samples = []float64{0.5, 0.6, 0.7, 1.2, 3, 9}
	new := &bench.Report{Rows: []bench.Row{row("same", 1), row("slower", 1.1), row("faster", 0.9), rate(0.5), failed("dies"), failed("dead"), row("risen", 1), row("fresh", 1), noisy}}
	r := reports(t, old, new)
	for above, want := range map[float64]string{1: "slower Rate dies gone", 1.05: "slower Rate dies gone", 1.2: "Rate dies gone", 3: "dies gone"} {
		var names []string
		for _, l := range r.Regressions(above) {
			names = append(names, l.Name)
		}
		if got := strings.Join(names, " "); got != want {
			t.Errorf("above %v: got %s, want %s", above, got, want)
		}
	}
	for _, l := range r.Lines {
		if (l.Name == "gone") != (l.New == nil) || (l.Name == "fresh") != (l.Old == nil) {
			t.Errorf("%s: old %v, new %v", l.Name, l.Old, l.New)
		}
		if (l.Name == "noisy" || l.Name == "same") && l.Delta != "~" {
			t.Errorf("%s: change %s, want ~", l.Name, l.Delta)
		}
	}
	if m := r.Geomean; len(m) != 2 || m[0].N != 4 || m[1].Ratio != 0.5 {
		t.Errorf("means %+v", m)
	}
	if r.Common() != 8 {
		t.Errorf("%d rows in common", r.Common())
	}
	var names []string
	for _, l := range r.Unjudged() {
		names = append(names, l.Name)
	}
	if got := strings.Join(names, " "); got != "dead risen fresh" {
		t.Errorf("not judged: %s", got)
	}
}

// Where no samples of their numbers could differ significantly, they are not called equal.
func TestTooFew(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		n, m int
		few  bool
	}{{1, 1, true}, {3, 3, true}, {4, 4, false}, {1, 9, true}, {1, 39, false}, {2, 7, true}, {2, 8, false}} {
		old, new := row("x", 1), row("x", 100)
		fill := func(r *bench.Row, n int, x float64) {
			r.Samples = nil
			for i := range n {
				r.Samples = append(r.Samples, x+float64(i)/1000)
			}
		}
		fill(&old, c.n, 1)
		fill(&new, c.m, 100)
		r := reports(t, &bench.Report{Rows: []bench.Row{old}}, &bench.Report{Rows: []bench.Row{new}})
		// Samples as far from each other as can be are significant, unless they are too few.
		if l := r.Lines[0]; l.TooFew != c.few || l.Significant == c.few || len(r.Unjudged()) == 1 != c.few {
			t.Errorf("%d and %d samples: too few %t, significant %t, p %v", c.n, c.m, l.TooFew, l.Significant, l.Test.P)
		}
		if said := r.Table(0)[0][5]; strings.HasPrefix(said, "too few samples (n=") != c.few {
			t.Errorf("%d and %d samples: %s", c.n, c.m, said)
		}
	}
}

// That a row is at most so much worse is a claim of its whole interval.
func TestAtMost(t *testing.T) {
	t.Parallel()
	rate := func(x float64) bench.Row {
		r := row("Rate", x)
		r.Unit = "B/s"
		return r
	}
	few := row("few", 1)
	few.Samples, few.Iterations = few.Samples[:1], few.Iterations[:1]
	old := &bench.Report{Rows: []bench.Row{row("same", 1), row("slower", 1), rate(1), few}}
	new := &bench.Report{Rows: []bench.Row{row("same", 1), row("slower", 1.1), rate(1 / 1.1), few}}
	r := reports(t, old, new)
	for above, want := range map[float64]string{1.001: "not shown, not shown, not shown, -", 1.01: "yes, not shown, not shown, -", 1.104: "yes, not shown, not shown, -", 1.11: "yes, yes, yes, -"} {
		var said []string
		for _, l := range r.Table(above)[:4] {
			said = append(said, l[6])
		}
		if got := strings.Join(said, ", "); got != want {
			t.Errorf("at most %v: got %s, want %s", above, got, want)
		}
	}
}

// Means are of what a user waits for, once: no cold rows, no phases beside their total, no
// ceilings.
func TestGeomean(t *testing.T) {
	t.Parallel()
	kept := []string{"MSM/log2n=10/state=warm", "Model/model=x/phase=total/state=warm"}
	left := []string{"MSM/log2n=10/state=cold", "Model/model=x/phase=prove/state=warm", "Model/model=x/phase=total/state=cold",
		"Model/model=x/phase=setup/state=once", bench.CeilingName("mul64", true, 0)}
	old, new := &bench.Report{}, &bench.Report{}
	for _, name := range kept {
		old.Rows, new.Rows = append(old.Rows, row(name, 1)), append(new.Rows, row(name, 2))
	}
	for _, name := range left {
		old.Rows, new.Rows = append(old.Rows, row(name, 1)), append(new.Rows, row(name, 8))
	}
	if m := reports(t, old, new).Geomean; len(m) != 1 || m[0].N != 2 || math.Abs(m[0].Ratio-2) > 1e-12 {
		t.Errorf("means %+v", m)
	}
}

// A slower machine is no regression, but worth a word.
func TestDrift(t *testing.T) {
	t.Parallel()
	name := bench.CeilingName("mul64", true, 0)
	r := reports(t, &bench.Report{Rows: []bench.Row{row(name, 1), row("NTT", 1)}}, &bench.Report{Rows: []bench.Row{row(name, 0.9), row("NTT", 0.9)}})
	if d := r.Drift(1.05); len(d) != 1 || d[0].Name != name {
		t.Errorf("got %+v", d)
	}
	if d, w := r.Drift(1.2), r.Regressions(1); len(d) != 0 || len(w) != 0 {
		t.Errorf("got %+v and %+v", d, w)
	}
}

// A device is compared with another if its name is ignored, and the interval of a ratio is
// from the ends of the intervals of medians.
func TestIgnore(t *testing.T) {
	t.Parallel()
	old := &bench.Report{Rows: []bench.Row{row("MSM/log2n=10/device=cpu", 4)}}
	new := &bench.Report{Rows: []bench.Row{row("MSM/log2n=10/device=icicle:0", 1)}}
	if r := reports(t, old, new); len(r.Lines) != 2 || len(r.Geomean) != 0 {
		t.Errorf("%d lines of different devices, want two", len(r.Lines))
	}
	r := reports(t, old, new, "device")
	if len(r.Lines) != 1 {
		t.Fatalf("%d lines, want one", len(r.Lines))
	}
	l := r.Lines[0]
	if l.Name != "MSM/log2n=10" || math.Abs(l.Ratio-0.25) > 1e-12 || l.Low >= l.Ratio || l.High <= l.Ratio {
		t.Errorf("got %+v", l)
	}
	if a, b := l.Old.Summary, l.New.Summary; l.Low != b.Lo/a.Hi || l.High != b.Hi/a.Lo {
		t.Errorf("interval %v to %v of %+v and %+v", l.Low, l.High, a, b)
	}
}

// Rows of two devices in one run are not samples of one thing.
func TestIgnoreMerges(t *testing.T) {
	t.Parallel()
	one := &bench.Report{Rows: []bench.Row{row("MSM/device=cpu", 4)}}
	two := &bench.Report{Rows: []bench.Row{row("MSM/device=cpu", 4), row("MSM/device=icicle:0", 1)}}
	for _, pair := range [][2]*bench.Report{{one, two}, {two, one}} {
		if _, err := compare.Reports(pair[0], pair[1], "device"); !errors.Is(err, compare.ErrMerged) || !strings.Contains(err.Error(), "MSM/device=icicle:0") {
			t.Errorf("got %v", err)
		}
	}
	reports(t, one, two)
}

func TestTable(t *testing.T) {
	t.Parallel()
	old, new := read(t, "old.txt"), read(t, "new.txt")
	old.Rows = append(old.Rows, bench.Row{Name: "LogUp/state=warm", Unit: bench.Seconds, Failure: "timed out\nafter 1s"})
	var got strings.Builder
	for _, l := range reports(t, old, new).Table(1.1) {
		fmt.Fprintln(&got, strings.TrimRight(strings.Join(l, " | "), " |"))
	}
	if *update {
		if err := os.WriteFile("testdata/table.txt", []byte(got.String()), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile("testdata/table.txt")
	if err != nil {
		t.Fatal(err)
	}
	if got.String() != string(want) {
		t.Errorf("got\n%swant\n%s", got.String(), want)
	}
}
