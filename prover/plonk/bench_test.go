// SPDX-License-Identifier: Apache-2.0

package plonk_test

import (
	"runtime"
	"syscall"
	"testing"
	"time"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/consensys/gnark/backend"
	gnark "github.com/consensys/gnark/backend/plonk/bn254"
	"github.com/consensys/gnark/backend/solidity"

	"github.com/zkml-go/zkml/accel/cpu"
	"github.com/zkml-go/zkml/circuits"
	"github.com/zkml-go/zkml/examples"
	"github.com/zkml-go/zkml/internal/exemplar"
	"github.com/zkml-go/zkml/prover/plonk"
	"github.com/zkml-go/zkml/relation"
)

// BenchmarkLeNet5 proves a run of LeNet-5 with gnark's prover and with this one, in turn:
// with a key that is new, one that was used, and one that was used and is extended. It
// reports the time that passed and, since others may use the machine, the time of all
// processors.
func BenchmarkLeNet5(b *testing.B) {
	program := exemplar.Program(b, examples.LeNet5())
	m, err := circuits.NewModel(program, relation.Options{})
	if err != nil {
		b.Fatal(err)
	}
	inputs := make([][]int64, 1)
	inputs[0] = make([]int64, 28*28)
	for i := range inputs[0] {
		inputs[0][i] = int64(i * i % 256)
	}
	trace, err := program.Run(inputs)
	if err != nil {
		b.Fatal(err)
	}
	claim, err := m.Claim(trace, nil)
	if err != nil {
		b.Fatal(err)
	}
	assignment, err := m.Assign(trace, claim, nil, fr.NewElement(7))
	if err != nil {
		b.Fatal(err)
	}
	c := newCircuit(b, m.Circuit(), assignment, solidity.WithProverTargetSolidityVerifier(backend.PLONK))
	// kept is a key that a proof was made with.
	kept := func(o plonk.Options) func() *plonk.Key {
		key := plonk.NewKey(c.gates, c.pk, o)
		s, err := key.Solve(cpu.Device{}, c.full, c.options...)
		if err != nil {
			b.Fatal(err)
		}
		if _, err := s.Prove(b.Context()); err != nil {
			b.Fatal(err)
		}
		return func() *plonk.Key { return key }
	}
	with := func(key func() *plonk.Key) func() (*gnark.Proof, error) {
		return func() (*gnark.Proof, error) {
			key := key()
			s, err := key.Solve(cpu.Device{}, c.full, c.options...)
			if err != nil {
				return nil, err
			}
			return s.Prove(b.Context())
		}
	}
	provers := []struct {
		name  string
		prove func() (*gnark.Proof, error)
		time  time.Duration
		cpu   time.Duration
	}{
		{name: "gnark", prove: func() (*gnark.Proof, error) { return gnark.Prove(c.gates, c.pk, c.full, c.options...) }},
		{name: "cold", prove: with(func() *plonk.Key { return plonk.NewKey(c.gates, c.pk, plonk.Options{}) })},
		{name: "warm", prove: with(kept(plonk.Options{}))},
		{name: "extended", prove: with(kept(plonk.Options{Extended: true}))},
	}
	b.ResetTimer()
	for range b.N {
		for i := range provers {
			p := &provers[i]
			runtime.GC()
			start, cpu := time.Now(), cpuTime(b)
			proof, err := p.prove()
			p.time += time.Since(start)
			p.cpu += cpuTime(b) - cpu
			if err != nil {
				b.Fatal(p.name, err)
			}
			if err := c.verify(proof); err != nil {
				b.Fatal(p.name, err)
			}
		}
	}
	for _, p := range provers {
		b.ReportMetric(p.time.Seconds()/float64(b.N), p.name+"-s/op")
		b.ReportMetric(p.cpu.Seconds()/float64(b.N), p.name+"-cpu-s/op")
	}
}

func cpuTime(b *testing.B) time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		b.Fatal(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
