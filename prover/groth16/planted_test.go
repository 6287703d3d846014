// SPDX-License-Identifier: Apache-2.0

package groth16

import (
	"slices"
	"testing"

	curve "github.com/consensys/gnark-crypto/ecc/bn254"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	gnark "github.com/consensys/gnark/backend/groth16/bn254"

	"github.com/zkml-go/zkml/accel"
)

// TestPlantedFaults has gnark reject proofs that differ from honest ones in one place: what
// TestProve checks is what makes them proofs.
func TestPlantedFaults(t *testing.T) {
	t.Parallel()
	circuit := &powers{Size: 20, Commitments: 1, Squares: 2}
	s := newSetup(t, circuit)
	full := fullWitness(t, newPowers(5, circuit.Size))
	solution, err := NewKey(s.pk).Solve(again{}, s.cs, full)
	if err != nil {
		t.Fatal(err)
	}
	var p *place
	if err := solution.key.on.Use(again{}, func(q *place) error { p = q; return nil }); err != nil {
		t.Fatal(err)
	}
	honest, err := solution.sums(p, true)
	if err != nil {
		t.Fatal(err)
	}
	one := func(x curve.G1Affine, err error) curve.G1Affine {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return x
	}
	two := func(x curve.G2Affine, err error) curve.G2Affine {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return x
	}
	wires := newValues(solution.a)
	h := divide(&s.pk.Domain, solution.u, solution.v, solution.w)
	shifted := func(skip []bool, from int) []bool { // by one, with as many left
		return slices.Concat(skip[:from], skip[from+1:], skip[from:from+1])
	}
	for name, plant := range map[string]func(all *sums){
		"none":   func(*sums) {},
		"same h": func(all *sums) { all.h = one(sum1(p.z, []accel.Scalars{accel.Elements(h)})) },
		"wrong h": func(all *sums) {
			h := slices.Clone(h)
			h[1].SetOne()
			all.h = one(sum1(p.z, []accel.Scalars{accel.Elements(h)}))
		},
		"h of twice the size": func(all *sums) { all.h.Double(&all.h) },
		"Z from one on": func(all *sums) {
			parts, err := p.z.MSM(1, accel.Elements(h[:len(h)-1]))
			if err != nil {
				t.Fatal(err)
			}
			all.h = parts[0]
		},
		"Z in reversed order": func(all *sums) {
			z, err := plain{}.G1(s.pk.G1.Z)
			if err != nil {
				t.Fatal(err)
			}
			all.h = one(sum1(z, []accel.Scalars{accel.Elements(h[:len(h)-1])}))
		},
		"no h":                       func(all *sums) { all.h = curve.G1Affine{} },
		"infinity filter of A":       func(all *sums) { all.u = one(sum1(p.a, wires.without(shifted(s.pk.InfinityA, 0), 0))) },
		"infinity filter of B":       func(all *sums) { all.v = one(sum1(p.b, wires.without(shifted(s.pk.InfinityB, 0), 0))) },
		"infinity filter of B in G2": func(all *sums) { all.v2 = two(sum2(p.b2, wires.without(shifted(s.pk.InfinityB, 0), 0))) },
		"filter of K": func(all *sums) {
			all.k = one(sum1(p.k, wires.without(shifted(solution.elsewhere(), solution.public), solution.public)))
		},
		"no proof of knowledge": func(all *sums) { all.e = curve.G1Affine{} },
		"another's proof of knowledge": func(all *sums) {
			all.e.Add(&all.e, &s.pk.CommitmentKeys[0].BasisExpSigma[0])
		},
	} {
		want := name == "none" || name == "same h"
		all := *honest
		plant(&all)
		proof := finish(t, solution, &all)
		if err := s.verify(t, full, proof); (err == nil) != want {
			t.Errorf("%s: got %v", name, err)
		}
	}

	// The secrets of A and B are in C, each in its place.
	r, q := fr.NewElement(3), fr.NewElement(5)
	proof, swapped := solution.key.blind(honest, &r, &q), solution.key.blind(honest, &q, &r)
	for name, change := range map[string]func(*gnark.Proof){
		"r and s swapped in A": func(p *gnark.Proof) { p.Ar = swapped.Ar },
		"r and s swapped in B": func(p *gnark.Proof) { p.Bs = swapped.Bs },
		"none":                 func(*gnark.Proof) {},
	} {
		forged := *proof
		forged.Commitments, forged.CommitmentPok = solution.commitments, honest.e
		change(&forged)
		if err := s.verify(t, full, &forged); (err == nil) != (name == "none") {
			t.Errorf("%s: got %v", name, err)
		}
	}
}

// finish blinds sums as Prove does.
func finish(t *testing.T, s *Solution, all *sums) *gnark.Proof {
	t.Helper()
	var r, q fr.Element
	if _, err := r.SetRandom(); err != nil {
		t.Fatal(err)
	}
	if _, err := q.SetRandom(); err != nil {
		t.Fatal(err)
	}
	proof := s.key.blind(all, &r, &q)
	proof.Commitments, proof.CommitmentPok = s.commitments, all.e
	return proof
}
