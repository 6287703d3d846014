// SPDX-License-Identifier: Apache-2.0

// Package onnx reads ONNX models: it decodes the file, fixes the input shapes,
// computes on the host whatever does not depend on the inputs, and lowers every
// other operator to the primitives of package graph, or says precisely why it
// cannot.
//
// Each operator is one file, op_<name>.go, that registers itself by domain, name
// and the opset version since which the lowering holds. docs/operators.md lists
// them.
//
// What the importer does not understand it refuses: an attribute that a lowering
// did not read, an output that it does not compute and someone uses, elements in
// another file, a NaN weight. A model is a stranger's file, so nothing is
// allocated because the file claims it.
package onnx

//go:generate go run ./internal/opdoc -o ../docs/operators.md

import (
	"fmt"

	"github.com/zkml-go/zkml/graph"
	"github.com/zkml-go/zkml/internal/onnxpb"
	"github.com/zkml-go/zkml/tensor"
)

// MaxOpset is the latest version of the default operator set whose meaning is
// known here, that of ONNX 1.22.
const MaxOpset = 27

// An Option changes how a model is loaded.
type Option func(*options)

type options struct {
	shapes map[string]tensor.Shape
}

// InputShape fixes the shape of an input. Without it a dimension that the model
// leaves open is 1 if it is the first of its input (the batch), and an error
// elsewhere. Dimensions that share a name share the extent; a name is that of the
// batch if it is the first of the first input, or first wherever it occurs.
func InputShape(name string, shape tensor.Shape) Option {
	return func(o *options) { o.shapes[name] = shape }
}

// Load lowers the model in data, a ModelProto, to a graph, which does not alias
// data. Inputs are the model's inputs in order, without those that an initializer
// gives a value; outputs are the model's outputs in order.
//
// float16, bfloat16 and double tensors become float32; the graph is over the
// reals, so no operator rounds.
func Load(data []byte, opts ...Option) (*graph.Graph, *Info, error) {
	im, err := newImporter(data, opts)
	if err != nil {
		return nil, nil, err
	}
	im.run()
	if bad := im.info.Unsupported; len(bad) > 0 {
		if len(bad) == 1 {
			return nil, im.info, &bad[0]
		}
		return nil, im.info, fmt.Errorf("%w (and %d more)", &bad[0], len(bad)-1)
	}
	g, err := im.b.Graph()
	if err != nil {
		return nil, im.info, err
	}
	im.info.count(g)
	return g, im.info, nil
}

// Inspect is Load for a report: it goes on after a node that cannot be lowered,
// assuming the shape that the model declares for its outputs, so that
// Info.Unsupported lists them all. The error is not nil only if the file cannot
// be read at all.
func Inspect(data []byte, opts ...Option) (*Info, error) {
	im, err := newImporter(data, opts)
	if err != nil {
		return nil, err
	}
	im.run()
	if g, err := im.b.Graph(); err == nil {
		im.info.count(g)
	}
	return im.info, nil
}

// newImporter decodes data and checks what does not depend on operators.
func newImporter(data []byte, opts []Option) (*importer, error) {
	o := options{shapes: map[string]tensor.Shape{}}
	for _, opt := range opts {
		opt(&o)
	}
	m, err := onnxpb.Decode(data)
	if err != nil {
		return nil, err
	}
	im := &importer{b: &graph.Builder{}, opts: o, model: m, info: newInfo(m), scope: map[string]*value{}}
	for _, step := range []func() error{im.opsets, im.names, im.initializers, im.inputs} {
		if err := step(); err != nil {
			return nil, err
		}
	}
	return im, nil
}
