// SPDX-License-Identifier: Apache-2.0

package ir

import "github.com/zkml-go/zkml/tensor"

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
	r := args[0].Range
	if o.View.Pads() {
		r = r.Union(Range{o.Fill, o.Fill})
	}
	return o.View.To, r, nil
}

// Eval implements Op.
func (o View) Eval(_ *Program, args []Tensor) []int64 {
	return tensor.Gather(o.View, args[0].Data, o.Fill)
}
