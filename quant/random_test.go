// SPDX-License-Identifier: Apache-2.0

package quant_test

import (
	"strings"
	"testing"

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
