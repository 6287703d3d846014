// SPDX-License-Identifier: Apache-2.0

package onnx

import "slices"

var _ = register("ReverseSequence", since(10), lowerReverseSequence, note("with lengths that are known when the model is loaded"))

// lowerReverseSequence reverses, for each element of the batch, the first
// elements of the time axis, as many as its length says.
//
// https://onnx.ai/onnx/operators/onnx__ReverseSequence.html
func lowerReverseSequence(n *node) []*value {
	v := n.Value(0)
	s := n.ShapeOf(v)
	batch, time := n.Axis(n.Int("batch_axis", 1), len(s)), n.Axis(n.Int("time_axis", 0), len(s))
	lengths := n.Small("sequence_lens", n.IntsIn(1), 0)
	if batch == time || len(lengths) != s[batch] || len(lengths) == 0 || slices.Max(lengths) > s[time] {
		n.Failf("lengths %v for batch axis %d and time axis %d of shape %v", lengths, batch, time, s)
	}
	reversed := func(v *value, length int) *value {
		n.Spend(s[time])
		return n.pick(v, time, append(ramp(length-1, length, -1), ramp(length, s[time]-length, 1)...), 0)
	}
	if slices.Min(lengths) == slices.Max(lengths) {
		return []*value{reversed(v, lengths[0])}
	}
	pieces := make([]*value, len(lengths))
	for b, length := range lengths {
		pieces[b] = reversed(n.pick(v, batch, []int{b}, 0), length)
	}
	return []*value{n.join(batch, pieces...)}
}
