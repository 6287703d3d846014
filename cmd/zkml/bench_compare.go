// SPDX-License-Identifier: Apache-2.0

package main

import (
	"cmp"
	"errors"
	"fmt"

	"github.com/zkml-go/zkml/bench"
	"github.com/zkml-go/zkml/bench/compare"
	"github.com/zkml-go/zkml/bench/report"
)

type compareOptions struct {
	failAbove float64
	ignore    string
}

// maxDrift is how far the ceilings of two runs of one machine are from each other.
const maxDrift = 1.05

// maxBenchFile bounds a file of results.
const maxBenchFile = 1 << 28

// errRegressed is the error of a comparison with --fail-above.
var errRegressed = errors.New("regressed")

func (e *env) benchCompare(o *compareOptions, paths []string) error {
	if len(paths) != 2 {
		return usagef("compare %d files: want two, OLD and NEW", len(paths))
	}
	if o.failAbove != 0 && !(o.failAbove >= 1) {
		return usagef("--fail-above %v: want a ratio of at least 1", o.failAbove)
	}
	var runs [2]*bench.Report
	for i, path := range paths {
		data, err := readFile(path, maxBenchFile)
		if err != nil {
			return err
		}
		if runs[i], err = report.Read(data); err != nil {
			return badf("%s: %w", path, err)
		}
	}
	result, err := compare.Reports(runs[0], runs[1], fields(o.ignore)...)
	if err != nil {
		return badf("--ignore %s: %w", o.ignore, err)
	}
	if result.Common() == 0 {
		return badf("%s and %s have no row in common", paths[0], paths[1])
	}
	if err := e.compared(runs, result, o.failAbove); err != nil {
		return err
	}
	if d := result.Drift(maxDrift); len(d) > 0 {
		e.message("warning", "the machine is not the same, or not as idle: %s is %.3f of what it was", d[0].Name, d[0].Ratio)
	}
	if o.failAbove == 0 {
		return nil
	}
	if n := len(result.Unjudged()); n > 0 {
		e.message("warning", "%d of %d rows could not be judged: too few samples, or none in %s", n, len(result.Lines), paths[0])
	}
	if worse := result.Regressions(o.failAbove); len(worse) > 0 {
		return fmt.Errorf("%w: %d of %d rows, of which %s is the first", errRegressed, len(worse), len(result.Lines), worse[0].Name)
	}
	return nil
}

// compared prints a comparison, and before it what differs between the machines.
func (e *env) compared(runs [2]*bench.Report, result *compare.Result, above float64) error {
	if e.json {
		return e.result(result.Data(above), nil)
	}
	a, b := &runs[0].Machine, &runs[1].Machine
	var differ []row
	for _, x := range []struct{ key, old, new string }{
		{"commit", runs[0].Commit, runs[1].Commit}, {"cpu", a.CPU, b.CPU}, {"cores", fmt.Sprint(a.Cores), fmt.Sprint(b.Cores)},
		{"memory", a.Memory, b.Memory}, {"threads", fmt.Sprint(a.Threads), fmt.Sprint(b.Threads)}, {"go", a.Go, b.Go}, {"gogc", a.GOGC, b.GOGC},
	} {
		if x.old != x.new {
			differ = append(differ, row{x.key, fmt.Sprintf("%s → %s", cmp.Or(x.old, "not said"), cmp.Or(x.new, "not said"))})
		}
	}
	if err := e.result(nil, differ); err != nil {
		return err
	}
	return e.table(append([][]string{compare.Columns(above)}, result.Table(above)...))
}
