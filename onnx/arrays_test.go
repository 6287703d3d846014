// SPDX-License-Identifier: Apache-2.0

package onnx

import (
	"compress/gzip"
	"io"
	"os"
	"path"
	"slices"
	"testing"

	"github.com/zkml-go/zkml/internal/npy"
	"github.com/zkml-go/zkml/internal/onnxpb"
	"github.com/zkml-go/zkml/internal/onnxtest"
)

// TestArrays runs models that come with their inputs and outputs as .npz files.
func TestArrays(t *testing.T) {
	const (
		tract  = "models/sonos+tract/onnx/test_cases/"
		deploy = "models/pulp-platform+Deeploy/DeeployTest/Tests/Models/"
	)
	for _, c := range []struct{ model, given, in, expected, out string }{
		{"models/sonos+tract/examples/keras-tract-tf2/example.onnx", "io.npz", "input", "io.npz", "output"},
		{tract + "averagepool_count_include_pad/model.onnx", "io.npz", "x", "io.npz", "y"},
		{tract + "deconv_group/model.onnx", "io.npz", "input", "io.npz", "output"},
		{tract + "lgbm_classifier_tensor/model.onnx", "io.npz", "input", "io.npz", "probabilities"},
		{tract + "lgbm_regressor_tensor/model.onnx", "io.npz", "input", "io.npz", "output"},
		{tract + "qlstm_3-2-3_T3_S1/model.onnx", "io.npz", "input", "io.npz", "output"},
		{tract + "qrelu_1/model.onnx", "io.npz", "input", "io.npz", "output"},
		{tract + "qrelu_2/model.onnx", "io.npz", "input", "io.npz", "output"},
		{tract + "qsigmoid_1/model.onnx", "io.npz", "input", "io.npz", "output"},
		{tract + "qsigmoid_2/model.onnx", "io.npz", "input", "io.npz", "output"},
		{tract + "qtanh_1/model.onnx", "io.npz", "input", "io.npz", "output"},
		{tract + "qtanh_2/model.onnx", "io.npz", "input", "io.npz", "output"},
		{deploy + "CCT/FP32/CCT_1_32_32_32/network.onnx", "inputs.npz", "input", "outputs.npz", "output"},
		{deploy + "TinyViT/Demo/network.onnx", "inputs.npz", "arr_0", "outputs.npz", "input"},
		{deploy + "Autoencoder1D/network.onnx", "inputs.npz", "arr_0", "outputs.npz", "output"},
	} {
		t.Run(c.model, func(t *testing.T) {
			in, want := array(t, c.model, c.given, c.in), array(t, c.model, c.expected, c.out)
			m, err := onnxpb.Decode(read(t, c.model))
			if err != nil {
				t.Fatal(err)
			}
			g := load(t, c.model, InputShape(m.Graph.Inputs[0].Name, in.Shape))
			values, err := g.Eval([][]float64{in.Data})
			if err != nil {
				t.Fatal(err)
			}
			for _, o := range g.Outputs {
				if o.Name == c.out || len(g.Outputs) == 1 {
					if err := near(values[o.ID], want.Data); err != nil {
						t.Error(err)
					}
					return
				}
			}
			t.Errorf("no output %q", c.out)
		})
	}
}

// array reads an array of an archive beside a model.
func array(t *testing.T, model, archive, name string) *npy.Array {
	t.Helper()
	arrays, err := npy.DecodeZip(read(t, path.Join(path.Dir(model), archive)), 1<<20)
	if err != nil {
		t.Fatal(err)
	}
	for _, a := range arrays {
		if a.Name == name {
			return a
		}
	}
	t.Fatalf("%s has no array %q", archive, name)
	return nil
}

// TestDigits counts the digits that an LSTM, a row of pixels a step, classifies as
// labelled. ONNX Runtime 1.31 finds 196 of the same 200.
func TestDigits(t *testing.T) {
	const count, size = 200, 28 * 28
	inflate := func(name string, header int) []byte {
		f, err := os.Open(onnxtest.Shared(t, "models/petar+GoMNIST/data/"+name))
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		z, err := gzip.NewReader(f)
		if err != nil {
			t.Fatal(err)
		}
		data, err := io.ReadAll(z)
		if err != nil {
			t.Fatal(err)
		}
		return data[header:]
	}
	pixels, labels := inflate("t10k-images-idx3-ubyte.gz", 16), inflate("t10k-labels-idx1-ubyte.gz", 8)
	g := load(t, "models/derived-from-tflite/mnist_lstm_float.onnx")
	right := 0
	for i := range count {
		x := make([]float64, size)
		for k := range x {
			x[k] = float64(pixels[i*size+k]) / 255
		}
		y := run(t, g, x)
		if slices.Index(y, slices.Max(y)) == int(labels[i]) {
			right++
		}
	}
	if right != 196 {
		t.Errorf("%d of %d right, want 196", right, count)
	}
}
