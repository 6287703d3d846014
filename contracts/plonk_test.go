// SPDX-License-Identifier: Apache-2.0

package contracts_test

import (
	"bytes"
	"math/rand/v2"
	"testing"

	"github.com/consensys/gnark-crypto/ecc"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/consensys/gnark/backend"
	"github.com/consensys/gnark/backend/plonk"
	plonk_bn254 "github.com/consensys/gnark/backend/plonk/bn254"
	"github.com/consensys/gnark/backend/solidity"
	cs_bn254 "github.com/consensys/gnark/constraint/bn254"
	"github.com/consensys/gnark/frontend"
	"github.com/consensys/gnark/frontend/cs/scs"
	"github.com/consensys/gnark/logger"
	"github.com/consensys/gnark/std/rangecheck"

	"github.com/zkml-go/zkml/chain"
	"github.com/zkml-go/zkml/contracts"
	"github.com/zkml-go/zkml/export"
	"github.com/zkml-go/zkml/internal/evmtest"
	"github.com/zkml-go/zkml/internal/unsafesetup"
	"github.com/zkml-go/zkml/statement"
)

// plonkCircuit has the public inputs of an inference circuit and no inference: whoever proves it chooses
// D, Z and E.
type plonkCircuit struct {
	D, Z, E frontend.Variable `gnark:",public"`
	Sum     frontend.Variable // D + Z + E
	Small   frontend.Variable // 16 bits

	shape plonkShape
}

// plonkShape says what a circuit checks besides the sum, and so what its key looks like.
type plonkShape struct {
	name       string
	products   int  // multiplications; without any, [Qm] and [Qk] are the point at infinity
	committed  bool // commits to Small
	rangeCheck bool // checks the range of Small, for which gnark commits to it
}

func (s plonkShape) hasCommitment() bool { return s.committed || s.rangeCheck }

var plonkShapes = []plonkShape{
	{name: "linear"},
	{name: "plain", products: 5},
	{name: "large", products: 3000},
	{name: "committed", products: 1, committed: true},
	{name: "range check", products: 400, rangeCheck: true},
}

func (c *plonkCircuit) Define(api frontend.API) error {
	api.AssertIsEqual(api.Add(c.D, c.Z, c.E), c.Sum)
	x := c.Small
	for range c.shape.products {
		x = api.Add(api.Mul(x, c.D), 7)
	}
	if c.shape.products > 0 {
		api.AssertIsDifferent(x, c.Z)
	}
	if c.shape.committed {
		challenge, err := api.(frontend.Committer).Commit(c.Small)
		if err != nil {
			return err
		}
		api.AssertIsDifferent(challenge, 0)
	}
	if c.shape.rangeCheck {
		rangecheck.New(api).Check(c.Small, 16)
	}
	return nil
}

// plonkProver proves plonkCircuit.
type plonkProver struct {
	shape plonkShape
	ccs   *cs_bn254.SparseR1CS
	pk    *plonk_bn254.ProvingKey
	vk    *plonk_bn254.VerifyingKey
	key   []byte // calldata form of vk
}

// plonkTau is the secret of the SRS of all keys.
var plonkTau = fr.NewElement(0x706c6f6e6b)

func newPlonkProver(t testing.TB, shape plonkShape) *plonkProver {
	t.Helper()
	logger.Disable()
	ccs, err := frontend.Compile(ecc.BN254.ScalarField(), scs.NewBuilder, &plonkCircuit{shape: shape})
	if err != nil {
		t.Fatal(err)
	}
	size := ecc.NextPowerOfTwo(uint64(ccs.GetNbConstraints() + ccs.GetNbPublicVariables()))
	srs, lagrange, err := unsafesetup.SRSOf(size, plonkTau)
	if err != nil {
		t.Fatal(err)
	}
	pk, vk, err := plonk.Setup(ccs, srs, lagrange)
	if err != nil {
		t.Fatal(err)
	}
	key, err := export.PlonkKey(vk)
	if err != nil {
		t.Fatal(err)
	}
	p := &plonkProver{
		shape: shape, ccs: ccs.(*cs_bn254.SparseR1CS),
		pk: pk.(*plonk_bn254.ProvingKey), vk: vk.(*plonk_bn254.VerifyingKey), key: key,
	}
	if got, want := len(p.vk.Qcp) == 1, shape.hasCommitment(); got != want {
		t.Fatalf("%s: circuit with %d commitments", shape.name, len(p.vk.Qcp))
	}
	return p
}

// prove returns the calldata form of a proof for the public inputs.
func (p *plonkProver) prove(t testing.TB, public [3]fr.Element, options ...backend.ProverOption) []byte {
	t.Helper()
	var sum fr.Element
	sum.Add(&public[0], &public[1]).Add(&sum, &public[2])
	assignment := &plonkCircuit{D: public[0], Z: public[1], E: public[2], Sum: sum, Small: 12345}
	witness, err := frontend.NewWitness(assignment, ecc.BN254.ScalarField())
	if err != nil {
		t.Fatal(err)
	}
	options = append(options, solidity.WithProverTargetSolidityVerifier(backend.PLONK))
	proof, err := plonk.Prove(p.ccs, p.pk, witness, options...)
	if err != nil {
		t.Fatal(err)
	}
	b, err := export.PlonkProof(proof)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// inference returns an accepted inference of a made-up model with tensors of the given sizes.
func (p *plonkProver) inference(t testing.TB, inputBytes, outputBytes, numCommitments int) *export.Inference {
	t.Helper()
	v := p.claim(inputBytes, outputBytes, numCommitments)
	v.Proof = p.prove(t, v.PublicInputs())
	return v
}

// claim returns an inference whose proof is missing. No byte of its tensors and commitments is zero,
// which calldata would get cheaper.
func (p *plonkProver) claim(inputBytes, outputBytes, numCommitments int) *export.Inference {
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
		ModelDigest: [32]byte(random(32)), Context: [32]byte(random(32)),
		System: statement.Plonk, Key: p.key, Input: random(inputBytes), Output: random(outputBytes), Z: element(),
	}
	for range numCommitments {
		v.Commitments = append(v.Commitments, element())
	}
	return v
}

func plonkArtifact(t testing.TB) contracts.Artifact {
	t.Helper()
	a, err := contracts.ForSystem(statement.Plonk)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// TestPlonkAccepts proves statements whose tensors end before, at and after the end of a chunk, for
// circuits of all shapes, on every EVM.
func TestPlonkAccepts(t *testing.T) {
	t.Parallel()
	a := plonkArtifact(t)
	var inferences []*export.Inference
	for _, shape := range plonkShapes {
		p := newPlonkProver(t, shape)
		inferences = append(inferences,
			p.inference(t, 0, 0, 0), p.inference(t, 784, 40, 1), p.inference(t, 31, 1, 0), p.inference(t, 33, 62, 3))
	}
	evmtest.Each(t, func(t *testing.T, c *chain.Chain) {
		contract := deploy(t, c, a)
		for i, v := range inferences {
			if got := evmtest.Verdict(t, c, contract, v.Calldata()); got != "" {
				t.Errorf("%s, statement %d: honest proof refused with %s", plonkShapes[i/4].name, i%4, got)
			}
		}
	})
}

// TestPlonkBindsStatement changes every argument of verifyInference but the proof, see
// TestPlonkRejectsMutants.
func TestPlonkBindsStatement(t *testing.T) {
	t.Parallel()
	a := plonkArtifact(t)
	p := newPlonkProver(t, plonkShapes[3])
	v := p.inference(t, 40, 10, 1)
	flip := func(b []byte) []byte { return append([]byte{b[0] ^ 1}, b[1:]...) }
	renamed := func(c *evmtest.Call, key []byte) {
		c.Key, c.Model = key, statement.ModelID(c.ModelDigest, statement.Plonk, key)
	}
	tests := []struct {
		name   string
		change func(c *evmtest.Call)
		want   string
	}{
		{"nothing", func(c *evmtest.Call) {}, ""},
		{"model", func(c *evmtest.Call) { c.Model[0] ^= 1 }, "ModelMismatch"},
		{"model digest", func(c *evmtest.Call) { c.ModelDigest[0] ^= 1 }, "ModelMismatch"},
		{"key", func(c *evmtest.Call) { c.Key = flip(c.Key) }, "ModelMismatch"},
		{"short key", func(c *evmtest.Call) { renamed(c, c.Key[1:]) }, "KeyLengthInvalid"},
		{"long key", func(c *evmtest.Call) { renamed(c, append(bytes.Clone(c.Key), 0)) }, "KeyLengthInvalid"},
		{"no key", func(c *evmtest.Call) { renamed(c, nil) }, "KeyLengthInvalid"},
		{"context", func(c *evmtest.Call) { c.Context[0] ^= 1 }, "ProofInvalid"},
		{"input", func(c *evmtest.Call) { c.Input = flip(c.Input) }, "ProofInvalid"},
		{"longer input", func(c *evmtest.Call) { c.Input = append(bytes.Clone(c.Input), 0) }, "ProofInvalid"},
		{"output", func(c *evmtest.Call) { c.Output = flip(c.Output) }, "ProofInvalid"},
		{"no output", func(c *evmtest.Call) { c.Output = nil }, "ProofInvalid"},
		{"input and output swapped", func(c *evmtest.Call) { c.Input, c.Output = c.Output, c.Input }, "ProofInvalid"},
		{"commitment", func(c *evmtest.Call) { c.Commitments = [][32]byte{{1}} }, "ProofInvalid"},
		{"no commitment", func(c *evmtest.Call) { c.Commitments = nil }, "ProofInvalid"},
		{"commitment + r", func(c *evmtest.Call) {
			c.Commitments = [][32]byte{[32]byte(plusWord(c.Commitments[0][:], fr.Modulus()))}
		}, "CommitmentNotInField"},
	}
	evmtest.Each(t, func(t *testing.T, c *chain.Chain) {
		contract := deploy(t, c, a)
		for _, test := range tests {
			call := evmtest.NewCall(v)
			test.change(&call)
			if got := evmtest.Verdict(t, c, contract, call.Pack(t, a)); got != test.want {
				t.Errorf("%s: got verdict %q, want %q", test.name, got, test.want)
			}
		}
	})
}

// TestPlonkOtherKey presents proofs under keys that are not theirs, each with the name of the model that
// the key does belong to.
func TestPlonkOtherKey(t *testing.T) {
	t.Parallel()
	a := plonkArtifact(t)
	plain, committed := newPlonkProver(t, plonkShapes[1]), newPlonkProver(t, plonkShapes[3])
	under := func(p *plonkProver, key []byte) evmtest.Call {
		v := p.claim(5, 5, 1)
		v.Key = key
		v.Proof = p.prove(t, v.PublicInputs())
		return evmtest.NewCall(v)
	}
	tests := []struct {
		name string
		call evmtest.Call
		want string
	}{
		{"own key", under(committed, committed.key), ""},
		{"own key, plain", under(plain, plain.key), ""},
		{"other circuit", under(committed, newPlonkProver(t, plonkShapes[4]).key), "ProofInvalid"},
		{"other circuit, plain", under(plain, newPlonkProver(t, plonkShapes[2]).key), "ProofInvalid"},
		{"committed proof, plain key", under(committed, plain.key), "ProofLengthInvalid"},
		{"plain proof, committed key", under(plain, committed.key), "ProofLengthInvalid"},
	}
	evmtest.Each(t, func(t *testing.T, c *chain.Chain) {
		contract := deploy(t, c, a)
		for _, test := range tests {
			if got := evmtest.Verdict(t, c, contract, test.call.Pack(t, a)); got != test.want {
				t.Errorf("%s: got verdict %q, want %q", test.name, got, test.want)
			}
		}
	})
}

// TestPlonkKeyIsChecked corrupts every word of a key in a model that names the corrupt key.
func TestPlonkKeyIsChecked(t *testing.T) {
	t.Parallel()
	a := plonkArtifact(t)
	p := newPlonkProver(t, plonkShapes[3])
	corrupt := func(change func(key []byte)) []byte {
		v := p.claim(5, 5, 1)
		v.Key = bytes.Clone(p.key)
		change(v.Key)
		v.Proof = p.prove(t, v.PublicInputs())
		return v.Calldata()
	}
	evmtest.Each(t, func(t *testing.T, c *chain.Chain) {
		contract := deploy(t, c, a)
		for position := 0; position < len(p.key); position += 32 {
			want := "PointInvalid"
			switch {
			case position == 0x280 || position == 0x2a0 || position == 0x300: // n, ω, ω^c
				want = "ProofInvalid"
			case position >= 0x200 && position < 0x280: // -[τ]₂
				want = "PrecompileFailed"
			}
			data := corrupt(func(key []byte) { key[position+31] ^= 1 })
			if got := evmtest.Verdict(t, c, contract, data); got != want {
				t.Errorf("key word at %#x: got verdict %q, want %q", position, got, want)
			}
		}
		data := corrupt(func(key []byte) { clear(key[0x280:0x2a0]) })
		if got := evmtest.Verdict(t, c, contract, data); got != "ChallengeInDomain" {
			t.Errorf("domain of size 0: got verdict %q, want ChallengeInDomain", got)
		}
	})
}

// TestPlonkNames compares system and modelId with their native counterparts.
func TestPlonkNames(t *testing.T) {
	t.Parallel()
	a := plonkArtifact(t)
	c := evmtest.Embedded(t)
	contract := deploy(t, c, a)
	data, err := a.ABI.Pack("system")
	if err != nil {
		t.Fatal(err)
	}
	system, err := c.Call(t.Context(), contract, data)
	if err != nil {
		t.Fatal(err)
	}
	if want := statement.Keccak([]byte(statement.Plonk)); [32]byte(system) != want {
		t.Errorf("got system %x, want %x", system, want)
	}
	key := make([]byte, 800)
	if data, err = a.PackModelID([32]byte{7}, key); err != nil {
		t.Fatal(err)
	}
	result, err := c.Call(t.Context(), contract, data)
	if err != nil {
		t.Fatal(err)
	}
	id, err := a.UnpackModelID(result)
	if err != nil {
		t.Fatal(err)
	}
	if want := statement.ModelID([32]byte{7}, statement.Plonk, key); id != want {
		t.Errorf("got model id %x, want %x", id, want)
	}
}

// makePlonk returns a fixture of the gas table.
func makePlonk(t testing.TB, committed bool) evmtest.Fixture {
	t.Helper()
	shape := plonkShapes[2]
	if committed {
		shape = plonkShapes[4]
	}
	p := newPlonkProver(t, shape)
	var vk bytes.Buffer
	if _, err := p.vk.WriteRawTo(&vk); err != nil {
		t.Fatal(err)
	}
	return evmtest.Fixture{Inference: *p.inference(t, inputBytes, outputBytes, numCommitments), VK: vk.Bytes()}
}
