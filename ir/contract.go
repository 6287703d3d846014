// SPDX-License-Identifier: Apache-2.0

package ir

import (
	"fmt"

	"github.com/zkml-go/zkml/tensor"
)

// Contract is an einsum of two arguments with an exact accumulator.
type Contract struct {
	Contraction tensor.Contraction `json:"contraction"`
}

// Kind implements Op.
func (Contract) Kind() string { return "contract" }

// Infer implements Op. With a constant operand the interval follows the actual
// weights: ∑ w⁺·hi + w⁻·lo for the largest row.
func (o Contract) Infer(_ *Program, args []Arg) (tensor.Shape, Range, error) {
	c := o.Contraction
	if err := c.Check(args[0].Shape, args[1].Shape); err != nil {
		return nil, Range{}, err
	}
	var r Range
	var err error
	switch {
	case args[1].Const.Len() > 0:
		r, err = boundRows(c, args[0].Range, args[1].Const, false)
	case args[0].Const.Len() > 0:
		r, err = boundRows(c, args[1].Range, args[0].Const, true)
	default:
		if r, err = args[0].Range.times(args[1].Range); err == nil {
			n := int64(1)
			for _, l := range c.Summed() {
				n *= int64(c.Extents[l])
			}
			r, err = r.scale(n)
		}
	}
	return c.OutShape(), r, err
}

// boundRows bounds the contraction of an operand with elements in x and the
// constant w, which is operand A if first. Labels that w lacks and the result
// has do not change the bound and are left out.
func boundRows(c tensor.Contraction, x Range, w Values, first bool) (Range, error) {
	wl := c.B
	if first {
		wl = c.A
	}
	inW := make([]bool, len(c.Extents))
	for _, l := range wl {
		inW[l] = true
	}
	var out []int
	for _, l := range c.Out {
		if inW[l] {
			out = append(out, l)
		}
	}
	repeat := int64(1)
	for _, l := range c.Summed() {
		if !inW[l] {
			repeat *= int64(c.Extents[l])
		}
	}
	compact, labels, kept := compactLabels(c.Extents, wl, out)
	rows := tensor.Contraction{Extents: compact, A: labels, B: nil, Out: kept}
	if total, ok := boundSums(rows, x, w); ok {
		return total.scale(repeat)
	}
	total := Range{}
	started := false
	var failure error
	rows.Walk(func(_ int, idx, _ []int32) {
		var row Range
		for _, k := range idx {
			t, err := x.scale(w.At(int(k)))
			if err == nil {
				row, err = row.plus(t)
			}
			if err != nil && failure == nil {
				failure = fmt.Errorf("accumulator: %w", err)
			}
		}
		if !started {
			total, started = row, true
		}
		total = total.Union(row)
	})
	if failure != nil {
		return Range{}, failure
	}
	return total.scale(repeat)
}

// compactLabels renumbers the labels that occur in all from 0 and returns their
// extents with both lists in the new numbering.
func compactLabels(extents, all, some []int) (ext, a, s []int) {
	at := map[int]int{}
	for _, l := range all {
		at[l] = len(ext)
		ext = append(ext, extents[l])
		a = append(a, at[l])
	}
	for _, l := range some {
		s = append(s, at[l])
	}
	return ext, a, s
}

// Eval implements Op.
func (o Contract) Eval(_ *Program, args []Tensor) []int64 {
	out := make([]int64, o.Contraction.OutShape().Size())
	x, y := args[0].Data, args[1].Data
	runs := o.Contraction.Runs()
	runs.Walk(func(i, a, b int) { out[i] += dot(runs, x[a:], y[b:]) })
	return out
}

// dot sums the products of one run.
func dot(r tensor.Runs, x, y []int64) int64 {
	sum := int64(0)
	if r.StrideA != 1 || r.StrideB != 1 {
		for k := range r.Length {
			sum += x[k*r.StrideA] * y[k*r.StrideB]
		}
		return sum
	}
	x, y = x[:r.Length], y[:r.Length]
	for k := range x {
		sum += x[k] * y[k]
	}
	return sum
}
