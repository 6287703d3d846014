// SPDX-License-Identifier: Apache-2.0

package contracts_test

import (
	"bytes"
	"math/big"
	"math/rand/v2"
	"slices"
	"sync"
	"testing"

	"github.com/consensys/gnark-crypto/ecc"
	curve "github.com/consensys/gnark-crypto/ecc/bn254"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/consensys/gnark/backend/groth16"
	"github.com/consensys/gnark/backend/groth16/bn254/mpcsetup"
	"github.com/consensys/gnark/constraint"
	cs_bn254 "github.com/consensys/gnark/constraint/bn254"
	"github.com/consensys/gnark/frontend"
	"github.com/consensys/gnark/frontend/cs/r1cs"
	"github.com/consensys/gnark/logger"

	"github.com/zkml-go/zkml/circuits"
	"github.com/zkml-go/zkml/contracts"
	"github.com/zkml-go/zkml/export"
	"github.com/zkml-go/zkml/internal/evmtest"
	"github.com/zkml-go/zkml/protocol/sponge"
	"github.com/zkml-go/zkml/statement"
	vsumcheck "github.com/zkml-go/zkml/verifier/sumcheck"
)

// freeWrap has the public inputs of a wrap and shows nothing about them: whoever proves it chooses them,
// and with them the words.
type freeWrap struct {
	Public  [3]frontend.Variable `gnark:",public"`
	Product frontend.Variable
}

func assignFree(public []fr.Element, _ *vsumcheck.WrapWords) frontend.Circuit {
	a := new(freeWrap)
	x := public[0]
	for i := range public {
		a.Public[i] = public[i]
		if i > 0 {
			x.Mul(&x, &public[0]).Add(&x, &public[i])
		}
	}
	a.Product = x
	return a
}

func (c *freeWrap) Define(api frontend.API) error {
	x := c.Public[0]
	for _, p := range c.Public[1:] {
		x = api.Add(api.Mul(x, c.Public[0]), p)
	}
	api.AssertIsEqual(x, c.Product)
	return nil
}

// boundWrap binds its words, which may be any.
type boundWrap struct {
	D, Z, E frontend.Variable `gnark:",public"`
	Words   [vsumcheck.NumWrapWords]frontend.Variable
}

func (c *boundWrap) Define(api frontend.API) error {
	return circuits.Bind(api, sponge.Wrap, c.D, c.Z, c.E, c.Words[:])
}

func assignBound(public []fr.Element, words *vsumcheck.WrapWords) frontend.Circuit {
	a := &boundWrap{D: public[0], Z: public[1], E: public[2]}
	for i := range words {
		a.Words[i] = words[i]
	}
	return a
}

// wrapKeys are keys of a wrap.
type wrapKeys struct {
	assign func(public []fr.Element, words *vsumcheck.WrapWords) frontend.Circuit
	ccs    constraint.ConstraintSystem
	pk     groth16.ProvingKey
	vk     groth16.VerifyingKey
	err    error
}

// drawnKeys are keys of freeWrap with a random γ.
var drawnKeys = sync.OnceValue(func() wrapKeys { return drawKeys(new(freeWrap), assignFree) })

// boundKeys are those of boundWrap.
var boundKeys = sync.OnceValue(func() wrapKeys { return drawKeys(new(boundWrap), assignBound) })

func drawKeys(c frontend.Circuit, assign func([]fr.Element, *vsumcheck.WrapWords) frontend.Circuit) wrapKeys {
	k := wrapKeys{assign: assign}
	if k.ccs, k.err = compileWrap(c); k.err == nil {
		k.pk, k.vk, k.err = groth16.Setup(k.ccs)
	}
	return k
}

// ceremonyKeys have γ = 1, as all keys from a ceremony.
var ceremonyKeys = sync.OnceValue(func() (k wrapKeys) {
	k.assign = assignFree
	if k.ccs, k.err = compileWrap(new(freeWrap)); k.err != nil {
		return k
	}
	r1cs := k.ccs.(*cs_bn254.R1CS)
	beacon := []byte("contracts/sumcheck_prover_test.go")
	size := ecc.NextPowerOfTwo(uint64(r1cs.GetNbConstraints()))
	phase1 := mpcsetup.NewPhase1(size)
	phase1.Contribute()
	commons, err := mpcsetup.VerifyPhase1(size, beacon, phase1)
	if err != nil {
		return wrapKeys{err: err}
	}
	var phase2 mpcsetup.Phase2
	phase2.Initialize(r1cs, &commons)
	phase2.Contribute()
	k.pk, k.vk, k.err = mpcsetup.VerifyPhase2(r1cs, &commons, beacon, &phase2)
	return k
})

func compileWrap(c frontend.Circuit) (constraint.ConstraintSystem, error) {
	logger.Disable()
	return frontend.Compile(ecc.BN254.ScalarField(), r1cs.NewBuilder, c)
}

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
	key, err := export.SumcheckKey(p.keys.vk, p.columnsOfKey())
	if err != nil {
		t.Fatal(err)
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
	public  []fr.Element        // of the wrap
	witness *mercuryWitness
}

// open makes all of a proof but the wrap, for the public inputs D, Z, E.
func (p *sumcheckProver) open(public [3]fr.Element) *sumcheckProof {
	proof := &sumcheckProof{columns: p.commitAll(p.witness)}
	message := append(keccak([]byte("zkml.sumcheck.seed.v1")), public[0].Marshal()...)
	for _, c := range proof.columns {
		message = append(message, g1Bytes(c)...)
	}
	var d fr.Element
	d.SetBytes(keccak(p.rewrite("seed", message)))
	proof.opening, proof.inputs, proof.witness = p.mercuryProver.open(
		slices.Concat(p.witness, p.model), randomScalars(p.n), d, randomScalar())
	in := &proof.inputs
	proof.words = vsumcheck.WrapWords{
		d, public[1], public[2], in.Rho, proof.witness.zeta, in.V,
		in.P1AtZeta, in.P1AtZetaInverse, in.P2AtZeta, in.P2AtZetaInverse,
	}
	proof.wrap(proof.words, proof.words.Digest())
	return proof
}

// wrap has the wrap speak of words, under D' = d.
func (proof *sumcheckProof) wrap(words vsumcheck.WrapWords, d fr.Element) {
	z := sponge.Hash(sponge.Wrap, append([]fr.Element{d}, words[:]...)...)
	proof.wrapped, proof.inputs.Z = words, z
	proof.public = []fr.Element{d, z, statement.Evaluate(words[:], z)}
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

// prove proves the wrap and returns the calldata form of the proof.
func (k wrapKeys) prove(t testing.TB, public []fr.Element, words *vsumcheck.WrapWords) []byte {
	t.Helper()
	witness, err := frontend.NewWitness(k.assign(public, words), ecc.BN254.ScalarField())
	if err != nil {
		t.Fatal(err)
	}
	proof, err := groth16.Prove(k.ccs, k.pk, witness)
	if err != nil {
		t.Fatal(err)
	}
	b, err := export.Groth16Proof(proof)
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
		ModelDigest: [32]byte(random(32)), Context: [32]byte(random(32)), System: statement.Sumcheck,
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

func sumcheckArtifact(t testing.TB) contracts.Artifact {
	t.Helper()
	a, err := contracts.ForSystem(statement.Sumcheck)
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
	var vk bytes.Buffer
	if _, err := keys.vk.WriteRawTo(&vk); err != nil {
		t.Fatal(err)
	}
	return evmtest.Fixture{Inference: *p.inference(t, inputBytes, outputBytes, numCommitments), VK: vk.Bytes()}
}
