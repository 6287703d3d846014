// SPDX-License-Identifier: Apache-2.0

package ir

import (
	"math"
	"slices"

	"github.com/zkml-go/zkml/tensor"
)

// Max is the maximum over Axes, which the result lacks.
type Max struct {
	Axes []int `json:"axes"`
}

// Kind implements Op.
func (Max) Kind() string { return "max" }

// Infer implements Op. Over the axis of a concatenation the maximum is at least
// the least element of each part: max(x, c) is at least c.
func (o Max) Infer(_ *Program, args []Arg) (tensor.Shape, Range, error) {
	s, err := tensor.ReduceShape(args[0].Shape, o.Axes)
	r := args[0].Range
	if slices.Contains(o.Axes, args[0].Joint) {
		for _, part := range args[0].Joined {
			r.Lo = max(r.Lo, part.Lo)
		}
	}
	return s, r, err
}

// Eval implements Op.
func (o Max) Eval(_ *Program, args []Tensor) []int64 {
	kept, group, _ := tensor.Reduce(args[0].Shape, o.Axes)
	out := make([]int64, kept.Size())
	for i := range out {
		out[i] = math.MinInt64
	}
	for i, x := range args[0].Data {
		out[group[i]] = max(out[group[i]], x)
	}
	return out
}
