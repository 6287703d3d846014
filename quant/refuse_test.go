// SPDX-License-Identifier: Apache-2.0

package quant_test

import (
	"errors"
	"math"
	"strings"
	"testing"

	"github.com/zkml-go/zkml/graph"
	"github.com/zkml-go/zkml/ir"
	"github.com/zkml-go/zkml/quant"
	"github.com/zkml-go/zkml/tensor"
)

// TestCompileNamesTheNode: what cannot be compiled is refused with the name of
// the node, once, and the reason.
func TestCompileNamesTheNode(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		build func(n *net) graph.ID
		says  string
	}{
		"divisor of both signs": {func(n *net) graph.ID {
			x := n.vector()
			y := n.Linear(-0.25, []float64{1}, x)
			n.At("culprit")
			return n.Divide(x, y)
		}, "the divisor is not always positive: calibration saw [-0.25"},
		// The two halves are equal on every sample; the ranges cannot know.
		"divisor that might be negative": {func(n *net) graph.ID {
			x := n.vector()
			y := n.Linear(0.25, []float64{1, -1}, n.slice(x, 0, 1), n.slice(x, 1, 1))
			n.At("culprit")
			return n.Divide(n.slice(x, 2, 1), y)
		}, "the divisor is not provably positive"},
		"constant out of range": {func(n *net) graph.ID {
			x := n.relu(n.dense(n.vector(), 3))
			n.At("culprit")
			return n.Linear(0, []float64{1, 1}, x, n.Const(tensor.Shape{1, 3}, []float32{1, 1e30, 2}))
		}, "exceeds 2^60"},
		"bias out of range": {func(n *net) graph.ID {
			x := n.relu(n.dense(n.vector(), 3))
			n.At("culprit")
			return n.Linear(1e30, []float64{1}, x)
		}, "exceeds 2^60"},
		"padding out of range": {func(n *net) graph.ID {
			x := n.vector()
			v, err := tensor.Pad(tensor.Shape{1, 12}, []int{0, 1}, []int{0, 0})
			if err != nil {
				n.t.Fatal(err)
			}
			n.At("culprit")
			return n.View(x, v, 1e30)
		}, "exceeds 2^60"},
		// The two halves cancel on every sample; the ranges cannot know.
		"values far beyond calibration": {func(n *net) graph.ID {
			x := n.vector()
			y := n.Linear(0.001, []float64{1000, -1000}, n.slice(x, 0, 1), n.slice(x, 1, 1))
			n.At("culprit")
			return n.Map(y, graph.Func{Name: "sin"}) // of which no clamp is right
		}, "far beyond the calibrated range"},
		"scales too far apart": {func(n *net) graph.ID {
			x := n.vector()
			n.At("culprit")
			return n.Concat(1, n.scaled(x, 1), n.scaled(x, 3e-20))
		}, "too fine"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			n := newNet(t, 1)
			g := n.done(c.build(n))
			s := samples(g, 1, 3, 0, 0.5)
			for _, x := range s {
				x[0][0] = x[0][1]
			}
			_, err := quant.Compile(g, calibrate(t, g, s), quant.Options{})
			if err == nil || !strings.Contains(err.Error(), c.says) || strings.Count(err.Error(), "culprit") != 1 {
				t.Errorf("error %v, want \"culprit\" once and %q", err, c.says)
			}
		})
	}
}

func TestCompileRefusesOptions(t *testing.T) {
	t.Parallel()
	n := newNet(t, 1)
	g := n.done(n.dense(n.vector(), 2))
	cal := calibrate(t, g, samples(g, 1, 2, 0, 1))
	for name, c := range map[string]struct {
		opts quant.Options
		says string
	}{
		"3 bits":             {quant.Options{ActBits: 3}, "3 bits, want 4 to 16"},
		"17 bits":            {quant.Options{ActBits: 17}, "17 bits, want 4 to 16"},
		"empty range":        {quant.Options{InputRange: &quant.Span{Lo: 1, Hi: 1}}, "[1, 1]"},
		"NaN range":          {quant.Options{InputRange: &quant.Span{Lo: math.NaN(), Hi: 1}}, "NaN"},
		"infinite range":     {quant.Options{InputRange: &quant.Span{Lo: 0, Hi: math.Inf(1)}}, "+Inf"},
		"unknown visibility": {quant.Options{InputVisibility: "secret"}, "secret"},
	} {
		if _, err := quant.Compile(g, cal, c.opts); err == nil || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s: error %v, want %q", name, err, c.says)
		}
	}
	for bits := 4; bits <= 16; bits++ {
		p, err := quant.Compile(g, cal, quant.Options{ActBits: bits, InputVisibility: ir.Private, OutputVisibility: ir.Committed})
		if err != nil {
			t.Fatalf("%d bits: %v", bits, err)
		}
		if in := p.Input(p.Inputs[0]); in.Visibility != ir.Private || in.Declared != (ir.Range{Hi: 1<<bits - 1}) {
			t.Errorf("%d bits: input %+v", bits, in)
		}
		if p.Outputs[0].Visibility != ir.Committed {
			t.Errorf("%d bits: output is %s", bits, p.Outputs[0].Visibility)
		}
	}
	other := n.done(n.vector())
	if _, err := quant.Compile(other, cal, quant.Options{}); !errors.Is(err, quant.ErrCalibration) {
		t.Errorf("calibration of another graph: %v, want ErrCalibration", err)
	}
}

// TestCompileRefusesConstantOutputs: there is nothing to prove.
func TestCompileRefusesConstantOutputs(t *testing.T) {
	t.Parallel()
	n := newNet(t, 1)
	x := n.vector()
	for name, out := range map[string]graph.ID{
		"constant":      n.random(1, 3),
		"coefficient 0": n.Linear(1, []float64{0}, x),
	} {
		g := &graph.Graph{}
		*g = *n.done(out)
		g.Outputs = g.Outputs[len(g.Outputs)-1:]
		_, err := quant.Compile(g, calibrate(t, g, samples(g, 1, 2, 0, 1)), quant.Options{})
		if err == nil || !strings.Contains(err.Error(), "output y: it does not depend on the input") {
			t.Errorf("%s: error %v", name, err)
		}
	}
}

// TestDeadNetworkCompiles: a network that was 0 on every sample has no scales to
// measure; it is 0 on them as an integer network, too.
func TestDeadNetworkCompiles(t *testing.T) {
	t.Parallel()
	n := newNet(t, 2)
	g := prepare(t, n.done(n.conv(n.relu(n.maxPool(n.conv(n.image(), 2, 3, 1, 1), 2, 2, 0)), 2, 3, 1, 1)))
	p, _, _ := compiled(t, g, []quant.Sample{{make([]float64, 108)}}, quant.Options{})
	if got, err := quant.Run(p.Program, quant.Sample{make([]float64, 108)}); err != nil || got[0][0] != 0 {
		t.Errorf("zeros become %v, %v", got, err)
	}
}
