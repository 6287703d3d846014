// SPDX-License-Identifier: Apache-2.0

package oracle

import (
	"fmt"
	"math/rand/v2"

	"github.com/zkml-go/zkml/ir"
	"github.com/zkml-go/zkml/tensor"
)

// Random returns a valid program of about the given number of nodes, made of
// random primitives with random parameters over small tensors. It depends on
// nothing but the state of rng.
func Random(rng *rand.Rand, nodes int) *ir.Program {
	g := &generator{rng: rng, p: &ir.Program{}}
	for i := range 1 + rng.IntN(2) {
		g.must(g.input(i))
	}
	steps := []func() error{
		g.constant, g.view, g.window, g.concat, g.linear, g.contract, g.contractConst,
		g.rescale, g.lookup, g.max, g.divide, g.gather, g.layer,
	}
	for tries := 0; len(g.p.Nodes) < nodes && tries < 20*nodes; tries++ {
		// A step that leaves the limits adds nothing; the next one may not.
		_ = steps[rng.IntN(len(steps))]()
	}
	for i := range 1 + rng.IntN(2) {
		g.p.Outputs = append(g.p.Outputs, ir.Output{
			Name: fmt.Sprintf("y%d", i), ID: ir.ID(len(g.p.Nodes) - 1 - i), Scale: 1 / float64(1+rng.IntN(100)),
			Visibility: g.visibility()})
	}
	return g.p
}

// Provable is Random, but tensors whose range has no encoding are private.
func Provable(rng *rand.Rand, nodes int) *ir.Program {
	p := Random(rng, nodes)
	for _, id := range p.Inputs {
		in := p.Input(id)
		if _, err := in.Declared.Encoding(); err != nil {
			in.Visibility = ir.Private
			p.Nodes[id].Op = in
		}
	}
	for i := range p.Outputs {
		o := &p.Outputs[i]
		if _, err := p.Nodes[o.ID].Range.Encoding(); err != nil {
			o.Visibility = ir.Private
		}
	}
	return p
}

// Inputs returns values for the inputs of p, within their ranges and often at
// the ends of them.
func Inputs(rng *rand.Rand, p *ir.Program) [][]int64 {
	var all [][]int64
	for _, id := range p.Inputs {
		in := p.Input(id)
		data := make([]int64, count(in.Shape))
		corner := rng.IntN(4)
		for i := range data {
			switch r := in.Declared; {
			case corner == 0, corner == 2 && rng.IntN(2) == 0:
				data[i] = r.Lo
			case corner == 1, corner == 2:
				data[i] = r.Hi
			default:
				data[i] = r.Lo + rng.Int64N(r.Hi-r.Lo+1)
			}
		}
		all = append(all, data)
	}
	return all
}

const (
	maxElements = 48   // of a tensor
	maxIndices  = 2048 // of a contraction
	maxTable    = 2048
)

type generator struct {
	rng *rand.Rand
	p   *ir.Program
}

func (g *generator) must(err error) {
	if err != nil {
		panic("zkml: internal error: " + err.Error())
	}
}

func (g *generator) add(op ir.Op, args ...ir.ID) error {
	_, err := g.p.Add(fmt.Sprintf("n%d", len(g.p.Nodes)), op, args...)
	return err
}

// value returns some value of the program, later ones more often.
func (g *generator) value() (ir.ID, *ir.Node) {
	n := len(g.p.Nodes)
	id := max(g.rng.IntN(n), g.rng.IntN(n))
	return ir.ID(id), &g.p.Nodes[id]
}

// between returns an integer in [lo, hi].
func (g *generator) between(lo, hi int) int { return lo + g.rng.IntN(hi-lo+1) }

func (g *generator) shape() tensor.Shape {
	s := make(tensor.Shape, g.rng.IntN(4))
	for d := range s {
		s[d] = g.between(1, 3)
	}
	return s
}

func (g *generator) visibility() ir.Visibility {
	return []ir.Visibility{ir.Public, ir.Committed, ir.Private}[g.rng.IntN(3)]
}

// data returns n integers: small ones, or up to 2^bits in magnitude.
func (g *generator) data(n int) []int64 {
	bits := []int{2, 2, 4, 8, 20}[g.rng.IntN(5)]
	out := make([]int64, n)
	for i := range out {
		out[i] = int64(g.between(-1<<bits, 1<<bits))
	}
	return out
}

func (g *generator) input(i int) error {
	ranges := []ir.Range{{Lo: 0, Hi: 255}, {Lo: -128, Hi: 127}, {Lo: -3, Hi: 10}, {Lo: 5, Hi: 5}, {Lo: -9, Hi: -2}, {Lo: -ir.Limit, Hi: ir.Limit}}
	return g.add(ir.Input{
		Name: fmt.Sprintf("x%d", i), Shape: g.shape(), Declared: ranges[g.rng.IntN(len(ranges))],
		Scale: 0.5, Zero: int64(g.between(-2, 2)), Visibility: g.visibility()})
}

func (g *generator) constant() error {
	s := g.shape()
	return g.add(ir.NewConst(s, g.data(count(s))))
}
