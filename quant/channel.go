// SPDX-License-Identifier: Apache-2.0

package quant

import (
	"math"
	"slices"

	"github.com/zkml-go/zkml/graph"
	"github.com/zkml-go/zkml/ir"
	"github.com/zkml-go/zkml/tensor"
)

// multiplierBits is the width of the largest multiplier of a layer whose weights
// have a scale per channel.
const multiplierBits = 16

// perChannel contracts in with weights of opts.WeightBits bits, a scale for each
// channel: for each index of the axes that the weights share with the result. The
// accumulator of channel k, of scale inₖ = in·scaleₖ, is multiplied by
// Mₖ = ⌊inₖ/u + ½⌋ to scale u, the power of two below the accumulator's demanded
// scale at which the largest Mₖ has multiplierBits bits. The rescale that follows is
// then the shift of all channels.
func (c *compiler) perChannel(id graph.ID, op tensor.Contraction, in value, shape tensor.Shape, data []float64, weightsFirst bool) (value, error) {
	labels := op.B
	if weightsFirst {
		labels = op.A
	}
	var dropped, channels []int
	for axis, l := range labels {
		if k := slices.Index(op.Out, l); k >= 0 {
			channels = append(channels, k)
		} else {
			dropped = append(dropped, axis)
		}
	}
	kept, group, err := tensor.Reduce(shape, dropped)
	if err != nil {
		return value{}, err
	}
	steps := make([]float64, kept.Size()) // the scale of each channel
	for i, x := range data {
		steps[group[i]] = max(steps[group[i]], math.Abs(x))
	}
	levels := math.Ldexp(1, c.opts.WeightBits-1) - 1
	largest := 0.0
	for k := range steps {
		if steps[k] != 0 {
			steps[k] = positive(steps[k] / levels)
		}
		largest = max(largest, steps[k])
	}
	if largest == 0 {
		largest = 1
	}
	q := make([]int64, len(data))
	for i, x := range data {
		if x != 0 {
			q[i] = int64(math.Floor(x/steps[group[i]] + 0.5))
		}
	}
	unit := c.multiplied(id, largest*in.scale)
	factors := make([]int64, len(steps))
	for k := range steps {
		factors[k] = int64(math.Floor(steps[k]*in.scale/unit + 0.5))
	}

	w, err := c.add(ir.NewConst(shape, q))
	if err != nil {
		return value{}, err
	}
	args := []ir.ID{in.id, w}
	if weightsFirst {
		args = []ir.ID{w, in.id}
	}
	acc, err := c.add(ir.Contract{Contraction: op}, args...)
	if err != nil {
		return value{}, err
	}
	m, err := c.add(ir.NewConst(kept, factors))
	if err != nil {
		return value{}, err
	}
	scaled := tensor.Elementwise(op.OutShape())
	scaled.B = channels
	product, err := c.add(ir.Contract{Contraction: scaled}, acc, m)
	return value{id: product, scale: unit}, err
}

// multiplied returns the scale of accumulators of value id whose coarsest has the
// given scale.
func (c *compiler) multiplied(id graph.ID, coarsest float64) float64 {
	unit := c.demanded(id)
	if unit == 0 {
		return coarsest / (math.Ldexp(1, multiplierBits) - 1)
	}
	for coarsest/unit < 1<<(multiplierBits-1) {
		unit /= 2
	}
	return unit
}
