// SPDX-License-Identifier: Apache-2.0

package groth16

import (
	"fmt"
	"math/big"
	"testing"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr/fft"
	"github.com/consensys/gnark-crypto/utils"

	"github.com/zkml-go/zkml/accel"
	"github.com/zkml-go/zkml/accel/cpu"
)

// plain is the CPU without what is done for the CPU alone.
type plain struct{ cpu.Device }

// TestProve has gnark verify proofs of circuits from one row on.
func TestProve(t *testing.T) {
	t.Parallel()
	rows := map[uint64]bool{}
	for _, c := range []powers{
		{}, {Squares: 1}, {Squares: 3}, {Commitments: 1}, {Size: 1, Commitments: 2},
		{Size: 60, Squares: 3}, {Size: 60, Commitments: 1}, {Size: 60, Commitments: 2},
	} {
		s := newSetup(t, &c)
		rows[s.pk.Domain.Cardinality] = true
		key := NewKey(s.pk)
		for _, x := range []int64{0, -1, 7} {
			full := fullWitness(t, newPowers(x, c.Size))
			for _, device := range []accel.Device{cpu.Device{}, plain{}} {
				name := fmt.Sprintf("%T, %d rows, %d commitments, x = %d", device, s.pk.Domain.Cardinality, c.Commitments, x)
				solution, err := key.Solve(device, s.cs, full)
				if err != nil {
					t.Fatalf("%s: %v", name, err)
				}
				proof, err := solution.Prove()
				if err != nil {
					t.Fatalf("%s: %v", name, err)
				}
				if err := s.verify(t, full, proof); err != nil {
					t.Errorf("%s: %v", name, err)
				}
			}
		}
	}
	for _, n := range []uint64{1, 2, 4, 128} {
		if !rows[n] {
			t.Errorf("no circuit with a domain of %d rows", n)
		}
	}
}

// TestRepeats proves the same statement again and again, where all wires are 0, 1 or −1.
func TestRepeats(t *testing.T) {
	t.Parallel()
	s := newSetup(t, &powers{Size: 500, Commitments: 1, Squares: 300})
	key := NewKey(s.pk)
	for i := range 20 {
		full := fullWitness(t, newPowers(int64(i%3)-1, 500))
		var device accel.Device = cpu.Device{}
		if i%2 == 1 {
			device = plain{}
		}
		solution, err := key.Solve(device, s.cs, full)
		if err != nil {
			t.Fatal(err)
		}
		proof, err := solution.Prove()
		if err != nil {
			t.Fatal(err)
		}
		if err := s.verify(t, full, proof); err != nil {
			t.Errorf("proof %d: %v", i, err)
		}
	}
}

// again is a device that something may replace, so that solutions are kept.
type again struct{ plain }

func (d again) Instead() accel.Device { return d.plain }

func (d again) Distrust(error) accel.Device { return d.plain }

// TestBlinding has two proofs of one solution that share nothing but their commitment.
func TestBlinding(t *testing.T) {
	t.Parallel()
	s := newSetup(t, &powers{Size: 5, Commitments: 1})
	full := fullWitness(t, newPowers(3, 5))
	solution, err := NewKey(s.pk).Solve(again{}, s.cs, full)
	if err != nil {
		t.Fatal(err)
	}
	one, err := solution.Prove()
	if err != nil {
		t.Fatal(err)
	}
	two, err := solution.Prove()
	if err != nil {
		t.Fatal(err)
	}
	if one.Ar.Equal(&two.Ar) || one.Bs.Equal(&two.Bs) || one.Krs.Equal(&two.Krs) {
		t.Error("two proofs with the same secrets")
	}
	if err := s.verify(t, full, two); err != nil {
		t.Errorf("the second proof: %v", err)
	}
	if ok, err := solution.Confirm(cpu.Device{}); !ok || err != nil {
		t.Errorf("the commitment of another device: %v, %v", ok, err)
	}
	solution.commitments[0].Neg(&solution.commitments[0])
	if ok, err := solution.Confirm(cpu.Device{}); ok || err != nil {
		t.Errorf("a wrong commitment: %v, %v", ok, err)
	}
	// A device that nothing replaces has no need to keep the solution.
	solution.device, solution.keep = cpu.Device{}, false
	if _, err := solution.Prove(); err != nil {
		t.Fatal(err)
	}
	if _, err := solution.Prove(); err == nil {
		t.Error("a proof of a solution that was used up")
	}
}

// TestQuotient compares h with the division that gnark's prover does, on another coset.
func TestQuotient(t *testing.T) {
	t.Parallel()
	for _, size := range []int{1, 2, 3, 7, 100, 511} {
		s := newSetup(t, &powers{Size: size, Squares: size % 2})
		solution, err := NewKey(s.pk).Solve(cpu.Device{}, s.cs, fullWitness(t, newPowers(9, size)))
		if err != nil {
			t.Fatal(err)
		}
		n := int(s.pk.Domain.Cardinality)
		want := divide(&s.pk.Domain, solution.u, solution.v, solution.w)
		for _, keep := range []bool{true, false} {
			h, err := quotient(cpu.Device{}, solution, keep)
			if err != nil {
				t.Fatal(err)
			}
			got := make([]fr.Element, n)
			if err := h.Read(got); err != nil {
				t.Fatal(err)
			}
			for i := range got {
				if !got[i].Equal(&want[i]) {
					t.Fatalf("%d rows: coefficient %d is %v, want %v", n, i, &got[i], &want[i])
				}
			}
			if !got[n-1].IsZero() {
				t.Errorf("%d rows: the degree of h is %d", n, n-1)
			}
			if keep == (solution.u == nil) {
				t.Errorf("keep %v, but %d rows are left", keep, len(solution.u))
			}
		}
	}
}

// divide returns the coefficients of (u·v − w)/(Xⁿ − 1), by values on the domain's coset.
func divide(domain *fft.Domain, rows ...fr.Vector) []fr.Element {
	n := int(domain.Cardinality)
	on := make([]fr.Vector, len(rows))
	for k := range rows {
		on[k] = make(fr.Vector, n)
		copy(on[k], rows[k])
		domain.FFTInverse(on[k], fft.DIF)
		domain.FFT(on[k], fft.DIT, fft.OnCoset())
	}
	var t, one fr.Element
	one.SetOne()
	t.Exp(domain.FrMultiplicativeGen, big.NewInt(int64(n)))
	t.Sub(&t, &one).Inverse(&t)
	h := make(fr.Vector, n)
	for i := range h {
		h[i].Mul(&on[0][i], &on[1][i]).Sub(&h[i], &on[2][i]).Mul(&h[i], &t)
	}
	domain.FFTInverse(h, fft.DIF, fft.OnCoset())
	utils.BitReverse(h)
	return h
}
