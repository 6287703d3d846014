// SPDX-License-Identifier: Apache-2.0

package ort_test

import (
	"flag"
	"os"
	"testing"

	"github.com/zkml-go/zkml/examples"
	"github.com/zkml-go/zkml/graph"
	"github.com/zkml-go/zkml/internal/npy"
	"github.com/zkml-go/zkml/internal/onnxtest"
	"github.com/zkml-go/zkml/ir"
	"github.com/zkml-go/zkml/quant"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// digits returns the digits of package examples.
func digits(t testing.TB) (samples [][][]float64, labels []int) {
	t.Helper()
	arrays, err := npy.DecodeZip(examples.Digits(), 1<<20)
	if err != nil {
		t.Fatal(err)
	}
	for i, label := range arrays[1].Data {
		x := make([]float64, 784)
		for k := range x {
			x[k] = float64(float32(arrays[0].Data[i*784+k] / 255))
		}
		samples, labels = append(samples, [][]float64{x}), append(labels, int(label))
	}
	return samples, labels
}

// TestExamples compares both models of package examples with what ONNX Runtime
// said of the digits there, which is in testdata, and that with what ONNX Runtime
// says now if it is installed. The integer networks must name the same digits.
func TestExamples(t *testing.T) {
	t.Parallel()
	samples, labels := digits(t)
	for name, model := range map[string][]byte{"lenet5": examples.LeNet5(), "mlp": examples.MLP()} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			g := load(t, model)
			path := "testdata/" + name + ".npz"
			if *update {
				runtime(t)
				data, err := npy.EncodeZip(reference(t, model, g, samples))
				if err != nil {
					t.Fatal(err)
				}
				if err := os.WriteFile(path, data, 0o666); err != nil {
					t.Fatal(err)
				}
			}
			data, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			want, err := npy.DecodeZip(data, 1<<20)
			if err != nil {
				t.Fatal(err)
			}
			if err := agree(g, samples, want, near); err != nil {
				t.Error(err)
			}
			c := classifier{calibration: every(samples, 100), samples: samples, labels: labels, agreement: 1}
			c.check(t, g, want[0])
			t.Run("now", func(t *testing.T) {
				runtime(t)
				if err := near(want[0].Data, reference(t, model, g, samples)[0].Data); err != nil {
					t.Error(err)
				}
			})
		})
	}
}

// every returns n samples, evenly spread.
func every(samples [][][]float64, n int) []quant.Sample {
	out := make([]quant.Sample, n)
	for i := range out {
		out[i] = samples[i*len(samples)/n]
	}
	return out
}

// A classifier is a network with labeled samples. agreement is the least share of
// them on which the integer network must name the class that ONNX Runtime names.
type classifier struct {
	calibration []quant.Sample
	samples     [][][]float64
	labels      []int
	opts        quant.Options
	agreement   float64
}

// check compares the classes that the integer network and ONNX Runtime name.
func (c *classifier) check(t *testing.T, g *graph.Graph, reference *npy.Array) {
	t.Helper()
	p := compile(t, g, c.calibration, c.opts)
	size := len(reference.Data) / len(c.samples)
	agree, right, integerRight := 0, 0, 0
	for k, s := range c.samples {
		out, err := quant.Run(p, s)
		if err != nil {
			t.Fatal(err)
		}
		want, got := quant.Argmax(reference.Data[k*size:(k+1)*size]), quant.Argmax(out[0])
		if got == want {
			agree++
		}
		if want == c.labels[k] {
			right++
		}
		if got == c.labels[k] {
			integerRight++
		}
	}
	n := float64(len(c.samples))
	t.Logf("the integer network agrees with ONNX Runtime on %d of %d samples; right are %d and %d", agree, len(c.samples), integerRight, right)
	if float64(agree) < c.agreement*n {
		t.Errorf("they agree on %d of %d samples, want a share of %v", agree, len(c.samples), c.agreement)
	}
	if 2*right < len(c.samples) {
		t.Errorf("ONNX Runtime is right on %d of %d samples only: the inputs are not what the model expects", right, len(c.samples))
	}
}

func compile(t *testing.T, g *graph.Graph, calibration []quant.Sample, opts quant.Options) *ir.Program {
	t.Helper()
	g, err := quant.Prepare(g)
	if err != nil {
		t.Fatal(err)
	}
	cal, err := quant.Calibrate(g, calibration, 100)
	if err != nil {
		t.Fatal(err)
	}
	p, err := quant.Compile(g, cal, opts)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// TestLabeledModels: integer networks of other people's classifiers against ONNX
// Runtime, on labeled data.
func TestLabeledModels(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("12.5 million products an image")
	}
	runtime(t)
	wrap := func(images [][]float64, labels []int) ([][][]float64, []int) {
		out := make([][][]float64, len(images))
		for i, x := range images {
			single := make([]float64, len(x))
			for k, v := range x {
				single[k] = float64(float32(v))
			}
			out[i] = [][]float64{single}
		}
		return out, labels
	}
	digits := func(white float64) func(testing.TB) ([][][]float64, []int) {
		return func(t testing.TB) ([][][]float64, []int) { return wrap(onnxtest.MNIST(t, white)) }
	}
	cifar := func(t testing.TB) ([][][]float64, []int) { return wrap(onnxtest.CIFAR(t)) }
	cifarBytes := func(t testing.TB) ([][][]float64, []int) {
		samples, labels := cifar(t)
		for _, s := range samples {
			for k, x := range s[0] {
				s[0][k] = float64(int((x/2+0.5)*255 + 0.5))
			}
		}
		return samples, labels
	}
	for name, c := range map[string]struct {
		path      string
		data      func(testing.TB) ([][][]float64, []int)
		agreement float64
	}{
		"CNTK":          {"microsoft+onnxruntime-inference-examples/c_cxx/MNIST/mnist.onnx", digits(255), 0.99},
		"LSTM":          {"derived-from-tflite/mnist_lstm_float.onnx", digits(1), 0.98},
		"CIFAR":         {"Lagrange-Labs+deep-prove/zkml/assets/scripts/CNN/cnn-cifar-01.onnx", cifar, 0.98},
		"ResNet-8":      {"derived-from-tflite/resnet8_cifar10_float.onnx", cifarBytes, 0.97},
		"ResNet-8, QDQ": {"derived-from-tflite/resnet8_cifar10_int8_qdq.onnx", cifarBytes, 0.96},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			model, err := os.ReadFile(onnxtest.Shared(t, "models/"+c.path))
			if err != nil {
				t.Fatal(err)
			}
			samples, labels := c.data(t)
			const tested = 100 // of the last; calibrated on 50 of the others, or of all
			rest := len(samples) - tested
			calibration := every(samples[:max(rest, tested)], 50)
			samples, labels = samples[rest:], labels[rest:]
			g := load(t, model)
			k := classifier{calibration: calibration, samples: samples, labels: labels, agreement: c.agreement}
			if rest == 0 {
				k.opts.InputRange = spanOf(samples)
			}
			k.check(t, g, reference(t, model, g, samples)[0])
		})
	}
}

// spanOf returns the range of all elements.
func spanOf(samples [][][]float64) *quant.Span {
	var s quant.Span
	for _, x := range samples {
		for _, v := range x[0] {
			s.Lo, s.Hi = min(s.Lo, v), max(s.Hi, v)
		}
	}
	return &s
}
