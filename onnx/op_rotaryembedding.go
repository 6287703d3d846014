// SPDX-License-Identifier: Apache-2.0

package onnx

import (
	"slices"

	"github.com/zkml-go/zkml/graph"
	"github.com/zkml-go/zkml/tensor"
)

var (
	_ = register("RotaryEmbedding", since(23), one(func(n *node) graph.ID { return rotaryEmbedding(n, 1, 2, 3) }),
		note("with positions that are known when the model is loaded"))
	_ = register("RotaryEmbedding", since(1), one(func(n *node) graph.ID {
		n.Ignore("is_packed_batching") // for ragged batches, which one length for all is not
		if s := n.Float("scale", 1); s != 1 {
			n.Failf("scale is %v, only 1 is supported", s)
		}
		return rotaryEmbedding(n, 2, 3, 1)
	}), in("com.microsoft"), note("with positions that are known when the model is loaded"))
)

// rotaryEmbedding turns pairs of elements of X, batch · heads · positions · size or
// batch · positions · heads·size, by an angle of which inputs cos and sin hold the
// cosine and the sine. A pair is an element of the first half and one of the
// second, or with interleaved two neighbors. Input at, if there, lists the rows of
// cos and sin for the positions.
//
// https://onnx.ai/onnx/operators/onnx__RotaryEmbedding.html
func rotaryEmbedding(n *node, cos, sin, at int) graph.ID {
	x := n.In(0)
	flat := len(n.Shape(x)) == 3
	if heads := n.Int("num_heads", 0); flat {
		if heads == 0 { // com.microsoft: all of the size that cos is for
			if c := n.Shape(n.In(cos)); len(c) > 0 {
				heads = int64(n.Shape(x)[2] / (2 * c[len(c)-1]))
			}
		}
		x = n.heads(x, heads)
	}
	s := n.Shape(x)
	if len(s) != 4 {
		n.Failf("input 0 has shape %v", s)
	}
	size := n.Small("rotary_embedding_dim", []int64{n.Int("rotary_embedding_dim", 0)}, 0)[0]
	if size == 0 {
		size = s[3]
	}
	if size > s[3] || size%2 != 0 {
		n.Failf("%d elements of %d are to be turned", size, s[3])
	}
	c, d := n.angles(cos, at, s, size/2), n.angles(sin, at, s, size/2)
	turned := n.part(x, 3, 0, size)
	// The two elements of each pair.
	pairs, to := tensor.Shape{s[0], s[1], s[2], 2, size / 2}, []int{0, 1, 2, 3, 4}
	if n.Bool("interleaved", false) {
		pairs, to = tensor.Shape{s[0], s[1], s[2], size / 2, 2}, []int{0, 1, 2, 4, 3}
	}
	p := n.b.Transpose(n.b.Reshape(turned, pairs), to)
	a, b := n.part(p, 3, 0, 1), n.part(p, 3, 1, 1)
	re := n.b.Linear(0, []float64{1, -1}, n.b.Mul(a, c), n.b.Mul(b, d))
	im := n.b.Sum(n.b.Mul(a, d), n.b.Mul(b, c))
	p = n.b.Transpose(n.b.Concat(3, re, im), to)
	y := n.b.Reshape(p, n.Shape(turned))
	if size < s[3] {
		y = n.b.Concat(3, y, n.part(x, 3, size, s[3]-size))
	}
	if flat {
		y = n.unheads(y)
	}
	return y
}

// angles returns input i, cosines or sines, as batch · 1 · positions · 1 · half:
// all of it, or the rows that input at lists.
func (n *node) angles(i, at int, s tensor.Shape, half int) graph.ID {
	x := n.In(i)
	if n.Has(at) {
		rows := n.Small("positions", n.IntsIn(at), 0)
		if len(rows) == 1 && s[2] > 1 { // com.microsoft: the first of the positions that follow
			rows = ramp(rows[0], s[2], 1)
		}
		shape := n.Shape(x)
		if len(rows) == 0 || len(shape) != 2 || slices.Max(rows) >= shape[0] {
			n.Failf("positions %v of input %d of shape %v", rows, i, shape)
		}
		x = n.check(n.im.promote(n.pick(floats(x)[0], 0, rows, 0)))
	}
	shape := n.Shape(x)
	batch := 1
	if shape.Size() == s[0]*s[2]*half {
		batch = s[0]
	} else if shape.Size() != s[2]*half {
		n.Failf("input %d has shape %v, want %d numbers for each of %d positions", i, shape, half, s[2])
	}
	return n.b.Reshape(x, tensor.Shape{batch, 1, s[2], 1, half})
}
