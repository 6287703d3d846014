// SPDX-License-Identifier: Apache-2.0

package contracts_test

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"hash"
	"slices"
	"strings"
	"testing"

	"github.com/consensys/gnark-crypto/ecc"
	curve "github.com/consensys/gnark-crypto/ecc/bn254"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr/fft"
	"github.com/consensys/gnark/backend"
	plonk_bn254 "github.com/consensys/gnark/backend/plonk/bn254"

	"github.com/zkml-go/zkml/internal/evmtest"
	"github.com/zkml-go/zkml/statement"
)

// A plonkForgery is a call that no contract must accept, and a fault that makes one accept it. The
// prover of the false proof knows the fault: a change to an honest proof is not enough, since the
// challenges depend on what is changed.
type plonkForgery struct {
	name      string
	old, with string // the fault, a replacement in the sources
	forge     func(t testing.TB, p *plonkProver) []plonkMutant
}

var plonkForgeries = []plonkForgery{{
	name: "challenge Z not compared with r",
	old:  "if (z >= Statement.R) revert ChallengeNotInField();", with: "",
	forge: forgeChallenge,
}, {
	name: "claimed values not compared with r",
	old:  ">= R) revert OpeningNotInField", with: "== type(uint256).max) revert OpeningNotInField",
	forge: forgeValues,
}, {
	name: "γ does not hash the public inputs",
	old:  "mcopy(add(buffer, size), publicInputs, 0x60)", with: "mcopy(add(buffer, size), publicInputs, 0)",
	forge: forgePublicInputs,
}, {
	name: "λ does not hash the opening proofs",
	old:  "lambda := keccak256(buffer, 0x260)", with: "lambda := keccak256(buffer, 0x60)",
	forge: forgeOpenings,
}}

// TestPlonkForgeries shows for each fault that the contract with it accepts a forged proof and that the
// contract without it does not.
func TestPlonkForgeries(t *testing.T) {
	t.Parallel()
	c := evmtest.Embedded(t)
	a := plonkArtifact(t)
	sound := deploy(t, c, a)
	provers := []*plonkProver{newPlonkProver(t, plonkShapes[1]), newPlonkProver(t, plonkShapes[3])}

	forged := make([][]plonkMutant, len(plonkForgeries))
	for i, f := range plonkForgeries {
		for _, p := range provers {
			for _, m := range f.forge(t, p) {
				forged[i] = append(forged[i], m)
				if got := evmtest.Verdict(t, c, sound, m.call.Pack(t, a)); got != m.want {
					t.Errorf("%s, %s: got %q, want error %s", f.name, m.name, got, m.want)
				}
			}
		}
	}
	t.Run("with the fault", func(t *testing.T) {
		if testing.Short() {
			t.Skip("compiles several contracts")
		}
		sources := map[string]string{}
		source := flatten(t, "IInferenceVerifier.sol", "Statement.sol", "InferenceVerifier.sol", "Curve.sol", "Plonk.sol", "PlonkVerifier.sol")
		for i, f := range plonkForgeries {
			if n := strings.Count(source, f.old); n != 1 {
				t.Fatalf("%s: the code to replace occurs %d times", f.name, n)
			}
			name := fmt.Sprintf("Faulty%d", i)
			faulty := strings.Replace(source, f.old, f.with, 1)
			sources[name+".sol"] = strings.Replace(faulty, "contract PlonkInferenceVerifier", "contract "+name, 1)
		}
		artifacts := evmtest.Compile(t, sources)
		for i, f := range plonkForgeries {
			faulty := deploy(t, c, artifacts[fmt.Sprintf("Faulty%d", i)])
			for _, m := range forged[i] {
				if got := evmtest.Verdict(t, c, faulty, m.call.Pack(t, a)); got != "" {
					t.Errorf("%s, %s: refused with %s, the forgery shows nothing", f.name, m.name, got)
				}
			}
		}
	})
	t.Run("gnark's contract", func(t *testing.T) {
		for _, p := range provers {
			g := deployGnark(t, c, p)
			for _, m := range slices.Concat(forged...) {
				if bytes.Equal(m.call.Key, p.key) && g.accepts(t, rawPublic(t, m.call), m.call.Proof[32:]) {
					t.Errorf("%s: accepted", m.name)
				}
			}
		}
	})
}

// rewritingHash is SHA-256 of a message that is changed before: the transcript of a dishonest prover.
type rewritingHash struct {
	hash.Hash
	message []byte
	rewrite func(message []byte)
}

func (h *rewritingHash) Write(b []byte) (int, error) {
	h.message = append(h.message, b...)
	return len(b), nil
}

func (h *rewritingHash) Reset() { h.message = nil }

func (h *rewritingHash) Sum(b []byte) []byte {
	message := slices.Clone(h.message)
	h.rewrite(message)
	digest := sha256.Sum256(message)
	return append(b, digest[:]...)
}

// rewriteGamma is the option of a prover whose first challenge hashes public inputs that `change` has
// changed, three words.
func rewriteGamma(p *plonkProver, change func(public []byte)) backend.ProverOption {
	start := len("gamma") + len(p.gammaMessage([3]fr.Element{}, make([]byte, 0xc0))) - 0xc0 - 0x60
	return backend.WithProverChallengeHashFunction(&rewritingHash{Hash: sha256.New(), rewrite: func(message []byte) {
		if strings.HasPrefix(string(message), "gamma") {
			change(message[start : start+0x60])
		}
	}})
}

// forgeChallenge proves a statement with Z + r in the place of Z.
func forgeChallenge(t testing.TB, p *plonkProver) []plonkMutant {
	v := p.claim(31, 1, 0)
	v.Proof = p.prove(t, v.PublicInputs(), rewriteGamma(p, func(public []byte) {
		copy(public[0x20:], plusWord(public[0x20:0x40], fr.Modulus()))
	}))
	call := evmtest.NewCall(v)
	copy(call.Proof, plusWord(call.Proof[:32], fr.Modulus()))
	return []plonkMutant{{p.shape.name + ": Z + r", call, "ChallengeNotInField"}}
}

// forgeValues proves a statement with x + r in the place of each claimed value x.
func forgeValues(t testing.TB, p *plonkProver) []plonkMutant {
	// Where the message of the folding challenge has what the proof has elsewhere: after its name, ζ and F,
	// [L] to [S₂], perhaps [Qcp], and f̄.
	first := len("gamma") + 0x20 + 0x40 + 0xc0 + 0x80 + 0x40*len(p.vk.Qcp) + 0x20
	positions := map[int]int{0x260: first + 0xa0 + 0x20*len(p.vk.Qcp)}
	for i := range 5 {
		positions[0x180+0x20*i] = first + 0x20*i
	}
	if p.shape.hasCommitment() {
		positions[0x300] = first + 0xa0
	}
	var list []plonkMutant
	for inProof, inMessage := range positions {
		v := p.claim(31, 1, 0)
		alias := func(b []byte) { copy(b, plusWord(b[:32], fr.Modulus())) }
		v.Proof = p.prove(t, v.PublicInputs(), backend.WithProverKZGFoldingHashFunction(
			&rewritingHash{Hash: sha256.New(), rewrite: func(message []byte) { alias(message[inMessage:]) }}))
		alias(v.Proof[inProof:])
		name := fmt.Sprintf("%s: value at %#x + r", p.shape.name, inProof)
		list = append(list, plonkMutant{name, evmtest.NewCall(v), "OpeningNotInField"})
	}
	return list
}

// forgePublicInputs proves one output, with public inputs that are zero for the first challenge, and
// finds the Z with which the same proof passes for another output: the proof fixes PI only, and the
// words of a statement without input make E linear in Z.
func forgePublicInputs(t testing.TB, p *plonkProver) []plonkMutant {
	v := p.claim(0, 1, 0)
	public := v.PublicInputs()
	v.Proof = p.prove(t, public, rewriteGamma(p, func(public []byte) { clear(public) }))
	message := p.gammaMessage([3]fr.Element{}, v.Proof)
	zeta := p.challenges(message, v.Proof).zeta
	want := p.publicPart(public, v.Proof, zeta)

	v.Output = []byte{v.Output[0] ^ 1}
	words := statement.Words(nil, v.Output, nil)
	v.Z.SetZero()
	public = v.PublicInputs() // Z = 0, E = w₀
	rest := p.publicPart(public, v.Proof, zeta)
	slope, l1 := p.lagrange(2, zeta), p.lagrange(1, zeta)
	slope.Mul(&slope, &words[1]).Add(&slope, &l1)
	v.Z.Sub(&want, &rest).Div(&v.Z, &slope)
	return []plonkMutant{{p.shape.name + ": other output", evmtest.NewCall(v), "ProofInvalid"}}
}

// forgeOpenings proves a statement without a witness, given a λ that does not depend on [W] and [W'].
// With all other points at infinity and all claimed values 0, what the openings must show is
//
//	B(X) - b̄ = (X - ζ)⋅W(X) + λ⋅(X - ωζ)⋅W'(X)
//
// where B is a combination of the key's polynomials. It holds with the constant W' for which W is a
// polynomial.
func forgeOpenings(t testing.TB, p *plonkProver) []plonkMutant {
	v := p.claim(31, 1, 0)
	v.Proof = make([]byte, 0x300+0x60*len(p.vk.Qcp))
	public := v.PublicInputs()
	c := p.challenges(p.gammaMessage(public, v.Proof), v.Proof)
	linear := p.linearValue(public, v.Proof, c)

	// F = [Qk]
	message := slices.Concat([]byte("gamma"), c.zeta.Marshal(), p.key[0x1c0:0x200], v.Proof[:0xc0], p.key[:0x80])
	if p.shape.hasCommitment() {
		message = append(message, p.key[0x2c0:0x300]...)
	}
	message = append(append(message, linear.Marshal()...), make([]byte, 0x20*(6+len(p.vk.Qcp)))...)
	digest := sha256.Sum256(message)
	tag := statement.Keccak([]byte("zkml.plonk.merge.v1"))
	lambdaDigest := statement.Keccak(tag[:], c.zetaDigest, digest[:])
	var fold, lambda, shifted fr.Element
	fold.SetBytes(digest[:])
	lambda.SetBytes(lambdaDigest[:])
	shifted.Mul(&c.zeta, &p.vk.Generator)

	// B - b̄ on the domain
	domain := fft.NewDomain(p.vk.Size)
	trace := plonk_bn254.NewTrace(p.ccs, domain)
	columns := [][]fr.Element{trace.S1.Coefficients(), trace.S2.Coefficients()}
	for _, q := range trace.Qcp {
		columns = append(columns, q.Coefficients())
	}
	difference := slices.Clone(trace.Qk.Coefficients())
	var power fr.Element
	power.Square(&fold).Square(&power) // v⁴
	for _, column := range columns {
		for i := range difference {
			var term fr.Element
			term.Mul(&power, &column[i])
			difference[i].Add(&difference[i], &term)
		}
		power.Mul(&power, &fold)
	}
	var atZeta fr.Element // the same at ζ
	for i := range difference {
		difference[i].Sub(&difference[i], &linear)
		term := p.lagrange(int64(i), c.zeta)
		atZeta.Add(&atZeta, term.Mul(&term, &difference[i]))
	}

	// W' = (B(ζ) - b̄)/(λ⋅(ζ - ωζ)), and W on the domain
	var constant, denominator fr.Element
	denominator.Sub(&c.zeta, &shifted).Mul(&denominator, &lambda)
	constant.Div(&atZeta, &denominator)
	quotient := make([]fr.Element, len(difference))
	x := fr.One()
	for i := range quotient {
		var term fr.Element
		term.Sub(&x, &shifted).Mul(&term, &lambda).Mul(&term, &constant)
		denominator.Sub(&x, &c.zeta)
		quotient[i].Sub(&difference[i], &term).Div(&quotient[i], &denominator)
		x.Mul(&x, &p.vk.Generator)
	}
	var w, wShifted curve.G1Affine
	if _, err := w.MultiExp(p.pk.KzgLagrange.G1, quotient, ecc.MultiExpConfig{}); err != nil {
		t.Fatal(err)
	}
	if _, err := wShifted.MultiExp(p.pk.Kzg.G1[:1], []fr.Element{constant}, ecc.MultiExpConfig{}); err != nil {
		t.Fatal(err)
	}
	copy(v.Proof[0x280:], w.Marshal())
	copy(v.Proof[0x2c0:], wShifted.Marshal())
	return []plonkMutant{{p.shape.name + ": no witness", evmtest.NewCall(v), "ProofInvalid"}}
}
