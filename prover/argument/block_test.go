// SPDX-License-Identifier: Apache-2.0

package argument

import (
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/zkml-go/zkml/protocol/mle"
	"github.com/zkml-go/zkml/protocol/reduction"
	"github.com/zkml-go/zkml/protocol/weight"
	"github.com/zkml-go/zkml/relation"
	"github.com/zkml-go/zkml/tensor"
)

// TestPut compares blocks with the places of their elements.
func TestPut(t *testing.T) {
	t.Parallel()
	rng := rand.New(rand.NewPCG(1, 2))
	for range 300 {
		shape := make(tensor.Shape, rng.IntN(4))
		b := reduction.Block{}
		for d := range shape {
			shape[d] = 1 + rng.IntN(9)
			n := 1 + rng.IntN(shape[d])
			b.From = append(b.From, rng.IntN(shape[d]-n+1)>>mle.Bits(n)<<mle.Bits(n))
			b.Shape = append(b.Shape, n)
		}
		b.Vars = weight.Bits(b.Shape)
		data := make([]int64, shape.Size())
		want := make([]int64, 1<<b.Vars)
		for i := range data {
			data[i] = int64(i + 1)
			if at, ok := b.Place(i, shape); ok {
				want[at] = data[i]
			}
		}
		w := &Witness{plan: &reduction.Plan{System: &relation.System{Columns: []relation.Column{{Kind: relation.Const, Data: data}}},
			Tensors: []reduction.Tensor{{Shape: shape}}}}
		got := make([]int64, 1<<b.Vars)
		if w.Put(got, &b); !slices.Equal(got, want) {
			t.Fatalf("block %v of %v at %v is %v, want %v", b.Shape, shape, b.From, got, want)
		}
	}
}
