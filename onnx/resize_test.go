// SPDX-License-Identifier: Apache-2.0

package onnx

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"

	"github.com/zkml-go/zkml/graph"
)

// TestResize compares resizing an axis with the definition, for all pairs of
// small extents: those of which one divides the other are lowered to windows,
// most others to a matrix.
func TestResize(t *testing.T) {
	t.Parallel()
	place := map[string]func(x, in, out float64) float64{
		"half_pixel":    func(x, in, out float64) float64 { return (x+0.5)*in/out - 0.5 },
		"asymmetric":    func(x, in, out float64) float64 { return x * in / out },
		"align_corners": func(x, in, out float64) float64 { return x * (in - 1) / max(out-1, 1) },
	}
	weights := map[string]func(distance float64) float64{
		"linear": func(d float64) float64 { return max(0, 1-d) },
		"cubic": func(d float64) float64 { // Keys, a = −3/4
			switch {
			case d <= 1:
				return 1.25*d*d*d - 2.25*d*d + 1
			case d < 2:
				return -0.75*d*d*d + 3.75*d*d - 6*d + 3
			}
			return 0
		},
	}
	rng := rand.New(rand.NewPCG(1, 12))
	windows := 0
	for in := 1; in <= 12; in++ {
		x, _ := numbers(rng, in)
		at := func(i int) float64 { return x[min(max(i, 0), in-1)] }
		for out := 1; out <= 24; out++ {
			for transform, coordinate := range place {
				for mode, weight := range weights {
					want := make([]float64, out)
					for o := range want {
						c := coordinate(float64(o), float64(in), float64(out))
						for i := int(math.Floor(c)) - 1; i <= int(math.Floor(c))+2; i++ {
							want[o] += weight(math.Abs(c-float64(i))) * at(i)
						}
					}
					text := fmt.Sprintf("opset 13\ninput x float [1,%d]\ninit s int64 [2] 1 %d\n"+
						"Resize x _ _ s -> y mode=%q coordinate_transformation_mode=%q\noutput y", in, out, mode, transform)
					g, _, err := Load(marshal(text))
					if err != nil {
						t.Fatal(err)
					}
					if usesWindows(g) {
						windows++
					}
					for i, y := range run(t, g, x) {
						if math.Abs(y-want[i]) > 1e-5 {
							t.Fatalf("%s: element %d is %v, want %v", text, i, y, want[i])
						}
					}
				}
			}
		}
	}
	if windows < 100 {
		t.Errorf("%d cases were lowered to windows", windows)
	}
}

// usesWindows reports whether a view makes a tensor of three axes, as windows of
// one axis of two are.
func usesWindows(g *graph.Graph) bool {
	for _, n := range g.Nodes {
		if _, ok := n.Op.(graph.View); ok && len(n.Shape) == 3 {
			return true
		}
	}
	return false
}
