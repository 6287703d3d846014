// SPDX-License-Identifier: Apache-2.0

package exemplar

import (
	"math/rand/v2"
	"testing"

	"github.com/zkml-go/zkml/ir"
	"github.com/zkml-go/zkml/tensor"
)

// Perceptron returns an integer multilayer perceptron of the given widths: bytes in, weights of a signed byte
// drawn from a fixed seed, a bias, and, between layers, a rescale to a byte and a ReLU.
func Perceptron(t testing.TB, widths ...int) *ir.Program {
	t.Helper()
	rng := rand.New(rand.NewPCG(uint64(len(widths)), uint64(widths[0])))
	p := &ir.Program{}
	add := func(name string, op ir.Op, args ...ir.ID) ir.ID {
		id, err := p.Add(name, op, args...)
		if err != nil {
			t.Fatal(err)
		}
		return id
	}
	draw := func(n, most int) []int64 {
		out := make([]int64, n)
		for i := range out {
			out[i] = int64(rng.IntN(2*most+1) - most)
		}
		return out
	}
	x := add("x", ir.Input{Name: "x", Shape: tensor.Shape{1, widths[0]}, Declared: ir.Range{Lo: 0, Hi: 255}, Scale: 1, Visibility: ir.Public})
	for i, rows := range widths[1:] {
		terms := widths[i]
		w := add("weights", ir.NewConst(tensor.Shape{rows, terms}, draw(rows*terms, 127)))
		x = add("dense", ir.Contract{Contraction: tensor.Contraction{
			Extents: []int{1, terms, rows}, A: []int{0, 1}, B: []int{2, 1}, Out: []int{0, 2}}}, x, w)
		b := add("biases", ir.NewConst(tensor.Shape{1, rows}, draw(rows, 1<<12)))
		x = add("dense", ir.Linear{Coefs: []int64{1, 1}}, x, b)
		if i == len(widths)-2 {
			break
		}
		shift := 7
		for s := terms; s > 1; s /= 4 {
			shift++ // sums grow with the root of the number of terms
		}
		x = add("relu", ir.Rescale{Multiplier: 1, Shift: shift}, x)
		r := p.Nodes[x].Range
		relu := ir.Table{Name: "relu", Lo: r.Lo}
		for y := r.Lo; y <= r.Hi; y++ {
			relu.Values = append(relu.Values, min(max(y, 0), 255))
		}
		p.Tables = append(p.Tables, relu)
		x = add("relu", ir.Lookup{Table: len(p.Tables) - 1}, x)
	}
	p.Outputs = []ir.Output{{Name: "y", ID: x, Scale: 1, Visibility: ir.Public}}
	return p
}
