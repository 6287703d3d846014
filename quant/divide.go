// SPDX-License-Identifier: Apache-2.0

package quant

import (
	"fmt"
	"math"

	"github.com/zkml-go/zkml/graph"
	"github.com/zkml-go/zkml/ir"
)

// divide is the quotient rounded to the nearest integer, ties toward +∞:
//
//	y = ⌊(2ᵏ⁺¹·a + b)/(2·b)⌋
//
// with the least k at which y, of scale a.scale/(b.scale·2ᵏ), is as fine as an
// activation.
func (c *compiler) divide(id graph.ID, n *graph.Node) (value, error) {
	b, err := c.divisor(n.Args[1])
	if err != nil {
		return value{}, err
	}
	a, err := c.numerator(n.Args[0])
	if err != nil {
		return value{}, err
	}
	k := max(int(math.Ceil(math.Log2(a.scale/b.scale/c.activationScale(id))-1e-9)), 0)
	if k > 40 {
		return value{}, fmt.Errorf("its numerator of scale %g is too coarse for a quotient of scale %g", a.scale, c.activationScale(id))
	}
	above, err := c.add(ir.Linear{Coefs: []int64{2 << k, 1}}, a.id, b.id)
	if err != nil {
		return value{}, err
	}
	below, err := c.add(ir.Linear{Coefs: []int64{2}}, b.id)
	if err != nil {
		return value{}, err
	}
	y, err := c.add(ir.Divide{}, above, below)
	return value{id: y, scale: a.scale / b.scale / math.Ldexp(1, k)}, err
}

// numerator returns value id in at most as many bits as the operand of a division
// has.
func (c *compiler) numerator(id graph.ID) (value, error) {
	v := c.at[id]
	step := c.span(id).maxAbs() / math.Ldexp(1, fine(c.bits[id]))
	if v.constant != nil {
		k, err := c.constantAt(id, 1, positive(step))
		return value{id: k, scale: positive(step)}, err
	}
	if c.p.Nodes[v.id].Range.Count() <= int64(1)<<(fine(c.bits[id])+comparedBits) || v.scale >= step {
		return v, nil
	}
	return c.rescale(v, positive(step))
}

// divisor returns value id with a positive range. A value that cannot be negative
// is raised to a quarter of the least that calibration saw, which changes none
// that is larger; what is repeated is raised once.
func (c *compiler) divisor(id graph.ID) (value, error) {
	if v, ok := c.divisors[id]; ok {
		return v, nil
	}
	v, err := c.newDivisor(id)
	c.divisors[id] = v
	return v, err
}

func (c *compiler) newDivisor(id graph.ID) (value, error) {
	n := &c.g.Nodes[id]
	if op, ok := n.Op.(graph.View); ok && !op.View.Pads() && c.at[id].constant == nil {
		v, err := c.divisor(n.Args[0])
		if err != nil {
			return value{}, err
		}
		x, err := c.add(ir.View{View: op.View}, v.id)
		return value{id: x, scale: v.scale}, err
	}
	v, s := c.at[id], c.cal.Spans[id]
	if v.constant != nil || !(s.Lo > 0) {
		return value{}, fmt.Errorf("the divisor is not always positive: calibration saw [%g, %g]", s.Lo, s.Hi)
	}
	// The least divisor is to have the digits of an activation.
	step := max(min(s.Hi/math.Ldexp(1, fine(c.bits[id])), s.Lo/math.Ldexp(1, c.bits[id])), s.Hi/math.Ldexp(1, fineLimit+fineBits))
	if v.scale < step && c.p.Nodes[v.id].Range.Count() > int64(1)<<(fine(c.bits[id])+comparedBits) {
		var err error
		if v, err = c.rescale(v, positive(step)); err != nil {
			return value{}, err
		}
	}
	r := c.p.Nodes[v.id].Range
	if r.Lo < 0 {
		return value{}, fmt.Errorf("the divisor is not provably positive: its integers are in %v", r)
	}
	least := max(int64(s.Lo/headroom/v.scale), 1)
	if r.Lo >= least {
		return v, nil
	}
	if r.Hi < least {
		return value{}, fmt.Errorf("the divisor is at most %d at scale %g, and calibration saw %g", r.Hi, v.scale, s.Lo)
	}
	return c.saturate(v, ir.Range{Lo: least, Hi: r.Hi})
}
