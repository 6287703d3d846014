// SPDX-License-Identifier: Apache-2.0

package quant

import (
	"math"

	"github.com/zkml-go/zkml/graph"
	"github.com/zkml-go/zkml/ir"
)

// argumentBits is how much finer than an activation the argument of a curved
// function is.
const argumentBits = 2

// mapped looks the function up, at the scales that its class says.
func (c *compiler) mapped(id graph.ID, n *graph.Node, op graph.Map) (value, error) {
	x, err := c.argument(id, c.at[n.Args[0]], op.Func)
	if err != nil {
		return value{}, err
	}
	out := c.resultScale(id, op.Func)
	lo, hi, clamps := c.clamps(op.Func, out, c.width(id))
	nothing := func() bool { return clamps && c.p.Nodes[x.id].Range.Within(ir.Range{Lo: lo, Hi: hi}) }
	if nothing() { // to clamp
		return value{id: x.id, scale: out}, nil
	}
	t := c.table(op.Func, x.scale, out, c.width(id))
	if x, err = c.fit(t, n.Args[0], x, op.Func); err != nil {
		return value{}, err
	}
	if nothing() { // left
		return value{id: x.id, scale: out}, nil
	}
	if err := c.grow(t, c.p.Nodes[x.id].Range); err != nil {
		return value{}, err
	}
	y, err := c.add(ir.Lookup{Table: t.index}, x.id)
	return value{id: y, scale: out}, err
}

// argument brings v to the scale at which f takes it.
func (c *compiler) argument(id graph.ID, v value, f graph.Func) (value, error) {
	in := c.argumentScale(id, f)
	fits := c.p.Nodes[v.id].Range.Count() <= maxTable
	switch classes[f.Name] {
	case counts:
		if fits || monotone[f.Name] && resultIsBounded(f) {
			return v, nil
		}
	case curved:
		// What is coarser than wanted gains nothing by a finer scale.
		if fits && v.scale >= in {
			return v, nil
		}
		// Wide activations ask for more rows than a table may have.
		for c.wanted(c.g.Nodes[id].Args[0], v, in) > maxTable {
			in *= 2
		}
	}
	return c.rescale(v, in)
}

// wanted returns the rows of a table for v, which represents value id, at scale in,
// clamped as fit does where it has to.
func (c *compiler) wanted(id graph.ID, v value, in float64) float64 {
	r, s := c.p.Nodes[v.id].Range, c.span(id)
	hi := min(float64(r.Hi)*v.scale, headroom*max(s.Hi, 0))
	lo := max(float64(r.Lo)*v.scale, headroom*min(s.Lo, 0))
	return (hi-lo)/in + 4 // the ends are rounded outward
}

// resultIsBounded reports whether f takes few values, so that every range of its
// argument can be clamped to few integers.
func resultIsBounded(f graph.Func) bool { return f.Name == "step" || f.Name == "sign" }

// argumentScale returns the scale of the argument of the function at node id. A
// function made of lines takes it at the scale of its result: where a line has
// slope 0 or 1 its table is then exact.
func (c *compiler) argumentScale(id graph.ID, f graph.Func) float64 {
	if k := classes[f.Name]; k == lines || k == rounded {
		return c.resultScale(id, f)
	}
	s := c.span(c.g.Nodes[id].Args[0])
	scale := s.maxAbs() / float64(int64(1)<<(c.bits[id]-1)-1) / (1 << argumentBits)
	switch f.Name {
	case "log", "sqrt", "rsqrt", "reciprocal":
		// Steep at 0: the least argument, too, is to have the digits of an activation.
		if s.Lo > 0 {
			least := s.Lo / math.Ldexp(1, c.bits[id])
			scale = min(scale, max(least, s.Hi/math.Ldexp(1, fine(c.bits[id])), headroom*s.Hi/(maxTable/4)))
		}
	}
	// Steps that the result cannot tell apart are of no use.
	if slope := c.slope(id, f); slope > 0 {
		scale = max(scale, c.resultScale(id, f)/slope/(1<<argumentBits))
	}
	// What is beyond the calibrated span is clamped at headroom times it: its table is
	// to fit, with room for the other places that share it.
	if classes[f.Name] == curved {
		scale = max(scale, 2*headroom*(max(s.Hi, 0)-min(s.Lo, 0))/(maxTable/2))
	}
	// A power of two: functions at many places, as in a network that is unrolled in
	// time, share their table.
	return math.Exp2(math.Floor(math.Log2(positive(scale))))
}

// slope returns the steepest slope of f where its result is in the calibrated
// span, or 0 if it is not bounded there.
func (c *compiler) slope(id graph.ID, f graph.Func) float64 {
	switch f.Name {
	case "exp":
		return c.span(id).maxAbs()
	case "sigmoid", "tanh", "softplus", "softsign", "sin", "cos":
		return 1
	case "gelu", "gelutanh", "mish", "erf", "hardswish":
		return 1.5
	}
	return 0
}

// demandedArgument is argumentScale, or 0 for a function that takes its argument
// as it is.
func (c *compiler) demandedArgument(id graph.ID, f graph.Func) float64 {
	if classes[f.Name] == counts {
		return 0
	}
	return c.argumentScale(id, f)
}

// resultScale returns the scale of the result: a function that is never negative
// uses the levels of the sign, too.
func (c *compiler) resultScale(id graph.ID, f graph.Func) float64 {
	switch classes[f.Name] {
	case counts:
		return 1
	case rounded:
		return f.Params[0]
	}
	if p := c.rounding(id); p != nil && classes[f.Name] == lines {
		return p[0]
	}
	_, hi := levels(f, c.width(id))
	largest := c.span(id).maxAbs()
	switch f.Name {
	case "sigmoid", "tanh", "erf", "softsign": // share tables, as above; none exceeds 1
		if largest > 0 {
			largest = math.Exp2(math.Ceil(math.Log2(largest)))
		}
	}
	return c.step(largest / float64(hi))
}

// levels returns the range of an activation of a width that f computes.
func levels(f graph.Func, width int) (lo, hi int64) {
	if f.NonNegative() {
		return 0, int64(1)<<width - 1
	}
	hi = int64(1)<<(width-1) - 1
	return -hi, hi
}

// clamps returns the bounds of a function that at equal scales is a clamp of
// integers.
func (c *compiler) clamps(f graph.Func, scale float64, width int) (lo, hi int64, ok bool) {
	lo, hi = levels(f, width)
	switch f.Name {
	case "relu":
		return lo, hi, true
	case "clip":
		from, to := clipBounds(f, scale)
		return max(from, lo), min(to, hi), true
	case "fakequant":
		zero := f.Params[1]
		return int64(f.Params[2] - zero), int64(f.Params[3] - zero), true
	}
	return 0, 0, false
}

// clipBounds returns the integer bounds of clip(lo, hi) at scale.
func clipBounds(f graph.Func, scale float64) (lo, hi int64) {
	bound := func(x float64) int64 {
		return int64(math.Floor(min(max(x/scale, -1<<40), 1<<40) + 0.5))
	}
	return bound(f.Params[0]), bound(f.Params[1])
}
