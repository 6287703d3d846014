// SPDX-License-Identifier: Apache-2.0

package ort_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/zkml-go/zkml/internal/npy"
	"github.com/zkml-go/zkml/internal/onnxtest"
	"github.com/zkml-go/zkml/internal/onnxwrite"
	"github.com/zkml-go/zkml/internal/ort"
	"github.com/zkml-go/zkml/tensor"
)

// write writes a model from its text, whose last output has elements of a type.
func write(t *testing.T, last, text string) string {
	t.Helper()
	m := onnxtest.MustParse(text).Model
	m.Outputs[len(m.Outputs)-1].Type = onnxwrite.Types[last]
	path := filepath.Join(t.TempDir(), "model.onnx")
	if err := os.WriteFile(path, m.Marshal(), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// TestRun: inputs in the model's order, of several types, and outputs by name.
func TestRun(t *testing.T) {
	t.Parallel()
	runtime(t)
	path := write(t, "int64", `
ir 8
opset 17
input x float [1,3]
input i int64 [1]
Gather x i -> y axis=1
ArgMax x -> at axis=1 keepdims=0
output y
output at
`)
	got, err := ort.Run(t.Context(), ".", path, []*npy.Array{
		{Shape: tensor.Shape{2, 1, 3}, Data: []float64{1, 5, 2, -1, -5, 0.5}},
		{Shape: tensor.Shape{2, 1}, Data: []float64{2, 0}},
	})
	if err != nil {
		t.Fatal(err)
	}
	want := []*npy.Array{
		{Name: "y", Shape: tensor.Shape{2, 1, 1}, Data: []float64{2, -1}},
		{Name: "at", Shape: tensor.Shape{2, 1}, Data: []float64{1, 2}},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestRunFails(t *testing.T) {
	t.Parallel()
	runtime(t)
	good := write(t, "float", "ir 8\nopset 17\ninput x float [1,3]\nRelu x -> y\noutput y")
	x := func(shape ...int) []*npy.Array {
		return []*npy.Array{{Shape: shape, Data: make([]float64, tensor.Shape(shape).Size())}}
	}
	for name, c := range map[string]struct {
		model  string
		inputs []*npy.Array
		want   string
	}{
		"no model":    {"missing.onnx", x(1, 1, 3), "missing.onnx"},
		"no operator": {write(t, "float", "ir 8\nopset 17\ninput x float [1,3]\nFrobnicate x -> y\noutput y"), x(1, 1, 3), "Frobnicate"},
		"other shape": {good, x(1, 1, 4), "dimensions"},
		"no input":    {good, nil, "in0.npy"},
	} {
		if out, err := ort.Run(t.Context(), ".", c.model, c.inputs); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, %v; want an error with %q", name, out, err, c.want)
		}
	}
}
