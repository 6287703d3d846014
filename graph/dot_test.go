// SPDX-License-Identifier: Apache-2.0

package graph_test

import (
	"math"
	"math/rand/v2"
	"testing"

	"github.com/zkml-go/zkml/graph"
	"github.com/zkml-go/zkml/tensor"
)

// TestContractIsTheSum compares the evaluator's inner loops with the sum over
// the index space, on strides of every kind and runs longer than an unrolled step.
func TestContractIsTheSum(t *testing.T) {
	t.Parallel()
	contractions := []tensor.Contraction{
		{Extents: []int{3, 5, 11}, A: []int{0, 2}, B: []int{1, 2}, Out: []int{0, 1}},            // x·Wᵀ
		{Extents: []int{3, 5, 11}, A: []int{0, 2}, B: []int{2, 1}, Out: []int{0, 1}},            // x·W
		{Extents: []int{2, 5, 7, 9}, A: []int{0, 3, 1}, B: []int{0, 2, 3}, Out: []int{0, 2, 1}}, // batches of panels, not full
		{Extents: []int{130, 129, 70}, A: []int{0, 2}, B: []int{2, 1}, Out: []int{1, 0}},        // on threads
		{Extents: []int{4, 6}, A: []int{0, 1}, B: []int{0, 1}, Out: []int{0, 1}},                // elementwise
		{Extents: []int{4, 6}, A: []int{0, 1}, B: []int{1}, Out: []int{0, 1}},                   // per channel
		{Extents: []int{4, 6}, A: []int{0}, B: []int{1}, Out: []int{1, 0}},                      // outer
		{Extents: []int{2, 3, 4}, A: []int{0, 1, 2}, B: []int{}, Out: []int{1}},                 // sum
		{Extents: []int{2, 3, 3, 7}, A: []int{0, 1, 2, 3}, B: []int{1, 2, 3}, Out: []int{0}},    // windows
		{Extents: []int{1, 1, 1}, A: []int{0, 2}, B: []int{1}, Out: []int{}},                    // scalars
		{Extents: []int{9, 1, 2}, A: []int{1, 0, 2}, B: []int{2, 0}, Out: []int{}},              // inner product
		{Extents: []int{2, 13, 2}, A: []int{0, 1, 2}, B: []int{0, 1, 2}, Out: []int{2, 0}},      // batched
		{Extents: []int{5, 3, 2}, A: []int{2, 0, 1}, B: []int{1, 0}, Out: []int{2}},             // a transposed operand
		{Extents: []int{4, 4, 4, 4}, A: []int{0, 1, 2, 3}, B: []int{0, 2, 1}, Out: []int{3, 0}}, // and no common run
	}
	rng := rand.New(rand.NewPCG(1, 1))
	for _, c := range contractions {
		operand := func(labels []int) graph.Tensor {
			s := tensor.Shape{}
			for _, l := range labels {
				s = append(s, c.Extents[l])
			}
			data := make([]float64, s.Size())
			for i := range data {
				data[i] = rng.NormFloat64()
			}
			return graph.Tensor{Shape: s, Data: data}
		}
		x, y := operand(c.A), operand(c.B)
		if err := c.Check(x.Shape, y.Shape); err != nil {
			t.Fatal(err)
		}
		got := graph.Contract{Contraction: c}.Eval([]graph.Tensor{x, y})
		want := make([]float64, len(got))
		c.Walk(func(o int, a, b []int32) {
			for k := range a {
				want[o] += x.Data[a[k]] * y.Data[b[k]]
			}
		})
		for o := range want {
			if math.Abs(got[o]-want[o]) > 1e-13*float64(len(x.Data)) {
				t.Errorf("%+v: element %d is %v, want %v", c, o, got[o], want[o])
			}
		}
	}
}
