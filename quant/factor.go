// SPDX-License-Identifier: Apache-2.0

package quant

import "github.com/zkml-go/zkml/tensor"

// along returns the elements of a tensor with the given labels, repeated over an
// index space whose labels contain them.
func along(c tensor.Contraction, of []int, data []float64, space []int) []float64 {
	v := tensor.View{Index: make([]tensor.Affine, len(of))}
	at := make(map[int]int, len(space))
	for axis, l := range space {
		at[l] = axis
		v.Axes = append(v.Axes, c.Extents[l])
	}
	for d, l := range of {
		v.From = append(v.From, c.Extents[l])
		v.Index[d] = tensor.Affine{Terms: []tensor.Term{{Axis: at[l], Coef: 1}}}
	}
	out := make([]float64, 0, v.Axes.Size())
	for _, j := range v.Table() {
		out = append(out, data[j])
	}
	return out
}

// restrict takes a tensor over c's result to an operand's index space: labels
// that the operand lacks are dropped, which needs f constant along them, and
// labels that the result lacks repeat it. It returns nil if f varies.
func restrict(c tensor.Contraction, f []float64, labels []int) []float64 {
	has := make(map[int]bool, len(labels))
	for _, l := range labels {
		has[l] = true
	}
	var dropped, shared []int
	for axis, l := range c.Out {
		if has[l] {
			shared = append(shared, l)
		} else {
			dropped = append(dropped, axis)
		}
	}
	kept, group, err := tensor.Reduce(c.OutShape(), dropped)
	if err != nil {
		panic("zkml: internal error: " + err.Error())
	}
	small, seen := make([]float64, kept.Size()), make([]bool, kept.Size())
	for i, k := range group {
		if !seen[k] {
			small[k], seen[k] = f[i], true
		}
		if small[k] != f[i] {
			return nil
		}
	}
	return along(c, shared, small, labels)
}

// pullBack takes factors of a view's elements to the elements of its source. It
// returns nil unless the view uses each element of the source exactly once.
func pullBack(v tensor.View, f []float64) []float64 {
	if v.From.Size() != len(f) {
		return nil
	}
	out, seen := make([]float64, len(f)), make([]bool, len(f))
	for i, j := range v.Table() {
		if j == tensor.Padding || seen[j] {
			return nil
		}
		out[j], seen[j] = f[i], true
	}
	return out
}
