// SPDX-License-Identifier: Apache-2.0

package fraction

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"runtime"
	"testing"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"github.com/zkml-go/zkml/bench/machine"
)

// BenchmarkProve proves 2ᴸ − 2⁸ lookups of stored denominators and reports time and
// memory, what the denominators take not counted, per lookup. The largest of the series
// runs if ZKML_BENCH_LARGE is set.
func BenchmarkProve(b *testing.B) {
	sizes := []int{16, 18, 20, 22}
	if os.Getenv("ZKML_BENCH_LARGE") != "" {
		sizes = append(sizes, 24)
	}
	for _, shape := range []string{"full", "padded"} {
		for _, vars := range sizes {
			b.Run(fmt.Sprintf("%s/2^%d", shape, vars), func(b *testing.B) { benchmark(b, vars, shape == "padded") })
		}
	}
}

// benchmark fills half a tree of 2^vars leaves, a quarter, …, with lookups in a table
// of 2⁸ rows; the inner axes of padded ones have seven valid entries in eight.
func benchmark(b *testing.B, vars int, padded bool) {
	const tableVars = 8
	rng := rand.New(rand.NewPCG(1, 1))
	values := random(rng, 1<<tableVars)
	counts := make([]uint32, 1<<tableVars)
	regions := []Region{{Vars: tableVars, Numerators: counts, Denominators: Stored(values)}}
	lookups := 0
	for m := tableVars; m < vars; m++ {
		shape := []int{1 << (m - 6), 64}
		if padded {
			shape = []int{1 << (m - 6), 7, 7}
		}
		den := make([]fr.Element, 1<<m)
		for i := range den {
			row := rng.IntN(len(values))
			den[i] = values[row]
			if !padded || (i&7 < 7 && i>>3&7 < 7) {
				counts[row]++
				lookups++
			}
		}
		regions = append(regions, Region{Offset: 1 << m, Vars: m, Shape: shape, Denominators: Stored(den)})
	}
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	start := machine.CPUTime()
	for b.Loop() {
		if _, _, err := Prove(context.Background(), newTranscript(), vars, regions); err != nil {
			b.Fatal(err)
		}
	}
	busy := (machine.CPUTime() - start) * 1e9
	runtime.ReadMemStats(&after)
	perRun := float64(after.TotalAlloc-before.TotalAlloc) / float64(b.N)
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(lookups), "ns/lookup")
	b.ReportMetric(busy/float64(b.N)/float64(lookups), "cpu-ns/lookup")
	b.ReportMetric(perRun/float64(lookups), "B/lookup")
}
