// SPDX-License-Identifier: Apache-2.0

package graph_test

import (
	"errors"
	"runtime"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/zkml-go/zkml/graph"
	"github.com/zkml-go/zkml/tensor"
)

// TestVisitSeesEveryValue checks the values of a network whose input, constant and
// first sum are used again late, and once more after the last of other uses.
func TestVisitSeesEveryValue(t *testing.T) {
	t.Parallel()
	var b graph.Builder
	x := b.Input("x", tensor.Shape{2})
	k := b.Const(tensor.Shape{2}, []float32{10, 20})
	y := b.Sum(x, k)
	z := b.Linear(1, []float64{2}, y)
	b.Output("out", b.Linear(0, []float64{1, 1, 1, -1}, z, x, k, y), "")
	b.Output("in", x, "")
	g, err := b.Graph()
	if err != nil {
		t.Fatal(err)
	}
	want := [][]float64{{1, 2}, {10, 20}, {11, 22}, {23, 45}, {23, 45}}
	var got [][]float64
	if err := g.Visit([][]float64{{1, 2}}, func(id graph.ID, v []float64) {
		if int(id) != len(got) {
			t.Errorf("value %d comes after %d others", id, len(got))
		}
		got = append(got, v)
	}); err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("(-want +got)\n%s", d)
	}
	for name, in := range map[string][][]float64{"none": nil, "two": {{1, 2}, {1, 2}}, "short": {{1}}} {
		if err := g.Visit(in, func(graph.ID, []float64) { t.Errorf("%s: a value is seen", name) }); !errors.Is(err, graph.ErrInput) {
			t.Errorf("%s: error %v, want ErrInput", name, err)
		}
	}
}

// TestVisitDropsValues runs a chain whose values would take 400 MiB together.
func TestVisitDropsValues(t *testing.T) {
	var b graph.Builder
	const n, steps = 1 << 20, 50
	x := b.Input("x", tensor.Shape{n})
	for range steps {
		x = b.Linear(1, []float64{1}, x)
	}
	b.Output("y", x, "")
	g, err := b.Graph()
	if err != nil {
		t.Fatal(err)
	}
	var most uint64
	var last float64
	if err := g.Visit([][]float64{make([]float64, n)}, func(_ graph.ID, v []float64) {
		runtime.GC()
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		most, last = max(most, m.HeapAlloc), v[n-1]
	}); err != nil {
		t.Fatal(err)
	}
	if most > 200<<20 {
		t.Errorf("%d MiB are in use, want the input and two values of %d MiB", most>>20, n*8>>20)
	}
	if last != steps {
		t.Errorf("the last element is %v, want %d", last, steps)
	}
}

// TestVisitMakesLargeConstants: a constant too large to keep has its elements at
// every use.
func TestVisitMakesLargeConstants(t *testing.T) {
	t.Parallel()
	const n = 1<<20 + 1
	data := make([]float32, n)
	data[n-1] = 3
	var b graph.Builder
	x := b.Input("x", tensor.Shape{1})
	k := b.Const(tensor.Shape{n}, data)
	y := b.Linear(0, []float64{1, 2}, x, k)
	b.Output("y", b.Linear(0, []float64{1, 1}, y, k), "")
	g, err := b.Graph()
	if err != nil {
		t.Fatal(err)
	}
	values, err := g.Eval([][]float64{{5}})
	if err != nil {
		t.Fatal(err)
	}
	if out := values[g.Outputs[0].ID]; out[0] != 5 || out[n-1] != 5+3*3 {
		t.Errorf("elements are %v and %v, want 5 and 14", out[0], out[n-1])
	}
}
