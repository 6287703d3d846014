// SPDX-License-Identifier: Apache-2.0

package quant_test

import (
	"math"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/zkml-go/zkml/graph"
	"github.com/zkml-go/zkml/ir"
	"github.com/zkml-go/zkml/quant"
	"github.com/zkml-go/zkml/tensor"
)

// primitives counts the nodes of a program, constants apart.
func primitives(p *ir.Program) map[string]int {
	out := map[string]int{}
	for _, n := range p.Nodes {
		if k := n.Op.Kind(); k != "const" {
			out[k]++
		}
	}
	return out
}

// vector is an input of 12 numbers.
func (n *net) vector() graph.ID { return n.Input("x", tensor.Shape{1, 12}) }

// slice takes columns from … from+count−1 of x, [1, k].
func (n *net) slice(x graph.ID, from, count int) graph.ID {
	v, err := tensor.Slice(n.Shape(x), []int{0, from}, []int{1, count}, []int{1, 1})
	if err != nil {
		n.t.Fatal(err)
	}
	return n.View(x, v, 0)
}

// TestRules compiles one small network per rule. Every element of every value of
// 20 samples stays within the bound that the scales give; want is the program, so
// that no rule costs more than it says; tolerance is what the bound at the output
// comes to, relative to the largest output: the check is not vacuous.
func TestRules(t *testing.T) {
	t.Parallel()
	const halfStep = 0.5 / 255
	type counts = map[string]int
	for name, c := range map[string]struct {
		build     func(n *net) graph.ID
		lo, hi    float64
		want      counts
		tolerance float64
	}{
		"views round nothing": {func(n *net) graph.ID {
			x := n.Transpose(n.image(), []int{0, 3, 1, 2})
			return n.slice(n.flatten(x), 5, 7)
		}, 0, 1, counts{"input": 1, "view": 3}, 1.001 * halfStep},
		"padding is quantized": {func(n *net) graph.ID {
			v, err := tensor.Pad(tensor.Shape{1, 12}, []int{0, 2}, []int{1, 0})
			if err != nil {
				n.t.Fatal(err)
			}
			return n.View(n.vector(), v, 0.7)
		}, 0, 1, counts{"input": 1, "view": 1}, 1.001 * halfStep},
		"input with negative numbers": {func(n *net) graph.ID { return n.flatten(n.image()) },
			-1, 2, counts{"input": 1, "linear": 1, "view": 1}, 0.5 / 255 * 1.5 * 1.02},
		"input without positive numbers": {func(n *net) graph.ID { return n.flatten(n.image()) },
			-3, -1, counts{"input": 1, "linear": 1, "view": 1}, 1.001 * halfStep},

		"concat of unrelated scales": {func(n *net) graph.ID {
			x := n.vector()
			return n.Concat(1, n.scaled(x, 3), n.scaled(x, 1), n.random(1, 1, 2))
		}, 0, 1, counts{"input": 1, "rescale": 1, "concat": 1}, 0.005},
		"concat of scales a power of two apart": {func(n *net) graph.ID {
			x := n.vector()
			return n.Concat(1, n.scaled(x, 4), n.scaled(x, 1))
		}, 0, 1, counts{"input": 1, "linear": 1, "concat": 1}, 1.001 * halfStep},

		"a coefficient is only a scale": {func(n *net) graph.ID { return n.scaled(n.vector(), 0.37) },
			0, 1, counts{"input": 1}, 1.001 * halfStep},
		"a negative coefficient": {func(n *net) graph.ID { return n.scaled(n.vector(), -0.37) },
			0, 1, counts{"input": 1, "linear": 1}, 1.001 * halfStep},
		"sum of equal scales": {func(n *net) graph.ID {
			x := n.vector()
			return n.Linear(0, []float64{1, -1}, n.slice(x, 0, 6), n.slice(x, 6, 6))
		}, 0, 1, counts{"input": 1, "view": 2, "linear": 1}, 2.5 * halfStep},
		"sum of unrelated scales": {func(n *net) graph.ID {
			x := n.vector()
			return n.Linear(0, []float64{1, 0.37}, n.slice(x, 0, 6), n.slice(x, 6, 6))
		}, 0, 1, counts{"input": 1, "view": 2, "linear": 1}, 1.2 * halfStep},
		"sum with a negligible term": {func(n *net) graph.ID {
			x := n.vector()
			return n.Linear(0.5, []float64{1, 1e-9}, n.slice(x, 0, 6), n.slice(x, 6, 6))
		}, 0, 1, counts{"input": 1, "view": 2, "linear": 1}, 1.2 * halfStep},
		"constants next to an activation": {func(n *net) graph.ID { return n.Sum(n.vector(), n.random(0.5, 1, 12)) },
			0, 1, counts{"input": 1, "linear": 1}, 1.2 * halfStep},
		"residual sum of unrelated scales": {func(n *net) graph.ID {
			x := n.image()
			y := n.relu(n.bias(n.conv(x, 3, 3, 1, 1)))
			return n.relu(n.Linear(0, []float64{1, 0.37}, n.bias(n.conv(y, 3, 3, 1, 1)), x))
		}, 0, 1, counts{"input": 1, "view": 4, "contract": 2, "linear": 2, "rescale": 2, "lookup": 2}, 0.08},
		// Tiny weights make the accumulator finer than usual: the skip connection has
		// to follow.
		"residual sum with tiny weights": {func(n *net) graph.ID {
			x := n.image()
			y := n.conv(x, 3, 1, 1, 0)
			return n.relu(n.Linear(0.3, []float64{1, 1}, n.scaled(y, 1e-3), x))
		}, 0, 1, counts{"input": 1, "view": 1, "contract": 1, "linear": 1, "rescale": 1}, 0.01},

		"dense": {func(n *net) graph.ID { return n.dense(n.vector(), 5) },
			0, 1, counts{"input": 1, "contract": 1, "linear": 1}, 0.02},
		"weights first": {func(n *net) graph.ID {
			return n.Contract(n.random(0.3, 4, 12), n.vector(), tensor.Contraction{Extents: []int{4, 12, 1}, A: []int{0, 1}, B: []int{2, 1}, Out: []int{0}})
		}, 0, 1, counts{"input": 1, "contract": 1}, 0.02},
		"product of activations": {func(n *net) graph.ID {
			x := n.Reshape(n.vector(), tensor.Shape{3, 4})
			return n.Contract(x, x, tensor.Contraction{Extents: []int{3, 3, 4}, A: []int{0, 2}, B: []int{1, 2}, Out: []int{0, 1}})
		}, -1, 1, counts{"input": 1, "linear": 1, "view": 1, "contract": 1}, 0.02},
		"product of accumulators": {func(n *net) graph.ID {
			x := n.vector()
			return n.Mul(n.dense(x, 6), n.dense(x, 6))
		}, -1, 1, counts{"input": 1, "linear": 3, "contract": 3, "rescale": 2}, 0.06},
		"product with a number per channel": {func(n *net) graph.ID {
			x := n.image()
			return n.Mul(x, n.perChannel(x, 1))
		}, 0, 1, counts{"input": 1, "contract": 1}, 0.01},

		"maximum with padding": {func(n *net) graph.ID { return n.maxPool(n.image(), 3, 2, 1) },
			-2, -0.5, counts{"input": 1, "linear": 1, "view": 1, "max": 1}, 1.33 * halfStep},
		// 12 elements are rounded, not the 36 of the windows.
		"maximum of accumulators": {func(n *net) graph.ID { return n.maxPool(n.conv(n.image(), 3, 3, 1, 1), 3, 2, 1) },
			0, 1, counts{"input": 1, "view": 2, "contract": 1, "rescale": 1, "max": 1}, 0.03},

		"relu after a convolution is a shift": {func(n *net) graph.ID { return n.relu(n.bias(n.conv(n.image(), 3, 3, 1, 1))) },
			0, 1, counts{"input": 1, "view": 2, "contract": 1, "linear": 1, "rescale": 1, "lookup": 1}, 0.03},
		"relu of an input":          {func(n *net) graph.ID { return n.relu(n.vector()) }, -1, 1, counts{"input": 1, "linear": 1, "rescale": 1, "lookup": 1}, 0.008},
		"relu6":                     {func(n *net) graph.ID { return n.apply(n.scaled(n.vector(), 10), "clip", 0, 6) }, -1, 1, counts{"input": 1, "linear": 1, "rescale": 1, "lookup": 1}, 0.02},
		"clip":                      {func(n *net) graph.ID { return n.apply(n.vector(), "clip", -0.5, 0.25) }, -1, 1, counts{"input": 1, "linear": 2, "lookup": 1}, 0.02},
		"clip away from 0":          {func(n *net) graph.ID { return n.apply(n.vector(), "clip", 0.5, 0.75) }, -1, 1, counts{"input": 1, "linear": 1, "rescale": 1, "lookup": 1}, 0.02},
		"clip with one bound":       {func(n *net) graph.ID { return n.apply(n.vector(), "clip", math.Inf(-1), 0.25) }, -1, 1, counts{"input": 1, "linear": 1, "lookup": 1}, 0.02},
		"tanh":                      {func(n *net) graph.ID { return n.apply(n.scaled(n.vector(), 3), "tanh") }, -1, 1, counts{"input": 1, "linear": 1, "lookup": 1}, 0.03},
		"sigmoid":                   {func(n *net) graph.ID { return n.apply(n.scaled(n.vector(), 3), "sigmoid") }, -1, 1, counts{"input": 1, "linear": 1, "lookup": 1}, 0.015},
		"exp":                       {func(n *net) graph.ID { return n.apply(n.vector(), "exp") }, -1, 1, counts{"input": 1, "linear": 1, "lookup": 1}, 0.015},
		"two functions of one":      {func(n *net) graph.ID { x := n.dense(n.vector(), 4); return n.Sum(n.relu(x), n.apply(x, "tanh")) }, 0, 1, counts{"input": 1, "contract": 1, "linear": 2, "rescale": 2, "lookup": 2}, 0.05},
		"average without padding":   {func(n *net) graph.ID { return n.averagePool(n.image(), 2, 2, 0) }, 0, 1, counts{"input": 1, "view": 1, "contract": 1}, 1.2 * halfStep},
		"average of what is inside": {func(n *net) graph.ID { return n.averageInside(n.image()) }, 0, 1, counts{"input": 1, "view": 1, "contract": 1}, 1.2 * halfStep},
		"average before relu": {func(n *net) graph.ID { return n.relu(n.averagePool(n.conv(n.image(), 2, 3, 1, 1), 2, 2, 0)) },
			0, 1, counts{"input": 1, "view": 4, "contract": 2, "rescale": 1, "concat": 1, "max": 1, "lookup": 1}, 0.04}, // a clamp of 18 elements costs less than its table
		"norm after a convolution costs nothing": {func(n *net) graph.ID { return n.relu(n.norm(n.conv(n.image(), 3, 3, 1, 1))) },
			0, 1, counts{"input": 1, "view": 2, "contract": 1, "linear": 1, "rescale": 1, "lookup": 1}, 0.03},
		"a relu that never fires": {func(n *net) graph.ID {
			x := n.vector()
			dead := n.relu(n.Linear(-5, []float64{1}, n.dense(x, 4)))
			return n.dense(n.Concat(1, n.relu(x), dead), 3)
		}, 0, 1, nil, 0.1},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			n := newNet(t, 3)
			g := prepare(t, n.done(c.build(n)))
			p, bound, worst := compiled(t, g, samples(g, 4, 20, c.lo, c.hi), quant.Options{})
			t.Logf("bound %.5f, worst %.5f of the largest output", bound, worst)
			if !(bound <= c.tolerance) {
				t.Errorf("the bound is %g of the largest output, want at most %g", bound, c.tolerance)
			}
			if diff := cmp.Diff(c.want, primitives(p.Program)); c.want != nil && diff != "" {
				t.Errorf("primitives (-want +got):\n%s", diff)
			}
		})
	}
}

// averageInside averages 3×3 windows with a pad of 1; padding does not count.
func (n *net) averageInside(x graph.ID) graph.ID {
	v := n.windows(x, 3, 1, 1, 0)
	s := n.Shape(v)
	inside := func(at, extent int) int { return min(at+1, extent-1) - max(at-1, 0) + 1 }
	var data []float32
	for i := range s[2] {
		for j := range s[3] {
			for range 9 {
				data = append(data, float32(1/float64(inside(i, s[2])*inside(j, s[3]))))
			}
		}
	}
	return n.Contract(v, n.Const(tensor.Shape{s[2], s[3], 3, 3}, data), tensor.Contraction{
		Extents: s, A: []int{0, 1, 2, 3, 4, 5}, B: []int{2, 3, 4, 5}, Out: []int{0, 1, 2, 3}})
}
