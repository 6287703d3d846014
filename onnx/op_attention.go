// SPDX-License-Identifier: Apache-2.0

package onnx

import (
	"slices"

	"github.com/zkml-go/zkml/graph"
)

var _ = register("Attention", since(23), lowerAttention, note("masks of bools must be known when the model is loaded"))

var _ = skip("node/test_attention_4d_with_past_and_present_qk_matmul_bias_?d_mask_causal", "the scores with their mask are infinite")

// lowerAttention lowers attention with any of a mask, a causal mask, earlier keys
// and values, a soft cap of the scores, and heads of K and V that serve several of
// Q.
//
// https://onnx.ai/onnx/operators/onnx__Attention.html
func lowerAttention(n *node) []*value {
	n.Ignore("softmax_precision") // the graph is over the reals
	q, k, v := n.In(0), n.In(1), n.In(2)
	flat := len(n.Shape(q)) == 3
	heads, shared := n.Int("q_num_heads", 0), n.Int("kv_num_heads", 0)
	if flat {
		q, k, v = n.heads(q, heads), n.heads(k, shared), n.heads(v, shared)
	}
	now := k
	if n.Has(4) && n.Has(5) {
		k, v = n.b.Concat(2, n.In(4), k), n.b.Concat(2, n.In(5), v)
	}
	a := n.newAttention(q, k, v)
	a.scale = n.Float("scale", a.scale)
	a.softcap = n.Float("softcap", 0)
	if n.Has(3) {
		a.maskIn(3)
	}
	causal := n.Bool("is_causal", false)
	switch {
	case n.Has(6):
		a.lengths(n.IntsIn(6), causal)
	case causal:
		a.causal(n.Shape(k)[2] - n.Shape(now)[2])
	}
	y := a.run()
	if flat {
		y = n.unheads(y)
	}
	return slices.Concat(floats(y), floats(k), floats(v), floats(a.stage(n.Int("qk_matmul_output_mode", 0))))
}

// stage returns what the operator's last output shows of the scores on their way.
func (a *attention) stage(mode int64) graph.ID {
	n := a.n
	switch mode {
	case 0:
		return a.products
	case 1:
		return a.capped
	case 2:
		if n.UsesOutput(3) && slices.Contains(a.hidden.hidden, true) {
			n.Failf("the scores with their mask, output 3, are infinite")
		}
		if a.bias == none {
			return a.capped
		}
		return n.b.Sum(a.capped, a.bias)
	case 3:
		return a.weights
	}
	n.Failf("qk_matmul_output_mode is %d", mode)
	return none
}
