// SPDX-License-Identifier: Apache-2.0

package graph

import (
	"fmt"
	"math"
	"slices"

	"github.com/zkml-go/zkml/tensor"
)

// Linear is ∑ Coefs[i]·args[i] + Bias over arguments of one shape.
type Linear struct {
	Coefs []float64
	Bias  float64
}

// Kind implements Op.
func (Linear) Kind() string { return "linear" }

// Infer implements Op.
func (o Linear) Infer(args []tensor.Shape) (tensor.Shape, error) {
	if len(args) == 0 || len(args) != len(o.Coefs) {
		return nil, fmt.Errorf("%d coefficients for %d arguments", len(o.Coefs), len(args))
	}
	for _, s := range args[1:] {
		if !s.Equal(args[0]) {
			return nil, fmt.Errorf("arguments of shapes %v and %v", args[0], s)
		}
	}
	for _, c := range append(slices.Clone(o.Coefs), o.Bias) {
		if math.IsNaN(c) || math.IsInf(c, 0) {
			return nil, fmt.Errorf("coefficient %v", c)
		}
	}
	return args[0], nil
}

// Eval implements Op.
func (o Linear) Eval(args []Tensor) []float64 {
	out := make([]float64, len(args[0].Data))
	for i := range out {
		out[i] = o.Bias
	}
	for k, a := range args {
		for i, x := range a.Data {
			out[i] += float64(o.Coefs[k] * x) // see dot
		}
	}
	return out
}

// Contract is an einsum of two arguments.
type Contract struct{ Contraction tensor.Contraction }

// Kind implements Op.
func (Contract) Kind() string { return "contract" }

// Infer implements Op.
func (o Contract) Infer(args []tensor.Shape) (tensor.Shape, error) {
	return o.Contraction.OutShape(), o.Contraction.Check(args[0], args[1])
}

// Eval implements Op.
func (o Contract) Eval(args []Tensor) []float64 {
	out := make([]float64, o.Contraction.OutShape().Size())
	x, y := args[0].Data, args[1].Data
	if m := o.Contraction.Matrices(); m.Rows.Len() >= panelRows && m.Cols.Len() >= panelCols {
		multiply(m, x, y, out)
		return out
	}
	runs := o.Contraction.Runs()
	runs.Walk(func(i, a, b int) { out[i] += dot(runs, x[a:], y[b:]) })
	return out
}

// Max is the maximum over Axes, which the result lacks.
type Max struct{ Axes []int }

// Kind implements Op.
func (Max) Kind() string { return "max" }

// Infer implements Op.
func (o Max) Infer(args []tensor.Shape) (tensor.Shape, error) {
	return tensor.ReduceShape(args[0], o.Axes)
}

// Eval implements Op.
func (o Max) Eval(args []Tensor) []float64 {
	kept, group, _ := tensor.Reduce(args[0].Shape, o.Axes)
	out := make([]float64, kept.Size())
	for i := range out {
		out[i] = math.Inf(-1)
	}
	for i, x := range args[0].Data {
		out[group[i]] = max(out[group[i]], x)
	}
	return out
}

// Divide is args[0] / args[1], elementwise.
type Divide struct{}

// Kind implements Op.
func (Divide) Kind() string { return "divide" }

// Infer implements Op.
func (Divide) Infer(args []tensor.Shape) (tensor.Shape, error) {
	if !args[0].Equal(args[1]) {
		return nil, fmt.Errorf("shapes %v and %v", args[0], args[1])
	}
	return args[0], nil
}

// Eval implements Op.
func (Divide) Eval(args []Tensor) []float64 {
	out := make([]float64, len(args[0].Data))
	for i := range out {
		out[i] = args[0].Data[i] / args[1].Data[i]
	}
	return out
}
