// SPDX-License-Identifier: Apache-2.0

package quant

import (
	"math"

	"github.com/zkml-go/zkml/graph"
	"github.com/zkml-go/zkml/ir"
)

// compared reports whether all that is asked of value id is whether it is more
// than 0.
func (c *compiler) compared(id graph.ID) bool {
	for _, u := range c.uses[id] {
		n := &c.g.Nodes[u]
		switch op := n.Op.(type) {
		case graph.View:
			if op.View.Pads() || !c.compared(u) {
				return false
			}
		case graph.Map:
			if op.Func.Name != "step" {
				return false
			}
		default:
			return false
		}
	}
	return len(c.uses[id]) > 0
}

// signOnly reports whether every use of value id is a function that has integers
// as values, such as a comparison with 0.
func (c *compiler) signOnly(id graph.ID) bool {
	for _, u := range c.uses[id] {
		switch op := c.g.Nodes[u].Op.(type) {
		case graph.View:
			if !c.signOnly(u) {
				return false
			}
		case graph.Map:
			if classes[op.Func.Name] != counts {
				return false
			}
		default:
			return false
		}
	}
	return len(c.uses[id]) > 0
}

// sameRounding takes the terms of a difference as they were rounded for other
// uses: x is then equal to the maximum of x where it should be.
func (c *compiler) sameRounding(n *graph.Node, op graph.Linear, terms []term) {
	k := 0
	for i, a := range n.Args {
		if op.Coefs[i] == 0 || c.at[a].constant != nil {
			continue
		}
		if v, ok := c.narrow[a]; ok {
			terms[k].v = v
		}
		k++
	}
}

// threshold computes coef·x + k for a comparison with 0, at the scale s of the
// term: coef·x = s·q is more than −k if and only if q + ⌈k/s⌉ > 0. No finer scale
// is needed and no comparison comes out otherwise than over the reals. k is one
// constant: see oneConstant.
func (c *compiler) threshold(n *graph.Node, op graph.Linear, t term) (value, error) {
	scale := math.Abs(t.coef) * t.v.scale
	bias, err := quantizeUp([]float64{op.Bias}, scale)
	if err != nil {
		return value{}, err
	}
	out := ir.Linear{Coefs: []int64{int64(math.Copysign(1, t.coef))}, Bias: bias[0]}
	args := []ir.ID{t.v.id}
	for i, a := range n.Args {
		if c.at[a].constant == nil || op.Coefs[i] == 0 {
			continue
		}
		k, err := c.constantBy(quantizeUp, a, op.Coefs[i], scale)
		if err != nil {
			return value{}, err
		}
		out.Coefs, args = append(out.Coefs, 1), append(args, k)
	}
	x, err := c.add(out, args...)
	return value{id: x, scale: scale}, err
}

// quantizeUp returns ⌈x/scale⌉ of every element. What is an integer up to the
// rounding of a scale to float32 counts as one.
func quantizeUp(data []float64, scale float64) ([]int64, error) {
	const tolerance = 0x1p-20
	out, err := quantize(data, scale)
	for i := range out {
		if x := data[i] / scale; x > float64(out[i])+tolerance*max(math.Abs(x), 1) {
			out[i]++
		} else if x <= float64(out[i])-1+tolerance*max(math.Abs(x), 1) {
			out[i]--
		}
	}
	return out, err
}

// multiples reports whether every constant of a sum is a multiple of scale.
func (c *compiler) multiples(n *graph.Node, op graph.Linear, scale float64) bool {
	is := func(x float64) bool {
		k := math.Abs(x) / scale
		return math.Abs(k-math.Round(k)) <= 1e-9*k
	}
	if !is(op.Bias) {
		return false
	}
	for i, a := range n.Args {
		if c.at[a].constant == nil {
			continue
		}
		for _, x := range c.at[a].constant() {
			if !is(op.Coefs[i] * x) {
				return false
			}
		}
	}
	return true
}

// oneConstant reports whether a sum has a bias or one constant term, not both.
func (c *compiler) oneConstant(n *graph.Node, op graph.Linear) bool {
	count := 0
	if op.Bias != 0 {
		count++
	}
	for i, a := range n.Args {
		if c.at[a].constant != nil && op.Coefs[i] != 0 {
			count++
		}
	}
	return count == 1
}
