// SPDX-License-Identifier: Apache-2.0

package onnx

import (
	"cmp"
	"slices"

	"github.com/zkml-go/zkml/graph"
	"github.com/zkml-go/zkml/tensor"
)

// A forest is an ensemble of decision trees. A sample goes down each tree from
// its root and adds the weights of the leaf that it reaches.
type forest struct {
	decisions []decision
	leaves    [][]leafWeight
	roots     []branch
	targets   int
}

// A decision compares a feature with a number, or asks whether it is in a set.
type decision struct {
	feature int
	test    comparison
	values  []float32 // one number, or the members of the set
	one     branch    // where a sample goes if the test holds
	zero    branch
}

// A branch leads to a decision, or to leaf −1−b.
type branch int

// A leafWeight is what a leaf adds to a target.
type leafWeight struct {
	target int
	weight float64
}

// A comparison is a test that one function of package graph computes.
type comparison int

const (
	above comparison = iota // x > v
	below                   // x < v
	among                   // x is a member of a set
)

// branchModes gives the test for each mode of a tree's node, and whether it is the
// negation.
//
// https://onnx.ai/onnx/operators/onnx_aionnxml_TreeEnsembleClassifier.html
var branchModes = map[string]struct {
	test comparison
	not  bool
}{
	"BRANCH_LEQ": {above, true}, "BRANCH_GT": {above, false}, "BRANCH_LT": {below, false}, "BRANCH_GTE": {below, true},
	"BRANCH_EQ": {among, false}, "BRANCH_NEQ": {among, true}, "BRANCH_MEMBER": {among, false},
}

// decide adds a decision of the given mode; yes is where a sample goes that passes it.
func (f *forest) decide(n *node, mode string, feature int, values []float32, yes, no branch) {
	m, ok := branchModes[mode]
	if !ok {
		n.Failf("a node of mode %q", mode)
	}
	s := decision{feature: feature, test: m.test, values: values, one: yes, zero: no}
	if m.not {
		s.one, s.zero = no, yes
	}
	f.decisions = append(f.decisions, s)
}

// check ends the lowering unless the branches form trees.
func (f *forest) check(n *node, features int) {
	decisions, leaves := make([]bool, len(f.decisions)), make([]bool, len(f.leaves))
	visit := func(b branch) {
		seen, i := decisions, int(b)
		if b < 0 {
			seen, i = leaves, int(-1-b)
		}
		if i >= len(seen) || seen[i] {
			n.Failf("branches that do not form trees")
		}
		seen[i] = true
	}
	for _, r := range f.roots {
		visit(r)
	}
	for i, s := range f.decisions {
		visit(s.one)
		visit(s.zero)
		if s.feature < 0 || s.feature >= features {
			n.Failf("node %d compares feature %d of %d", i, s.feature, features)
		}
	}
	for _, l := range f.leaves {
		for _, w := range l {
			if w.target < 0 || w.target >= f.targets {
				n.Failf("a leaf adds to target %d of %d", w.target, f.targets)
			}
		}
	}
}

// lower returns the sums, samples · targets, of x, samples · features.
//
// The tests are taken once each for all trees together. Level by level, a node is
// reached by 1 sample or none: its children are reached by that times the test
// and by the rest.
func (f *forest) lower(n *node, x graph.ID) graph.ID {
	f.check(n, n.Shape(x)[1])
	samples := n.Shape(x)[0]
	n.Spend(len(f.decisions) + len(f.leaves))
	bits, column := f.tests(n, x)
	level, reached := f.roots, none // none: every tree is entered
	var arrived []graph.ID          // samples · leaves of a level, in the order of leaves
	var leaves []int
	left := len(f.decisions)
	for len(level) > 0 {
		var here []branch
		var inner, outer []int
		for i, b := range level {
			if b < 0 {
				outer = append(outer, i)
				leaves = append(leaves, int(-1-b))
				continue
			}
			inner, here = append(inner, i), append(here, b)
		}
		if len(outer) > 0 {
			if reached == none {
				arrived = append(arrived, n.b.BroadcastTo(n.b.Scalar(1), tensor.Shape{samples, len(outer)}))
			} else {
				arrived = append(arrived, n.columns(reached, outer))
			}
		}
		if len(here) == 0 {
			break
		}
		left -= len(here)
		index := make([]int, len(here))
		level = level[:0:0]
		for i, b := range here {
			index[i] = column[b]
			level = append(level, f.decisions[b].one)
		}
		for _, b := range here {
			level = append(level, f.decisions[b].zero)
		}
		one := n.columns(bits, index)
		var zero graph.ID
		if reached == none {
			zero = n.b.Linear(1, []float64{-1}, one)
		} else {
			reached = n.columns(reached, inner)
			one = n.b.Mul(reached, one)
			zero = n.b.Linear(0, []float64{1, -1}, reached, one)
		}
		reached = n.b.Concat(1, one, zero)
	}
	if left > 0 {
		n.Failf("%d nodes that no root leads to", left)
	}
	return f.sums(n, n.joined(1, arrived), leaves)
}

// sums adds the weights of the leaves up; arrived is samples · leaves.
func (f *forest) sums(n *node, arrived graph.ID, leaves []int) graph.ID {
	n.Spend(len(leaves) * f.targets)
	weights := make([]float64, len(leaves)*f.targets)
	for i, l := range leaves {
		for _, w := range f.leaves[l] {
			weights[i*f.targets+w.target] += w.weight
		}
	}
	data := make([]float32, len(weights))
	for i, w := range weights {
		data[i] = float32(w)
	}
	return lowerMatMul(n, arrived, n.b.Const(tensor.Shape{len(leaves), f.targets}, data))
}

// tests computes the distinct tests of the forest, samples · tests, and returns
// the column of each decision's test.
func (f *forest) tests(n *node, x graph.ID) (bits graph.ID, column []int) {
	order := make([]int, len(f.decisions))
	for i := range order {
		order[i] = i
	}
	compare := func(i, j int) int {
		a, b := &f.decisions[i], &f.decisions[j]
		return cmp.Or(cmp.Compare(a.test, b.test), cmp.Compare(a.feature, b.feature), slices.Compare(a.values, b.values))
	}
	slices.SortStableFunc(order, compare)
	column = make([]int, len(f.decisions))
	var distinct []int
	for k, i := range order {
		if k == 0 || compare(order[k-1], i) != 0 {
			distinct = append(distinct, i)
		}
		column[i] = len(distinct) - 1
	}
	var groups []graph.ID
	for len(distinct) > 0 {
		test, count := f.decisions[distinct[0]].test, 0
		for count < len(distinct) && f.decisions[distinct[count]].test == test {
			count++
		}
		groups = append(groups, f.compare(n, x, test, distinct[:count]))
		distinct = distinct[count:]
	}
	if len(groups) == 0 {
		return none, nil
	}
	return n.joined(1, groups), column
}

// compare computes the tests of the listed decisions, which are of one kind.
func (f *forest) compare(n *node, x graph.ID, test comparison, list []int) graph.ID {
	var features, sizes []int
	var values []float32
	for _, i := range list {
		s := &f.decisions[i]
		features = append(features, slices.Repeat([]int{s.feature}, len(s.values))...)
		values, sizes = append(values, s.values...), append(sizes, len(s.values))
	}
	n.Spend(len(values))
	v := n.b.Const(tensor.Shape{len(values)}, values)
	x = n.columns(x, features)
	switch test {
	case above:
		return greater(n, x, v)
	case below:
		return less(n, x, v)
	}
	return n.groupSums(equal(n, x, v), sizes)
}

// groupSums adds neighboring columns of x up: the first sizes[0], and so on.
func (n *node) groupSums(x graph.ID, sizes []int) graph.ID {
	total := 0
	for _, k := range sizes {
		total += k
	}
	if total == len(sizes) && slices.Max(sizes) == 1 {
		return x
	}
	n.Spend(total * len(sizes))
	data := make([]float32, total*len(sizes))
	row := 0
	for i, k := range sizes {
		for range k {
			data[row*len(sizes)+i] = 1
			row++
		}
	}
	return lowerMatMul(n, x, n.b.Const(tensor.Shape{total, len(sizes)}, data))
}

// columns returns the listed columns of x.
func (n *node) columns(x graph.ID, index []int) graph.ID {
	v := n.pick(floats(x)[0], 1, index, 0)
	return n.check(n.im.promote(v))
}
