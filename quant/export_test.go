// SPDX-License-Identifier: Apache-2.0

package quant

import (
	"math/big"

	"github.com/zkml-go/zkml/graph"
	"github.com/zkml-go/zkml/ir"
)

// These open the compiler to the tests of its rules.
var (
	RoundedValue = roundedValue
	ExactValue   = exactValue
	CommonUnit   = commonUnit
	Quantize     = quantize
	Evaluates    = evaluates
	Defined      = defined
)

// A Compiled is a compilation with what the compiler knows of each value of the
// graph: the integer node that holds it, its scale, and whether it is constant.
type Compiled struct {
	*ir.Program
	c *compiler
}

// CompileTraced is Compile for a graph without constant outputs.
func CompileTraced(g *graph.Graph, cal *Calibration, opts Options) (*Compiled, error) {
	p, err := Compile(g, cal, opts)
	if err != nil {
		return nil, err
	}
	if err := opts.setDefaults(); err != nil {
		return nil, err
	}
	// The compiler is deterministic: a second one holds the same program.
	cal, bits, err := opts.override(g, cal)
	if err != nil {
		return nil, err
	}
	c := newCompiler(g, cal, bits, opts)
	for id := range g.Nodes {
		if err := c.node(graph.ID(id)); err != nil {
			return nil, err
		}
	}
	return &Compiled{p, c}, nil
}

// Value returns the integer node and the scale of value id.
func (c *Compiled) Value(id graph.ID) (ir.ID, float64) { return c.c.at[id].id, c.c.at[id].scale }

// Unclamped returns the node that id is a clamp of, or id.
func (c *Compiled) Unclamped(id ir.ID) ir.ID {
	if from, ok := c.c.clamped[id]; ok {
		return from
	}
	return id
}

// Constant returns the elements of value id if it depends on no input, else nil.
func (c *Compiled) Constant(id graph.ID) []float64 {
	if f := c.c.at[id].constant; f != nil {
		return f()
	}
	return nil
}

// Rounding returns the scale at which value id is rounded later, or that of the
// activation that it would be.
func (c *Compiled) Rounding(id graph.ID) float64 {
	if d := c.c.demanded(id); d != 0 {
		return d
	}
	return c.c.activationScale(id)
}

// Activation returns the scale of value id as an activation.
func (c *Compiled) Activation(id graph.ID) float64 { return c.c.activationScale(id) }

// Evaluated returns f(x) by the evaluator that tables are made with.
func Evaluated(f graph.Func, x float64) *big.Float {
	if g, ok := rational[f.Name]; ok && isRational(f) {
		return newFloat().SetRat(g(ratio(x), f.Params))
	}
	return smooth[f.Name](newFloat().SetFloat64(x), f.Params)
}
