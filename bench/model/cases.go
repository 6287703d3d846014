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
	open func(ctx context.Context, device accel.Device, p *ir.Program) job
}

// A job makes keys and proofs of a program.
type job interface {
	// circuit states the program for the system, setup makes keys.
	circuit() error
	setup() error
	// prove proves a run on an input, and has verified the proof.
	prove(input [][]int64) ([]measure.Phase, error)
	metrics() []bench.Metric
}

// Cases returns the proofs of models by name, in all systems or, of NAME/SYSTEM, in one.
func Cases(names []string) ([]measure.Case, error) {
	var out []measure.Case
	for _, name := range names {
		name, only, one := strings.Cut(name, "/")
		n, err := find(name)
		if err != nil {
			return nil, err
		}
		if one && !slices.ContainsFunc(systems, func(s system) bool { return s.name == only }) {
			return nil, fmt.Errorf("no proof system %q", only)
		}
		for _, sys := range systems {
			if one && sys.name != only {
				continue
			}
			title := bench.With(bench.With("Model", "model", name), "system", sys.name)
			out = append(out, measure.Case{Name: title, OnDevice: true, Proofs: true, Run: func(s *measure.Session) error {
				return s.MeasurePhases(title, process(s.Context, s.Device, n, sys))
			}})
		}
	}
	return out, nil
}

func process(ctx context.Context, device accel.Device, n *network, sys system) *measure.Process {
	var j job
	var input [][]int64
	return &measure.Process{
		Prepare: func(stage func(string, func() error) error) error {
			data, err := n.onnx()
			if err != nil {
				return err
			}
			for _, s := range []struct {
				name string
				do   func() error
			}{
				{"compile", func() error {
					p, in, err := n.compile(data)
					if err != nil {
						return err
					}
					j, input = sys.open(ctx, device, p), in
					return nil
				}},
				{"circuit", func() error { return j.circuit() }},
				{"setup", func() error { return j.setup() }},
			} {
				if err := ctx.Err(); err != nil {
					return err
				}
				if err := stage(s.name, s.do); err != nil {
					return err
				}
			}
			return nil
		},
		Do:      func() ([]measure.Phase, error) { return j.prove(input) },
		Metrics: func() []bench.Metric { return j.metrics() },
	}
}
