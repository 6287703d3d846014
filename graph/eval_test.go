// SPDX-License-Identifier: Apache-2.0

package graph_test

import (
	"errors"
	"math"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/zkml-go/zkml/graph"
	"github.com/zkml-go/zkml/tensor"
)

var inf = math.Inf(1)

// TestPrimitives evaluates each primitive on numbers that can be checked by hand.
func TestPrimitives(t *testing.T) {
	t.Parallel()
	x := graph.Tensor{Shape: tensor.Shape{2, 3}, Data: []float64{1, -2, 3, 4, 5, -6}}
	row := graph.Tensor{Shape: tensor.Shape{3}, Data: []float64{1, 10, 100}}
	square := graph.Tensor{Shape: tensor.Shape{2, 3}, Data: []float64{2, 2, 2, 2, 2, 2}}
	pad, err := tensor.Pad(row.Shape, []int{1}, []int{0})
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		op   graph.Op
		args []graph.Tensor
		want graph.Tensor
	}{
		"const":    {graph.Const{Shape: tensor.Shape{2}, Data: []float32{1, 2.5}}, nil, graph.Tensor{Shape: tensor.Shape{2}, Data: []float64{1, 2.5}}},
		"view":     {graph.View{View: pad, Fill: math.Inf(-1)}, []graph.Tensor{row}, graph.Tensor{Shape: tensor.Shape{4}, Data: []float64{-inf, 1, 10, 100}}},
		"linear":   {graph.Linear{Coefs: []float64{2, -1}, Bias: 0.5}, []graph.Tensor{x, square}, graph.Tensor{Shape: x.Shape, Data: []float64{0.5, -5.5, 4.5, 6.5, 8.5, -13.5}}},
		"matrix":   {graph.Contract{Contraction: tensor.Contraction{Extents: []int{2, 3}, A: []int{0, 1}, B: []int{1}, Out: []int{0}}}, []graph.Tensor{x, row}, graph.Tensor{Shape: tensor.Shape{2}, Data: []float64{281, -546}}},
		"product":  {graph.Contract{Contraction: tensor.Elementwise(x.Shape)}, []graph.Tensor{x, square}, graph.Tensor{Shape: x.Shape, Data: []float64{2, -4, 6, 8, 10, -12}}},
		"max":      {graph.Max{Axes: []int{1}}, []graph.Tensor{x}, graph.Tensor{Shape: tensor.Shape{2}, Data: []float64{3, 5}}},
		"max all":  {graph.Max{Axes: []int{1, 0}}, []graph.Tensor{x}, graph.Tensor{Shape: tensor.Shape{}, Data: []float64{5}}},
		"divide":   {graph.Divide{}, []graph.Tensor{x, square}, graph.Tensor{Shape: x.Shape, Data: []float64{0.5, -1, 1.5, 2, 2.5, -3}}},
		"gather":   {graph.Gather{}, []graph.Tensor{row, {Shape: tensor.Shape{2, 2}, Data: []float64{2, -3, 0.6, -0.4}}}, graph.Tensor{Shape: tensor.Shape{2, 2}, Data: []float64{100, 1, 10, 1}}},
		"gather 1": {graph.Gather{Batch: 1}, []graph.Tensor{x, {Shape: tensor.Shape{2}, Data: []float64{1, -1}}}, graph.Tensor{Shape: tensor.Shape{2}, Data: []float64{-2, -6}}},
		"concat":   {graph.Concat{Axis: 0}, []graph.Tensor{row, row}, graph.Tensor{Shape: tensor.Shape{6}, Data: []float64{1, 10, 100, 1, 10, 100}}},
		"concat 1": {graph.Concat{Axis: 1}, []graph.Tensor{x, square}, graph.Tensor{Shape: tensor.Shape{2, 6}, Data: []float64{1, -2, 3, 2, 2, 2, 4, 5, -6, 2, 2, 2}}},
		"map":      {graph.Map{Func: graph.Func{Name: "relu"}}, []graph.Tensor{x}, graph.Tensor{Shape: x.Shape, Data: []float64{1, 0, 3, 4, 5, 0}}},
	} {
		t.Run(name, func(t *testing.T) {
			var shapes []tensor.Shape
			for _, a := range c.args {
				shapes = append(shapes, a.Shape)
			}
			s, err := c.op.Infer(shapes)
			if err != nil {
				t.Fatal(err)
			}
			if d := cmp.Diff(c.want, graph.Tensor{Shape: s, Data: c.op.Eval(c.args)}); d != "" {
				t.Errorf("(-want +got)\n%s", d)
			}
		})
	}
}

// TestGatherMisses: an index that no row has gives NaN, which calibration refuses.
func TestGatherMisses(t *testing.T) {
	t.Parallel()
	rows := graph.Tensor{Shape: tensor.Shape{2}, Data: []float64{7, 8}}
	index := graph.Tensor{Shape: tensor.Shape{5}, Data: []float64{2, -3, inf, math.NaN(), 1}}
	y := graph.Gather{}.Eval([]graph.Tensor{rows, index})
	for i, want := range []float64{math.NaN(), math.NaN(), math.NaN(), math.NaN(), 8} {
		if y[i] != want && !(math.IsNaN(y[i]) && math.IsNaN(want)) {
			t.Errorf("element %d is %v, want %v", i, y[i], want)
		}
	}
}

// TestInferRefuses lists primitives with arguments or parameters that do not fit.
func TestInferRefuses(t *testing.T) {
	t.Parallel()
	two, three := tensor.Shape{2}, tensor.Shape{3}
	view, nan := tensor.Identity(two), math.NaN()
	for name, c := range map[string]struct {
		op   graph.Op
		args []tensor.Shape
	}{
		"const size":        {graph.Const{Shape: two, Data: []float32{1}}, nil},
		"const shape":       {graph.Const{Shape: tensor.Shape{-1}, Data: nil}, nil},
		"view size":         {graph.View{View: view}, []tensor.Shape{three}},
		"view fill NaN":     {graph.View{View: view, Fill: nan}, []tensor.Shape{two}},
		"view fill +Inf":    {graph.View{View: view, Fill: inf}, []tensor.Shape{two}},
		"linear count":      {graph.Linear{Coefs: []float64{1}}, []tensor.Shape{two, two}},
		"linear none":       {graph.Linear{}, nil},
		"linear shapes":     {graph.Linear{Coefs: []float64{1, 1}}, []tensor.Shape{two, three}},
		"linear NaN":        {graph.Linear{Coefs: []float64{nan}}, []tensor.Shape{two}},
		"linear bias":       {graph.Linear{Coefs: []float64{1}, Bias: inf}, []tensor.Shape{two}},
		"contract":          {graph.Contract{Contraction: tensor.Elementwise(two)}, []tensor.Shape{two, three}},
		"max axis":          {graph.Max{Axes: []int{1}}, []tensor.Shape{two}},
		"divide":            {graph.Divide{}, []tensor.Shape{two, three}},
		"concat":            {graph.Concat{Axis: 1}, []tensor.Shape{two, two}},
		"unknown function":  {graph.Map{Func: graph.Func{Name: "frob"}}, []tensor.Shape{two}},
		"missing parameter": {graph.Map{Func: graph.Func{Name: "clip", Params: []float64{0}}}, []tensor.Shape{two}},
		"infinite":          {graph.Map{Func: graph.Func{Name: "leakyrelu", Params: []float64{inf}}}, []tensor.Shape{two}},
		"NaN parameter":     {graph.Map{Func: graph.Func{Name: "clip", Params: []float64{0, nan}}}, []tensor.Shape{two}},
	} {
		if s, err := c.op.Infer(c.args); err == nil {
			t.Errorf("%s: shape %v", name, s)
		}
	}
}

// TestFunctions compares the functions with values from their definitions.
func TestFunctions(t *testing.T) {
	t.Parallel()
	e := math.E
	for name, c := range map[string]struct {
		f           graph.Func
		x, y        []float64
		nonNegative bool
	}{
		"relu":     {graph.Func{Name: "relu"}, []float64{-2, 0, 3}, []float64{0, 0, 3}, true},
		"clip":     {graph.Func{Name: "clip", Params: []float64{-1, 2}}, []float64{-5, 0.5, 7}, []float64{-1, 0.5, 2}, false},
		"relu6":    {graph.Func{Name: "clip", Params: []float64{0, 6}}, []float64{-5, 0.5, 7}, []float64{0, 0.5, 6}, true},
		"crossed":  {graph.Func{Name: "clip", Params: []float64{2, -1}}, []float64{-5, 7}, []float64{-1, -1}, false},
		"one side": {graph.Func{Name: "clip", Params: []float64{math.Inf(-1), 1}}, []float64{-5, 7}, []float64{-5, 1}, false},
		"sigmoid":  {graph.Func{Name: "sigmoid"}, []float64{0, 1, -800}, []float64{0.5, e / (1 + e), 0}, true},
		"tanh":     {graph.Func{Name: "tanh"}, []float64{0, 1}, []float64{0, (e*e - 1) / (e*e + 1)}, false},
		"exp":      {graph.Func{Name: "exp"}, []float64{0, 1, -800}, []float64{1, e, 0}, true},
	} {
		if err := c.f.Check(); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		for i, x := range c.x {
			if got := c.f.At(x); !cmp.Equal(got, c.y[i], cmpopts.EquateApprox(1e-15, 1e-300)) {
				t.Errorf("%s(%v) is %v, want %v", name, x, got, c.y[i])
			}
		}
		if c.f.NonNegative() != c.nonNegative {
			t.Errorf("%s: NonNegative is %v", name, c.f.NonNegative())
		}
	}
}

// TestEval runs a network of two inputs and refuses inputs that do not fit.
func TestEval(t *testing.T) {
	t.Parallel()
	var b graph.Builder
	x, y := b.Input("x", tensor.Shape{2}), b.Input("y", tensor.Shape{1})
	b.Output("z", b.Linear(1, []float64{2, 3}, x, y), "")
	g, err := b.Graph()
	if err != nil {
		t.Fatal(err)
	}
	values, err := g.Eval([][]float64{{1, 2}, {10}})
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff([]float64{33, 35}, values[g.Outputs[0].ID]); d != "" {
		t.Errorf("(-want +got)\n%s", d)
	}
	for name, in := range map[string][][]float64{
		"count": {{1, 2}}, "size": {{1, 2}, {1, 2}}, "order": {{10}, {1, 2}}, "none": nil,
	} {
		if _, err := g.Eval(in); !errors.Is(err, graph.ErrInput) {
			t.Errorf("%s: %v", name, err)
		}
	}
	uses := g.Uses()
	if len(uses[g.Inputs[0]]) != 1 || len(uses[g.Outputs[0].ID]) != 0 {
		t.Errorf("Uses %v", uses)
	}
}

// TestContractSums compares sums long enough for every loop of the evaluator, of
// neighboring and of spread elements, with plain sums.
func TestContractSums(t *testing.T) {
	t.Parallel()
	for n := 1; n < 12; n++ {
		a, b := make([]float64, 2*n), make([]float64, n*3)
		for i := range a {
			a[i] = float64(i*i%7 - 3)
		}
		for i := range b {
			b[i] = float64(i*5%11 - 4)
		}
		for name, c := range map[string]struct {
			shape  tensor.Shape
			labels []int
			at     func(k, col int) int
		}{
			"contiguous": {tensor.Shape{3, n}, []int{2, 1}, func(k, col int) int { return col*n + k }},
			"strided":    {tensor.Shape{n, 3}, []int{1, 2}, func(k, col int) int { return k*3 + col }},
		} {
			op := graph.Contract{Contraction: tensor.Contraction{Extents: []int{2, n, 3}, A: []int{0, 1}, B: c.labels, Out: []int{0, 2}}}
			args := []graph.Tensor{{Shape: tensor.Shape{2, n}, Data: a}, {Shape: c.shape, Data: b}}
			if _, err := op.Infer([]tensor.Shape{args[0].Shape, c.shape}); err != nil {
				t.Fatal(err)
			}
			want := make([]float64, 6)
			for i := range want {
				for k := range n {
					want[i] += a[i/3*n+k] * b[c.at(k, i%3)]
				}
			}
			if d := cmp.Diff(want, op.Eval(args)); d != "" {
				t.Errorf("%s, %d products (-want +got)\n%s", name, n, d)
			}
		}
	}
}
