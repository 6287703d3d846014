// SPDX-License-Identifier: Apache-2.0

package onnx

import "slices"

var _ = register("TreeEnsemble", since(5), lowerTreeEnsemble, in(mlDomain), note(forestNote))

var _ = skip("node/test_ai_onnx_ml_tree_ensemble_set_membership", "an input is NaN")

// treeModes lists the modes of version 5 by their number.
var treeModes = []string{"BRANCH_LEQ", "BRANCH_LT", "BRANCH_GTE", "BRANCH_GT", "BRANCH_EQ", "BRANCH_NEQ", "BRANCH_MEMBER"}

// lowerTreeEnsemble lowers the trees of version 5 of ai.onnx.ml, whose leaves are
// lists of their own and each add to one target.
//
// https://onnx.ai/onnx/operators/onnx_aionnxml_TreeEnsemble.html
func lowerTreeEnsemble(n *node) []*value {
	n.Ignore("nodes_hitrates", "nodes_missing_value_tracks_true")
	f := &forest{targets: n.Small("n_targets", []int64{n.Int("n_targets", 1)}, 1)[0]}
	features, values := n.Small("nodes_featureids", n.Ints("nodes_featureids"), 0), n.reals("nodes_splits")
	modes := n.modes(len(features))
	yes, no := n.Ints("nodes_truenodeids"), n.Ints("nodes_falsenodeids")
	yesLeaf, noLeaf := n.Ints("nodes_trueleafs"), n.Ints("nodes_falseleafs")
	count := len(features)
	if count == 0 || len(values) != count || len(yes) != count || len(no) != count || len(yesLeaf) != count || len(noLeaf) != count {
		n.Failf("the lists of nodes have lengths %d, %d, %d, %d, %d and %d", count, len(values), len(yes), len(no), len(yesLeaf), len(noLeaf))
	}
	targets, weights := n.Small("leaf_targetids", n.Ints("leaf_targetids"), 0), n.reals("leaf_weights")
	if len(weights) != len(targets) {
		n.Failf("%d leaves have targets, %d weights", len(targets), len(weights))
	}
	follow := func(leaf, to int64) branch {
		limit := count
		if leaf != 0 {
			limit = len(targets)
		}
		if to < 0 || to >= int64(limit) {
			n.Failf("a branch to %d of %d", to, limit)
		}
		if leaf == 0 {
			return branch(to)
		}
		f.leaves = append(f.leaves, []leafWeight{{targets[to], float64(weights[to])}})
		return branch(-len(f.leaves))
	}
	members := n.reals("membership_values")
	for i := range features {
		set := values[i : i+1]
		if modes[i] == "BRANCH_MEMBER" {
			end := slices.IndexFunc(members, func(v float32) bool { return v != v })
			if end < 0 {
				end = len(members)
			}
			if end == 0 {
				n.Failf("node %d has an empty set", i)
			}
			set, members = members[:end], members[min(end+1, len(members)):]
		}
		f.decide(n, modes[i], features[i], set, follow(yesLeaf[i], yes[i]), follow(noLeaf[i], no[i]))
	}
	for _, r := range n.Ints("tree_roots") {
		f.roots = append(f.roots, follow(0, r))
	}
	switch how := n.Int("aggregate_function", 1); how {
	case 0:
		f.average()
	case 1:
	default:
		n.Failf("aggregate_function %d is not supported", how)
	}
	transforms := []string{"NONE", "SOFTMAX", "LOGISTIC", "SOFTMAX_ZERO", "PROBIT"}
	t := n.Int("post_transform", 0)
	if t < 0 || t >= int64(len(transforms)) {
		n.Failf("post_transform is %d", t)
	}
	return []*value{n.transform(0, f.lower(n, n.samples()), transforms[t])}
}

// reals returns the elements of a tensor attribute.
func (n *node) reals(name string) []float32 {
	t := n.Tensor(name)
	if t == nil {
		return nil
	}
	x, err := t.Floats()
	if err != nil {
		n.Fail(err)
	}
	return x
}

// modes returns the modes of count nodes.
func (n *node) modes(count int) []string {
	var numbers []int64
	if t := n.Tensor("nodes_modes"); t != nil {
		x, err := t.Ints()
		if err != nil {
			n.Fail(err)
		}
		numbers = x
	}
	out := make([]string, len(numbers))
	for i, m := range numbers {
		if m < 0 || m >= int64(len(treeModes)) {
			n.Failf("a node of mode %d", m)
		}
		out[i] = treeModes[m]
	}
	if len(out) != count {
		n.Failf("%d modes for %d nodes", len(out), count)
	}
	return out
}
