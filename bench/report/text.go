// SPDX-License-Identifier: Apache-2.0

package report

import (
	"fmt"
	"io"
	"maps"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"golang.org/x/perf/benchfmt"

	"github.com/zkml-go/zkml/bench"
)

// Units of the text form, of numbers of which a row has one: they are on the line of its
// first sample only, so that nobody takes them for a sample that does not vary.
const (
	peakUnit   = "peak-B"
	energyUnit = "-J/op"      // after the source
	shareUnit  = "-ceiling-%" // after the ceiling
)

// units say how numbers are to be compared.
var units = []struct{ unit, key, value string }{
	{"mul/s", "better", "higher"},
	{"B/s", "better", "higher"},
	{peakUnit, "better", "lower"},
	{"constraints", "assume", "exact"},
	{"proof-B", "assume", "exact"},
}

// Text writes Go's benchmark format (https://go.dev/design/14313-benchmark-format), which
// benchstat reads: one line for each sample. What describes the machine is configuration;
// what differs from run to run, commit, date, load and command, is in lines that begin with
// #, or benchstat would not compare two runs of a machine. A row without samples, or with
// wrong ones, is a line "--- FAIL: ".
func Text(w io.Writer, r *bench.Report) error {
	if err := remarks(w, r); err != nil {
		return err
	}
	out := benchfmt.NewWriter(w)
	for _, u := range units {
		if err := out.Write(&benchfmt.UnitMetadata{
			UnitMetadataKey: benchfmt.UnitMetadataKey{Unit: u.unit, Key: u.key}, OrigUnit: u.unit, Value: u.value}); err != nil {
			return err
		}
	}
	ceilings := r.Ceilings()
	config := configuration(r)
	for i := range r.Rows {
		row := &r.Rows[i]
		name := fmt.Sprintf("%s-%d", row.Name, r.Machine.Threads)
		if row.Failure != "" {
			if _, err := fmt.Fprintf(w, "--- FAIL: Benchmark%s: %s\n", name, oneLine(row.Failure)); err != nil {
				return err
			}
			continue
		}
		for k, x := range row.Samples {
			line := &benchfmt.Result{Config: config, Name: benchfmt.Name(name), Iters: row.Iterations[k], Values: []benchfmt.Value{sample(x, row.Unit)}}
			if k == 0 {
				line.Values = append(line.Values, facts(row, ceilings)...)
			}
			if err := out.Write(line); err != nil {
				return err
			}
		}
	}
	return nil
}

// remarks writes what benchstat is not to see.
func remarks(w io.Writer, r *bench.Report) error {
	lines := []bench.Param{{Key: "commit", Value: r.Commit}, {Key: "date", Value: r.Date.UTC().Format(time.RFC3339)}, {Key: "load", Value: r.Load}, {Key: "command", Value: r.Command}}
	for _, key := range slices.Sorted(maps.Keys(r.Settings)) {
		if r.Settings[key] == "" {
			continue
		}
		lines = append(lines, bench.Param{Key: settingPrefix + key, Value: r.Settings[key]})
	}
	for _, l := range lines {
		if _, err := fmt.Fprintf(w, "# %s: %s\n", l.Key, oneLine(l.Value)); err != nil {
			return err
		}
	}
	return nil
}

// settingPrefix is before the name of a flag.
const settingPrefix = "--"

// configuration returns the lines that hold for all rows.
func configuration(r *bench.Report) []benchfmt.Config {
	m := &r.Machine
	pairs := []bench.Param{
		{Key: "goos", Value: m.GOOS}, {Key: "goarch", Value: m.GOARCH}, {Key: "pkg", Value: "github.com/zkml-go/zkml"}, {Key: "cpu", Value: m.CPU},
		{Key: "cores", Value: strconv.Itoa(m.Cores)}, {Key: "memory", Value: m.Memory}, {Key: "os", Value: m.OS}, {Key: "kernel", Value: m.Kernel},
		{Key: "go", Value: m.Go}, {Key: "threads", Value: strconv.Itoa(m.Threads)}, {Key: "gogc", Value: m.GOGC},
	}
	for i, g := range m.GPUs {
		pairs = append(pairs, bench.Param{Key: fmt.Sprintf("gpu%d", i), Value: g.String()})
	}
	for _, d := range r.Devices {
		pairs = append(pairs, bench.Param{Key: "device-" + strings.ReplaceAll(d.Name, ":", "-"), Value: d.Description})
	}
	out := make([]benchfmt.Config, len(pairs))
	for i, p := range pairs {
		out[i] = benchfmt.Config{Key: p.Key, Value: []byte(oneLine(p.Value)), File: true}
	}
	return out
}

// sample is a value in the unit that benchmarks have: nanoseconds.
func sample(x float64, unit string) benchfmt.Value {
	if unit == bench.Seconds {
		return benchfmt.Value{Value: x, Unit: unit, OrigValue: digits(x * 1e9), OrigUnit: "ns/op"}
	}
	return benchfmt.Value{Value: digits(x), Unit: unit}
}

// digits rounds to six digits, or to whole numbers: no clock tells more.
func digits(x float64) float64 {
	if math.Abs(x) >= 1e6 {
		return math.Round(x)
	}
	y, err := strconv.ParseFloat(strconv.FormatFloat(x, 'g', 6, 64), 64)
	if err != nil {
		return x
	}
	return y
}

// facts are the numbers of which a row has one.
func facts(row *bench.Row, ceilings *bench.Ceilings) []benchfmt.Value {
	var out []benchfmt.Value
	if row.PeakBytes > 0 {
		out = append(out, benchfmt.Value{Value: float64(row.PeakBytes), Unit: peakUnit})
	}
	for _, e := range row.Energy {
		out = append(out, benchfmt.Value{Value: digits(e.Joules), Unit: e.Source + energyUnit})
	}
	for _, m := range row.Metrics {
		out = append(out, benchfmt.Value{Value: digits(m.Value), Unit: m.Unit})
	}
	if share, ok, _ := ceilings.Share(row); ok {
		out = append(out, benchfmt.Value{Value: digits(100 * share.Of), Unit: share.Ceiling + shareUnit})
	}
	return out
}

// oneLine returns text that breaks no line.
func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }
