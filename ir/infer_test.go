// SPDX-License-Identifier: Apache-2.0

package ir_test

import (
	"math"
	"runtime"
	"strings"
	"testing"

	"github.com/zkml-go/zkml/ir"
	"github.com/zkml-go/zkml/tensor"
)

// fixture is a program whose values the cases of TestInferErrors refer to.
type fixture struct {
	p                           *ir.Program
	vec, mat, huge, even, empty ir.ID // x[3] ∈ [−2,5], m[2,3] ∈ [0,9], h[3] ∈ ±2^60, e[3] ∈ [−2,4], and no value
	row, rows                   ir.ID // indices: r[4] ∈ [0,1], s[2,1] ∈ [1,2]
}

func newFixture(t *testing.T) fixture {
	t.Helper()
	p := &ir.Program{Tables: []ir.Table{
		{Name: "small", Lo: -2, Values: make([]int64, 7)},  // [−2, 4]: misses 5
		{Name: "late", Lo: -1, Values: make([]int64, 10)},  // misses −2
		{Name: "none", Lo: 0},                              // empty
		{Name: "fits", Lo: -2, Values: make([]int64, 8)},   // [−2, 5]
		{Name: "wild", Lo: -2, Values: wild(ir.Limit + 1)}, // a value beyond the limit
		{Name: "wraps", Lo: math.MaxInt64 - 3, Values: make([]int64, 8)},
	}}
	in := func(name string, s tensor.Shape, r ir.Range) ir.ID {
		return add(t, p, ir.Input{Name: name, Shape: s, Declared: r, Scale: 1, Visibility: ir.Public})
	}
	f := fixture{p: p, empty: 99}
	f.vec = in("x", tensor.Shape{3}, ir.Range{Lo: -2, Hi: 5})
	f.mat = in("m", tensor.Shape{2, 3}, ir.Range{Lo: 0, Hi: 9})
	f.huge = in("h", tensor.Shape{3}, ir.Range{Lo: -ir.Limit, Hi: ir.Limit})
	f.even = in("e", tensor.Shape{3}, ir.Range{Lo: -2, Hi: 4})
	f.row = in("r", tensor.Shape{4}, ir.Range{Lo: 0, Hi: 1})
	f.rows = in("s", tensor.Shape{2, 1}, ir.Range{Lo: 1, Hi: 2})
	return f
}

func wild(x int64) []int64 {
	v := make([]int64, 8)
	v[7] = x
	return v
}

func input(change func(*ir.Input)) ir.Input {
	in := ir.Input{Name: "i", Shape: tensor.Shape{1}, Declared: ir.Range{Lo: 0, Hi: 1}, Scale: 1, Visibility: ir.Public}
	change(&in)
	return in
}

func view(change func(*tensor.View)) ir.View {
	v := tensor.Identity(tensor.Shape{3})
	change(&v)
	return ir.View{View: v}
}

func dot(change func(*tensor.Contraction)) ir.Contract {
	c := tensor.Contraction{Extents: []int{2, 3}, A: []int{0, 1}, B: []int{1}, Out: []int{0}}
	change(&c)
	return ir.Contract{Contraction: c}
}

// TestInferErrors gives every primitive arguments and parameters that it must
// refuse, next to ones that it must take, and checks that the message names the
// node and the reason.
func TestInferErrors(t *testing.T) {
	t.Parallel()
	same := func(*tensor.View) {}
	whole := func(*tensor.Contraction) {}
	f := newFixture(t)
	for _, c := range []struct {
		op   ir.Op
		args []ir.ID
		want string // in the message; "" if the op fits
	}{
		{input(func(*ir.Input) {}), nil, ""},
		{input(func(*ir.Input) {}), []ir.ID{f.vec}, "1 arguments, want 0"},
		{input(func(i *ir.Input) { i.Scale = 0 }), nil, "scale 0"},
		{input(func(i *ir.Input) { i.Scale = math.NaN() }), nil, "scale NaN"},
		{input(func(i *ir.Input) { i.Scale = math.Inf(1) }), nil, "scale +Inf"},
		{input(func(i *ir.Input) { i.Visibility = "open" }), nil, `visibility "open"`},
		{input(func(i *ir.Input) { i.Shape = tensor.Shape{2, 0} }), nil, "extent 0"},
		{input(func(i *ir.Input) { i.Shape = tensor.Shape{1 << 20, 1 << 20} }), nil, "more than"},
		{input(func(i *ir.Input) { i.Declared = ir.Range{Lo: 1, Hi: 0} }), nil, "empty"},
		{input(func(i *ir.Input) { i.Declared.Hi = ir.Limit + 1 }), nil, "2^60"},

		{ir.NewConst(tensor.Shape{2}, []int64{1, 2}), nil, ""},
		{ir.NewConst(tensor.Shape{2}, []int64{1}), nil, "1 elements for shape [2]"},
		{ir.NewConst(tensor.Shape{-1, -1}, []int64{1}), nil, "extent -1"},
		{ir.NewConst(tensor.Shape{2}, []int64{1, -ir.Limit - 1}), nil, "2^60"},

		{view(same), []ir.ID{f.vec}, ""},
		{view(same), nil, "0 arguments, want 1"},
		{view(same), []ir.ID{f.empty}, "value 99 of"},
		{view(same), []ir.ID{-1}, "value -1 of"},
		{view(same), []ir.ID{f.mat}, "6 elements"},
		{view(func(v *tensor.View) { v.To = tensor.Shape{4} }), []ir.ID{f.vec}, "differ in size"},
		{view(func(v *tensor.View) { v.Index = nil }), []ir.ID{f.vec}, "0 index functions"},
		{view(func(v *tensor.View) { v.Index[0].Terms[0].Axis = 1 }), []ir.ID{f.vec}, "index axis 1"},
		{ir.View{View: view(func(v *tensor.View) { v.Index[0].Offset = 1 }).View, Fill: ir.Limit + 1}, []ir.ID{f.vec}, "2^60"},
		{view(func(v *tensor.View) {
			// Three terms that reach 2⁶³ together: a wrapped bound would deny the padding.
			term := tensor.Term{Axis: 0, Coef: 1 << 31}
			v.Axes, v.To = tensor.Shape{1 << 31}, tensor.Shape{1 << 31}
			v.Index[0].Terms = []tensor.Term{term, term, term, term}
		}), []ir.ID{f.vec}, "leaves ±2^40"},

		{ir.Concat{Axis: 0}, []ir.ID{f.vec, f.vec}, ""},
		{ir.Concat{Axis: 0}, nil, "at least one"},
		{ir.Concat{Axis: 1}, []ir.ID{f.vec, f.vec}, "axis 1"},
		{ir.Concat{Axis: -1}, []ir.ID{f.vec}, "axis -1"},
		{ir.Concat{Axis: 0}, []ir.ID{f.vec, f.mat}, "[2,3]"},

		{ir.Linear{Coefs: []int64{1, -1}, Bias: 3}, []ir.ID{f.vec, f.vec}, ""},
		{ir.Linear{}, nil, "at least one"},
		{ir.Linear{Coefs: []int64{1}}, []ir.ID{f.vec, f.vec}, "1 coefficients for 2 arguments"},
		{ir.Linear{Coefs: []int64{1, 1}}, []ir.ID{f.vec, f.mat}, "shapes [3] and [2,3]"},
		{ir.Linear{Coefs: []int64{1}, Bias: 1}, []ir.ID{f.huge}, "2^60"},
		{ir.Linear{Coefs: []int64{2}}, []ir.ID{f.huge}, "2^60"},
		{ir.Linear{Coefs: []int64{1 << 62}}, []ir.ID{f.vec}, "2^60"},
		{ir.Linear{Coefs: []int64{math.MinInt64}}, []ir.ID{f.vec}, "2^60"},
		{ir.Linear{Coefs: []int64{math.MinInt64}}, []ir.ID{f.even}, "2^60"}, // the products wrap to 0
		{ir.Linear{Coefs: []int64{1}, Bias: math.MinInt64}, []ir.ID{f.vec}, "2^60"},

		{dot(whole), []ir.ID{f.mat, f.vec}, ""},
		{dot(whole), []ir.ID{f.mat}, "1 arguments, want 2"},
		{dot(whole), []ir.ID{f.vec, f.mat}, "labels"},
		{dot(func(c *tensor.Contraction) { c.B = []int{0} }), []ir.ID{f.mat, f.vec}, "extent 3, its label 2"},
		{dot(func(c *tensor.Contraction) { c.Out = []int{0, 0} }), []ir.ID{f.mat, f.vec}, "repeated label 0"},
		{dot(func(c *tensor.Contraction) { c.Out = []int{2} }), []ir.ID{f.mat, f.vec}, "label 2"},
		{dot(func(c *tensor.Contraction) { c.Extents = []int{2, 3, 1} }), []ir.ID{f.mat, f.vec}, "label 2 occurs in no operand"},
		{dot(whole), []ir.ID{f.mat, f.huge}, "2^60"},

		{ir.Gather{}, []ir.ID{f.mat, f.row}, ""},
		{ir.Gather{Batch: 1}, []ir.ID{f.mat, f.rows}, ""},
		{ir.Gather{}, []ir.ID{f.mat}, "1 arguments, want 2"},
		{ir.Gather{}, []ir.ID{f.mat, f.vec}, "leave the rows [0, 1]"},
		{ir.Gather{Batch: 1}, []ir.ID{f.mat, f.row}, "1 axes are shared"},
		{ir.Gather{Batch: -1}, []ir.ID{f.mat, f.row}, "-1 axes are shared"},
		{ir.Gather{Batch: 2}, []ir.ID{f.mat, f.mat}, "2 axes are shared"},

		{ir.Rescale{Multiplier: 1, Shift: 1}, []ir.ID{f.huge}, ""},
		{ir.Rescale{Multiplier: 0, Shift: 1}, []ir.ID{f.vec}, "positive multiplier"},
		{ir.Rescale{Multiplier: -1, Shift: 1}, []ir.ID{f.vec}, "positive multiplier"},
		{ir.Rescale{Multiplier: 1, Shift: 0}, []ir.ID{f.vec}, "shift"},
		{ir.Rescale{Multiplier: 1, Shift: ir.MaxShift + 1}, []ir.ID{f.vec}, "shift"},
		{ir.Rescale{Multiplier: 2, Shift: 1}, []ir.ID{f.huge}, "2^60"},
		{ir.Rescale{Multiplier: 1, Shift: 1}, []ir.ID{f.vec, f.vec}, "2 arguments, want 1"},

		{ir.Lookup{Table: 3}, []ir.ID{f.vec}, ""},
		{ir.Lookup{Table: 0}, []ir.ID{f.vec}, "leave the domain [-2, 4] of table small"},
		{ir.Lookup{Table: 1}, []ir.ID{f.vec}, "leave the domain [-1, 8] of table late"},
		{ir.Lookup{Table: 2}, []ir.ID{f.vec}, "empty"},
		{ir.Lookup{Table: 4}, []ir.ID{f.vec}, "2^60"},
		{ir.Lookup{Table: 5}, []ir.ID{f.vec}, "domain"},
		{ir.Lookup{Table: 6}, []ir.ID{f.vec}, "table 6 of 6"},
		{ir.Lookup{Table: -1}, []ir.ID{f.vec}, "table -1"},

		{ir.Max{Axes: []int{0}}, []ir.ID{f.mat}, ""},
		{ir.Max{Axes: []int{2}}, []ir.ID{f.mat}, "axis 2"},
		{ir.Max{Axes: []int{-1}}, []ir.ID{f.mat}, "axis -1"},
		{ir.Max{Axes: []int{1, 1}}, []ir.ID{f.mat}, "repeated axis 1"},
		{ir.Max{}, nil, "0 arguments, want 1"},
	} {
		before := len(f.p.Nodes)
		_, err := f.p.Add("layer7", c.op, c.args...)
		switch {
		case c.want == "" && err != nil:
			t.Errorf("%#v: %v", c.op, err)
		case c.want != "" && err == nil:
			t.Errorf("%#v on %v: accepted, want an error with %q", c.op, c.args, c.want)
		case c.want != "" && (!strings.Contains(err.Error(), c.want) || !strings.HasPrefix(err.Error(), "layer7 ("+c.op.Kind()+"): ")):
			t.Errorf("%#v: %q, want layer7 (%s): … %s", c.op, err, c.op.Kind(), c.want)
		}
		if c.want != "" && len(f.p.Nodes) != before {
			t.Errorf("%#v: refused, but the program grew", c.op)
		}
	}
}

// TestAddCopiesArguments checks that a program does not share the caller's slice.
func TestAddCopiesArguments(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	args := []ir.ID{f.vec, f.vec}
	id := add(t, f.p, ir.Linear{Coefs: []int64{1, 1}}, args...)
	args[0] = f.huge
	if f.p.Nodes[id].Args[0] != f.vec {
		t.Error("changing the slice given to Add changed the program")
	}
}

// TestInferAllocatesNothing checks that inference on huge shapes, which a small
// file may name, costs no table of their size. Not parallel: it reads the
// allocations of the whole process.
func TestInferAllocatesNothing(t *testing.T) {
	p := &ir.Program{Tables: []ir.Table{{Name: "t", Lo: 0, Values: []int64{1, 2}}}}
	side := 1 << 15
	x := add(t, p, input(func(i *ir.Input) { i.Shape = tensor.Shape{} }))
	v, err := tensor.BroadcastTo(tensor.Shape{}, tensor.Shape{side, side})
	if err != nil {
		t.Fatal(err)
	}
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	big := add(t, p, ir.View{View: v}, x)
	add(t, p, ir.Max{Axes: []int{1}}, big)
	add(t, p, ir.Lookup{Table: 0}, big)
	add(t, p, ir.Linear{Coefs: []int64{1}}, big)
	add(t, p, ir.Rescale{Multiplier: 1, Shift: 1}, big)
	add(t, p, ir.Contract{Contraction: tensor.Elementwise(tensor.Shape{side, side})}, big, big)
	add(t, p, ir.Concat{Axis: 0}, big)
	runtime.ReadMemStats(&after)
	allocated := after.TotalAlloc - before.TotalAlloc
	if allocated > 1<<16 {
		t.Errorf("inference over %d elements allocates %d bytes", side*side, allocated)
	}
}

// TestMaximumOfJoined: the maximum over the axis of a concatenation is at least
// the least element of every part; over another axis it is not.
func TestMaximumOfJoined(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	three := add(t, f.p, ir.NewConst(tensor.Shape{3}, []int64{3, 4, 3}))
	column := func(x ir.ID) ir.ID {
		v, err := tensor.Reshape(tensor.Shape{3}, tensor.Shape{3, 1})
		if err != nil {
			t.Fatal(err)
		}
		return add(t, f.p, ir.View{View: v}, x)
	}
	joined := add(t, f.p, ir.Concat{Axis: 1}, column(f.vec), column(three))
	for _, c := range []struct {
		axes []int
		want ir.Range
	}{
		{[]int{1}, ir.Range{Lo: 3, Hi: 5}},
		{[]int{0, 1}, ir.Range{Lo: 3, Hi: 5}},
		{[]int{0}, ir.Range{Lo: -2, Hi: 5}},
		{nil, ir.Range{Lo: -2, Hi: 5}},
	} {
		if got := f.p.Nodes[add(t, f.p, ir.Max{Axes: c.axes}, joined)].Range; got != c.want {
			t.Errorf("axes %v: %v, want %v", c.axes, got, c.want)
		}
	}
	if got := f.p.Nodes[add(t, f.p, ir.Max{Axes: []int{0}}, f.vec)].Range; got != (ir.Range{Lo: -2, Hi: 5}) {
		t.Errorf("of an input: %v", got)
	}
}
