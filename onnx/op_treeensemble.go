// SPDX-License-Identifier: Apache-2.0

package onnx

import (
	"slices"

	"github.com/zkml-go/zkml/graph"
)

const (
	forestNote = "sums and averages; inputs without missing values; SOFTMAX is dropped where the scores are the last layer"
	labelNote  = "integer labels; text labels only count the classes"
)

var (
	_ = register("TreeEnsembleRegressor", since(1), lowerTreeRegressor, in(mlDomain), note(forestNote))
	_ = register("TreeEnsembleClassifier", since(1), lowerTreeClassifier, in(mlDomain), note(forestNote+"; "+labelNote))
)

// A leafKey names a node of a tree by the ids of the tree and the node.
type leafKey struct{ tree, node int64 }

// readForest reads the trees of version 1 and 3 of ai.onnx.ml; role is "target" or
// "class".
//
// https://onnx.ai/onnx/operators/onnx_aionnxml_TreeEnsembleRegressor.html
func readForest(n *node, role string) *forest {
	n.Ignore("nodes_hitrates", "nodes_hitrates_as_tensor")
	n.Ignore("nodes_missing_value_tracks_true") // an input is never NaN
	f := &forest{}
	trees, ids := n.Ints("nodes_treeids"), n.Ints("nodes_nodeids")
	features, yes, no := n.Ints("nodes_featureids"), n.Ints("nodes_truenodeids"), n.Ints("nodes_falsenodeids")
	modes, values := n.Strings("nodes_modes"), n.numbers("nodes_values")
	count := len(ids)
	if count == 0 || len(trees) != count || len(features) != count || len(yes) != count || len(no) != count || len(modes) != count || len(values) != count {
		n.Failf("the lists of nodes have lengths %d, %d, %d, %d, %d, %d and %d", len(trees), count, len(features), len(yes), len(no), len(modes), len(values))
	}
	at := map[leafKey]branch{}
	inner := 0
	for i := range ids {
		key := leafKey{trees[i], ids[i]}
		if _, dup := at[key]; dup {
			n.Failf("tree %d has two nodes %d", key.tree, key.node)
		}
		if modes[i] == "LEAF" {
			f.leaves = append(f.leaves, nil)
			at[key] = branch(-len(f.leaves))
		} else {
			at[key] = branch(inner)
			inner++
		}
	}
	find := func(tree, id int64) branch {
		b, ok := at[leafKey{tree, id}]
		if !ok {
			n.Failf("tree %d has no node %d", tree, id)
		}
		return b
	}
	entered := map[leafKey]bool{}
	features32 := n.Small("nodes_featureids", features, 0)
	for i := range ids {
		if modes[i] == "LEAF" {
			continue
		}
		f.decide(n, modes[i], features32[i], values[i:i+1], find(trees[i], yes[i]), find(trees[i], no[i]))
		entered[leafKey{trees[i], yes[i]}], entered[leafKey{trees[i], no[i]}] = true, true
	}
	for i := range ids {
		if key := (leafKey{trees[i], ids[i]}); !entered[key] {
			f.roots = append(f.roots, at[key])
		}
	}
	leafTrees, leafIDs := n.Ints(role+"_treeids"), n.Ints(role+"_nodeids")
	targets, weights := n.Ints(role+"_ids"), n.numbers(role+"_weights")
	if len(leafIDs) != len(leafTrees) || len(targets) != len(leafTrees) || len(weights) != len(leafTrees) {
		n.Failf("the lists of leaves have lengths %d, %d, %d and %d", len(leafTrees), len(leafIDs), len(targets), len(weights))
	}
	for i, t := range n.Small(role+"_ids", targets, 0) {
		b := find(leafTrees[i], leafIDs[i])
		if b >= 0 {
			n.Failf("node %d of tree %d has a weight, but is no leaf", leafIDs[i], leafTrees[i])
		}
		f.leaves[-1-b] = append(f.leaves[-1-b], leafWeight{t, float64(weights[i])})
	}
	return f
}

// numbers returns a list of floats, or (version 3) a tensor of them.
func (n *node) numbers(name string) []float32 {
	if x := n.reals(name + "_as_tensor"); x != nil {
		return x
	}
	return n.Floats(name)
}

// lowerTreeRegressor adds the weights of the leaves, or averages them, and base
// values.
func lowerTreeRegressor(n *node) []*value {
	f := readForest(n, "target")
	f.targets = n.Small("n_targets", []int64{n.Int("n_targets", 1)}, 1)[0]
	switch how := n.String("aggregate_function", "SUM"); how {
	case "SUM":
	case "AVERAGE":
		f.average()
	default:
		n.Failf("aggregate_function %q is not supported", how)
	}
	y := f.lower(n, n.samples())
	if base := n.numbers("base_values"); len(base) > 0 {
		y = n.b.Sum(y, n.rowOf(base, f.targets))
	}
	return []*value{n.transformed(0, y)}
}

// average divides the weights by the number of trees.
func (f *forest) average() {
	for _, l := range f.leaves {
		for i := range l {
			l[i].weight /= float64(len(f.roots))
		}
	}
}

// rowOf is row for a number of values that must be count.
func (n *node) rowOf(data []float32, count int) graph.ID {
	if len(data) != count {
		n.Failf("%d base values, want %d", len(data), count)
	}
	return n.row(data)
}

// lowerTreeClassifier computes the label and the scores.
//
// https://onnx.ai/onnx/operators/onnx_aionnxml_TreeEnsembleClassifier.html
func lowerTreeClassifier(n *node) []*value {
	f := readForest(n, "class")
	list, count := n.labels("classlabels_int64s", "classlabels_strings")
	f.targets = count
	base := n.numbers("base_values")
	ids := n.Ints("class_ids")
	if count == 2 {
		return f.binary(n, base, ids, list)
	}
	y := f.lower(n, n.samples())
	if len(base) > 0 {
		y = n.b.Sum(y, n.rowOf(base, count))
	}
	return []*value{n.label(0, y, list), n.transformed(1, y)}
}

// binary lowers a classifier of two classes, whose outputs the specification
// leaves open. With weights for class 0 only, ONNX Runtime takes their sum for the
// probability of class 1 if no weight is negative, else for its margin over class
// 0; a softmax is not applied. What it does with base values of both classes, and
// with the label where both have weights, is no sum and no maximum: the former is
// refused here, the latter is the class with the greater score.
func (f *forest) binary(n *node, base []float32, ids, list []int64) []*value {
	one := !slices.ContainsFunc(ids, func(id int64) bool { return id != ids[0] })
	if len(base) > 1 || len(base) == 1 && (!one || ids[0] != 0) {
		n.Failf("%d base values for two classes", len(base))
	}
	if one && ids[0] == 0 {
		f.targets = 1
	}
	y := f.lower(n, n.samples())
	if !one {
		return []*value{n.label(0, y, list), n.transformed(1, y)}
	}
	threshold := 0.0
	if f.positive() {
		threshold = 0.5
	}
	s := n.part(y, 1, int(ids[0]), 1)
	if len(base) == 1 {
		s = n.b.Linear(float64(base[0]), []float64{1}, s)
	}
	choice := n.choice(0, n.b.Linear(-threshold, []float64{1}, s), list)
	if ids[0] == 1 {
		return []*value{choice, n.transformed(1, y)}
	}
	negative := n.b.Linear(0, []float64{-1}, s)
	switch transform := n.String("post_transform", "NONE"); transform {
	case "LOGISTIC":
		return []*value{choice, n.transform(1, n.b.Concat(1, negative, s), transform)}
	case "PROBIT":
		n.Failf("post_transform %q is not supported for two classes", transform)
	}
	if threshold > 0 {
		negative = n.b.Linear(1, []float64{-1}, s)
	}
	return []*value{choice, floats(n.b.Concat(1, negative, s))[0]}
}

// positive reports whether no weight is negative.
func (f *forest) positive() bool {
	return !slices.ContainsFunc(f.leaves, func(l []leafWeight) bool {
		return slices.ContainsFunc(l, func(w leafWeight) bool { return w.weight < 0 })
	})
}
