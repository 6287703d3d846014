// SPDX-License-Identifier: Apache-2.0

package ort_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/zkml-go/zkml/internal/onnxtest"
	"github.com/zkml-go/zkml/onnx"
	"github.com/zkml-go/zkml/tensor"
)

// Numbers of multiply-accumulates: up to the first a model is compared, up to the
// second with -short, and up to the third on two inputs, not one. The float
// evaluator, which is made to be plain, takes a second for 300 million; operators of
// larger models occur in smaller ones.
const maxMACs, maxShortMACs, maxTwiceMACs = 320e6, 5e6, 50e6

// openShapes are shapes of inputs that models leave open.
var openShapes = map[string]onnx.Option{
	"gru.onnx":                             onnx.InputShape("data_input", tensor.Shape{1, 7, 3}),
	"treecl.onnx":                          onnx.InputShape("input", tensor.Shape{1, 32}),
	"treecl2.onnx":                         onnx.InputShape("input", tensor.Shape{1, 32}),
	"treecl3.onnx":                         onnx.InputShape("input", tensor.Shape{1, 32}),
	"qtdnn_10x5_101_i32_biases/model.onnx": onnx.InputShape("input", tensor.Shape{10, 10}),
}

// TestThirdPartyModels compares the float evaluator with ONNX Runtime on every
// third-party model, on seeded inputs.
func TestThirdPartyModels(t *testing.T) {
	t.Parallel()
	runtime(t)
	root := onnxtest.Shared(t, "models")
	compared := 0
	err := filepath.WalkDir(root, func(path string, _ fs.DirEntry, err error) error {
		if err != nil || filepath.Ext(path) != ".onnx" {
			return err
		}
		t.Run(strings.TrimPrefix(filepath.ToSlash(path), filepath.ToSlash(root)+"/"), func(t *testing.T) {
			if compareThirdParty(t, path) {
				compared++
			}
		})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if want := 41; compared < want && !testing.Short() {
		t.Errorf("%d models compared, want at least %d", compared, want)
	}
	t.Logf("%d models compared", compared)
}

func compareThirdParty(t *testing.T, path string) bool {
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var opts []onnx.Option
	for end, o := range openShapes {
		if strings.HasSuffix(filepath.ToSlash(path), "/"+end) {
			opts = append(opts, o)
		}
	}
	info, err := onnx.Inspect(data, opts...)
	if err != nil {
		t.Fatal(err)
	}
	if len(info.Unsupported) > 0 {
		t.Skipf("not supported: %v", &info.Unsupported[0])
	}
	limit := int64(maxMACs)
	if testing.Short() {
		limit = maxShortMACs
	}
	macs := info.MACs + info.DynamicMACs
	if macs > limit {
		t.Skipf("%d multiply-accumulates, more than %d", macs, limit)
	}
	g := load(t, data, opts...)
	inputs := 2
	if macs > maxTwiceMACs {
		inputs = 1
	}
	samples := random(g, 1, inputs, -1, 1)
	compare := near
	for _, o := range info.Operators {
		if o.Operator == "QuantizeLinear" {
			compare = nearRounded
		}
	}
	if err := agree(g, samples, reference(t, data, g, samples), compare); err != nil {
		t.Error(err)
	}
	return !t.Failed()
}
