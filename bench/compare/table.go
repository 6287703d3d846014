// SPDX-License-Identifier: Apache-2.0

package compare

import (
	"fmt"
	"math"
	"strings"

	"golang.org/x/perf/benchunit"

	"github.com/zkml-go/zkml/bench"
)

// Columns are the heads of Table.
var Columns = []string{"benchmark", "old", "new", "new/old", "interval", "change"}

// Table returns a comparison for people, each line with the fields of Columns: medians with
// half their confidence intervals, the ratio and its interval, the change or ~ with the
// p-value and the numbers of samples. The last lines are geometric means.
func (r *Result) Table() [][]string {
	var out [][]string
	for i := range r.Lines {
		l := &r.Lines[i]
		line := []string{l.Name, l.Old.String(l.Unit), l.New.String(l.Unit), "-", "-", "-"}
		if l.Delta != "" {
			line[3], line[4], line[5] = ratio(l.Ratio), interval(l.Low, l.High), fmt.Sprintf("%s (%s)", l.Delta, l.Test)
		}
		out = append(out, line)
	}
	for _, m := range r.Geomean {
		out = append(out, []string{fmt.Sprintf("geomean of %d, %s", m.N, m.Unit), "", "", ratio(m.Ratio), "", ""})
	}
	return out
}

// String formats a side: its median, why there is none, or that there is no such row.
func (s *Side) String(unit string) string {
	switch {
	case s == nil:
		return "no such row"
	case s.Failure != "":
		return "FAILED: " + strings.Join(strings.Fields(s.Failure), " ")
	case len(s.Samples) == 0:
		return "no samples"
	}
	if unit == bench.Seconds {
		unit = "s"
	}
	return fmt.Sprintf("%s%s ± %s", benchunit.Scale(s.Summary.Center, benchunit.ClassOf(unit)), unit, s.Summary.PctRangeString())
}

func ratio(x float64) string { return fmt.Sprintf("%.3f", x) }

func interval(low, high float64) string {
	if math.IsInf(low, 0) || math.IsInf(high, 0) {
		return "too few samples"
	}
	return ratio(low) + " to " + ratio(high)
}

// Data returns a comparison as JSON has it: numbers that are not finite are missing.
func (r *Result) Data() any {
	type side struct {
		Median  *float64 `json:"median"`
		Low     *float64 `json:"low"`
		High    *float64 `json:"high"`
		N       int      `json:"n"`
		Failure string   `json:"failure,omitempty"`
	}
	type line struct {
		Name        string   `json:"name"`
		Unit        string   `json:"unit"`
		Old         *side    `json:"old"`
		New         *side    `json:"new"`
		Ratio       *float64 `json:"ratio"`
		Low         *float64 `json:"low"`
		High        *float64 `json:"high"`
		P           *float64 `json:"p"`
		Significant bool     `json:"significant"`
	}
	type mean struct {
		Unit  string  `json:"unit"`
		Ratio float64 `json:"ratio"`
		N     int     `json:"n"`
	}
	of := func(s *Side) *side {
		if s == nil {
			return nil
		}
		out := &side{N: len(s.Samples), Failure: s.Failure}
		if out.N > 0 {
			if out.Median = finite(s.Summary.Center); finite(s.Summary.Lo) != nil && finite(s.Summary.Hi) != nil {
				out.Low, out.High = &s.Summary.Lo, &s.Summary.Hi
			}
		}
		return out
	}
	lines, means := make([]line, len(r.Lines)), make([]mean, len(r.Geomean))
	for i := range r.Lines {
		l := &r.Lines[i]
		lines[i] = line{l.Name, l.Unit, of(l.Old), of(l.New), finite(l.Ratio), finite(l.Low), finite(l.High), nil, l.Significant}
		if l.Delta != "" {
			lines[i].P = finite(l.Test.P)
		}
	}
	for i, m := range r.Geomean {
		means[i] = mean(m)
	}
	return map[string]any{"rows": lines, "geomean": means}
}

func finite(x float64) *float64 {
	if math.IsInf(x, 0) || math.IsNaN(x) {
		return nil
	}
	return &x
}
