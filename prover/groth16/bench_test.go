// SPDX-License-Identifier: Apache-2.0

package groth16

import (
	"slices"
	"testing"
	"time"

	"github.com/consensys/gnark/backend"
	gnark "github.com/consensys/gnark/backend/groth16/bn254"
	"github.com/consensys/gnark/backend/solidity"
	"github.com/consensys/gnark/frontend"

	"github.com/zkml-go/zkml/accel/cpu"
	"github.com/zkml-go/zkml/bench/machine"
	"github.com/zkml-go/zkml/examples"
	"github.com/zkml-go/zkml/internal/exemplar"
)

// BenchmarkAgainstGnark proves by turns with gnark's prover and with this one, on the CPU,
// solving included. The ratios are the medians of ours to gnark's, of the time that passed
// and of the time that processors computed.
func BenchmarkAgainstGnark(b *testing.B) {
	for _, c := range []struct {
		name string
		make func(b *testing.B) (circuit, assignment frontend.Circuit)
	}{
		{"lenet5", func(b *testing.B) (_, _ frontend.Circuit) { return exemplar.Circuit(b, examples.LeNet5()) }},
		{"mlp", func(b *testing.B) (_, _ frontend.Circuit) { return exemplar.Circuit(b, examples.MLP()) }},
		{"powers", func(*testing.B) (_, _ frontend.Circuit) {
			return &powers{Size: 1 << 14}, newPowers(3, 1<<14)
		}},
	} {
		b.Run(c.name, func(b *testing.B) {
			circuit, assignment := c.make(b)
			s := newSetup(b, circuit)
			key := NewKey(s.pk)
			full := fullWitness(b, assignment)
			provers := []func() (*gnark.Proof, error){
				func() (*gnark.Proof, error) {
					return gnark.Prove(s.cs, s.pk, full, solidity.WithProverTargetSolidityVerifier(backend.GROTH16))
				},
				func() (*gnark.Proof, error) {
					solution, err := key.Solve(cpu.Device{}, s.cs, full)
					if err != nil {
						return nil, err
					}
					return solution.Prove()
				},
			}
			var passed, computed [2][]float64
			round := func() {
				for k, prove := range provers {
					start, before := time.Now(), machine.CPUTime()
					if _, err := prove(); err != nil {
						b.Fatal(err)
					}
					passed[k] = append(passed[k], time.Since(start).Seconds())
					computed[k] = append(computed[k], machine.CPUTime()-before)
				}
			}
			round() // both have what they cache
			passed, computed = [2][]float64{}, [2][]float64{}
			for b.Loop() {
				round()
			}
			b.ReportMetric(0, "ns/op")
			b.ReportMetric(float64(s.cs.GetNbConstraints()), "constraints")
			b.ReportMetric(median(passed[0]), "gnark-sec")
			b.ReportMetric(median(passed[1]), "ours-sec")
			b.ReportMetric(median(ratios(passed)), "ratio")
			b.ReportMetric(median(ratios(computed)), "cpu-ratio")
		})
	}
}

func ratios(pairs [2][]float64) []float64 {
	out := make([]float64, len(pairs[0]))
	for i := range out {
		out[i] = pairs[1][i] / pairs[0][i]
	}
	return out
}

func median(x []float64) float64 {
	x = slices.Sorted(slices.Values(x))
	return (x[len(x)/2] + x[(len(x)-1)/2]) / 2
}
