// SPDX-License-Identifier: Apache-2.0

package quant

import (
	"fmt"
	"math"
	"math/bits"

	"github.com/zkml-go/zkml/graph"
	"github.com/zkml-go/zkml/ir"
)

// rescale returns v at scale to, rounded by the one rounding rule. If the scales
// agree up to a power of two the ratio is exact; otherwise it is M/2ˢ with a
// 16-bit M, off by a factor of at most 1 ± 2⁻¹⁶. Where the product with a wide
// range would exceed the limit of integers M has fewer bits, and where they would
// be too few the integers lose bits before, down to roundBits beyond the result.
func (c *compiler) rescale(v value, to float64) (value, error) {
	ratio := v.scale / to
	if math.IsInf(ratio, 0) || math.IsNaN(ratio) || ratio <= 0 {
		return v, fmt.Errorf("cannot rescale from %g to %g", v.scale, to)
	}
	if k, ok := powerOfTwo(ratio); ok {
		if k == 0 {
			return value{id: v.id, scale: to}, nil
		}
		return c.rescaleBy(v, 1, -k, to)
	}
	frac, exp := math.Frexp(ratio) // ratio = frac·2^exp, frac ∈ [1/2, 1)
	const widest, least, roundBits = 16, 8, 6
	r := c.p.Nodes[v.id].Range
	width := widest
	exceeds := func() bool { return float64(max(-r.Lo, r.Hi)) > math.Ldexp(float64(ir.Limit), -width-1) }
	for width > least && exceeds() {
		width--
	}
	if exceeds() && -exp > roundBits {
		w, err := c.rescaleBy(v, 1, -exp-roundBits, math.Ldexp(v.scale, -exp-roundBits))
		if err != nil {
			return value{}, err
		}
		return c.rescale(w, to)
	}
	m := int64(math.Round(math.Ldexp(frac, width)))
	even := bits.TrailingZeros64(uint64(m)) // a smaller remainder is cheaper
	return c.rescaleBy(v, m>>even, width-exp-even, to)
}

// powerOfTwo returns k if x is 2ᵏ up to the rounding of the arithmetic on scales.
func powerOfTwo(x float64) (k int, ok bool) {
	const tolerance = 1e-9
	frac, exp := math.Frexp(x)
	switch {
	case frac-0.5 < tolerance/2:
		return exp - 1, true
	case 1-frac < tolerance:
		return exp, true
	}
	return 0, false
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

// The widths that an operand may have, in bits, before it is rescaled.
const (
	// weightedBits is the limit where weights follow that are quantized.
	weightedBits = 20
	// exactBits is the limit where weights follow that are exact small integers.
	exactBits = 40
	// comparedBits, above those of an activation, is the limit where values are
	// compared or multiplied with each other.
	comparedBits = 2
	// looseBits, above those of an activation, is the width beyond which the proved
	// range of an activation is cut to headroom times its calibrated span.
	looseBits = 12
)

// operand returns value id fit to enter a product or a comparison: an accumulator
// wider than limit bits is rescaled to an activation, once for all its uses.
func (c *compiler) operand(id graph.ID, limit int) (value, error) {
	v, to := c.at[id], c.activationScale(id)
	if c.p.Nodes[v.id].Range.Count() <= int64(1)<<limit || v.scale >= to {
		return v, nil
	}
	if n, ok := c.narrow[id]; ok {
		return n, nil
	}
	n, err := c.rescale(v, to)
	if err == nil && c.p.Nodes[n.id].Range.Count() > int64(1)<<(c.width(id)+looseBits) {
		// Products of such ranges would soon exceed every bound.
		n, err = c.saturate(n, intersect(c.p.Nodes[n.id].Range, c.calibrated(id, n.scale)))
	}
	c.narrow[id] = n
	return n, err
}

// limit returns the least width that the uses of value id take, looking through
// views, or 0 if some use takes any.
func (c *compiler) limit(id graph.ID) int {
	least := 0
	for _, u := range c.uses[id] {
		n := &c.g.Nodes[u]
		l := 0
		switch n.Op.(type) {
		case graph.View:
			l = c.limit(u)
		case graph.Max:
			l = c.bits[n.Args[0]] + comparedBits
		case graph.Contract:
			l = c.contractLimit(n)
		}
		if l == 0 {
			return 0
		}
		if least == 0 || l < least {
			least = l
		}
	}
	return least
}

// contractLimit returns the width that a contraction takes.
func (c *compiler) contractLimit(n *graph.Node) int {
	switch {
	case c.at[n.Args[0]].constant == nil && c.at[n.Args[1]].constant == nil:
		return max(c.bits[n.Args[0]], c.bits[n.Args[1]]) + comparedBits
	case c.unit(n) != 0:
		return exactBits
	}
	return weightedBits
}

// quantize returns round(x/scale) of every element, ties toward +∞.
func quantize(data []float64, scale float64) ([]int64, error) {
	out := make([]int64, len(data))
	for i, x := range data {
		q := math.Floor(x/scale + 0.5)
		if !(math.Abs(q) < float64(ir.Limit)) {
			return nil, fmt.Errorf("constant %g at scale %g exceeds 2^60", x, math.Abs(scale))
		}
		out[i] = int64(q)
	}
	return out, nil
}
