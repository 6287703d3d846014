// SPDX-License-Identifier: Apache-2.0

package onnx

import (
	"math"
	"slices"
	"testing"
)

// TestLight runs ONNX's light models, large architectures with generated weights,
// on the input that ONNX's test runner gives them (element i of n is i/n), and
// compares the outputs with those that its reference evaluator computed. Most end
// in a softmax, which is dropped on loading and made up for here.
func TestLight(t *testing.T) {
	if testing.Short() {
		t.Skip("a second per model")
	}
	light := []string{"shufflenet", "squeezenet"}
	if slow {
		light = append(light, "bvlc_alexnet", "densenet121", "inception_v1", "inception_v2", "resnet50", "zfnet512")
	}
	for _, name := range light {
		g := load(t, "models/onnx+onnx-light/light_"+name+".onnx")
		want, err := decodeReals(read(t, "models/onnx+onnx-light/light_"+name+"_output_0.pb"))
		if err != nil {
			t.Fatal(err)
		}
		x := make([]float64, g.Nodes[g.Inputs[0]].Shape.Size())
		for i := range x {
			x[i] = float64(float32(float64(i) / float64(len(x))))
		}
		y := run(t, g, x)
		if g.Outputs[0].Note != "" {
			y = probabilities(y)
		}
		if err := near(y, want); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func probabilities(x []float64) []float64 {
	out := make([]float64, len(x))
	sum := 0.0
	for i := range x {
		out[i] = math.Exp(x[i] - slices.Max(x))
		sum += out[i]
	}
	for i := range out {
		out[i] /= sum
	}
	return out
}
