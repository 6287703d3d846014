// SPDX-License-Identifier: Apache-2.0

package main

import (
	"flag"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/zkml-go/zkml/graph"
	"github.com/zkml-go/zkml/onnx"
	"github.com/zkml-go/zkml/tensor"
)

var inspectCommand = &command{
	name:  "inspect",
	short: "list a model's operators, shapes and size, and what is not supported",
	args:  "MODEL.onnx [--input-shape NAME=1,3,224,224]",
	long: `
Inspect decodes an ONNX model, lowers every node, and prints what it found. A
node that cannot be lowered is listed with its reason; the exit code is then 3.`,
	setup: func(f *flag.FlagSet) func(*env, []string) error {
		shapes := shapeFlag(f)
		return func(e *env, args []string) error {
			path, err := one(args, "the model")
			if err != nil {
				return err
			}
			data, err := readFile(path, maxInputFile)
			if err != nil {
				return err
			}
			var in *inspection
			if _, err := e.step("reading the model", func() (err error) {
				in, err = inspect(data, *shapes)
				return err
			}); err != nil {
				return fmt.Errorf("%s: %w", path, err)
			}
			if err := e.result(in, in.rows(path)); err != nil {
				return err
			}
			if n := len(in.Unsupported); n > 0 {
				return hinted(in.hint, fmt.Errorf("%s: not supported: %s%s", path, in.Unsupported[0], more(n-1)))
			}
			return nil
		}
	},
}

// An inspection is what inspect prints.
type inspection struct {
	Producer    string         `json:"producer"`
	Opsets      []string       `json:"opsets"`
	Nodes       int            `json:"nodes"`
	Operators   map[string]int `json:"operators"`
	Parameters  int64          `json:"parameters"`
	MACs        int64          `json:"macs"`
	DynamicMACs int64          `json:"dynamic_macs"`
	Unsupported []string       `json:"unsupported"`

	Inputs  map[string]tensor.Shape `json:"inputs,omitempty"`
	Outputs map[string]tensor.Shape `json:"outputs,omitempty"`
	// Constraints estimates the R1CS constraints of the direct circuit.
	Constraints int `json:"constraints_estimate,omitempty"`

	hint string // what may help with what is unsupported
}

// inspect decodes a model and lowers it as far as it goes.
func inspect(data []byte, shapes []onnx.Option) (*inspection, error) {
	info, err := onnx.Inspect(data, shapes...)
	if err != nil {
		return nil, bad(err)
	}
	in := newInspection(info)
	if len(info.Unsupported) > 0 {
		return in, nil
	}
	c, err := newCompilation(data, shapes...)
	if err != nil {
		return nil, err
	}
	in.describe(c.graph)
	return in, nil
}

// more counts what a message leaves out.
func more(n int) string {
	if n == 0 {
		return ""
	}
	return fmt.Sprintf(" (and %d more)", n)
}

func newInspection(info *onnx.Info) *inspection {
	in := &inspection{Producer: info.Producer, Opsets: info.Opsets, Nodes: info.Nodes, Operators: map[string]int{},
		Parameters: info.Parameters, MACs: info.MACs, DynamicMACs: info.DynamicMACs, Unsupported: []string{}, hint: shapeHint(info)}
	for _, o := range info.Operators {
		in.Operators[o.Operator] = o.Count
	}
	for i := range info.Unsupported {
		in.Unsupported = append(in.Unsupported, info.Unsupported[i].Error())
	}
	return in
}

// The costs of the direct circuit, in R1CS constraints: see package circuits.
const (
	tablesCost  = 10_000 // range and function tables of an 8-bit network
	lookupCost  = 3      // a rescale and a lookup
	maximumCost = 2      // per compared element
)

// describe adds what only a network without unsupported nodes has.
func (in *inspection) describe(g *graph.Graph) {
	in.Inputs, in.Outputs = map[string]tensor.Shape{}, map[string]tensor.Shape{}
	in.Constraints = tablesCost + int(in.DynamicMACs)
	for _, id := range g.Inputs {
		in.Inputs[g.Nodes[id].Name] = g.Nodes[id].Shape
		in.Constraints += g.Nodes[id].Shape.Size()
	}
	for _, o := range g.Outputs {
		in.Outputs[o.Name] = g.Nodes[o.ID].Shape
	}
	for _, n := range g.Nodes {
		switch n.Op.Kind() {
		case "map":
			in.Constraints += lookupCost * n.Shape.Size()
		case "max":
			in.Constraints += maximumCost * g.Nodes[n.Args[0]].Shape.Size()
		case "gather":
			rows := g.Nodes[n.Args[0]].Shape[n.Op.(graph.Gather).Batch]
			in.Constraints += rows * g.Nodes[n.Args[1]].Shape.Size()
		}
	}
}

func (in *inspection) rows(path string) []row {
	rows := []row{{"model", path}, {"producer", in.Producer}, {"opsets", strings.Join(in.Opsets, ", ")}}
	for _, name := range slices.Sorted(maps.Keys(in.Inputs)) {
		rows = append(rows, row{"input", fmt.Sprintf("%s %v", name, in.Inputs[name])})
	}
	for _, name := range slices.Sorted(maps.Keys(in.Outputs)) {
		rows = append(rows, row{"output", fmt.Sprintf("%s %v", name, in.Outputs[name])})
	}
	rows = append(rows, row{"parameters", thousands(in.Parameters)},
		row{"multiply-accumulates", thousands(in.MACs + in.DynamicMACs)})
	for _, name := range slices.Sorted(maps.Keys(in.Operators)) {
		rows = append(rows, row{"operator", fmt.Sprintf("%s ×%d", name, in.Operators[name])})
	}
	if in.Constraints > 0 {
		rows = append(rows, row{"constraints, estimated", thousands(in.Constraints) + " (direct circuit)"})
	}
	for _, u := range in.Unsupported {
		rows = append(rows, row{"unsupported", u})
	}
	return rows
}

// shapeHint says how to fix the shapes that a model leaves open; it is empty if
// there are none.
func shapeHint(info *onnx.Info) string {
	if len(info.Open) == 0 {
		return ""
	}
	var flags []string
	for _, o := range info.Open {
		dims := strings.ToUpper(strings.Join(o.Dims, ","))
		if dims == "" {
			dims = "N,…"
		}
		flags = append(flags, fmt.Sprintf("--input-shape %s=%s", o.Name, dims))
	}
	return fmt.Sprintf("the model leaves dimensions open, of which the first is taken to be 1: %s, with numbers for the letters, fixes them", strings.Join(flags, " "))
}

// shapeFlag declares --input-shape, which may be given once per input.
func shapeFlag(f *flag.FlagSet) *[]onnx.Option {
	var opts []onnx.Option
	f.Func("input-shape", "`NAME=1,3,224,224`: the shape of an input whose model leaves it open", func(s string) error {
		name, dims, ok := strings.Cut(s, "=")
		if !ok || name == "" {
			return fmt.Errorf("want NAME=1,3,224,224")
		}
		var shape tensor.Shape
		for _, d := range strings.Split(dims, ",") {
			n, err := strconv.Atoi(d)
			if err != nil || n <= 0 {
				return fmt.Errorf("extent %q, want a positive number", d)
			}
			shape = append(shape, n)
		}
		opts = append(opts, onnx.InputShape(name, shape))
		return shape.Check()
	})
	return &opts
}
