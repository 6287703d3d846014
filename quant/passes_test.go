// SPDX-License-Identifier: Apache-2.0

package quant_test

import (
	"math"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/zkml-go/zkml/graph"
	"github.com/zkml-go/zkml/quant"
	"github.com/zkml-go/zkml/tensor"
)

// kinds counts the nodes of g that do work: constants and inputs are left out.
func kinds(g *graph.Graph) map[string]int {
	out := map[string]int{}
	for _, n := range g.Nodes {
		if k := n.Op.Kind(); k != "const" && k != "input" {
			out[k]++
		}
	}
	return out
}

// difference returns the largest difference of the outputs of two graphs on
// random inputs, relative to the largest output.
func difference(t *testing.T, g, h *graph.Graph) float64 {
	t.Helper()
	worst := 0.0
	for _, s := range samples(g, 5, 4, -1, 2) {
		x, err := g.Eval(s)
		if err != nil {
			t.Fatal(err)
		}
		y, err := h.Eval(s)
		if err != nil {
			t.Fatal(err)
		}
		for i := range g.Outputs {
			a, b := x[g.Outputs[i].ID], y[h.Outputs[i].ID]
			if len(a) != len(b) {
				t.Fatalf("output %d has %d elements, want %d", i, len(b), len(a))
			}
			size := 1e-30
			for k := range a {
				size = max(size, math.Abs(a[k]))
			}
			for k := range a {
				worst = max(worst, math.Abs(a[k]-b[k])/size)
			}
		}
	}
	return worst
}

// image is the input of the networks below.
func (n *net) image() graph.ID { return n.Input("x", tensor.Shape{1, 3, 6, 6}) }

// scaled multiplies x by a constant.
func (n *net) scaled(x graph.ID, c float64) graph.ID { return n.Linear(0, []float64{c}, x) }

// TestPasses states what is left of small networks. A network that must not
// change names the reason.
func TestPasses(t *testing.T) {
	t.Parallel()
	// A convolution with bias: windows, contraction, broadcast of the bias, sum.
	conv := map[string]int{"view": 2, "contract": 1, "linear": 1}
	withRelu := map[string]int{"view": 2, "contract": 1, "linear": 1, "map": 1}
	for name, c := range map[string]struct {
		build func(n *net) graph.ID
		want  map[string]int
	}{
		"convolution": {func(n *net) graph.ID { return n.bias(n.conv(n.image(), 4, 3, 1, 1)) }, conv},
		"norm after a convolution": {func(n *net) graph.ID {
			return n.norm(n.conv(n.image(), 4, 3, 1, 1))
		}, conv},
		"norm after a convolution with bias": {func(n *net) graph.ID {
			return n.norm(n.bias(n.conv(n.image(), 4, 3, 1, 1)))
		}, conv},
		"two norms": {func(n *net) graph.ID { return n.norm(n.norm(n.bias(n.conv(n.image(), 4, 3, 1, 1)))) }, conv},
		"norm after a dense layer": {func(n *net) graph.ID {
			return n.norm(n.dense(n.flatten(n.image()), 5))
		}, map[string]int{"view": 1, "contract": 1, "linear": 1}}, // a bias of one row needs no broadcast
		"norm after a transposed convolution result": {func(n *net) graph.ID {
			x := n.Transpose(n.conv(n.image(), 4, 3, 1, 1), []int{0, 2, 3, 1})
			return n.Sum(n.Mul(x, n.random(1, 4)), n.random(1, 4))
		}, map[string]int{"view": 3, "contract": 1, "linear": 1}},
		"norm after relu": {func(n *net) graph.ID {
			return n.norm(n.relu(n.conv(n.image(), 4, 3, 1, 1)))
		}, map[string]int{"view": 2, "contract": 1, "linear": 1, "map": 1}},
		"coefficients": {func(n *net) graph.ID {
			x := n.conv(n.image(), 4, 3, 1, 1)
			return n.Linear(0.5, []float64{0.25, -3}, x, n.perChannel(x, 1))
		}, conv},
		"quotient by a constant": {func(n *net) graph.ID {
			x := n.conv(n.image(), 4, 3, 1, 1)
			return n.Divide(x, n.Const(tensor.Shape{4, 1, 1}, []float32{2, 3, -4, 5}))
		}, map[string]int{"view": 1, "contract": 1}},
		"swish": {func(n *net) graph.ID {
			x := n.bias(n.conv(n.image(), 4, 3, 1, 1))
			return n.Mul(x, n.Map(x, graph.Func{Name: "sigmoid"}))
		}, withRelu},
		"swish, gate first": {func(n *net) graph.ID {
			x := n.bias(n.conv(n.image(), 4, 3, 1, 1))
			return n.Mul(n.Map(x, graph.Func{Name: "sigmoid"}), x)
		}, withRelu},
		"a gate of something else": {func(n *net) graph.ID {
			x := n.image()
			return n.Mul(x, n.Map(n.scaled(x, 2), graph.Func{Name: "sigmoid"}))
		}, map[string]int{"linear": 1, "map": 1, "contract": 1}},
		"a gate that is used": {func(n *net) graph.ID {
			x := n.image()
			gate := n.Map(x, graph.Func{Name: "sigmoid"})
			return n.Sum(n.Mul(x, gate), gate)
		}, map[string]int{"linear": 1, "map": 1, "contract": 1}},
		"scalar before relu": {func(n *net) graph.ID {
			return n.relu(n.scaled(n.bias(n.conv(n.image(), 4, 3, 1, 1)), 0.125))
		}, withRelu},
		"scalar after relu": {func(n *net) graph.ID {
			return n.scaled(n.relu(n.bias(n.conv(n.image(), 4, 3, 1, 1))), 0.125)
		}, withRelu},
		"scalar on a product of activations": {func(n *net) graph.ID {
			x := n.image()
			y := n.Mul(n.conv(x, 4, 3, 1, 1), n.conv(x, 4, 3, 1, 1))
			return n.scaled(y, 1/math.Sqrt(7))
		}, map[string]int{"view": 2, "contract": 3}},
		"identity views": {func(n *net) graph.ID {
			x := n.conv(n.image(), 4, 3, 1, 1)
			v, _ := tensor.Transpose(n.Shape(x), []int{0, 1, 2, 3})
			return n.View(n.View(x, v, 0), tensor.Identity(n.Shape(x)), 0)
		}, map[string]int{"view": 1, "contract": 1}},

		"kept: the scale of relu is negative": {func(n *net) graph.ID {
			return n.scaled(n.relu(n.bias(n.conv(n.image(), 4, 3, 1, 1))), -2)
		}, map[string]int{"view": 2, "contract": 1, "linear": 2, "map": 1}},
		"kept: another use of the convolution": {func(n *net) graph.ID {
			x := n.conv(n.image(), 4, 3, 1, 1)
			return n.Sum(n.relu(x), n.relu(n.scaled(x, 3)))
		}, map[string]int{"view": 1, "contract": 1, "linear": 2, "map": 2}},
		"kept: the convolution is an output": {func(n *net) graph.ID {
			x := n.conv(n.image(), 4, 3, 1, 1)
			n.Output("inner", x, "")
			return n.scaled(x, 3)
		}, map[string]int{"view": 1, "contract": 1, "linear": 1}},
		"kept: the factor varies along positions": {func(n *net) graph.ID {
			return n.Mul(n.conv(n.image(), 4, 3, 1, 1), n.random(1, 6, 6))
		}, map[string]int{"view": 2, "contract": 2}},
		"kept: the view repeats elements": {func(n *net) graph.ID {
			x := n.windows(n.conv(n.image(), 4, 3, 1, 1), 2, 1, 0, 0)
			return n.Mul(x, n.random(1, 2, 2))
		}, map[string]int{"view": 3, "contract": 2}},
		"kept: float32 cannot hold the product": {func(n *net) graph.ID {
			return n.scaled(n.conv(n.image(), 4, 3, 1, 1), 1e39)
		}, map[string]int{"view": 1, "contract": 1, "linear": 1}},
		"kept: a view that changes the shape": {func(n *net) graph.ID { return n.flatten(n.image()) }, map[string]int{"view": 1}},
		"kept: an inner sum with two uses": {func(n *net) graph.ID {
			x := n.Linear(1, []float64{2}, n.image())
			return n.Linear(3, []float64{1, 5}, x, n.relu(x))
		}, map[string]int{"linear": 2, "map": 1}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			n := newNet(t, 1)
			g := n.done(c.build(n))
			h := prepare(t, g)
			if diff := cmp.Diff(c.want, kinds(h)); diff != "" {
				t.Errorf("primitives (-want +got):\n%s", diff)
			}
			if d := difference(t, g, h); !(d < 1e-5) {
				t.Errorf("outputs differ by %g of the largest", d)
			}
		})
	}
}

// TestPrepareKeepsDivisionByZero: what has no reciprocal stays for Compile to
// refuse.
func TestPrepareKeepsDivisionByZero(t *testing.T) {
	t.Parallel()
	n := newNet(t, 1)
	g := prepare(t, n.done(n.Divide(n.image(), n.Const(tensor.Shape{3, 1, 1}, []float32{1, 0, 2}))))
	if k := kinds(g); k["divide"] != 1 || k["contract"] != 0 {
		t.Errorf("primitives %v, want the division", k)
	}
}

// TestPrepareDoesNotTouchItsArgument compares the argument before and after.
func TestPrepareDoesNotTouchItsArgument(t *testing.T) {
	t.Parallel()
	build := func() *graph.Graph {
		n := newNet(t, 1)
		return n.done(n.scaled(n.relu(n.norm(n.bias(n.conv(n.image(), 4, 3, 1, 1)))), 3))
	}
	g := build()
	prepare(t, g)
	if diff := cmp.Diff(build(), g); diff != "" {
		t.Errorf("the argument changed (-want +got):\n%s", diff)
	}
}

// TestPrepareRefusesMalformedGraphs: a pass must not run on what Check refuses.
func TestPrepareRefusesMalformedGraphs(t *testing.T) {
	t.Parallel()
	n := newNet(t, 1)
	g := n.done(n.relu(n.image()))
	g.Nodes[1].Args[0] = 1
	if _, err := quant.Prepare(g); err == nil {
		t.Error("a node that is its own argument was accepted")
	}
}

// TestPrepareOnRandomNetworks: outputs stay, on networks of every shape that the
// generator makes, and no pass leaves work for itself.
func TestPrepareOnRandomNetworks(t *testing.T) {
	t.Parallel()
	fewer := 0
	for seed := range uint64(150) {
		n := newNet(t, seed)
		g := n.done(n.randomNet())
		h := prepare(t, g)
		if d := difference(t, g, h); !(d < 1e-5) {
			t.Errorf("seed %d: outputs differ by %g of the largest", seed, d)
		}
		if len(h.Nodes) < len(g.Nodes) {
			fewer++
		}
		if again := prepare(t, h); len(again.Nodes) != len(h.Nodes) {
			t.Errorf("seed %d: %d nodes after one run, %d after two", seed, len(h.Nodes), len(again.Nodes))
		}
	}
	if fewer < 50 {
		t.Errorf("%d of 150 networks became smaller: the generator makes nothing to fold", fewer)
	}
}
