// SPDX-License-Identifier: Apache-2.0

package compare

import (
	"fmt"
	"math"
	"strings"

	"golang.org/x/perf/benchunit"

	"github.com/zkml-go/zkml/bench"
)

// Columns returns the heads of Table.
func Columns(above float64) []string {
	columns := []string{"benchmark", "old", "new", "new/old", "interval", "change"}
	if above != 0 {
		columns = append(columns, fmt.Sprintf("at most %v", above))
	}
	return columns
}

// Table returns a comparison for people, each line with the fields of Columns: medians, each
// with the farther end of its confidence interval, the ratio and its interval, the change or
// ~ with the p-value and the numbers of samples. If above is not 0, the last field says
// whether the whole interval is no worse than that. The last lines are geometric means.
func (r *Result) Table(above float64) [][]string {
	var out [][]string
	for i := range r.Lines {
		l := &r.Lines[i]
		line := []string{l.Name, l.Old.String(l.Unit), l.New.String(l.Unit), "-", "-", "-"}
		if l.Delta != "" {
			line[3], line[4], line[5] = ratio(l.Ratio), interval(l), fmt.Sprintf("%s (%s)", l.Delta, l.Test)
			if l.TooFew {
				line[5] = tooFew + " " + numbers(l)
			}
		}
		if above != 0 {
			line = append(line, claim(l, above))
		}
		out = append(out, line)
	}
	for _, m := range r.Geomean {
		out = append(out, []string{fmt.Sprintf("geomean of %d, %s", m.N, m.Unit), "", "", ratio(m.Ratio), "", ""})
	}
	return out
}

const tooFew = "too few samples"

// numbers returns the numbers of samples of a line.
func numbers(l *Line) string {
	if len(l.Old.Samples) == len(l.New.Samples) {
		return fmt.Sprintf("(n=%d)", len(l.Old.Samples))
	}
	return fmt.Sprintf("(n=%d+%d)", len(l.Old.Samples), len(l.New.Samples))
}

// claim says whether a ratio is surely no worse than above.
func claim(l *Line, above float64) string {
	switch {
	case !l.bounded():
		return "-"
	case l.AtMost(above):
		return "yes"
	}
	return "not shown"
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

func interval(l *Line) string {
	if !l.bounded() {
		return tooFew
	}
	return ratio(l.Low) + " to " + ratio(l.High)
}

// Data returns a comparison as JSON has it: numbers that are not finite are missing. The
// claims of rows are there if above is not 0.
func (r *Result) Data(above float64) any {
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
		TooFew      bool     `json:"too_few"`
		AtMost      *bool    `json:"at_most,omitempty"`
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
		lines[i] = line{l.Name, l.Unit, of(l.Old), of(l.New), finite(l.Ratio), finite(l.Low), finite(l.High), nil, l.Significant, l.TooFew, nil}
		if l.Delta != "" {
			lines[i].P = finite(l.Test.P)
		}
		if above != 0 && l.bounded() {
			lines[i].AtMost = new(l.AtMost(above))
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
