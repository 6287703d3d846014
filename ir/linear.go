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
func (o Linear) Eval(p *Program, args []Tensor) []int64 { return evalEach(o, p, args) }

func (o Linear) each(_ *Program, dst []int64, args [][]int64) {
	if len(args) == 2 {
		c, d := o.Coefs[0], o.Coefs[1]
		x, y := args[0][:len(dst)], args[1][:len(dst)]
		for i := range dst {
			dst[i] = c*x[i] + d*y[i] + o.Bias
		}
		return
	}
	for i := range dst {
		dst[i] = o.Bias
	}
	for k, a := range args {
		c := o.Coefs[k]
		for i, x := range a[:len(dst)] {
			dst[i] += c * x
		}
	}
}
