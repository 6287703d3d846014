// SPDX-License-Identifier: Apache-2.0

package exemplar

import (
	"math/rand/v2"
	"testing"

	"github.com/zkml-go/zkml/internal/onnxwrite"
	"github.com/zkml-go/zkml/ir"
	"github.com/zkml-go/zkml/onnx"
	"github.com/zkml-go/zkml/quant"
)

// Forest returns the integer network of full binary decision trees of a depth over six numbers from −1 to 1,
// with three classes. Thresholds, features and classes are drawn from a fixed seed.
func Forest(t testing.TB, trees, depth int) *ir.Program {
	t.Helper()
	const features, classes = 6, 3
	rng := rand.New(rand.NewPCG(uint64(trees), uint64(depth)))
	var tree, ids, feature, yes, no, leafTrees, leaves, class []int64
	var values, weights []float32
	var modes []string
	inner := int64(1)<<depth - 1
	for k := range int64(trees) {
		for id := range 2*inner + 1 {
			tree, ids = append(tree, k), append(ids, id)
			if id < inner {
				feature, values = append(feature, rng.Int64N(features)), append(values, float32(rng.Float64()-0.5))
				yes, no, modes = append(yes, 2*id+1), append(no, 2*id+2), append(modes, "BRANCH_LEQ")
				continue
			}
			feature, values = append(feature, 0), append(values, 0)
			yes, no, modes = append(yes, 0), append(no, 0), append(modes, "LEAF")
			leafTrees, leaves = append(leafTrees, k), append(leaves, id)
			class, weights = append(class, rng.Int64N(classes)), append(weights, float32(rng.Float64()))
		}
	}
	m := onnxwrite.Model{IRVersion: 8, Opsets: map[string]int64{"": 17, "ai.onnx.ml": 3}}
	float, integer := onnxwrite.Types["float"], onnxwrite.Types["int64"]
	m.Inputs = []onnxwrite.Value{{Name: "x", Type: float, Dims: []any{1, features}}}
	m.Outputs = []onnxwrite.Value{{Name: "label", Type: integer, Dims: []any{1}}, {Name: "scores", Type: float, Dims: []any{1, classes}}}
	m.Nodes = []onnxwrite.Node{{
		Name: "tree", Op: "TreeEnsembleClassifier", Domain: "ai.onnx.ml", In: []string{"x"}, Out: []string{"label", "scores"},
		Attrs: map[string]any{
			"classlabels_int64s": []int64{0, 1, 2}, "post_transform": "NONE",
			"nodes_treeids": tree, "nodes_nodeids": ids, "nodes_featureids": feature, "nodes_values": values, "nodes_modes": modes,
			"nodes_truenodeids": yes, "nodes_falsenodeids": no,
			"class_treeids": leafTrees, "class_nodeids": leaves, "class_ids": class, "class_weights": weights,
		}}}
	g, _, err := onnx.Load(m.Marshal())
	if err == nil {
		g, err = quant.Prepare(g)
	}
	if err != nil {
		t.Fatal(err)
	}
	samples := make([]quant.Sample, 50)
	for i := range samples {
		x := make([]float64, features)
		for k := range x {
			x[k] = 2*rng.Float64() - 1
		}
		samples[i] = quant.Sample{x}
	}
	cal, err := quant.Calibrate(g, samples, 100)
	if err != nil {
		t.Fatal(err)
	}
	p, err := quant.Compile(g, cal, quant.Options{InputRange: &quant.Span{Lo: -1, Hi: 1}})
	if err != nil {
		t.Fatal(err)
	}
	return p
}
