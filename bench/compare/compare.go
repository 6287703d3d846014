// SPDX-License-Identifier: Apache-2.0

package compare

import (
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
	// Low and High if both medians are in their confidence intervals; these are infinite
	// where samples are too few.
	Ratio, Low, High float64
	// Delta is "~" where the samples do not tell the runs apart, "+3.10%" where they do, ""
	// if there is nothing to compare.
	Delta string
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
	// Geomean is the geometric mean of the ratios of all rows of a unit that both runs have.
	Geomean []Mean
}

// A Mean is a geometric mean of the ratios of N rows.
type Mean struct {
	Unit  string
	Ratio float64
	N     int
}

// Reports compares the rows of equal names, in the order of old, then those that only new
// has. Parameters with one of the ignored keys are taken out of names first, and rows of one
// run that then have one name are one.
func Reports(old, new *bench.Report, ignore ...string) *Result {
	a, b := collect(old, ignore), collect(new, ignore)
	r := &Result{}
	for _, name := range append(a.order, b.order...) {
		if slices.ContainsFunc(r.Lines, func(l Line) bool { return l.Name == name }) {
			continue
		}
		r.Lines = append(r.Lines, line(a.rows[name], b.rows[name]))
	}
	r.means()
	return r
}

type rows struct {
	order []string
	rows  map[string]*bench.Row
}

func collect(r *bench.Report, ignore []string) *rows {
	merged := &bench.Report{}
	for _, row := range r.Rows {
		row.Name = bench.Without(row.Name, ignore...)
		row.Samples, row.Iterations = slices.Clone(row.Samples), slices.Clone(row.Iterations)
		merged.Add(row)
	}
	out := &rows{rows: map[string]*bench.Row{}}
	for i := range merged.Rows {
		row := &merged.Rows[i]
		out.order, out.rows[row.Name] = append(out.order, row.Name), row
	}
	return out
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
	l.Ratio = l.New.Summary.Center / l.Old.Summary.Center
	l.Low, l.High = l.New.Summary.Lo/l.Old.Summary.Hi, l.New.Summary.Hi/l.Old.Summary.Lo
	if !bounded(l.Old) || !bounded(l.New) {
		l.Low, l.High = math.Inf(-1), math.Inf(1)
	}
	return l
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
		if !(l.Ratio > 0) || math.IsInf(l.Ratio, 0) {
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

// Regressions returns the lines that are significantly worse in new by more than a ratio,
// and those that failed in new and did not in old. Ceilings are the machine's and count as
// neither.
func (r *Result) Regressions(above float64) []Line {
	var out []Line
	for _, l := range r.Lines {
		if bench.IsCeiling(l.Name) {
			continue
		}
		failed := l.Old != nil && l.Old.Failure == "" && l.New != nil && l.New.Failure != ""
		worse := l.Ratio
		if higherIsBetter(l.Unit) {
			worse = 1 / l.Ratio
		}
		if failed || l.Significant && worse > above {
			out = append(out, l)
		}
	}
	return out
}

// higherIsBetter is true of rates.
func higherIsBetter(unit string) bool { return len(unit) > 2 && unit[len(unit)-2:] == "/s" }

// bounded reports whether a median has a confidence interval.
func bounded(s *Side) bool { return !math.IsInf(s.Summary.Lo, 0) && !math.IsInf(s.Summary.Hi, 0) }
