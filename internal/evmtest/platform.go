// SPDX-License-Identifier: Apache-2.0

package evmtest

import (
	"math/big"
	"testing"

	"github.com/zkml-go/zkml/chain"
	"github.com/zkml-go/zkml/contracts"
)

// A Platform is all contracts of the chain side, with one verifier. The account that deployed it is the
// guardian of the stop and the owner of the router.
type Platform struct {
	Verifier, Stop, Router, Registry, Market chain.Contract
}

// NewPlatform deploys the contracts with the verifier of a proof system. patched replaces contracts, by name.
func NewPlatform(t testing.TB, c *chain.Chain, system string, patched map[string]contracts.Artifact) Platform {
	t.Helper()
	deploy := func(name string, args ...any) chain.Contract {
		t.Helper()
		if a, ok := patched[name]; ok {
			return DeployArtifact(t, c, a, args...)
		}
		return Deploy(t, c, name, args...)
	}
	verifier, err := contracts.ForSystem(system)
	if err != nil {
		t.Fatal(err)
	}
	var p Platform
	p.Verifier = deploy(verifier.Name)
	p.Stop = deploy("VerifierStop", p.Verifier.Address, c.From(), [32]byte{})
	p.Router = deploy("VerifierRouter", c.From())
	Method(p.Router, "addVerifier", p.Stop.Address).Do(t, c)
	p.Registry = deploy("ModelRegistry", p.Router.Address)
	p.Market = deploy("InferenceMarket", p.Registry.Address, p.Router.Address)
	return p
}

// Register registers a model for the chain's account and returns its id.
func (p Platform) Register(t testing.TB, c *chain.Chain, m Model) *big.Int {
	t.Helper()
	Method(p.Registry, "registerModel", m.Commitment("")).Do(t, c)
	return new(big.Int).SetUint64(Method(p.Registry, "modelCount").Ask(t, c)[0].(uint64))
}

// An Attestation is a statement for a market with its proof. Nothing in it need be true.
type Attestation struct {
	Model           *big.Int
	InputCommitment [32]byte
	Output          []byte
	Proof           contracts.InferenceProof
}

// Attest returns an attestation that the market accepts from the chain's account: a made-up inference of a
// model that is registered under an id, with a commitment.
func (p Platform) Attest(t testing.TB, c *chain.Chain, id *big.Int, m Model) Attestation {
	t.Helper()
	return p.AttestSize(t, c, id, m, 20, 10)
}

// AttestSize is Attest with the sizes of the input and of the output.
func (p Platform) AttestSize(t testing.TB, c *chain.Chain, id *big.Int, m Model, inputBytes, outputBytes int) Attestation {
	t.Helper()
	commitment := randomElement(t)
	a := Attestation{Model: id, Output: randomBytes(t, outputBytes), Proof: contracts.InferenceProof{
		Nonce: new(big.Int), MaxFee: new(big.Int), Input: randomBytes(t, inputBytes),
		Commitments: [][32]byte{commitment.Bytes()}, Key: m.Key,
	}}
	return p.Prove(t, c, a, m)
}

// Prove returns the attestation with the input commitment and the proof that the chain's account needs.
func (p Platform) Prove(t testing.TB, c *chain.Chain, a Attestation, m Model) Attestation {
	t.Helper()
	a.InputCommitment = contracts.InputCommitment(a.Proof.Input, a.Proof.Commitments, c.From(), a.Proof.Nonce)
	context := contracts.MarketContext(c.ID(), p.Market.Address, a.Model, a.InputCommitment)
	a.Proof.Proof = m.Statement(t, context, a.Proof.Input, a.Output, a.Proof.Commitments)
	return a
}

// Call returns the call of one of the market's methods that take an attestation.
func (p Platform) Call(t testing.TB, method string, a Attestation) Message {
	t.Helper()
	proof, err := a.Proof.Encode()
	if err != nil {
		t.Fatal(err)
	}
	return Method(p.Market, method, a.Model, a.InputCommitment, a.Output, proof)
}

// ID returns the id of the statement.
func (a Attestation) ID() [32]byte {
	return contracts.InferenceID(a.Model, a.InputCommitment, a.Output)
}
