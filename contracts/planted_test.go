// SPDX-License-Identifier: Apache-2.0

package contracts_test

import (
	"fmt"
	"math/big"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	curve "github.com/consensys/gnark-crypto/ecc/bn254"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	groth16_bn254 "github.com/consensys/gnark/backend/groth16/bn254"

	"github.com/zkml-go/zkml/export"
	"github.com/zkml-go/zkml/internal/evmtest"
	"github.com/zkml-go/zkml/statement"
)

// A planted fault removes one defence of the contract. Its attack must pass the faulty contract, which
// shows that the attack works and the defence is needed, and must fail on the true one.
type planted struct {
	name     string
	old, new string // replacement in the sources
	attack   evmtest.Call
	want     string // error of the true contract
}

func TestPlantedFaults(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("compiles a dozen contracts")
	}
	faults := slices.Concat(statementFaults(t), mergeFaults(t))
	source := flatten(t, "IInferenceVerifier.sol", "Statement.sol", "InferenceVerifier.sol", "Groth16Verifier.sol")
	sources := map[string]string{}
	for i, f := range faults {
		if n := strings.Count(source, f.old); n != 1 {
			t.Fatalf("%s: the code to replace occurs %d times", f.name, n)
		}
		faulty := strings.Replace(source, f.old, f.new, 1)
		name := fmt.Sprintf("Planted%d", i)
		sources[name+".sol"] = strings.Replace(faulty, "contract Groth16InferenceVerifier", "contract "+name, 1)
	}
	artifacts := evmtest.Compile(t, sources)
	c := evmtest.Embedded(t)
	a := groth16Artifact(t)
	contract := deploy(t, c, a)
	for i, f := range faults {
		data := f.attack.Pack(t, a)
		if got := evmtest.Verdict(t, c, contract, data); got != f.want {
			t.Errorf("%s: got verdict %q of the true contract, want %q", f.name, got, f.want)
		}
		faulty := deploy(t, c, artifacts[fmt.Sprintf("Planted%d", i)])
		if got := evmtest.Verdict(t, c, faulty, data); got != "" {
			t.Errorf("%s: got verdict %q of the faulty contract, want it to accept", f.name, got)
		}
	}
}

var importLine = regexp.MustCompile(`(?m)^(import .*|pragma .*|// SPDX.*)\n`)

// flatten joins sources to one, in the order of their imports.
func flatten(t testing.TB, names ...string) string {
	t.Helper()
	text := "// SPDX-License-Identifier: Apache-2.0\npragma solidity 0.8.37;\n"
	for _, name := range names {
		b, err := os.ReadFile(filepath.Join("src", name))
		if err != nil {
			t.Fatal(err)
		}
		text += importLine.ReplaceAllString(string(b), "")
	}
	return text
}

// statementFaults are attacks on what binds calldata to the public inputs. The prover of FreeCircuit
// proves whatever D, Z and E the faulty contract would compute.
func statementFaults(t testing.TB) []planted {
	prover, other := evmtest.NewGroth16(t, true), evmtest.NewGroth16(t, true)
	honest := prover.Inference(t, 50, 40, 1)
	call := evmtest.NewCall(honest)
	public := honest.PublicInputs()
	var list []planted

	add := func(name, old, new, want string, attack evmtest.Call) {
		list = append(list, planted{name, old, new, attack, want})
	}
	// forge proves the call with the public inputs of a contract that computes E over other words.
	forge := func(words []fr.Element) evmtest.Call {
		forged := call
		p := [3]fr.Element{public[0], public[1], statement.Evaluate(words, public[1])}
		forged.Proof = slices.Concat(call.Proof[:32], prover.Prove(t, p))
		return forged
	}
	words := statement.Words(honest.Input, honest.Output, honest.Commitments)

	aliased := call
	aliased.Proof = slices.Concat(add32(call.Proof[:32], fr.Modulus()), call.Proof[32:])
	add("Z below r", "if (z >= Statement.R) revert ChallengeNotInField();", "", "ChallengeNotInField", aliased)

	aliased = call
	aliased.Commitments = [][32]byte{[32]byte(add32(call.Commitments[0][:], fr.Modulus()))}
	d := digest(aliased)
	aliased.Proof = slices.Concat(call.Proof[:32], prover.Prove(t, [3]fr.Element{d, public[1], public[2]}))
	add("commitments below r", "if (w >= R) revert CommitmentNotInField(i);", "", "CommitmentNotInField", aliased)

	noLengths := slices.Clone(words)
	noLengths[0] = fr.Element{}
	longer := *honest
	longer.Input = append(slices.Clone(honest.Input), 0)
	lengthened := evmtest.NewCall(&longer)
	lengthened.Proof = slices.Concat(call.Proof[:32], prover.Prove(t, [3]fr.Element{
		longer.PublicInputs()[0], public[1], statement.Evaluate(noLengths, public[1]),
	}))
	add("lengths in the words", "e := addmod(mulmod(e, z, R), lengths, R)", "e := mulmod(e, z, R)", "ProofInvalid", lengthened)

	noInput := slices.Concat(words[:1], words[3:])
	add("input in the words", "e := fold(e, z, input.offset, input.length)", "", "ProofInvalid", forge(noInput))
	noOutput := slices.Concat(words[:3], words[5:])
	add("output in the words", "e := fold(e, z, output.offset, output.length)", "", "ProofInvalid", forge(noOutput))
	zeroCommitment := slices.Concat(words[:5], make([]fr.Element, 1))
	add("commitments in the words", "e := add(mulmod(e, z, R), w)", "e := mulmod(e, z, R)", "ProofInvalid", forge(zeroCommitment))

	otherContext := call
	otherContext.Context[0] ^= 1
	add("context in D", "TAG, model, context,", "TAG, model, context ^ context ^ bytes32("+fmt.Sprintf("%#x", call.Context)+"),", "ProofInvalid", otherContext)

	otherKey := call
	otherKey.Key = other.Key
	otherKey.Proof = slices.Concat(call.Proof[:32], other.Prove(t, public))
	add("key of the model", "if (modelId(modelDigest, key) != model) revert ModelMismatch();", "modelDigest;", "ModelMismatch", otherKey)

	long := call
	long.Proof = append(slices.Clone(call.Proof), 0)
	add("length of the proof", "if (proof.length != expected) revert ProofLengthInvalid(expected, proof.length);", "expected;", "ProofLengthInvalid", long)

	swapped := call // C is replaced by A
	swapped.Proof = slices.Concat(call.Proof[:32+192], call.Proof[32:32+64], call.Proof[32+256:])
	add("result of the pairing", "accepted := and(ok, eq(mload(0), 1))", "accepted := ok", "ProofInvalid", swapped)

	offCurve := call
	offCurve.Proof = slices.Clone(call.Proof)
	offCurve.Proof[32] ^= 1
	add("success of the pairing", "ok := staticcall(gas(), 0x08, f, size, 0, 0x20)\n                ok := and(ok, eq(returndatasize(), 0x20))",
		"pop(staticcall(gas(), 0x08, f, size, 0, 0x20))\n mstore(0, 1)", "ProofInvalid", offCurve)
	return list
}

// digest computes D of a call whose commitments may be anything.
func digest(c evmtest.Call) fr.Element {
	hash := func(parts ...[]byte) []byte {
		h := statement.Keccak(parts...)
		return h[:]
	}
	var packed []byte
	for _, w := range c.Commitments {
		packed = append(packed, w[:]...)
	}
	var d fr.Element
	d.SetBytes(hash(hash([]byte("zkml.statement.v1")), c.Model[:], c.Context[:], hash(c.Input), hash(c.Output), hash(packed)))
	return d
}

func add32(w []byte, n *big.Int) []byte {
	sum := new(big.Int).SetBytes(w)
	return sum.Add(sum, n).FillBytes(make([]byte, 32))
}

// mergeFaults are attacks on the merge of the two pairing equations. Under a key with the Pedersen
// points G = δ and -σG = -σδ,
//
//	C + ρ⋅P and N + P  for any point P
//
// break both equations by amounts that cancel in the merged one. Nobody can use it unless ρ does not
// depend on C, or not on N, or is no hash at all.
func mergeFaults(t testing.TB) []planted {
	prover := evmtest.NewGroth16(t, true)
	vk := *prover.VK.(*groth16_bn254.VerifyingKey)
	var sigma fr.Element
	sigma.MustSetRandom()
	vk.CommitmentKeys = slices.Clone(vk.CommitmentKeys)
	pedersen := &vk.CommitmentKeys[0]
	pedersen.G = vk.G2.Delta
	pedersen.GSigmaNeg.ScalarMultiplication(&vk.G2.Delta, sigma.BigInt(new(big.Int)))
	pedersen.GSigmaNeg.Neg(&pedersen.GSigmaNeg)
	key, err := export.Groth16Key(&vk)
	if err != nil {
		t.Fatal(err)
	}
	v := prover.Inference(t, 5, 5, 1)
	v.Key = key
	v.Proof = prover.Prove(t, v.PublicInputs())
	const c, m, n = 0xc0, 0x100, 0x140 // offsets of C, M and N
	pok := g1(t, v.Proof[m:])
	pok.ScalarMultiplication(&pok, sigma.BigInt(new(big.Int)))
	putG1(v.Proof[n:], pok)

	// rho hashes a proof with 64 bytes at offset `without` zero.
	rho := func(proof []byte, without int) *big.Int {
		proof = slices.Clone(proof)
		clear(proof[without : without+64])
		tag, keyHash := statement.Keccak([]byte("zkml.groth16.merge.v1")), statement.Keccak(key)
		public := v.PublicInputs()
		h := statement.Keccak(tag[:], keyHash[:], public[0].Marshal(), public[1].Marshal(), public[2].Marshal(), proof)
		return new(big.Int).SetBytes(h[:])
	}
	// attack shifts one of C and N by the generator, draws ρ, and shifts the other to cancel.
	_, _, generator, _ := curve.Generators()
	attack := func(first, second int, factor func(proof []byte) *big.Int) evmtest.Call {
		forged := *v
		forged.Proof = slices.Clone(v.Proof)
		shift(t, forged.Proof[first:], generator)
		var p curve.G1Affine
		p.ScalarMultiplication(&generator, factor(forged.Proof))
		shift(t, forged.Proof[second:], p)
		return evmtest.NewCall(&forged)
	}
	hashed := "calldatacopy(add(t, 0xa0), proof.offset, PROOF_LENGTH_COMMITTED)"
	return []planted{
		{
			"the changed key's own proof", "let rho := keccak256(t, 0x220)", "let rho := keccak256(t, 0x220) // as it is",
			evmtest.NewCall(v), "",
		},
		{
			"C in ρ", hashed, hashed + "\ncalldatacopy(add(t, 0x160), calldatasize(), 0x40)",
			attack(n, c, func(proof []byte) *big.Int { return rho(proof, c) }), "ProofInvalid",
		},
		{
			"N in ρ", hashed, hashed + "\ncalldatacopy(add(t, 0x1e0), calldatasize(), 0x40)",
			attack(c, n, func(proof []byte) *big.Int { return new(big.Int).ModInverse(rho(proof, n), fr.Modulus()) }), "ProofInvalid",
		},
		{
			"ρ at all", "let rho := keccak256(t, 0x220)", "let rho := 1",
			attack(n, c, func([]byte) *big.Int { return big.NewInt(1) }), "ProofInvalid",
		},
	}
}

func g1(t testing.TB, b []byte) curve.G1Affine {
	t.Helper()
	var p curve.G1Affine
	p.X.SetBytes(b[:32])
	p.Y.SetBytes(b[32:64])
	if !p.IsOnCurve() {
		t.Fatal("the point is off the curve")
	}
	return p
}

func putG1(b []byte, p curve.G1Affine) {
	x, y := p.X.Bytes(), p.Y.Bytes()
	copy(b, x[:])
	copy(b[32:], y[:])
}

func shift(t testing.TB, b []byte, by curve.G1Affine) {
	t.Helper()
	p := g1(t, b)
	p.Add(&p, &by)
	putG1(b, p)
}
