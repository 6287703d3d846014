// SPDX-License-Identifier: Apache-2.0

// Package bench is what a run of benchmarks found: rows, each with all its samples, what
// they were measured on, and what share of the machine's best they reach.
//
// Packages below it measure (measure, with kernels of package micro and models of package
// model, on what package machine describes), write (report) and compare.
package bench

import (
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode"

	"golang.org/x/perf/benchmath"

	"github.com/zkml-go/zkml/bench/machine"
)

// Schema is the version of the JSON form.
const Schema = 1

// A Report is a run.
type Report struct {
	Schema  int             `json:"schema"`
	Machine machine.Machine `json:"machine"`
	// Devices are the devices that were asked for, with what they say they are.
	Devices []Device `json:"devices"`
	// Commit, Date, Load and Command say when and how the run was made: Load is the load
	// averages at its start.
	Commit  string    `json:"commit"`
	Date    time.Time `json:"date"`
	Load    string    `json:"load"`
	Command string    `json:"command"`
	// Settings are what the command line decides: repetitions and limits, by flag.
	Settings map[string]string `json:"settings"`
	Rows     []Row             `json:"rows"`
}

// A Device is what rows with its name were measured on.
type Device struct {
	Name        string `json:"name"`
	Description string `json:"description"`
}

// A Row is one thing that was measured, or failed.
type Row struct {
	// Name is the name of the benchmark and its parameters: "MSM/group=G1/log2n=16/…".
	Name string `json:"name"`
	// Unit is that of the samples: sec/op, or mul/s and B/s of ceilings.
	Unit string `json:"unit"`
	// Samples are all repetitions, in their order. Sample i is the mean of Iterations[i]
	// operations.
	Samples    []float64 `json:"samples"`
	Iterations []int     `json:"iterations"`
	// Elements is how many things an operation works on: points, field elements. 0 if that
	// means nothing.
	Elements int `json:"elements,omitempty"`
	// Work is what an operation takes at least, for the roofline.
	Work Work `json:"work"`
	// PeakBytes is the largest resident set of the process that measured, since what is
	// measured began; 0 if the system does not tell. Inputs count.
	PeakBytes int64 `json:"peak_bytes"`
	// Energy is what an operation took, in joules, of each part of the machine that
	// reports; empty is "not reported".
	Energy []machine.Joules `json:"energy,omitempty"`
	// Metrics are other facts: constraints, sizes.
	Metrics []Metric `json:"metrics,omitempty"`
	// Failure says why there are no samples, or why they are not to be believed.
	Failure string `json:"failure,omitempty"`
}

// A Metric is an exact number.
type Metric struct {
	Unit  string  `json:"unit"`
	Value float64 `json:"value"`
}

// Seconds is the unit of times.
const Seconds = "sec/op"

// Confidence of all intervals.
const Confidence = 0.95

// Summary returns the median and its confidence interval, by the method of benchstat. A
// row without samples has none.
func (r *Row) Summary() benchmath.Summary {
	return benchmath.AssumeNothing.Summary(benchmath.NewSample(slices.Clone(r.Samples), &benchmath.DefaultThresholds), Confidence)
}

// Value returns the median of the samples.
func (r *Row) Value() float64 { return r.Summary().Center }

// A Param is a part of a name.
type Param struct{ Key, Value string }

// Base returns the name without parameters.
func (r *Row) Base() string {
	base, _, _ := strings.Cut(r.Name, "/")
	return base
}

// ceiling is the base of the names of what a machine does at best.
const ceiling = "Ceiling"

// IsCeiling reports whether a row, or a case, of a name is of the machine and no program's.
func IsCeiling(name string) bool { return strings.HasPrefix(name, ceiling+"/") }

// Params returns the parameters in a name, in their order.
func (r *Row) Params() []Param {
	var out []Param
	for _, part := range strings.Split(r.Name, "/")[1:] {
		key, value, _ := strings.Cut(part, "=")
		out = append(out, Param{key, value})
	}
	return out
}

// Param returns the value of a parameter, or "".
func (r *Row) Param(key string) string {
	for _, p := range r.Params() {
		if p.Key == key {
			return p.Value
		}
	}
	return ""
}

// With returns a name with a parameter added at its end. What would end a name, or a
// parameter, becomes a dash.
func With(name, key, value string) string {
	return fmt.Sprintf("%s/%s=%s", name, key, strings.Map(func(r rune) rune {
		if r == '/' || unicode.IsSpace(r) {
			return '-'
		}
		return r
	}, value))
}

// Without returns a name without some of its parameters.
func Without(name string, keys ...string) string {
	parts := strings.Split(name, "/")
	return strings.Join(slices.DeleteFunc(parts, func(p string) bool {
		key, _, ok := strings.Cut(p, "=")
		return ok && slices.Contains(keys, key)
	}), "/")
}

// Add adds a row. A row of the same name has the samples added to its own: they are other
// processes that did the same. Energy and metrics stay those of the first.
func (r *Report) Add(row Row) {
	i := slices.IndexFunc(r.Rows, func(x Row) bool { return x.Name == row.Name })
	if i < 0 {
		r.Rows = append(r.Rows, row)
		return
	}
	x := &r.Rows[i]
	x.Samples, x.Iterations = append(x.Samples, row.Samples...), append(x.Iterations, row.Iterations...)
	x.PeakBytes = max(x.PeakBytes, row.PeakBytes)
	if x.Failure == "" {
		x.Failure = row.Failure
	}
}

// Failed returns the number of rows that failed.
func (r *Report) Failed() int {
	n := 0
	for i := range r.Rows {
		if r.Rows[i].Failure != "" {
			n++
		}
	}
	return n
}
