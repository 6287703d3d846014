// SPDX-License-Identifier: Apache-2.0

package onnx

import (
	"encoding/csv"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/zkml-go/zkml/graph"
	"github.com/zkml-go/zkml/internal/onnxtest"
	"github.com/zkml-go/zkml/tensor"
)

const (
	mnist  = "models/microsoft+onnxruntime-inference-examples/c_cxx/MNIST/mnist.onnx"
	cifar  = "models/Lagrange-Labs+deep-prove/zkml/assets/scripts/CNN/cnn-cifar-01.onnx"
	digits = "models/owulveryck+onnx-go/internal/examples/mnist/test_data_set_%d/%s_0.pb"
)

func read(t *testing.T, path string) []byte {
	t.Helper()
	data, err := os.ReadFile(onnxtest.Shared(t, path))
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func load(t *testing.T, path string, opts ...Option) *graph.Graph {
	t.Helper()
	g, _, err := Load(read(t, path), opts...)
	if err != nil {
		t.Fatal(err)
	}
	return g
}

// run evaluates a graph of one input and one output.
func run(t *testing.T, g *graph.Graph, x []float64) []float64 {
	t.Helper()
	values, err := g.Eval([][]float64{x})
	if err != nil {
		t.Fatal(err)
	}
	return values[g.Outputs[0].ID]
}

// TestMNIST runs the CNTK network of ONNX Runtime's examples on the digits that
// are published with it.
func TestMNIST(t *testing.T) {
	g := load(t, mnist)
	for k := range 3 {
		in, err := decodeReals(read(t, fmt.Sprintf(digits, k, "input")))
		if err != nil {
			t.Fatal(err)
		}
		want, err := decodeReals(read(t, fmt.Sprintf(digits, k, "output")))
		if err != nil {
			t.Fatal(err)
		}
		if err := near(run(t, g, in), want); err != nil {
			t.Errorf("digit %d: %v", k, err)
		}
	}
}

// TestCIFAR counts the images that deep-prove's network classifies as labelled:
// ONNX Runtime 1.30 finds 69 of the same 100.
func TestCIFAR(t *testing.T) {
	g := load(t, cifar)
	f, err := os.Open(onnxtest.Shared(t, "models/eth-sri+eran/data/cifar10_test.csv"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	right := 0
	for _, row := range rows {
		x := make([]float64, 3072) // the file is HWC, the network CHW
		for i, s := range row[1:] {
			v, err := strconv.ParseFloat(s, 64)
			if err != nil {
				t.Fatal(err)
			}
			x[i%3*1024+i/3] = (v/255 - 0.5) / 0.5
		}
		y := run(t, g, x)
		if strconv.Itoa(slices.Index(y, slices.Max(y))) == row[0] {
			right++
		}
	}
	if len(rows) != 100 || right != 69 {
		t.Errorf("%d of %d right, want 69 of 100", right, len(rows))
	}
}

// TestModels loads every third-party model and compares what Inspect says with a
// golden file: parameters and operations, or the operators that are missing.
func TestModels(t *testing.T) {
	root := onnxtest.Shared(t, "models")
	var got strings.Builder
	err := filepath.WalkDir(root, func(path string, _ fs.DirEntry, err error) error {
		if err != nil || !strings.HasSuffix(path, ".onnx") {
			return err
		}
		data, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		name := strings.TrimPrefix(filepath.ToSlash(path), filepath.ToSlash(root)+"/")
		fmt.Fprintf(&got, "%s: %s\n", name, verdict(data))
		if s, ok := openShapes[name]; ok {
			fmt.Fprintf(&got, "%s, %s %v: %s\n", name, s.input, s.shape, verdict(data, InputShape(s.input, s.shape)))
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	golden(t, "testdata/models.golden", got.String())
}

// openShapes fixes inputs that models leave open beyond the batch.
var openShapes = map[string]struct {
	input string
	shape tensor.Shape
}{
	"AdvancedClimateSystems+gonnx/sample_models/onnx_models/gru.onnx":  {"data_input", tensor.Shape{1, 5, 3}},
	"onnx+sklearn-onnx/tests/datasets/treecl.onnx":                     {"input", tensor.Shape{1, 100}},
	"onnx+sklearn-onnx/tests/datasets/treecl2.onnx":                    {"input", tensor.Shape{1, 100}},
	"onnx+sklearn-onnx/tests/datasets/treecl3.onnx":                    {"input", tensor.Shape{1, 100}},
	"sonos+tract/onnx/test_cases/qtdnn_10x5_101_i32_biases/model.onnx": {"input", tensor.Shape{10, 10}},
}

func verdict(data []byte, opts ...Option) string {
	info, err := Inspect(data, opts...)
	if err != nil {
		return err.Error()
	}
	if len(info.Unsupported) == 0 {
		return fmt.Sprintf("%d parameters, %d MACs, %d dynamic", info.Parameters, info.MACs, info.DynamicMACs)
	}
	missing := map[string]bool{}
	var list []string
	for _, u := range info.Unsupported {
		if !missing[u.Op] {
			list = append(list, u.Op)
		}
		missing[u.Op] = true
	}
	slices.Sort(list)
	return fmt.Sprintf("%d of %d nodes unsupported: %s", len(info.Unsupported), info.Nodes, strings.Join(list, " "))
}
