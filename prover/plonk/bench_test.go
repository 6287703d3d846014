// SPDX-License-Identifier: Apache-2.0

package plonk

import (
	"slices"
	"testing"
	"time"

	gnark "github.com/consensys/gnark/backend/plonk/bn254"

	"github.com/zkml-go/zkml/accel/cpu"
	"github.com/zkml-go/zkml/bench/machine"
	"github.com/zkml-go/zkml/examples"
	"github.com/zkml-go/zkml/internal/exemplar"
)

// BenchmarkAgainstGnark proves by turns with gnark's prover and with this one, on the CPU,
// solving included: with a new key, one that proofs were made with, and an extended one.
// The ratios are the medians of ours to gnark's, of the time that passed and of the time
// that processors computed.
func BenchmarkAgainstGnark(b *testing.B) {
	for name, model := range map[string][]byte{"lenet5": examples.LeNet5(), "mlp": examples.MLP()} {
		b.Run(name, func(b *testing.B) {
			circuit, assignment := exemplar.Circuit(b, model)
			c := newCircuit(b, circuit, assignment)
			with := func(key *Key) func() (*gnark.Proof, error) {
				return func() (*gnark.Proof, error) {
					s, err := key.Solve(cpu.Device{}, c.full, forContracts)
					if err != nil {
						return nil, err
					}
					return s.Prove(b.Context())
				}
			}
			provers := []struct {
				name             string
				prove            func() (*gnark.Proof, error)
				passed, computed []float64
			}{
				{name: "gnark", prove: func() (*gnark.Proof, error) { return gnark.Prove(c.gates, c.pk, c.full, forContracts) }},
				{name: "new", prove: func() (*gnark.Proof, error) { return with(NewKey(c.gates, c.pk, Options{}))() }},
				{name: "kept", prove: with(NewKey(c.gates, c.pk, Options{}))},
				{name: "extended", prove: with(NewKey(c.gates, c.pk, Options{Extended: true}))},
			}
			round := func() {
				for k := range provers {
					p := &provers[k]
					start, before := time.Now(), machine.CPUTime()
					proof, err := p.prove()
					if err != nil {
						b.Fatal(err)
					}
					p.passed = append(p.passed, time.Since(start).Seconds())
					p.computed = append(p.computed, machine.CPUTime()-before)
					if err := c.verify(proof); err != nil {
						b.Fatal(err)
					}
				}
			}
			round() // keys are kept, and what else there is to keep
			for k := range provers {
				provers[k].passed, provers[k].computed = nil, nil
			}
			for b.Loop() {
				round()
			}
			b.ReportMetric(0, "ns/op")
			b.ReportMetric(float64(c.gates.GetNbConstraints()), "gates")
			for _, p := range provers {
				b.ReportMetric(median(p.passed), p.name+"-sec")
				b.ReportMetric(median(p.computed), p.name+"-cpu-sec")
				if p.name != "gnark" {
					b.ReportMetric(median(ratios(p.passed, provers[0].passed)), p.name+"-ratio")
					b.ReportMetric(median(ratios(p.computed, provers[0].computed)), p.name+"-cpu-ratio")
				}
			}
		})
	}
}

func ratios(x, y []float64) []float64 {
	out := make([]float64, len(x))
	for i := range out {
		out[i] = x[i] / y[i]
	}
	return out
}

func median(x []float64) float64 {
	x = slices.Sorted(slices.Values(x))
	return (x[len(x)/2] + x[(len(x)-1)/2]) / 2
}
