// SPDX-License-Identifier: Apache-2.0

package contracts_test

import (
	"bytes"
	"fmt"
	"math/big"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/consensys/gnark-crypto/ecc/bn254/fp"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"github.com/zkml-go/zkml/chain"
	"github.com/zkml-go/zkml/internal/evmtest"
)

// plonkMutant is a call that differs from an accepted one.
type plonkMutant struct {
	name string
	call evmtest.Call
	want string // error of our contract
}

// plonkMutants changes the challenge, the proof and its length.
func plonkMutants(c evmtest.Call, other evmtest.Call) []plonkMutant {
	var list []plonkMutant
	add := func(want, name string, proof []byte) {
		m := c
		m.Proof = proof
		list = append(list, plonkMutant{name, m, want})
	}
	set := func(offset int, word []byte) []byte {
		return slices.Concat(c.Proof[:offset], word, c.Proof[offset+len(word):])
	}
	one, r, p := big.NewInt(1), fr.Modulus(), fp.Modulus()

	z := c.Proof[:32]
	add("ProofInvalid", "Z + 1", set(0, plusWord(z, one)))
	add("ProofInvalid", "Z = 0", set(0, make([]byte, 32)))
	add("ChallengeNotInField", "Z + r", set(0, plusWord(z, r)))
	for offset := 32; offset < len(c.Proof); offset += 32 {
		word := c.Proof[offset : offset+32]
		invalid, unreduced := "PointInvalid", "PointInvalid"
		if isPlonkValue(offset - 32) {
			invalid, unreduced = "ProofInvalid", "OpeningNotInField"
		}
		at := fmt.Sprintf("word at %#x ", offset-32)
		add(invalid, at+"+ 1", set(offset, plusWord(word, one)))
		add(invalid, at+"= 0", set(offset, make([]byte, 32)))
		add(unreduced, at+"+ r", set(offset, plusWord(word, r)))
		add(unreduced, at+"+ p", set(offset, plusWord(word, p)))
		add(unreduced, at+"all ones", set(offset, bytes.Repeat([]byte{0xff}, 32)))
		if isPlonkValue(offset - 32) {
			add("ProofInvalid", at+"of another proof", set(offset, other.Proof[offset:offset+32]))
			continue
		}
		if next := offset + 64; isPlonkPoint(offset-32) && next <= len(c.Proof) {
			add("ProofInvalid", at+"of another proof, a point", set(offset, other.Proof[offset:next]))
			add("ProofInvalid", at+"and the next: infinity", set(offset, make([]byte, 64)))
			y := new(big.Int).SetBytes(c.Proof[offset+32 : next])
			negated := y.Sub(p, y).FillBytes(make([]byte, 32))
			add("ProofInvalid", at+"and the next: negated", set(offset, append(bytes.Clone(word), negated...)))
		}
	}
	// Two points or two values in the wrong order, and a value in the place of a coordinate.
	for offset := 32; offset+128 <= len(c.Proof); offset += 64 {
		b := c.Proof[offset : offset+128]
		add("", fmt.Sprintf("pairs of words at %#x swapped", offset-32), set(offset, slices.Concat(b[64:], b[:64])))
	}
	for offset := 0; offset+64 <= len(c.Proof); offset += 32 {
		b := c.Proof[offset : offset+64]
		add("", fmt.Sprintf("words at %#x swapped", offset-32), set(offset, slices.Concat(b[32:], b[:32])))
	}
	random := rand.New(rand.NewPCG(1, 2))
	for range 200 {
		proof := bytes.Clone(c.Proof)
		offset := random.IntN(len(proof))
		proof[offset] ^= byte(1 + random.IntN(255))
		add("", fmt.Sprintf("byte at %#x flipped", offset-32), proof)
	}
	const length = "ProofLengthInvalid"
	size := len(c.Proof)
	add(length, "without the last byte", c.Proof[:size-1])
	add(length, "without the last word", c.Proof[:size-32])
	add(length, "without a commitment's 96 bytes", c.Proof[:size-96])
	add(length, "with a byte more", append(bytes.Clone(c.Proof), 0))
	add(length, "with a commitment's 96 bytes more", append(bytes.Clone(c.Proof), make([]byte, 96)...))
	add(length, "Z alone", c.Proof[:32])
	add("ProofInvalid", "all zero but Z", append(bytes.Clone(z), make([]byte, size-32)...))
	return list
}

// isPlonkValue says whether the word at an offset of the proof, Z not included, is a claimed value.
func isPlonkValue(offset int) bool {
	return offset >= 0x180 && offset < 0x220 || offset == 0x260 || offset == 0x300
}

// isPlonkPoint says whether a point starts at an offset of the proof, Z not included.
func isPlonkPoint(offset int) bool {
	return offset < 0x180 && offset%64 == 0 || slices.Contains([]int{0x220, 0x280, 0x2c0, 0x320}, offset)
}

func plusWord(w []byte, n *big.Int) []byte {
	sum := new(big.Int).SetBytes(w)
	return sum.Add(sum, n).FillBytes(make([]byte, 32))
}

// TestPlonkRejectsMutants gives false proofs to the contract on every EVM, to the contract that gnark
// writes for the circuit and to gnark's verifier. All of them must reject all.
func TestPlonkRejectsMutants(t *testing.T) {
	t.Parallel()
	a := plonkArtifact(t)
	for _, shape := range []plonkShape{plonkShapes[1], plonkShapes[3]} {
		p := newPlonkProver(t, shape)
		honest := evmtest.NewCall(p.inference(t, 40, 10, 1))
		mutants := plonkMutants(honest, evmtest.NewCall(p.inference(t, 40, 10, 1)))
		t.Run(shape.name, func(t *testing.T) {
			evmtest.Each(t, func(t *testing.T, c *chain.Chain) {
				contract := deploy(t, c, a)
				if got := evmtest.Verdict(t, c, contract, honest.Pack(t, a)); got != "" {
					t.Fatalf("honest proof refused with %s", got)
				}
				for _, m := range mutants {
					got := evmtest.Verdict(t, c, contract, m.call.Pack(t, a))
					if got == "" || m.want != "" && got != m.want {
						t.Errorf("%s: got %q, want error %s", m.name, got, m.want)
					}
				}
			})
			t.Run("gnark's verifier", func(t *testing.T) {
				if err := p.verify(honest); err != nil {
					t.Fatalf("honest proof refused: %v", err)
				}
				for _, m := range mutants {
					if p.verify(m.call) == nil {
						t.Errorf("%s: accepted", m.name)
					}
				}
			})
			t.Run("gnark's contract", func(t *testing.T) {
				g := deployGnark(t, evmtest.Embedded(t), p)
				if !g.accepts(t, rawPublic(t, honest), honest.Proof[32:]) {
					t.Fatal("honest proof refused")
				}
				for _, m := range mutants {
					if g.accepts(t, rawPublic(t, m.call), m.call.Proof[32:]) {
						t.Errorf("%s: accepted", m.name)
					}
				}
			})
		})
	}
}
