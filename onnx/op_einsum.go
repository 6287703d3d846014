// SPDX-License-Identifier: Apache-2.0

package onnx

import (
	"slices"
	"strings"

	"github.com/zkml-go/zkml/graph"
	"github.com/zkml-go/zkml/tensor"
)

var _ = register("Einsum", since(12), one(lowerEinsum), note("any number of operands, diagonals, ellipses"))

// A labeled tensor has a label for each axis, none twice.
type labeled struct {
	id     graph.ID
	labels []rune
}

// lowerEinsum contracts the operands from left to right, each time summing over
// what neither the result nor a later operand has.
//
// https://onnx.ai/onnx/operators/onnx__Einsum.html
func lowerEinsum(n *node) graph.ID {
	equation := strings.ReplaceAll(n.String("equation", ""), " ", "")
	left, right, explicit := strings.Cut(equation, "->")
	terms := strings.Split(left, ",")
	if len(terms) != n.NumInputs() {
		n.Failf("equation %q has %d operands, the node %d", equation, len(terms), n.NumInputs())
	}
	ids, labels := make([]graph.ID, len(terms)), make([][]rune, len(terms))
	extents := map[rune]int{}
	count := map[rune]int{}
	for i, term := range terms {
		ids[i] = n.In(i)
		s := n.Shape(ids[i])
		labels[i] = n.einsumLabels(equation, term, len(s))
		for d, l := range labels[i] {
			switch was := extents[l]; {
			case was <= 1:
				extents[l] = s[d]
			case s[d] != was && s[d] != 1:
				n.Failf("equation %q with shape %v of operand %d: %q is %d and %d", equation, s, i, l, was, s[d])
			}
			count[l]++
		}
	}
	var out []rune
	if explicit {
		dots := 0
		for l := range extents {
			if l < 0 {
				dots++
			}
		}
		out = n.einsumLabels(equation, right, len(strings.ReplaceAll(right, "...", ""))+dots)
	} else {
		for l, k := range count {
			if l < 0 || k == 1 {
				out = append(out, l)
			}
		}
		slices.Sort(out)
	}
	for i, l := range out {
		if extents[l] == 0 || slices.Contains(out[:i], l) {
			n.Failf("equation %q: the result has %q twice, or no operand has it", equation, l)
		}
	}

	acc := n.einsumOperand(ids[0], labels[0], extents)
	for i := 1; i < len(ids); i++ {
		next := n.einsumOperand(ids[i], labels[i], extents)
		keep := out
		if i+1 < len(ids) {
			keep = nil
			for k, l := range slices.Concat(acc.labels, next.labels) {
				if k >= len(acc.labels) && slices.Contains(acc.labels, l) {
					continue
				}
				if slices.Contains(slices.Concat(out, slices.Concat(labels[i+1:]...)), l) {
					keep = append(keep, l)
				}
			}
		}
		acc = n.contractLabels(acc, next, keep, extents)
	}
	if len(ids) > 1 {
		return acc.id
	}
	if len(acc.labels) > len(out) {
		return n.contractLabels(acc, labeled{n.b.Scalar(1), nil}, out, extents).id
	}
	perm := make([]int, len(out))
	for i, l := range out {
		perm[i] = slices.Index(acc.labels, l)
	}
	if slices.Equal(perm, axes(0, len(perm))) {
		return acc.id
	}
	return n.b.Transpose(acc.id, perm)
}

// einsumLabels returns the labels of the axes of a term: its letters, and −1 for
// the last axis of an ellipsis, −2 for the one before.
func (n *node) einsumLabels(equation, term string, rank int) []rune {
	before, after, dots := strings.Cut(term, "...")
	var out []rune
	for _, l := range before {
		out = append(out, l)
	}
	if dots {
		for k := rank - len(before) - len(after); k > 0; k-- {
			out = append(out, rune(-k))
		}
	}
	for _, l := range after {
		out = append(out, l)
	}
	for _, l := range out {
		if l >= 0 && !(l >= 'a' && l <= 'z' || l >= 'A' && l <= 'Z') {
			n.Failf("equation %q is not of letters, commas, one arrow and ellipses", equation)
		}
	}
	if len(out) != rank {
		n.Failf("equation %q: %q labels %d axes, there are %d", equation, term, len(out), rank)
	}
	return out
}

// einsumOperand takes diagonals where a label occurs twice and drops axes that
// broadcast, so that each axis has the extent of its label.
func (n *node) einsumOperand(x graph.ID, labels []rune, extents map[rune]int) labeled {
	s := n.Shape(x)
	view := tensor.View{From: s, Axes: tensor.Shape{}, Index: make([]tensor.Affine, len(s))}
	out := labeled{id: x}
	for d, l := range labels {
		if s[d] != extents[l] {
			continue // 1, at index 0
		}
		at := slices.Index(out.labels, l)
		if at < 0 {
			at = len(out.labels)
			out.labels = append(out.labels, l)
			view.Axes = append(view.Axes, s[d])
		}
		view.Index[d] = tensor.Affine{Terms: []tensor.Term{{Axis: at, Coef: 1}}}
	}
	view.To = view.Axes
	if len(view.Axes) < len(s) {
		out.id = n.b.View(x, view, 0)
	}
	return out
}

// contractLabels contracts two tensors to one with the labels out.
func (n *node) contractLabels(x, y labeled, out []rune, extents map[rune]int) labeled {
	var all []rune
	var c tensor.Contraction
	number := func(labels []rune) []int {
		list := []int{}
		for _, l := range labels {
			at := slices.Index(all, l)
			if at < 0 {
				at = len(all)
				all = append(all, l)
				c.Extents = append(c.Extents, extents[l])
			}
			list = append(list, at)
		}
		return list
	}
	c.A, c.B, c.Out = number(x.labels), number(y.labels), number(out)
	return labeled{n.b.Contract(x.id, y.id, c), out}
}
