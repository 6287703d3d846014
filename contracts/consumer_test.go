// SPDX-License-Identifier: Apache-2.0

package contracts_test

import (
	"math/big"
	"slices"
	"testing"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/ethereum/go-ethereum/common"

	"github.com/zkml-go/zkml/chain"
	"github.com/zkml-go/zkml/circuits"
	"github.com/zkml-go/zkml/contracts"
	"github.com/zkml-go/zkml/export"
	"github.com/zkml-go/zkml/internal/evmtest"
	"github.com/zkml-go/zkml/internal/onnxwrite"
	"github.com/zkml-go/zkml/ir"
	"github.com/zkml-go/zkml/onnx"
	prover "github.com/zkml-go/zkml/prover/snark"
	"github.com/zkml-go/zkml/quant"
	"github.com/zkml-go/zkml/relation"
	"github.com/zkml-go/zkml/statement"
	verifier "github.com/zkml-go/zkml/verifier/snark"
)

// A network is a compiled model with keys, for tests of contracts that use what models say. Its proofs are of
// runs, not of made-up public inputs.
type network struct {
	evmtest.Model // without a prover of its own
	program       *ir.Program
	circuit       *circuits.Model
	cs            *prover.ConstraintSystem
	key           *prover.ProvingKey
}

// skipProofs skips a test of models, keys and proofs in short runs.
func skipProofs(t testing.TB) {
	t.Helper()
	if testing.Short() {
		t.Skip("makes keys and proofs of models")
	}
}

// newNetwork makes Groth16 keys of a program.
func newNetwork(t testing.TB, p *ir.Program) *network {
	t.Helper()
	circuit, err := circuits.NewModel(p, relation.Options{})
	if err != nil {
		t.Fatal(err)
	}
	cs, err := prover.Compile(circuit.Circuit(), verifier.Groth16)
	if err != nil {
		t.Fatal(err)
	}
	pk, vk, err := prover.Setup(t.Context(), cs, prover.SetupOptions{Insecure: true})
	if err != nil {
		t.Fatal(err)
	}
	key, err := export.Groth16Key(vk.Groth16())
	if err != nil {
		t.Fatal(err)
	}
	return &network{evmtest.Model{System: statement.Groth16, Digest: p.Digest(), Key: key}, p, circuit, cs, pk}
}

// compileModel compiles an ONNX model whose input is integers from 0 to hi.
func compileModel(t testing.TB, m onnxwrite.Model, hi float64, samples []quant.Sample, input ir.Visibility) *ir.Program {
	t.Helper()
	g, _, err := onnx.Load(m.Marshal())
	if err == nil {
		g, err = quant.Prepare(g)
	}
	if err != nil {
		t.Fatal(err)
	}
	cal, err := quant.Calibrate(g, samples, 100)
	if err != nil {
		t.Fatal(err)
	}
	p, err := quant.Compile(g, cal, quant.Options{InputRange: &quant.Span{Hi: hi}, InputVisibility: input})
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// A run is what a network makes of an input.
type run struct {
	network *network
	trace   ir.Trace
	salts   []fr.Element
	claim   *statement.Claim
}

// run runs the network. Commitments are to the input with the salts of this run.
func (n *network) run(t testing.TB, input []int64) *run {
	t.Helper()
	trace, err := n.program.Run([][]int64{input})
	if err != nil {
		t.Fatal(err)
	}
	salts, err := n.circuit.NewSalts()
	if err != nil {
		t.Fatal(err)
	}
	claim, err := n.circuit.Claim(trace, salts)
	if err != nil {
		t.Fatal(err)
	}
	return &run{n, trace, salts, claim}
}

// commitment returns the commitment to the only committed tensor.
func (r *run) commitment() [32]byte { return r.claim.Commitments[0].Bytes() }

// attestation proves the run for a market, as what id is to caller, with a nonce.
func (r *run) attestation(t testing.TB, c *chain.Chain, p evmtest.Platform, id *big.Int, caller common.Address, nonce *big.Int) evmtest.Attestation {
	t.Helper()
	a := evmtest.Attestation{Model: id, Output: r.claim.Output, Proof: contracts.InferenceProof{
		Nonce: nonce, MaxFee: new(big.Int), Input: r.claim.Input, Key: r.network.Key,
	}}
	for _, c := range r.claim.Commitments {
		a.Proof.Commitments = append(a.Proof.Commitments, c.Bytes())
	}
	a.InputCommitment = contracts.InputCommitment(a.Proof.Input, a.Proof.Commitments, caller, nonce)
	context := contracts.MarketContext(c.ID(), p.Market.Address, id, a.InputCommitment)
	assignment, err := r.network.circuit.Assign(r.trace, r.claim, r.salts, r.claim.Digest(r.network.Name(), context))
	if err != nil {
		t.Fatal(err)
	}
	proof, _, err := prover.Prove(t.Context(), nil, r.network.cs, r.network.key, assignment)
	if err != nil {
		t.Fatal(err)
	}
	public, err := prover.PublicInputs(assignment)
	if err != nil {
		t.Fatal(err)
	}
	a.Proof.Proof = slices.Concat(public[1].Marshal(), proof.Calldata())
	return a
}

// encoded returns the proof as a market takes it.
func encoded(t testing.TB, a evmtest.Attestation) []byte {
	t.Helper()
	b, err := a.Proof.Encode()
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// refusesModel tries to deploy a contract with the id of one model and the name of another.
func refusesModel(t testing.TB, c *chain.Chain, name string, args ...any) {
	t.Helper()
	a, err := contracts.Load(name)
	if err != nil {
		t.Fatal(err)
	}
	if got := evmtest.DeployVerdict(t, c, a, args...); got != "WrongModel" {
		t.Errorf("deployed with the id of another model: got verdict %q, want WrongModel", got)
	}
}
