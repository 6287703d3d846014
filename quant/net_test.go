// SPDX-License-Identifier: Apache-2.0

package quant_test

import (
	"math"
	"math/rand/v2"
	"testing"

	"github.com/zkml-go/zkml/graph"
	"github.com/zkml-go/zkml/quant"
	"github.com/zkml-go/zkml/tensor"
)

// A net builds a small network with random weights for a test.
type net struct {
	graph.Builder
	t   *testing.T
	rng *rand.Rand
}

func newNet(t *testing.T, seed uint64) *net {
	return &net{t: t, rng: rand.New(rand.NewPCG(seed, 77))}
}

// random returns a constant of the given shape whose elements have about the
// given size.
func (n *net) random(size float64, shape ...int) graph.ID {
	data := make([]float32, tensor.Shape(shape).Size())
	for i := range data {
		data[i] = float32(size * n.rng.NormFloat64())
	}
	return n.Const(shape, data)
}

// dense is x·W + b for x of shape [1, k].
func (n *net) dense(x graph.ID, width int) graph.ID {
	k := n.Shape(x)[1]
	n.At("dense")
	w := n.random(1/math.Sqrt(float64(k)), width, k)
	y := n.Contract(x, w, contraction(width, k))
	return n.Sum(y, n.random(0.2, width))
}

// windows is the view of x, [1, c, h, w], by k×k windows of a stride with pads
// on every side.
func (n *net) windows(x graph.ID, k, stride, pad int, fill float64) graph.ID {
	s := n.Shape(x)
	count := func(extent int) int { return (extent+2*pad-k)/stride + 1 }
	v, err := tensor.Windows(s, []tensor.Window{
		{Kernel: k, Stride: stride, Dilation: 1, Before: pad, Count: count(s[2])},
		{Kernel: k, Stride: stride, Dilation: 1, Before: pad, Count: count(s[3])}})
	if err != nil {
		n.t.Fatal(err)
	}
	return n.View(x, v, fill)
}

// conv is a convolution of x, [1, c, h, w], without bias.
func (n *net) conv(x graph.ID, channels, k, stride, pad int) graph.ID {
	n.At("conv")
	in := n.Shape(x)[1]
	v := n.windows(x, k, stride, pad, 0)
	s := n.Shape(v) // 1, c, h, w, k, k
	w := n.random(1/math.Sqrt(float64(in*k*k)), channels, in, k, k)
	return n.Contract(v, w, tensor.Contraction{
		Extents: []int{s[2], s[3], k, k, 1, channels, in},
		A:       []int{4, 6, 0, 1, 2, 3}, B: []int{5, 6, 2, 3}, Out: []int{4, 5, 0, 1}})
}

// perChannel adds a constant of one number per channel of x, [1, c, …].
func (n *net) perChannel(x graph.ID, size float64) graph.ID {
	shape := tensor.Shape{n.Shape(x)[1]}
	for range n.Shape(x)[2:] {
		shape = append(shape, 1)
	}
	return n.random(size, shape...)
}

// norm is what a BatchNormalization lowers to.
func (n *net) norm(x graph.ID) graph.ID {
	n.At("norm")
	scale := n.perChannel(x, 0.3)
	for i, v := range n.ConstData(scale) {
		n.ConstData(scale)[i] = 0.5 + float32(math.Abs(float64(v)))
	}
	return n.Sum(n.Mul(x, scale), n.perChannel(x, 0.3))
}

func (n *net) bias(x graph.ID) graph.ID { return n.Sum(x, n.perChannel(x, 0.3)) }

func (n *net) relu(x graph.ID) graph.ID { return n.apply(x, "relu") }

func (n *net) apply(x graph.ID, f string, params ...float64) graph.ID {
	n.At(f)
	return n.Map(x, graph.Func{Name: f, Params: params})
}

// maxPool takes the maximum over k×k windows; padding is −∞.
func (n *net) maxPool(x graph.ID, k, stride, pad int) graph.ID {
	n.At("maxpool")
	return n.Max(n.windows(x, k, stride, pad, math.Inf(-1)), 4, 5)
}

// averagePool averages k×k windows, of which padding counts as 0.
func (n *net) averagePool(x graph.ID, k, stride, pad int) graph.ID {
	n.At("averagepool")
	v := n.windows(x, k, stride, pad, 0)
	data := make([]float32, k*k)
	for i := range data {
		data[i] = float32(1 / float64(k*k))
	}
	s := n.Shape(v)
	return n.Contract(v, n.Const(tensor.Shape{k, k}, data), tensor.Contraction{
		Extents: s, A: []int{0, 1, 2, 3, 4, 5}, B: []int{4, 5}, Out: []int{0, 1, 2, 3}})
}

func (n *net) flatten(x graph.ID) graph.ID {
	return n.Reshape(x, tensor.Shape{1, n.Shape(x).Size()})
}

// done declares the output and returns the graph as it is built.
func (n *net) done(out graph.ID) *graph.Graph {
	n.t.Helper()
	n.Output("y", out, "")
	g, err := n.Graph()
	if err != nil {
		n.t.Fatal(err)
	}
	if err := g.Check(); err != nil {
		n.t.Fatal(err)
	}
	return g
}

// samples returns inputs with elements spread over [lo, hi], both of which occur.
func samples(g *graph.Graph, seed uint64, count int, lo, hi float64) []quant.Sample {
	rng := rand.New(rand.NewPCG(seed, 99))
	out := make([]quant.Sample, count)
	for k := range out {
		for _, id := range g.Inputs {
			x := make([]float64, g.Nodes[id].Shape.Size())
			for i := range x {
				x[i] = lo + (hi-lo)*rng.Float64()
			}
			x[rng.IntN(len(x))] = lo
			x[rng.IntN(len(x))] = hi
			out[k] = append(out[k], x)
		}
	}
	return out
}

func prepare(t *testing.T, g *graph.Graph) *graph.Graph {
	t.Helper()
	out, err := quant.Prepare(g)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func calibrate(t *testing.T, g *graph.Graph, samples []quant.Sample) *quant.Calibration {
	t.Helper()
	cal, err := quant.Calibrate(g, samples, 100)
	if err != nil {
		t.Fatal(err)
	}
	return cal
}

// randomNet stacks random layers on a random image, or on a random vector, and
// ends with up to four numbers.
func (n *net) randomNet() graph.ID {
	pick := n.rng.IntN
	x := n.Input("x", tensor.Shape{1, 1 + pick(3), 4 + pick(4), 4 + pick(4)})
	for range 1 + pick(3) {
		switch pick(6) {
		case 0:
			x = n.activation(n.norm(n.conv(x, 1+pick(4), 1+pick(3), 1+pick(2), pick(2))))
		case 1:
			x = n.activation(n.bias(n.conv(x, 1+pick(4), 3, 1, 1)))
		case 2: // residual
			c := n.Shape(x)[1]
			y := n.conv(n.activation(n.bias(n.conv(x, c, 3, 1, 1))), c, 3, 1, 1)
			n.At("residual")
			x = n.activation(n.Linear(0, []float64{1, 0.5 + n.rng.Float64()}, n.norm(y), x))
		case 3: // two branches
			a, b := n.activation(n.conv(x, 2, 3, 1, 1)), n.activation(n.norm(n.conv(x, 1, 1, 1, 0)))
			n.At("concat")
			x = n.Concat(1, a, b)
		case 4:
			x = n.maxPool(x, 2, 1+pick(2), pick(2))
		default:
			x = n.averagePool(x, 2, 1+pick(2), pick(2))
		}
		if s := n.Shape(x); s[2] < 3 || s[3] < 3 {
			break
		}
	}
	x = n.flatten(x)
	if pick(2) == 0 {
		y := n.dense(x, 3)
		n.At("gate")
		x = n.Mul(n.apply(y, "sigmoid"), n.dense(x, 3))
	}
	return n.dense(n.activation(n.dense(x, 4)), 1+pick(4))
}

// activation applies a random function, or none.
func (n *net) activation(x graph.ID) graph.ID {
	switch n.rng.IntN(6) {
	case 0:
		return n.apply(x, "tanh")
	case 1:
		return n.apply(x, "sigmoid")
	case 2:
		return n.apply(x, "clip", -0.5, 1)
	case 3:
		return x
	}
	return n.relu(x)
}

// contraction is that of x·Wᵀ for x of shape [1, k] and W of [width, k].
func contraction(width, k int) tensor.Contraction {
	return tensor.Contraction{Extents: []int{1, width, k}, A: []int{0, 2}, B: []int{1, 2}, Out: []int{0, 1}}
}
