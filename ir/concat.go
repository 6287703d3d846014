// SPDX-License-Identifier: Apache-2.0

package ir

import "github.com/zkml-go/zkml/tensor"

// Concat joins its arguments along Axis.
type Concat struct {
	Axis int `json:"axis"`
}

// Kind implements Op.
func (Concat) Kind() string { return "concat" }

// Infer implements Op.
func (o Concat) Infer(_ *Program, args []Arg) (tensor.Shape, Range, error) {
	s, err := tensor.Concat(o.Axis, shapes(args))
	if err != nil {
		return nil, Range{}, err
	}
	r := args[0].Range
	for _, a := range args[1:] {
		r = r.Union(a.Range)
	}
	return s, r, nil
}

func shapes(args []Arg) []tensor.Shape {
	s := make([]tensor.Shape, len(args))
	for i, a := range args {
		s[i] = a.Shape
	}
	return s
}

// Eval implements Op.
func (o Concat) Eval(_ *Program, args []Tensor) []int64 {
	s := make([]tensor.Shape, len(args))
	for i, a := range args {
		s[i] = a.Shape
	}
	var out []int64
	tensor.WalkConcat(o.Axis, s, func(arg, from, to int) {
		out = append(out, args[arg].Data[from:to]...)
	})
	return out
}
