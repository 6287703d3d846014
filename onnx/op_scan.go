// SPDX-License-Identifier: Apache-2.0

package onnx

import (
	"slices"

	"github.com/zkml-go/zkml/internal/onnxpb"
	"github.com/zkml-go/zkml/tensor"
)

var (
	_ = register("Scan", since(9), lowerScan, note("unrolled"))
	_ = register("Loop", since(1), lowerLoop, note("unrolled, if the number of iterations and the conditions are known when the model is loaded"))
)

// A loop is a node that runs its body again and again.
type loop struct {
	n       *node
	body    *block
	states  []*value
	outputs [][]*value // of every iteration, by output
}

// newLoop begins the loop of states inputs from input first on.
func (n *node) newLoop(first, states int) *loop {
	g := n.Graph("body")
	if g == nil {
		n.Failf("attribute \"body\" is missing")
	}
	l := &loop{n: n, body: n.open("body", g)}
	for i := range states {
		l.states = append(l.states, n.Value(first+i))
	}
	return l
}

// step runs the body on the states and more, and returns the outputs that come
// before the states.
func (l *loop) step(before, after []*value) []*value {
	n := l.n
	n.Spend(perStep * (1 + len(l.body.g.Nodes)))
	outs := l.body.run(slices.Concat(before, l.states, after))
	extra := min(len(before), 1) // Loop takes a number and a condition and returns a condition
	if len(outs) < extra+len(l.states) {
		n.Failf("the body has %d outputs, want at least %d", len(outs), extra+len(l.states))
	}
	for i := range l.states {
		s := outs[extra+i]
		if s.dtype != l.states[i].dtype {
			n.Failf("state %d changes from %v to %v", i, l.states[i].dtype, s.dtype)
		}
		l.states[i] = s
	}
	rest := outs[extra+len(l.states):]
	if l.outputs == nil {
		l.outputs = make([][]*value, len(rest))
	}
	for i, o := range rest {
		if o.dropped != "" || o.masked != nil {
			n.Failf("output %d of an iteration is not computed: %s", i, o.dropped)
		}
		s := n.ShapeOf(o)
		l.outputs[i] = append(l.outputs[i], n.regrouped(o, slices.Concat(tensor.Shape{1}, s))[0])
	}
	return outs[:extra]
}

// stacked joins output i of all iterations along a new axis.
func (l *loop) stacked(i int, axis int64, backward bool) *value {
	n := l.n
	pieces := slices.Clone(l.outputs[i])
	if backward {
		slices.Reverse(pieces)
	}
	v := n.join(0, pieces...)
	s := n.ShapeOf(v)
	at := n.Axis(axis, len(s))
	perm := slices.Insert(axes(1, len(s)), at, 0)
	if slices.IsSorted(perm) {
		return v
	}
	return n.reindex(v, 0)(tensor.Transpose(s, perm))[0]
}

// lowerScan unrolls a loop over slices of its last inputs.
//
// https://onnx.ai/onnx/operators/onnx__Scan.html
func lowerScan(n *node) []*value {
	count := n.Small("num_scan_inputs", []int64{n.Int("num_scan_inputs", 0)}, 1)[0]
	states := n.NumInputs() - count
	if states < 0 {
		n.Failf("%d inputs, of which %d are scanned", n.NumInputs(), count)
	}
	l := n.newLoop(0, states)
	defer l.body.close()
	outputs := len(l.body.g.Outputs) - states
	inAxes, inBack := n.perItem("scan_input_axes", count), n.perItem("scan_input_directions", count)
	outAxes, outBack := n.perItem("scan_output_axes", max(outputs, 0)), n.perItem("scan_output_directions", max(outputs, 0))
	steps := 0
	for i := range count {
		s := n.ShapeOf(n.Value(states + i))
		extent := s[n.Axis(inAxes[i], len(s))]
		if i > 0 && extent != steps {
			n.Failf("scanned inputs of %d and %d slices", steps, extent)
		}
		steps = extent
	}
	if steps == 0 {
		n.Failf("there is nothing to scan")
	}
	for t := range steps {
		slices := make([]*value, count)
		for i := range slices {
			at := t
			if inBack[i] != 0 {
				at = steps - 1 - t
			}
			slices[i] = n.slice(n.Value(states+i), inAxes[i], at)
		}
		l.step(nil, slices)
	}
	out := l.states
	for i := range l.outputs {
		out = append(out, l.stacked(i, outAxes[i], outBack[i] != 0))
	}
	return out
}

// perItem returns an attribute with a number for each of count items, by default 0.
func (n *node) perItem(name string, count int) []int64 {
	xs := n.Ints(name)
	if xs == nil {
		return make([]int64, count)
	}
	if len(xs) != count {
		n.Failf("%s %v, want %d numbers", name, xs, count)
	}
	return xs
}

// slice returns element at of an axis, which the result lacks.
func (n *node) slice(v *value, axis int64, at int) *value {
	s := n.ShapeOf(v)
	a := n.Axis(axis, len(s))
	return n.regrouped(n.pick(v, a, []int{at}, 0), slices.Delete(s.Clone(), a, a+1))[0]
}

// lowerLoop unrolls a loop of a known number of iterations, which ends earlier
// where its condition, which must be known, is false.
//
// https://onnx.ai/onnx/operators/onnx__Loop.html
func lowerLoop(n *node) []*value {
	limit, going := int64(maxSpent), true
	if n.Has(0) {
		limit = n.one(0)
	}
	if n.Has(1) {
		going = n.one(1) != 0
	}
	l := n.newLoop(2, max(n.NumInputs()-2, 0))
	defer l.body.close()
	for t := int64(0); t < limit && going; t++ {
		number := hostInts(onnxpb.Int64, tensor.Shape{}, []int64{t})
		condition := l.step([]*value{number, hostInts(onnxpb.Bool, tensor.Shape{}, []int64{1})}, nil)[0]
		if condition.host == nil {
			n.Failf("the condition of iteration %d depends on the network's input", t)
		}
		c, err := condition.host.Ints()
		if err != nil || len(c) != 1 {
			n.Failf("the condition of iteration %d is not one bool: %v", t, err)
		}
		going = c[0] != 0
	}
	out := l.states
	if l.outputs == nil && len(l.body.g.Outputs) > 1+len(l.states) {
		n.Failf("it has no iterations, and outputs of each")
	}
	for i := range l.outputs {
		out = append(out, l.stacked(i, 0, false))
	}
	return out
}

// one returns the one element of input i.
func (n *node) one(i int) int64 {
	x := n.IntsIn(i)
	if len(x) != 1 {
		n.Failf("input %d has %d elements, want one", i, len(x))
	}
	return x[0]
}
