// SPDX-License-Identifier: Apache-2.0

package main

import (
	"flag"
	"fmt"
	"os"
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/zkml-go/zkml/bench"
	"github.com/zkml-go/zkml/bench/measure"
	"github.com/zkml-go/zkml/bench/micro"
	proofs "github.com/zkml-go/zkml/bench/model"
)

var benchCommand = &command{
	name:  "bench",
	short: "measure this machine: kernels and whole models, on the CPU and devices",
	args:  "[--run REGEX] [--device NAME,...] [-o DIR] | compare OLD NEW",
	long: `
Bench measures the kernels that provers spend their time in, at a range of sizes,
and proofs of whole models, by phase: cold, as the first thing that a process does,
and warm. Each case runs in a process of its own: one that crashes, takes longer
than --timeout or more memory than --memory is a row of the report.

The machine's ceilings are measured first: products of machine words and memory
bandwidth. A row says what share of them it reaches. docs/bench.md says what is
counted, and how to compare machines.

-o writes bench.txt, in Go's benchmark format, bench.json, and bench.html, a page with
plots.

Compare reads two of the first two, and prints for each row both medians with their
confidence intervals, the ratio and whether it is significant, by benchstat's method.
With --fail-above 1.02 the exit code is 1 if a row differs significantly and its median
is worse by more than that, or if NEW has no samples of it: it failed, or is gone. A
column says of which rows the whole interval is no worse.`,
	setup: func(f *flag.FlagSet) func(*env, []string) error {
		o := &benchOptions{}
		f.StringVar(&o.run, "run", ".", "measure the cases whose name and device match `REGEX`, such as MSM.*log2n=16/device=cpu")
		f.StringVar(&o.sizes, "sizes", "", "measure kernels at 2^N elements for these `N,...` instead of their own sizes")
		f.StringVar(&o.models, "models", "mlp,lenet5/groth16,lenet5/sumcheck", "prove these models, `NAME[/SYSTEM],...`: mlp, lenet5, what zkml zoo list has, and circuit-N, a circuit of 2^N constraints; none for none")
		f.IntVar(&o.count, "count", 6, "warm `SAMPLES` of each row, in as many processes as there are cold ones; confidence intervals take six")
		f.IntVar(&o.cold, "cold", 1, "cold `SAMPLES` of each row, each in a process of its own")
		f.DurationVar(&o.time, "time", 50*time.Millisecond, "repeat what is shorter until a sample takes this `TIME`")
		f.Func("device", "measure on these devices, `NAME,...`; may be given again (default cpu)", func(s string) error {
			o.devices = append(o.devices, strings.Split(s, ",")...)
			return nil
		})
		f.DurationVar(&o.limit, "limit", 10*time.Second, "begin no further warm sample of a row after this `TIME`")
		f.DurationVar(&o.timeout, "timeout", 5*time.Minute, "end a process that takes longer than this `TIME`")
		f.StringVar(&o.memory, "memory", "", "end a process that takes more memory than this `SIZE`, such as 16GiB")
		f.StringVar(&o.out, "o", "", "a `DIR` to write bench.txt, bench.json and bench.html to")
		f.BoolVar(&o.list, "list", false, "list the cases that match, and measure nothing")
		f.BoolVar(&o.text, "text", false, "print Go's benchmark format instead of a table")
		f.BoolVar(&o.roofline, "roofline", true, "measure the machine's ceilings; --roofline=false does not")
		var c compareOptions
		f.Float64Var(&c.failAbove, "fail-above", 0, "compare: exit with 1 if a row differs significantly and its median is worse by more than this `RATIO`, or it is gone")
		f.StringVar(&c.ignore, "ignore", "", "compare: parameters that may differ, `KEY,...`, such as device")
		return func(e *env, args []string) error {
			switch {
			case len(args) == 0:
				if err := benchFlags(f, o.list, false); err != nil {
					return err
				}
				o.command = benchCommandLine(f, os.Args[1:])
				return e.bench(o)
			case args[0] == "compare":
				if err := benchFlags(f, false, true); err != nil {
					return err
				}
				return e.benchCompare(&c, args[1:])
			case args[0] == benchChild && len(args) == 1:
				return e.benchChild()
			}
			return usagef("%q, want compare or nothing", args[0])
		}
	},
}

// benchFlags refuses flags that mean nothing to what the command does: list, measure, or
// compare.
func benchFlags(f *flag.FlagSet, list, compare bool) (err error) {
	f.Visit(func(x *flag.Flag) {
		comparing := x.Name == "fail-above" || x.Name == "ignore"
		switch {
		case x.Name == "json" || err != nil:
		case compare && !comparing:
			err = usagef("--%s is not of bench compare", x.Name)
		case !compare && comparing:
			err = usagef("--%s is of bench compare only", x.Name)
		case list && (x.Name == "o" || x.Name == "text"):
			err = usagef("--%s with --list, which measures nothing", x.Name)
		}
	})
	return err
}

type benchOptions struct {
	run, sizes, models, memory, out string
	command                         string // for the report
	devices                         []string
	count, cold                     int
	time, limit, timeout            time.Duration
	list, text, roofline            bool
}

// A benchPlan is what a command line asks for.
type benchPlan struct {
	match   *regexp.Regexp
	sizes   []int
	models  []string
	devices []string
	memory  int64
}

func (o *benchOptions) plan() (*benchPlan, error) {
	p := &benchPlan{devices: o.devices}
	var err error
	if p.match, err = regexp.Compile(o.run); err != nil {
		return nil, usagef("--run: %v", err)
	}
	for _, s := range fields(o.sizes) {
		n, err := strconv.Atoi(s)
		if err != nil {
			return nil, usagef("--sizes: %q is no number", s)
		}
		p.sizes = append(p.sizes, n)
	}
	if o.models != "none" {
		p.models = fields(o.models)
	}
	if len(p.devices) == 0 {
		p.devices = []string{measure.CPU}
	}
	if p.memory, err = parseMemory(o.memory); err != nil {
		return nil, usageError{err}
	}
	if o.count < 0 || o.cold < 0 || o.count+o.cold == 0 {
		return nil, usagef("--count %d and --cold %d: want a sample", o.count, o.cold)
	}
	if o.time < 0 || o.limit < 0 || o.timeout <= 0 {
		return nil, usagef("--time %v, --limit %v and --timeout %v: want times", o.time, o.limit, o.timeout)
	}
	return p, nil
}

// fields splits a list at its commas.
func fields(s string) []string {
	return strings.FieldsFunc(s, func(r rune) bool { return r == ',' })
}

// benchCases returns all cases, those of ceilings first.
func benchCases(sizes []int, models []string) ([]measure.Case, error) {
	kernels, err := micro.Cases(sizes)
	if err != nil {
		return nil, err
	}
	proofs, err := proofs.Cases(models)
	if err != nil {
		return nil, err
	}
	return append(append(kernels, measure.Opening), proofs...), nil
}

// cases returns what to measure, in this order.
func (p *benchPlan) cases(roofline bool) (out []measure.Spec, err error) {
	all, err := benchCases(p.sizes, p.models)
	if err != nil {
		return nil, usageError{err}
	}
	for _, c := range all {
		spec := measure.Spec{Case: c.Name, Sizes: p.sizes, Models: p.models}
		if bench.IsCeiling(c.Name) {
			if roofline {
				out = append(out, spec)
			}
			continue
		}
		devices := []string{""}
		if c.OnDevice {
			devices = p.devices
		}
		for _, d := range devices {
			spec.Device = d
			if p.match.MatchString(spec.Name()) && (c.Name != measure.Opening.Name || d != measure.CPU) {
				out = append(out, spec)
			}
		}
	}
	return out, nil
}

// settings are the flags that shape a run.
func (o *benchOptions) settings() map[string]string {
	return map[string]string{
		"run": o.run, "sizes": o.sizes, "models": o.models, "count": fmt.Sprint(o.count), "cold": fmt.Sprint(o.cold), "time": o.time.String(), "limit": o.limit.String(),
		"timeout": o.timeout.String(), "memory": o.memory,
	}
}
