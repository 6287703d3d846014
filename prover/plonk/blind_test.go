// SPDX-License-Identifier: Apache-2.0

package plonk

import (
	"slices"
	"testing"

	curve "github.com/consensys/gnark-crypto/ecc/bn254"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/consensys/gnark/backend"
	gnark "github.com/consensys/gnark/backend/plonk/bn254"

	"github.com/zkml-go/zkml/accel/cpu"
)

func points(p *gnark.Proof) map[string]curve.G1Affine {
	out := map[string]curve.G1Affine{
		"a": p.LRO[0], "b": p.LRO[1], "c": p.LRO[2], "z": p.Z, "t1": p.H[0], "t2": p.H[1], "t3": p.H[2],
		"opening at ζ": p.BatchedProof.H, "opening at ωζ": p.ZShiftedOpening.H,
	}
	for i := range p.Bsb22Commitments {
		out["commitment "+string(rune('0'+i))] = p.Bsb22Commitments[i]
	}
	return out
}

// Two proofs of one statement have nothing in common: every commitment is blinded anew for
// each, and so is every value.
func TestBlinding(t *testing.T) {
	t.Parallel()
	f := newCircuit(t, &powers{Size: 20, Commitments: 2}, newPowers(3, 20))
	key := NewKey(f.gates, f.pk, Options{})
	var proofs [2]*gnark.Proof
	for i := range proofs {
		s, err := key.Solve(cpu.Device{}, f.full, forContracts)
		if err != nil {
			t.Fatal(err)
		}
		if proofs[i], err = s.Prove(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	second := points(proofs[1])
	for name, p := range points(proofs[0]) {
		if q := second[name]; p.Equal(&q) || p.IsInfinity() {
			t.Errorf("%s is the same in two proofs", name)
		}
	}
	for i, y := range proofs[0].BatchedProof.ClaimedValues {
		if y.Equal(&proofs[1].BatchedProof.ClaimedValues[i]) {
			t.Errorf("value %d is the same in two proofs", i)
		}
	}
}

// TestUnblinded shows that TestBlinding would notice: without its blinding, each commitment
// is the same in two proofs. That to z also depends on γ and β, which are drawn after a, b
// and c are committed to.
func TestUnblinded(t *testing.T) {
	t.Parallel()
	f := newCircuit(t, &powers{Size: 20}, newPowers(3, 20))
	var proofs [3]map[string]curve.G1Affine
	for i := range proofs {
		proofs[i] = points(planted(t, f, 1, func(p *prover) {
			for _, s := range p.wireBlindings {
				clear(s)
			}
			if i < 2 {
				clear(p.productBlinding)
			}
		}))
	}
	for name, p := range proofs[0] {
		if q := proofs[1][name]; !p.Equal(&q) {
			t.Errorf("%s differs in two proofs without blinding", name)
		}
		q := proofs[2][name]
		if same := p.Equal(&q); same != slices.Contains([]string{"a", "b", "c"}, name) {
			t.Errorf("%s is the same in a proof where z is blinded: %v", name, same)
		}
	}
}

// The blindings of a proof are of the degrees of the protocol, and no two coefficients are
// equal: none is used for two polynomials.
func TestBlindings(t *testing.T) {
	t.Parallel()
	f := newCircuit(t, &powers{Size: 20}, newPowers(3, 20))
	seen := map[fr.Element]bool{{}: true}
	proofs := 3
	for range proofs {
		planted(t, f, 1, func(p *prover) {
			for i, s := range append(p.wireBlindings[:], p.productBlinding, p.partBlindings) {
				if want := []int{2, 2, 2, 3, 2}[i]; len(s) != want {
					t.Errorf("blinding %d has %d coefficients, want %d", i, len(s), want)
				}
				for _, x := range s {
					if seen[x] {
						t.Errorf("blinding %d has a coefficient that was there before", i)
					}
					seen[x] = true
				}
			}
		}, backend.WithStatisticalZeroKnowledge())
	}
}

// Statistical zero knowledge blinds the parts of the quotient, and nothing else: with the
// same t, the first two differ by other coefficients of Xⁿ⁺².
func TestParts(t *testing.T) {
	t.Parallel()
	f := newCircuit(t, &powers{Size: 20}, newPowers(3, 20))
	var proofs [2]map[string]curve.G1Affine
	for i := range proofs {
		proofs[i] = points(planted(t, f, 1, func(p *prover) {
			for _, s := range append(p.wireBlindings[:], p.productBlinding) {
				clear(s)
			}
		}, backend.WithStatisticalZeroKnowledge()))
	}
	for _, name := range []string{"t1", "t2", "t3"} {
		p, q := proofs[0][name], proofs[1][name]
		if p.Equal(&q) {
			t.Errorf("%s is the same in two proofs", name)
		}
	}
	if p, q := proofs[0]["z"], proofs[1]["z"]; !p.Equal(&q) {
		t.Error("z differs")
	}
}
