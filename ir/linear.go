// SPDX-License-Identifier: Apache-2.0

package ir

import (
	"fmt"

	"github.com/zkml-go/zkml/tensor"
)

// Linear is ∑ Coefs[i]·args[i] + Bias over arguments of one shape.
type Linear struct {
	Coefs []int64 `json:"coefs"`
	Bias  int64   `json:"bias"`
}

// Kind implements Op.
func (Linear) Kind() string { return "linear" }

// Infer implements Op.
func (o Linear) Infer(_ *Program, args []Arg) (tensor.Shape, Range, error) {
	if len(args) == 0 || len(args) != len(o.Coefs) {
		return nil, Range{}, fmt.Errorf("%d coefficients for %d arguments", len(o.Coefs), len(args))
	}
	r := Range{o.Bias, o.Bias}
	if err := r.Check(); err != nil {
		return nil, Range{}, err
	}
	for i, a := range args {
		if !a.Shape.Equal(args[0].Shape) {
			return nil, Range{}, fmt.Errorf("arguments of shapes %v and %v", args[0].Shape, a.Shape)
		}
		t, err := a.Range.scale(o.Coefs[i])
		if err != nil {
			return nil, Range{}, err
		}
		if r, err = r.plus(t); err != nil {
			return nil, Range{}, err
		}
	}
	return args[0].Shape, r, nil
}

// Eval implements Op.
func (o Linear) Eval(_ *Program, args []Tensor) []int64 {
	out := make([]int64, len(args[0].Data))
	for i := range out {
		out[i] = o.Bias
	}
	for k, a := range args {
		for i, x := range a.Data {
			out[i] += o.Coefs[k] * x
		}
	}
	return out
}
