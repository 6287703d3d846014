// SPDX-License-Identifier: Apache-2.0

package quant_test

import (
	"fmt"
	"math"
	"testing"

	"github.com/zkml-go/zkml/graph"
	"github.com/zkml-go/zkml/ir"
	"github.com/zkml-go/zkml/quant"
	"github.com/zkml-go/zkml/tensor"
)

// An analysis follows one sample through a compiled network and bounds, for
// every element of every value, how far the integer result may be from the float
// one. It knows the scales that the compiler chose and the rounding rules, and
// nothing of how the compiler chose them: a rule that rounds more often, drops a
// term or mistakes a scale leaves the bound.
type analysis struct {
	g     *graph.Graph
	p     *quant.Compiled
	real  [][]float64 // float values, by graph ID
	trace ir.Trace
	err   [][]float64 // bounds, by graph ID
}

// relative is the error of a ratio of scales that is not a power of two.
const relative = 0x1p-16

// analyse runs the sample through both networks.
func analyse(g *graph.Graph, p *quant.Compiled, s quant.Sample) (*analysis, error) {
	real, err := g.Eval(s)
	if err != nil {
		return nil, err
	}
	in := make([][]int64, len(s))
	for i, id := range p.Inputs {
		if in[i], err = quant.QuantizeInput(p.Input(id), s[i]); err != nil {
			return nil, err
		}
	}
	trace, err := p.Run(in)
	if err != nil {
		return nil, err
	}
	a := &analysis{g: g, p: p, real: real, trace: trace, err: make([][]float64, len(g.Nodes))}
	return a, a.steps()
}

// steps checks each rule on its own: a node of the float network is given the
// reals that its integer arguments stand for, so nothing but its own roundings
// is in the bound. It leaves the float values of the sample in a.real, and the
// bounds that follow from all roundings up to a node in a.err.
func (a *analysis) steps() error {
	local := &analysis{g: a.g, p: a.p, trace: a.trace, real: make([][]float64, len(a.real)), err: make([][]float64, len(a.err))}
	for id, n := range a.g.Nodes {
		if k := a.p.Constant(graph.ID(id)); k != nil {
			local.real[id] = k
			continue
		}
		at, scale := a.p.Value(graph.ID(id))
		want := a.real[id]
		if n.Op.Kind() != "input" {
			args := make([]graph.Tensor, len(n.Args))
			for i, x := range n.Args {
				args[i] = graph.Tensor{Shape: a.g.Nodes[x].Shape, Data: local.real[x]}
			}
			want = n.Op.Eval(args)
		}
		if err := a.within(a.trace[at], scale, want, local.bound(graph.ID(id))); err != nil {
			return fmt.Errorf("node %d (%s, %s): %w", id, n.Name, n.Op.Kind(), err)
		}
		local.real[id], local.err[id] = a.integer(at, scale), make([]float64, n.Shape.Size())
		a.err[id] = a.bound(graph.ID(id))
	}
	return nil
}

// check reports the first value that leaves the bound that follows from all
// roundings before it.
func (a *analysis) check() error {
	for id := range a.g.Nodes {
		if a.err[id] == nil {
			continue
		}
		at, scale := a.p.Value(graph.ID(id))
		if err := a.within(a.trace[at], scale, a.real[id], a.err[id]); err != nil {
			return fmt.Errorf("node %d (%s, %s), accumulated: %w", id, a.g.Nodes[id].Name, a.g.Nodes[id].Op.Kind(), err)
		}
	}
	for i, o := range a.g.Outputs {
		out := a.p.Outputs[i]
		if err := a.within(a.trace[out.ID], out.Scale, a.real[o.ID], a.output(i)); err != nil {
			return fmt.Errorf("output %s: %w", o.Name, err)
		}
	}
	return nil
}

func (a *analysis) within(q []int64, scale float64, real, bound []float64) error {
	if len(q) != len(real) {
		return fmt.Errorf("%d elements, want %d", len(q), len(real))
	}
	for k, x := range real {
		if math.IsInf(x, -1) {
			continue // padding of a maximum
		}
		if d := math.Abs(scale*float64(q[k]) - x); !(d <= bound[k]*(1+1e-9)+1e-9*math.Abs(x)+1e-12) {
			return fmt.Errorf("element %d is %g·%d, want %g ± %g", k, scale, q[k], x, bound[k])
		}
	}
	return nil
}

// output bounds output i: an accumulator too wide to encode is rounded.
func (a *analysis) output(i int) []float64 {
	id := a.g.Outputs[i].ID
	return a.rescaled(id, a.p.Outputs[i].ID, a.p.Outputs[i].Scale)
}

// rescaled bounds value id as it is at integer node at, of the given scale: if
// that is another node than the value's own, one rounding lies between them.
func (a *analysis) rescaled(id graph.ID, at ir.ID, scale float64) []float64 {
	own, from := a.p.Value(id)
	if own == at || a.p.Nodes[at].Op.Kind() == "linear" { // a multiple is exact
		return a.err[id]
	}
	out := make([]float64, len(a.err[id]))
	for k, e := range a.err[id] {
		out[k] = e + scale/2 + relative*from*math.Abs(float64(a.trace[own][k]))
	}
	return out
}

// integer returns the reals that an integer node stands for.
func (a *analysis) integer(at ir.ID, scale float64) []float64 {
	out := make([]float64, len(a.trace[at]))
	for k, q := range a.trace[at] {
		out[k] = scale * float64(q)
	}
	return out
}

func (a *analysis) bound(id graph.ID) []float64 {
	n := a.g.Nodes[id]
	at, scale := a.p.Value(id)
	switch op := n.Op.(type) {
	case graph.Input:
		out := make([]float64, n.Shape.Size())
		for k := range out {
			out[k] = scale / 2
		}
		return out
	case graph.View:
		from := a.rescaled(n.Args[0], a.p.Nodes[at].Args[0], scale)
		fill := scale / 2
		if op.Fill == 0 {
			fill = 0
		}
		return pick(op.View, from, fill)
	case graph.Concat:
		var args []graph.Tensor
		for i, x := range n.Args {
			e := make([]float64, a.g.Nodes[x].Shape.Size())
			for k := range e {
				e[k] = scale / 2 // of a constant
			}
			if a.p.Constant(x) == nil {
				e = a.rescaled(x, a.p.Nodes[at].Args[i], scale)
			}
			args = append(args, graph.Tensor{Shape: a.g.Nodes[x].Shape, Data: e})
		}
		return op.Eval(args)
	case graph.Linear:
		return a.linear(id, op, scale)
	case graph.Contract:
		return a.contract(n, op, at, scale)
	case graph.Map:
		return a.mapped(n, op, at, scale)
	case graph.Max:
		from := a.rescaled(n.Args[0], a.p.Nodes[at].Args[0], scale)
		return graph.Max{Axes: op.Axes}.Eval([]graph.Tensor{{Shape: a.g.Nodes[n.Args[0]].Shape, Data: from}})
	}
	panic("no bound for " + n.Op.Kind())
}

// pick re-indexes error bounds; padding is off by fill.
func pick(v tensor.View, e []float64, fill float64) []float64 {
	out := make([]float64, 0, v.To.Size())
	for _, j := range v.Table() {
		if j == tensor.Padding {
			out = append(out, fill)
		} else {
			out = append(out, e[j])
		}
	}
	return out
}

// linear: terms add up; the alignment of a term costs at most 1/16 of a step of
// the activation that the sum becomes, or, where it is a rescale, a rounding; a
// constant costs half a step of the sum.
func (a *analysis) linear(id graph.ID, op graph.Linear, scale float64) []float64 {
	n := a.g.Nodes[id]
	out := make([]float64, n.Shape.Size())
	for i, x := range n.Args {
		if a.p.Constant(x) != nil {
			for k := range out {
				out[k] += scale / 2
			}
			continue
		}
		own, from := a.p.Value(x)
		c := math.Abs(op.Coefs[i])
		ratio := c * from / scale
		aligned := math.Abs(ratio-math.Round(ratio)) < 1e-8*ratio
		for k := range out {
			out[k] += c * a.err[x][k]
			if !aligned {
				out[k] += a.p.Rounding(id)/16 + relative*c*from*math.Abs(float64(a.trace[own][k]))
			}
		}
	}
	for k := range out {
		if op.Bias != 0 {
			out[k] += scale / 2
		}
	}
	return out
}

// contract: the errors of one operand meet the other, and each weight is off by
// half of its scale, or by nothing if the weights are multiples of a unit.
func (a *analysis) contract(n graph.Node, op graph.Contract, at ir.ID, scale float64) []float64 {
	node := a.p.Nodes[at]
	// value, error and integer value of both operands
	var real, wrong, exact [2][]float64
	scales := [2]float64{}
	for i, x := range n.Args {
		if a.p.Constant(x) == nil {
			own, s := a.p.Value(x)
			if own != node.Args[i] { // rounded to an activation first
				s = a.p.Activation(x)
			}
			scales[i] = s
		}
	}
	for i, x := range n.Args {
		if w := a.p.Constant(x); w != nil {
			s := scale / scales[1-i]
			real[i], exact[i], wrong[i] = w, w, make([]float64, len(w))
			for k := range w {
				wrong[i][k] = min(s/2, 1)
				if quant.CommonUnit(w) != 0 {
					wrong[i][k] = 1e-6 * math.Abs(w[k])
				}
			}
			continue
		}
		real[i], wrong[i] = a.real[x], a.rescaled(x, node.Args[i], scales[i])
		exact[i] = a.integer(node.Args[i], scales[i])
	}
	// |a·b − â·b̂| ≤ |a − â|·|b| + |â|·|b − b̂|
	out := make([]float64, n.Shape.Size())
	op.Contraction.Walk(func(o int, x, y []int32) {
		for k := range x {
			i, j := x[k], y[k]
			out[o] += wrong[0][i]*math.Abs(real[1][j]) + math.Abs(exact[0][i])*wrong[1][j]
		}
	})
	return out
}

// steepest is the largest slope of each function left of x.
var steepest = map[string]func(x float64) float64{
	"relu":    func(float64) float64 { return 1 },
	"clip":    func(float64) float64 { return 1 },
	"tanh":    func(float64) float64 { return 1 },
	"sigmoid": func(float64) float64 { return 0.25 },
	"exp":     math.Exp,
}

// mapped: the argument is rounded to the scale at which the table takes it, the
// result to its own, and what exceeds the calibrated range is clamped.
func (a *analysis) mapped(n graph.Node, op graph.Map, at ir.ID, scale float64) []float64 {
	lookup := a.p.Nodes[at]
	found, looked := lookup.Op.(ir.Lookup)
	taken := a.p.Unclamped(at) // the argument as the table takes it, before a clamp
	if looked {
		taken = a.p.Unclamped(lookup.Args[0])
	}
	own, in := a.p.Value(n.Args[0])
	// One node lies between the argument and the table, if any.
	switch op := a.p.Nodes[taken].Op.(type) {
	case ir.Rescale:
		if taken != own {
			in *= math.Ldexp(1, op.Shift) / float64(op.Multiplier)
		}
	case ir.Linear:
		if taken != own {
			in /= float64(op.Coefs[0])
		}
	}
	e := a.rescaled(n.Args[0], taken, in)
	out := make([]float64, len(e))
	if !looked { // a clamp without a table: all slopes are 1 or 0
		r := lookup.Range
		for k, x := range a.real[n.Args[0]] {
			y := op.Func.At(x)
			out[k] = e[k] + math.Abs(y-min(max(y, scale*float64(r.Lo)), scale*float64(r.Hi)))
		}
		return out
	}
	table := a.p.Tables[found.Table]
	lo, hi := math.Inf(1), math.Inf(-1)
	for _, y := range table.Values {
		lo, hi = min(lo, scale*float64(y)), max(hi, scale*float64(y))
	}
	for k, x := range a.real[n.Args[0]] {
		y := op.Func.At(x)
		out[k] = e[k]*steepest[op.Func.Name](x+e[k]) + scale/2 + math.Abs(y-min(max(y, lo), hi))
	}
	return out
}

// compiled calibrates on the samples, compiles, and checks every value of every
// sample against its bound. It returns the largest bound and the largest error
// of the first output, relative to its span.
func compiled(t *testing.T, g *graph.Graph, s []quant.Sample, opts quant.Options) (p *quant.Compiled, bound, worst float64) {
	t.Helper()
	p, err := quant.CompileTraced(g, calibrate(t, g, s), opts)
	if err != nil {
		t.Fatal(err)
	}
	bound, worst, err = checked(g, p, s)
	if err != nil {
		t.Fatal(err)
	}
	return p, bound, worst
}

// checked compares a compiled network with g on every sample.
func checked(g *graph.Graph, p *quant.Compiled, s []quant.Sample) (bound, worst float64, err error) {
	span := 0.0
	for k, x := range s {
		a, err := analyse(g, p, x)
		if err == nil {
			err = a.check()
		}
		if err != nil {
			return 0, 0, fmt.Errorf("sample %d: %w", k, err)
		}
		out := p.Outputs[0]
		for i, y := range a.real[g.Outputs[0].ID] {
			span = max(span, math.Abs(y))
			bound = max(bound, a.output(0)[i])
			worst = max(worst, math.Abs(y-out.Scale*float64(a.trace[out.ID][i])))
		}
	}
	if span == 0 {
		span = 1
	}
	return bound / span, worst / span, nil
}
