// SPDX-License-Identifier: Apache-2.0

package ir

import (
	"fmt"

	"github.com/zkml-go/zkml/tensor"
)

// A Visibility says who learns a tensor of the statement.
type Visibility string

// The visibilities. A committed tensor is represented in the statement by a
// hiding, salted commitment; a private one not at all.
const (
	Public    Visibility = "public"
	Committed Visibility = "committed"
	Private   Visibility = "private"
)

// Check reports an error if v is none of the visibilities.
func (v Visibility) Check() error {
	switch v {
	case Public, Committed, Private:
		return nil
	}
	return fmt.Errorf("visibility %q, want public, committed or private", string(v))
}

// Input is a tensor given to the network. Its elements must lie in Declared; the
// real value x of the model's input is represented by the integer nearest to
// x/Scale + Zero.
type Input struct {
	Name       string       `json:"name"`
	Shape      tensor.Shape `json:"shape"`
	Declared   Range        `json:"declared"`
	Scale      float64      `json:"scale"`
	Zero       int64        `json:"zero"`
	Visibility Visibility   `json:"visibility"`
}

// Kind implements Op.
func (Input) Kind() string { return "input" }

// Infer implements Op.
func (o Input) Infer(*Program, []Arg) (tensor.Shape, Range, error) {
	if err := checkScale(o.Scale); err != nil {
		return nil, Range{}, err
	}
	return o.Shape, o.Declared, o.Visibility.Check()
}

// Eval implements Op; the executor never asks for it.
func (Input) Eval(*Program, []Tensor) []int64 {
	panic("zkml: internal error: an input has no value of its own")
}

// Const is a tensor of the model.
type Const struct {
	Shape tensor.Shape
	Data  Values
}

// NewConst returns the constant of a shape with a copy of data.
func NewConst(shape tensor.Shape, data []int64) Const { return Const{Shape: shape, Data: Pack(data)} }

// Kind implements Op.
func (Const) Kind() string { return "const" }

// Infer implements Op.
func (o Const) Infer(*Program, []Arg) (tensor.Shape, Range, error) {
	if err := o.Shape.Check(); err != nil {
		return nil, Range{}, err
	}
	if o.Data.Len() != o.Shape.Size() {
		return nil, Range{}, fmt.Errorf("%d elements for shape %v", o.Data.Len(), o.Shape)
	}
	return o.Shape, o.Data.Range(), nil
}

// Eval implements Op.
func (o Const) Eval(*Program, []Tensor) []int64 { return o.Data.Int64s() }
