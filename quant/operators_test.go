// SPDX-License-Identifier: Apache-2.0

package quant_test

import (
	"math"
	"testing"

	"github.com/zkml-go/zkml/graph"
	"github.com/zkml-go/zkml/ir"
	"github.com/zkml-go/zkml/quant"
	"github.com/zkml-go/zkml/tensor"
)

// worst compiles a network and returns the largest error of its output on the
// samples, relative to the largest output, with the program.
func worst(t *testing.T, g *graph.Graph, s []quant.Sample, opts quant.Options) (float64, *ir.Program) {
	t.Helper()
	p, err := quant.Compile(g, calibrate(t, g, s), opts)
	if err != nil {
		t.Fatal(err)
	}
	r, err := quant.Compare(g, p, s, nil)
	if err != nil {
		t.Fatal(err)
	}
	if r.Refused != 0 {
		t.Fatalf("%d samples refused", r.Refused)
	}
	return r.WorstError / r.OutputSpan, p
}

// repeat is x, [1, 1], as often as count says.
func (n *net) repeat(x graph.ID, count int) graph.ID { return n.BroadcastTo(x, tensor.Shape{1, count}) }

// sum adds the elements of x, [1, k], up: [1, 1].
func (n *net) sum(x graph.ID) graph.ID {
	k := n.Shape(x)[1]
	ones := make([]float32, k)
	for i := range ones {
		ones[i] = 1
	}
	return n.Contract(x, n.Const(tensor.Shape{1, k}, ones), contraction(1, k))
}

// TestQuotients: the result is within two steps of an activation of the quotient,
// and finer with more bits.
func TestQuotients(t *testing.T) {
	t.Parallel()
	for name, build := range map[string]func(n *net) graph.ID{
		"softmax": func(n *net) graph.ID {
			x := n.scaled(n.vector(), 4)
			m := n.Reshape(n.Max(x, 1), tensor.Shape{1, 1})
			e := n.apply(n.Linear(0, []float64{1, -1}, x, n.repeat(m, 12)), "exp")
			return n.Divide(e, n.repeat(n.sum(e), 12))
		},
		"norm": func(n *net) graph.ID {
			x := n.vector()
			root := n.apply(n.Linear(1e-5, []float64{1.0 / 12}, n.sum(n.Mul(x, x))), "sqrt")
			return n.Divide(x, n.repeat(root, 12))
		},
		"inverse norm": func(n *net) graph.ID {
			x := n.vector()
			root := n.apply(n.Linear(1e-5, []float64{1.0 / 12}, n.sum(n.Mul(x, x))), "rsqrt")
			return n.Mul(x, n.repeat(root, 12))
		},
		"constant numerator": func(n *net) graph.ID {
			x := n.Linear(1.5, []float64{1}, n.vector())
			return n.Divide(n.random(1, 1, 12), x)
		},
	} {
		for bits, tolerance := range map[int]float64{8: 0.03, 12: 0.004} {
			n := newNet(t, 5)
			g := prepare(t, n.done(build(n)))
			s := samples(g, 6, 20, -1, 1)
			if e, _ := worst(t, g, s, quant.Options{ActBits: bits}); !(e < tolerance) {
				t.Errorf("%s: error %g at %d bits, want less than %g", name, e, bits, tolerance)
			}
		}
	}
}

// TestComparisonsAreExact: the network returns exactly what comparisons of the
// quantized input say, for thresholds between and on its levels.
func TestComparisonsAreExact(t *testing.T) {
	t.Parallel()
	const levels = 255
	thresholds := []float32{0.5, 0, 1, 0.001, 0.999, 51. / levels, 52. / levels, 51.5 / levels, 51.01 / levels, 51.99 / levels, -0.3, 1.3}
	for name, c := range map[string]struct {
		build func(n *net, x, k graph.ID) graph.ID
		want  func(x, k float64) bool
	}{
		"greater": {func(n *net, x, k graph.ID) graph.ID { return n.apply(n.Linear(0, []float64{1, -1}, x, k), "step") }, func(x, k float64) bool { return x > k }},
		"less":    {func(n *net, x, k graph.ID) graph.ID { return n.apply(n.Linear(0, []float64{1, -1}, k, x), "step") }, func(x, k float64) bool { return x < k }},
		"less or equal": {func(n *net, x, k graph.ID) graph.ID {
			return n.Linear(1, []float64{-1}, n.apply(n.Linear(0, []float64{1, -1}, x, k), "step"))
		}, func(x, k float64) bool { return x <= k }},
		"both of a pair": {func(n *net, x, k graph.ID) graph.ID {
			y := n.apply(n.Linear(0, []float64{1, -1}, x, k), "step")
			return n.Mul(y, y)
		}, func(x, k float64) bool { return x > k }},
		"scaled by three": {func(n *net, x, k graph.ID) graph.ID { return n.apply(n.Linear(0, []float64{3, -3}, x, k), "step") }, func(x, k float64) bool { return x > k }},
	} {
		n := newNet(t, 1)
		x := n.vector()
		g := n.done(c.build(n, x, n.Const(tensor.Shape{1, 12}, thresholds)))
		p := mustCompile(t, g, calibrate(t, g, samples(g, 1, 3, 0, 1)))
		in := p.Input(p.Inputs[0])
		for q := range int64(levels + 1) {
			row := make([]int64, 12)
			for i := range row {
				row[i] = q
			}
			trace, err := p.Run([][]int64{row})
			if err != nil {
				t.Fatal(err)
			}
			for i, got := range trace.Outputs(p.Program)[0] {
				k := float64(thresholds[i])
				want := c.want(in.Scale*float64(q), k)
				if math.Abs(in.Scale*float64(q)-k) < 1e-6 { // equal up to the rounding of a scale
					want = c.want(0, 0)
				}
				if (got == 1) != want || got != 0 && got != 1 || p.Outputs[0].Scale != 1 {
					t.Errorf("%s: level %d against %g is %d·%g, want %v", name, q, k, got, p.Outputs[0].Scale, want)
				}
			}
		}
	}
}

// TestQuantizedModelsKeepTheirScales: fakequant, a product with weights that are
// multiples of a scale, and fakequant again is integer arithmetic at those scales.
func TestQuantizedModelsKeepTheirScales(t *testing.T) {
	t.Parallel()
	n := newNet(t, 1)
	const from, weight, to = 0.03, 0.007, 0.11
	w := make([]float32, 4*12)
	for i := range w {
		w[i] = float32(weight * float64(n.rng.IntN(255)-127))
	}
	x := n.apply(n.vector(), "fakequant", from, -128, -128, 127)
	y := n.Contract(x, n.Const(tensor.Shape{4, 12}, w), contraction(4, 12))
	g := n.done(n.apply(n.apply(y, "relu"), "fakequant", to, -128, -128, 127))
	s := samples(g, 2, 50, 0, 255*from)
	e, p := worst(t, g, s, quant.Options{})
	if e > 1e-9 {
		t.Errorf("error %g, want none", e)
	}
	if in := p.Input(p.Inputs[0]); in.Scale != from || in.Declared != (ir.Range{Hi: 255}) || in.Zero != 0 {
		t.Errorf("input %+v", in)
	}
	if out := p.Outputs[0]; out.Scale != to || !p.Nodes[out.ID].Range.Within(ir.Range{Hi: 255}) {
		t.Errorf("output of scale %g in %v", out.Scale, p.Nodes[out.ID].Range)
	}
}

// TestClampsChangeNothing: a layer whose proved range is far beyond what its
// function tells apart gets a clamp, and the result of every input is as before:
// that of the function at the argument without it.
func TestClampsChangeNothing(t *testing.T) {
	t.Parallel()
	for _, f := range []string{"relu", "tanh", "sigmoid", "exp", "step"} {
		n := newNet(t, 1)
		x := n.Input("x", tensor.Shape{1, 400})
		y := n.Contract(x, n.random(4, 3, 400), contraction(3, 400))
		g := n.done(n.apply(n.Linear(-1, []float64{1}, y), f))
		s := samples(g, 1, 6, 0, 0.005)
		opts := quant.Options{ActBits: 10, InputRange: &quant.Span{Lo: 0, Hi: 1}}
		p, err := quant.CompileTraced(g, calibrate(t, g, s), opts)
		if err != nil {
			t.Fatal(err)
		}
		counts := primitives(p.Program)
		if counts["max"] == 0 {
			t.Errorf("%s: no clamp, primitives %v", f, counts)
		}
		out := p.Outputs[0]
		largest := p.Nodes[out.ID].Range.Hi
		for _, s := range samples(g, 2, 20, 0, 1) { // far beyond calibration
			got, err := quant.Run(p.Program, s)
			if err != nil {
				t.Fatal(err)
			}
			values, err := g.Eval(s)
			if err != nil {
				t.Fatal(err)
			}
			for i, want := range values[g.Outputs[0].ID] {
				want = min(want, out.Scale*float64(largest))
				if math.Abs(got[0][i]-want) > 0.02*max(1, math.Abs(want)) {
					t.Errorf("%s: %g, want %g", f, got[0][i], want)
				}
			}
		}
	}
}
