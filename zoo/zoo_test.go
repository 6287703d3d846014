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
			n := a.draw(1)
			parameters := 0
			for _, i := range n.model.Inits {
				if i.Type == 1 && len(i.Dims) > 0 {
					parameters += len(i.Data)
				}
			}
			for _, at := range n.norms {
				parameters -= 2 * len(n.model.Inits[at].Data)
			}
			_, info, err := onnx.Load(n.model.Marshal())
			if err != nil {
				t.Fatal(err)
			}
			t.Logf("%d parameters, %d multiply-accumulates", parameters, info.MACs+info.DynamicMACs)
			if d := math.Abs(float64(parameters)/a.Parameters - 1); d > 0.03 {
				t.Errorf("%d parameters, %.3g published", parameters, a.Parameters)
			}
			if d := math.Abs(float64(info.MACs+info.DynamicMACs)/a.MACs - 1); d > 0.06 {
				t.Errorf("%d multiply-accumulates, %.3g published", info.MACs+info.DynamicMACs, a.MACs)
			}
		})
	}
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
