// SPDX-License-Identifier: Apache-2.0

package quant_test

import (
	"math"
	"strings"
	"testing"

	"github.com/zkml-go/zkml/graph"
	"github.com/zkml-go/zkml/quant"
)

func isPowerOfTwo(x float64) bool {
	frac, _ := math.Frexp(x)
	return frac == 0.5
}

// overridden is a network of two hidden layers, named a/relu and b/relu.
func overridden(t *testing.T) (*graph.Graph, map[string]graph.ID) {
	n := newNet(t, 9)
	x := n.relu(n.dense(n.Input("x", []int{1, 6}), 5))
	g := prepare(t, n.done(n.dense(n.relu(n.dense(x, 4)), 3)))
	names, at := []string{"a/relu", "b/relu"}, map[string]graph.ID{}
	for id := range g.Nodes {
		if g.Nodes[id].Op.Kind() == "map" {
			g.Nodes[id].Name, names = names[0], names[1:]
			at[g.Nodes[id].Name] = graph.ID(id)
		}
	}
	return g, at
}

// TestOverrides: an override changes the scale of the nodes that it names, by the
// factor that its bits or its span say, and of no others.
func TestOverrides(t *testing.T) {
	t.Parallel()
	g, at := overridden(t)
	s := samples(g, 1, 20, 0, 1)
	scales := func(o ...quant.Override) (a, b float64) {
		p, err := quant.CompileTraced(g, calibrate(t, g, s), quant.Options{Overrides: o})
		if err != nil {
			t.Fatal(err)
		}
		if _, _, err := checked(g, p, s); err != nil && o == nil {
			t.Fatal(err)
		}
		return p.Activation(at["a/relu"]), p.Activation(at["b/relu"])
	}
	a, b := scales()
	finer := 255.0 / 4095
	for _, c := range []struct {
		name string
		o    []quant.Override
		a, b float64
	}{
		{"one", []quant.Override{{Nodes: "a/relu", Bits: 12}}, a * finer, b},
		{"prefix", []quant.Override{{Nodes: "b*", Bits: 12}}, a, b * finer},
		{"suffix", []quant.Override{{Nodes: "*relu", Bits: 12}}, a * finer, b * finer},
		{"middle", []quant.Override{{Nodes: "a*r*u", Bits: 12}}, a * finer, b},
		{"the last counts", []quant.Override{{Nodes: "*", Bits: 12}, {Nodes: "b/relu", Bits: 8}}, a * finer, b},
		{"span", []quant.Override{{Nodes: "a/relu", Span: &quant.Span{Lo: 0, Hi: 51}}}, 0.2, b},
		{"both", []quant.Override{{Nodes: "a/relu", Bits: 4, Span: &quant.Span{Lo: 0, Hi: 3}}}, 0.2, b},
	} {
		gotA, gotB := scales(c.o...)
		if math.Abs(gotA-c.a) > 1e-6*c.a || math.Abs(gotB-c.b) > 1e-6*c.b {
			t.Errorf("%s: scales %g and %g, want %g and %g", c.name, gotA, gotB, c.a, c.b)
		}
	}
}

func TestOverridesRefused(t *testing.T) {
	t.Parallel()
	g, _ := overridden(t)
	cal := calibrate(t, g, samples(g, 1, 5, 0, 1))
	for want, o := range map[string]quant.Override{
		`no node "c/relu"`:             {Nodes: "c/relu", Bits: 8},
		`no node "a"`:                  {Nodes: "a", Bits: 8},
		`no node "*/relu*x"`:           {Nodes: "*/relu*x", Bits: 8},
		"17 bits, want 4 to 16":        {Nodes: "*", Bits: 17},
		"3 bits, want 4 to 16":         {Nodes: "*", Bits: 3},
		"[1, 1] is not an interval":    {Nodes: "*", Span: &quant.Span{Lo: 1, Hi: 1}},
		"[0, +Inf] is not an interval": {Nodes: "*", Span: &quant.Span{Hi: math.Inf(1)}},
	} {
		_, err := quant.Compile(g, cal, quant.Options{Overrides: []quant.Override{o}})
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("override %+v: %v, want %q", o, err, want)
		}
	}
}
