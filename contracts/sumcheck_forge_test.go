// SPDX-License-Identifier: Apache-2.0

package contracts_test

import (
	"bytes"
	"crypto/sha256"
	"math/big"
	"slices"
	"testing"

	curve "github.com/consensys/gnark-crypto/ecc/bn254"
	"github.com/consensys/gnark-crypto/ecc/bn254/fp"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/consensys/gnark/backend"
	groth16_bn254 "github.com/consensys/gnark/backend/groth16/bn254"
	plonk_bn254 "github.com/consensys/gnark/backend/plonk/bn254"

	"github.com/zkml-go/zkml/export"
	"github.com/zkml-go/zkml/internal/evmtest"
	"github.com/zkml-go/zkml/statement"
	vsumcheck "github.com/zkml-go/zkml/verifier/sumcheck"
)

// A sumcheckForger makes a call that the contract must refuse, given a prover of its own to corrupt.
type sumcheckForger func(t testing.TB, p *sumcheckProver) evmtest.Call

// call proves a statement as the prover's hooks have it.
func (p *sumcheckProver) call(t testing.TB) evmtest.Call {
	t.Helper()
	v := p.statement(5, 5, 1)
	v.Proof = p.prove(t, v)
	return evmtest.NewCall(v)
}

// wrongValue claims a value that the columns do not have.
func wrongValue(f, u []fr.Element) fr.Element {
	v, one := evaluateMultilinear(f, u), fr.One()
	return *v.Add(&v, &one)
}

// absorbedAt returns what a word of the opening is absorbed with, and where, or "" if it is not.
func absorbedAt(position int) (name string, offset int) {
	switch position {
	case 0x2e0:
		return "start", 0x60
	case 0x300:
		return "start", 0x40
	}
	starts := []int{0, 0x40, 0xe0, 0x160, 0x260, 0x2a0, 0x2e0}
	for i, name := range []string{"alpha", "gamma", "zeta", "beta", "y", "delta"} {
		if position >= starts[i] && position < starts[i+1] {
			return name, position - starts[i]
		}
	}
	return "", 0
}

// aliased proves a statement with modulus added to a word of the proof, wherever it is hashed too. The
// position counts from the end of the witness columns; in these it is negative.
func aliased(position int, modulus *big.Int) sumcheckForger {
	return func(t testing.TB, p *sumcheckProver) evmtest.Call {
		columns := 64 * len(p.witness)
		name, offset := absorbedAt(position)
		if position < 0 {
			name, offset = "seed", 0x40+columns+position
		}
		alias := func(b []byte) { copy(b, plusWord(b[:32], modulus)) }
		word, isWord := map[int]int{0x2e0: 5, 0x300: 3, 0x320: 6, 0x340: 7, 0x360: 8, 0x380: 9}[position]
		p.absorbed = func(at string, message []byte) []byte {
			if at == name {
				alias(message[offset:])
			}
			if at == "words" && isWord {
				alias(message[32*(1+word):])
			}
			return message
		}
		call := p.call(t)
		alias(call.Proof[32+columns+position:])
		return call
	}
}

// ignored proves with a column of zeros and gives a point off the curve as its commitment: a contract
// that ignores failed additions leaves the column out.
func ignored(t testing.TB, p *sumcheckProver) evmtest.Call {
	clear(p.witness[0])
	p.absorbed = func(at string, message []byte) []byte {
		if at == "seed" {
			message[0x40+63] = 1
		}
		return message
	}
	call := p.call(t)
	call.Proof[32+63] = 1 // (0, 1)
	return call
}

// nothing makes all committed polynomials of the opening 0, except those named.
func nothing(except ...string) func(name string, w *mercuryWitness, f []fr.Element) []fr.Element {
	return func(name string, _ *mercuryWitness, f []fr.Element) []fr.Element {
		if slices.Contains(except, name) {
			return f
		}
		return nil
	}
}

// solveH sets h(ζ) so that (1) holds, given 1/ζ as the contract has it.
func solveH(o *export.Opening, in *export.WrapWords, w *mercuryWitness, inverse fr.Element) {
	o.HAtZeta.SetZero()
	gap := imbalance(o, in, w, inverse)
	scale := product(w.gamma, in.P2AtZetaInverse)
	o.HAtZeta.Div(&gap, &scale).Neg(&o.HAtZeta)
}

// imbalance is the left side of (1) less its right side.
func imbalance(o *export.Opening, in *export.WrapWords, w *mercuryWitness, inverse fr.Element) (gap fr.Element) {
	add := func(factors ...fr.Element) {
		term := product(factors...)
		gap.Add(&gap, &term)
	}
	minusTwo := negated(fr.NewElement(2))
	add(o.GAtZeta, in.P1AtZetaInverse)
	add(o.GAtZetaInverse, in.P1AtZeta)
	add(w.gamma, o.HAtZeta, in.P2AtZetaInverse)
	add(w.gamma, o.HAtZetaInverse, in.P2AtZeta)
	add(minusTwo, o.HAtAlpha)
	add(minusTwo, w.gamma, in.V)
	add(negated(w.zeta), o.SAtZeta)
	add(negated(inverse), o.SAtZetaInverse)
	return gap
}

// unopened shows of the columns only their value at ζ: nothing else is opened.
func unopened(t testing.TB, p *sumcheckProver) evmtest.Call { return unopenedWith(solveH)(t, p) }

// unopenedWith is unopened with other values that satisfy (1).
func unopenedWith(solve func(o *export.Opening, in *export.WrapWords, w *mercuryWitness, inverse fr.Element)) sumcheckForger {
	return func(t testing.TB, p *sumcheckProver) evmtest.Call {
		p.claim, p.polynomial = wrongValue, nothing()
		p.values = func(o *export.Opening, in *export.WrapWords, w *mercuryWitness) {
			var inverse fr.Element
			inverse.Inverse(&w.zeta) // 0 of 0
			o.GAtZeta = evaluate(w.f, w.zeta)
			solve(o, in, w, inverse)
		}
		return p.call(t)
	}
}

// solveEqual sets h(ζ) = h(1/ζ) so that (1) holds, with g(ζ) = g(1/ζ), for a contract whose ζ is ±1: with δ = 0,
// what is left of the interpolants vanishes.
func solveEqual(o *export.Opening, in *export.WrapWords, w *mercuryWitness, inverse fr.Element) {
	o.GAtZetaInverse = o.GAtZeta
	gap, scale := imbalance(o, in, w, inverse), in.P2AtZeta
	scale.Add(&scale, &in.P2AtZetaInverse).Mul(&scale, &w.gamma)
	o.HAtZeta.Div(&gap, &scale).Neg(&o.HAtZeta)
	o.HAtZetaInverse = o.HAtZeta
}

// solveG sets g(1/ζ) so that (1) holds, for a contract whose ζ is α: with h(ζ) = h(α) and δ = 0, what is left of
// the interpolants vanishes.
func solveG(o *export.Opening, in *export.WrapWords, w *mercuryWitness, inverse fr.Element) {
	gap := imbalance(o, in, w, inverse)
	o.GAtZetaInverse.Div(&gap, &in.P1AtZeta).Neg(&o.GAtZetaInverse)
}

// atZeta opens values at ζ only, for a contract whose y is ζ.
func atZeta(t testing.TB, p *sumcheckProver) evmtest.Call {
	p.claim = wrongValue
	p.polynomial = func(name string, w *mercuryWitness, f []fr.Element) []fr.Element {
		if name == "g" {
			return w.f
		}
		return nil
	}
	p.values = func(o *export.Opening, in *export.WrapWords, w *mercuryWitness) {
		var inverse fr.Element
		inverse.Inverse(&w.zeta)
		o.GAtZetaInverse.SetZero()
		gap := imbalance(o, in, w, inverse)
		scale := product(w.gamma, in.P2AtZeta)
		o.HAtZetaInverse.Div(&gap, &scale).Neg(&o.HAtZetaInverse)
	}
	return p.call(t)
}

// shiftedH adds Y to h, which does not change h(0), for a contract whose α is 0.
func shiftedH(t testing.TB, p *sumcheckProver) evmtest.Call {
	p.claim = func(f, u []fr.Element) fr.Element {
		v, weight := evaluateMultilinear(f, u), eqTable(u[p.t1:])[1]
		return *v.Add(&v, &weight)
	}
	p.polynomial = func(name string, _ *mercuryWitness, f []fr.Element) []fr.Element {
		if name == "h" {
			one := fr.One()
			f[1].Add(&f[1], &one)
		}
		return f
	}
	return p.call(t)
}

// highDegree opens a g of degree above b: all of f.
func highDegree(t testing.TB, p *sumcheckProver) evmtest.Call {
	var h fr.Element
	p.claim = func(f, u []fr.Element) fr.Element {
		h = fr.Element{}
		for i, weight := range eqTable(u[:p.t1]) {
			term := product(weight, f[i])
			h.Add(&h, &term)
		}
		return product(h, eqTable(u[p.t1:])[0])
	}
	p.polynomial = func(name string, w *mercuryWitness, f []fr.Element) []fr.Element {
		switch name {
		case "h":
			return []fr.Element{h}
		case "g":
			return w.f
		case "S":
			return f
		}
		return nil
	}
	return p.call(t)
}

// swappedColumns moves weight between columns of a proof for a contract whose d does not hash them.
func swappedColumns(t testing.TB, p *sumcheckProver) evmtest.Call {
	p.absorbed = func(at string, message []byte) []byte {
		if at == "seed" {
			return message[:0x40]
		}
		return message
	}
	v := p.statement(5, 5, 1)
	proof := p.open(v.PublicInputs())
	_, _, g, _ := curve.Generators()
	proof.columns[1].Sub(&proof.columns[1], &g)
	g = scaleGenerator(proof.inputs.Rho)
	proof.columns[0].Add(&proof.columns[0], &g)
	v.Proof = proof.encode(t, p.keys)
	return evmtest.NewCall(v)
}

// otherContext presents a proof in another context, for a contract whose d does not hash D.
func otherContext(t testing.TB, p *sumcheckProver) evmtest.Call {
	p.absorbed = func(at string, message []byte) []byte {
		if at == "seed" {
			clear(message[0x20:0x40])
		}
		return message
	}
	call := p.call(t)
	call.Context[0] ^= 1
	return call
}

// lateValue chooses v last, for a contract whose transcript does not hash it.
func lateValue(t testing.TB, p *sumcheckProver) evmtest.Call {
	p.absorbed = func(at string, message []byte) []byte {
		if at == "start" {
			clear(message[0x60:])
		}
		return message
	}
	p.polynomial = nothing("h", "q", "g", "D")
	p.values = func(o *export.Opening, in *export.WrapWords, w *mercuryWitness) {
		var inverse fr.Element
		inverse.Inverse(&w.zeta)
		in.V.SetZero()
		gap := imbalance(o, in, w, inverse)
		scale := product(fr.NewElement(2), w.gamma)
		in.V.Div(&gap, &scale)
	}
	return p.call(t)
}

// lateValues chooses h(ζ) and S(ζ) last, for a contract whose transcript does not hash the values.
func lateValues(t testing.TB, p *sumcheckProver) evmtest.Call {
	p.claim = wrongValue
	p.absorbed = func(at string, message []byte) []byte {
		if at == "beta" {
			return message[0xc0:]
		}
		return message
	}
	// With weights x and -x/(β⋅(ζ - α)), the change of h(ζ) and of S(ζ) do not change ∑ βⁱ⋅Z(y)⋅pᵢ*(y).
	p.last = func(o *export.Opening, in *export.WrapWords, w *mercuryWitness) {
		var inverse, ratio fr.Element
		inverse.Inverse(&w.zeta)
		ratio.Sub(&w.zeta, &w.alpha)
		ratio.Mul(&ratio, &w.beta).Inverse(&ratio).Neg(&ratio)
		gap := imbalance(o, in, w, inverse)
		slope, term := product(w.gamma, in.P2AtZetaInverse), product(w.zeta, ratio)
		slope.Sub(&slope, &term)
		var x fr.Element
		x.Div(&gap, &slope).Neg(&x)
		o.HAtZeta.Add(&o.HAtZeta, &x)
		x.Mul(&x, &ratio)
		o.SAtZeta.Add(&o.SAtZeta, &x)
	}
	return p.call(t)
}

// lateWord has the wrap speak of another value v, and chooses the statement's Z, which no other challenge
// depends on, so that E' is the same for the words that the contract has: for a contract whose D' does not
// hash them.
func lateWord(t testing.TB, p *sumcheckProver) evmtest.Call {
	v := p.statement(0, 1, 0)
	proof := p.open(v.PublicInputs())
	var d, one fr.Element
	d.SetBytes(keccak(keccak([]byte("zkml.sumcheck.wrap.v1"))))
	other := proof.words
	other[5].Add(&other[5], one.SetOne())
	proof.wrap(other, d)

	// The statement has two words, so that E = w₀ + w₁⋅Z.
	w := statement.Words(v.Input, v.Output, nil)
	rest := proof.words
	rest[1], rest[2] = fr.Element{}, w[0]
	z, gap := proof.public[1], statement.Evaluate(rest[:], proof.public[1])
	gap.Sub(&proof.public[2], &gap)
	slope := product(w[1], z, z)
	slope.Add(&slope, &z)
	v.Z.Div(&gap, &slope)
	v.Proof = proof.encode(t, p.keys)
	return evmtest.NewCall(v)
}

// otherWord has the wrap speak of another P₂(1/ζ), 0, for a contract whose E' leaves it out.
func otherWord(t testing.TB, p *sumcheckProver) evmtest.Call {
	v := p.statement(5, 5, 1)
	proof := p.open(v.PublicInputs())
	other := proof.words
	other[9].SetZero()
	proof.wrap(other, proof.words.Digest())
	v.Proof = proof.encode(t, p.keys)
	return evmtest.NewCall(v)
}

// merged breaks (2) and (3) by amounts that cancel in the merged equation, under a key with τ = δ whose
// columns are all zero. [q_L] is chosen so that U = 0, C so that e(C, -δ) cancels e(λδ[q_L], -τ).
// lambda computes λ of the faulty contract from what the true one hashes.
func merged(lambda func(message []byte) []byte) sumcheckForger {
	return func(t testing.TB, p *sumcheckProver) evmtest.Call {
		for _, column := range slices.Concat(p.witness, p.model) {
			clear(column)
		}
		p.key = p.makeKey(t)
		delta := p.keys.vk.(*groth16_bn254.VerifyingKey).G2.Delta
		delta.Neg(&delta)
		x1, x0, y1, y0 := delta.X.A1.Bytes(), delta.X.A0.Bytes(), delta.Y.A1.Bytes(), delta.Y.A0.Bytes()
		copy(p.key[0x2c0:], slices.Concat(x1[:], x0[:], y1[:], y0[:]))

		// The prover's q_m is 0. It absorbs, and presents, 1 instead, and [q_L] to match.
		_, _, one, _ := curve.Generators()
		var qL curve.G1Affine
		var factor, inverse fr.Element
		p.last = func(o *export.Opening, _ *export.WrapWords, w *mercuryWitness) {
			inverse.Inverse(&w.zeta)
			factor.Inverse(&w.y)
			for _, x := range []fr.Element{w.zeta, inverse, w.alpha} {
				x.Sub(&w.y, &x)
				factor.Mul(&factor, &x)
			}
			qL = scaleGenerator(factor)
			o.BatchQuotient, o.LinQuotient = one, qL
		}
		p.absorbed = func(at string, message []byte) []byte {
			if at == "y" {
				return g1Bytes(one)
			}
			return message
		}
		v := p.statement(5, 5, 1)
		v.Key = p.key
		proof := p.open(v.PublicInputs())
		v.Proof = proof.encode(t, p.keys)
		message := slices.Concat(keccak([]byte("zkml.sumcheck.merge.v1")), keccak(v.Key))
		for i := range proof.words {
			message = append(message, proof.words[i].Marshal()...)
		}
		factor.SetBytes(lambda(append(message, v.Proof...)))
		merging := proof.witness.merging()
		factor.Mul(&factor, &merging).Neg(&factor)
		qL.ScalarMultiplication(&qL, factor.BigInt(new(big.Int)))
		shift(t, v.Proof[len(v.Proof)-64:], qL)
		return evmtest.NewCall(v)
	}
}

// mergedPlonk breaks (2) by a change of [q_L] and (3) by one of [W], which cancel in the merged equation if λ
// does not hash the wrap: they are multiples of τ - y and of τ - ζ of the wrap, which this prover divides.
func mergedPlonk(t testing.TB, p *sumcheckProver) evmtest.Call {
	_, _, one, _ := curve.Generators()
	p.last = func(o *export.Opening, _ *export.WrapWords, _ *mercuryWitness) {
		o.LinQuotient.Add(&o.LinQuotient, &one)
	}
	v := p.statement(5, 5, 1)
	proof := p.open(v.PublicInputs())
	v.Proof = proof.encode(t, p.keys)
	at := len(v.Proof) - 0x300
	message := slices.Concat(keccak([]byte("zkml.sumcheck.merge.v1")), keccak(v.Key))
	for i := range proof.words {
		message = append(message, proof.words[i].Marshal()...)
	}
	var factor fr.Element
	factor.SetBytes(keccak(append(message, v.Proof[:at]...)))
	merging := proof.witness.merging()
	factor.Mul(&factor, &merging)

	plonk := &plonkProver{vk: p.keys.vk.(*plonk_bn254.VerifyingKey), key: p.key[:0x2c0]}
	zeta := plonk.challenges(plonk.gammaMessage(proof.public, v.Proof[at:]), v.Proof[at:]).zeta
	up, down := p.tau, p.tau
	up.Sub(&up, &proof.witness.y)
	down.Sub(&down, &zeta)
	factor.Mul(&factor, up.Div(&up, &down)).Neg(&factor)
	shift(t, v.Proof[at+0x280:], scaleGenerator(factor))
	return evmtest.NewCall(v)
}

// falsePlonk has another point in the place of [W'].
func falsePlonk(t testing.TB, p *sumcheckProver) evmtest.Call {
	call := p.call(t)
	end := len(call.Proof)
	copy(call.Proof[end-64:], call.Proof[end-128:end-64])
	return call
}

// aliasedPlonk adds r to a value of a PLONK wrap, z̄ at ωζ, and proves with the digest of that.
func aliasedPlonk(t testing.TB, p *sumcheckProver) evmtest.Call {
	v := p.statement(5, 5, 1)
	proof := p.open(v.PublicInputs())
	alias := func(b []byte) { copy(b, plusWord(b[:32], fr.Modulus())) }
	const inMessage = len("gamma") + 0x20 + 0x40 + 0xc0 + 0x80 + 0x20 + 0xa0
	aliased := p.keys
	aliased.prove = func(t testing.TB, public [3]fr.Element, _ *vsumcheck.WrapWords) []byte {
		return newPlonkProver(t, plonkShapes[1]).prove(t, public, backend.WithProverKZGFoldingHashFunction(
			&rewritingHash{Hash: sha256.New(), rewrite: func(message []byte) { alias(message[inMessage:]) }}))
	}
	v.Proof = proof.encode(t, aliased)
	alias(v.Proof[len(v.Proof)-0x300+0x260:])
	return evmtest.NewCall(v)
}

// falseWrap has another point in the place of C.
func falseWrap(t testing.TB, p *sumcheckProver) evmtest.Call {
	call := p.call(t)
	end := len(call.Proof)
	copy(call.Proof[end-64:], call.Proof[end-256:end-192])
	return call
}

// offCurveWrap has an A that is off the curve.
func offCurveWrap(t testing.TB, p *sumcheckProver) evmtest.Call {
	call := p.call(t)
	call.Proof[len(call.Proof)-256] ^= 1
	return call
}

// otherSplit proves with another split of the variables, under a key that names it.
func otherSplit(t testing.TB, p *sumcheckProver) evmtest.Call {
	p.t1++
	p.key = bytes.Clone(p.key)
	p.key[p.keys.keyBytes+0x1d]++
	return p.call(t)
}

// TestSumcheckPointsAreChecked gives each point with a coordinate that is not reduced, in proofs whose
// transcripts are made with it.
func TestSumcheckPointsAreChecked(t *testing.T) {
	t.Parallel()
	a := drawnKeys().artifact(t)
	c := evmtest.Embedded(t)
	contract := deploy(t, c, a)
	for _, s := range columnShapes[:4] {
		positions := []int{0x400, 0x420, 0x440, 0x460} // B
		for _, at := range sumcheckPoints {
			positions = append(positions, at, at+32)
		}
		for at := range 2 * s.witness {
			positions = append(positions, -32*(at+1))
		}
		for _, at := range positions {
			p := newSumcheckProver(t, drawnKeys(), s.n, s.witness, s.model)
			call := aliased(at, fp.Modulus())(t, p)
			if got := evmtest.Verdict(t, c, contract, call.Pack(t, a)); got != "PointInvalid" {
				t.Errorf("%+v: word at %#x + p: got verdict %q", s, at, got)
			}
			if p.keys.verifySumcheck(call) == nil {
				t.Errorf("%+v: word at %#x + p: accepted by the verifier in Go", s, at)
			}
		}
	}
}
