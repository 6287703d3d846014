// SPDX-License-Identifier: Apache-2.0

package onnx

import (
	"math"
	"slices"

	"github.com/zkml-go/zkml/graph"
	"github.com/zkml-go/zkml/tensor"
)

// lowest is the greatest number that hides an element from a softmax if a
// constant adds it or puts it in the element's place: its weight is less than
// float32 holds unless the scores differ by nearly as much.
const lowest = -1e4

const maskedUse = "a masked value is used by more than a softmax"

var (
	_ = skip("node/test_attention_4d_attn_mask_[34]d_causal_expanded", maskedUse)
	_ = skip("node/test_attention_4d_diff_heads_mask4d_padded_kv_expanded", maskedUse)
	_ = skip("node/test_attention_4d_with_past_and_present_qk_matmul_bias_[34]d_mask_causal_expanded", maskedUse)
)

// A mask says which elements of a value are hidden from a softmax: those that a
// constant of the model made −Inf or a number as good as that.
type mask struct {
	// scores is the value without what hides elements.
	scores graph.ID
	// hidden tells which elements are, in a shape that broadcasts to that of scores.
	shape  tensor.Shape
	hidden []bool
	// infinite says that an element is −Inf, so that no graph node is the value.
	infinite bool
}

// lowIn returns input i without the numbers that hide elements, 0 in their place,
// and the mask, without scores, that they are, or nil if there are none.
func (n *node) lowIn(i int) (graph.ID, *mask) {
	v := n.moved(i)
	if v.host == nil || !v.dtype.IsFloat() || v.host.size() > maxHost {
		return -1, nil
	}
	data := n.FloatsIn(i)
	if !slices.ContainsFunc(data, func(x float32) bool { return x <= lowest }) {
		return -1, nil
	}
	n.Spend(len(data))
	m := &mask{shape: v.host.shape, hidden: make([]bool, len(data))}
	rest := slices.Clone(data)
	for k, x := range data {
		if x <= lowest {
			m.hidden[k], rest[k] = true, 0
			m.infinite = m.infinite || math.IsInf(float64(x), -1)
		}
	}
	return n.b.Const(v.host.shape, rest), m
}

// addMasked lowers a sum with a constant that hides elements, or returns nil.
func (n *node) addMasked() []*value {
	for i := range 2 {
		rest, m := n.lowIn(i)
		if m == nil || !n.maskable(1-i) {
			continue
		}
		plain := func() graph.ID { return lowerAdd(n, n.In(0), n.In(1)) }
		return n.masked(n.moved(1-i), m, func(x graph.ID) graph.ID {
			if slices.ContainsFunc(n.b.ConstData(rest), func(x float32) bool { return x != 0 }) {
				return lowerAdd(n, x, rest)
			}
			return n.b.BroadcastTo(x, n.broadcast(x, rest))
		}, plain)
	}
	return nil
}

// whereMasked lowers a choice, by a constant, between a value and a constant that
// hides elements, or returns nil.
func (n *node) whereMasked() []*value {
	cond := n.Value(0)
	if cond.host == nil || cond.host.size() > maxHost {
		return nil
	}
	for _, i := range []int{1, 2} {
		rest, m := n.lowIn(i)
		if m == nil || !n.maskable(3-i) {
			continue
		}
		// Hidden is what is chosen and low; others says that more is chosen.
		p := n.pairs(cond.host.shape, m.shape)
		pick, low, others := n.IntsIn(0), m.hidden, false
		m.shape, m.hidden = p.shape, make([]bool, len(p.x))
		for k := range m.hidden {
			chosen := (pick[p.x[k]] != 0) == (i == 1)
			m.hidden[k] = chosen && low[p.y[k]]
			others = others || chosen && !low[p.y[k]]
		}
		if others && n.moved(3-i).masked != nil {
			return nil // some of what is hidden would no longer be
		}
		plain := func() graph.ID { return n.chosen(n.Real(0), n.In(1), n.In(2)) }
		return n.masked(n.moved(3-i), m, func(x graph.ID) graph.ID {
			switch {
			case !others:
				return n.b.BroadcastTo(x, n.broadcast(x, rest, n.Real(0)))
			case i == 1:
				return n.chosen(n.Real(0), rest, x)
			}
			return n.chosen(n.Real(0), x, rest)
		}, plain)
	}
	return nil
}

// maskable reports whether input i is a value that a constant may hide elements of.
func (n *node) maskable(i int) bool {
	v := n.moved(i)
	return v.host == nil && v.dropped == "" && v.dtype.IsFloat()
}

// masked returns the value that m hides elements of: scores makes its scores of v,
// or of v's own, and plain the whole value.
func (n *node) masked(v *value, m *mask, scores func(x graph.ID) graph.ID, plain func() graph.ID) []*value {
	x := v.id
	if v.masked != nil {
		x = v.masked.scores
		p := n.pairs(v.masked.shape, m.shape)
		hidden := make([]bool, len(p.x))
		for k := range hidden {
			hidden[k] = v.masked.hidden[p.x[k]] || m.hidden[p.y[k]]
		}
		m = &mask{shape: p.shape, hidden: hidden, infinite: m.infinite || v.masked.infinite}
	}
	m.scores = n.check(scores(x))
	if !slices.Contains(m.hidden, true) {
		return like(&value{dtype: v.dtype}, m.scores)
	}
	out := value{dtype: v.dtype, id: m.scores, masked: m}
	if !m.infinite {
		out.id = plain()
	}
	return []*value{&out}
}
