// SPDX-License-Identifier: Apache-2.0

package plonk

import (
	"context"
	"crypto/sha512"
	"errors"
	"fmt"
	"testing"

	"github.com/consensys/gnark/backend"
	gnark "github.com/consensys/gnark/backend/plonk/bn254"
	"github.com/consensys/gnark/constraint/solver"
	"github.com/consensys/gnark/frontend"

	"github.com/zkml-go/zkml/accel/cpu"
)

// TestProve has gnark verify proofs of circuits from two rows on.
func TestProve(t *testing.T) {
	t.Parallel()
	sizes := map[uint64]bool{}
	prove := func(name string, c, assignment frontend.Circuit) {
		t.Run(name, func(t *testing.T) {
			f := newCircuit(t, c, assignment)
			sizes[f.pk.Vk.Size] = true
			for name, options := range map[string]Options{"": {}, "extended": {Extended: true}} {
				if err := f.verify(f.prove(t, cpu.Device{}, options)); err != nil {
					t.Errorf("%s: %v", name, err)
				}
				proof := f.prove(t, cpu.Device{}, options, backend.WithStatisticalZeroKnowledge())
				if err := f.verify(proof); err != nil {
					t.Errorf("%s, statistical zero knowledge: %v", name, err)
				}
			}
		})
	}
	prove("one gate", &equal{}, &equal{X: 5, Y: 5})
	prove("zero", &equal{}, &equal{X: 0, Y: 0})
	prove("no public input", &secret{}, &secret{X: 2, Y: 8})
	for _, size := range []int{0, 1, 3, 9, 30, 120, 5000} {
		for commitments := range 3 {
			if size > 1000 && commitments != 1 {
				continue
			}
			c := &powers{Size: size, Commitments: commitments}
			prove(fmt.Sprintf("%d multiplications, %d commitments", size, commitments), c, newPowers(-3, size))
		}
	}
	for _, n := range []uint64{2, 4, 8, 16, 32, 128, 8192} {
		if !sizes[n] {
			t.Errorf("no circuit of %d rows", n)
		}
	}
}

// TestRepeats proves again and again, where all wires are 0, 1 or −1.
func TestRepeats(t *testing.T) {
	t.Parallel()
	for x := range int64(3) {
		f := newCircuit(t, &powers{Size: 300, Commitments: 1}, newPowers(x-1, 300))
		key := NewKey(f.gates, f.pk, Options{})
		for i := range 5 {
			s, err := key.Solve(cpu.Device{}, f.full, forContracts)
			if err != nil {
				t.Fatal(err)
			}
			proof, err := s.Prove(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			if err := f.verify(proof); err != nil {
				t.Errorf("%d: proof %d: %v", x-1, i, err)
			}
		}
	}
}

// All of gnark's options reach the transcript.
func TestOptions(t *testing.T) {
	t.Parallel()
	f := newCircuit(t, &powers{Size: 9, Commitments: 1}, newPowers(2, 9))
	s, err := NewKey(f.gates, f.pk, Options{}).Solve(cpu.Device{}, f.full, backend.WithProverChallengeHashFunction(sha512.New()),
		backend.WithProverKZGFoldingHashFunction(sha512.New384()), backend.WithProverHashToFieldFunction(sha512.New512_256()))
	if err != nil {
		t.Fatal(err)
	}
	proof, err := s.Prove(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	options := []backend.VerifierOption{
		backend.WithVerifierChallengeHashFunction(sha512.New()),
		backend.WithVerifierKZGFoldingHashFunction(sha512.New384()),
		backend.WithVerifierHashToFieldFunction(sha512.New512_256()),
	}
	if err := gnark.Verify(proof, f.pk.Vk, f.public, options...); err != nil {
		t.Error(err)
	}
	for i := range options {
		if gnark.Verify(proof, f.pk.Vk, f.public, append(options[:i:i], options[i+1:]...)...) == nil {
			t.Errorf("it verifies without option %d", i)
		}
	}
}

// The proof of another statement is no proof.
func TestStatement(t *testing.T) {
	t.Parallel()
	f := newCircuit(t, &powers{Size: 9, Commitments: 1}, newPowers(2, 9))
	proof := f.prove(t, cpu.Device{}, Options{})
	f.public[0].Double(&f.public[0])
	if f.verify(proof) == nil {
		t.Error("it verifies for twice the power")
	}
}

func TestSolveErrors(t *testing.T) {
	t.Parallel()
	f := newCircuit(t, &powers{Size: 9, Commitments: 1}, newPowers(2, 9))
	wrong := newCircuit(t, &powers{Size: 9}, newPowers(2, 8))
	other := newCircuit(t, &secret{}, &secret{X: 2, Y: 8})
	key := NewKey(f.gates, f.pk, Options{})
	for name, c := range map[string]*circuit{"another power": wrong, "of another circuit": other} {
		if _, err := key.Solve(cpu.Device{}, c.full); !errors.As(err, new(*WitnessError)) {
			t.Errorf("%s: %v", name, err)
		}
	}
	failing := func(*backend.ProverConfig) error { return errors.New("no option") }
	wrongSolver := backend.WithSolverOptions(func(*solver.Config) error { return errors.New("no option") })
	for name, opt := range map[string]backend.ProverOption{"an option": failing, "an option of the solver": wrongSolver} {
		if _, err := key.Solve(cpu.Device{}, f.full, opt); err == nil || errors.As(err, new(*WitnessError)) {
			t.Errorf("%s: %v", name, err)
		}
	}
	canceled, cancel := context.WithCancel(t.Context())
	cancel()
	s := f.solve(t, cpu.Device{}, Options{})
	if _, err := s.Prove(canceled); !errors.Is(err, context.Canceled) {
		t.Errorf("canceled: %v", err)
	}
	if _, err := s.Prove(t.Context()); err == nil {
		t.Error("a second proof of a solution, with the same blinding")
	}
}
