// SPDX-License-Identifier: Apache-2.0

package quant_test

import (
	"math/big"
	"strings"
	"testing"

	"github.com/zkml-go/zkml/internal/oracle"
	"github.com/zkml-go/zkml/quant"
)

// TestRandomNetworksStayInBounds compiles random networks and checks every value
// of every sample against the bound that follows from the scales.
func TestRandomNetworksStayInBounds(t *testing.T) {
	t.Parallel()
	count := uint64(120)
	if testing.Short() {
		count = 30
	}
	tight, refused := 0, 0
	for seed := range count {
		n := newNet(t, seed)
		g := prepare(t, n.done(n.randomNet()))
		lo := []float64{0, -1, -3}[seed%3]
		s := samples(g, seed, 6, lo, 1)
		opts := quant.Options{ActBits: []int{8, 6, 10, 12}[seed%4]}
		p, err := quant.CompileTraced(g, calibrate(t, g, s), opts)
		if err != nil && strings.Contains(err.Error(), "far beyond the calibrated range") {
			refused++ // layers without activations between them may bound nothing
			continue
		}
		if err != nil {
			t.Fatalf("seed %d: %v", seed, err)
		}
		bound, worst, err := checked(g, p, s)
		if err != nil {
			t.Fatalf("seed %d: %v", seed, err)
		}
		if testing.Verbose() {
			t.Logf("seed %d, %d bits: bound %.4f worst %.4f", seed, opts.ActBits, bound, worst)
		}
		if bound < 0.3 {
			tight++
		}
	}
	if refused > int(count)/20 {
		t.Errorf("%d of %d networks were refused", refused, count)
	}
	if tight < int(count)/3 {
		t.Errorf("%d of %d bounds are below a fifth of the output: the others say little", tight, count)
	}
}

// TestRandomNetworksOnSecondExecutor runs compiled networks on the executor that
// shares no code with the first.
func TestRandomNetworksOnSecondExecutor(t *testing.T) {
	t.Parallel()
	for seed := range uint64(12) {
		n := newNet(t, 1000+seed)
		g := prepare(t, n.done(n.randomNet()))
		s := samples(g, seed, 3, -1, 1)
		p := mustCompile(t, g, calibrate(t, g, s))
		in, err := quant.QuantizeInput(p.Input(p.Inputs[0]), s[0][0])
		if err != nil {
			t.Fatal(err)
		}
		trace, err := p.Run([][]int64{in})
		if err != nil {
			t.Fatal(err)
		}
		want := oracle.Run(p.Program, [][]int64{in})
		for id, node := range p.Nodes {
			for k, x := range trace[id] {
				if want[id][k].Cmp(big.NewInt(x)) != 0 {
					t.Fatalf("seed %d: node %d (%s)[%d] = %d, want %d", seed, id, node.Op.Kind(), k, x, want[id][k])
				}
				if !node.Range.Contains(x) {
					t.Fatalf("seed %d: node %d (%s)[%d] = %d leaves %v", seed, id, node.Op.Kind(), k, x, node.Range)
				}
			}
		}
	}
}
