// SPDX-License-Identifier: Apache-2.0

package onnx

import (
	"math"
	"slices"

	"github.com/zkml-go/zkml/graph"
	"github.com/zkml-go/zkml/tensor"
)

var _ = register("LinearAttention", since(27), lowerLinearAttention, note("unrolled"))

// lowerLinearAttention unrolls a recurrence over the positions t of a state S, a
// matrix of d_k·d_v for each head of K and V, which may serve several of Q:
//
//	S ← γₜ·S + βₜ·kₜ⊗(vₜ − γₜ·Sᵀ·kₜ),  oₜ = scale·Sᵀ·qₜ
//
// γₜ = exp(decay) is 1 where update_rule is not gated. Where it is not a delta rule,
// βₜ is 1 and Sᵀ·kₜ is left out.
//
// https://onnx.ai/onnx/operators/onnx__LinearAttention.html
func lowerLinearAttention(n *node) []*value {
	n.Ignore("chunk_size") // how it is computed, not what
	rule := n.String("update_rule", "gated_delta")
	gated, delta := rule == "gated" || rule == "gated_delta", rule == "delta" || rule == "gated_delta"
	if !gated && !delta && rule != "linear" {
		n.Failf("attribute \"update_rule\" is %q", rule)
	}
	count := n.Int("kv_num_heads", 0)
	q, k, v := n.heads(n.In(0), n.Int("q_num_heads", 0)), n.heads(n.In(1), count), n.heads(n.In(2), count)
	sq, sk, sv := n.Shape(q), n.Shape(k), n.Shape(v)
	if sq[0] != sk[0] || !sk[:3].Equal(sv[:3]) || sq[2] != sk[2] || sq[3] != sk[3] || sq[1]%sk[1] != 0 {
		n.Failf("attention of shapes %v, %v and %v", sq, sk, sv)
	}
	r := &linearAttention{n: n, batch: sk[0], heads: sk[1], shared: sq[1] / sk[1], keys: sk[3], values: sv[3], state: none}
	if scale := n.Float("scale", 0); scale != 0 {
		r.scale = scale
	} else {
		r.scale = 1 / math.Sqrt(float64(r.keys))
	}
	if n.Has(3) {
		r.state = n.In(3)
		if s, want := n.Shape(r.state), (tensor.Shape{r.batch, r.heads, r.keys, r.values}); !s.Equal(want) {
			n.Failf("a past of shape %v, want %v", s, want)
		}
	}
	// batch · heads · positions · d_k or 1
	decay, beta := none, none
	if gated {
		decay = n.b.Map(n.heads(n.In(4), count), graph.Func{Name: "exp"})
	}
	if delta {
		beta = n.In(5)
		if s := n.Shape(beta); len(s) == 3 && s[2] == 1 { // one for all heads
			beta = n.b.BroadcastTo(beta, tensor.Shape{s[0], s[1], r.heads})
		}
		beta = n.heads(beta, count)
	}
	outputs := make([]graph.ID, sk[2])
	for t := range outputs {
		outputs[t] = r.step(q, k, v, decay, beta, t)
	}
	return slices.Concat(floats(n.unheads(n.joined(2, outputs))), floats(r.state))
}

// A linearAttention is the recurrence of a node. Its state is batch · heads · keys ·
// values, or none as long as it is 0.
type linearAttention struct {
	n                                  *node
	batch, heads, shared, keys, values int
	scale                              float64
	state                              graph.ID
}

// step moves the state to position t and returns the output there, batch · heads of
// Q · 1 · values. decay and beta may be none.
func (r *linearAttention) step(q, k, v, decay, beta graph.ID, t int) graph.ID {
	n := r.n
	at := func(x graph.ID, axes ...int) graph.ID { // position t, of the given trailing axes
		x = n.part(x, 2, t, 1)
		return n.b.Reshape(x, slices.Concat(tensor.Shape{r.batch, r.heads}, axes))
	}
	key, value := at(k, r.keys, 1), at(v, 1, r.values)
	if r.state != none {
		if decay != none {
			r.state = n.b.Mul(r.state, at(decay, n.Shape(decay)[3], 1))
		}
		if beta != none {
			// Labels: batch, head, key, value.
			old := n.b.Contract(r.state, at(k, r.keys), tensor.Contraction{
				Extents: []int{r.batch, r.heads, r.keys, r.values}, A: []int{0, 1, 2, 3}, B: []int{0, 1, 2}, Out: []int{0, 1, 3}})
			value = n.b.Linear(0, []float64{1, -1}, value, n.b.Reshape(old, n.Shape(value)))
		}
	}
	if beta != none {
		value = n.b.Mul(value, at(beta, 1, 1))
	}
	r.state = n.plus(r.state, n.b.Mul(key, value))
	// Labels: batch, head of K, head of Q of it, key, value.
	query := n.b.Reshape(n.part(q, 2, t, 1), tensor.Shape{r.batch, r.heads, r.shared, r.keys})
	y := n.b.Contract(query, r.state, tensor.Contraction{
		Extents: []int{r.batch, r.heads, r.shared, r.keys, r.values}, A: []int{0, 1, 2, 3}, B: []int{0, 1, 3, 4}, Out: []int{0, 1, 2, 4}})
	return n.b.Linear(0, []float64{r.scale}, n.b.Reshape(y, tensor.Shape{r.batch, r.heads * r.shared, 1, r.values}))
}
