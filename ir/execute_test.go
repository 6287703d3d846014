// SPDX-License-Identifier: Apache-2.0

package ir_test

import (
	"fmt"
	"math/big"
	"math/rand/v2"
	"runtime"
	"slices"
	"testing"

	"github.com/zkml-go/zkml/internal/oracle"
	"github.com/zkml-go/zkml/ir"
	"github.com/zkml-go/zkml/tensor"
)

// definitions runs p by the definitions of its ops, one node after another.
func definitions(p *ir.Program, inputs [][]int64) [][]int64 {
	values := make([][]int64, len(p.Nodes))
	for i, id := range p.Inputs {
		values[id] = inputs[i]
	}
	for id, n := range p.Nodes {
		if values[id] != nil {
			continue
		}
		args := make([]ir.Tensor, len(n.Args))
		for i, a := range n.Args {
			args[i] = ir.Tensor{Shape: p.Nodes[a].Shape, Data: values[a]}
		}
		values[id] = n.Op.Eval(p, args)
	}
	return values
}

// TestExecuteKeeps compares what runs keep with the oracle, for random choices of
// nodes to keep, and checks that they hold nothing else: a value that was not asked
// for is freed or was never there.
func TestExecuteKeeps(t *testing.T) {
	t.Parallel()
	programs := 300
	if testing.Short() {
		programs = 60
	}
	paths, held, nodes := map[string]int{}, 0, 0
	for seed := range uint64(programs) {
		rng := rand.New(rand.NewPCG(seed, 3))
		p := oracle.Random(rng, 16)
		inputs := oracle.Inputs(rng, p)
		want := oracle.Run(p, inputs)
		plan := p.Plan()
		for path, n := range plan.Paths() {
			paths[path] += n
		}
		for try := range 3 {
			kept := map[ir.ID]bool{}
			for _, o := range p.Outputs {
				kept[o.ID] = true
			}
			for id := range p.Nodes {
				if rng.IntN(4) < try {
					kept[ir.ID(id)] = true
				}
			}
			run, err := plan.Execute(inputs, func(id ir.ID) bool { return kept[id] })
			if err != nil {
				t.Fatalf("seed %d: %v", seed, err)
			}
			for id := range kept {
				if d := differs(run.Values(id), want[id]); d != "" {
					t.Fatalf("seed %d, try %d, node %d (%s): %s", seed, try, id, p.Nodes[id].Op.Kind(), d)
				}
			}
			for i, out := range run.Outputs() {
				if d := differs(run.Values(p.Outputs[i].ID), want[p.Outputs[i].ID]); d != "" || len(out) != len(want[p.Outputs[i].ID]) {
					t.Fatalf("seed %d: output %d: %s", seed, i, d)
				}
			}
			if len(run.Held()) > len(kept) {
				t.Fatalf("seed %d: %d nodes are kept, values of %v are held", seed, len(kept), run.Held())
			}
			held, nodes = held+len(run.Held()), nodes+len(p.Nodes)
		}
	}
	if held > nodes*2/3 {
		t.Errorf("%d of %d values are held: little is freed", held, nodes)
	}
	for _, path := range []string{"elementwise", "contract sweep", "contract dots", "contract matrix", "max sweep", "max dots",
		"*ir.concatHead", "*ir.gatherHead", "tail", "read through a view", "regrouping view"} {
		if paths[path] < programs/10 {
			t.Errorf("%d of %d plans have a stage %q: the test does not cover it", paths[path], programs, path)
		}
	}
}

func differs(got ir.Values, want []*big.Int) string {
	if got.Len() != len(want) {
		return fmt.Sprintf("%d elements, want %d", got.Len(), len(want))
	}
	for k, w := range want {
		if x := got.At(k); w.Cmp(big.NewInt(x)) != 0 {
			return fmt.Sprintf("element %d is %d, want %d", k, x, w)
		}
	}
	return ""
}

// TestNetworks compares every value of networks with the layers of real ones with
// the definitions of the ops.
func TestNetworks(t *testing.T) {
	t.Parallel()
	for name, n := range map[string]*network{
		"lenet5": leNet5(t), "mobilenetv2": mobileNetV2(t, 10, 48), "gpt2": gpt2(t, 2, 128, 19, 300), "one token": gpt2(t, 1, 64, 1, 70),
	} {
		in := n.randomInput()
		want := definitions(n.p, in)
		trace, err := n.p.Run(in)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		for id := range want {
			if !slices.Equal(trace[id], want[id]) {
				t.Fatalf("%s: node %d (%s) of shape %v differs from its definition", name, id, n.p.Nodes[id].Op.Kind(), n.p.Nodes[id].Shape)
			}
			lo, hi := slices.Min(want[id]), slices.Max(want[id])
			if r := n.p.Nodes[id].Range; !r.Contains(lo) || !r.Contains(hi) {
				t.Fatalf("%s: node %d: values in [%d, %d] leave %v", name, id, lo, hi, r)
			}
		}
		run, err := n.p.Execute(in, nil)
		if err != nil {
			t.Fatal(err)
		}
		if out := n.p.Outputs[0].ID; !slices.Equal(run.Outputs()[0], want[out]) {
			t.Fatalf("%s: the output differs where nothing is kept", name)
		}
	}
}

// TestThreads runs a network on different numbers of threads. Not parallel: it
// sets GOMAXPROCS.
func TestThreads(t *testing.T) {
	n := mobileNetV2(t, 10, 40)
	in := n.randomInput()
	var want [][]int64
	for _, threads := range []int{1, 2, 3, 7} {
		before := runtime.GOMAXPROCS(threads)
		trace, err := n.p.Run(in)
		runtime.GOMAXPROCS(before)
		if err != nil {
			t.Fatal(err)
		}
		if want == nil {
			want = trace
		}
		for id := range want {
			if !slices.Equal(trace[id], want[id]) {
				t.Fatalf("%d threads: node %d differs", threads, id)
			}
		}
	}
}

// TestWidthOfValues checks that values take the bytes that their range needs, and
// that a run copies its inputs.
func TestWidthOfValues(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		r     ir.Range
		bytes int
	}{
		{ir.Range{Lo: -128, Hi: 127}, 1}, {ir.Range{Lo: 0, Hi: 255}, 1}, {ir.Range{Lo: -128, Hi: 128}, 2},
		{ir.Range{Lo: 0, Hi: 1 << 16}, 4}, {ir.Range{Lo: -ir.Limit, Hi: ir.Limit}, 8},
	} {
		p := &ir.Program{}
		x := add(t, p, ir.Input{Name: "x", Shape: tensor.Shape{2}, Declared: c.r, Scale: 1, Visibility: ir.Public})
		in := []int64{c.r.Lo, c.r.Hi}
		run, err := p.Execute([][]int64{in}, func(ir.ID) bool { return true })
		if err != nil {
			t.Fatal(err)
		}
		in[0] = 0
		v := run.Values(x)
		if got := v.Int64s(); v.Bytes() != c.bytes || v.Len() != 2 || !slices.Equal(got, []int64{c.r.Lo, c.r.Hi}) {
			t.Errorf("%v: %v in %d bytes, want %d", c.r, got, v.Bytes(), c.bytes)
		}
	}
}

// TestValuesNotKept checks that asking for a value that was not kept panics.
func TestValuesNotKept(t *testing.T) {
	t.Parallel()
	p := &ir.Program{}
	x := add(t, p, ir.Input{Name: "x", Shape: tensor.Shape{2}, Declared: ir.Range{Lo: 0, Hi: 1}, Scale: 1, Visibility: ir.Public})
	run, err := p.Execute([][]int64{{0, 1}}, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if recover() == nil {
			t.Error("no panic")
		}
	}()
	run.Values(x)
}

// TestConcatAcrossChunks joins pieces that start and end inside chunks.
func TestConcatAcrossChunks(t *testing.T) {
	t.Parallel()
	for seed := range uint64(40) {
		rng := rand.New(rand.NewPCG(seed, 0))
		p := &ir.Program{}
		var args []ir.ID
		outer := 1 + rng.IntN(5)
		for range 1 + rng.IntN(4) {
			s := tensor.Shape{outer, 1 + rng.IntN(700)}
			data := make([]int64, s.Size())
			for i := range data {
				data[i] = rng.Int64N(1000) - 500
			}
			args = append(args, add(t, p, ir.NewConst(s, data)))
		}
		id := add(t, p, ir.Concat{Axis: 1}, args...)
		want := definitions(p, nil)[id]
		if trace := run(t, p); !slices.Equal(trace[id], want) {
			t.Fatalf("seed %d: the concatenation of %d tensors differs from its definition", seed, len(args))
		}
	}
}

// TestNoKernel runs a view with more padded axes than kernels read through, by its
// definition, alone and as an operand.
func TestNoKernel(t *testing.T) {
	t.Parallel()
	p := &ir.Program{}
	s := tensor.Shape{2, 3, 2, 2, 2}
	x := add(t, p, ir.Input{Name: "x", Shape: s, Declared: ir.Range{Lo: -9, Hi: 9}, Scale: 1, Visibility: ir.Public})
	ones := []int{1, 1, 1, 1, 1}
	v, err := tensor.Pad(s, ones, ones)
	if err != nil {
		t.Fatal(err)
	}
	pad := add(t, p, ir.View{View: v, Fill: 5}, x)
	square := add(t, p, ir.Contract{Contraction: tensor.Elementwise(v.To)}, pad, pad)
	twice := add(t, p, ir.Linear{Coefs: []int64{2}}, pad)
	top := add(t, p, ir.Max{Axes: []int{0, 2}}, pad)
	in := make([]int64, s.Size())
	for i := range in {
		in[i] = int64(i%19 - 9)
	}
	want := definitions(p, [][]int64{in})
	trace := run(t, p, in)
	for _, id := range []ir.ID{pad, square, twice, top} {
		if !slices.Equal(trace[id], want[id]) {
			t.Errorf("node %d (%s) differs from its definition", id, p.Nodes[id].Op.Kind())
		}
	}
	if n := p.Plan().Paths()["*ir.evalHead"]; n != 1 {
		t.Errorf("%d nodes without a kernel, want 1", n)
	}
}

// TestPlanIsShared runs one plan on several threads at a time.
func TestPlanIsShared(t *testing.T) {
	t.Parallel()
	n := leNet5(t)
	in := n.randomInput()
	plan := n.p.Plan()
	first, err := plan.Execute(in, nil)
	if err != nil {
		t.Fatal(err)
	}
	for i := range 4 {
		t.Run(fmt.Sprint(i), func(t *testing.T) {
			t.Parallel()
			again, err := plan.Execute(in, nil)
			if err != nil {
				t.Fatal(err)
			}
			if !slices.Equal(again.Outputs()[0], first.Outputs()[0]) {
				t.Error("two runs of a plan differ")
			}
		})
	}
}
