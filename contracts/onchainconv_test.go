// SPDX-License-Identifier: Apache-2.0

package contracts_test

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/zkml-go/zkml/export/onchain"
	"github.com/zkml-go/zkml/internal/evmtest"
	"github.com/zkml-go/zkml/internal/oracle"
	"github.com/zkml-go/zkml/ir"
	"github.com/zkml-go/zkml/tensor"
)

// TestOnchainConvolutions runs random convolutions on the chain: grouped, depthwise, with strides and padding, with
// and without a bias, a rescale and a table after them, and a maximum over windows.
func TestOnchainConvolutions(t *testing.T) {
	t.Parallel()
	x := evmtest.NewExecutor(t, evmtest.Embedded(t))
	for seed := range uint64(60) {
		rng := rand.New(rand.NewPCG(seed, 21))
		p := convolution(t, rng)
		m, err := onchain.Encode(p)
		if err != nil {
			t.Fatalf("seed %d: %v", seed, err)
		}
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			d := x.Upload(t, m)
			for k := range 3 {
				d.Compare(t, p, oracle.Inputs(rng, p), k == 0)
			}
		})
	}
}

// windows adds the windows of a picture [groups, channels, height, width]: [groups, channels, rows, columns, k, k].
func windows(t testing.TB, p *ir.Program, id ir.ID, k, stride, pad int) ir.ID {
	from := p.Nodes[id].Shape
	places := func(extent int) int { return (extent+2*pad-k)/stride + 1 }
	axes := tensor.Shape{from[0], from[1], places(from[2]), places(from[3]), k, k}
	along := func(place, inner int) tensor.Affine {
		return tensor.Affine{Offset: -pad, Terms: []tensor.Term{{Axis: place, Coef: stride}, {Axis: inner, Coef: 1}}}
	}
	return must(t, p, ir.View{View: tensor.View{From: from, Axes: axes, To: axes, Index: []tensor.Affine{
		{Terms: []tensor.Term{{Axis: 0, Coef: 1}}}, {Terms: []tensor.Term{{Axis: 1, Coef: 1}}}, along(2, 4), along(3, 5),
	}}}, id)
}

func convolution(t testing.TB, rng *rand.Rand) *ir.Program {
	p := &ir.Program{}
	between := func(lo, hi int) int { return lo + rng.IntN(hi-lo+1) }
	groups, in, out, k := between(1, 3), between(1, 4), between(1, 20), between(1, 3)
	if rng.IntN(4) == 0 { // depthwise
		groups, in, out = between(4, 12), 1, 1
	}
	declared := []ir.Range{{Lo: 0, Hi: 255}, {Lo: -128, Hi: 127}, {Lo: 3, Hi: 9}}[rng.IntN(3)]
	id := must(t, p, ir.Input{Name: "x", Shape: tensor.Shape{groups, in, between(k, 9), between(k, 9)}, Declared: declared, Scale: 1, Visibility: ir.Public})
	id = windows(t, p, id, k, between(1, 2), between(0, k-1))
	data := func(n, most int) []int64 {
		list := make([]int64, n)
		for i := range list {
			list[i] = int64(between(-most, most))
		}
		return list
	}
	most := []int{3, 127, 40_000}[rng.IntN(3)]
	w := must(t, p, ir.NewConst(tensor.Shape{groups, out, in, k, k}, data(groups*out*in*k*k, most)))
	s := p.Nodes[id].Shape
	// Labels: group, channel, row, column, two of the kernel, channel of the result.
	id = must(t, p, ir.Contract{Contraction: tensor.Contraction{
		Extents: []int{groups, in, s[2], s[3], k, k, out},
		A:       []int{0, 1, 2, 3, 4, 5}, B: []int{0, 6, 1, 4, 5}, Out: []int{0, 6, 2, 3}}}, id, w)
	if rng.IntN(2) == 0 {
		shape := p.Nodes[id].Shape
		perRow := make([]int64, shape.Size())
		for i, b := range data(groups*out, 1000) {
			for j := range s[2] * s[3] {
				perRow[i*s[2]*s[3]+j] = b
			}
		}
		b := must(t, p, ir.NewConst(shape, perRow))
		id = must(t, p, ir.Linear{Coefs: []int64{1, 1}, Bias: int64(between(-5, 5))}, id, b)
	}
	if rng.IntN(4) > 0 {
		id = must(t, p, ir.Rescale{Multiplier: int64(between(1, 2)), Shift: between(6, 14)}, id)
		if r := p.Nodes[id].Range; r.Count() < 1<<13 && rng.IntN(3) > 0 {
			table := ir.Table{Name: "relu", Lo: r.Lo}
			for y := r.Lo; y <= r.Hi; y++ {
				table.Values = append(table.Values, min(max(y, 0), 255))
			}
			p.Tables = append(p.Tables, table)
			id = must(t, p, ir.Lookup{}, id)
		}
	}
	if s := p.Nodes[id].Shape; min(s[2], s[3]) >= 2 && rng.IntN(2) == 0 {
		id = windows(t, p, id, 2, 2, between(0, 1))
		if rng.IntN(2) == 0 {
			id = must(t, p, ir.Max{Axes: []int{4, 5}}, id)
		} else { // the sum of each window
			s := p.Nodes[id].Shape
			ones := must(t, p, ir.NewConst(tensor.Shape{2, 2}, []int64{1, 1, 1, 1}))
			id = must(t, p, ir.Contract{Contraction: tensor.Contraction{Extents: s.Clone(), A: []int{0, 1, 2, 3, 4, 5}, B: []int{4, 5}, Out: []int{0, 1, 2, 3}}}, id, ones)
		}
	}
	p.Outputs = []ir.Output{{Name: "y", ID: id, Scale: 1, Visibility: ir.Public}}
	return p
}
