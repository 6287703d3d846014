// SPDX-License-Identifier: Apache-2.0

package report

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/perf/benchunit"

	"github.com/zkml-go/zkml/bench"
)

// Columns are the heads of Table.
var Columns = []string{"benchmark", "device", "state", "n", "median", "±", "vs cpu", "per element", "of ceiling", "peak", "energy", "also"}

// Table returns the rows for people, each with the fields of Columns. Of a row that failed
// the fourth says why.
func Table(r *bench.Report) [][]string {
	ceilings := r.Ceilings()
	var out [][]string
	for i := range r.Rows {
		row := &r.Rows[i]
		line := []string{bench.Without(row.Name, "device", "state"), dash(row.Param("device")), dash(row.Param("state"))}
		if row.Failure != "" {
			why := "FAILED: " + oneLine(row.Failure)
			if row.PeakBytes > 0 {
				why += ", peak " + size(row.PeakBytes)
			}
			out = append(out, append(line, why))
			continue
		}
		s := row.Summary()
		line = append(line, fmt.Sprint(len(row.Samples)), quantity(s.Center, row.Unit), dash(spread(row)), speedup(r, row), "-", share(ceilings, row),
			dash(size(row.PeakBytes)), energy(row), metrics(row))
		if row.Elements > 1 && row.Unit == bench.Seconds {
			line[7] = quantity(s.Center/float64(row.Elements), row.Unit)
		}
		out = append(out, line)
	}
	return out
}

func dash(s string) string {
	if s == "" {
		return "-"
	}
	return s
}

// quantity formats a value with its unit: seconds without "/op".
func quantity(x float64, unit string) string {
	if unit == bench.Seconds {
		unit = "s"
	}
	class := benchunit.ClassOf(unit)
	return strings.TrimSpace(benchunit.Scale(x, class) + unit)
}

// spread is how far the median is from the farther end of its confidence interval, in
// percent. A single sample has none.
func spread(row *bench.Row) string {
	if len(row.Samples) < 2 {
		return ""
	}
	s := row.Summary()
	return s.PctRangeString()
}

// speedup is how much less time a row took than the one of the CPU; the CPU has none.
func speedup(r *bench.Report, row *bench.Row) string {
	device := row.Param("device")
	if device == "" || device == cpuDevice {
		return "-"
	}
	name := strings.Replace(row.Name, "/device="+device, "/device="+cpuDevice, 1)
	i := slices.IndexFunc(r.Rows, func(x bench.Row) bool { return x.Name == name && x.Failure == "" && len(x.Samples) > 0 })
	if i < 0 {
		return "-"
	}
	return fmt.Sprintf("%.2f×", r.Rows[i].Value()/row.Value())
}

// share is the roofline. More than 100 % is a mistake, and says so.
func share(c *bench.Ceilings, row *bench.Row) string {
	s, ok, err := c.Share(row)
	switch {
	case !ok:
		return "-"
	case err != nil:
		return s.String() + " (impossible)"
	}
	return s.String()
}

func size(n int64) string {
	if n == 0 {
		return ""
	}
	return quantity(float64(n), "B")
}

// metrics are the other facts.
func metrics(row *bench.Row) string {
	var parts []string
	for _, m := range row.Metrics {
		parts = append(parts, strconv.FormatFloat(digits(m.Value), 'f', -1, 64)+" "+m.Unit)
	}
	return strings.Join(parts, ", ")
}

// energy is what was reported, of each source.
func energy(row *bench.Row) string {
	var parts []string
	for _, e := range row.Energy {
		parts = append(parts, quantity(e.Joules, "J")+" "+e.Source)
	}
	if len(parts) == 0 {
		return "not reported"
	}
	return strings.Join(parts, ", ")
}
