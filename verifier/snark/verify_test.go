// SPDX-License-Identifier: Apache-2.0

package snark_test

import (
	"errors"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"github.com/zkml-go/zkml/verifier"
	"github.com/zkml-go/zkml/verifier/snark"
)

func TestVerifyAcceptsHonestProofs(t *testing.T) {
	t.Parallel()
	for _, f := range fixtures(t) {
		if err := snark.Verify(f.vk, f.proof, f.public); err != nil {
			t.Errorf("%s: %v", f.name, err)
		}
	}
}

func TestVerifyRejectsOtherPublicInputs(t *testing.T) {
	t.Parallel()
	one := fr.One()
	for _, f := range fixtures(t) {
		for i := range f.public {
			plusOne, minusOne, zero, swapped := slices.Clone(f.public), slices.Clone(f.public), slices.Clone(f.public), slices.Clone(f.public)
			plusOne[i].Add(&plusOne[i], &one)
			minusOne[i].Sub(&minusOne[i], &one)
			zero[i].SetZero()
			j := (i + 1) % len(swapped)
			swapped[i], swapped[j] = swapped[j], swapped[i]
			for name, public := range map[string]snark.PublicInputs{
				"+1": plusOne, "-1": minusOne, "0": zero, "swapped with the next": swapped,
			} {
				if err := snark.Verify(f.vk, f.proof, public); !errors.Is(err, verifier.ErrRejected) {
					t.Errorf("%s: input %d %s: got %v, want a rejection", f.name, i, name, err)
				}
			}
		}
	}
}

// A proof is for the key of its own setup: not for that of another circuit, nor for another setup of the
// same circuit, nor for another system.
func TestVerifyRejectsProofsOfOtherKeys(t *testing.T) {
	t.Parallel()
	for _, f := range fixtures(t) {
		for _, g := range fixtures(t) {
			err := snark.Verify(g.vk, f.proof, f.public)
			if f == g {
				continue
			}
			if !errors.Is(err, verifier.ErrRejected) {
				t.Errorf("proof of %s under the key of %s: got %v, want a rejection", f.name, g.name, err)
			}
		}
		again := &fixture{name: f.name, system: f.system}
		if err := again.setup(&toy{Range: f.vk.NumCommitments() == 1}); err != nil {
			t.Fatal(err)
		}
		if err := snark.Verify(again.vk, f.proof, f.public); !errors.Is(err, verifier.ErrRejected) {
			t.Errorf("proof of %s under a key of another setup: got %v, want a rejection", f.name, err)
		}
	}
}

func TestVerifyIsTotalOnZeroValues(t *testing.T) {
	t.Parallel()
	f := fixtures(t)[0]
	for name, err := range map[string]error{
		"no key":      snark.Verify(nil, f.proof, f.public),
		"empty key":   snark.Verify(new(snark.VerifyingKey), f.proof, f.public),
		"no proof":    snark.Verify(f.vk, nil, f.public),
		"empty proof": snark.Verify(f.vk, new(snark.Proof), f.public),
	} {
		var rejected *verifier.RejectError
		if !errors.As(err, &rejected) || rejected.Reason == "" {
			t.Errorf("%s: got %v, want a rejection with a reason", name, err)
		}
	}
}

func TestGuardedMakesPanicsErrors(t *testing.T) {
	t.Parallel()
	err := snark.Guarded(func() error { panic("index out of range") })
	if err == nil || !strings.Contains(err.Error(), "index out of range") {
		t.Errorf("got %v, want the panic as an error", err)
	}
	if err := snark.Guarded(func() error { return nil }); err != nil {
		t.Errorf("no panic: %v", err)
	}
}

// Keys and proofs are shared between goroutines; the race detector watches.
func TestVerifyConcurrently(t *testing.T) {
	t.Parallel()
	for _, f := range fixtures(t) {
		var wg sync.WaitGroup
		for range 4 {
			wg.Go(func() {
				if err := snark.Verify(f.vk, f.proof, f.public); err != nil {
					t.Errorf("%s: %v", f.name, err)
				}
			})
		}
		wg.Wait()
	}
}

// Groth16 proofs are malleable by design: (−A, −B, C) is another proof of the same statement. Whoever
// must see a statement once keys on the statement.
func TestGroth16ProofsAreMalleable(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"groth16", "groth16-committed"} {
		f := namedFixture(t, name)
		mutant := f.proof.Groth16()
		mutant.Ar.Neg(&mutant.Ar)
		mutant.Bs.Neg(&mutant.Bs)
		proof, err := snark.NewGroth16Proof(mutant)
		if err != nil {
			t.Fatal(err)
		}
		if string(marshal(t, proof)) == string(marshal(t, f.proof)) {
			t.Errorf("%s: the mutant has the encoding of the proof", name)
		}
		if err := snark.Verify(f.vk, proof, f.public); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if err := snark.Verify(f.vk, proof, falseInputs); !errors.Is(err, verifier.ErrRejected) {
			t.Errorf("%s: mutant for another statement: got %v, want a rejection", name, err)
		}
	}
}

func BenchmarkVerify(b *testing.B) {
	for _, f := range fixtures(b) {
		b.Run(f.name, func(b *testing.B) {
			for b.Loop() {
				if err := snark.Verify(f.vk, f.proof, f.public); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
