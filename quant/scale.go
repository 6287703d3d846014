// SPDX-License-Identifier: Apache-2.0

package quant

import (
	"fmt"
	"math"

	"github.com/zkml-go/zkml/graph"
	"github.com/zkml-go/zkml/ir"
)

// rescale returns v at scale to, rounded by the one rounding rule. If the scales
// agree up to a power of two the ratio is exact; otherwise it is M/2ˢ with a
// 16-bit M, off by a factor of at most 1 ± 2⁻¹⁶.
func (c *compiler) rescale(v value, to float64) (value, error) {
	ratio := v.scale / to
	if math.IsInf(ratio, 0) || math.IsNaN(ratio) || ratio <= 0 {
		return v, fmt.Errorf("cannot rescale from %g to %g", v.scale, to)
	}
	frac, exp := math.Frexp(ratio) // ratio = frac·2^exp, frac ∈ [1/2, 1)
	const tolerance = 1e-9
	switch {
	case math.Abs(frac-0.5) < tolerance/2:
		exp--
	case 1-frac < tolerance:
	default:
		return c.rescaleBy(v, int64(math.Round(frac*(1<<16))), 16-exp, to)
	}
	if exp == 0 {
		return value{id: v.id, scale: to}, nil
	}
	return c.rescaleBy(v, 1, -exp, to)
}

// rescaleBy multiplies v by multiplier/2^shift.
func (c *compiler) rescaleBy(v value, multiplier int64, shift int, to float64) (value, error) {
	if shift > ir.MaxShift {
		return v, fmt.Errorf("its scale %g is too fine to become %g", v.scale, to)
	}
	var id ir.ID
	var err error
	if shift <= 0 {
		if -shift > 40 {
			return v, fmt.Errorf("its scale %g is too coarse to become %g", v.scale, to)
		}
		id, err = c.add(ir.Linear{Coefs: []int64{multiplier << -shift}}, v.id)
	} else {
		id, err = c.add(ir.Rescale{Multiplier: multiplier, Shift: shift}, v.id)
	}
	return value{id: id, scale: to}, err
}

// demand returns the scale at which the accumulator id is going to be rounded,
// looking through primitives that do not round, or 0 if its uses do not agree on
// one.
func (c *compiler) demand(id graph.ID) float64 {
	want := 0.0
	for _, u := range c.uses[id] {
		n := &c.g.Nodes[u]
		var d float64
		switch op := n.Op.(type) {
		case graph.Map:
			d = c.argumentScale(u, op.Func)
		case graph.Max:
			d = c.activationScale(id)
		case graph.View, graph.Linear:
			d = c.demand(u)
		}
		if d == 0 || (want != 0 && d != want) {
			return 0
		}
		want = d
	}
	return want
}

// narrow returns v fit to enter a product: an accumulator that has grown wide is
// rescaled to an activation.
func (c *compiler) narrow(id graph.ID, bits int) (value, error) {
	v := c.at[id]
	if c.p.Nodes[v.id].Range.Count() <= int64(1)<<bits {
		return v, nil
	}
	return c.rescale(v, c.activationScale(id))
}

// quantize returns round(x/scale) of every element, ties toward +∞.
func quantize(data []float64, scale float64) ([]int64, error) {
	out := make([]int64, len(data))
	for i, x := range data {
		q := math.Floor(x/scale + 0.5)
		if !(math.Abs(q) < float64(ir.Limit)) {
			return nil, fmt.Errorf("constant %g at scale %g exceeds 2^60", x, scale)
		}
		out[i] = int64(q)
	}
	return out, nil
}
