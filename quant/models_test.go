// SPDX-License-Identifier: Apache-2.0

package quant_test

import (
	"math"
	"os"
	"testing"

	"github.com/zkml-go/zkml/examples"
	"github.com/zkml-go/zkml/graph"
	"github.com/zkml-go/zkml/internal/npy"
	"github.com/zkml-go/zkml/internal/onnxtest"
	"github.com/zkml-go/zkml/ir"
	"github.com/zkml-go/zkml/onnx"
	"github.com/zkml-go/zkml/quant"
)

// load lowers and prepares an ONNX model.
func load(t testing.TB, model []byte) *graph.Graph {
	t.Helper()
	g, _, err := onnx.Load(model)
	if err != nil {
		t.Fatal(err)
	}
	if g, err = quant.Prepare(g); err != nil {
		t.Fatal(err)
	}
	return g
}

func shared(t testing.TB, path string) []byte {
	t.Helper()
	data, err := os.ReadFile(onnxtest.Shared(t, path))
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// A trial is one way of quantizing a model, with the lower bounds that a change
// must not fall below. The numbers of a run are in the test's log.
type trial struct {
	name                string
	percentile          float64
	opts                quant.Options
	agreement, accuracy float64 // lower bounds, as shares
	meanError           float64 // upper bound, of the span of the output
}

// try compiles and compares.
func (c trial) try(t *testing.T, g *graph.Graph, calibration []quant.Sample, test dataset) (*ir.Program, *quant.Report) {
	t.Helper()
	cal, err := quant.Calibrate(g, calibration, c.percentile)
	if err != nil {
		t.Fatal(err)
	}
	return c.calibrated(t, g, cal, test)
}

// calibrated is try with a calibration made before.
func (c trial) calibrated(t *testing.T, g *graph.Graph, cal *quant.Calibration, test dataset) (*ir.Program, *quant.Report) {
	t.Helper()
	p, err := quant.Compile(g, cal, c.opts)
	if err != nil {
		t.Fatal(err)
	}
	r, err := quant.Compare(g, p, test.samples, test.labels)
	if err != nil {
		t.Fatal(err)
	}
	rows := 0
	for _, table := range p.Tables {
		rows += len(table.Values)
	}
	if r.FloatAccuracy != nil {
		t.Logf("%s: accuracy %.2f %% float, %.2f %% integer", c.name, 100**r.FloatAccuracy, 100**r.IntAccuracy)
		if *r.IntAccuracy < *r.FloatAccuracy-c.accuracy {
			t.Errorf("%s: integer accuracy %v, float %v: more than %v apart", c.name, *r.IntAccuracy, *r.FloatAccuracy, c.accuracy)
		}
	}
	t.Logf("%s: agreement %.2f %% of %d, error %.3g mean, %.3g worst, of ±%.4g; %d table rows",
		c.name, 100*r.Agreement, r.Samples, r.MeanError, r.WorstError, r.OutputSpan, rows)
	if r.Refused != 0 {
		t.Errorf("%s: %d samples refused", c.name, r.Refused)
	}
	if r.Agreement < c.agreement {
		t.Errorf("%s: agreement %v, want at least %v", c.name, r.Agreement, c.agreement)
	}
	if r.MeanError > c.meanError*r.OutputSpan {
		t.Errorf("%s: mean error %v, want at most %v of %v", c.name, r.MeanError, c.meanError, r.OutputSpan)
	}
	return p, r
}

// TestDigitModels: the two models of package examples on the 2,000 digits of
// MNIST that they were not trained on, calibrated on 200 of the other 8,000. The
// other trials run on 300.
func TestDigitModels(t *testing.T) {
	t.Parallel()
	d := mnist(t, 1)
	calibration, test := d.from(0, 8000).every(200), d.from(8000, 10000)
	for name, c := range map[string]struct {
		model  []byte
		trials []trial
	}{
		"LeNet-5": {examples.LeNet5(), []trial{
			{"8 bits", 100, quant.Options{}, 0.998, 0.005, 0.003},
			{"8 bits, percentile", 99.99, quant.Options{}, 0.998, 0.005, 0.003},
			{"6 bits", 100, quant.Options{ActBits: 6}, 0.99, 0.01, 0.008},
			{"10 bits", 100, quant.Options{ActBits: 10}, 0.998, 0.005, 0.001},
			{"12 bits", 100, quant.Options{ActBits: 12}, 0.998, 0.005, 0.001},
		}},
		"MLP": {examples.MLP(), []trial{
			{"8 bits", 100, quant.Options{}, 0.995, 0.005, 0.003},
			{"8 bits, percentile", 99.99, quant.Options{}, 0.995, 0.005, 0.003},
			{"6 bits", 100, quant.Options{ActBits: 6}, 0.99, 0.01, 0.008},
			{"10 bits", 100, quant.Options{ActBits: 10}, 0.998, 0.005, 0.001},
			{"12 bits", 100, quant.Options{ActBits: 12}, 0.998, 0.005, 0.0003},
		}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			g := load(t, c.model)
			cal := calibrate(t, g, calibration)
			for i, trial := range c.trials {
				on := test.from(1700, 2000)
				if i == 0 && !testing.Short() {
					on = test
				}
				if trial.percentile == 100 {
					trial.calibrated(t, g, cal, on)
				} else if !testing.Short() {
					trial.try(t, g, calibration, on)
				}
			}
		})
	}
}

// TestOwnDigits runs without any file from outside: calibrated on 100 of the
// digits of package examples, right on all 200.
func TestOwnDigits(t *testing.T) {
	t.Parallel()
	arrays, err := npy.DecodeZip(examples.Digits(), 1<<20)
	if err != nil {
		t.Fatal(err)
	}
	var d dataset
	for i, label := range arrays[1].Data {
		x := make([]float64, 784)
		for k := range x {
			x[k] = arrays[0].Data[i*784+k] / 255
		}
		d.samples, d.labels = append(d.samples, quant.Sample{x}), append(d.labels, int(label))
	}
	for name, model := range map[string][]byte{"LeNet-5": examples.LeNet5(), "MLP": examples.MLP()} {
		trial{name: name + ", own digits", percentile: 100, agreement: 1, accuracy: 0, meanError: 0.004}.try(t, load(t, model), d.every(100), d)
	}
}

// TestModelsOfOthers: small models that other programs exported.
func TestModelsOfOthers(t *testing.T) {
	t.Parallel()
	t.Run("CNTK", func(t *testing.T) {
		t.Parallel()
		d := mnist(t, 255) // the model divides
		g := load(t, shared(t, "models/microsoft+onnxruntime-inference-examples/c_cxx/MNIST/mnist.onnx"))
		for _, c := range []trial{
			{"8 bits", 100, quant.Options{}, 0.996, 0.005, 0.002},
			{"10 bits", 100, quant.Options{ActBits: 10}, 0.998, 0.005, 0.0006},
		} {
			c.try(t, g, d.from(0, 8000).every(50), d.from(9700, 10000))
		}
	})
	t.Run("CIFAR", func(t *testing.T) {
		t.Parallel()
		d := cifar(t)
		g := load(t, shared(t, "models/Lagrange-Labs+deep-prove/zkml/assets/scripts/CNN/cnn-cifar-01.onnx"))
		for _, c := range []trial{
			{"8 bits", 100, quant.Options{InputRange: &quant.Span{Lo: -1, Hi: 1}}, 0.98, 0.02, 0.004},
			{"10 bits", 100, quant.Options{ActBits: 10, InputRange: &quant.Span{Lo: -1, Hi: 1}}, 0.98, 0.02, 0.002},
		} {
			c.try(t, g, d.every(50), d)
		}
	})
	t.Run("ResNet-8", func(t *testing.T) {
		t.Parallel()
		if testing.Short() {
			t.Skip("12.5 million products an image")
		}
		d := cifar(t)
		for _, s := range d.samples {
			for k, x := range s[0] {
				s[0][k] = math.Round((x/2 + 0.5) * 255)
			}
		}
		g := load(t, shared(t, "models/derived-from-tflite/resnet8_cifar10_float.onnx"))
		p, r := trial{"8 bits", 100, quant.Options{InputRange: &quant.Span{Lo: 0, Hi: 255}}, 0.99, 0.005, 0.005}.try(t, g, d.every(50), d)
		if *r.FloatAccuracy < 0.85 { // 88 of 100 is known
			t.Errorf("float accuracy %v: the images are not what the model expects", *r.FloatAccuracy)
		}
		for _, n := range p.Nodes {
			if op, ok := n.Op.(ir.Rescale); ok && op.Multiplier != 1 {
				t.Errorf("%s: a rescale with multiplier %d where a shift is enough", n.Name, op.Multiplier)
			}
		}
	})
	t.Run("MobileNet", func(t *testing.T) { // depthwise; no labeled data
		t.Parallel()
		if testing.Short() {
			t.Skip("7 million products an image")
		}
		g := load(t, shared(t, "models/derived-from-tflite/mobilenetv1_025_vww96_float.onnx"))
		s := samples(g, 1, 4, -1, 1)
		trial{name: "8 bits", percentile: 100, agreement: 1, meanError: 0.01}.try(t, g, s, dataset{samples: s})
	})
	t.Run("Keras", func(t *testing.T) {
		t.Parallel()
		g := load(t, shared(t, "models/sonos+tract/examples/keras-tract-tf2/example.onnx"))
		arrays, err := npy.DecodeZip(shared(t, "models/sonos+tract/examples/keras-tract-tf2/io.npz"), 1<<20)
		if err != nil {
			t.Fatal(err)
		}
		d := dataset{samples: samples(g, 1, 300, 0, 1)}
		for _, a := range arrays {
			if a.Shape.Size() == 100 {
				d.samples = append(d.samples, quant.Sample{a.Data})
			}
		}
		if len(d.samples) != 301 {
			t.Fatalf("%d samples: io.npz has no input of 100 elements", len(d.samples))
		}
		_, r := trial{name: "8 bits", percentile: 100, opts: quant.Options{InputRange: &quant.Span{Lo: 0, Hi: 1}}, meanError: 0.004}.try(t, g, d.samples, d)
		if r.WorstError > 0.01 {
			t.Errorf("worst error %v", r.WorstError)
		}
	})
}

// TestQuantizedModelsOfOthers: models that come with scales of their own. The float
// evaluator rounds where they do; what is left are ties and the accumulators' last
// bits.
func TestQuantizedModelsOfOthers(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("12.5 million products an image")
	}
	t.Run("ResNet-8", func(t *testing.T) {
		t.Parallel()
		d := cifar(t)
		for _, s := range d.samples {
			for k, x := range s[0] {
				s[0][k] = math.Round((x/2 + 0.5) * 255)
			}
		}
		g := load(t, shared(t, "models/derived-from-tflite/resnet8_cifar10_int8_qdq.onnx"))
		trial{"its own scales", 100, quant.Options{}, 0.98, 0.02, 0.006}.try(t, g, d.every(20), d)
	})
	for name, from := range map[string]string{"DS-CNN": "dscnn_kws", "autoencoder": "toycar_autoencoder"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			g := load(t, shared(t, "models/derived-from-tflite/"+from+"_int8_qdq.onnx"))
			s := samples(g, 1, 12, -1, 1)
			trial{name: "its own scales", percentile: 100, agreement: 1, meanError: 1e-4}.try(t, g, s, dataset{samples: s})
		})
	}
}

// TestOtherArchitectures: a recurrent network on digits, a transformer, and a forest
// of decision trees.
func TestOtherArchitectures(t *testing.T) {
	t.Parallel()
	t.Run("LSTM", func(t *testing.T) {
		t.Parallel()
		d := mnist(t, 1)
		g := load(t, shared(t, "models/derived-from-tflite/mnist_lstm_float.onnx"))
		for _, c := range []trial{
			{"8 bits", 100, quant.Options{}, 0.985, 0.01, 0.008},
			{"10 bits", 100, quant.Options{ActBits: 10}, 0.99, 0.005, 0.004},
		} {
			c.try(t, g, d.from(0, 8000).every(50), d.from(9700, 10000))
		}
	})
	t.Run("CCT", func(t *testing.T) {
		t.Parallel()
		d := cifar(t)
		g := load(t, shared(t, "models/pulp-platform+Deeploy/DeeployTest/Tests/Models/CCT/FP32/CCT_1_32_32_32/network.onnx"))
		for _, c := range []trial{
			{"8 bits", 100, quant.Options{InputRange: &quant.Span{Lo: -1, Hi: 1}}, 0.96, 0.04, 0.003},
			{"12 bits", 100, quant.Options{ActBits: 12, InputRange: &quant.Span{Lo: -1, Hi: 1}}, 0.99, 0.04, 0.0003},
			{"16 bits", 100, quant.Options{ActBits: 16, InputRange: &quant.Span{Lo: -1, Hi: 1}}, 0.99, 0.04, 0.00015},
		} {
			c.try(t, g, d.every(40), d)
		}
	})
	t.Run("LightGBM", func(t *testing.T) {
		t.Parallel()
		g := load(t, shared(t, "models/sonos+tract/onnx/test_cases/lgbm_classifier_tensor/model.onnx"))
		s := samples(g, 1, 100, -1, 1)
		cal := calibrate(t, g, s)
		p := mustCompile(t, g, cal)
		in := p.Input(p.Inputs[0])
		for k, x := range s {
			// Comparisons are exact on what the integers of the input stand for.
			q, err := quant.QuantizeInput(in, x[0])
			if err != nil {
				t.Fatal(err)
			}
			values, err := g.Eval([][]float64{quant.DequantizeInput(in, q)})
			if err != nil {
				t.Fatal(err)
			}
			got, err := quant.Run(p.Program, x)
			if err != nil {
				t.Fatal(err)
			}
			// The label of the class, and the probabilities.
			if got[0][0] != values[g.Outputs[0].ID][0] {
				t.Errorf("sample %d: label %v, want %v", k, got[0], values[g.Outputs[0].ID])
			}
			for i, want := range values[g.Outputs[1].ID] {
				if math.Abs(got[1][i]-want) > 0.005 {
					t.Errorf("sample %d: probabilities %v, want %v", k, got[1], values[g.Outputs[1].ID])
					break
				}
			}
		}
	})
}

// TestSmoothActivations trains the last layer of networks of random tanh and
// sigmoid features on digits, so that accuracy means something.
func TestSmoothActivations(t *testing.T) {
	t.Parallel()
	d := mnist(t, 1)
	train, test := d.from(0, 2000), d.from(8000, 8500)
	for _, f := range []string{"tanh", "sigmoid"} {
		t.Run(f, func(t *testing.T) {
			t.Parallel()
			build := func(readout func(n *net, x graph.ID) graph.ID) *graph.Graph {
				n := newNet(t, 12)
				x := n.flatten(n.Input("x", []int{1, 1, 28, 28}))
				x = n.scaled(n.dense(x, 80), 3)
				x = n.apply(n.dense(n.apply(x, f), 60), "tanh")
				return prepare(t, n.done(readout(n, x)))
			}
			features := build(func(_ *net, x graph.ID) graph.ID { return x })
			weights := regress(t, features, train, 10)
			g := build(func(n *net, x graph.ID) graph.ID { return n.readout(x, weights) })
			for _, c := range []trial{
				{"8 bits", 100, quant.Options{}, 0.97, 0.02, 0.005},
				{"10 bits", 100, quant.Options{ActBits: 10}, 0.99, 0.01, 0.0015},
			} {
				if _, r := c.try(t, g, train.every(200), test); *r.FloatAccuracy < 0.6 {
					t.Errorf("float accuracy %v: the network has learned nothing", *r.FloatAccuracy)
				}
			}
		})
	}
}

// readout is a dense layer of given weights, one row per class, bias last.
func (n *net) readout(x graph.ID, weights [][]float64) graph.ID {
	k := n.Shape(x)[1]
	var w, b []float32
	for _, row := range weights {
		for _, v := range row[:k] {
			w = append(w, float32(v))
		}
		b = append(b, float32(row[k]))
	}
	classes := len(weights)
	y := n.Contract(x, n.Const([]int{classes, k}, w), contraction(classes, k))
	return n.Sum(y, n.Const([]int{1, classes}, b))
}

// regress fits a softmax regression on the outputs of features by gradient
// descent.
func regress(t *testing.T, features *graph.Graph, d dataset, classes int) [][]float64 {
	t.Helper()
	var xs [][]float64
	for _, s := range d.samples {
		v, err := features.Eval(s)
		if err != nil {
			t.Fatal(err)
		}
		xs = append(xs, append(v[features.Outputs[0].ID], 1))
	}
	w := make([][]float64, classes)
	for c := range w {
		w[c] = make([]float64, len(xs[0]))
	}
	p := make([]float64, classes)
	for epoch := range 12 {
		rate := 0.1 / float64(1+epoch)
		for i, x := range xs {
			sum := 0.0
			for c := range p {
				z := 0.0
				for k := range x {
					z += w[c][k] * x[k]
				}
				p[c] = math.Exp(z)
				sum += p[c]
			}
			for c := range p {
				step := p[c] / sum
				if c == d.labels[i] {
					step--
				}
				for k := range x {
					w[c][k] -= rate * step * x[k]
				}
			}
		}
	}
	return w
}
