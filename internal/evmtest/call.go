// SPDX-License-Identifier: Apache-2.0

package evmtest

import (
	"bytes"
	"crypto/rand"
	"errors"
	"fmt"
	"math/big"
	"slices"
	"testing"

	"github.com/consensys/gnark-crypto/ecc/bn254/fp"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"github.com/zkml-go/zkml/chain"
	"github.com/zkml-go/zkml/contracts"
	"github.com/zkml-go/zkml/export"
	"github.com/zkml-go/zkml/statement"
)

// A Call is a call of verifyInference, with arguments as raw as calldata: nothing in it need be valid.
type Call struct {
	Model, ModelDigest, Context [32]byte
	Key, Input, Output          []byte
	Commitments                 [][32]byte
	Proof                       []byte // Z included
}

// NewCall returns the call of an inference.
func NewCall(v *export.Inference) Call {
	z := v.Z.Bytes()
	c := Call{
		Model: v.Model(), ModelDigest: v.ModelDigest, Context: v.Context,
		Key: v.Key, Input: v.Input, Output: v.Output,
		Proof: slices.Concat(z[:], v.Proof),
	}
	for i := range v.Commitments {
		c.Commitments = append(c.Commitments, v.Commitments[i].Bytes())
	}
	return c
}

// Pack returns the calldata.
func (c Call) Pack(t testing.TB, a contracts.Artifact) []byte {
	t.Helper()
	data, err := a.PackVerifyInference(
		c.Model, c.ModelDigest, c.Context, c.Key, c.Input, c.Output, c.Commitments, c.Proof)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// clone returns a copy that shares no memory.
func (c Call) clone() Call {
	c.Key, c.Input, c.Output = bytes.Clone(c.Key), bytes.Clone(c.Input), bytes.Clone(c.Output)
	c.Commitments, c.Proof = slices.Clone(c.Commitments), bytes.Clone(c.Proof)
	return c
}

// ErrNotCanonical is Public's answer to a call with a field element that is not below the field order.
var ErrNotCanonical = errors.New("field element not below the field order")

// Public returns D, Z and E of a call as a native verifier computes them.
func (c Call) Public() (public [3]fr.Element, err error) {
	if len(c.Proof) < fr.Bytes {
		return public, fmt.Errorf("proof of %d bytes has no Z", len(c.Proof))
	}
	var z fr.Element
	if z.SetBytesCanonical(c.Proof[:fr.Bytes]) != nil {
		return public, ErrNotCanonical
	}
	commitments := make([]fr.Element, len(c.Commitments))
	for i := range commitments {
		if commitments[i].SetBytesCanonical(c.Commitments[i][:]) != nil {
			return public, ErrNotCanonical
		}
	}
	return [3]fr.Element{
		statement.Digest(c.Model, c.Context, c.Input, c.Output, commitments),
		z,
		statement.Evaluate(statement.Words(c.Input, c.Output, commitments), z),
	}, nil
}

// A Mutant is a call that a contract must reject, and the name of the error that it must give.
type Mutant struct {
	Name string
	Call Call
	Want string
}

// Mutants returns calls that differ from an accepted one, which must have an input, an output and a
// commitment, in one place each: every argument, every byte of the proof, every coordinate in the proof,
// and every length.
func Mutants(c Call) []Mutant {
	var list []Mutant
	add := func(want string, change func(c *Call), format string, args ...any) {
		m := Mutant{Name: fmt.Sprintf(format, args...), Call: c.clone(), Want: want}
		change(&m.Call)
		list = append(list, m)
	}
	const invalid = "ProofInvalid"
	r, p := fr.Modulus(), fp.Modulus()

	add("ModelMismatch", func(c *Call) { c.Model[0] ^= 1 }, "model")
	add("ModelMismatch", func(c *Call) { c.ModelDigest[31] ^= 1 }, "model digest")
	for _, at := range []int{0, len(c.Key) / 2, len(c.Key) - 1} {
		add("ModelMismatch", func(c *Call) { c.Key[at] ^= 1 }, "key byte %d", at)
	}
	add("ModelMismatch", func(c *Call) { c.Key = nil }, "no key")
	for _, key := range [][]byte{nil, c.Key[1:], append(bytes.Clone(c.Key), 0)} {
		add("KeyLengthInvalid", func(c *Call) { c.Key, c.Model = key, rename(c, key) }, "key of %d bytes", len(key))
	}
	add(invalid, func(c *Call) { c.Context[31] ^= 1 }, "context")

	for i, name := range []string{"input", "output"} {
		of := func(c *Call) *[]byte { return []*[]byte{&c.Input, &c.Output}[i] }
		size := len(*of(&c))
		for _, at := range []int{0, size / 2, size - 1} {
			add(invalid, func(c *Call) { (*of(c))[at] ^= 1 }, "%s byte %d", name, at)
		}
		add(invalid, func(c *Call) { b := of(c); *b = append(*b, 0) }, "%s with a zero byte more", name)
		add(invalid, func(c *Call) { b := of(c); *b = append(*b, make([]byte, 28)...) }, "%s with 28 zero bytes more", name)
		add(invalid, func(c *Call) { b := of(c); *b = (*b)[:size-1] }, "%s without its last byte", name)
		add(invalid, func(c *Call) { *of(c) = nil }, "no %s", name)
	}
	add(invalid, func(c *Call) { c.Input, c.Output = c.Output, c.Input }, "input and output swapped")
	add(invalid, func(c *Call) {
		last := len(c.Input) - 1
		c.Output, c.Input = slices.Concat(c.Input[last:], c.Output), c.Input[:last]
	}, "last byte of the input moved to the output")

	add(invalid, func(c *Call) { c.Commitments[0][31] ^= 1 }, "commitment")
	add(invalid, func(c *Call) { c.Commitments = nil }, "no commitments")
	add(invalid, func(c *Call) { c.Commitments = append(c.Commitments, [32]byte{}) }, "a commitment 0 more")
	add("CommitmentNotInField", func(c *Call) { c.Commitments[0] = plus(c.Commitments[0], r) }, "commitment + r")
	add("CommitmentNotInField", func(c *Call) { c.Commitments[0] = [32]byte(r.Bytes()) }, "commitment = r")

	z := [32]byte(c.Proof[:32])
	set := func(at int, w [32]byte) func(*Call) { return func(c *Call) { copy(c.Proof[at:], w[:]) } }
	add(invalid, set(0, plus(z, big.NewInt(1))), "Z + 1")
	add(invalid, set(0, [32]byte{}), "Z = 0")
	add("ChallengeNotInField", set(0, plus(z, r)), "Z + r")
	add("ChallengeNotInField", set(0, [32]byte(r.Bytes())), "Z = r")
	add("ProofLengthInvalid", func(c *Call) { c.Proof = c.Proof[:len(c.Proof)-1] }, "proof without its last byte")
	add("ProofLengthInvalid", func(c *Call) { c.Proof = append(c.Proof, 0) }, "proof with a zero byte more")
	add("ProofLengthInvalid", func(c *Call) { c.Proof = append(c.Proof, make([]byte, 128)...) }, "proof with 128 bytes more")
	add("ProofLengthInvalid", func(c *Call) { c.Proof = c.Proof[:32] }, "proof that is Z alone")
	add("ProofLengthInvalid", func(c *Call) { c.Proof = nil }, "no proof")
	add(invalid, func(c *Call) { clear(c.Proof[32:]) }, "proof of zeros")

	for at := 32; at < len(c.Proof); at++ {
		add(invalid, func(c *Call) { c.Proof[at] ^= 1 << (at % 8) }, "proof byte %d", at)
	}
	for at := 32; at < len(c.Proof); at += 32 {
		w := [32]byte(c.Proof[at:])
		add(invalid, set(at, [32]byte{}), "proof word at %d zero", at)
		add(invalid, set(at, plus(w, p)), "proof word at %d + p", at)
		add(invalid, set(at, plus(w, big.NewInt(1))), "proof word at %d + 1", at)
	}
	for at := 32; at < len(c.Proof); at += 64 {
		add(invalid, func(c *Call) { clear(c.Proof[at:min(at+64, len(c.Proof))]) }, "proof point at %d zero", at)
	}
	return list
}

// rename returns the name that the call's model would have with another key, for the proof system that
// its key has.
func rename(c *Call, key []byte) [32]byte {
	for _, system := range []string{statement.Groth16, statement.Plonk, statement.Sumcheck, statement.SumcheckPlonk} {
		if statement.ModelID(c.ModelDigest, system, c.Key) == c.Model {
			return statement.ModelID(c.ModelDigest, system, key)
		}
	}
	panic("the call names another model")
}

// plus returns w + n; the sum must fit in 256 bits.
func plus(w [32]byte, n *big.Int) [32]byte {
	sum := new(big.Int).SetBytes(w[:])
	return [32]byte(sum.Add(sum, n).FillBytes(make([]byte, 32)))
}

// Verdict calls a contract and returns "" if it accepted and the name of its error if it refused.
func Verdict(t testing.TB, c *chain.Chain, contract chain.Contract, data []byte) string {
	t.Helper()
	_, err := c.Call(t.Context(), contract, data)
	if err == nil {
		return ""
	}
	var revert *chain.RevertError
	if !errors.As(err, &revert) {
		t.Fatalf("call failed without a reason: %v", err)
	}
	return revert.Name
}

// randomBytes returns n random bytes, none of them zero.
func randomBytes(t testing.TB, n int) []byte {
	t.Helper()
	b := make([]byte, n)
	if _, err := rand.Read(b); err != nil {
		t.Fatal(err)
	}
	for i := range b {
		b[i] = b[i]%255 + 1
	}
	return b
}
