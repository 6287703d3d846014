// SPDX-License-Identifier: Apache-2.0

package quant_test

import (
	"testing"

	"github.com/zkml-go/zkml/examples"
	"github.com/zkml-go/zkml/graph"
	"github.com/zkml-go/zkml/ir"
	"github.com/zkml-go/zkml/quant"
	"github.com/zkml-go/zkml/tensor"
)

// TestWeightBits: weights have the width asked for, each channel uses all of it, and
// every rescale is a shift. One channel is a thousand times as large as the other, and
// one is 0.
func TestWeightBits(t *testing.T) {
	t.Parallel()
	n := newNet(t, 3)
	w := n.Const([]int{3, 4}, []float32{1000, -500, 250, 30, 1, 0.5, -0.25, 0.7, 0, 0, 0, 0})
	x := n.Contract(n.Input("x", []int{1, 4}), w, contraction(3, 4))
	y := n.Sum(n.apply(n.Sum(x, n.Const([]int{3}, []float32{1, 2, 3})), "relu"), n.Const([]int{3}, []float32{0, 0.5, 0}))
	g := prepare(t, n.done(y))
	s := samples(g, 1, 50, -1, 1)
	for _, bits := range []int{2, 4, 8, 12} {
		p, err := quant.Compile(g, calibrate(t, g, s), quant.Options{WeightBits: bits, ActBits: 16})
		if err != nil {
			t.Fatal(err)
		}
		most := int64(1)<<(bits-1) - 1
		found := false
		for _, node := range p.Nodes {
			if op, ok := node.Op.(ir.Const); ok && node.Shape.Equal(tensor.Shape{3, 4}) {
				found = true
				q := op.Data.Int64s()
				if q[0] != most || q[4] != most || q[8] != 0 {
					t.Errorf("%d bits: weights %v, want %d as the largest of both channels", bits, q, most)
				}
			}
			if op, ok := node.Op.(ir.Rescale); ok && op.Multiplier != 1 {
				t.Errorf("%d bits: %s has multiplier %d", bits, node.Name, op.Multiplier)
			}
		}
		if !found {
			t.Errorf("%d bits: no weights", bits)
		}
		r, err := quant.Compare(g, p, s, nil)
		if err != nil {
			t.Fatal(err)
		}
		// Half a step of each of four weights, and the rounding of activations.
		if bound := r.OutputSpan * (4*0.5/float64(most) + 0.001); r.WorstError > bound {
			t.Errorf("%d bits: worst error %g, want at most %g", bits, r.WorstError, bound)
		}
	}
	for _, bits := range []int{-1, 1, 17} {
		if _, err := quant.Compile(g, calibrate(t, g, s), quant.Options{WeightBits: bits}); err == nil {
			t.Errorf("weights of %d bits were accepted", bits)
		}
	}
}

// TestWeightBitsOfDigits: int8 weights with a scale per channel, and scales that are
// powers of two, are as good as the weights that absorb the scales; 3 bits are not.
func TestWeightBitsOfDigits(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("8 compilations of a model")
	}
	d := mnist(t, 1)
	calibration, test := d.from(0, 8000).every(200), d.from(8000, 9000)
	for name, model := range map[string][]byte{"LeNet-5": examples.LeNet5(), "MLP": examples.MLP()} {
		g := load(t, model)
		cal := calibrate(t, g, calibration)
		for _, c := range []trial{
			{"w8", 100, quant.Options{WeightBits: 8}, 0.997, 0.005, 0.004},
			{"w8 pow2", 100, quant.Options{WeightBits: 8, Scales: quant.PowerOfTwoScales}, 0.995, 0.005, 0.006},
			{"pow2", 100, quant.Options{Scales: quant.PowerOfTwoScales}, 0.995, 0.005, 0.006},
		} {
			c.name = name + ", " + c.name
			c.calibrated(t, g, cal, test)
		}
		p, err := quant.Compile(g, cal, quant.Options{WeightBits: 2})
		if err != nil {
			t.Fatal(err)
		}
		if r, err := quant.Compare(g, p, test.samples, nil); err != nil || r.Agreement > 0.97 {
			t.Errorf("%s: agreement %v with weights of 2 bits, %v", name, r.Agreement, err)
		}
	}
}

// TestPowerOfTwoScales: every scale of an input or a rounded activation is one.
func TestPowerOfTwoScales(t *testing.T) {
	t.Parallel()
	n := newNet(t, 5)
	x := n.Input("x", []int{1, 6})
	g := prepare(t, n.done(n.apply(n.dense(n.relu(n.dense(x, 5)), 4), "tanh")))
	s := samples(g, 1, 30, -0.7, 1.1)
	for scales, all := range map[quant.Scales]bool{quant.PowerOfTwoScales: true, quant.AffineScales: false} {
		p, err := quant.CompileTraced(g, calibrate(t, g, s), quant.Options{Scales: scales})
		if err != nil {
			t.Fatal(err)
		}
		exact := true
		for id, node := range g.Nodes {
			if kind := node.Op.Kind(); kind == "input" || kind == "map" {
				_, scale := p.Value(graph.ID(id))
				exact = exact && isPowerOfTwo(scale)
			}
		}
		if exact != all {
			t.Errorf("%s: powers of two: %v", scales, exact)
		}
		if _, _, err := checked(g, p, s); err != nil {
			t.Errorf("%s: %v", scales, err)
		}
	}
	if _, err := quant.Compile(g, calibrate(t, g, s), quant.Options{Scales: "log"}); err == nil {
		t.Error("logarithmic scales were accepted")
	}
}
