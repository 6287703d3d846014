// SPDX-License-Identifier: Apache-2.0

package snark_test

import (
	"crypto/sha256"
	"math/big"
	"testing"

	"github.com/consensys/gnark-crypto/ecc"
	curve "github.com/consensys/gnark-crypto/ecc/bn254"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr/hash_to_field"
	"github.com/consensys/gnark-crypto/ecc/bn254/kzg"
	fiatshamir "github.com/consensys/gnark-crypto/fiat-shamir"
	plonk "github.com/consensys/gnark/backend/plonk/bn254"

	"github.com/zkml-go/zkml/verifier/snark"
)

type plonkKey = *plonk.VerifyingKey

func TestLintPlonk(t *testing.T) {
	t.Parallel()
	testBadKeys(t, badPlonkKeys(),
		func(f *fixture) plonkKey { return f.vk.Plonk() },
		func(_ *testing.T, key plonkKey) *snark.VerifyingKey { return snark.UncheckedPlonk(key) })
}

func badPlonkKeys() []badKey[plonkKey] {
	_, _, g1, g2 := curve.Generators()
	const plain, committed = "plonk", "plonk-committed"
	tau := func(e fr.Element) func(plonkKey) {
		return func(k plonkKey) { k.Kzg.G2[1].ScalarMultiplication(&g2, e.BigInt(new(big.Int))) }
	}
	one, minusOne, zero := fr.One(), fr.One(), fr.Element{}
	minusOne.Neg(&minusOne)
	root, err := fr.Generator(4)
	if err != nil {
		panic(err)
	}
	return []badKey[plonkKey]{
		{name: "two commitments", fixture: committed, rule: "commitments", change: func(k plonkKey) {
			k.Qcp = append(k.Qcp, k.Qcp[0])
			k.CommitmentConstraintIndexes = append(k.CommitmentConstraintIndexes, 0)
		}},
		{name: "commitment without a row", fixture: committed, rule: "commitments", change: func(k plonkKey) {
			k.CommitmentConstraintIndexes = nil
		}},
		{name: "four public inputs", fixture: plain, rule: "public-inputs", change: func(k plonkKey) { k.NbPublicVariables = 4 }},

		{name: "size no power of two", fixture: plain, rule: "domain", change: func(k plonkKey) { k.Size += 2; k.SizeInv.SetUint64(k.Size).Inverse(&k.SizeInv) }},
		{name: "size too large", fixture: plain, rule: "domain", change: func(k plonkKey) { k.Size = 1 << 29; k.SizeInv.SetUint64(k.Size).Inverse(&k.SizeInv) }},
		{name: "wrong inverse of the size", fixture: plain, rule: "domain", change: func(k plonkKey) { k.SizeInv.SetOne() }},
		{name: "generator of half the domain", fixture: plain, rule: "domain", change: func(k plonkKey) { k.Generator.Square(&k.Generator) }},
		{name: "generator is 1", fixture: plain, rule: "domain", change: func(k plonkKey) { k.Generator.SetOne() }},
		{name: "commitment in the row of D", fixture: committed, rule: "commitment-row", change: func(k plonkKey) {
			k.CommitmentConstraintIndexes[0] = k.Size - snark.NumPublicInputs
		}},
		{name: "commitment in row -1", fixture: committed, rule: "commitment-row", change: func(k plonkKey) {
			k.CommitmentConstraintIndexes[0] = ^uint64(0)
		}},
		{name: "coset shift in the domain", fixture: plain, rule: "cosets", change: func(k plonkKey) { k.CosetShift = k.Generator }},
		{name: "coset shift is 0", fixture: plain, rule: "cosets", change: func(k plonkKey) { k.CosetShift.SetZero() }},
		{name: "square of the coset shift in the domain", fixture: plain, rule: "cosets", change: func(k plonkKey) {
			k.CosetShift, err = fr.Generator(2 * k.Size)
			if err != nil {
				panic(err)
			}
		}},

		{name: "qk off the curve", fixture: plain, rule: "on-curve", change: func(k plonkKey) { k.Qk.X.Double(&k.Qk.X) }},
		{name: "qcp off the curve", fixture: committed, rule: "on-curve", change: func(k plonkKey) { k.Qcp[0].X.Double(&k.Qcp[0].X) }},
		{name: "tau off the twist", fixture: plain, rule: "on-curve", also: []string{"subgroup"}, change: func(k plonkKey) {
			k.Kzg.G2[1].X.Double(&k.Kzg.G2[1].X)
		}},
		{name: "tau outside the subgroup", fixture: plain, rule: "subgroup", change: func(k plonkKey) { k.Kzg.G2[1] = twistPoint }},

		{name: "ql is 0", fixture: plain, rule: "identity", change: func(k plonkKey) { k.Ql = curve.G1Affine{} }},
		{name: "s1 is 0", fixture: plain, rule: "identity", change: func(k plonkKey) { k.S[0] = curve.G1Affine{} }},
		{name: "qcp is 0", fixture: committed, rule: "identity", change: func(k plonkKey) { k.Qcp[0] = curve.G1Affine{} }},
		{name: "s1 is s3", fixture: plain, rule: "permutation", change: func(k plonkKey) { k.S[0] = k.S[2] }},

		{name: "other generator of G1", fixture: plain, rule: "srs-generators", change: func(k plonkKey) { k.Kzg.G1.Add(&g1, &g1) }},
		{name: "other generator of G2", fixture: plain, rule: "srs-generators", change: func(k plonkKey) { k.Kzg.G2[0].Add(&g2, &g2) }},
		{name: "tau is 0", fixture: plain, rule: "srs-tau", change: tau(zero), forged: forgedWithTau(zero)},
		{name: "tau is 1", fixture: plain, rule: "srs-tau", change: tau(one), forged: forgedWithTau(one)},
		{name: "tau is -1", fixture: plain, rule: "srs-tau", change: tau(minusOne), forged: forgedWithTau(minusOne)},
		{name: "tau of gnark-crypto's benchmarks", fixture: committed, rule: "srs-tau", change: tau(root), forged: forgedWithTau(root)},

		{name: "zeros prove everything", fixture: plain, rule: "domain", also: []string{"identity", "permutation", "probe"}, change: func(k plonkKey) {
			k.SizeInv.SetZero()
			k.Qk = curve.G1Affine{}
			clear(k.S[:])
		}, forged: func(t *testing.T, _ *fixture, key plonkKey) {
			zeros := new(plonk.Proof)
			zeros.BatchedProof.ClaimedValues = make([]fr.Element, 6)
			if err := gnarkVerifyPlonk(key, zeros, falseInputs); err != nil {
				t.Errorf("gnark rejects zeros (%v): this test shows nothing", err)
			}
		}},
	}
}

func gnarkVerifyPlonk(key plonkKey, proof *plonk.Proof, public snark.PublicInputs) error {
	for i := range key.Kzg.G2 {
		key.Kzg.Lines[i] = curve.PrecomputeLines(key.Kzg.G2[i])
	}
	return plonk.Verify(proof, key, fr.Vector(public[:]))
}

// forgedWithTau checks that gnark accepts a proof of a false statement from whoever knows τ.
func forgedWithTau(tau fr.Element) func(*testing.T, *fixture, plonkKey) {
	return func(t *testing.T, f *fixture, key plonkKey) {
		t.Helper()
		if err := gnarkVerifyPlonk(key, forgePlonk(t, key, tau, falseInputs), falseInputs); err != nil {
			t.Errorf("gnark rejects the forgery (%v): this test shows nothing", err)
		}
		honest := f.vk.Plonk()
		if gnarkVerifyPlonk(honest, forgePlonk(t, honest, tau, falseInputs), falseInputs) == nil {
			t.Error("the honest key accepts the forgery as well")
		}
	}
}

// What no lint can see: with the honest key and the secret of its SRS the forgery works too. This is what
// the mark in insecure keys is about.
func TestToxicWasteForgesPlonk(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"plonk", "plonk-committed"} {
		f := namedFixture(t, name)
		forged, err := snark.NewPlonkProof(forgePlonk(t, f.vk.Plonk(), f.tau, falseInputs))
		if err != nil {
			t.Fatal(err)
		}
		if err := snark.Verify(f.vk, forged, falseInputs); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// forgePlonk makes a proof without a witness: commitments and openings are arbitrary, but for the opening
// of the linearized polynomial, which the verifier computes, and then both quotients are (f - y)/(τ - x).
// The names are those of plonk.Verify.
func forgePlonk(t *testing.T, key plonkKey, tau fr.Element, public snark.PublicInputs) *plonk.Proof {
	t.Helper()
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	_, _, g1, _ := curve.Generators()
	seed := uint64(2)
	next := func() fr.Element { seed++; return fr.NewElement(seed) }
	point := func() (p curve.G1Affine) { e := next(); p.ScalarMultiplication(&g1, e.BigInt(new(big.Int))); return p }
	mul := func(es ...fr.Element) fr.Element {
		p := fr.One()
		for i := range es {
			p.Mul(&p, &es[i])
		}
		return p
	}
	sum := func(es ...fr.Element) (s fr.Element) {
		for i := range es {
			s.Add(&s, &es[i])
		}
		return s
	}
	neg := func(e fr.Element) fr.Element { e.Neg(&e); return e }
	inv := func(e fr.Element) fr.Element { e.Inverse(&e); return e }
	exp := func(e fr.Element, n uint64) fr.Element { e.Exp(e, new(big.Int).SetUint64(n)); return e }

	proof := new(plonk.Proof)
	for i := range 3 {
		proof.LRO[i], proof.H[i] = point(), point()
	}
	proof.Z = point()
	proof.ZShiftedOpening.ClaimedValue = next()
	for range 6 + len(key.Qcp) {
		proof.BatchedProof.ClaimedValues = append(proof.BatchedProof.ClaimedValues, next())
	}
	for range key.Qcp {
		proof.Bsb22Commitments = append(proof.Bsb22Commitments, point())
	}

	// Challenges.
	fs := fiatshamir.NewTranscript(sha256.New(), "gamma", "beta", "alpha", "zeta")
	bind := func(challenge string, points ...curve.G1Affine) {
		for i := range points {
			must(fs.Bind(challenge, points[i].Marshal()))
		}
	}
	draw := func(challenge string) (e fr.Element) {
		b, err := fs.ComputeChallenge(challenge)
		must(err)
		e.SetBytes(b)
		return e
	}
	bind("gamma", key.S[:]...)
	bind("gamma", key.Ql, key.Qr, key.Qm, key.Qo, key.Qk)
	bind("gamma", key.Qcp...)
	for i := range public {
		must(fs.Bind("gamma", public[i].Marshal()))
	}
	bind("gamma", proof.LRO[:]...)
	gamma, beta := draw("gamma"), draw("beta")
	bind("alpha", proof.Bsb22Commitments...)
	bind("alpha", proof.Z)
	alpha := draw("alpha")
	bind("zeta", proof.H[:]...)
	zeta := draw("zeta")

	// PI(ζ), of the public inputs and the hash of the commitment.
	one := fr.One()
	zh := sum(exp(zeta, key.Size), neg(one))  // ζⁿ - 1
	lagrange := func(row uint64) fr.Element { // ωⁱ/n⋅(ζⁿ-1)/(ζ-ωⁱ)
		w := exp(key.Generator, row)
		return mul(w, zh, key.SizeInv, inv(sum(zeta, neg(w))))
	}
	var pi fr.Element
	for i := range public {
		pi = sum(pi, mul(lagrange(uint64(i)), public[i]))
	}
	for i, row := range key.CommitmentConstraintIndexes {
		h := hash_to_field.New([]byte("BSB22-Plonk"))
		h.Write(proof.Bsb22Commitments[i].Marshal())
		var hashed fr.Element
		hashed.SetBytes(h.Sum(nil))
		pi = sum(pi, mul(lagrange(key.NbPublicVariables+row), hashed))
	}

	// The linearized polynomial: its value, then its commitment.
	openings := proof.BatchedProof.ClaimedValues
	l, r, o, s1, s2, zu := openings[1], openings[2], openings[3], openings[4], openings[5], proof.ZShiftedOpening.ClaimedValue
	u := key.CosetShift
	ls1, rs2 := sum(l, mul(beta, s1), gamma), sum(r, mul(beta, s2), gamma)
	alphaL0 := mul(alpha, alpha, lagrange(0))
	openings[0] = neg(sum(pi, neg(alphaL0), mul(alpha, ls1, rs2, sum(o, gamma), zu)))
	coeffZ := sum(alphaL0, neg(mul(alpha, sum(l, mul(beta, zeta), gamma),
		sum(r, mul(beta, u, zeta), gamma), sum(o, mul(beta, u, u, zeta), gamma))))
	shift := exp(zeta, key.Size+2)
	points := append([]curve.G1Affine{}, proof.Bsb22Commitments...)
	points = append(points, key.Ql, key.Qr, key.Qm, key.Qo, key.Qk, key.S[2], proof.Z)
	points = append(points, proof.H[:]...)
	scalars := append([]fr.Element{}, openings[6:]...)
	scalars = append(scalars, l, r, mul(r, l), o, one, mul(alpha, ls1, rs2, beta, zu), coeffZ,
		neg(zh), neg(mul(shift, zh)), neg(mul(shift, shift, zh)))
	var linearized curve.G1Affine
	_, err := linearized.MultiExp(points, scalars, ecc.MultiExpConfig{})
	must(err)

	// Quotients.
	quotient := func(f curve.G1Affine, y, x fr.Element) (h curve.G1Affine) {
		var commitmentY curve.G1Affine
		commitmentY.ScalarMultiplication(&g1, y.BigInt(new(big.Int)))
		h.Sub(&f, &commitmentY)
		e := inv(sum(tau, neg(x)))
		h.ScalarMultiplication(&h, e.BigInt(new(big.Int)))
		return h
	}
	digests := append([]kzg.Digest{linearized, proof.LRO[0], proof.LRO[1], proof.LRO[2], key.S[0], key.S[1]}, key.Qcp...)
	folded, digest, err := kzg.FoldProof(digests, &proof.BatchedProof, zeta, sha256.New(), zu.Marshal())
	must(err)
	proof.BatchedProof.H = quotient(digest, folded.ClaimedValue, zeta)
	proof.ZShiftedOpening.H = quotient(proof.Z, zu, mul(zeta, key.Generator))
	return proof
}
