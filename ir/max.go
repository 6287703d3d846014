// SPDX-License-Identifier: Apache-2.0

package ir

import (
	"math"

	"github.com/zkml-go/zkml/tensor"
)

// Max is the maximum over Axes, which the result lacks.
type Max struct {
	Axes []int `json:"axes"`
}

// Kind implements Op.
func (Max) Kind() string { return "max" }

// Infer implements Op.
func (o Max) Infer(_ *Program, args []Arg) (tensor.Shape, Range, error) {
	s, err := tensor.ReduceShape(args[0].Shape, o.Axes)
	return s, args[0].Range, err
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
