// SPDX-License-Identifier: Apache-2.0

package onchain_test

import (
	"bytes"
	"errors"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/zkml-go/zkml/examples"
	"github.com/zkml-go/zkml/export/onchain"
	"github.com/zkml-go/zkml/internal/exemplar"
	"github.com/zkml-go/zkml/internal/oracle"
	"github.com/zkml-go/zkml/ir"
	"github.com/zkml-go/zkml/tensor"
)

// That what Encode writes computes what the program says is tested with the contract, in package contracts.

func input(p *ir.Program, name string, shape tensor.Shape, r ir.Range) ir.ID {
	id, err := p.Add(name, ir.Input{Name: name, Shape: shape, Declared: r, Scale: 1, Visibility: ir.Public})
	if err != nil {
		panic(err)
	}
	return id
}

func add(p *ir.Program, name string, op ir.Op, args ...ir.ID) ir.ID {
	id, err := p.Add(name, op, args...)
	if err != nil {
		panic(err)
	}
	return id
}

func output(p *ir.Program, id ir.ID) {
	p.Outputs = append(p.Outputs, ir.Output{Name: "y", ID: id, Scale: 1, Visibility: ir.Public})
}

// TestRefused asks for programs that are too large for the contract: the error names the node.
func TestRefused(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		build        func(p *ir.Program)
		node, reason string
	}{
		"frame": {func(p *ir.Program) {
			x := input(p, "x", tensor.Shape{40_000}, ir.Range{Lo: 0, Hi: 255})
			output(p, add(p, "twice", ir.Linear{Coefs: []int64{2}}, x))
		}, "twice", "a frame to 80000 cells, and one has at most 65536"},
		"constants": {func(p *ir.Program) {
			x := input(p, "x", tensor.Shape{2}, ir.Range{Lo: 0, Hi: 1})
			c := add(p, "wide", ir.NewConst(tensor.Shape{2}, []int64{-1 << 58, 1 << 58}))
			output(p, add(p, "sum", ir.Linear{Coefs: []int64{1, 1}}, x, c))
		}, "sum", "do not fit 7 bytes"},
		"padding": {func(p *ir.Program) {
			x := input(p, "x", tensor.Shape{1, 4}, ir.Range{Lo: 0, Hi: 1})
			v := tensor.View{From: tensor.Shape{1, 4}, Axes: tensor.Shape{5, 2}, To: tensor.Shape{5, 2}, Index: []tensor.Affine{
				{}, {Offset: -1, Terms: []tensor.Term{{Axis: 0, Coef: 1}, {Axis: 1, Coef: 1}}}}}
			output(p, add(p, "most", ir.Max{Axes: []int{1}}, add(p, "windows", ir.View{View: v, Fill: -1 << 60}, x)))
		}, "windows", "the padding"},
	} {
		p := &ir.Program{}
		test.build(p)
		_, err := onchain.Encode(p)
		var refused *onchain.NodeError
		if !errors.As(err, &refused) || refused.Node != test.node || !strings.Contains(err.Error(), test.reason) {
			t.Errorf("%s: got error %v, want one of node %s with %q", name, err, test.node, test.reason)
		}
	}
}

// TestWideSums multiplies padded windows with weights whose sums fit no lane, so that loops multiply what dense
// ops would: the padding is there once, as it is for weights whose sums fit.
func TestWideSums(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name                   string
		weight                 int64
		macs, ops, cells, data int
	}{
		// The padding is two ops. Dense: biases and three words of weights; the result is cleared before.
		{"dense", 1 << 36, 24, 4, 4 + 6 + 8, 4 * 32},
		// Loops: the weights are cells, one byte each above their least.
		{"loops", 1 << 38, 24, 5, 4 + 6 + 6 + 8, 6},
	} {
		p := &ir.Program{}
		x := input(p, "x", tensor.Shape{4}, ir.Range{Lo: 0, Hi: 1 << 20})
		windows := add(p, "windows", ir.View{View: tensor.View{From: tensor.Shape{4}, Axes: tensor.Shape{4, 3}, To: tensor.Shape{4, 3},
			Index: []tensor.Affine{{Offset: -1, Terms: []tensor.Term{{Axis: 0, Coef: 1}, {Axis: 1, Coef: 1}}}}}}, x)
		weights := make([]int64, 6)
		for i := range weights {
			weights[i] = test.weight + int64(i)
		}
		w := add(p, "w", ir.NewConst(tensor.Shape{3, 2}, weights))
		output(p, add(p, "sums", ir.Contract{Contraction: tensor.Contraction{
			Extents: []int{4, 2, 3}, A: []int{0, 2}, B: []int{2, 1}, Out: []int{0, 1}}}, windows, w))
		m, err := onchain.Encode(p)
		if err != nil {
			t.Fatal(err)
		}
		ops := 0
		for _, l := range m.Layers {
			ops += l.Ops
		}
		if m.MACs() != test.macs || ops != test.ops || m.Cells != test.cells || len(m.Data) != test.data {
			t.Errorf("%s: %d MACs, %d ops, %d cells, %d bytes of data; want %d, %d, %d, %d",
				test.name, m.MACs(), ops, m.Cells, len(m.Data), test.macs, test.ops, test.cells, test.data)
		}
	}
}

// TestLongList asks for a program whose list is longer than code may be.
func TestLongList(t *testing.T) {
	t.Parallel()
	p := &ir.Program{}
	x := input(p, "x", tensor.Shape{2}, ir.Range{Lo: 0, Hi: 1})
	for range 2000 {
		x = add(p, "not", ir.Linear{Coefs: []int64{-1}, Bias: 1}, x)
	}
	output(p, x)
	if _, err := onchain.Encode(p); err == nil || !strings.Contains(err.Error(), "the layer list has") {
		t.Errorf("got error %v", err)
	}
}

// TestExamples checks the sizes of what becomes of the example networks: a multiplication for each of theirs,
// lanes as wide as the sums and no wider.
func TestExamples(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		model                       []byte
		macs, layers, cells, pieces int
	}{
		"mlp":    {examples.MLP(), 784*128 + 128*10, 2, 784 + 128, 13},
		"lenet5": {examples.LeNet5(), 416_520, 7, 6512, 9},
	} {
		m, err := onchain.Encode(exemplar.Program(t, test.model))
		if err != nil {
			t.Fatal(err)
		}
		if m.MACs() != test.macs || len(m.Layers) != test.layers || m.Cells != test.cells || len(m.Pieces()) != test.pieces {
			t.Errorf("%s: %d MACs in %d layers, %d cells, %d pieces", name, m.MACs(), len(m.Layers), m.Cells, len(m.Pieces()))
		}
		if !bytes.Equal(bytes.Join(m.Pieces(), nil), m.Data) {
			t.Errorf("%s: the pieces are not the data", name)
		}
		for i, piece := range m.Pieces() {
			if len(piece) != onchain.PieceBytes && i < len(m.Pieces())-1 {
				t.Errorf("%s: piece %d has %d bytes", name, i, len(piece))
			}
		}
	}
}

// TestDeterministic encodes programs twice.
func TestDeterministic(t *testing.T) {
	t.Parallel()
	for seed := range uint64(50) {
		p := oracle.Random(rand.New(rand.NewPCG(seed, 2)), 12)
		a, err := onchain.Encode(p)
		if err != nil {
			t.Fatal(err)
		}
		b, err := onchain.Encode(p)
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(a.List, b.List) || !bytes.Equal(a.Data, b.Data) {
			t.Errorf("seed %d: two encodings differ", seed)
		}
	}
}

// TestStates checks the bytes of inputs and outputs: those of a statement.
func TestStates(t *testing.T) {
	t.Parallel()
	p := &ir.Program{}
	x := input(p, "x", tensor.Shape{2}, ir.Range{Lo: -2, Hi: 200})
	z := input(p, "z", tensor.Shape{2}, ir.Range{Lo: 0, Hi: 9})
	output(p, add(p, "sum", ir.Linear{Coefs: []int64{1, 1}}, x, z))
	output(p, x)
	m, err := onchain.Encode(p)
	if err != nil {
		t.Fatal(err)
	}
	got, err := m.Input([][]int64{{-2, 200}, {3, 9}})
	want := append([]byte{0x7f, 0xfe, 0x80, 200}, make([]byte, 26)...)
	want[28], want[29] = 3, 9
	if diff := cmp.Diff(want, got); diff != "" || err != nil {
		t.Errorf("error %v, input (-want +got):\n%s", err, diff)
	}
	for name, bad := range map[string][][]int64{
		"tensors": {{0, 0}}, "elements": {{0}, {0, 0}}, "below": {{-3, 0}, {0, 0}}, "above": {{0, 0}, {0, 10}},
	} {
		if _, err := m.Input(bad); !errors.Is(err, ir.ErrInput) {
			t.Errorf("%s: got error %v, want ErrInput", name, err)
		}
	}
	state := append([]byte{0x80, 1, 0x80, 209}, make([]byte, 28)...)
	copy(state[28:], []byte{0x7f, 0xfe, 0x80, 200})
	values, err := m.Output(state)
	if diff := cmp.Diff([][]int64{{1, 209}, {-2, 200}}, values); diff != "" || err != nil {
		t.Errorf("error %v, outputs (-want +got):\n%s", err, diff)
	}
	for _, n := range []int{0, 27, 31, 33} {
		if values, err := m.Output(make([]byte, n)); err == nil {
			t.Errorf("%d bytes are outputs %v", n, values)
		}
	}
}
