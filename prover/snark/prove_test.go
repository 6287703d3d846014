// SPDX-License-Identifier: Apache-2.0

package snark_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"math/big"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/consensys/gnark/constraint/solver"
	"github.com/consensys/gnark/frontend"

	prover "github.com/zkml-go/zkml/prover/snark"
	"github.com/zkml-go/zkml/verifier"
	"github.com/zkml-go/zkml/verifier/snark"
)

func TestProve(t *testing.T) {
	t.Parallel()
	for _, f := range fixtures(t) {
		start := time.Now()
		proof, stats, err := prover.Prove(t.Context(), nil, f.cs, f.pk, divided(47))
		if err != nil {
			t.Errorf("%s: %v", f.name, err)
			continue
		}
		total := time.Since(start)
		if stats.Witness <= 0 || stats.Solve <= 0 || stats.Prove <= 0 || stats.Verify <= 0 {
			t.Errorf("%s: a stage took no time: %+v", f.name, stats)
		}
		if sum := stats.Witness + stats.Solve + stats.Prove + stats.Verify; sum > total {
			t.Errorf("%s: stages took %v of %v", f.name, sum, total)
		}
		public, err := prover.PublicInputs(divided(47))
		if err != nil {
			t.Fatal(err)
		}
		if err := snark.Verify(f.vk, proof, public); err != nil {
			t.Errorf("%s: %v", f.name, err)
		}
		public[1].Double(&public[1])
		if err := snark.Verify(f.vk, proof, public); !errors.Is(err, verifier.ErrRejected) {
			t.Errorf("%s: another quotient: got %v, want a rejection", f.name, err)
		}
	}
}

// Two proofs of one statement differ: they are blinded.
func TestProofsAreBlinded(t *testing.T) {
	t.Parallel()
	for _, f := range fixtures(t) {
		var proofs [2][]byte
		for i := range proofs {
			proof, _, err := prover.Prove(t.Context(), nil, f.cs, f.pk, divided(9))
			if err != nil {
				t.Fatal(err)
			}
			if proofs[i], err = proof.MarshalBinary(); err != nil {
				t.Fatal(err)
			}
		}
		if bytes.Equal(proofs[0], proofs[1]) {
			t.Errorf("%s: two proofs are equal", f.name)
		}
	}
}

func TestProveUnsatisfied(t *testing.T) {
	t.Parallel()
	lie := func(change func(out []*big.Int)) solver.Option {
		return solver.OverrideHint(solver.GetHintID(divide), func(field *big.Int, in, out []*big.Int) error {
			if err := divide(field, in, out); err != nil {
				return err
			}
			change(out)
			return nil
		})
	}
	wrong := divided(47)
	wrong.Z = 10
	for _, f := range fixtures(t) {
		for name, c := range map[string]struct {
			assignment *quotient
			opts       []solver.Option
		}{
			"wrong quotient": {wrong, nil},
			"wrong hint":     {divided(47), []solver.Option{lie(func(out []*big.Int) { out[0].Add(out[0], big.NewInt(1)) })}},
			"failing hint": {divided(47), []solver.Option{solver.OverrideHint(solver.GetHintID(divide),
				func(*big.Int, []*big.Int, []*big.Int) error { return errors.New("no quotient today") })}},
		} {
			if _, _, err := prover.Prove(t.Context(), nil, f.cs, f.pk, c.assignment, c.opts...); !errors.Is(err, prover.ErrUnsatisfied) {
				t.Errorf("%s: %s: prove: got %v, want ErrUnsatisfied", f.name, name, err)
			}
			if err := f.cs.Solve(c.assignment, c.opts...); !errors.Is(err, prover.ErrUnsatisfied) {
				t.Errorf("%s: %s: solve: got %v, want ErrUnsatisfied", f.name, name, err)
			}
		}
		if err := f.cs.Solve(divided(47)); err != nil {
			t.Errorf("%s: honest assignment: %v", f.name, err)
		}
		// The range check is what refuses 47 = 5⋅7 + 12, and takes 47 = 5⋅8 + 7: 7 has 3 bits.
		other := &quotient{D: 47, Z: 8, E: 7, Secret: 44}
		err := f.cs.Solve(other, lie(func(out []*big.Int) { out[0].SetInt64(8); out[1].SetInt64(7) }))
		if err != nil {
			t.Errorf("%s: remainder 7: %v", f.name, err)
		}
		other = &quotient{D: 47, Z: 7, E: 12, Secret: 44}
		err = f.cs.Solve(other, lie(func(out []*big.Int) { out[0].SetInt64(7); out[1].SetInt64(12) }))
		if refused := errors.Is(err, prover.ErrUnsatisfied); refused != (f.cs.NumCommitments() == 1) {
			t.Errorf("%s: remainder 12: %v", f.name, err)
		}
	}
}

// An assignment of another circuit, or without values, is no reason to panic.
func TestProveBadAssignments(t *testing.T) {
	t.Parallel()
	for _, f := range fixtures(t) {
		for name, assignment := range map[string]frontend.Circuit{
			"no values":          &quotient{},
			"not a number":       &quotient{D: "one", Z: 1, E: 1, Secret: 1},
			"two public inputs":  &inputs{Public: []frontend.Variable{1, 2}, X: 3},
			"four public inputs": &inputs{Public: []frontend.Variable{1, 2, 3, 4}, X: 3},
		} {
			if _, _, err := prover.Prove(t.Context(), nil, f.cs, f.pk, assignment); err == nil {
				t.Errorf("%s: %s: proved", f.name, name)
			}
			if _, err := prover.PublicInputs(assignment); err == nil {
				t.Errorf("%s: public inputs", name)
			}
		}
		more := &moreSecrets{D: 1, Z: 2, E: 3, Secrets: [2]frontend.Variable{4, 5}}
		if _, _, err := prover.Prove(t.Context(), nil, f.cs, f.pk, more); !errors.Is(err, prover.ErrUnsatisfied) {
			t.Errorf("%s: a secret too many: got %v, want ErrUnsatisfied", f.name, err)
		}
	}
}

type moreSecrets struct {
	D, Z, E frontend.Variable `gnark:",public"`
	Secrets [2]frontend.Variable
}

func (*moreSecrets) Define(frontend.API) error { return nil }

// A key of another circuit is refused before gnark indexes it, or, if its shape fits, by the
// verification of the proof.
func TestProveWithOtherKeys(t *testing.T) {
	t.Parallel()
	fs := fixtures(t)
	for _, f := range fs {
		for _, g := range fs {
			if f == g {
				continue
			}
			if _, _, err := prover.Prove(t.Context(), nil, f.cs, g.pk, divided(47)); err == nil || errors.Is(err, prover.ErrUnsatisfied) {
				t.Errorf("circuit %s with the key of %s: got %v, want an error of the key", f.name, g.name, err)
			}
		}
		larger, err := prover.Compile(&quotient{Range: f.cs.NumCommitments() == 1, Size: 20}, f.cs.System())
		if err != nil {
			t.Fatal(err)
		}
		if _, _, err := prover.Prove(t.Context(), nil, larger, f.pk, divided(47)); err == nil || !strings.Contains(err.Error(), "not of this circuit") {
			t.Errorf("%s, 20 constraints more: got %v, want an error of the key", f.name, err)
		}
	}
	for _, system := range []snark.System{snark.Groth16, snark.Plonk} {
		five, err := prover.Compile(&linear{Factor: 5}, system)
		if err != nil {
			t.Fatal(err)
		}
		seven, err := prover.Compile(&linear{Factor: 7}, system)
		if err != nil {
			t.Fatal(err)
		}
		pk, _, err := prover.Setup(t.Context(), five, prover.SetupOptions{Insecure: true})
		if err != nil {
			t.Fatal(err)
		}
		_, _, err = prover.Prove(t.Context(), nil, seven, pk, &linear{D: 3, Z: 4, E: 12 * 7})
		if err == nil || !strings.Contains(err.Error(), "does not verify") {
			t.Errorf("%s: a key of the same shape: got %v, want that the proof does not verify", system, err)
		}
	}
}

// linear proves that E = Factor⋅D⋅Z.
type linear struct {
	D, Z, E frontend.Variable `gnark:",public"`

	Factor int `gnark:"-"`
}

func (c *linear) Define(api frontend.API) error {
	product := api.Mul(c.D, c.Z)
	api.AssertIsEqual(c.E, api.Mul(product, c.Factor))
	api.AssertIsEqual(api.Mul(c.D, c.D, c.Z), api.Mul(c.D, product))
	return nil
}

func TestProveCanceled(t *testing.T) {
	t.Parallel()
	f := fixtures(t)[0]
	canceled, cancel := context.WithCancel(t.Context())
	cancel()
	if _, _, err := prover.Prove(canceled, nil, f.cs, f.pk, divided(47)); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v, want context.Canceled", err)
	}
	// Canceled while solving: noticed after the proof.
	ctx, cancel := context.WithCancel(t.Context())
	cancelAtHint := solver.OverrideHint(solver.GetHintID(divide), func(field *big.Int, in, out []*big.Int) error {
		cancel()
		return divide(field, in, out)
	})
	if _, _, err := prover.Prove(ctx, nil, f.cs, f.pk, divided(47), cancelAtHint); !errors.Is(err, context.Canceled) {
		t.Errorf("canceled while solving: got %v, want context.Canceled", err)
	}
}

// Proofs of one circuit run at the same time; the race detector watches.
func TestProveConcurrently(t *testing.T) {
	t.Parallel()
	for _, f := range fixtures(t) {
		var wg sync.WaitGroup
		for i := range 3 {
			wg.Go(func() {
				if _, _, err := prover.Prove(t.Context(), nil, f.cs, f.pk, divided(100+i)); err != nil {
					t.Errorf("%s: %v", f.name, err)
				}
			})
		}
		wg.Wait()
	}
}

func BenchmarkProve(b *testing.B) {
	for _, system := range []snark.System{snark.Groth16, snark.Plonk} {
		cs, err := prover.Compile(&quotient{Range: true, Size: 30_000}, system)
		if err != nil {
			b.Fatal(err)
		}
		pk, _, err := prover.Setup(b.Context(), cs, prover.SetupOptions{Insecure: true})
		if err != nil {
			b.Fatal(err)
		}
		b.Run(fmt.Sprintf("%s/constraints=%d", system, cs.NumConstraints()), func(b *testing.B) {
			var solve, prove, verify time.Duration
			for b.Loop() {
				_, stats, err := prover.Prove(b.Context(), nil, cs, pk, divided(47))
				if err != nil {
					b.Fatal(err)
				}
				solve, prove, verify = solve+stats.Solve, prove+stats.Prove, verify+stats.Verify
			}
			n := float64(b.N)
			b.ReportMetric(solve.Seconds()/n, "solve-sec/op")
			b.ReportMetric(prove.Seconds()/n, "prove-sec/op")
			b.ReportMetric(verify.Seconds()/n, "verify-sec/op")
		})
	}
}
