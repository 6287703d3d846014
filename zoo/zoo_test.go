// SPDX-License-Identifier: Apache-2.0

package zoo

import (
	"bytes"
	"errors"
	"math"
	"math/rand/v2"
	"testing"

	"github.com/zkml-go/zkml/graph"
	"github.com/zkml-go/zkml/onnx"
)

// TestSizes compares parameters and multiply-accumulates with the published ones.
// Statistics of normalizations are not learned, and are not counted.
func TestSizes(t *testing.T) {
	t.Parallel()
	for _, a := range Architectures() {
		t.Run(a.Name, func(t *testing.T) {
			if a.transformer != nil {
				checkTransformer(t, a)
				return
			}
			n := a.draw(1)
			parameters := 0
			for _, i := range n.model.Inits {
				if i.Type == 1 && len(i.Dims) > 0 {
					parameters += len(i.Data) + len(i.Floats)
				}
			}
			for _, at := range n.norms {
				parameters -= 2 * len(n.model.Inits[at].Data)
			}
			_, info, err := onnx.Load(n.model.Marshal())
			if err != nil {
				t.Fatal(err)
			}
			a.checkSizes(t, parameters, int(info.MACs+info.DynamicMACs))
		})
	}
}

func (a Architecture) checkSizes(t *testing.T, parameters, macs int) {
	t.Helper()
	t.Logf("%d parameters, %d multiply-accumulates", parameters, macs)
	if d := math.Abs(float64(parameters)/a.Parameters - 1); d > 0.03 {
		t.Errorf("%d parameters, %.3g published", parameters, a.Parameters)
	}
	if d := math.Abs(float64(macs)/a.MACs - 1); d > 0.06 {
		t.Errorf("%d multiply-accumulates, %.3g published", macs, a.MACs)
	}
}

// checkTransformer draws three models with fewer layers and words, not the 124
// million numbers of the largest: both sizes are linear in either.
func checkTransformer(t *testing.T, a Architecture) {
	const words = 128
	sizes := func(layers, vocabulary int) (parameters, macs int) {
		small := *a.transformer
		small.Layers, small.Vocabulary = layers, vocabulary
		m := small.Model()
		for _, i := range m.Inits {
			if i.Type == 1 && len(i.Dims) > 0 && i.Name != "mask" {
				parameters += len(i.Floats)
			}
		}
		_, info, err := onnx.Load(m.Marshal())
		if err != nil {
			t.Fatal(err)
		}
		return parameters, int(info.MACs + info.DynamicMACs)
	}
	p, m := sizes(1, words)
	p2, m2 := sizes(2, words)
	p3, m3 := sizes(1, 2*words)
	layers, more := a.transformer.Layers-1, a.transformer.Vocabulary-words
	a.checkSizes(t, p+layers*(p2-p)+more*(p3-p)/words, m+layers*(m2-m)+more*(m3-m)/words)
}

// TestBuild builds a network twice and runs it: equal seeds give equal files, and
// activations neither vanish nor grow, nor forget the input.
func TestBuild(t *testing.T) {
	t.Parallel()
	a, err := Find("mobilenetv1-0.25-96")
	if err != nil {
		t.Fatal(err)
	}
	var files [3][]byte
	for i, seed := range []uint64{1, 1, 2} {
		if files[i], err = a.Build(seed); err != nil {
			t.Fatal(err)
		}
	}
	if !bytes.Equal(files[0], files[1]) {
		t.Error("equal seeds give different files")
	}
	if bytes.Equal(files[0], files[2]) {
		t.Error("different seeds give equal files")
	}
	g, _, err := onnx.Load(files[0])
	if err != nil {
		t.Fatal(err)
	}
	rng := rand.New(rand.NewPCG(3, 4))
	var logits [2][]float64
	for i := range logits {
		err := g.Visit([][]float64{Images(g.Nodes[g.Inputs[0]].Shape, rng)}, func(id graph.ID, v []float64) {
			if id == g.Outputs[0].ID {
				logits[i] = v
			}
			if g.Nodes[id].Op.Kind() != "map" {
				return
			}
			sum := 0.0
			for _, x := range v {
				sum += x * x
			}
			if rms := math.Sqrt(sum / float64(len(v))); rms < 0.3 || rms > 3 {
				t.Errorf("%s has a root mean square of %g", g.Nodes[id].Name, rms)
			}
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	norm, distance := 0.0, 0.0
	for i, x := range logits[0] {
		norm += x * x
		distance += (x - logits[1][i]) * (x - logits[1][i])
	}
	if distance < norm/20 {
		t.Errorf("two images give logits at a distance of %g, of a norm of %g", math.Sqrt(distance), math.Sqrt(norm))
	}
}

func TestFindRefuses(t *testing.T) {
	t.Parallel()
	if _, err := Find("lenet"); !errors.Is(err, ErrUnknown) {
		t.Errorf("%v", err)
	}
}
