// SPDX-License-Identifier: Apache-2.0

package ir_test

import (
	"errors"
	"fmt"
	"math/big"
	"math/rand/v2"
	"testing"

	"github.com/zkml-go/zkml/internal/oracle"
	"github.com/zkml-go/zkml/ir"
	"github.com/zkml-go/zkml/tensor"
)

// disagreement returns the first difference of a trace from the oracle's values
// or from the ranges that the program proves, or "".
func disagreement(p *ir.Program, trace ir.Trace, want [][]*big.Int) string {
	for id, n := range p.Nodes {
		if len(trace[id]) != len(want[id]) {
			return fmt.Sprintf("node %d (%s): %d elements, want %d", id, n.Op.Kind(), len(trace[id]), len(want[id]))
		}
		for k, x := range trace[id] {
			if want[id][k].Cmp(big.NewInt(x)) != 0 {
				return fmt.Sprintf("node %d (%s)[%d] = %d, want %d", id, n.Op.Kind(), k, x, want[id][k])
			}
			if !n.Range.Contains(x) {
				return fmt.Sprintf("node %d (%s)[%d] = %d leaves %v", id, n.Op.Kind(), k, x, n.Range)
			}
		}
	}
	return ""
}

// TestRunAgreesWithOracle compares the executor with one that shares no code
// with it, and the values with their proved ranges.
func TestRunAgreesWithOracle(t *testing.T) {
	t.Parallel()
	programs := 400
	if testing.Short() {
		programs = 80
	}
	planted := 0
	for seed := range uint64(programs) {
		rng := rand.New(rand.NewPCG(seed, 1))
		p := oracle.Random(rng, 14)
		for range 4 {
			inputs := oracle.Inputs(rng, p)
			trace, err := p.Run(inputs)
			if err != nil {
				t.Fatalf("seed %d: %v", seed, err)
			}
			want := oracle.Run(p, inputs)
			if d := disagreement(p, trace, want); d != "" {
				t.Fatalf("seed %d: %s", seed, d)
			}
			// The comparison can fail: one wrong element is found.
			id := rng.IntN(len(trace))
			trace[id] = append([]int64{}, trace[id]...)
			trace[id][rng.IntN(len(trace[id]))]++
			if disagreement(p, trace, want) != "" {
				planted++
			}
		}
	}
	if planted != 4*programs {
		t.Errorf("%d of %d planted errors found", planted, 4*programs)
	}
}

// TestRangesAreAttained checks that the interval of a node that reads inputs
// directly is the smallest one: both ends are reached.
func TestRangesAreAttained(t *testing.T) {
	t.Parallel()
	for seed := range uint64(300) {
		rng := rand.New(rand.NewPCG(seed, 2))
		rows, inner := 1+rng.IntN(4), 1+rng.IntN(5)
		lo := int64(rng.IntN(20) - 15)
		declared := ir.Range{Lo: lo, Hi: lo + int64(rng.IntN(10))}
		w := make([]int64, rows*inner)
		for i := range w {
			w[i] = int64(rng.IntN(41) - 20)
		}
		p := &ir.Program{}
		x := add(t, p, ir.Input{Name: "x", Shape: tensor.Shape{inner}, Declared: declared, Scale: 1, Visibility: ir.Public})
		c := add(t, p, ir.NewConst(tensor.Shape{rows, inner}, w))
		matrix := tensor.Contraction{Extents: []int{rows, inner}, A: []int{0, 1}, B: []int{1}, Out: []int{0}}
		first := add(t, p, ir.Contract{Contraction: matrix}, c, x)
		matrix.A, matrix.B = matrix.B, matrix.A
		second := add(t, p, ir.Contract{Contraction: matrix}, x, c)
		coefs := []int64{w[0], w[len(w)-1] - 3}
		y := add(t, p, ir.Input{Name: "y", Shape: tensor.Shape{inner}, Declared: declared, Scale: 1, Visibility: ir.Public})
		linear := add(t, p, ir.Linear{Coefs: coefs, Bias: 5}, x, y)

		// Corners: x follows the signs of one row, or x and y those of the coefficients.
		reached := map[ir.ID]ir.Range{}
		note := func(id ir.ID, trace ir.Trace) {
			for _, v := range trace[id] {
				r, ok := reached[id]
				if !ok {
					r = ir.Range{Lo: v, Hi: v}
				}
				reached[id] = r.Union(ir.Range{Lo: v, Hi: v})
			}
		}
		end := func(positive bool) int64 {
			if positive {
				return declared.Hi
			}
			return declared.Lo
		}
		for _, up := range []bool{false, true} {
			for row := range rows {
				in := make([]int64, inner)
				for i := range in {
					in[i] = end(w[row*inner+i] > 0 == up)
				}
				trace := run(t, p, in, in)
				note(first, trace)
				note(second, trace)
			}
			a, b := make([]int64, inner), make([]int64, inner)
			for i := range a {
				a[i], b[i] = end(coefs[0] > 0 == up), end(coefs[1] > 0 == up)
			}
			note(linear, run(t, p, a, b))
		}
		for _, id := range []ir.ID{first, second, linear} {
			if got := p.Nodes[id].Range; got != reached[id] {
				t.Fatalf("seed %d: node %d: range %v, values reach %v", seed, id, got, reached[id])
			}
		}
	}
}

// TestRescaleRounds compares the rounding rule with ⌊M·x/2^s + 1/2⌋ over the
// rationals, at every shift, around ties and zero.
func TestRescaleRounds(t *testing.T) {
	t.Parallel()
	for shift := 1; shift <= ir.MaxShift; shift++ {
		unit := int64(1) << shift
		for _, m := range []int64{1, 3, unit - 1, unit/2 + 1} {
			var xs []int64
			for _, q := range []int64{-3, -2, -1, 0, 1, 2, 1000} {
				for d := int64(-2); d <= 2; d++ {
					// Near q, and near q + 1/2, which is a tie if m = 1.
					xs = append(xs, q*unit/m+d, (q*unit+unit/2)/m+d)
				}
			}
			r := ir.Range{Lo: xs[0], Hi: xs[0]}
			for _, x := range xs {
				r = r.Union(ir.Range{Lo: x, Hi: x})
			}
			p := &ir.Program{}
			x := add(t, p, ir.Input{Name: "x", Shape: tensor.Shape{len(xs)}, Declared: r, Scale: 1, Visibility: ir.Public})
			y := add(t, p, ir.Rescale{Multiplier: m, Shift: shift}, x)
			got := run(t, p, xs)[y]
			for i := range xs {
				v := new(big.Rat).SetFrac(new(big.Int).Mul(big.NewInt(m), big.NewInt(xs[i])), big.NewInt(unit))
				v.Add(v, big.NewRat(1, 2))
				want := new(big.Int).Div(v.Num(), v.Denom())
				if want.Cmp(big.NewInt(got[i])) != 0 {
					t.Fatalf("shift %d, multiplier %d: %d becomes %d, want %d", shift, m, xs[i], got[i], want)
				}
			}
		}
	}
}

// TestRescaleTies states the rule for ties: toward +∞.
func TestRescaleTies(t *testing.T) {
	t.Parallel()
	p := &ir.Program{}
	x := add(t, p, ir.Input{Name: "x", Shape: tensor.Shape{8}, Declared: ir.Range{Lo: -16, Hi: 16}, Scale: 1, Visibility: ir.Public})
	y := add(t, p, ir.Rescale{Multiplier: 1, Shift: 2}, x)
	got := run(t, p, []int64{-10, -6, -3, -2, -1, 2, 6, 10})[y]
	want := []int64{-2, -1, -1, 0, 0, 1, 2, 3} // −2.5, −1.5, −0.75, −0.5, −0.25, 0.5, 1.5, 2.5
	for i := range want {
		if got[i] != want[i] {
			t.Fatalf("got %v, want %v", got, want)
		}
	}
}

// TestRunRefusesInputs checks that no value outside the declared range gets in.
func TestRunRefusesInputs(t *testing.T) {
	t.Parallel()
	p := &ir.Program{}
	add(t, p, ir.Input{Name: "x", Shape: tensor.Shape{2}, Declared: ir.Range{Lo: -1, Hi: 3}, Scale: 1, Visibility: ir.Public})
	for _, in := range [][][]int64{
		nil, {}, {{0, 0}, {0, 0}}, // number of tensors
		{nil}, {{0}}, {{0, 0, 0}}, // number of elements
		{{-2, 0}}, {{0, 4}}, // range
	} {
		if _, err := p.Run(in); !errors.Is(err, ir.ErrInput) {
			t.Errorf("inputs %v: %v, want ErrInput", in, err)
		}
	}
	if _, err := p.Run([][]int64{{-1, 3}}); err != nil {
		t.Error(err)
	}
}

func add(t *testing.T, p *ir.Program, op ir.Op, args ...ir.ID) ir.ID {
	t.Helper()
	id, err := p.Add(fmt.Sprintf("n%d", len(p.Nodes)), op, args...)
	if err != nil {
		t.Fatal(err)
	}
	return id
}

func run(t *testing.T, p *ir.Program, inputs ...[]int64) ir.Trace {
	t.Helper()
	trace, err := p.Run(inputs)
	if err != nil {
		t.Fatal(err)
	}
	return trace
}
