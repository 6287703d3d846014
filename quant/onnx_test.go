// SPDX-License-Identifier: Apache-2.0

package quant_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/zkml-go/zkml/internal/onnxtest"
	"github.com/zkml-go/zkml/quant"
)

// TestBatchNormalizationIsFree: a BatchNormalization after a convolution, with or
// without bias and groups, or after a Gemm, adds no primitive to the program of
// the layer with bias.
func TestBatchNormalizationIsFree(t *testing.T) {
	t.Parallel()
	const head = `
opset 15
input x float [1,4,6,6]
init w float [4,4,3,3] wave
init g float [4,2,3,3] wave
init m float [144,4] wave
init b float [4] 0.1 -0.2 0.3 0.4
init scale float [4] 1.5 0.5 -1 2
init mean float [4] 0.1 0.2 -0.3 0
init variance float [4] 1 2 0.5 0.25
`
	const norm = "norm: BatchNormalization y scale b mean variance -> z\nRelu z -> out\noutput out\n"
	for name, layer := range map[string]struct{ plain, normed string }{
		"Conv":                {"Conv x w b -> z pads=[1,1,1,1]", "Conv x w -> y pads=[1,1,1,1]"},
		"Conv with bias":      {"Conv x w b -> z pads=[1,1,1,1]", "Conv x w b -> y pads=[1,1,1,1]"},
		"Conv with groups":    {"Conv x g b -> z group=2", "Conv x g b -> y group=2"},
		"Gemm":                {"Flatten x -> f\nGemm f m b -> z", "Flatten x -> f\nGemm f m b -> y"},
		"Gemm with alpha":     {"Flatten x -> f\nGemm f m b -> z", "Flatten x -> f\nGemm f m b -> y alpha=0.5 beta=2.0"},
		"MatMul":              {"Flatten x -> f\nGemm f m b -> z", "Flatten x -> f\nMatMul f m -> y"},
		"Conv, then Identity": {"Conv x w b -> z pads=[1,1,1,1]", "Conv x w -> i pads=[1,1,1,1]\nIdentity i -> y"},
	} {
		programs := map[string]map[string]int{}
		for which, text := range map[string]string{
			"plain":  head + layer.plain + "\nRelu z -> out\noutput out\n",
			"normed": head + layer.normed + "\n" + norm,
		} {
			g := load(t, onnxtest.MustParse(strings.TrimSpace(text)).Model.Marshal())
			p, bound, _ := compiled(t, g, samples(g, 1, 5, 0, 1), quant.Options{})
			if bound > 0.2 {
				t.Errorf("%s, %s: the bound is %g of the output", name, which, bound)
			}
			programs[which] = primitives(p.Program)
		}
		if diff := cmp.Diff(programs["plain"], programs["normed"]); diff != "" {
			t.Errorf("%s (-plain +normed):\n%s", name, diff)
		}
	}
}

func TestCommonUnit(t *testing.T) {
	t.Parallel()
	third := float64(float32(1) / 3)
	for _, c := range []struct {
		weights []float64
		want    float64
	}{
		{[]float64{0.25, 0.25, 0}, 0.25},
		{[]float64{third, third}, third},
		{[]float64{3, -2, 1}, 1},
		{[]float64{3, -2}, 1},                         // half of the least
		{[]float64{0.25, 1.0 / 6, 1.0 / 9}, 1.0 / 36}, // windows at a corner, an edge and inside
		{[]float64{0, 0}, 1},
		{[]float64{1, 65}, 0},     // too large a multiple
		{[]float64{1, 1.0001}, 0}, // no unit
	} {
		if got := quant.CommonUnit(c.weights); got < c.want*(1-1e-6) || got > c.want*(1+1e-6) {
			t.Errorf("unit of %v is %v, want %v", c.weights, got, c.want)
		}
	}
}
