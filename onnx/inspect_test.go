// SPDX-License-Identifier: Apache-2.0

package onnx

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/zkml-go/zkml/tensor"
)

// TestInfo compares the description of a small network with numbers worked out by
// hand: 18 + 2 + 16 parameters; 4·4·9·2 multiply-accumulates in the convolution
// and 8·2 in the dense layer.
func TestInfo(t *testing.T) {
	c := strings.Replace(small, "opset 13", "ir 7\nopset 13\nopset com.acme 3", 1)
	info, err := Inspect(marshal(c))
	if err != nil {
		t.Fatal(err)
	}
	want := &Info{
		IRVersion: 7, Opsets: []string{"ai.onnx 13", "com.acme 3"}, Nodes: 5,
		Operators:  []OperatorCount{{"Conv", 1}, {"Flatten", 1}, {"Gemm", 1}, {"MaxPool", 1}, {"Relu", 1}},
		Parameters: 36, MACs: 304, Open: []OpenInput{{"x", []string{"batch", "1", "4", "4"}}},
	}
	if d := cmp.Diff(want, info); d != "" {
		t.Errorf("(-want +got)\n%s", d)
	}
}

// TestInspect lists all nodes that cannot be lowered: those after a failure are
// reached where the model declares shapes or a failed value is not in the way,
// and what can be lowered is counted.
func TestInspect(t *testing.T) {
	info, err := Inspect(marshal(`
opset 13
input x float [1,2]
init w float [2,3] wave
value h float [1,2]
bad: MatMul x w -> unused
shape: MatMul w x -> lost     # fails with w already a constant
after: Relu lost -> gone      # not reported: its input failed
odd: Telu x -> h
tail: Frob h -> z             # reported: h is declared
dense: MatMul h w -> y
late: Gurk lost -> g          # reported: the operator is not known
output y
output z
output gone
output g`))
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for i := range info.Unsupported {
		got = append(got, info.Unsupported[i].Error())
	}
	want := []string{
		`node "shape" (MatMul, opset 13): matrix product of shapes [2,3] and [1,2]: inner extents 3 and 1`,
		`node "odd" (Telu, opset 13): operator Telu is not supported`,
		`node "tail" (Frob, opset 13): operator Frob is not supported`,
		`node "late" (Gurk, opset 13): operator Gurk is not supported`,
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("(-want +got)\n%s", d)
	}
	if info.MACs != 6 {
		t.Errorf("%d multiply-accumulates, want 6 of the dense layer", info.MACs)
	}
}

// TestLoadError counts the other nodes that cannot be lowered.
func TestLoadError(t *testing.T) {
	_, info, err := Load(marshal("opset 13\ninput x float [2]\na: Telu x -> y\nb: Frob x -> z\noutput y\noutput z"))
	if err == nil || err.Error() != `node "a" (Telu, opset 13): operator Telu is not supported (and 1 more)` {
		t.Error(err)
	}
	if info == nil || len(info.Unsupported) != 2 {
		t.Errorf("%+v", info)
	}
}

// TestInputShape fixes open dimensions.
func TestInputShape(t *testing.T) {
	model := marshal("opset 13\ninput x float [N,seq,2]\ninput h float [1,N]\ninput k float [seq]\n" +
		"Relu x -> y\nRelu h -> z\noutput y\noutput z\noutput k")
	shapes := func(opts ...Option) string {
		g, _, err := Load(model, opts...)
		if err != nil {
			return err.Error()
		}
		var s strings.Builder
		for _, id := range g.Inputs {
			s.WriteString(g.Nodes[id].Shape.String())
		}
		return s.String()
	}
	for _, c := range []struct {
		opts []Option
		want string
	}{
		{nil, `input "x": dimension 1 ("seq") is not fixed by the model; give the input's shape`},
		{[]Option{InputShape("x", tensor.Shape{1, 5, 2})}, "[1,5,2][1,1]"},
		{[]Option{InputShape("x", tensor.Shape{3, 5, 2})}, "[3,5,2][1,3]"},
		{[]Option{InputShape("k", tensor.Shape{4})}, "[4]"},
		{[]Option{InputShape("x", tensor.Shape{3, 5, 3})}, `input "x": shape [3,5,3] is given, the model declares 2 for dimension 2`},
		{[]Option{InputShape("x", tensor.Shape{3, 5})}, `input "x": shape [3,5] is given, the model declares 3 dimensions`},
		{[]Option{InputShape("x", tensor.Shape{3, 5, 2}), InputShape("h", tensor.Shape{1, 4})}, `is given, but "N" is`},
		{[]Option{InputShape("q", tensor.Shape{3})}, `a shape is given for "q", which is not an input of the model`},
		{[]Option{InputShape("x", tensor.Shape{0, 5, 2})}, `axis 0 has extent 0`},
	} {
		if got := shapes(c.opts...); !strings.Contains(got, c.want) {
			t.Errorf("got %s, want %s", got, c.want)
		}
	}
}

// TestOpen lists what --input-shape may be about.
func TestOpen(t *testing.T) {
	const text = "opset 13\ninput x float [N,?,2]\ninput h float [1,3]\ninput k float\nRelu x -> y\noutput y"
	for want, opts := range map[string][]Option{
		"[{x [N N 2]} {k []}]": nil,
		"[{k []}]":             {InputShape("x", tensor.Shape{1, 5, 2})},
		"[]":                   {InputShape("x", tensor.Shape{1, 5, 2}), InputShape("k", tensor.Shape{4})},
	} {
		info, err := Inspect(marshal(text), opts...)
		if err != nil {
			t.Fatal(err)
		}
		if got := fmt.Sprint(info.Open); got != want {
			t.Errorf("%v, want %s", got, want)
		}
	}
}

// TestOldInitializers loads a file of IR version 3, which lists its weights as
// inputs.
func TestOldInitializers(t *testing.T) {
	g, _, err := Load(marshal("ir 3\nopset 8\ninput w float [2]\ninput x float [2]\ninit w float [2] 1 2\nAdd x w -> y\noutput y"))
	if err != nil {
		t.Fatal(err)
	}
	if len(g.Inputs) != 1 || g.Nodes[g.Inputs[0]].Name != "x" {
		t.Errorf("inputs %v of\n%v", g.Inputs, g)
	}
}
