// SPDX-License-Identifier: Apache-2.0

package quant

import (
	"math"

	"github.com/zkml-go/zkml/graph"
	"github.com/zkml-go/zkml/ir"
	"github.com/zkml-go/zkml/tensor"
)

// contract multiplies two tensors exactly; the scales multiply.
func (c *compiler) contract(id graph.ID, n *graph.Node, op graph.Contract) (value, error) {
	a, b := n.Args[0], n.Args[1]
	switch {
	case c.at[b].constant != nil:
		return c.weighted(id, n, op.Contraction, a, b, false)
	case c.at[a].constant != nil:
		return c.weighted(id, n, op.Contraction, b, a, true)
	}
	x, err := c.operand(a, c.contractLimit(n))
	if err != nil {
		return value{}, err
	}
	y, err := c.operand(b, c.contractLimit(n))
	if err != nil {
		return value{}, err
	}
	acc, err := c.add(ir.Contract{Contraction: op.Contraction}, x.id, y.id)
	return value{id: acc, scale: x.scale * y.scale}, err
}

// weighted contracts the tensor of x with the constant of w.
func (c *compiler) weighted(id graph.ID, n *graph.Node, op tensor.Contraction, x, w graph.ID, weightsFirst bool) (value, error) {
	in, err := c.operand(x, c.contractLimit(n))
	if err != nil {
		return value{}, err
	}
	op, shape, data := c.weights(op, w, weightsFirst)
	scale := c.unit(n)
	if scale == 0 && c.opts.WeightBits != 0 {
		return c.perChannel(id, op, in, shape, data, weightsFirst)
	}
	if scale == 0 {
		free := freeWeightBits
		if c.p.Nodes[in.id].Range.Within(ir.Range{Lo: 0, Hi: 1}) {
			free = selectedBits
		}
		scale = c.weightScale(data, in.scale, c.demanded(id), free, c.shift(id))
	}
	q, err := quantize(data, scale)
	if err != nil {
		return value{}, err
	}
	k, err := c.add(ir.NewConst(shape, q))
	if err != nil {
		return value{}, err
	}
	args := []ir.ID{in.id, k}
	if weightsFirst {
		args = []ir.ID{k, in.id}
	}
	acc, err := c.add(ir.Contract{Contraction: op}, args...)
	return value{id: acc, scale: in.scale * scale}, err
}

// weights returns the constant w as an operand of op. Axes along which a view
// repeats it are dropped, so a number per channel stays one.
func (c *compiler) weights(op tensor.Contraction, w graph.ID, first bool) (tensor.Contraction, tensor.Shape, []float64) {
	shape, data := c.g.Nodes[w].Shape, c.at[w].constant()
	if c.g.Nodes[w].Op.Kind() != "view" {
		return op, shape, data
	}
	own, other := &op.B, op.A
	if first {
		own, other = &op.A, op.B
	}
	shared := map[int]bool{}
	for _, l := range other {
		shared[l] = true
	}
	labels := []int{}
	small := tensor.Shape{}
	full := shape.Clone()
	for axis, l := range *own {
		if once := repeats(full, axis, data); once != nil && shared[l] {
			full[axis], data = 1, once
			continue
		}
		labels, small = append(labels, l), append(small, shape[axis])
	}
	*own = labels
	return op, small, data
}

// weightScale chooses the scale of weights that meet an operand of scale in and
// whose accumulator is rounded at scale demand by shift bits or more; if demand is
// 0, which means that it is not known, the largest gets the given bits.
func (c *compiler) weightScale(w []float64, in, demand float64, free, shift int) float64 {
	largest := 0.0
	for _, x := range w {
		largest = max(largest, math.Abs(x))
	}
	if demand == 0 {
		return largest / (math.Ldexp(1, free-1) - 1)
	}
	for shift < maxShift && largest*in/demand*math.Ldexp(1, shift) < 1<<(minWeightBits-1) {
		shift++
	}
	return demand / in / math.Ldexp(1, shift)
}
