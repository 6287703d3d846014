// SPDX-License-Identifier: Apache-2.0

package snark_test

import (
	"errors"
	"hash"
	"testing"

	"github.com/consensys/gnark-crypto/ecc"
	curve "github.com/consensys/gnark-crypto/ecc/bn254"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr/pedersen"
	"github.com/consensys/gnark/backend"
	groth16 "github.com/consensys/gnark/backend/groth16/bn254"
	"github.com/consensys/gnark/backend/solidity"
	"github.com/consensys/gnark/frontend"
	"golang.org/x/crypto/sha3"

	"github.com/zkml-go/zkml/internal/unsafesetup"
	"github.com/zkml-go/zkml/verifier/snark"
)

type groth16Key = *groth16.VerifyingKey

func TestLintGroth16(t *testing.T) {
	t.Parallel()
	testBadKeys(t, badGroth16Keys(),
		func(f *fixture) groth16Key { return f.vk.Groth16() },
		func(t *testing.T, key groth16Key) *snark.VerifyingKey {
			vk, err := snark.UncheckedGroth16(key)
			if err != nil {
				t.Fatal(err)
			}
			return vk
		})
}

func badGroth16Keys() []badKey[groth16Key] {
	_, _, g1, g2 := curve.Generators()
	negG2 := func(p curve.G2Affine) curve.G2Affine { p.Neg(&p); return p }
	negG1 := func(p curve.G1Affine) curve.G1Affine { p.Neg(&p); return p }
	const plain, committed = "groth16", "groth16-committed"
	return []badKey[groth16Key]{
		{name: "two commitments", fixture: committed, rule: "commitments", change: func(k groth16Key) {
			k.CommitmentKeys = append(k.CommitmentKeys, k.CommitmentKeys[0])
			k.PublicAndCommitmentCommitted = append(k.PublicAndCommitmentCommitted, []int{})
			k.G1.K = append(k.G1.K, g1)
		}},
		{name: "commitment without a key", fixture: plain, rule: "commitments", change: func(k groth16Key) {
			k.PublicAndCommitmentCommitted = append(k.PublicAndCommitmentCommitted, []int{})
		}},
		{name: "commitment to a public input", fixture: committed, rule: "committed-wires", change: func(k groth16Key) {
			k.PublicAndCommitmentCommitted[0] = []int{1}
		}},
		{name: "two public inputs", fixture: plain, rule: "public-inputs", change: func(k groth16Key) { k.G1.K = k.G1.K[:3] }},
		{name: "four public inputs", fixture: committed, rule: "public-inputs", change: func(k groth16Key) { k.G1.K = append(k.G1.K, g1) }},

		{name: "alpha off the curve", fixture: plain, rule: "on-curve", change: func(k groth16Key) { k.G1.Alpha.X.Double(&k.G1.Alpha.X) }},
		{name: "K3 off the curve", fixture: plain, rule: "on-curve", change: func(k groth16Key) { k.G1.K[3].Y.Double(&k.G1.K[3].Y) }},
		{name: "gamma off the twist", fixture: plain, rule: "on-curve", also: []string{"subgroup"}, change: func(k groth16Key) {
			k.G2.Gamma.X.Double(&k.G2.Gamma.X)
		}},
		{name: "gamma outside the subgroup", fixture: plain, rule: "subgroup", change: func(k groth16Key) { k.G2.Gamma = twistPoint }},
		{name: "commitment key outside the subgroup", fixture: committed, rule: "subgroup", change: func(k groth16Key) {
			k.CommitmentKeys[0].GSigmaNeg = twistPoint
		}},

		{name: "alpha is 0", fixture: plain, rule: "identity", change: func(k groth16Key) { k.G1.Alpha = curve.G1Affine{} }},
		{name: "K1 is 0", fixture: plain, rule: "identity", change: func(k groth16Key) { k.G1.K[1] = curve.G1Affine{} }},
		{name: "K4 is 0", fixture: committed, rule: "identity", change: func(k groth16Key) { k.G1.K[4] = curve.G1Affine{} }},
		{name: "delta is 0", fixture: plain, rule: "identity", change: func(k groth16Key) {
			k.G1.Delta, k.G2.Delta = curve.G1Affine{}, curve.G2Affine{}
		}},
		{name: "gamma is 0", fixture: plain, rule: "identity", also: []string{"probe"}, change: func(k groth16Key) { k.G2.Gamma = curve.G2Affine{} },
			forged: forgedWithoutWitness(func(k groth16Key, _ curve.G1Affine) groth16.Proof {
				return groth16.Proof{Ar: k.G1.Alpha, Bs: k.G2.Beta}
			})},
		{name: "commitment key is 0", fixture: committed, rule: "identity", also: []string{"commitment-key", "probe"}, change: func(k groth16Key) {
			k.CommitmentKeys[0] = pedersen.VerifyingKey{}
		}},

		{name: "alpha is 1", fixture: plain, rule: "generator", change: func(k groth16Key) { k.G1.Alpha = g1 }},
		{name: "alpha is -1", fixture: plain, rule: "generator", change: func(k groth16Key) { k.G1.Alpha = negG1(g1) }},
		{name: "beta is 1", fixture: plain, rule: "generator", also: []string{"gamma-beta", "probe"}, change: func(k groth16Key) { k.G1.Beta, k.G2.Beta = g1, g2 }},
		{name: "delta is 1", fixture: plain, rule: "generator", also: []string{"gamma-delta", "probe"}, change: func(k groth16Key) { k.G1.Delta, k.G2.Delta = g1, g2 }},
		{name: "delta is -1", fixture: plain, rule: "generator", also: []string{"gamma-delta", "probe"}, change: func(k groth16Key) {
			k.G1.Delta, k.G2.Delta = negG1(g1), negG2(g2)
		}},
		{name: "beta differs in G1", fixture: plain, rule: "halves", change: func(k groth16Key) { k.G1.Beta = k.G1.Alpha }},
		{name: "delta differs in G1", fixture: plain, rule: "halves", change: func(k groth16Key) { k.G1.Delta = k.G1.Alpha }},

		{name: "gamma is delta", fixture: plain, rule: "gamma-delta", also: []string{"probe"},
			change: func(k groth16Key) { k.G2.Gamma = k.G2.Delta },
			forged: forgedWithoutWitness(func(k groth16Key, l curve.G1Affine) groth16.Proof {
				return groth16.Proof{Ar: k.G1.Alpha, Bs: k.G2.Beta, Krs: negG1(l)}
			})},
		{name: "gamma is delta, committed", fixture: committed, rule: "gamma-delta", also: []string{"probe"},
			change: func(k groth16Key) { k.G2.Gamma = k.G2.Delta },
			forged: forgedWithoutWitness(func(k groth16Key, l curve.G1Affine) groth16.Proof {
				return groth16.Proof{Ar: k.G1.Alpha, Bs: k.G2.Beta, Krs: negG1(l), Commitments: make([]curve.G1Affine, 1)}
			})},
		{name: "gamma is -delta", fixture: plain, rule: "gamma-delta", also: []string{"probe"},
			change: func(k groth16Key) { k.G2.Gamma = negG2(k.G2.Delta) },
			forged: forgedWithoutWitness(func(k groth16Key, l curve.G1Affine) groth16.Proof {
				return groth16.Proof{Ar: k.G1.Alpha, Bs: k.G2.Beta, Krs: l}
			})},
		{name: "gamma is beta", fixture: plain, rule: "gamma-beta", also: []string{"probe"},
			change: func(k groth16Key) { k.G2.Gamma = k.G2.Beta },
			forged: forgedWithoutWitness(func(k groth16Key, l curve.G1Affine) groth16.Proof {
				l.Add(&l, &k.G1.Alpha)
				return groth16.Proof{Ar: l, Bs: k.G2.Beta}
			})},
		{name: "gamma is -beta", fixture: plain, rule: "gamma-beta", also: []string{"probe"},
			change: func(k groth16Key) { k.G2.Gamma = negG2(k.G2.Beta) },
			forged: forgedWithoutWitness(func(k groth16Key, l curve.G1Affine) groth16.Proof {
				l.Sub(&k.G1.Alpha, &l)
				return groth16.Proof{Ar: l, Bs: k.G2.Beta}
			})},
		{name: "K2 is K1", fixture: plain, rule: "input-bases", change: func(k groth16Key) { k.G1.K[2] = k.G1.K[1] }},
		{name: "K3 is -K1", fixture: plain, rule: "input-bases", change: func(k groth16Key) { k.G1.K[3] = negG1(k.G1.K[1]) }},

		{name: "sigma is 1", fixture: committed, rule: "commitment-key", also: []string{"probe"},
			change: func(k groth16Key) { k.CommitmentKeys[0].GSigmaNeg = negG2(k.CommitmentKeys[0].G) },
			forged: forgedThroughCommitment(1)},
		{name: "sigma is -1", fixture: committed, rule: "commitment-key", also: []string{"probe"},
			change: func(k groth16Key) { k.CommitmentKeys[0].GSigmaNeg = k.CommitmentKeys[0].G },
			forged: forgedThroughCommitment(-1)},
		{name: "-sigma G is the generator", fixture: committed, rule: "commitment-key",
			change: func(k groth16Key) {
				k.CommitmentKeys[0] = pedersen.VerifyingKey{G: k.CommitmentKeys[0].GSigmaNeg, GSigmaNeg: g2}
			}},
	}
}

// γ = 1 in the fixtures, as ceremonies have it. gnark's setup draws γ and the base of the commitment key,
// which is no fault either.
func TestLintPassesDrawnGamma(t *testing.T) {
	t.Parallel()
	_, _, _, g2 := curve.Generators()
	for _, name := range []string{"groth16", "groth16-committed"} {
		f := namedFixture(t, name)
		key := new(groth16.VerifyingKey)
		if err := groth16.Setup(f.cs, new(groth16.ProvingKey), key); err != nil {
			t.Fatal(err)
		}
		if key.G2.Gamma.Equal(&g2) || !f.vk.Groth16().G2.Gamma.Equal(&g2) {
			t.Errorf("%s: the two keys do not differ in that gamma is 1", name)
		}
		if _, err := snark.NewGroth16VerifyingKey(key, true); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// forgedWithoutWitness checks that gnark accepts, for a statement that has no witness, a proof computed
// from the key and L = K₀ + D⋅K₁ + Z⋅K₂ + E⋅K₃ (+ h⋅K₄, h the hash of a commitment that is 0).
func forgedWithoutWitness(forge func(groth16Key, curve.G1Affine) groth16.Proof) func(*testing.T, *fixture, groth16Key) {
	return func(t *testing.T, f *fixture, key groth16Key) {
		t.Helper()
		scalars := append(fr.Vector{fr.One()}, falseInputs[:]...)
		for range key.CommitmentKeys {
			h := sha3.NewLegacyKeccak256()
			h.Write(make([]byte, 64))
			var e fr.Element
			e.SetBytes(h.Sum(nil))
			scalars = append(scalars, e)
		}
		var l curve.G1Affine
		if _, err := l.MultiExp(key.G1.K, scalars, ecc.MultiExpConfig{}); err != nil {
			t.Fatal(err)
		}
		forged := forge(key, l)
		acceptedByGnark(t, key, &forged)
		// The same forgery is nothing under the honest key.
		if gnarkVerify(f.vk.Groth16(), &forged, falseInputs) == nil {
			t.Error("the honest key accepts the forgery as well")
		}
	}
}

func acceptedByGnark(t *testing.T, key groth16Key, forged *groth16.Proof) {
	t.Helper()
	if err := gnarkVerify(key, forged, falseInputs); err != nil {
		t.Errorf("gnark rejects the forgery (%v): this test shows nothing", err)
	}
}

func gnarkVerify(key groth16Key, proof *groth16.Proof, public snark.PublicInputs) error {
	if err := key.Precompute(); err != nil {
		return err
	}
	return groth16.Verify(proof, key, fr.Vector(public[:]), solidity.WithVerifierTargetSolidityVerifier(backend.GROTH16))
}

// forgedThroughCommitment proves the statement D = 7, which is true, as one of D = 8, which is not, with
// the knowledge of σ: the commitment carries (7 - 8)⋅K₁, which turns D back in L. The challenge of the
// circuit is the hash of that commitment, so gnark's prover runs with a hash that adds it.
func forgedThroughCommitment(sigma int64) func(*testing.T, *fixture, groth16Key) {
	return func(t *testing.T, f *fixture, key groth16Key) {
		t.Helper()
		assignment, public := toyInputs(7)
		full, err := newWitness(assignment)
		if err != nil {
			t.Fatal(err)
		}
		proof, err := groth16.Prove(f.cs, f.groth16, full,
			backend.WithProverHashToFieldFunction(&shiftedHash{Hash: sha3.NewLegacyKeccak256(), minus: key.G1.K[1]}))
		if err != nil {
			t.Fatal(err)
		}
		m := &proof.Commitments[0]
		m.Sub(m, &key.G1.K[1])
		proof.CommitmentPok = *m
		if sigma < 0 {
			proof.CommitmentPok.Neg(m)
		}
		one := fr.One()
		public[0].Add(&public[0], &one)
		if err := gnarkVerify(key, proof, public); err != nil {
			t.Errorf("gnark rejects the forgery (%v): this test shows nothing", err)
		}
		if gnarkVerify(f.vk.Groth16(), proof, public) == nil {
			t.Error("the honest key accepts the forgery as well")
		}
	}
}

// shiftedHash hashes M - minus for a point M that is written to it.
type shiftedHash struct {
	hash.Hash
	minus curve.G1Affine
}

func (h *shiftedHash) Write(b []byte) (int, error) {
	var m curve.G1Affine
	if err := m.Unmarshal(b); err != nil {
		return 0, err
	}
	m.Sub(&m, &h.minus)
	if _, err := h.Hash.Write(m.Marshal()); err != nil {
		return 0, err
	}
	return len(b), nil
}

// sumOnly uses only D + Z, and E not at all unless Bind: honest keys of circuits that leave public inputs
// unbound break rules.
type sumOnly struct {
	D, Z, E frontend.Variable `gnark:",public"`
	X       frontend.Variable

	Bind bool `gnark:"-"`
}

func (c *sumOnly) Define(api frontend.API) error {
	sum := api.Add(c.D, c.Z)
	if c.Bind {
		sum = api.Add(sum, api.Mul(c.E, 3))
	}
	api.AssertIsEqual(api.Mul(c.X, c.X), sum)
	return nil
}

// The rules for bases are about real circuits: the proof that X² = D + Z proves it for another D and Z
// of the same sum, and for every E.
func TestLintRefusesCircuitsWithUnboundInputs(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		rule   string
		bind   bool
		change [3]int64
	}{
		{rule: "input-bases", bind: true, change: [3]int64{1, -1, 0}},
		{rule: "identity", bind: false, change: [3]int64{0, 0, 1}},
	} {
		circuit, err := compile(snark.Groth16, &sumOnly{Bind: c.bind}, frontend.IgnoreUnconstrainedInputs())
		if err != nil {
			t.Fatal(err)
		}
		pk, key, err := unsafesetup.Groth16(circuit)
		if err != nil {
			t.Fatal(err)
		}
		var lint *snark.LintError
		if _, err := snark.NewGroth16VerifyingKey(key, true); !errors.As(err, &lint) || lint.Rule != c.rule {
			t.Errorf("got %v, want a refusal by %s", err, c.rule)
		}
		full, err := newWitness(&sumOnly{D: 4, Z: 5, E: 0, X: 3})
		if err != nil {
			t.Fatal(err)
		}
		proof, err := groth16.Prove(circuit, pk, full)
		if err != nil {
			t.Fatal(err)
		}
		public := snark.PublicInputs{fr.NewElement(4), fr.NewElement(5), {}}
		for i, d := range c.change {
			var e fr.Element
			e.SetInt64(d)
			public[i].Add(&public[i], &e)
		}
		if err := groth16.Verify(proof, key, fr.Vector(public[:])); err != nil {
			t.Errorf("%s: gnark rejects the proof for other inputs (%v): this test shows nothing", c.rule, err)
		}
	}
}
