// SPDX-License-Identifier: Apache-2.0

package contracts_test

import (
	"math/rand/v2"
	"os"
	"testing"

	"github.com/zkml-go/zkml/internal/evmtest"
	"github.com/zkml-go/zkml/internal/onnxtest"
	"github.com/zkml-go/zkml/internal/oracle"
	"github.com/zkml-go/zkml/ir"
	"github.com/zkml-go/zkml/onnx"
	"github.com/zkml-go/zkml/quant"
	"github.com/zkml-go/zkml/tensor"
)

// TestOnchainZoo runs decision trees, forests, a perceptron and CNNs of others on the chain.
func TestOnchainZoo(t *testing.T) {
	t.Parallel()
	x := evmtest.NewExecutor(t, evmtest.Embedded(t))
	for name, m := range map[string]struct {
		path   string
		lo, hi float64
		shape  tensor.Shape // of the input named input
	}{
		"tree":         {"onnx+sklearn-onnx/tests/datasets/treecl.onnx", -4, 4, tensor.Shape{1, 32}},
		"forest":       {"onnx+sklearn-onnx/tests/datasets/treecl2.onnx", -4, 4, tensor.Shape{1, 20}},
		"forest 3":     {"onnx+sklearn-onnx/tests/datasets/treecl3.onnx", -4, 4, tensor.Shape{1, 32}},
		"lightgbm":     {"sonos+tract/onnx/test_cases/lgbm_classifier_tensor/model.onnx", 0, 10, nil},
		"iris":         {"Lagrange-Labs+deep-prove/zkml/assets/scripts/MLP/mlp-iris-01.onnx", 0, 8, nil},
		"mnist-cntk":   {"microsoft+onnxruntime-inference-examples/c_cxx/MNIST/mnist.onnx", 0, 255, nil},
		"cnn-cifar-01": {"Lagrange-Labs+deep-prove/zkml/assets/scripts/CNN/cnn-cifar-01.onnx", -1, 1, nil},
	} {
		t.Run(name, func(t *testing.T) {
			data, err := os.ReadFile(onnxtest.Shared(t, "models/"+m.path))
			if err != nil {
				t.Fatal(err)
			}
			var options []onnx.Option
			if m.shape != nil {
				options = append(options, onnx.InputShape("input", m.shape))
			}
			p := randomlyCalibrated(t, data, options, m.lo, m.hi)
			d := x.Upload(t, evmtest.Encode(t, p))
			rng := rand.New(rand.NewPCG(6, 6))
			for k := range 5 {
				d.Compare(t, p, oracle.Inputs(rng, p), k == 0)
			}
			t.Logf("%d MACs, %d layers", d.Model.MACs(), len(d.Model.Layers))
		})
	}
}

// randomlyCalibrated compiles a model, calibrated on inputs from lo to hi.
func randomlyCalibrated(t testing.TB, model []byte, options []onnx.Option, lo, hi float64) *ir.Program {
	t.Helper()
	g, _, err := onnx.Load(model, options...)
	if err == nil {
		g, err = quant.Prepare(g)
	}
	if err != nil {
		t.Fatal(err)
	}
	rng := rand.New(rand.NewPCG(7, 7))
	samples := make([]quant.Sample, 8)
	for i := range samples {
		for _, id := range g.Inputs {
			x := make([]float64, g.Nodes[id].Shape.Size())
			for k := range x {
				x[k] = lo + (hi-lo)*rng.Float64()
			}
			samples[i] = append(samples[i], x)
		}
	}
	cal, err := quant.Calibrate(g, samples, 100)
	if err != nil {
		t.Fatal(err)
	}
	p, err := quant.Compile(g, cal, quant.Options{InputRange: &quant.Span{Lo: lo, Hi: hi}})
	if err != nil {
		t.Fatal(err)
	}
	return p
}
