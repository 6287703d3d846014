// SPDX-License-Identifier: Apache-2.0

package graph_test

import (
	"errors"
	"math"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/zkml-go/zkml/graph"
	"github.com/zkml-go/zkml/tensor"
)

// network builds a small network with most primitives.
func network(t *testing.T) *graph.Graph {
	t.Helper()
	var b graph.Builder
	x := b.Input("x", tensor.Shape{2, 2})
	b.At("layer")
	w := b.Const(tensor.Shape{2, 2}, []float32{1, 2, 3, 4})
	h := b.Sum(b.Mul(b.Transpose(x, []int{1, 0}), w), b.Const(tensor.Shape{2}, []float32{10, 20}))
	b.At("dead")
	b.Scalar(7)
	b.At("tail")
	p := b.Max(b.Map(h, graph.Func{Name: "clip", Params: []float64{0, 6}}), 1)
	q := b.Divide(p, b.Linear(1, []float64{-2}, p))
	b.Output("p", b.Concat(0, p, q), "")
	b.Output("h", b.Reshape(h, tensor.Shape{4}), "says why")
	g, err := b.Graph()
	if err != nil {
		t.Fatal(err)
	}
	if err := g.Check(); err != nil {
		t.Fatal(err)
	}
	return g
}

// TestText pins the text form, which the expectations of package onnx are
// written in, and shows that nodes that no output needs are gone.
func TestText(t *testing.T) {
	t.Parallel()
	want := `%0 [2,2] = input "x"  # x
%1 [2,2] = const 1 2 3 4  # layer
%2 [2,2] = view %0 (i1, i0) of [2,2]  # layer
%3 [2,2] = contract %2 %1 ab,ab->ab  # layer
%4 [2] = const 10 20  # layer
%5 [2,2] = view %4 (i1) of [2]  # layer
%6 [2,2] = linear %3 + %5  # layer
%7 [2,2] = map %6 clip[0 6]  # tail
%8 [2] = max %7 axes [1]  # tail
%9 [2] = linear -2·%8 + 1  # tail
%10 [2] = divide %8 %9  # tail
%11 [4] = concat %8 %10 axis 0  # tail
%12 [4] = view %6 regroup  # tail
output "p" = %11
output "h" = %12  # says why
`
	if d := cmp.Diff(want, network(t).String()); d != "" {
		t.Errorf("(-want +got)\n%s", d)
	}
}

func TestConstText(t *testing.T) {
	t.Parallel()
	c := graph.Const{Shape: tensor.Shape{9}, Data: []float32{0.1, 0, 0, 0, 0, 0, 0, 0, 1}}
	if got := c.String(); got != "0.1 0 0 0 0 0 0 0 … 9 elements, sha256 fcaca9a5" {
		t.Error(got)
	}
	other := graph.Const{Shape: tensor.Shape{9}, Data: []float32{0.1, 0, 0, 0, 0, 0, 0, 0, 2}}
	if other.String() == c.String() {
		t.Error("constants that differ have one text")
	}
}

// TestViewText pins the forms of index functions.
func TestViewText(t *testing.T) {
	t.Parallel()
	v := tensor.View{From: tensor.Shape{5, 5, 5, 5}, Axes: tensor.Shape{2, 2}, To: tensor.Shape{4}, Index: []tensor.Affine{
		{Offset: 3},
		{Terms: []tensor.Term{{Axis: 0, Coef: -1}, {Axis: 1, Coef: 1}}},
		{Offset: -2, Terms: []tensor.Term{{Axis: 0, Coef: 2}, {Axis: 1, Coef: -3}}},
		{Terms: []tensor.Term{{Axis: 1, Coef: 1}, {Axis: 0, Coef: 4}}},
	}}
	if got := (graph.View{View: v, Fill: 7}).String(); got != "(3, -i0+i1, 2i0-3i1-2, i1+4i0) of [5,5,5,5] over [2,2] else 7" {
		t.Error(got)
	}
}

// TestManyLabelsText shows labels beyond the alphabet.
func TestManyLabelsText(t *testing.T) {
	t.Parallel()
	s := make(tensor.Shape, 27)
	for i := range s {
		s[i] = 1
	}
	c := graph.Contract{Contraction: tensor.Elementwise(s)}
	if got := c.String(); !strings.HasPrefix(got, "(0)(1)") || !strings.HasSuffix(got, "(25)(26)") {
		t.Error(got)
	}
}

// failingWriter accepts no byte.
type failingWriter struct{}

func (failingWriter) Write([]byte) (int, error) { return 0, errors.New("full") }

func TestWriteTextError(t *testing.T) {
	t.Parallel()
	if err := network(t).WriteText(failingWriter{}); err == nil {
		t.Error("a failed write is not reported")
	}
}

// TestFold shows which constants are computed when the graph is built.
func TestFold(t *testing.T) {
	t.Parallel()
	var b graph.Builder
	x := b.Input("x", tensor.Shape{2, 3})
	b.At("w")
	w := b.Const(tensor.Shape{2, 3}, []float32{1, 2, 3, 4, 5, 6})
	b.At("here")
	for name, c := range map[string]struct {
		id   graph.ID
		want []float32
	}{
		"transpose": {b.Transpose(w, []int{1, 0}), []float32{1, 4, 2, 5, 3, 6}},
		"reshape":   {b.Reshape(w, tensor.Shape{6}), []float32{1, 2, 3, 4, 5, 6}},
		"linear":    {b.Linear(1, []float64{2}, w), []float32{3, 5, 7, 9, 11, 13}},
		"max":       {b.Max(w, 0), []float32{4, 5, 6}},
		"map":       {b.Map(w, graph.Func{Name: "clip", Params: []float64{2, 3}}), []float32{2, 2, 3, 3, 3, 3}},
		"product":   {b.Mul(w, w), []float32{1, 4, 9, 16, 25, 36}},
		"concat":    {b.Concat(0, w, w), []float32{1, 2, 3, 4, 5, 6, 1, 2, 3, 4, 5, 6}},
		"grows":     {b.BroadcastTo(w, tensor.Shape{2, 2, 3}), nil},
		"input":     {b.Transpose(x, []int{1, 0}), nil},
		"mixed":     {b.Mul(x, w), nil},
	} {
		if d := cmp.Diff(c.want, b.ConstData(c.id)); d != "" {
			t.Errorf("%s (-want +got)\n%s", name, d)
		}
	}
	b.Output("y", b.Contract(x, b.Transpose(w, []int{1, 0}), tensor.Contraction{
		Extents: []int{2, 3, 2}, A: []int{0, 1}, B: []int{1, 2}, Out: []int{0, 2}}), "")
	g, err := b.Graph()
	if err != nil {
		t.Fatal(err)
	}
	want := "%0 [2,3] = input \"x\"  # x\n%1 [3,2] = const 1 4 2 5 3 6  # w\n%2 [2,2] = contract %0 %1 ab,bc->ac  # here\noutput \"y\" = %2\n"
	if d := cmp.Diff(want, g.String()); d != "" {
		t.Errorf("(-want +got)\n%s", d)
	}
}

// TestFoldIsBounded shows that a product of large constants is left to the
// network: the fold would cost more than reading the model.
func TestFoldIsBounded(t *testing.T) {
	t.Parallel()
	var b graph.Builder
	const n = 1 << 10
	w := b.Const(tensor.Shape{n, n}, make([]float32, n*n))
	y := b.Contract(w, w, tensor.Contraction{Extents: []int{n, n, n}, A: []int{0, 1}, B: []int{1, 2}, Out: []int{0, 2}})
	if b.Err() != nil || b.ConstData(y) != nil {
		t.Errorf("a product of %d multiply-accumulates was folded, %v", n*n*n, b.Err())
	}
}

// TestFoldOverflow shows that a fold cannot make an infinite constant.
func TestFoldOverflow(t *testing.T) {
	t.Parallel()
	var b graph.Builder
	w := b.Const(tensor.Shape{1}, []float32{1e38})
	b.Linear(0, []float64{1e10}, w)
	if err := b.Err(); err == nil || !strings.Contains(err.Error(), "constant has +Inf at element 0") {
		t.Error(err)
	}
}

// TestTry shows that a failed attempt leaves nothing behind.
func TestTry(t *testing.T) {
	t.Parallel()
	var b graph.Builder
	x := b.Input("x", tensor.Shape{2})
	err := b.Try(func() {
		y := b.Input("y", tensor.Shape{3})
		b.Output("y", y, "")
		b.Divide(x, y)
	})
	if err == nil || b.Err() != nil {
		t.Fatalf("Try returned %v and left %v", err, b.Err())
	}
	if err := b.Try(func() { b.Output("z", b.Sum(x, x), "") }); err != nil {
		t.Fatal(err)
	}
	g, err := b.Graph()
	if err != nil || len(g.Inputs) != 1 || len(g.Outputs) != 1 || len(g.Nodes) != 2 {
		t.Errorf("%v, %v", g, err)
	}
	b.Fail(errors.New("first"))
	if err := b.Try(func() { t.Error("Try runs after an error") }); err == nil || err.Error() != "first" {
		t.Error(err)
	}
}

// TestErrorSticks shows that after an error every method is harmless and the
// first error is the one reported.
func TestErrorSticks(t *testing.T) {
	t.Parallel()
	for name, fail := range map[string]func(b *graph.Builder, x graph.ID) graph.ID{
		"reshape":   func(b *graph.Builder, x graph.ID) graph.ID { return b.Reshape(x, tensor.Shape{5}) },
		"transpose": func(b *graph.Builder, x graph.ID) graph.ID { return b.Transpose(x, []int{0}) },
		"broadcast": func(b *graph.Builder, x graph.ID) graph.ID { return b.BroadcastTo(x, tensor.Shape{3, 3}) },
		"sum": func(b *graph.Builder, x graph.ID) graph.ID {
			return b.Sum(x, b.Const(tensor.Shape{3}, make([]float32, 3)))
		},
		"map": func(b *graph.Builder, x graph.ID) graph.ID { return b.Map(x, graph.Func{Name: "frob"}) },
		"max": func(b *graph.Builder, x graph.ID) graph.ID { return b.Max(x, 5) },
		"const": func(b *graph.Builder, _ graph.ID) graph.ID {
			return b.Const(tensor.Shape{2}, []float32{0, float32(math.NaN())})
		},
		"infinite": func(b *graph.Builder, _ graph.ID) graph.ID { return b.Scalar(math.Inf(1)) },
		"size":     func(b *graph.Builder, _ graph.ID) graph.ID { return b.Const(tensor.Shape{2}, []float32{0}) },
		"input":    func(b *graph.Builder, _ graph.ID) graph.ID { return b.Input("y", tensor.Shape{0}) },
	} {
		t.Run(name, func(t *testing.T) {
			var b graph.Builder
			x := b.Input("x", tensor.Shape{2, 2})
			bad := fail(&b, x)
			first := b.Err()
			if first == nil {
				t.Fatal("no error")
			}
			bad = b.Mul(b.Divide(b.Sum(bad, x), bad), b.Transpose(b.Reshape(b.BroadcastTo(bad, tensor.Shape{9}), tensor.Shape{3}), nil))
			bad = b.Max(b.Concat(0, b.Map(bad, graph.Func{Name: "relu"}), x), 0)
			b.Output("y", bad, "")
			b.Fail(errors.New("second"))
			if len(b.Shape(bad)) != 0 || b.ConstData(bad) != nil {
				t.Error("a value after an error has a shape or data")
			}
			if _, err := b.Graph(); !errors.Is(err, first) {
				t.Errorf("Graph returned %v, want %v", err, first)
			}
		})
	}
}

func TestGraphNeedsInterface(t *testing.T) {
	t.Parallel()
	var b graph.Builder
	b.Input("x", tensor.Shape{1})
	if _, err := b.Graph(); err == nil {
		t.Error("a network without outputs")
	}
	b = graph.Builder{}
	b.Output("y", b.Scalar(1), "")
	if _, err := b.Graph(); err == nil {
		t.Error("a network without inputs")
	}
}

// TestUnusedInputStays shows that the interface of a network is kept.
func TestUnusedInputStays(t *testing.T) {
	t.Parallel()
	var b graph.Builder
	b.Input("unused", tensor.Shape{1})
	x := b.Input("x", tensor.Shape{1})
	b.Output("y", x, "")
	g, err := b.Graph()
	if err != nil || len(g.Inputs) != 2 || g.Outputs[0].ID != g.Inputs[1] {
		t.Errorf("%v, %v", g, err)
	}
}
