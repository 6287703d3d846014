// SPDX-License-Identifier: Apache-2.0

package quant

import (
	"fmt"
	"math"

	"github.com/zkml-go/zkml/graph"
	"github.com/zkml-go/zkml/ir"
)

// sumShift is how much finer than its finest term a sum is whose terms have
// unrelated scales and whose rounding scale is not known.
const sumShift = 8

// linear aligns the terms at one scale. Terms of equal scale are added exactly;
// others get integer coefficients at a scale 2⁻ˢ of what the sum becomes.
func (c *compiler) linear(id graph.ID, n *graph.Node, op graph.Linear) (value, error) {
	scale := c.sumScale(id, n, op)
	out := ir.Linear{Bias: int64(math.Floor(op.Bias/scale + 0.5))}
	var args []ir.ID
	for i, a := range n.Args {
		v := c.at[a]
		if v.constant != nil {
			if op.Coefs[i] == 0 {
				continue
			}
			k, err := c.constantAt(a, op.Coefs[i], scale)
			if err != nil {
				return value{}, err
			}
			out.Coefs, args = append(out.Coefs, 1), append(args, k)
			continue
		}
		coef := math.Round(op.Coefs[i] * v.scale / scale)
		if math.Abs(coef) > 1<<40 {
			return value{}, fmt.Errorf("terms of scales %g and %g differ too much to be added", v.scale, scale)
		}
		out.Coefs, args = append(out.Coefs, int64(coef)), append(args, v.id)
	}
	x, err := c.add(out, args...)
	return value{id: x, scale: scale}, err
}

// sumScale chooses the scale of a sum.
func (c *compiler) sumScale(id graph.ID, n *graph.Node, op graph.Linear) float64 {
	finest, equal, constants := math.Inf(1), true, op.Bias != 0
	for i, a := range n.Args {
		if c.at[a].constant != nil {
			constants = true
			continue
		}
		s := math.Abs(op.Coefs[i]) * c.at[a].scale
		if s == 0 {
			continue
		}
		if !math.IsInf(finest, 1) && s != finest {
			equal = false
		}
		finest = min(finest, s)
	}
	if math.IsInf(finest, 1) {
		return 1 // every coefficient is 0
	}
	d := c.demand(id)
	switch {
	case equal && (!constants || d == 0 || finest <= d/(1<<sumShift)):
		// Fine enough already. Constants alone never coarsen the sum.
		if constants && d == 0 {
			return c.refine(n, finest)
		}
		return finest
	case d != 0:
		return d / (1 << accumulatorShift)
	}
	return finest / (1 << sumShift)
}

// refine makes room for constants next to an activation whose step is coarse.
func (c *compiler) refine(n *graph.Node, scale float64) float64 {
	for _, a := range n.Args {
		if v := c.at[a]; v.constant == nil && c.p.Nodes[v.id].Range.Count() <= int64(1)<<c.opts.ActBits {
			return scale / (1 << sumShift)
		}
	}
	return scale
}

// constantAt adds coef times the constant a, quantized at scale. A broadcast
// constant stays a view of the small one.
func (c *compiler) constantAt(a graph.ID, coef, scale float64) (ir.ID, error) {
	n := &c.g.Nodes[a]
	if op, ok := n.Op.(graph.View); ok {
		fill, err := quantize([]float64{coef * op.Fill}, scale)
		if err != nil {
			return 0, err
		}
		x, err := c.constantAt(n.Args[0], coef, scale)
		if err != nil {
			return 0, err
		}
		return c.add(ir.View{View: op.View, Fill: fill[0]}, x)
	}
	q, err := quantize(c.at[a].constant, scale/coef)
	if err != nil {
		return 0, err
	}
	return c.add(ir.Const{Shape: n.Shape, Data: q})
}
