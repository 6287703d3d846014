// SPDX-License-Identifier: Apache-2.0

package quant

import (
	"math"

	"github.com/zkml-go/zkml/graph"
	"github.com/zkml-go/zkml/ir"
)

// contract multiplies two tensors exactly; the scales multiply.
func (c *compiler) contract(id graph.ID, n *graph.Node, op graph.Contract) (value, error) {
	a, b := n.Args[0], n.Args[1]
	switch {
	case c.at[b].constant != nil:
		return c.weighted(id, op, a, b, false)
	case c.at[a].constant != nil:
		return c.weighted(id, op, b, a, true)
	}
	x, err := c.narrow(a, c.opts.ActBits+2)
	if err != nil {
		return value{}, err
	}
	y, err := c.narrow(b, c.opts.ActBits+2)
	if err != nil {
		return value{}, err
	}
	acc, err := c.add(ir.Contract{Contraction: op.Contraction}, x.id, y.id)
	return value{id: acc, scale: x.scale * y.scale}, err
}

// weighted contracts the tensor of x with the constant of w.
func (c *compiler) weighted(id graph.ID, op graph.Contract, x, w graph.ID, weightsFirst bool) (value, error) {
	in, err := c.narrow(x, maxOperandBits)
	if err != nil {
		return value{}, err
	}
	data := c.at[w].constant
	scale := c.weightScale(data, in.scale, c.demand(id))
	q, err := quantize(data, scale)
	if err != nil {
		return value{}, err
	}
	k, err := c.add(ir.Const{Shape: c.g.Nodes[w].Shape, Data: q})
	if err != nil {
		return value{}, err
	}
	args := []ir.ID{in.id, k}
	if weightsFirst {
		args = []ir.ID{k, in.id}
	}
	acc, err := c.add(ir.Contract{Contraction: op.Contraction}, args...)
	return value{id: acc, scale: in.scale * scale}, err
}

// weightScale chooses the scale of weights that meet an operand of scale in and
// whose accumulator is rounded at scale demand (0: not known).
func (c *compiler) weightScale(w []float64, in, demand float64) float64 {
	if unit := commonUnit(w); unit != 0 {
		return unit
	}
	largest := 0.0
	for _, x := range w {
		largest = max(largest, math.Abs(x))
	}
	if demand == 0 {
		return largest / (1<<(freeWeightBits-1) - 1)
	}
	shift := accumulatorShift
	for shift < 24 && largest*in/demand*math.Ldexp(1, shift) < 1<<(minWeightBits-1) {
		shift++
	}
	return demand / in / math.Ldexp(1, shift)
}

// commonUnit returns u > 0 if every weight is a small integer times u, as in
// averages and sums: such weights are exact. It returns 0 if there is none, and
// 1 if all weights are 0.
func commonUnit(w []float64) float64 {
	const largest, tolerance = 64, 1e-6
	unit := math.Inf(1)
	for _, x := range w {
		if x != 0 {
			unit = min(unit, math.Abs(x))
		}
	}
	if math.IsInf(unit, 1) {
		return 1
	}
	for _, x := range w {
		k := math.Round(x / unit)
		if math.Abs(k) > largest || math.Abs(x/unit-k) > tolerance {
			return 0
		}
	}
	return unit
}
