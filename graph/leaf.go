// SPDX-License-Identifier: Apache-2.0

package graph

import (
	"fmt"
	"math"

	"github.com/zkml-go/zkml/tensor"
)

// Input is a tensor given to the network. Integer says that its elements are
// integers, such as the numbers of tokens, which have no use for another scale.
type Input struct {
	Name    string
	Shape   tensor.Shape
	Integer bool
}

// Kind implements Op.
func (Input) Kind() string { return "input" }

// Infer implements Op.
func (o Input) Infer([]tensor.Shape) (tensor.Shape, error) { return o.Shape, nil }

// Eval implements Op; the evaluator never asks for it.
func (o Input) Eval([]Tensor) []float64 {
	panic("zkml: internal error: an input has no value of its own")
}

// Const is a tensor of the model. Data is not to be modified.
type Const struct {
	Shape tensor.Shape
	Data  []float32
}

// Kind implements Op.
func (Const) Kind() string { return "const" }

// Infer implements Op.
func (o Const) Infer([]tensor.Shape) (tensor.Shape, error) {
	if err := o.Shape.Check(); err != nil {
		return nil, err
	}
	if len(o.Data) != o.Shape.Size() {
		return nil, fmt.Errorf("%d elements for shape %v", len(o.Data), o.Shape)
	}
	return o.Shape, nil
}

// finite reports an element that is NaN or infinite.
func (o Const) finite() error {
	for i, x := range o.Data {
		if x != x || math.IsInf(float64(x), 0) {
			return fmt.Errorf("constant has %v at element %d", x, i)
		}
	}
	return nil
}

// Eval implements Op.
func (o Const) Eval([]Tensor) []float64 {
	out := make([]float64, len(o.Data))
	for i, x := range o.Data {
		out[i] = float64(x)
	}
	return out
}
