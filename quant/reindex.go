// SPDX-License-Identifier: Apache-2.0

package quant

import (
	"math"

	"github.com/zkml-go/zkml/graph"
	"github.com/zkml-go/zkml/ir"
)

// view keeps scale and integers; padding is quantized. −∞, the padding of a
// maximum, becomes the least integer of the argument's range.
func (c *compiler) view(n *graph.Node, op graph.View) (value, error) {
	v := c.at[n.Args[0]]
	fill := int64(math.Floor(op.Fill/v.scale + 0.5))
	if math.IsInf(op.Fill, -1) {
		fill = c.p.Nodes[v.id].Range.Lo
	}
	id, err := c.add(ir.View{View: op.View, Fill: fill}, v.id)
	return value{id: id, scale: v.scale}, err
}

// concat brings its arguments to the coarsest of their scales.
func (c *compiler) concat(n *graph.Node, op graph.Concat) (value, error) {
	to := 0.0
	for _, a := range n.Args {
		to = max(to, c.at[a].scale)
	}
	if to == 0 {
		to = 1
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
	v, err := c.narrow(n.Args[0], c.opts.ActBits+2)
	if err != nil {
		return value{}, err
	}
	id, err := c.add(ir.Max{Axes: op.Axes}, v.id)
	return value{id: id, scale: v.scale}, err
}
