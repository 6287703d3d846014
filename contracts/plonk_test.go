// SPDX-License-Identifier: Apache-2.0

package contracts_test

import (
	"bytes"
	"fmt"
	"math/big"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/consensys/gnark-crypto/ecc"
	"github.com/consensys/gnark-crypto/ecc/bn254/fp"
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
	"github.com/consensys/gnark/test/unsafekzg"

	"github.com/zkml-go/zkml/chain"
	"github.com/zkml-go/zkml/contracts"
	"github.com/zkml-go/zkml/export"
	"github.com/zkml-go/zkml/internal/evmtest"
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

func newPlonkProver(t testing.TB, shape plonkShape) *plonkProver {
	t.Helper()
	logger.Disable()
	ccs, err := frontend.Compile(ecc.BN254.ScalarField(), scs.NewBuilder, &plonkCircuit{shape: shape})
	if err != nil {
		t.Fatal(err)
	}
	srs, lagrange, err := unsafekzg.NewSRS(ccs, unsafekzg.WithToxicSeed([]byte("contracts/plonk_test.go")))
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

// gnarkContract is the contract that gnark writes for one circuit.
type gnarkContract struct {
	chain    *chain.Chain
	contract chain.Contract
}

// gnarkContracts compiles and deploys the contracts that gnark writes for the provers' circuits. It skips
// the test if there is no compiler.
func gnarkContracts(t testing.TB, c *chain.Chain, provers []*plonkProver) []gnarkContract {
	t.Helper()
	sources := map[string]string{}
	for i, p := range provers {
		var source strings.Builder
		if err := p.vk.ExportSolidity(&source, solidity.WithPragmaVersion("0.8.37")); err != nil {
			t.Fatal(err)
		}
		name := fmt.Sprintf("Gnark%d", i)
		sources[name+".sol"] = strings.Replace(source.String(), "contract PlonkVerifier", "contract "+name, 1)
	}
	artifacts := evmtest.Compile(t, sources)
	list := make([]gnarkContract, len(provers))
	for i := range list {
		list[i] = gnarkContract{c, deploy(t, c, artifacts[fmt.Sprintf("Gnark%d", i)])}
	}
	return list
}

// data returns the calldata for public inputs that need not be below the field order.
func (g gnarkContract) data(t testing.TB, public [3]*big.Int, proof []byte) []byte {
	t.Helper()
	data, err := g.contract.ABI.Pack("Verify", proof, public[:])
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// accepts is the contract's verdict: it reverts on some false proofs and returns false on others.
func (g gnarkContract) accepts(t testing.TB, public [3]*big.Int, proof []byte) bool {
	t.Helper()
	result, err := g.chain.Call(t.Context(), g.contract, g.data(t, public, proof))
	return err == nil && new(big.Int).SetBytes(result).Cmp(big.NewInt(1)) == 0
}

// rawPublic returns D, Z and E of a call as a contract sees them, Z not reduced.
func rawPublic(t testing.TB, c evmtest.Call) [3]*big.Int {
	t.Helper()
	z := new(big.Int).SetBytes(c.Proof[:32])
	var reduced fr.Element
	reduced.SetBigInt(z)
	c.Proof = reduced.Marshal()
	public, err := c.Public()
	if err != nil {
		t.Fatal(err)
	}
	return [3]*big.Int{public[0].BigInt(new(big.Int)), z, public[2].BigInt(new(big.Int))}
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
				g := gnarkContracts(t, evmtest.Embedded(t), []*plonkProver{p})[0]
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
