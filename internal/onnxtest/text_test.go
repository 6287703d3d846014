// SPDX-License-Identifier: Apache-2.0

package onnxtest_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/zkml-go/zkml/internal/onnxtest"
	"github.com/zkml-go/zkml/internal/onnxwrite"
)

// TestParse reads every form of line and value.
func TestParse(t *testing.T) {
	t.Parallel()
	got, err := onnxtest.Parse(`
ir 3          # a comment
opset 13
opset com.acme 2
input x float [2,N,?]
input k int64 [3] range
value h bool
init w float [2] 1 -2.5
n: com.acme.Op x _ -> y i=-7 f=1.5 s="text" is=[1,2] fs=[1.0,inf] ss=["a","b"] none=[] t=float[2](1,2)
graph g
Neg y -> q
output q
end
If k -> r then=graph:g
Relu y -> z
output z
`)
	if err != nil {
		t.Fatal(err)
	}
	float, int64s := onnxwrite.Types["float"], onnxwrite.Types["int64"]
	inf := float32(1)
	for range 400 {
		inf *= 2
	}
	want := onnxtest.Case{
		Values: map[string][]float64{"k": {0, 1, 2}},
		Model: onnxwrite.Model{
			IRVersion: 3, Opsets: map[string]int64{"": 13, "com.acme": 2},
			Inputs:  []onnxwrite.Value{{Name: "x", Type: float, Dims: []any{2, "N", nil}}, {Name: "k", Type: int64s, Dims: []any{3}}},
			Outputs: []onnxwrite.Value{{Name: "z", Type: float}},
			Values:  []onnxwrite.Value{{Name: "h", Type: onnxwrite.Types["bool"]}},
			Inits:   []onnxwrite.Tensor{{Name: "w", Type: float, Dims: []int64{2}, Data: []float64{1, -2.5}}},
			Nodes: []onnxwrite.Node{
				{Name: "n", Op: "Op", Domain: "com.acme", In: []string{"x", ""}, Out: []string{"y"}, Attrs: map[string]any{
					"i": int64(-7), "f": float32(1.5), "s": "text", "is": []int64{1, 2}, "fs": []float32{1, inf}, "ss": []string{"a", "b"}, "none": []int64{},
					"t": onnxwrite.Tensor{Type: float, Dims: []int64{2}, Data: []float64{1, 2}},
				}},
				{Op: "If", In: []string{"k"}, Out: []string{"r"}, Attrs: map[string]any{"then": onnxwrite.Model{
					Nodes:   []onnxwrite.Node{{Op: "Neg", In: []string{"y"}, Out: []string{"q"}, Attrs: map[string]any{}}},
					Outputs: []onnxwrite.Value{{Name: "q", Type: float}},
				}}},
				{Op: "Relu", In: []string{"y"}, Out: []string{"z"}, Attrs: map[string]any{}},
			},
		},
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("(-want +got)\n%s", d)
	}
}

// TestParseErrors lists texts that are not models.
func TestParseErrors(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"opset":                         "line 1: 1 words, want at least 2",
		"\nopset x":                     "line 2: ",
		"input x frob [1]":              "want name, type and dimensions",
		"input x float [2] 1":           "1 elements, want 2",
		"input x float [N] wave":        "wave of -1 elements",
		"input x float [99999] wave":    "wave of 99999 elements",
		"init w float [N] 1":            "initializer of open shape",
		"init w float [1] a":            "invalid syntax",
		"n:":                            "node n has no operator",
		"Op x -> y a=b":                 "attribute a: ",
		"Op x -> y a=[1,b]":             "attribute a: ",
		"Op x -> y a=[1.0,b]":           "attribute a: ",
		"Op x -> y a=float[b](1)":       "attribute a: ",
		"Op x -> y a=float[1](b)":       "attribute a: ",
		"value h float [1] 1\ninit w":   "line 2: 2 words",
		"graph a\ngraph b":              "line 2: graph b inside graph a",
		"If c -> y a=graph:g":           `no graph "g" before this line`,
		"graph g\nIf c -> y a=graph:g":  `no graph "g" before this line`,
		"graph":                         "line 1: 1 words, want at least 2",
		"ir " + strings.Repeat("9", 30): "line 1: ",
	} {
		_, err := onnxtest.Parse(text)
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: got %v, want %s", text, err, want)
		}
	}
}
