// SPDX-License-Identifier: Apache-2.0

package quant_test

import (
	"errors"
	"fmt"
	"math"
	"strings"
	"testing"

	"github.com/zkml-go/zkml/quant"
)

// TestCompileTarget: a network of 4 bits that misses its target reaches it with some
// layers raised, and not all to the widest; a target that it meets raises nothing.
func TestCompileTarget(t *testing.T) {
	t.Parallel()
	n := newNet(t, 21)
	x := n.Input("x", []int{1, 12})
	for range 3 {
		x = n.relu(n.dense(x, 10))
	}
	g := prepare(t, n.done(n.dense(x, 4)))
	layer := 0
	for id := range g.Nodes {
		layer++
		g.Nodes[id].Name = fmt.Sprintf("node%d", layer)
	}
	d := dataset{samples: samples(g, 1, 400, -1, 1)}
	cal := calibrate(t, g, d.samples)
	narrow := quant.Options{ActBits: 4}
	before, err := quant.Compile(g, cal, narrow)
	if err != nil {
		t.Fatal(err)
	}
	r, err := quant.Compare(g, before, d.samples, d.labels)
	if err != nil {
		t.Fatal(err)
	}
	if r.Agreement >= 0.99 {
		t.Fatalf("agreement %v with 4 bits: nothing to raise", r.Agreement)
	}
	p, layers, raised, err := quant.CompileTarget(g, cal, narrow, d.samples, d.labels, 0.99)
	if err != nil {
		t.Fatal(err)
	}
	after, err := quant.Compare(g, p, d.samples, d.labels)
	if err != nil {
		t.Fatal(err)
	}
	if after.Agreement < 0.99 || len(raised) == 0 {
		t.Errorf("agreement %v, raised %v", after.Agreement, raised)
	}
	bits := 0
	for _, x := range raised {
		bits += x.Bits - 4
		if x.Bits <= 4 || x.Bits > 16 || !(x.SNR > 0) {
			t.Errorf("raised %+v", x)
		}
	}
	if bits >= 8*len(layers) {
		t.Errorf("%d layers were raised by %d bits: %v", len(layers), bits, raised)
	}
	t.Logf("agreement %v, then %v, with %v", r.Agreement, after.Agreement, raised)

	same, _, raised, err := quant.CompileTarget(g, cal, narrow, d.samples, d.labels, r.Agreement)
	if err != nil || raised != nil || same.Digest() != before.Digest() {
		t.Errorf("a target that is met: raised %v, %v", raised, err)
	}
}

// TestTargetOutOfReach: samples beyond the declared range are never right.
func TestTargetOutOfReach(t *testing.T) {
	t.Parallel()
	g, _ := overridden(t)
	s := samples(g, 1, 10, 0, 1)
	cal := calibrate(t, g, s)
	s[3][0][0] = 7
	_, _, _, err := quant.CompileTarget(g, cal, quant.Options{}, s, nil, 0.95)
	if !errors.Is(err, quant.ErrTarget) || !strings.Contains(err.Error(), "90.00 % of 10 samples with 16 bits everywhere, 90.00 % at best, want 95.00 %") {
		t.Errorf("%v, want ErrTarget", err)
	}
}

// TestPrune: the smallest weights of every layer go, and no others.
func TestPrune(t *testing.T) {
	t.Parallel()
	n := newNet(t, 1)
	x := n.Contract(n.Input("x", []int{1, 4}), n.Const([]int{2, 4}, []float32{0.5, -3, 0.125, 4.1, 0, 0.3, -0.2, 1.7}), contraction(2, 4))
	g := prepare(t, n.done(n.Sum(x, n.Const([]int{2}, []float32{0.01, 0.02}))))
	for share, want := range map[float64]struct {
		y      []float64
		zeroed int
	}{
		0:    {[]float64{1.725 + 0.01, 1.8 + 0.02}, 0},
		0.5:  {[]float64{1.6 + 0.01, 1.7 + 0.02}, 3},
		0.9:  {[]float64{4.1 + 0.01, 0.02}, 6},
		0.13: {[]float64{1.725 + 0.01, 1.8 + 0.02}, 0}, // the one that is 0 already
	} {
		pruned, p, err := quant.Prune(g, share)
		if err != nil {
			t.Fatal(err)
		}
		v, err := pruned.Eval([][]float64{{1, 1, 1, 1}})
		if err != nil {
			t.Fatal(err)
		}
		for i, y := range v[pruned.Outputs[0].ID] {
			if math.Abs(y-want.y[i]) > 1e-6 {
				t.Errorf("%v: output %v, want %v", share, v[pruned.Outputs[0].ID], want.y)
				break
			}
		}
		if p.Weights != 8 || p.Zeroed != want.zeroed {
			t.Errorf("%v: %+v, want 8 weights, %d zeroed", share, p, want.zeroed)
		}
	}
	for _, share := range []float64{-0.1, 1, math.NaN()} {
		if _, _, err := quant.Prune(g, share); err == nil {
			t.Errorf("a share of %v was accepted", share)
		}
	}
}
