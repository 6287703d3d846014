// SPDX-License-Identifier: Apache-2.0

package ort_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/zkml-go/zkml/graph"
	"github.com/zkml-go/zkml/internal/need"
	"github.com/zkml-go/zkml/internal/npy"
	"github.com/zkml-go/zkml/internal/onnxpb"
	"github.com/zkml-go/zkml/internal/onnxwrite"
	"github.com/zkml-go/zkml/internal/ort"
	"github.com/zkml-go/zkml/onnx"
	"github.com/zkml-go/zkml/tensor"
)

// runtime skips the test without ONNX Runtime.
func runtime(t testing.TB) {
	t.Helper()
	need.Tool(t, "onnxruntime")
}

// load lowers a model.
func load(t testing.TB, model []byte, opts ...onnx.Option) *graph.Graph {
	t.Helper()
	g, _, err := onnx.Load(model, opts...)
	if err != nil {
		t.Fatal(err)
	}
	return g
}

// reference runs a model with ONNX Runtime and returns an array for each output of
// g. For an output of which g gives the logits the array holds the logits, too.
func reference(t testing.TB, model []byte, g *graph.Graph, samples [][][]float64) []*npy.Array {
	t.Helper()
	model, names, err := withLogits(model, g)
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "model.onnx")
	if err := os.WriteFile(path, model, 0o600); err != nil {
		t.Fatal(err)
	}
	var inputs []*npy.Array
	for i, id := range g.Inputs {
		a := &npy.Array{Shape: append(tensor.Shape{len(samples)}, g.Nodes[id].Shape...)}
		for _, s := range samples {
			a.Data = append(a.Data, s[i]...)
		}
		inputs = append(inputs, a)
	}
	got, err := ort.Run(t.Context(), ".", path, inputs)
	if err != nil {
		t.Fatal(err)
	}
	out := make([]*npy.Array, len(names))
	for i, name := range names {
		k := slices.IndexFunc(got, func(a *npy.Array) bool { return a.Name == name })
		if k < 0 {
			t.Fatalf("ONNX Runtime returned no %s", name)
		}
		out[i] = got[k]
	}
	return out
}

// ensembleSoftmax starts the note of an output whose softmax is in the same operator
// as the logits, which no value holds.
const ensembleSoftmax = "SOFTMAX of"

// withLogits returns a model that also returns what enters a softmax that g does
// without, and the names of the values that stand for the outputs of g. A
// ProtoBuf message is the sum of its parts: an output can be appended.
func withLogits(model []byte, g *graph.Graph) ([]byte, []string, error) {
	m, err := onnxpb.Decode(model)
	if err != nil {
		return nil, nil, err
	}
	names := make([]string, len(g.Outputs))
	for i, o := range g.Outputs {
		names[i] = o.Name
		if o.Note == "" || strings.HasPrefix(o.Note, ensembleSoftmax) {
			continue
		}
		_, rest, _ := strings.Cut(o.Note, "oftmax ") // Softmax or LogSoftmax
		quoted, err := strconv.QuotedPrefix(rest)
		if err != nil {
			return nil, nil, fmt.Errorf("output %s: this test does not know what to do with %q", o.Name, o.Note)
		}
		label, err := strconv.Unquote(quoted)
		if err != nil {
			return nil, nil, err
		}
		k := slices.IndexFunc(m.Graph.Nodes, func(n onnxpb.Node) bool { return n.Name == label || slices.Contains(n.Outputs, label) })
		if k < 0 {
			return nil, nil, fmt.Errorf("output %s: no node is called %q", o.Name, label)
		}
		names[i] = m.Graph.Nodes[k].Inputs[0]
		const graphField, outputField, nameField = 7, 12, 1
		value := onnxwrite.Bytes(nil, nameField, []byte(names[i]))
		model = onnxwrite.Bytes(slices.Clip(model), graphField, onnxwrite.Bytes(nil, outputField, value))
	}
	return model, names, nil
}

// The tolerance of the float evaluator, which computes in float64, against ONNX
// Runtime, which computes in float32.
const absolute, relative = 1e-4, 1e-3

// near reports the first element that is too far from what is wanted.
func near(got, want []float64) error {
	if len(got) != len(want) {
		return fmt.Errorf("%d elements, want %d", len(got), len(want))
	}
	for i, w := range want {
		if !(math.Abs(got[i]-w) <= absolute+relative*math.Abs(w)) {
			return fmt.Errorf("element %d is %v, want %v", i, got[i], w)
		}
	}
	return nil
}

// nearRounded is near for a model that rounds to scales of its own: a value that
// float32 puts on the other side of a tie becomes another integer, and all that
// depends on it moves. The root mean square of the differences must be a small
// share of that of the values; ONNX Runtime with its integer kernels differs from
// itself without them by 0.05 of MobileNetV2's logits.
func nearRounded(got, want []float64) error {
	const share = 0.06
	if len(got) != len(want) {
		return fmt.Errorf("%d elements, want %d", len(got), len(want))
	}
	noise, signal := 0.0, 0.0
	for i, w := range want {
		noise += (got[i] - w) * (got[i] - w)
		signal += w * w
	}
	if !(math.Sqrt(noise) <= share*math.Sqrt(signal)+absolute) {
		return fmt.Errorf("the error is %.3g of the values, want at most %v", math.Sqrt(noise/signal), share)
	}
	return nil
}

// agree compares every output of g with ONNX Runtime's on every sample.
func agree(g *graph.Graph, samples [][][]float64, want []*npy.Array, near func(got, want []float64) error) error {
	for k, s := range samples {
		values, err := g.Eval(s)
		if err != nil {
			return err
		}
		for i, o := range g.Outputs {
			size := len(want[i].Data) / len(samples)
			got := values[o.ID]
			if strings.HasPrefix(o.Note, ensembleSoftmax) {
				got = softmax(got)
			}
			if err := near(got, want[i].Data[k*size:(k+1)*size]); err != nil {
				return fmt.Errorf("sample %d, output %s: %w", k, o.Name, err)
			}
		}
	}
	return nil
}

func softmax(x []float64) []float64 {
	out, sum := make([]float64, len(x)), 0.0
	for i := range x {
		out[i] = math.Exp(x[i] - slices.Max(x))
		sum += out[i]
	}
	for i := range out {
		out[i] /= sum
	}
	return out
}

// random returns n samples, uniform in [lo, hi] and exact in float32.
func random(g *graph.Graph, seed uint64, n int, lo, hi float64) [][][]float64 {
	rng := rand.New(rand.NewPCG(seed, 0))
	out := make([][][]float64, n)
	for k := range out {
		for _, id := range g.Inputs {
			x := make([]float64, g.Nodes[id].Shape.Size())
			for i := range x {
				x[i] = float64(float32(lo + (hi-lo)*rng.Float64()))
			}
			out[k] = append(out[k], x)
		}
	}
	return out
}

// TestNearFails: the comparison notices what it is for.
func TestNearFails(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		got, want []float64
		ok        bool
	}{
		"equal":        {[]float64{1, 2}, []float64{1, 2}, true},
		"close":        {[]float64{1000.9}, []float64{1000}, true},
		"far":          {[]float64{1001.1}, []float64{1000}, false},
		"small":        {[]float64{2e-4}, []float64{0}, false},
		"short":        {[]float64{1}, []float64{1, 2}, false},
		"not a number": {[]float64{math.NaN()}, []float64{1}, false},
	} {
		if err := near(c.got, c.want); (err == nil) != c.ok {
			t.Errorf("%s: %v", name, err)
		}
	}
	if err := nearRounded([]float64{1, 10.15}, []float64{1.15, 10}); err != nil {
		t.Error(err)
	}
	for _, bad := range [][]float64{{1, 10.7}, {1}, {math.NaN(), 10}} {
		if nearRounded(bad, []float64{1, 10}) == nil {
			t.Errorf("%v is near 1 and 10", bad)
		}
	}
}
