// SPDX-License-Identifier: Apache-2.0

package onnx

import (
	"slices"

	"github.com/zkml-go/zkml/graph"
	"github.com/zkml-go/zkml/tensor"
)

const microsoftAttentionNote = "without earlier keys and values; masks of keys must be known when the model is loaded"

// Attention as ONNX Runtime's optimizer writes it into transformers:
// https://github.com/microsoft/onnxruntime/blob/main/docs/ContribOperators.md
var (
	_ = register("Attention", since(1), lowerMicrosoftAttention, in("com.microsoft"), note(microsoftAttentionNote))
	_ = register("MultiHeadAttention", since(1), lowerMultiHeadAttention, in("com.microsoft"), note(microsoftAttentionNote))
)

// lowerMicrosoftAttention computes Q, K and V by one matrix product.
func lowerMicrosoftAttention(n *node) []*value {
	n.Ignore("past_present_share_buffer")
	if n.Has(4) || n.Has(6) || n.Bool("do_rotary", false) {
		n.Failf("earlier keys and values and rotary embeddings are not supported")
	}
	x := lowerMatMul(n, n.In(0), n.In(1))
	if n.Has(2) {
		x = n.b.Sum(x, n.In(2))
	}
	s := n.Shape(x)
	sizes := n.Small("qkv_hidden_sizes", n.Ints("qkv_hidden_sizes"), 1)
	if len(sizes) == 0 && len(s) == 3 {
		sizes = repeat(s[2]/3, 3)
	}
	if len(s) != 3 || len(sizes) != 3 || sizes[0]+sizes[1]+sizes[2] != s[2] {
		n.Failf("a product of shape %v for Q, K and V of sizes %v", s, sizes)
	}
	heads := n.Int("num_heads", 0)
	a := n.newAttention(
		n.heads(n.part(x, 2, 0, sizes[0]), heads),
		n.heads(n.part(x, 2, sizes[0], sizes[1]), heads),
		n.heads(n.part(x, 2, sizes[0]+sizes[1], sizes[2]), heads))
	return a.microsoft(3, 5)
}

// lowerMultiHeadAttention takes Q, K and V, in which K and V may have their heads
// apart.
func lowerMultiHeadAttention(n *node) []*value {
	for _, i := range []int{6, 7, 8, 9} {
		if n.Has(i) {
			n.Failf("input %d is not supported: earlier keys and values", i)
		}
	}
	heads := n.Int("num_heads", 0)
	var xs [3]graph.ID
	from := 0
	for i := range xs {
		if !n.Has(i) {
			n.Failf("input %d is missing: Q, K and V in one tensor are not supported", i)
		}
		x := n.In(i)
		s := n.Shape(x)
		if len(s) == 4 && i > 0 {
			xs[i] = x
			from += s[1] * s[3]
			continue
		}
		if len(s) != 3 {
			n.Failf("input %d has shape %v", i, s)
		}
		if n.Has(3) {
			x = n.b.Sum(x, n.part(n.In(3), 0, from, s[2]))
			from += s[2]
		}
		xs[i] = n.heads(x, heads)
	}
	return n.newAttention(xs[0], xs[1], xs[2]).microsoft(4, 5)
}

// microsoft reads the attributes and the masks that both operators share: keys is
// the input with the mask of keys, bias the one that is added to the scores.
func (a *attention) microsoft(keys, bias int) []*value {
	n := a.n
	n.Ignore("mask_filter_value") // masked keys are hidden
	if scale := n.Float("scale", 0); scale != 0 {
		a.scale = scale
	}
	if n.Has(keys) {
		a.keysIn(keys)
	}
	if n.Has(bias) {
		a.maskIn(bias)
	}
	s := a.sizes()
	if n.Bool("unidirectional", false) {
		a.causal(s[3] - s[2])
	}
	return floats(n.unheads(a.run()))
}

// keysIn reads a mask of keys: how many of them every sample has, or for every key
// whether it is there, the same for all positions of Q or for each.
func (a *attention) keysIn(i int) {
	n, s := a.n, a.sizes()
	data := n.IntsIn(i)
	shape := n.Value(i).host.shape
	if len(shape) == 1 {
		a.lengths(data, false)
		return
	}
	hidden := make([]bool, len(data))
	for k, there := range data {
		hidden[k] = there == 0
	}
	switch {
	case shape.Equal(tensor.Shape{s[0], s[3]}):
		a.hide(tensor.Shape{s[0], 1, 1, s[3]}, hidden)
	case shape.Equal(slices.Concat(s[:1], s[2:])):
		a.hide(tensor.Shape{s[0], 1, s[2], s[3]}, hidden)
	default:
		n.Failf("a mask of keys of shape %v for scores of shape %v", shape, s)
	}
}
