// SPDX-License-Identifier: Apache-2.0

package quant_test

import (
	"slices"
	"testing"

	"github.com/zkml-go/zkml/ir"
	"github.com/zkml-go/zkml/quant"
)

// tampered returns op as a faulty compiler might have written it, or nil.
func tampered(p *ir.Program, op ir.Op) ir.Op {
	switch op := op.(type) {
	case ir.Rescale:
		op.Shift++ // half the result
		return op
	case ir.Const:
		if len(op.Shape) == 0 {
			return nil // the end of a clamp, beyond which there may be nothing
		}
		data := op.Data.Int64s()
		for i := range data {
			data[i] += 3 // no weight is off by more than 1/2
		}
		return ir.NewConst(op.Shape, data)
	case ir.Lookup:
		t := p.Tables[op.Table]
		t.Values = slices.Clone(t.Values)
		for i := range t.Values {
			t.Values[i] += 2
		}
		p.Tables[op.Table] = t
		return op
	case ir.View:
		if op.Fill != 0 || !op.View.Pads() {
			return nil
		}
		op.Fill = 9
		return op
	}
	return nil
}

// noticed reports whether f fails. A value that has left its range may also run
// the executor off a table.
func noticed(f func() error) (failed bool) {
	defer func() { failed = failed || recover() != nil }()
	return f() != nil
}

// TestBoundsNoticeFaults plants one fault at a time in compiled networks: the
// analysis that the other tests rely on has to notice nearly all. It cannot
// notice those in tensors that are 0, or in small corrections of a wide sum.
func TestBoundsNoticeFaults(t *testing.T) {
	t.Parallel()
	found, planted := map[string]int{}, map[string]int{}
	for seed := range uint64(25) {
		n := newNet(t, seed)
		g := prepare(t, n.done(n.randomNet()))
		s := samples(g, seed, 2, 0, 1)
		cal := calibrate(t, g, s)
		first, err := quant.CompileTraced(g, cal, quant.Options{})
		if err != nil {
			t.Fatalf("seed %d: %v", seed, err)
		}
		for id := range first.Nodes {
			p, err := quant.CompileTraced(g, cal, quant.Options{})
			if err != nil {
				t.Fatal(err)
			}
			kind := p.Nodes[id].Op.Kind()
			op := tampered(p.Program, p.Nodes[id].Op)
			if op == nil {
				continue
			}
			p.Nodes[id].Op = op
			planted[kind]++
			if noticed(func() error { _, _, err := checked(g, p, s); return err }) {
				found[kind]++
			}
		}
	}
	for kind, of := range map[string]float64{"rescale": 0.95, "const": 0.9, "lookup": 0.95, "view": 0.95} {
		t.Logf("%s: %d of %d faults noticed", kind, found[kind], planted[kind])
		if planted[kind] < 15 || float64(found[kind]) < of*float64(planted[kind]) {
			t.Errorf("%s: %d of %d planted faults noticed, want %g of at least 15", kind, found[kind], planted[kind], of)
		}
	}
}
