// SPDX-License-Identifier: Apache-2.0

package quant

import (
	"errors"
	"fmt"
	"slices"
	"sync"

	"github.com/zkml-go/zkml/graph"
	"github.com/zkml-go/zkml/ir"
)

// Compile rewrites g over ℤ. g should come from Prepare, and cal must come from
// Calibrate on the same graph.
//
// An activation of span [lo, hi] gets the scale hi/(2ᵇ−1) if lo ≥ 0, else
// max(−lo, hi)/(2ᵇ⁻¹−1); zero is always represented by 0. Accumulators are
// exact. Where an accumulator becomes an activation of scale d, the weights
// before it are quantized so that the accumulator's scale is d/2ˢ: the rescale
// is then a rounded shift, and the ratio of the scales costs no multiplier.
//
// An error names the node of the model that it is about.
func Compile(g *graph.Graph, cal *Calibration, opts Options) (*ir.Program, error) {
	p, _, err := CompileLayers(g, cal, opts)
	return p, err
}

func compile(g *graph.Graph, cal *Calibration, opts Options) (*compiler, error) {
	if err := opts.setDefaults(); err != nil {
		return nil, err
	}
	if len(cal.Spans) != len(g.Nodes) {
		return nil, fmt.Errorf("%w: it is of a graph of %d nodes, want %d", ErrCalibration, len(cal.Spans), len(g.Nodes))
	}
	cal, bits, err := opts.override(g, cal)
	if err != nil {
		return nil, err
	}
	c := newCompiler(g, cal, bits, opts)
	for id := range g.Nodes {
		if err := c.node(graph.ID(id)); err != nil {
			return nil, c.named(err)
		}
	}
	for _, o := range g.Outputs {
		v, err := c.output(o)
		if err != nil {
			return nil, fmt.Errorf("output %s: %w", o.Name, err)
		}
		c.p.Outputs = append(c.p.Outputs, ir.Output{Name: o.Name, ID: v.id, Scale: v.scale, Note: o.Note, Visibility: opts.OutputVisibility})
	}
	if err := c.p.Check(); err != nil {
		return nil, err
	}
	return c, nil
}

// A value is an integer tensor: a real element is scale times its integer.
// A value that is constant over the reals has no integer form until a use of it
// says at which scale.
type value struct {
	id    ir.ID
	scale float64
	// constant returns the elements of a value that is constant over the reals; it
	// is nil for others. Large ones are made anew each time.
	constant func() []float64
}

// keptElements is the size of constants over the reals that are kept in float64:
// those of a large model would take twice the memory of the model.
const keptElements = 1 << 16

type compiler struct {
	g      *graph.Graph
	cal    *Calibration
	opts   Options
	uses   [][]graph.ID
	p      *ir.Program
	at     []value              // by graph ID
	bits   []int                // of activations, by graph ID
	narrow map[graph.ID]value   // see operand
	demand map[graph.ID]float64 // see demanded
	units  map[graph.ID]float64 // see unit
	tables map[string]*table
	// clamped names the node that a clamp was made for.
	clamped  map[ir.ID]ir.ID
	divisors map[graph.ID]value // see divisor
	name     string             // of the node being compiled
}

func newCompiler(g *graph.Graph, cal *Calibration, bits []int, opts Options) *compiler {
	c := &compiler{
		g: g, cal: cal, bits: bits, opts: opts, uses: g.Uses(), p: &ir.Program{}, at: make([]value, len(g.Nodes)),
		narrow: map[graph.ID]value{}, demand: map[graph.ID]float64{}, units: map[graph.ID]float64{}, tables: map[string]*table{},
		clamped: map[ir.ID]ir.ID{}, divisors: map[graph.ID]value{},
	}
	for id := range g.Nodes {
		c.at[id].constant = c.constant(&g.Nodes[id])
	}
	return c
}

// constant returns what evaluates a node that depends on no input, or nil. Terms
// of a sum with coefficient 0 do not count.
func (c *compiler) constant(n *graph.Node) func() []float64 {
	eval := func() []float64 {
		args := make([]graph.Tensor, len(n.Args))
		for i, a := range n.Args {
			args[i] = graph.Tensor{Shape: c.g.Nodes[a].Shape, Data: c.at[a].constant()}
		}
		return n.Op.Eval(args)
	}
	switch op := n.Op.(type) {
	case graph.Input:
		return nil
	case graph.Linear:
		if terms, _ := c.terms(n, op); len(terms) > 0 {
			return nil
		}
		eval = func() []float64 { return c.constantSum(n, op) }
	default:
		if slices.ContainsFunc(n.Args, func(a graph.ID) bool { return c.at[a].constant == nil }) {
			return nil
		}
	}
	if n.Shape.Size() <= keptElements {
		return sync.OnceValue(eval)
	}
	return eval
}

func (c *compiler) node(id graph.ID) error {
	n := &c.g.Nodes[id]
	c.name = n.Name
	if c.at[id].constant != nil {
		return nil
	}
	var v value
	var err error
	switch op := n.Op.(type) {
	case graph.Input:
		v, err = c.input(id, op)
	case graph.View:
		v, err = c.view(id, n, op)
	case graph.Concat:
		v, err = c.concat(n, op)
	case graph.Linear:
		v, err = c.linear(id, n, op)
	case graph.Contract:
		v, err = c.contract(id, n, op)
	case graph.Map:
		v, err = c.mapped(id, n, op)
	case graph.Max:
		v, err = c.max(n, op)
	case graph.Divide:
		v, err = c.divide(id, n)
	case graph.Gather:
		v, err = c.gather(id, n, op)
	default:
		err = fmt.Errorf("the integer compiler has no rule for %s", n.Op.Kind())
	}
	c.at[id] = v
	return err
}

// add appends an integer node under the current name.
func (c *compiler) add(op ir.Op, args ...ir.ID) (ir.ID, error) {
	id, err := c.p.Add(c.name, op, args...)
	if err != nil {
		err = &namedError{err}
	}
	return id, err
}

// namedError marks an error that already names its node.
type namedError struct{ error }

func (e *namedError) Unwrap() error { return e.error }

// named returns err with the name of the current node.
func (c *compiler) named(err error) error {
	if n := (*namedError)(nil); errors.As(err, &n) {
		return err
	}
	return fmt.Errorf("%s: %w", c.name, err)
}

func (c *compiler) output(o graph.Output) (value, error) {
	v := c.at[o.ID]
	if v.constant != nil {
		return v, fmt.Errorf("it does not depend on the input")
	}
	if _, err := c.p.Nodes[v.id].Range.Encoding(); err != nil {
		return c.rescale(v, c.activationScale(o.ID))
	}
	return v, nil
}
