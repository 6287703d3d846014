// SPDX-License-Identifier: Apache-2.0

package compare

import (
	"errors"
	"fmt"
	"math"
	"slices"

	"golang.org/x/perf/benchmath"

	"github.com/zkml-go/zkml/bench"
)

// A Line is a row that two runs have, or one of them.
type Line struct {
	Name, Unit string
	// Old and New are nil where a run has no such row.
	Old, New *Side
	// Ratio is New over Old, of medians; NaN if one is missing. The true ratio is between
	// Low and High if both medians are in their 95 % confidence intervals, of which one can
	// be sure to about 90 %: 0.95² if the runs are independent. They are infinite where
	// samples are too few.
	Ratio, Low, High float64
	// Delta is "~" where the samples do not tell the runs apart, "+3.10%" where they do, ""
	// if there is nothing to compare. TooFew says that no samples of these numbers could.
	Delta  string
	TooFew bool
	// Test has the p-value and the numbers of samples.
	Test benchmath.Comparison
	// Significant says that Delta is not "~".
	Significant bool
}

// A Side is the row of one run.
type Side struct {
	Samples []float64
	Summary benchmath.Summary
	Failure string
}

// A Result is a comparison.
type Result struct {
	Lines []Line
	// Geomean is the geometric mean of the ratios of the rows of a unit that both runs
	// have: warm ones, of models their totals. Ceilings are left out.
	Geomean []Mean
}

// A Mean is a geometric mean of the ratios of N rows.
type Mean struct {
	Unit  string
	Ratio float64
	N     int
}

// ErrMerged is wrapped when names without the ignored parameters are those of several rows
// of one run: they are not one thing that was measured several times.
var ErrMerged = errors.New("two rows of one run would be one")

// Reports compares the rows of equal names, in the order of old, then those that only new
// has. Parameters with one of the ignored keys are taken out of names first.
func Reports(old, new *bench.Report, ignore ...string) (*Result, error) {
	a, err := collect(old, ignore)
	if err != nil {
		return nil, fmt.Errorf("old: %w", err)
	}
	b, err := collect(new, ignore)
	if err != nil {
		return nil, fmt.Errorf("new: %w", err)
	}
	r := &Result{}
	for _, name := range append(a.order, b.order...) {
		if slices.ContainsFunc(r.Lines, func(l Line) bool { return l.Name == name }) {
			continue
		}
		r.Lines = append(r.Lines, line(a.rows[name], b.rows[name]))
	}
	r.means()
	return r, nil
}

type rows struct {
	order []string
	rows  map[string]*bench.Row
}

func collect(r *bench.Report, ignore []string) (*rows, error) {
	out, from := &rows{rows: map[string]*bench.Row{}}, map[string]string{}
	for _, row := range r.Rows {
		full := row.Name
		row.Name = bench.Without(full, ignore...)
		if other, ok := from[row.Name]; ok {
			return nil, fmt.Errorf("%w: %s and %s", ErrMerged, other, full)
		}
		from[row.Name] = full
		out.order, out.rows[row.Name] = append(out.order, row.Name), &row
	}
	return out, nil
}

func line(old, new *bench.Row) Line {
	l := Line{Ratio: math.NaN(), Low: math.NaN(), High: math.NaN(), Old: side(old), New: side(new)}
	for _, row := range []*bench.Row{new, old} {
		if row != nil && (l.Name == "" || len(row.Samples) > 0) {
			l.Name, l.Unit = row.Name, row.Unit
		}
	}
	if l.Old == nil || l.New == nil || len(l.Old.Samples) == 0 || len(l.New.Samples) == 0 || old.Unit != new.Unit {
		return l
	}
	x, y := benchmath.NewSample(slices.Clone(l.Old.Samples), &benchmath.DefaultThresholds), benchmath.NewSample(slices.Clone(l.New.Samples), &benchmath.DefaultThresholds)
	l.Test = benchmath.AssumeNothing.Compare(x, y)
	l.Delta = l.Test.FormatDelta(l.Old.Summary.Center, l.New.Summary.Center)
	l.Significant = l.Test.P <= l.Test.Alpha
	l.TooFew = leastP(len(l.Old.Samples), len(l.New.Samples)) > l.Test.Alpha
	l.Ratio = l.New.Summary.Center / l.Old.Summary.Center
	l.Low, l.High = l.New.Summary.Lo/l.Old.Summary.Hi, l.New.Summary.Hi/l.Old.Summary.Lo
	if !bounded(l.Old) || !bounded(l.New) {
		l.Low, l.High = math.Inf(-1), math.Inf(1)
	}
	return l
}

// leastP returns the smallest p-value that the Mann-Whitney U test has for n and m samples:
// of all orders in which they may lie, two are the most extreme.
func leastP(n, m int) float64 {
	orders := 1.0 // n + m over n
	for i := 1; i <= n; i++ {
		orders *= float64(m+i) / float64(i)
	}
	return math.Min(1, 2/orders)
}

// side returns the part of a row that is compared. The samples of a row that failed are not.
func side(row *bench.Row) *Side {
	if row == nil {
		return nil
	}
	if row.Failure != "" || len(row.Samples) == 0 {
		return &Side{Failure: row.Failure}
	}
	return &Side{Samples: row.Samples, Summary: row.Summary()}
}

// means computes the geometric means of the ratios, by unit.
func (r *Result) means() {
	for i := range r.Lines {
		l := &r.Lines[i]
		if !(l.Ratio > 0) || math.IsInf(l.Ratio, 0) || !averaged(l.Name) {
			continue
		}
		k := slices.IndexFunc(r.Geomean, func(m Mean) bool { return m.Unit == l.Unit })
		if k < 0 {
			k = len(r.Geomean)
			r.Geomean = append(r.Geomean, Mean{Unit: l.Unit})
		}
		m := &r.Geomean[k]
		m.Ratio += math.Log(l.Ratio)
		m.N++
	}
	for k := range r.Geomean {
		m := &r.Geomean[k]
		m.Ratio = math.Exp(m.Ratio / float64(m.N))
	}
}

// Drift returns the ceilings that differ significantly, and by more than a ratio: what the
// machine of one run did at best, that of the other did not.
func (r *Result) Drift(above float64) []Line {
	var out []Line
	for _, l := range r.Lines {
		if bench.IsCeiling(l.Name) && l.Significant && max(l.Ratio, 1/l.Ratio) > above {
			out = append(out, l)
		}
	}
	return out
}

// averaged reports whether a row is in geometric means: cold rows have few samples, phases
// are in their totals, and ceilings are the machine's.
func averaged(name string) bool {
	r := bench.Row{Name: name}
	state, phase := r.Param("state"), r.Param("phase")
	return !bench.IsCeiling(name) && (state == "" || state == "warm") && (phase == "" || phase == "total")
}

// Common returns the number of rows that both runs have, without ceilings.
func (r *Result) Common() (n int) {
	for _, l := range r.Lines {
		if l.Old != nil && l.New != nil && !bench.IsCeiling(l.Name) {
			n++
		}
	}
	return n
}

// Regressions returns the lines that differ significantly and whose median is worse in new
// by more than a ratio, and those that have samples in old and none in new: they failed, or
// are gone. Ceilings are the machine's and count as neither.
func (r *Result) Regressions(above float64) []Line {
	var out []Line
	for _, l := range r.Lines {
		if bench.IsCeiling(l.Name) {
			continue
		}
		if l.lost() || l.Significant && l.worse(l.Ratio) > above {
			out = append(out, l)
		}
	}
	return out
}

// Unjudged returns the lines of which Regressions can say nothing: their samples are too
// few, or old has none.
func (r *Result) Unjudged() []Line {
	var out []Line
	for _, l := range r.Lines {
		if !bench.IsCeiling(l.Name) && !l.lost() && (l.TooFew || math.IsNaN(l.Ratio)) {
			out = append(out, l)
		}
	}
	return out
}

// lost reports whether old has samples and new has none.
func (l *Line) lost() bool {
	return l.Old != nil && len(l.Old.Samples) > 0 && (l.New == nil || len(l.New.Samples) == 0)
}

// worse returns how much worse a ratio is: rates are better if they are higher.
func (l *Line) worse(ratio float64) float64 {
	if higherIsBetter(l.Unit) {
		return 1 / ratio
	}
	return ratio
}

// AtMost reports whether the whole interval of the ratio is no worse than above: a claim,
// which a change that is not significant is none of.
func (l *Line) AtMost(above float64) bool {
	end := l.High
	if higherIsBetter(l.Unit) {
		end = l.Low
	}
	return l.bounded() && l.worse(end) <= above
}

// bounded reports whether the ratio has an interval.
func (l *Line) bounded() bool {
	return !math.IsNaN(l.Low) && !math.IsInf(l.Low, 0) && !math.IsNaN(l.High) && !math.IsInf(l.High, 0)
}

// higherIsBetter is true of rates.
func higherIsBetter(unit string) bool { return len(unit) > 2 && unit[len(unit)-2:] == "/s" }

// bounded reports whether a median has a confidence interval.
func bounded(s *Side) bool { return !math.IsInf(s.Summary.Lo, 0) && !math.IsInf(s.Summary.Hi, 0) }
