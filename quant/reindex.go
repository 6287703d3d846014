// SPDX-License-Identifier: Apache-2.0

package quant

import (
	"math"

	"github.com/zkml-go/zkml/graph"
	"github.com/zkml-go/zkml/ir"
)

// view keeps scale and integers; padding is quantized. −∞, the padding of a
// maximum, becomes the least integer of the argument's range. An accumulator
// that has to be rescaled after a view that repeats elements is rescaled before.
func (c *compiler) view(id graph.ID, n *graph.Node, op graph.View) (value, error) {
	v := c.at[n.Args[0]]
	if limit := c.limit(id); limit != 0 && op.View.To.Size() > op.View.From.Size() {
		var err error
		if v, err = c.operand(n.Args[0], limit); err != nil {
			return value{}, err
		}
	}
	fill := []int64{c.p.Nodes[v.id].Range.Lo}
	if !math.IsInf(op.Fill, -1) {
		var err error
		if fill, err = quantize([]float64{op.Fill}, v.scale); err != nil {
			return value{}, err
		}
	}
	x, err := c.add(ir.View{View: op.View, Fill: fill[0]}, v.id)
	return value{id: x, scale: v.scale}, err
}

// concat brings its arguments to one scale: the finest if the others are powers
// of two times it, which is exact, else the coarsest.
func (c *compiler) concat(n *graph.Node, op graph.Concat) (value, error) {
	coarsest, finest := 0.0, math.Inf(1)
	for _, a := range n.Args {
		if c.at[a].constant == nil {
			coarsest, finest = max(coarsest, c.at[a].scale), min(finest, c.at[a].scale)
		}
	}
	to := finest
	for _, a := range n.Args {
		if _, ok := powerOfTwo(c.at[a].scale / finest); c.at[a].constant == nil && !ok {
			to = coarsest
		}
	}
	args := make([]ir.ID, len(n.Args))
	for i, a := range n.Args {
		v := c.at[a]
		var err error
		if v.constant != nil {
			v.id, err = c.constantAt(a, 1, to)
		} else {
			v, err = c.rescale(v, to)
		}
		if err != nil {
			return value{}, err
		}
		args[i] = v.id
	}
	id, err := c.add(ir.Concat{Axis: op.Axis}, args...)
	return value{id: id, scale: to}, err
}

// max compares activations: an accumulator is rescaled first. The maximum itself
// is exact.
func (c *compiler) max(n *graph.Node, op graph.Max) (value, error) {
	v, err := c.operand(n.Args[0], c.bits[n.Args[0]]+comparedBits)
	if err != nil {
		return value{}, err
	}
	id, err := c.add(ir.Max{Axes: op.Axes}, v.id)
	return value{id: id, scale: v.scale}, err
}
