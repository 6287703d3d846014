// SPDX-License-Identifier: Apache-2.0

package graph

import (
	"fmt"
	"math"

	"github.com/zkml-go/zkml/tensor"
)

// View re-indexes its argument; padding elements are Fill, which may be −Inf
// under a maximum.
type View struct {
	View tensor.View
	Fill float64
}

// Kind implements Op.
func (View) Kind() string { return "view" }

// Infer implements Op.
func (o View) Infer(args []tensor.Shape) (tensor.Shape, error) {
	if math.IsNaN(o.Fill) || math.IsInf(o.Fill, 1) {
		return nil, fmt.Errorf("padding with %v", o.Fill)
	}
	return o.View.To, o.View.Check(args[0].Size())
}

// Eval implements Op.
func (o View) Eval(args []Tensor) []float64 {
	return tensor.Gather(o.View, args[0].Data, o.Fill)
}

// Concat joins its arguments along an axis.
type Concat struct{ Axis int }

// Kind implements Op.
func (Concat) Kind() string { return "concat" }

// Infer implements Op.
func (o Concat) Infer(args []tensor.Shape) (tensor.Shape, error) {
	return tensor.Concat(o.Axis, args)
}

// Eval implements Op.
func (o Concat) Eval(args []Tensor) []float64 {
	shapes := make([]tensor.Shape, len(args))
	total := 0
	for i, a := range args {
		shapes[i] = a.Shape
		total += len(a.Data)
	}
	out := make([]float64, 0, total)
	tensor.WalkConcat(o.Axis, shapes, func(arg, from, to int) {
		out = append(out, args[arg].Data[from:to]...)
	})
	return out
}
