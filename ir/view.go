// SPDX-License-Identifier: Apache-2.0

package ir

import (
	"fmt"

	"github.com/zkml-go/zkml/tensor"
)

// View re-indexes its argument without arithmetic; padding elements are Fill.
type View struct {
	View tensor.View `json:"view"`
	Fill int64       `json:"fill"`
}

// Kind implements Op.
func (View) Kind() string { return "view" }

// Infer implements Op.
func (o View) Infer(_ *Program, args []Arg) (tensor.Shape, Range, error) {
	if err := o.View.Check(args[0].Shape.Size()); err != nil {
		return nil, Range{}, err
	}
	if err := checkReach(o.View); err != nil {
		return nil, Range{}, err
	}
	r := args[0].Range
	if o.View.Pads() {
		r = r.Union(Range{o.Fill, o.Fill})
	}
	return o.View.To, r, nil
}

// maxReach bounds the source positions that a view may name, padding included.
const maxReach = 1 << 40

// checkReach reports an error if an index function of v, which has passed its
// own Check, leaves ±maxReach. It keeps the bounds that View.Pads computes, and
// with them the range of the result, from overflowing.
func checkReach(v tensor.View) error {
	for d, f := range v.Index {
		reach := abs(int64(f.Offset))
		for _, t := range f.Terms {
			reach += abs(int64(t.Coef)) * int64(v.Axes[t.Axis]-1) // ≤ 2³¹⋅2³¹
			if reach > maxReach {
				return fmt.Errorf("view: the index function of source axis %d leaves ±2^40", d)
			}
		}
	}
	return nil
}

// Eval implements Op.
func (o View) Eval(_ *Program, args []Tensor) []int64 {
	table := o.View.Table()
	out := make([]int64, len(table))
	for i, j := range table {
		if j == tensor.Padding {
			out[i] = o.Fill
		} else {
			out[i] = args[0].Data[j]
		}
	}
	return out
}
