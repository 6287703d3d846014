// SPDX-License-Identifier: Apache-2.0

package ir_test

import (
	"math/rand/v2"
	"testing"

	"github.com/zkml-go/zkml/ir"
	"github.com/zkml-go/zkml/tensor"
)

// network builds programs with the layers of real models and random weights: what
// the compiler makes of them, without the compiler.
type network struct {
	t      testing.TB
	p      *ir.Program
	rng    *rand.Rand
	tables map[[4]int64]int
	macs   int
}

func newNetwork(t testing.TB) *network {
	return &network{t: t, p: &ir.Program{}, rng: rand.New(rand.NewPCG(7, 7)), tables: map[[4]int64]int{}}
}

func (n *network) add(op ir.Op, args ...ir.ID) ir.ID {
	n.t.Helper()
	id, err := n.p.Add(op.Kind(), op, args...)
	if err != nil {
		n.t.Fatal(err)
	}
	return id
}

func (n *network) shape(id ir.ID) tensor.Shape { return n.p.Nodes[id].Shape }

func (n *network) input(r ir.Range, s ...int) ir.ID {
	return n.add(ir.Input{Name: "x", Shape: s, Declared: r, Scale: 1, Visibility: ir.Public})
}

// output names id as the output.
func (n *network) output(id ir.ID) *ir.Program {
	n.p.Outputs = []ir.Output{{Name: "y", ID: id, Scale: 1, Visibility: ir.Public}}
	if err := n.p.Check(); err != nil {
		n.t.Fatal(err)
	}
	return n.p
}

// weights returns a constant of 8-bit numbers, small ones more often.
func (n *network) weights(s ...int) ir.ID {
	data := make([]int64, tensor.Shape(s).Size())
	for i := range data {
		x := n.rng.Uint64()
		data[i] = (int64(x&0xff) + int64(x>>8&0xff) - 255) / 2
	}
	return n.add(ir.NewConst(s, data))
}

func (n *network) view(x ir.ID, v tensor.View, err error) ir.ID {
	n.t.Helper()
	if err != nil {
		n.t.Fatal(err)
	}
	return n.add(ir.View{View: v}, x)
}

func (n *network) reshape(x ir.ID, to ...int) ir.ID {
	v, err := tensor.Reshape(n.shape(x), to)
	return n.view(x, v, err)
}

// contract multiplies and counts.
func (n *network) contract(c tensor.Contraction, a, b ir.ID) ir.ID {
	n.macs += tensor.Shape(c.Extents).Size()
	return n.add(ir.Contract{Contraction: c}, a, b)
}

// squash rounds x to about twelve bits and clamps it to [lo, hi].
func (n *network) squash(x ir.ID, lo, hi int64) ir.ID {
	r := n.p.Nodes[x].Range
	shift := 1
	for max(-r.Lo, r.Hi)>>shift > 1<<11 {
		shift++
	}
	q := n.add(ir.Rescale{Multiplier: 1, Shift: shift}, x)
	r = n.p.Nodes[q].Range
	key := [4]int64{r.Lo, r.Hi, lo, hi}
	table, ok := n.tables[key]
	if !ok {
		t := ir.Table{Name: "clamp", Lo: r.Lo}
		for v := r.Lo; v <= r.Hi; v++ {
			t.Values = append(t.Values, min(max(v, lo), hi))
		}
		table = len(n.p.Tables)
		n.p.Tables, n.tables[key] = append(n.p.Tables, t), table
	}
	return n.add(ir.Lookup{Table: table}, q)
}

// conv is a convolution of square windows with a bias per channel; groups is 1 or
// the number of channels.
func (n *network) conv(x ir.ID, out, kernel, stride, groups int) ir.ID {
	s := n.shape(x)
	pad := kernel / 2
	w := tensor.Window{Kernel: kernel, Stride: stride, Dilation: 1, Before: pad, Count: (s[2]+2*pad-kernel)/stride + 1}
	v, err := tensor.Windows(s, []tensor.Window{w, w})
	h := w.Count
	// Labels: positions, kernel, batch, channels out and in, group.
	c := tensor.Contraction{Extents: []int{h, h, kernel, kernel, 1, out / groups, s[1] / groups},
		A: []int{4, 6, 0, 1, 2, 3}, B: []int{5, 6, 2, 3}, Out: []int{4, 5, 0, 1}}
	weights := []int{out, s[1] / groups, kernel, kernel}
	if groups > 1 {
		c.Extents = append(c.Extents, groups)
		c.A, c.B, c.Out = []int{4, 7, 6, 0, 1, 2, 3}, []int{7, 5, 6, 2, 3}, []int{4, 7, 5, 0, 1}
		weights = []int{groups, out / groups, s[1] / groups, kernel, kernel}
		v.To = tensor.Shape{1, groups, s[1] / groups, h, h, kernel, kernel}
	}
	y := n.contract(c, n.view(x, v, err), n.weights(weights...))
	y = n.reshape(y, 1, out, h, h)
	b, err := tensor.BroadcastTo(tensor.Shape{out, 1, 1}, n.shape(y))
	bias := n.view(n.weights(out, 1, 1), b, err)
	return n.add(ir.Linear{Coefs: []int64{1, 100}}, y, bias)
}

func (n *network) relu6(x ir.ID) ir.ID { return n.squash(x, 0, 192) }

// mobileNetV2 is MobileNetV2 of the given width in percent on a square image
// (Sandler et al., arXiv:1801.04381, table 2).
func mobileNetV2(t testing.TB, percent, side int) *network {
	n := newNetwork(t)
	channels := func(c int) int { return max(8, (c*percent/100+4)/8*8) }
	x := n.input(ir.Range{Lo: -128, Hi: 127}, 1, 3, side, side)
	x = n.relu6(n.conv(x, channels(32), 3, 2, 1))
	for _, b := range [][4]int{{1, 16, 1, 1}, {6, 24, 2, 2}, {6, 32, 3, 2}, {6, 64, 4, 2}, {6, 96, 3, 1}, {6, 160, 3, 2}, {6, 320, 1, 1}} {
		for i := range b[2] {
			in, out, stride := n.shape(x)[1], channels(b[1]), 1
			if i == 0 {
				stride = b[3]
			}
			y := x
			if b[0] > 1 {
				y = n.relu6(n.conv(y, in*b[0], 1, 1, 1))
			}
			y = n.relu6(n.conv(y, in*b[0], 3, stride, in*b[0]))
			y = n.squash(n.conv(y, out, 1, 1, 1), -128, 127)
			if stride == 1 && in == out {
				y = n.squash(n.add(ir.Linear{Coefs: []int64{1, 1}}, x, y), -128, 127)
			}
			x = y
		}
	}
	last := max(1280, channels(1280))
	x = n.relu6(n.conv(x, last, 1, 1, 1))
	// The mean is a sum: the product with one number per image.
	s := n.shape(x)
	sum := tensor.Contraction{Extents: s, A: []int{0, 1, 2, 3}, B: []int{}, Out: []int{0, 1}}
	x = n.squash(n.contract(sum, x, n.add(ir.NewConst(tensor.Shape{}, []int64{1}))), 0, 255)
	c := tensor.Contraction{Extents: []int{1, last, 1000}, A: []int{0, 1}, B: []int{2, 1}, Out: []int{0, 2}}
	x = n.contract(c, x, n.weights(1000, last))
	n.output(x)
	return n
}

// gpt2 has the matrix products of GPT-2 (Radford et al. 2019): blocks of the given
// width with heads of 64, and a head of vocab tokens. Clamps stand for softmax,
// GELU and normalization.
func gpt2(t testing.TB, blocks, width, tokens, vocab int) *network {
	n := newNetwork(t)
	x := n.input(ir.Range{Lo: -128, Hi: 127}, tokens, width)
	byte8 := func(x ir.ID) ir.ID { return n.squash(x, -128, 127) }
	dense := func(x ir.ID, out int) ir.ID {
		s := n.shape(x)
		c := tensor.Contraction{Extents: []int{s[0], s[1], out}, A: []int{0, 1}, B: []int{1, 2}, Out: []int{0, 2}}
		y := n.contract(c, x, n.weights(s[1], out))
		v, err := tensor.BroadcastTo(tensor.Shape{out}, n.shape(y))
		return n.add(ir.Linear{Coefs: []int64{1, 100}}, y, n.view(n.weights(out), v, err))
	}
	heads := width / 64
	split := func(qkv ir.ID, part int) ir.ID { // [heads, tokens, 64]
		v, err := tensor.Slice(tensor.Shape{tokens, 3, heads, 64}, []int{0, part, 0, 0}, []int{tokens, 1, heads, 64}, []int{1, 1, 1, 1})
		y := n.view(n.reshape(qkv, tokens, 3, heads, 64), v, err)
		v, err = tensor.Transpose(tensor.Shape{tokens, heads, 64}, []int{1, 0, 2})
		return n.view(n.reshape(y, tokens, heads, 64), v, err)
	}
	for range blocks {
		qkv := byte8(dense(x, 3*width))
		q, k, v := split(qkv, 0), split(qkv, 1), split(qkv, 2)
		scores := tensor.Contraction{Extents: []int{heads, tokens, tokens, 64}, A: []int{0, 1, 3}, B: []int{0, 2, 3}, Out: []int{0, 1, 2}}
		a := n.squash(n.contract(scores, q, k), 0, 255)
		mix := tensor.Contraction{Extents: []int{heads, tokens, tokens, 64}, A: []int{0, 1, 2}, B: []int{0, 2, 3}, Out: []int{0, 1, 3}}
		y := byte8(n.contract(mix, a, v))
		back, err := tensor.Transpose(tensor.Shape{heads, tokens, 64}, []int{1, 0, 2})
		y = n.reshape(n.view(y, back, err), tokens, width)
		x = byte8(n.add(ir.Linear{Coefs: []int64{1, 1}}, x, byte8(dense(y, width))))
		y = n.squash(dense(x, 4*width), -16, 127)
		x = byte8(n.add(ir.Linear{Coefs: []int64{1, 1}}, x, byte8(dense(y, width))))
	}
	c := tensor.Contraction{Extents: []int{tokens, width, vocab}, A: []int{0, 1}, B: []int{2, 1}, Out: []int{0, 2}}
	n.output(n.contract(c, x, n.weights(vocab, width)))
	return n
}

// leNet5 is LeNet-5 with maxima as pools.
func leNet5(t testing.TB) *network {
	n := newNetwork(t)
	pool := func(x ir.ID) ir.ID {
		h := n.shape(x)[2] / 2
		w := tensor.Window{Kernel: 2, Stride: 2, Dilation: 1, Count: h}
		v, err := tensor.Windows(n.shape(x), []tensor.Window{w, w})
		return n.add(ir.Max{Axes: []int{4, 5}}, n.view(x, v, err))
	}
	x := n.input(ir.Range{Lo: 0, Hi: 255}, 1, 1, 28, 28)
	x = pool(n.relu6(n.conv(x, 6, 5, 1, 1)))
	x = pool(n.relu6(n.conv(x, 16, 5, 1, 1)))
	x = n.reshape(x, 1, n.shape(x).Size())
	for _, out := range []int{120, 84, 10} {
		c := tensor.Contraction{Extents: []int{1, n.shape(x)[1], out}, A: []int{0, 1}, B: []int{2, 1}, Out: []int{0, 2}}
		x = n.relu6(n.contract(c, x, n.weights(out, n.shape(x)[1])))
	}
	n.output(x)
	return n
}

// randomInput returns a value for the only input.
func (n *network) randomInput() [][]int64 {
	in := n.p.Input(n.p.Inputs[0])
	x := make([]int64, in.Shape.Size())
	for i := range x {
		x[i] = in.Declared.Lo + n.rng.Int64N(in.Declared.Count())
	}
	return [][]int64{x}
}
