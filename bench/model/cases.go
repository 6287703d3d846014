// SPDX-License-Identifier: Apache-2.0

package model

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/zkml-go/zkml/accel"
	"github.com/zkml-go/zkml/bench"
	"github.com/zkml-go/zkml/bench/measure"
	"github.com/zkml-go/zkml/ir"
)

// A system proves programs.
type system struct {
	name string
	// open returns a job of a program and an input.
	open func(ctx context.Context, device accel.Device, p *ir.Program, input [][]int64) job
	// chain returns a job of a circuit of 2ᵏ constraints that is no model, nil if the system
	// has none.
	chain func(ctx context.Context, device accel.Device, k int) job
}

// A job makes keys and proofs of one statement.
type job interface {
	// circuit states it for the system, setup makes keys.
	circuit() error
	setup() error
	// prove proves it, and has verified the proof.
	prove() ([]measure.Phase, error)
	metrics() []bench.Metric
}

// A stage is something that is done once.
type stage struct {
	name string
	do   func() error
}

// Cases returns the proofs of models by name, in all systems or, of NAME/SYSTEM, in one.
func Cases(names []string) ([]measure.Case, error) {
	var out []measure.Case
	for _, name := range names {
		name, only, one := strings.Cut(name, "/")
		k, chained, err := chainLength(name)
		if err != nil {
			return nil, err
		}
		var n *network
		if !chained {
			if n, err = find(name); err != nil {
				return nil, err
			}
		}
		if one && !slices.ContainsFunc(systems, func(s system) bool { return s.name == only }) {
			return nil, fmt.Errorf("no proof system %q", only)
		}
		for _, sys := range systems {
			if one && sys.name != only || chained && sys.chain == nil {
				continue
			}
			title := bench.With(bench.With("Model", "model", name), "system", sys.name)
			out = append(out, measure.Case{Name: title, OnDevice: true, Proofs: true, Run: func(s *measure.Measurement) error {
				if chained {
					var j job
					circuit := stage{"circuit", func() error {
						j = sys.chain(s.Context, s.Device, k)
						return j.circuit()
					}}
					return s.MeasurePhases(title, process(s.Context, func() job { return j }, func() error { return nil }, circuit))
				}
				return s.MeasurePhases(title, n.process(s, sys))
			}})
		}
	}
	return out, nil
}

// process compiles a network and proves an inference.
func (n *network) process(s *measure.Measurement, sys system) *measure.Process {
	var j job
	var data []byte
	read := func() (err error) { // which may build an architecture, and is no stage
		data, err = n.onnx()
		return err
	}
	return process(s.Context, func() job { return j }, read, stage{"compile", func() error {
		p, input, err := n.compile(data)
		if err != nil {
			return err
		}
		j = sys.open(s.Context, s.Device, p, input)
		return nil
	}}, stage{"circuit", func() error { return j.circuit() }})
}

// process proves with a job, which has a circuit after something that is not measured and
// some stages.
func process(ctx context.Context, j func() job, first func() error, before ...stage) *measure.Process {
	stages := append(before, stage{"setup", func() error { return j().setup() }})
	return &measure.Process{
		Prepare: func(do func(string, func() error) error) error {
			if err := first(); err != nil {
				return err
			}
			for _, s := range stages {
				if err := ctx.Err(); err != nil {
					return err
				}
				if err := do(s.name, s.do); err != nil {
					return err
				}
			}
			return nil
		},
		Do:      func() ([]measure.Phase, error) { return j().prove() },
		Metrics: func() []bench.Metric { return j().metrics() },
	}
}
