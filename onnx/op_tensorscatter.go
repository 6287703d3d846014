// SPDX-License-Identifier: Apache-2.0

package onnx

var _ = register("TensorScatter", since(24), lowerTensorScatter, note("at positions that are known when the model is loaded"))

// lowerTensorScatter writes an update into a cache, for each element of the batch
// from its own position of the sequence axis on; in mode circular it goes on at
// the start.
//
// https://onnx.ai/onnx/operators/onnx__TensorScatter.html
func lowerTensorScatter(n *node) []*value {
	cache, update := n.Value(0), n.Value(1)
	s, us := n.ShapeOf(cache), n.ShapeOf(update)
	axis := n.Axis(n.Int("axis", -2), len(s))
	want := s.Clone()
	if len(us) == len(s) {
		want[axis] = us[axis]
	}
	if axis == 0 || !us.Equal(want) || us[axis] > s[axis] || extent(us) == 0 {
		n.Failf("an update of shape %v for a cache of shape %v along axis %d", us, s, axis)
	}
	mode := n.String("mode", "linear")
	if mode != "linear" && mode != "circular" {
		n.Failf("mode %q is not supported", mode)
	}
	from := make([]int, s[0])
	if n.Has(2) {
		from = n.Small("write_indices", n.IntsIn(2), 0)
	}
	if len(from) != s[0] {
		n.Failf("%d positions for a batch of %d", len(from), s[0])
	}
	pieces := make([]*value, s[0])
	for b, at := range from {
		n.Spend(s[axis])
		index := ramp(0, s[axis], 1)
		for k := range us[axis] {
			to := at + k
			if mode == "circular" {
				to %= s[axis]
			} else if to >= s[axis] {
				n.Failf("the update of batch element %d ends at %d of %d", b, at+us[axis], s[axis])
			}
			index[to] = s[axis] + k
		}
		row := []int{b}
		pieces[b] = n.pick(n.join(axis, n.pick(cache, 0, row, 0), n.pick(update, 0, row, 0)), axis, index, 0)
	}
	if len(pieces) == 1 {
		return pieces
	}
	return []*value{n.join(0, pieces...)}
}
