// SPDX-License-Identifier: Apache-2.0

package contracts_test

import (
	"math/big"
	"math/rand/v2"
	"slices"
	"testing"

	curve "github.com/consensys/gnark-crypto/ecc/bn254"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"github.com/zkml-go/zkml/contracts"
	"github.com/zkml-go/zkml/export"
	"github.com/zkml-go/zkml/internal/evmtest"
	"github.com/zkml-go/zkml/protocol/sponge"
	"github.com/zkml-go/zkml/statement"
	vsumcheck "github.com/zkml-go/zkml/verifier/sumcheck"
)

// sumcheckProver proves inferences of a made-up model: its columns are random, the circuit of its wrap is
// freeWrap.
type sumcheckProver struct {
	mercuryProver
	keys    wrapKeys
	key     []byte         // calldata form of the verifying key
	witness [][]fr.Element // columns, with 2ⁿ + 1 elements each
	model   [][]fr.Element
	z       int64 // Z of its statements, or 0 for a random one
}

func newSumcheckProver(t testing.TB, keys wrapKeys, n, witness, model int) *sumcheckProver {
	t.Helper()
	if keys.err != nil {
		t.Fatal(keys.err)
	}
	p := &sumcheckProver{mercuryProver: mercuryProver{n: n, t1: n / 2, tau: randomScalar()}, keys: keys}
	if keys.tau != nil {
		p.tau = *keys.tau
	}
	for range witness {
		p.witness = append(p.witness, randomScalars(1<<n+1))
	}
	for range model {
		p.model = append(p.model, randomScalars(1<<n+1))
	}
	p.key = p.makeKey(t)
	return p
}

// makeKey returns the calldata form of the key.
func (p *sumcheckProver) makeKey(t testing.TB) []byte {
	t.Helper()
	system, key, err := export.SumcheckKey(p.keys.vk, p.columnsOfKey())
	if err != nil {
		t.Fatal(err)
	}
	if system != p.keys.system {
		t.Fatalf("key of system %s, want %s", system, p.keys.system)
	}
	return key
}

func (p *sumcheckProver) columnsOfKey() export.Columns {
	_, _, _, tau := curve.Generators()
	tau.ScalarMultiplication(&tau, p.tau.BigInt(new(big.Int)))
	return export.Columns{Tau: tau, NumVars: p.n, NumWitness: len(p.witness), Model: p.commitAll(p.model)}
}

func (p *sumcheckProver) commitAll(columns [][]fr.Element) []curve.G1Affine {
	points := make([]curve.G1Affine, len(columns))
	for k := range columns {
		points[k] = p.commit(columns[k])
	}
	return points
}

// A sumcheckProof is a proof in parts.
type sumcheckProof struct {
	columns []curve.G1Affine // of the witness
	opening export.Opening
	inputs  export.WrapWords
	words   vsumcheck.WrapWords
	wrapped vsumcheck.WrapWords // what the wrap speaks of: the words, if the prover is honest
	public  [3]fr.Element       // of the wrap
	witness *mercuryWitness
}

// open makes all of a proof but the wrap, for the public inputs D, Z, E.
func (p *sumcheckProver) open(public [3]fr.Element) *sumcheckProof {
	return p.openAt(public, randomScalars(p.n), randomScalar())
}

// openAt is open with the point u and the ρ that a wrap would draw.
func (p *sumcheckProver) openAt(public [3]fr.Element, u []fr.Element, rho fr.Element) *sumcheckProof {
	proof := &sumcheckProof{columns: p.commitAll(p.witness)}
	message := append(keccak([]byte("zkml.sumcheck.seed.v1")), public[0].Marshal()...)
	for _, c := range proof.columns {
		message = append(message, g1Bytes(c)...)
	}
	var d fr.Element
	d.SetBytes(keccak(p.rewrite("seed", message)))
	proof.opening, proof.inputs, proof.witness = p.mercuryProver.open(
		slices.Concat(p.witness, p.model), u, d, rho)
	in := &proof.inputs
	proof.words = vsumcheck.WrapWords{
		d, public[1], public[2], in.Rho, proof.witness.zeta, in.V,
		in.P1AtZeta, in.P1AtZetaInverse, in.P2AtZeta, in.P2AtZetaInverse,
	}
	message = keccak([]byte("zkml.sumcheck.wrap.v1"))
	for i := range proof.words {
		message = append(message, proof.words[i].Marshal()...)
	}
	d.SetBytes(keccak(p.rewrite("words", message)))
	proof.wrap(proof.words, d)
	return proof
}

// wrap has the wrap speak of words, under D' = d.
func (proof *sumcheckProof) wrap(words vsumcheck.WrapWords, d fr.Element) {
	z := sponge.Hash(sponge.Wrap, append([]fr.Element{d}, words[:]...)...)
	proof.wrapped, proof.inputs.Z = words, z
	proof.public = [3]fr.Element{d, z, statement.Evaluate(words[:], z)}
}

// encode proves the wrap and returns the calldata form of the proof.
func (proof *sumcheckProof) encode(t testing.TB, keys wrapKeys) []byte {
	t.Helper()
	b, err := export.SumcheckProof(proof.columns, &proof.opening, &proof.inputs, keys.prove(t, proof.public, &proof.wrapped))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// statement returns an inference whose proof is missing. No byte of its tensors and commitments is zero,
// which calldata would get cheaper.
func (p *sumcheckProver) statement(inputBytes, outputBytes, numCommitments int) *export.Inference {
	random := func(n int) []byte {
		b := make([]byte, n)
		for i := range b {
			b[i] = byte(1 + rand.IntN(255))
		}
		return b
	}
	element := func() (e fr.Element) {
		e.SetBytes(random(31))
		return e
	}
	v := &export.Inference{
		ModelDigest: [32]byte(random(32)), Context: [32]byte(random(32)), System: p.keys.system,
		Key: p.key, Input: random(inputBytes), Output: random(outputBytes), Z: element(),
	}
	if p.z != 0 {
		v.Z.SetInt64(p.z)
	}
	for range numCommitments {
		v.Commitments = append(v.Commitments, element())
	}
	return v
}

// inference returns an accepted inference of a made-up statement with tensors of the given sizes.
func (p *sumcheckProver) inference(t testing.TB, inputBytes, outputBytes, numCommitments int) *export.Inference {
	t.Helper()
	v := p.statement(inputBytes, outputBytes, numCommitments)
	v.Proof = p.prove(t, v)
	return v
}

// prove returns the calldata form of a proof.
func (p *sumcheckProver) prove(t testing.TB, v *export.Inference) []byte {
	t.Helper()
	return p.open(v.PublicInputs()).encode(t, p.keys)
}

// artifact returns the contract that verifies the wraps of these keys.
func (k wrapKeys) artifact(t testing.TB) contracts.Artifact {
	t.Helper()
	a, err := contracts.ForSystem(k.system)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func randomScalar() (e fr.Element) {
	e.MustSetRandom()
	return e
}

func randomScalars(n int) []fr.Element {
	list := make([]fr.Element, n)
	for i := range list {
		list[i].MustSetRandom()
	}
	return list
}

// makeSumcheck returns a fixture of the gas table.
func makeSumcheck(t testing.TB, keys wrapKeys, witness, model int) evmtest.Fixture {
	p := newSumcheckProver(t, keys, 12, witness, model)
	return evmtest.Fixture{Inference: *p.inference(t, inputBytes, outputBytes, numCommitments)}
}
