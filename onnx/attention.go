// SPDX-License-Identifier: Apache-2.0

package onnx

import (
	"math"
	"slices"

	"github.com/zkml-go/zkml/graph"
	"github.com/zkml-go/zkml/internal/onnxpb"
	"github.com/zkml-go/zkml/tensor"
)

// An attention is a node that computes softmax(scale·Q·Kᵀ + bias)·V for every
// head. A head of K and V may serve several of Q.
type attention struct {
	n       *node
	q, k, v graph.ID // batch · heads · positions · size
	scale   float64
	softcap float64
	bias    graph.ID // added to the scores, or none
	hidden  mask     // what positions of Q do not see of K

	products, capped, weights graph.ID // what run computes on the way
}

// heads splits the last axis of x, batch · positions · heads·size, and moves the
// heads before the positions.
func (n *node) heads(x graph.ID, heads int64) graph.ID {
	s := n.Shape(x)
	count := n.Small("heads", []int64{heads}, 1)[0]
	if len(s) != 3 || s[2]%count != 0 {
		n.Failf("shape %v with %d heads", s, count)
	}
	return n.b.Transpose(n.b.Reshape(x, tensor.Shape{s[0], s[1], count, s[2] / count}), []int{0, 2, 1, 3})
}

// unheads undoes heads.
func (n *node) unheads(x graph.ID) graph.ID {
	s := n.Shape(x)
	return n.b.Reshape(n.b.Transpose(x, []int{0, 2, 1, 3}), tensor.Shape{s[0], s[2], s[1] * s[3]})
}

// newAttention checks the shapes of the operands.
func (n *node) newAttention(q, k, v graph.ID) *attention {
	a := &attention{n: n, q: q, k: k, v: v, bias: none}
	sq, sk, sv := n.Shape(q), n.Shape(k), n.Shape(v)
	if len(sq) != 4 || len(sk) != 4 || len(sv) != 4 || sq[0] != sk[0] || !sk[:3].Equal(sv[:3]) || sq[3] != sk[3] || sq[1]%sk[1] != 0 {
		n.Failf("attention of shapes %v, %v and %v", sq, sk, sv)
	}
	a.scale = 1 / math.Sqrt(float64(sq[3]))
	a.hidden = mask{shape: tensor.Shape{sk[2]}, hidden: make([]bool, sk[2])}
	return a
}

// sizes returns the extents of the scores: batch, heads, positions of Q and of K.
func (a *attention) sizes() tensor.Shape {
	sq, sk := a.n.Shape(a.q), a.n.Shape(a.k)
	return tensor.Shape{sq[0], sq[1], sq[2], sk[2]}
}

// hide hides more elements.
func (a *attention) hide(shape tensor.Shape, hidden []bool) {
	p := a.n.pairs(a.hidden.shape, shape)
	if all, err := tensor.Broadcast(p.shape, a.sizes()); err != nil || !all.Equal(a.sizes()) {
		a.n.Failf("a mask of shape %v for scores of shape %v", shape, a.sizes())
	}
	old := a.hidden.hidden
	a.hidden = mask{shape: p.shape, hidden: make([]bool, len(p.x))}
	for i := range p.x {
		a.hidden.hidden[i] = old[p.x[i]] || hidden[p.y[i]]
	}
}

// causal hides from position i of Q all of K after position i + offset.
func (a *attention) causal(offset int) {
	s := a.sizes()[2:]
	a.n.SpendOn(s)
	hidden := make([]bool, s.Size())
	for i := range s[0] {
		for j := range s[1] {
			hidden[i*s[1]+j] = j > i+offset
		}
	}
	a.hide(s, hidden)
}

// lengths hides the positions of K from lengths[b] on, where b counts the batch,
// and, if causal, lets the last position of Q see all that is left.
func (a *attention) lengths(lengths []int64, causal bool) {
	s := a.sizes()
	if len(lengths) != s[0] {
		a.n.Failf("%d lengths for a batch of %d", len(lengths), s[0])
	}
	rows := 1
	if causal {
		rows = s[2]
	}
	shape := tensor.Shape{s[0], 1, rows, s[3]}
	a.n.SpendOn(shape)
	hidden := make([]bool, 0, shape.Size())
	for _, l := range lengths {
		for i := range rows {
			for j := range int64(s[3]) {
				hidden = append(hidden, j >= l || causal && j > int64(i)+l-int64(s[2]))
			}
		}
	}
	a.hide(shape, hidden)
}

// maskIn reads input i, a mask: bools that say what is seen, or numbers that are
// added to the scores, of which very low ones hide. What it lacks of the positions
// of K is hidden.
func (a *attention) maskIn(i int) {
	n := a.n
	v := n.moved(i)
	if v.host == nil {
		if !v.dtype.IsFloat() {
			n.Failf("input %d is a mask of type %v, which must be known when the model is loaded", i, v.dtype)
		}
		a.bias = n.widened(n.In(i), a.sizes()[3])
		if _, err := tensor.BroadcastTo(n.Shape(a.bias), a.sizes()); err != nil {
			n.Fail(err)
		}
		a.tail(n.Shape(n.In(i)))
		return
	}
	s := v.host.shape
	n.SpendOn(s)
	var hidden []bool
	if v.dtype == onnxpb.Bool {
		for _, seen := range n.IntsIn(i) {
			hidden = append(hidden, seen == 0)
		}
	} else {
		rest, some := slices.Clone(n.FloatsIn(i)), false
		for k, x := range rest {
			hidden = append(hidden, x <= lowest)
			if hidden[k] {
				rest[k] = 0
			}
			some = some || rest[k] != 0
		}
		if some {
			a.bias = n.widened(n.b.Const(s, rest), a.sizes()[3])
		}
	}
	a.tail(s)
	if last := len(s) - 1; last >= 0 && s[last] > 1 && s[last] < a.sizes()[3] {
		wide := s.Clone()
		wide[last] = a.sizes()[3]
		n.SpendOn(wide)
		hidden = picked(hidden, s, last, slices.Concat(ramp(0, s[last], 1), repeat(-1, wide[last]-s[last])), false)
		s = wide
	}
	a.hide(s, hidden)
}

// tail hides the positions of K that a mask of shape s lacks.
func (a *attention) tail(s tensor.Shape) {
	count := a.sizes()[3]
	if len(s) == 0 || s[len(s)-1] == 1 {
		return
	}
	hidden := make([]bool, count)
	for j := s[len(s)-1]; j < count; j++ {
		hidden[j] = true
	}
	a.hide(tensor.Shape{count}, hidden)
}

// widened pads the last axis of x with zeros.
func (n *node) widened(x graph.ID, to int) graph.ID {
	s := n.Shape(x)
	last := len(s) - 1
	if last < 0 || s[last] == 1 || s[last] >= to {
		return x
	}
	after := make([]int, len(s))
	after[last] = to - s[last]
	view, err := tensor.Pad(s, make([]int, len(s)), after)
	if err != nil {
		n.Fail(err)
	}
	return n.b.View(x, view, 0)
}

// run computes the result, batch · heads · positions · size.
func (a *attention) run() graph.ID {
	n := a.n
	s, kv := a.sizes(), n.Shape(a.k)[1]
	// Labels: batch, head of K, head of Q that it serves, position of Q, of K, size.
	split := func(s tensor.Shape) tensor.Shape { return tensor.Shape{s[0], kv, s[1] / kv, s[2], s[3]} }
	sq, sv := split(n.Shape(a.q)), n.Shape(a.v)
	x := n.b.Contract(n.b.Reshape(a.q, sq), a.k, tensor.Contraction{
		Extents: []int{sq[0], kv, sq[2], sq[3], s[3], sq[4]}, A: []int{0, 1, 2, 3, 5}, B: []int{0, 1, 4, 5}, Out: []int{0, 1, 2, 3, 4}})
	if a.scale != 1 {
		x = n.b.Linear(0, []float64{a.scale}, x)
	}
	x = n.b.Reshape(x, s)
	a.products = x
	if a.softcap > 0 {
		x = n.b.Map(n.b.Linear(0, []float64{1 / a.softcap}, x), graph.Func{Name: "tanh"})
		x = n.b.Linear(0, []float64{a.softcap}, x)
	}
	a.capped = x
	if a.bias != none {
		x = n.b.Sum(x, a.bias)
	}
	a.weights = a.softmax(x)
	y := n.b.Contract(n.b.Reshape(a.weights, split(s)), a.v, tensor.Contraction{
		Extents: []int{s[0], kv, sq[2], s[2], s[3], sv[3]}, A: []int{0, 1, 2, 3, 4}, B: []int{0, 1, 4, 5}, Out: []int{0, 1, 2, 3, 5}})
	return n.b.Reshape(y, tensor.Shape{s[0], s[1], s[2], sv[3]})
}

// softmax is the softmax over what is not hidden. A position that sees nothing has
// weights 0.
func (a *attention) softmax(x graph.ID) graph.ID {
	n, m := a.n, a.hidden
	s := n.Shape(x)
	r := over(s, len(s)-1)
	if !slices.Contains(m.hidden, true) {
		return softmax(n, x, r)
	}
	m.scores = x
	first, ok := m.first(s, len(s)-1)
	if ok {
		return m.softmax(n, r, first)
	}
	sees, count := make([]float32, len(first)), s[len(s)-1]
	for l, k := range first {
		if sees[l] = 1; k == count {
			sees[l], first[l] = 0, 0
			copy(m.hidden[l*count:(l+1)*count], make([]bool, count))
		}
	}
	y := softmax(n, x, r)
	if slices.Contains(m.hidden, true) {
		y = m.softmax(n, r, first)
	}
	shape := m.full(s)
	shape[len(s)-1] = 1
	return n.b.Mul(y, n.b.Const(shape, sees))
}
