// SPDX-License-Identifier: Apache-2.0

package plonk

import (
	"slices"
	"testing"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr/fft"
	"github.com/consensys/gnark/backend"
	gnark "github.com/consensys/gnark/backend/plonk/bn254"

	"github.com/zkml-go/zkml/accel/cpu"
)

// planted makes a proof, with a change before a round from 1 on; 6 is after the last.
func planted(t *testing.T, f *circuit, round int, change func(*prover), opts ...backend.ProverOption) *gnark.Proof {
	t.Helper()
	s := f.solve(t, cpu.Device{}, Options{}, opts...)
	p := &prover{Solution: s}
	err := s.key.use(s.device, func(on *place) error {
		p.place, p.ops = on, on.ops()
		if err := p.start(); err != nil {
			return err
		}
		for i, do := range p.rounds() {
			if i+1 == round {
				change(p)
			}
			if err := do(); err != nil {
				return err
			}
		}
		if round == 6 {
			change(p)
		}
		return p.ops.err
	})
	if err != nil {
		t.Fatal(err)
	}
	return p.proof
}

func one(x *fr.Element) { one := fr.One(); x.Add(x, &one) }

// TestPlantedFaults has gnark reject proofs that are made as they should be but for one
// thing: what TestProve checks is what makes them proofs.
func TestPlantedFaults(t *testing.T) {
	t.Parallel()
	f := newCircuit(t, &powers{Size: 20, Commitments: 1}, newPowers(3, 20))
	for _, c := range []struct {
		name   string
		round  int
		change func(*prover)
	}{
		{"none", 1, func(*prover) {}},

		{"a wire", 1, func(p *prover) { one(&p.wires[1][7]) }},
		{"swapped wires", 1, func(p *prover) { p.wires[0], p.wires[1] = p.wires[1], p.wires[0] }},
		{"another row of padding", 1, func(p *prover) { one(&p.wires[2][p.place.n-1]) }},
		{"another blinding of a than its commitment has", 2, func(p *prover) { one(&p.wireBlindings[0][1]) }},
		{"another blinding of c than its commitment has", 2, func(p *prover) { one(&p.wireBlindings[2][0]) }},
		{"an unblinded b", 2, func(p *prover) { clear(p.wireBlindings[1]) }},
		{"swapped commitments to wires", 2, func(p *prover) { p.proof.LRO[0], p.proof.LRO[2] = p.proof.LRO[2], p.proof.LRO[0] }},

		{"swapped columns of the permutation", 2, func(p *prover) {
			n := p.place.n
			p.place.sigma = slices.Concat(p.place.sigma[n:2*n], p.place.sigma[:n], p.place.sigma[2*n:])
		}},
		{"a permutation that moves nothing", 2, func(p *prover) {
			p.place.sigma = slices.Clone(p.place.sigma)
			for i := range p.place.sigma {
				p.place.sigma[i] = int64(i)
			}
		}},
		{"another coset of positions", 2, func(p *prover) { one(&p.place.k) }},

		{"another blinding of z than its commitment has", 3, func(p *prover) { one(&p.z[p.place.n+2]) }},
		{"another z than its commitment has", 3, func(p *prover) { one(&p.z[3]) }},
		{"wrong β", 3, func(p *prover) { one(&p.betas[1]) }},
		{"wrong γ", 3, func(p *prover) { one(&p.gamma) }},
		{"wrong cosets", 3, func(p *prover) {
			x := make([]fr.Element, p.place.n)
			fft.BuildExpTable(fft.GeneratorFullMultiplicativeGroup(), x)
			p.place.shift = p.ops.vector(x)
		}},
		{"wrong points of the cosets", 3, func(p *prover) {
			x := slices.Clone(p.place.roots)
			slices.Reverse(x)
			p.place.x = p.ops.vector(x)
		}},
		{"back from the wrong cosets", 3, func(p *prover) { p.place.unshift = p.place.shift }},
		{"no selector of products", 3, func(p *prover) { p.place.fixed[qM] = p.ops.vector(make([]fr.Element, p.place.n)) }},
		{"swapped selectors", 3, func(p *prover) {
			q := p.place.fixed
			q[qL], q[qR] = q[qR], q[qL]
		}},
		{"swapped S₁ and S₂", 3, func(p *prover) {
			q, h := p.place.fixed, &p.place.head
			q[s1], q[s2] = q[s2], q[s1]
			h[0], h[1] = h[1], h[0]
		}},
		{"no highest coefficients of S₃", 3, func(p *prover) { p.place.head[2] = head{} }},
		{"no public input", 3, func(p *prover) { p.public = nil }},
		{"another challenge of the commitment", 3, func(p *prover) { one(&p.committed[0].challenge) }},
		{"no committed wires", 3, func(p *prover) { p.pi[0] = p.ops.vector(make([]fr.Element, p.place.n)) }},

		{"another t₁ than its commitment has", 4, func(p *prover) { one(&p.parts[0][5]) }},
		{"another t₃ than its commitment has", 4, func(p *prover) { one(&p.parts[2][0]) }},
		{"swapped t₂ and t₃", 4, func(p *prover) { p.parts[1], p.parts[2] = p.parts[2], p.parts[1] }},
		{"another a than its commitment has", 4, func(p *prover) { one(&p.wires[0][0]) }},
		{"wrong α", 4, func(p *prover) { one(&p.alpha) }},

		{"a factor of the linearisation", 5, func(p *prover) { one(&p.terms[2].factor) }},
		{"swapped openings", 5, func(p *prover) { p.polynomials[3], p.polynomials[4] = p.polynomials[4], p.polynomials[3] }},
		{"another ζ", 5, func(p *prover) { one(&p.zeta) }},
		{"another z(ωζ)", 5, func(p *prover) { one(&p.zOmega) }},

		{"swapped openings of points", 6, func(p *prover) {
			p.proof.ZShiftedOpening.H, p.proof.BatchedProof.H = p.proof.BatchedProof.H, p.proof.ZShiftedOpening.H
		}},
		{"a value", 6, func(p *prover) { one(&p.proof.BatchedProof.ClaimedValues[4]) }},
	} {
		for name, opts := range map[string][]backend.ProverOption{"": nil, " (statistical)": {backend.WithStatisticalZeroKnowledge()}} {
			proof := planted(t, f, c.round, c.change, opts...)
			if err := f.verify(proof); (err == nil) != (c.name == "none") {
				t.Errorf("%s%s, before round %d: %v", c.name, name, c.round, err)
			}
		}
	}
}

// Each term of the linearised polynomial is needed, in its commitment and in itself.
func TestLinearisedTerms(t *testing.T) {
	t.Parallel()
	f := newCircuit(t, &powers{Size: 20, Commitments: 1}, newPowers(3, 20))
	terms := 0
	planted(t, f, 5, func(p *prover) { terms = len(p.terms) })
	if want := 7 + 1 + 3; terms != want {
		t.Fatalf("%d terms, want %d", terms, want)
	}
	for i := range terms {
		proof := planted(t, f, 5, func(p *prover) { p.terms = slices.Delete(p.terms, i, i+1) })
		if f.verify(proof) == nil {
			t.Errorf("it verifies without term %d", i)
		}
		proof = planted(t, f, 5, func(p *prover) {
			p.terms[i].vector, p.terms[i].f = nil, nil
		})
		if f.verify(proof) == nil {
			t.Errorf("it verifies without the polynomial of term %d", i)
		}
	}
}

// A random coefficient that a part of the quotient gets is given back by the next.
func TestPartsOfQuotient(t *testing.T) {
	t.Parallel()
	f := newCircuit(t, &powers{Size: 20}, newPowers(3, 20))
	for i := range 2 {
		proof := planted(t, f, 4, func(p *prover) {
			p.parts[i+1][0].Add(&p.parts[i+1][0], &p.partBlindings[i])
		}, backend.WithStatisticalZeroKnowledge())
		if f.verify(proof) == nil {
			t.Errorf("coefficient %d is not given back, and it verifies", i)
		}
	}
}
