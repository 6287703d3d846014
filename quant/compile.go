// SPDX-License-Identifier: Apache-2.0

package quant

import (
	"fmt"
	"math"

	"github.com/zkml-go/zkml/graph"
	"github.com/zkml-go/zkml/ir"
)

// Compile rewrites g over ℤ. cal must come from Calibrate on the same graph.
//
// An activation of span [lo, hi] gets the scale hi/(2ᵇ−1) if lo ≥ 0, else
// max(−lo, hi)/(2ᵇ⁻¹−1); zero is always represented by 0. Accumulators are
// exact. Where an accumulator becomes an activation of scale d, the weights
// before it are quantized so that the accumulator's scale is d/2ˢ: the rescale
// is then a rounded shift, and the ratio of the scales costs no multiplier.
func Compile(g *graph.Graph, cal *Calibration, opts Options) (*ir.Program, error) {
	if err := opts.setDefaults(); err != nil {
		return nil, err
	}
	if len(cal.Spans) != len(g.Nodes) {
		return nil, fmt.Errorf("%w: it is of a graph of %d nodes, want %d", ErrCalibration, len(cal.Spans), len(g.Nodes))
	}
	c := &compiler{g: g, cal: cal, opts: opts, uses: g.Uses(), p: &ir.Program{}, at: make([]value, len(g.Nodes)), tables: map[string]*table{}}
	for id := range g.Nodes {
		if err := c.node(graph.ID(id)); err != nil {
			return nil, fmt.Errorf("%s: %w", c.g.Nodes[id].Name, err)
		}
	}
	for _, o := range g.Outputs {
		v, err := c.output(o)
		if err != nil {
			return nil, fmt.Errorf("output %s: %w", o.Name, err)
		}
		c.p.Outputs = append(c.p.Outputs, ir.Output{Name: o.Name, ID: v.id, Scale: v.scale, Note: o.Note, Visibility: opts.OutputVisibility})
	}
	return c.p, nil
}

// A value is an integer tensor: a real element is scale times its integer.
// A value that is constant over the reals has no integer form until a use of it
// says at which scale.
type value struct {
	id       ir.ID
	scale    float64
	constant []float64
}

type compiler struct {
	g      *graph.Graph
	cal    *Calibration
	opts   Options
	uses   [][]graph.ID
	p      *ir.Program
	at     []value // by graph ID
	tables map[string]*table
	name   string // of the node being compiled
}

func (c *compiler) node(id graph.ID) error {
	n := &c.g.Nodes[id]
	c.name = n.Name
	if n.Op.Kind() != "input" {
		if data := c.constant(n); data != nil {
			c.at[id] = value{constant: data}
			return nil
		}
	}
	var v value
	var err error
	switch op := n.Op.(type) {
	case graph.Input:
		v, err = c.input(id, op)
	case graph.View:
		v, err = c.view(n, op)
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
	default:
		err = fmt.Errorf("the integer compiler has no rule for %s", n.Op.Kind())
	}
	c.at[id] = v
	return err
}

// constant evaluates a node whose arguments are all constant, or returns nil.
func (c *compiler) constant(n *graph.Node) []float64 {
	args := make([]graph.Tensor, len(n.Args))
	for i, a := range n.Args {
		if c.at[a].constant == nil {
			return nil
		}
		args[i] = graph.Tensor{Shape: c.g.Nodes[a].Shape, Data: c.at[a].constant}
	}
	return n.Op.Eval(args)
}

// add appends an integer node under the current name.
func (c *compiler) add(op ir.Op, args ...ir.ID) (ir.ID, error) { return c.p.Add(c.name, op, args...) }

// input declares an input of 2ᵇ levels. The levels of a range that has negative
// reals are shifted to start at 0, and the shift is undone by an exact linear.
func (c *compiler) input(id graph.ID, op graph.Input) (value, error) {
	span := c.cal.Spans[id]
	if c.opts.InputRange != nil {
		span = *c.opts.InputRange
	}
	levels := int64(1)<<c.opts.ActBits - 1
	in := ir.Input{Name: op.Name, Shape: op.Shape, Declared: ir.Range{Hi: levels}, Visibility: c.opts.InputVisibility}
	in.Scale = positive((max(span.Hi, 0) - min(span.Lo, 0)) / float64(levels))
	in.Zero = int64(math.Round(-min(span.Lo, 0) / in.Scale))
	x, err := c.add(in)
	if err == nil && in.Zero != 0 {
		x, err = c.add(ir.Linear{Coefs: []int64{1}, Bias: -in.Zero}, x)
	}
	return value{id: x, scale: in.Scale}, err
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

// activationScale returns the scale of value id as an activation.
func (c *compiler) activationScale(id graph.ID) float64 {
	s := c.cal.Spans[id]
	if s.Lo >= 0 {
		return positive(s.Hi / float64(int64(1)<<c.opts.ActBits-1))
	}
	return positive(s.maxAbs() / float64(int64(1)<<(c.opts.ActBits-1)-1))
}

// positive replaces the scale of a tensor that was 0 throughout calibration.
func positive(scale float64) float64 {
	if scale > 0 && !math.IsInf(scale, 1) {
		return scale
	}
	return 1
}
