// SPDX-License-Identifier: Apache-2.0

package quant

import (
	"math"
	"slices"

	"github.com/zkml-go/zkml/graph"
)

// span returns what calibration saw at value id. Of a tensor that was 0
// throughout, such as a relu that never fired, it is the span of what made it, so
// that its scale is like those of its neighbors.
func (c *compiler) span(id graph.ID) Span {
	for c.cal.Spans[id].maxAbs() == 0 {
		from := slices.IndexFunc(c.g.Nodes[id].Args, func(a graph.ID) bool { return c.at[a].constant == nil })
		if from < 0 {
			break
		}
		id = c.g.Nodes[id].Args[from]
	}
	return c.cal.Spans[id]
}

// activationScale returns the scale of value id as an activation. Views keep the
// scale of what they re-index, and functions have their own.
func (c *compiler) activationScale(id graph.ID) float64 {
	for c.g.Nodes[id].Op.Kind() == "view" {
		id = c.g.Nodes[id].Args[0]
	}
	if op, ok := c.g.Nodes[id].Op.(graph.Map); ok {
		return c.resultScale(id, op.Func)
	}
	s := c.span(id)
	if s.Lo >= 0 {
		return c.step(s.Hi / float64(int64(1)<<c.bits[id]-1))
	}
	return c.step(s.maxAbs() / float64(int64(1)<<(c.bits[id]-1)-1))
}

// positive rounds a scale to float32, so that machines whose exp differs in the
// last bit agree on it, and replaces that of a network that was 0 throughout
// calibration.
func positive(scale float64) float64 {
	if s := float64(float32(scale)); s > 0 && !math.IsInf(s, 1) {
		return s
	}
	if scale > 0 && !math.IsInf(scale, 1) {
		return scale
	}
	return 1
}

// step returns the scale of an activation that needs at least the given one: it, or
// the next power of two.
func (c *compiler) step(scale float64) float64 {
	scale = positive(scale)
	if c.opts.Scales == PowerOfTwoScales {
		return math.Exp2(math.Ceil(math.Log2(scale)))
	}
	return scale
}

// demanded returns the scale at which value id is going to be rounded, looking
// through primitives that do not round; the first use that rounds decides. It
// returns 0 if none does.
func (c *compiler) demanded(id graph.ID) float64 {
	if d, known := c.demand[id]; known {
		return d
	}
	d := 0.0
	for _, u := range c.uses[id] {
		if d = c.demandOf(id, u); d != 0 {
			break
		}
	}
	c.demand[id] = d
	return d
}

// shift returns the number of bits that the rounding of value id drops at least.
func (c *compiler) shift(id graph.ID) int {
	if c.given(id) {
		return max(givenShift, accumulatorBits(c.bits[id]))
	}
	return accumulatorBits(c.bits[id])
}

// given reports whether the scale at which value id is rounded is the model's own.
func (c *compiler) given(id graph.ID) bool {
	for _, u := range c.uses[id] {
		switch op := c.g.Nodes[u].Op.(type) {
		case graph.Map:
			if k := classes[op.Func.Name]; k == rounded || k == lines && c.rounding(u) != nil {
				return true
			}
		case graph.View, graph.Concat, graph.Linear:
			if c.given(u) {
				return true
			}
		}
	}
	return false
}

// demandOf returns the scale at which the use u rounds its argument id, or 0.
func (c *compiler) demandOf(id, u graph.ID) float64 {
	n := &c.g.Nodes[u]
	switch op := n.Op.(type) {
	case graph.Map:
		return c.demandedArgument(u, op.Func)
	case graph.Max:
		return c.activationScale(id)
	case graph.View, graph.Concat:
		return c.demanded(u)
	case graph.Gather:
		if n.Args[0] == id {
			return c.demanded(u)
		}
		return 1
	case graph.Linear:
		for i, a := range n.Args {
			if a == id && op.Coefs[i] != 0 {
				return c.demanded(u) / math.Abs(op.Coefs[i])
			}
		}
	case graph.Contract:
		if unit := c.unit(n); unit != 0 {
			return c.demanded(u) / unit
		}
		return c.activationScale(id)
	}
	return 0
}

// unit returns the common unit of the constant operand of a contraction, or 0.
func (c *compiler) unit(n *graph.Node) float64 {
	for _, a := range n.Args {
		if c.at[a].constant == nil {
			continue
		}
		if _, known := c.units[a]; !known {
			c.units[a] = commonUnit(c.at[a].constant())
		}
		return c.units[a]
	}
	return 0
}

// commonUnit returns u > 0 if every weight is a small integer times u, as in
// averages and sums: such weights are exact. It returns 0 if there is none, and
// 1 if all weights are 0.
func commonUnit(w []float64) float64 {
	// Averages without their padding have weights 1/4, 1/6 and 1/9 in one tensor:
	// the unit is a fraction of the least weight.
	const largest, divisions, tolerance = 64, 12, 1e-6
	least := math.Inf(1)
	for _, x := range w {
		if x != 0 {
			least = min(least, math.Abs(x))
		}
	}
	if math.IsInf(least, 1) {
		return 1
	}
next:
	for d := 1.0; d <= divisions; d++ {
		for _, x := range w {
			k := x / least * d
			if math.Abs(k) > largest {
				return 0
			}
			if math.Abs(k-math.Round(k)) > tolerance*math.Abs(k) {
				continue next
			}
		}
		return least / d
	}
	return 0
}
