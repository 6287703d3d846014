// SPDX-License-Identifier: Apache-2.0

// Package ir is the network over ℤ: what a compiled model means.
//
// A Program is a list of primitives in topological order. Every value is a
// tensor of exact integers that carries a proved range [lo, hi]: the interval
// is computed from the actual constants when the program is built, so for
// inputs inside their declared range no value can leave its interval. Nothing
// here knows of proofs.
package ir

import (
	"errors"
	"fmt"
	"slices"

	"github.com/zkml-go/zkml/tensor"
)

// An ID names a value of a Program: the result of node ID. Arguments always
// precede the nodes that use them.
type ID int

// A Program is an integer network. It is immutable once built.
type Program struct {
	Nodes   []Node
	Inputs  []ID
	Outputs []Output
	Tables  []Table
}

// A Node computes one value. Shape and Range are derived from the arguments.
type Node struct {
	Name  string // the model's node it came from, for messages
	Op    Op
	Args  []ID
	Shape tensor.Shape
	Range Range
}

// An Output names a value that the network returns. A real result is
// approximately Scale times its integers.
type Output struct {
	Name       string     `json:"name"`
	ID         ID         `json:"id"`
	Scale      float64    `json:"scale"`
	Note       string     `json:"note"` // how it differs from the model's own output, or empty
	Visibility Visibility `json:"visibility"`
}

// A Table is a function on the integers Lo, Lo+1, …, Lo+len(Values)−1.
type Table struct {
	Name   string
	Lo     int64
	Values []int64
}

// Hi returns the largest argument of t.
func (t *Table) Hi() int64 { return t.Lo + int64(len(t.Values)) - 1 }

// An Arg is what a primitive may know of an argument when it is built. Const is
// the elements of a constant, else none. Joined is, for a concatenation, the ranges
// of what it joins along axis Joint, else nil.
type Arg struct {
	Shape  tensor.Shape
	Range  Range
	Const  Values
	Joined []Range
	Joint  int
}

// A Tensor is a shape with its elements, row-major.
type Tensor struct {
	Shape tensor.Shape
	Data  []int64
}

// An Op is a primitive over ℤ: its shape rule, its range rule and how to
// compute it. The ops are those of this package: see Kinds.
type Op interface {
	// Kind returns the primitive's name.
	Kind() string
	// Infer returns the shape of the result and an interval that holds all its
	// elements, or says why the arguments do not fit. args has as many elements
	// as Kinds says. It allocates in proportion to constants, not to shapes.
	Infer(p *Program, args []Arg) (tensor.Shape, Range, error)
	// Eval computes the result, row-major; the arguments have passed Infer.
	Eval(p *Program, args []Tensor) []int64
}

// ErrInput is wrapped by every complaint about the values given to Run.
var ErrInput = errors.New("bad input")

// arg returns what Infer may know of value id.
func (p *Program) arg(id ID) Arg {
	n := &p.Nodes[id]
	a := Arg{Shape: n.Shape, Range: n.Range}
	switch op := n.Op.(type) {
	case Const:
		a.Const = op.Data
	case Concat:
		a.Joint = op.Axis
		for _, x := range n.Args {
			a.Joined = append(a.Joined, p.Nodes[x].Range)
		}
	}
	return a
}

// Add appends a node and returns its value. The error names the node.
func (p *Program) Add(name string, op Op, args ...ID) (ID, error) {
	if err := checkArgs(op.Kind(), len(args)); err != nil {
		return 0, fmt.Errorf("%s (%s): %w", name, op.Kind(), err)
	}
	known := make([]Arg, len(args))
	for i, a := range args {
		if a < 0 || int(a) >= len(p.Nodes) {
			return 0, fmt.Errorf("%s (%s): argument %d is value %d of %d", name, op.Kind(), i, a, len(p.Nodes))
		}
		known[i] = p.arg(a)
	}
	shape, r, err := op.Infer(p, known)
	if err == nil {
		err = shape.Check()
	}
	if err == nil {
		err = r.Check()
	}
	if err != nil {
		return 0, fmt.Errorf("%s (%s): %w", name, op.Kind(), err)
	}
	p.Nodes = append(p.Nodes, Node{Name: name, Op: op, Args: slices.Clone(args), Shape: shape, Range: r})
	id := ID(len(p.Nodes) - 1)
	if _, ok := op.(Input); ok {
		p.Inputs = append(p.Inputs, id)
	}
	return id, nil
}

// Uses returns, for every node, the nodes that take it as an argument; a node
// that takes it twice is listed twice.
func (p *Program) Uses() [][]ID {
	uses := make([][]ID, len(p.Nodes))
	for id, n := range p.Nodes {
		for _, a := range n.Args {
			uses[a] = append(uses[a], ID(id))
		}
	}
	return uses
}

// Input returns the input op of value id.
func (p *Program) Input(id ID) Input { return p.Nodes[id].Op.(Input) }
