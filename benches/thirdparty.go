// SPDX-License-Identifier: Apache-2.0

package main

import (
	"encoding/json"
	"fmt"
	"maps"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// thirdParty lists models of others that the direct circuit takes. They are not
// part of this repository; docs/zoo.md says where they come from.
func thirdParty(dir string) []benchCase {
	var out []benchCase
	for _, m := range []struct{ name, path, inputRange, shape string }{
		{"mnist-cntk", "microsoft+onnxruntime-inference-examples/c_cxx/MNIST/mnist.onnx", "0,255", ""},
		{"cnn-cifar-01", "Lagrange-Labs+deep-prove/zkml/assets/scripts/CNN/cnn-cifar-01.onnx", "-1,1", ""},
		{"toycar-autoencoder", "derived-from-tflite/toycar_autoencoder_float.onnx", "0,1", ""},
		{"mnist-lstm", "derived-from-tflite/mnist_lstm_float.onnx", "0,1", ""},
		{"gru", "AdvancedClimateSystems+gonnx/sample_models/onnx_models/gru.onnx", "-1,1", "data_input=1,5,3"},
		{"boosted-forest", "onnx+sklearn-onnx/tests/datasets/treecl2.onnx", "-4,4", "input=1,20"},
	} {
		path := filepath.Join(dir, m.path)
		c := benchCase{model: m.name, system: "groth16", onnx: func() ([]byte, error) { return os.ReadFile(path) }, inputRange: m.inputRange}
		if m.shape != "" {
			c.shapes = []string{m.shape}
		}
		out = append(out, c)
	}
	return out
}

// shapeFlags are the flags that fix the shapes of c's inputs.
func (c benchCase) shapeFlags() []string {
	var out []string
	for _, s := range c.shapes {
		out = append(out, "--input-shape", s)
	}
	return out
}

// bounds returns the ends of the range of random inputs.
func (c benchCase) bounds() (lo, hi float64, err error) {
	_, err = fmt.Sscanf(strings.Replace(c.inputRange, ",", " ", 1), "%g %g", &lo, &hi)
	return lo, hi, err
}

// randomInput writes an input of a model, uniform in its range, with a fixed seed.
func (t *tool) randomInput(model string, c benchCase) (string, error) {
	var found struct {
		Inputs map[string][]int `json:"inputs"`
	}
	if err := t.call(&found, append([]string{"inspect", model}, c.shapeFlags()...)...); err != nil {
		return "", err
	}
	lo, hi, err := c.bounds()
	if err != nil {
		return "", err
	}
	rng := rand.New(rand.NewPCG(1, 2))
	tensors := map[string]any{}
	for _, name := range slices.Sorted(maps.Keys(found.Inputs)) {
		tensors[name] = uniform(found.Inputs[name], func() float64 { return c.draw(rng, lo, hi) })
	}
	data, err := json.Marshal(tensors)
	if err != nil {
		return "", err
	}
	return "input.json", os.WriteFile(filepath.Join(t.dir, "input.json"), data, 0o644)
}

// draw returns an element of a random input.
func (c benchCase) draw(rng *rand.Rand, lo, hi float64) float64 {
	x := lo + (hi-lo)*rng.Float64()
	if c.integers {
		return math.Round(x)
	}
	return x
}

// uniform returns nested arrays of the given shape.
func uniform(shape []int, draw func() float64) any {
	if len(shape) == 0 {
		return draw()
	}
	out := make([]any, shape[0])
	for i := range out {
		out[i] = uniform(shape[1:], draw)
	}
	return out
}
