// SPDX-License-Identifier: Apache-2.0

package onnx

import (
	"fmt"

	"github.com/zkml-go/zkml/graph"
	"github.com/zkml-go/zkml/internal/onnxpb"
	"github.com/zkml-go/zkml/tensor"
)

// A node is a node of the model while it is lowered. Its methods do not return
// errors: the first one ends the lowering, and run returns it.
type node struct {
	im   *importer
	p    *onnxpb.Node
	b    *graph.Builder
	read map[string]bool
}

// failure carries the error that ended a lowering from Fail to run.
type failure struct{ err error }

// Fail ends the lowering.
func (n *node) Fail(err error) { panic(failure{err}) }

// Failf ends the lowering.
func (n *node) Failf(format string, args ...any) { n.Fail(fmt.Errorf(format, args...)) }

// run calls f and returns the error that ended it, if one did.
func (n *node) run(f func()) (err error) {
	defer func() {
		switch r := recover().(type) {
		case nil:
		case failure:
			err = r.err
		default:
			panic(r)
		}
	}()
	f()
	return n.b.Err()
}

// Version returns the opset version of the node's domain.
func (n *node) Version() int64 { return n.im.version[domain(n.p.Domain)] }

// Has reports whether input i is there.
func (n *node) Has(i int) bool { return i < len(n.p.Inputs) && n.p.Inputs[i] != "" }

// NumInputs returns the number of inputs, left-out ones in the middle included.
func (n *node) NumInputs() int { return len(n.p.Inputs) }

// Value returns input i, whatever it is but the output of a node that was left
// out.
func (n *node) Value(i int) *value {
	v := n.moved(i)
	if v.dropped != "" {
		n.Failf("input %d (%q) is the output of %s, which is supported as the last layer only", i, n.p.Inputs[i], v.dropped)
	}
	return v
}

// moved is Value for operators that do no more than change the shape.
func (n *node) moved(i int) *value {
	if !n.Has(i) {
		n.Failf("input %d is missing", i)
	}
	return n.im.scope[n.p.Inputs[i]]
}

// In returns input i, a floating-point tensor, as a graph node.
func (n *node) In(i int) graph.ID {
	v := n.Value(i)
	if !v.dtype.IsFloat() {
		n.Failf("input %d (%q) holds %v; only floating-point arithmetic is supported on values that depend on the network's input",
			i, n.p.Inputs[i], v.dtype)
	}
	return n.check(n.im.promote(v))
}

// Real returns input i as a graph node, whatever its type: integers are reals,
// and false and true are 0 and 1.
func (n *node) Real(i int) graph.ID { return n.check(n.im.promote(n.Value(i))) }

// Truth returns input i, which must hold bools, as a graph node.
func (n *node) Truth(i int) graph.ID {
	n.bools(i)
	return n.Real(i)
}

// bools ends the lowering unless the listed inputs hold bools.
func (n *node) bools(inputs ...int) {
	for _, i := range inputs {
		if v := n.Value(i); v.dtype != onnxpb.Bool {
			n.Failf("input %d (%q) holds %v, want %v", i, n.p.Inputs[i], v.dtype, onnxpb.Bool)
		}
	}
}

// sameTypes ends the lowering if the listed inputs differ in type.
func (n *node) sameTypes(inputs ...int) {
	for _, i := range inputs[1:] {
		if x, y := n.Value(inputs[0]), n.Value(i); x.dtype != y.dtype {
			n.Failf("inputs of types %v and %v", x.dtype, y.dtype)
		}
	}
}

// check ends the lowering if the builder failed, and returns id otherwise.
func (n *node) check(id graph.ID) graph.ID {
	if err := n.b.Err(); err != nil {
		n.Fail(err)
	}
	return id
}

// Shape returns the shape of a graph node.
func (n *node) Shape(id graph.ID) tensor.Shape {
	n.check(id)
	return n.b.Shape(id)
}

// ShapeOf returns the shape of a value, of which a host tensor may be empty.
func (n *node) ShapeOf(v *value) tensor.Shape {
	if v.host != nil {
		return v.host.shape
	}
	return n.Shape(v.id)
}

// known reports whether all inputs are known now, with at most limit elements
// each.
func (n *node) known(limit int) bool {
	for i := range n.p.Inputs {
		if !n.Has(i) {
			continue
		}
		if h := n.im.scope[n.p.Inputs[i]].host; h == nil || h.size() > limit {
			return false
		}
	}
	return true
}

// IntsIn returns the elements of input i, integers that must be known now.
func (n *node) IntsIn(i int) []int64 {
	v := n.Value(i)
	if v.host == nil {
		n.Failf("input %d (%q) depends on the network's input, but must be known when the model is loaded", i, n.p.Inputs[i])
	}
	x, err := v.host.Ints()
	if err != nil {
		n.Failf("input %d: %w", i, err)
	}
	return x
}

// FloatsIn returns the elements of input i, floating-point numbers that must be
// known now.
func (n *node) FloatsIn(i int) []float32 {
	v := n.Value(i)
	if v.host == nil {
		n.Failf("input %d (%q) depends on the network's input, but must be known when the model is loaded", i, n.p.Inputs[i])
	}
	x, err := v.host.Floats()
	if err != nil {
		n.Failf("input %d: %w", i, err)
	}
	return x
}

// ScalarIn returns the one element of input i.
func (n *node) ScalarIn(i int) float64 {
	x := n.FloatsIn(i)
	if len(x) != 1 {
		n.Failf("input %d has %d elements, want one", i, len(x))
	}
	return float64(x[0])
}

// UsesOutput reports whether something takes output i.
func (n *node) UsesOutput(i int) bool {
	return i < len(n.p.Outputs) && n.p.Outputs[i] != "" && n.im.uses[n.p.Outputs[i]]
}

// surplus reports an output that is used but was not computed.
func (n *node) surplus(computed int) error {
	for i := computed; i < len(n.p.Outputs); i++ {
		if n.UsesOutput(i) {
			return fmt.Errorf("output %d (%q) is not supported", i, n.p.Outputs[i])
		}
	}
	return nil
}

// Axis maps an axis in [-rank, rank) to [0, rank).
func (n *node) Axis(axis int64, rank int) int {
	a, err := tensor.NormalizeAxis(axis, rank)
	if err != nil {
		n.Fail(err)
	}
	return a
}
