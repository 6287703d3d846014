// SPDX-License-Identifier: Apache-2.0

package main

import (
	"math"
	"math/rand/v2"

	"github.com/zkml-go/zkml/internal/onnxwrite"
)

// seeded lists small models of architectures of which there is no small one that is
// free: their weights are random, with a fixed seed.
var seeded = []benchCase{
	{model: "lstm", system: "groth16", onnx: written(lstm), inputRange: "-1,1"},
	{model: "decision-tree", system: "groth16", onnx: written(decisionTree), inputRange: "-1,1"},
	{model: "attention", system: "groth16", onnx: written(attention), inputRange: "0,15", integers: true},
}

func written(build func(w *writer)) func() ([]byte, error) {
	return func() ([]byte, error) {
		w := &writer{rng: rand.New(rand.NewPCG(3, 7)), model: onnxwrite.Model{IRVersion: 8, Opsets: map[string]int64{"": 17, "ai.onnx.ml": 3}}}
		build(w)
		return w.model.Marshal(), nil
	}
}

// A writer writes a model with random weights.
type writer struct {
	rng   *rand.Rand
	model onnxwrite.Model
}

func (w *writer) input(name, dtype string, dims ...any) {
	w.model.Inputs = append(w.model.Inputs, onnxwrite.Value{Name: name, Type: onnxwrite.Types[dtype], Dims: dims})
}

func (w *writer) output(name string, dtype string, dims ...any) {
	w.model.Outputs = append(w.model.Outputs, onnxwrite.Value{Name: name, Type: onnxwrite.Types[dtype], Dims: dims})
}

// weights adds a tensor of normal variables of a deviation.
func (w *writer) weights(name string, deviation float64, dims ...int64) {
	t := onnxwrite.Tensor{Name: name, Type: onnxwrite.Types["float"], Dims: dims}
	size := int64(1)
	for _, d := range dims {
		size *= d
	}
	for range size {
		t.Data = append(t.Data, deviation*w.rng.NormFloat64())
	}
	w.model.Inits = append(w.model.Inits, t)
}

// node adds a node of one result, which it is named after.
func (w *writer) node(op, out string, in []string, attrs map[string]any) {
	w.model.Nodes = append(w.model.Nodes, onnxwrite.Node{Name: out, Op: op, In: in, Out: []string{out}, Attrs: attrs})
}

// lstm reads four steps of four numbers and scores three classes.
func lstm(w *writer) {
	const steps, in, hidden, classes = 4, 4, 8, 3
	w.input("x", "float", steps, 1, in)
	w.weights("w", 0.5/math.Sqrt(in), 1, 4*hidden, in)
	w.weights("r", 0.5/math.Sqrt(hidden), 1, 4*hidden, hidden)
	w.weights("b", 0.2, 1, 8*hidden)
	w.model.Nodes = append(w.model.Nodes, onnxwrite.Node{Name: "lstm", Op: "LSTM", In: []string{"x", "w", "r", "b"}, Out: []string{"", "h"},
		Attrs: map[string]any{"hidden_size": int64(hidden)}})
	w.node("Flatten", "last", []string{"h"}, map[string]any{"axis": int64(2)})
	w.weights("v", 1/math.Sqrt(hidden), hidden, classes)
	w.weights("c", 0.2, classes)
	w.node("Gemm", "scores", []string{"last", "v", "c"}, nil)
	w.output("scores", "float", 1, classes)
}

// attention looks four of sixteen tokens up, and applies one block of a transformer
// with a single head: attention, a feed-forward layer, and a normalization.
func attention(w *writer) {
	const tokens, words, dim, inner = 4, 16, 8, 16
	w.input("tokens", "int64", 1, tokens)
	w.weights("words", 1, words, dim)
	w.weights("positions", 0.5, 1, tokens, dim)
	w.node("Gather", "embedded", []string{"words", "tokens"}, nil)
	w.node("Add", "x", []string{"embedded", "positions"}, nil)
	for _, m := range []string{"q", "k", "v"} {
		w.weights("w"+m, 0.5/math.Sqrt(dim), dim, dim)
		w.node("MatMul", m, []string{"x", "w" + m}, nil)
	}
	w.node("Transpose", "kt", []string{"k"}, map[string]any{"perm": []int64{0, 2, 1}})
	w.node("MatMul", "products", []string{"q", "kt"}, nil)
	w.model.Inits = append(w.model.Inits, onnxwrite.Tensor{Name: "root", Type: onnxwrite.Types["float"], Data: []float64{1 / math.Sqrt(dim)}})
	w.node("Mul", "scaled", []string{"products", "root"}, nil)
	w.node("Softmax", "shares", []string{"scaled"}, map[string]any{"axis": int64(-1)})
	w.node("MatMul", "mixed", []string{"shares", "v"}, nil)
	w.node("Add", "first", []string{"x", "mixed"}, nil)
	w.weights("w1", 1/math.Sqrt(dim), dim, inner)
	w.node("MatMul", "up", []string{"first", "w1"}, nil)
	w.node("Relu", "active", []string{"up"}, nil)
	w.weights("w2", 1/math.Sqrt(inner), inner, dim)
	w.node("MatMul", "down", []string{"active", "w2"}, nil)
	w.node("Add", "second", []string{"first", "down"}, nil)
	w.weights("scale", 0.5, dim)
	w.weights("bias", 0.2, dim)
	w.node("LayerNormalization", "y", []string{"second", "scale", "bias"}, map[string]any{"epsilon": float32(0.5)})
	w.output("y", "float", 1, tokens, dim)
}

// decisionTree is a full binary tree of depth four over six numbers, with three
// classes.
func decisionTree(w *writer) {
	const depth, features, classes = 4, 6, 3
	w.input("x", "float", 1, features)
	var trees, ids, feature, yes, no, leafTrees, leaves, class []int64
	var values, weights []float32
	var modes []string
	const inner, all = 1<<depth - 1, 1<<(depth+1) - 1
	for id := range int64(all) {
		trees, ids = append(trees, 0), append(ids, id)
		if id < inner {
			feature, values = append(feature, w.rng.Int64N(features)), append(values, float32(w.rng.Float64()-0.5))
			yes, no, modes = append(yes, 2*id+1), append(no, 2*id+2), append(modes, "BRANCH_LEQ")
			continue
		}
		feature, values = append(feature, 0), append(values, 0)
		yes, no, modes = append(yes, 0), append(no, 0), append(modes, "LEAF")
		leafTrees, leaves = append(leafTrees, 0), append(leaves, id)
		class, weights = append(class, w.rng.Int64N(classes)), append(weights, 1)
	}
	w.model.Nodes = append(w.model.Nodes, onnxwrite.Node{
		Name: "tree", Op: "TreeEnsembleClassifier", Domain: "ai.onnx.ml", In: []string{"x"}, Out: []string{"label", "scores"},
		Attrs: map[string]any{
			"classlabels_int64s": []int64{0, 1, 2}, "post_transform": "NONE",
			"nodes_treeids": trees, "nodes_nodeids": ids, "nodes_featureids": feature, "nodes_values": values, "nodes_modes": modes,
			"nodes_truenodeids": yes, "nodes_falsenodeids": no,
			"class_treeids": leafTrees, "class_nodeids": leaves, "class_ids": class, "class_weights": weights,
		}})
	w.output("label", "int64", 1)
	w.output("scores", "float", 1, classes)
}
