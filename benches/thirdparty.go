// SPDX-License-Identifier: Apache-2.0

package main

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
)

// thirdParty lists models of others that the direct circuit takes. They are not
// part of this repository; docs/zoo.md says where they come from.
func thirdParty(dir string) []benchCase {
	var out []benchCase
	for _, m := range []struct{ name, path, inputRange string }{
		{"mnist-cntk", "microsoft+onnxruntime-inference-examples/c_cxx/MNIST/mnist.onnx", "0,255"},
		{"cnn-cifar-01", "Lagrange-Labs+deep-prove/zkml/assets/scripts/CNN/cnn-cifar-01.onnx", "-1,1"},
		{"toycar-autoencoder", "derived-from-tflite/toycar_autoencoder_float.onnx", "0,1"},
		{"mnist-lstm", "derived-from-tflite/mnist_lstm_float.onnx", "0,1"},
	} {
		path := filepath.Join(dir, m.path)
		out = append(out, benchCase{m.name, "groth16", func() ([]byte, error) { return os.ReadFile(path) }, m.inputRange})
	}
	return out
}

// randomInput writes an input of a model, uniform in a range, with a fixed seed.
func (t *tool) randomInput(model, inputRange string) (string, error) {
	var found struct {
		Inputs map[string][]int `json:"inputs"`
	}
	if err := t.call(&found, "inspect", model); err != nil {
		return "", err
	}
	var lo, hi float64
	if _, err := fmt.Sscanf(strings.Replace(inputRange, ",", " ", 1), "%g %g", &lo, &hi); err != nil {
		return "", err
	}
	rng := rand.New(rand.NewPCG(1, 2))
	tensors := map[string]any{}
	for name, shape := range found.Inputs {
		tensors[name] = uniform(rng, shape, lo, hi)
	}
	data, err := json.Marshal(tensors)
	if err != nil {
		return "", err
	}
	return "input.json", os.WriteFile(filepath.Join(t.dir, "input.json"), data, 0o644)
}

// uniform returns nested arrays of the given shape.
func uniform(rng *rand.Rand, shape []int, lo, hi float64) any {
	if len(shape) == 0 {
		return lo + (hi-lo)*rng.Float64()
	}
	out := make([]any, shape[0])
	for i := range out {
		out[i] = uniform(rng, shape[1:], lo, hi)
	}
	return out
}
