// SPDX-License-Identifier: Apache-2.0

package graph

import (
	"fmt"
	"slices"

	"github.com/zkml-go/zkml/tensor"
)

// A Builder makes a Graph node by node. The first error sticks: later calls do
// nothing and Graph returns it, so a lowering need not check every step.
type Builder struct {
	g    Graph
	name string
	err  error
	// stored counts the elements of constants given, folded the work of folding.
	stored, folded int
}

// At sets the model node that the next nodes are said to come from and returns
// the one before.
func (b *Builder) At(name string) (previous string) {
	previous, b.name = b.name, name
	return previous
}

// Err returns the first error.
func (b *Builder) Err() error { return b.err }

// Fail records an error unless there is one already.
func (b *Builder) Fail(err error) ID {
	if b.err == nil && err != nil {
		b.err = err
	}
	return -1
}

// Shape returns the shape of a value.
func (b *Builder) Shape(x ID) tensor.Shape {
	if b.err != nil {
		return tensor.Shape{}
	}
	return b.g.Nodes[x].Shape
}

// ConstData returns the elements of x if it is a constant, else nil.
func (b *Builder) ConstData(x ID) []float32 {
	if b.err != nil {
		return nil
	}
	if c, ok := b.g.Nodes[x].Op.(Const); ok {
		return c.Data
	}
	return nil
}

// Try runs f. If f leaves an error, Try returns it and undoes what f did to b.
func (b *Builder) Try(f func()) error {
	if b.err != nil {
		return b.err
	}
	nodes, inputs, outputs := len(b.g.Nodes), len(b.g.Inputs), len(b.g.Outputs)
	f()
	err := b.err
	if err != nil {
		b.g.Nodes, b.g.Inputs, b.g.Outputs = b.g.Nodes[:nodes], b.g.Inputs[:inputs], b.g.Outputs[:outputs]
		b.err = nil
	}
	return err
}

// Add appends a node, or the constant it computes if its arguments are constants
// and the result is no larger than they are.
func (b *Builder) Add(op Op, args ...ID) ID {
	if b.err != nil {
		return -1
	}
	shapes := make([]tensor.Shape, len(args))
	for i, a := range args {
		shapes[i] = b.g.Nodes[a].Shape
	}
	s, err := op.Infer(shapes)
	if err == nil {
		err = s.Check()
	}
	if err != nil {
		return b.Fail(fmt.Errorf("%s: %w", op.Kind(), err))
	}
	name := b.name
	if c, ok := b.fold(op, args, s); ok {
		if err := c.finite(); err != nil {
			return b.Fail(err)
		}
		if len(args) == 1 { // still the same tensor of the model
			name = b.g.Nodes[args[0]].Name
		}
		op, args = c, nil
	}
	b.g.Nodes = append(b.g.Nodes, Node{Name: name, Op: op, Args: slices.Clone(args), Shape: s})
	return ID(len(b.g.Nodes) - 1)
}

// Input adds a network input of reals.
func (b *Builder) Input(name string, shape tensor.Shape) ID {
	return b.input(Input{Name: name, Shape: shape})
}

// IntegerInput adds a network input of integers.
func (b *Builder) IntegerInput(name string, shape tensor.Shape) ID {
	return b.input(Input{Name: name, Shape: shape, Integer: true})
}

func (b *Builder) input(op Input) ID {
	id := b.Add(op)
	if id >= 0 {
		b.g.Nodes[id].Name = op.Name
		b.g.Inputs = append(b.g.Inputs, id)
	}
	return id
}

// Const adds a constant. data is kept, not copied. NaN and infinities are errors.
func (b *Builder) Const(shape tensor.Shape, data []float32) ID {
	c := Const{Shape: shape, Data: data}
	if err := c.finite(); err != nil {
		return b.Fail(err)
	}
	b.stored += len(data)
	return b.Add(c)
}

// Scalar adds a constant scalar.
func (b *Builder) Scalar(x float64) ID { return b.Const(tensor.Shape{}, []float32{float32(x)}) }

// View re-indexes x; padding elements are fill.
func (b *Builder) View(x ID, v tensor.View, fill float64) ID {
	return b.Add(View{View: v, Fill: fill}, x)
}

// Reshape regroups x to shape to.
func (b *Builder) Reshape(x ID, to tensor.Shape) ID {
	if b.err != nil || b.Shape(x).Equal(to) {
		return x
	}
	return b.viewOf(x)(tensor.Reshape(b.Shape(x), to))
}

// Transpose permutes the axes of x.
func (b *Builder) Transpose(x ID, perm []int) ID {
	if b.err != nil {
		return -1
	}
	return b.viewOf(x)(tensor.Transpose(b.Shape(x), perm))
}

// BroadcastTo repeats x to shape to.
func (b *Builder) BroadcastTo(x ID, to tensor.Shape) ID {
	if b.err != nil || b.Shape(x).Equal(to) {
		return x
	}
	return b.viewOf(x)(tensor.BroadcastTo(b.Shape(x), to))
}

// viewOf returns a function that adds a view of x, or records its error.
func (b *Builder) viewOf(x ID) func(tensor.View, error) ID {
	return func(v tensor.View, err error) ID {
		if err != nil {
			return b.Fail(err)
		}
		return b.View(x, v, 0)
	}
}

// Linear adds ∑ coefs[i]·xs[i] + bias; the arguments broadcast.
func (b *Builder) Linear(bias float64, coefs []float64, xs ...ID) ID {
	return b.Add(Linear{Coefs: coefs, Bias: bias}, b.broadcast(xs)...)
}

// Sum adds x + y with broadcasting.
func (b *Builder) Sum(x, y ID) ID { return b.Linear(0, []float64{1, 1}, x, y) }

// Mul adds the elementwise product with broadcasting.
func (b *Builder) Mul(x, y ID) ID {
	xs := b.broadcast([]ID{x, y})
	if b.err != nil {
		return -1
	}
	return b.Contract(xs[0], xs[1], tensor.Elementwise(b.Shape(xs[0])))
}

// Divide adds the elementwise quotient x / y with broadcasting.
func (b *Builder) Divide(x, y ID) ID { return b.Add(Divide{}, b.broadcast([]ID{x, y})...) }

// Contract adds the contraction c of x and y.
func (b *Builder) Contract(x, y ID, c tensor.Contraction) ID {
	return b.Add(Contract{Contraction: c}, x, y)
}

// Map applies f to every element of x.
func (b *Builder) Map(x ID, f Func) ID {
	if err := f.Check(); err != nil {
		return b.Fail(err)
	}
	return b.Add(Map{Func: f}, x)
}

// Max takes the maximum over axes, which the result lacks.
func (b *Builder) Max(x ID, axes ...int) ID { return b.Add(Max{Axes: axes}, x) }

// Concat joins xs along axis.
func (b *Builder) Concat(axis int, xs ...ID) ID { return b.Add(Concat{Axis: axis}, xs...) }

// broadcast brings xs to their common shape.
func (b *Builder) broadcast(xs []ID) []ID {
	if b.err != nil || len(xs) == 0 {
		return xs
	}
	to := b.Shape(xs[0])
	for _, x := range xs[1:] {
		s, err := tensor.Broadcast(to, b.Shape(x))
		if err != nil {
			b.Fail(err)
			return xs
		}
		to = s
	}
	out := make([]ID, len(xs))
	for i, x := range xs {
		out[i] = b.BroadcastTo(x, to)
	}
	return out
}

// Output declares x a result of the network. note says how it differs from the
// model's own output, or is empty.
func (b *Builder) Output(name string, x ID, note string) {
	if b.err == nil {
		b.g.Outputs = append(b.g.Outputs, Output{Name: name, ID: x, Note: note})
	}
}

// Graph returns the finished graph without the nodes that no output needs.
// Inputs stay, used or not: they are part of the network's interface.
func (b *Builder) Graph() (*Graph, error) {
	if b.err != nil {
		return nil, b.err
	}
	if len(b.g.Inputs) == 0 || len(b.g.Outputs) == 0 {
		return nil, fmt.Errorf("the network has %d inputs and %d outputs, want at least one of each", len(b.g.Inputs), len(b.g.Outputs))
	}
	return b.g.prune(), nil
}
