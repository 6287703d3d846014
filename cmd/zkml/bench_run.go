// SPDX-License-Identifier: Apache-2.0

package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/zkml-go/zkml/bench"
	"github.com/zkml-go/zkml/bench/machine"
	"github.com/zkml-go/zkml/bench/measure"
	"github.com/zkml-go/zkml/bench/report"
	"github.com/zkml-go/zkml/internal/atomicfile"
)

// benchChild is the argument that makes the command a process that measures.
const benchChild = "child"

// benchChild measures what standard input says.
func (e *env) benchChild() error {
	return measure.Serve(e.ctx, os.Stdin, e.stdout, func(s measure.Spec) ([]measure.Case, error) { return benchCases(s.Sizes, s.Models) }, openBenchDevice)
}

func (e *env) bench(o *benchOptions) error {
	p, err := o.plan()
	if err != nil {
		return err
	}
	for _, name := range p.devices {
		if err := checkDevice(name); err != nil {
			return err
		}
	}
	if o.list {
		specs, err := p.cases(o.roofline)
		if err != nil {
			return err
		}
		return e.benchList(specs)
	}
	if o.out != "" {
		if err := os.MkdirAll(o.out, 0o777); err != nil {
			return bad(err)
		}
	}
	r := &bench.Report{Schema: bench.Schema, Machine: machine.This(), Commit: machine.Commit(), Date: time.Now().UTC().Truncate(time.Second),
		Load: machine.Load(), Command: o.command, Settings: o.settings()}
	if r.Devices, err = p.describe(e.ctx); err != nil {
		return err
	}
	specs, err := p.cases(o.roofline)
	if err != nil {
		return err
	}
	measuring := e.measureAll(r, specs, o, p.memory)
	for i := range r.Rows {
		if _, _, err := r.Ceilings().Share(&r.Rows[i]); err != nil {
			e.message("warning", "%v", err)
		}
	}
	if n := r.Failed(); n > 0 {
		e.message("warning", "%d of %d rows failed; they are in the report with their reasons", n, len(r.Rows))
	}
	if err := e.benchReport(r, o); err != nil {
		return err
	}
	return measuring
}

// measureAll adds the rows of all cases to r. An error is that of an interrupt: what was
// measured until then is in r.
func (e *env) measureAll(r *bench.Report, specs []measure.Spec, o *benchOptions, memory int64) error {
	self, err := thisProgram()
	if err != nil {
		return err
	}
	runner := &measure.Runner{Timeout: o.timeout, Memory: memory, Command: func(ctx context.Context) *exec.Cmd {
		cmd := exec.CommandContext(ctx, self, "bench", benchChild)
		cmd.Args[0] = os.Args[0]
		return cmd
	}}
	for i, spec := range specs {
		fmt.Fprintf(e.stderr, "zkml: bench %d/%d: %s\n", i+1, len(specs), spec.Name())
		spec.Count, spec.Time, spec.Limit, spec.Cold = o.count, o.time, o.limit, o.cold > 0
		processes := max(1, o.cold)
		if bench.IsCeiling(spec.Case) {
			spec.Count, spec.Time, processes = ceilingSamples, max(spec.Time, ceilingTime), 1
		}
		all := spec.Count
		for k := range processes {
			spec.Count = (all + processes - 1 - k) / processes // warm samples are dealt out
			rows, err := runner.Run(e.ctx, spec)
			for _, row := range rows {
				r.Add(row)
			}
			if err != nil {
				return err
			}
		}
	}
	return nil
}

// thisProgram returns where this program is, even if another takes its place meanwhile.
func thisProgram() (string, error) {
	if runtime.GOOS == "linux" {
		return "/proc/self/exe", nil
	}
	return os.Executable()
}

// A ceiling is the best of so many samples that take so long: what disturbs a run makes
// ceilings lower.
const (
	ceilingSamples = 6
	ceilingTime    = 20 * time.Millisecond
)

// benchReport prints a report, and writes it to the directory of the options.
func (e *env) benchReport(r *bench.Report, o *benchOptions) error {
	if o.out != "" {
		for name, write := range map[string]func(io.Writer, *bench.Report) error{"bench.txt": report.Text, "bench.json": report.JSON, "bench.html": report.HTML} {
			var data bytes.Buffer
			if err := write(&data, r); err != nil {
				return err
			}
			if err := atomicfile.WriteBytes(filepath.Join(o.out, name), 0o644, data.Bytes()); err != nil {
				return bad(err)
			}
		}
	}
	switch {
	case e.json:
		return e.result(report.Data(r), nil)
	case o.text:
		return bad(report.Text(e.stdout, r))
	}
	return e.table(append([][]string{report.Columns}, report.Table(r)...))
}

// table prints lines of fields below each other.
func (e *env) table(lines [][]string) error {
	w := tabwriter.NewWriter(e.stdout, 0, 0, 2, ' ', 0)
	for _, l := range lines {
		for i := range l {
			l[i] = printable(l[i])
		}
		fmt.Fprintln(w, strings.Join(l, "\t"))
	}
	return bad(w.Flush())
}

func (e *env) benchList(specs []measure.Spec) error {
	names := make([]string, len(specs))
	rows := make([]row, len(specs))
	for i, s := range specs {
		names[i], rows[i] = s.Name(), row{s.Name(), ""}
	}
	return e.result(map[string]any{"cases": names}, rows)
}
