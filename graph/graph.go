// SPDX-License-Identifier: Apache-2.0

// Package graph is the network over the reals: a short list of primitives,
// their shapes, and a float64 evaluator.
//
// Operators of a model format are lowered to these primitives and nothing else.
// package quant rewrites a Graph into the integer program that is proved.
package graph

import (
	"errors"

	"github.com/zkml-go/zkml/tensor"
)

// An ID names a value of a Graph: the result of node ID. Arguments always
// precede the nodes that use them.
type ID int

// A Graph is a network over the reals in topological order.
type Graph struct {
	Nodes   []Node
	Inputs  []ID
	Outputs []Output
}

// A Node computes one value. Name is the name of the model's node it came from,
// for messages.
type Node struct {
	Name  string
	Op    Op
	Args  []ID
	Shape tensor.Shape
}

// An Output names a value that the network returns. Note, if not empty, says
// how it differs from the model's own output (a softmax that was dropped).
type Output struct {
	Name string
	ID   ID
	Note string
}

// An Op is a primitive over the reals.
type Op interface {
	// Kind returns the primitive's name.
	Kind() string
	// Infer returns the shape of the result, or says why the arguments do not fit.
	Infer(args []tensor.Shape) (tensor.Shape, error)
	// Eval computes the result, row-major; args have passed Infer.
	Eval(args []Tensor) []float64
}

// A Tensor is a shape with its elements, row-major.
type Tensor struct {
	Shape tensor.Shape
	Data  []float64
}

// ErrInput is wrapped by every complaint about the values given to Eval.
var ErrInput = errors.New("bad input")

// Eval runs the network and returns the value of every node. inputs are in the
// order of g.Inputs. Visit needs less memory.
func (g *Graph) Eval(inputs [][]float64) ([][]float64, error) {
	values := make([][]float64, len(g.Nodes))
	err := g.Visit(inputs, func(id ID, v []float64) { values[id] = v })
	if err != nil {
		return nil, err
	}
	return values, nil
}

// Uses returns, for every node, the nodes that take it as an argument; a node
// that takes it twice is listed twice.
func (g *Graph) Uses() [][]ID {
	uses := make([][]ID, len(g.Nodes))
	for id, n := range g.Nodes {
		for _, a := range n.Args {
			uses[a] = append(uses[a], ID(id))
		}
	}
	return uses
}
