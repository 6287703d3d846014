// SPDX-License-Identifier: Apache-2.0

package contracts

import (
	"fmt"
	"math/big"

	"github.com/ethereum/go-ethereum/accounts/abi"
	"github.com/ethereum/go-ethereum/common"

	"github.com/zkml-go/zkml/statement"
)

// A ModelCommitment is what ModelRegistry.sol registers, in the form that package abi packs.
type ModelCommitment struct {
	ModelHash   [32]byte `abi:"modelHash"`     // digest of the model
	CircuitHash [32]byte `abi:"circuitHash"`   // name of the model for its verifier
	KeyHash     [32]byte `abi:"vkHash"`        // keccak256 of the key in its calldata form
	ProofSystem [4]byte  `abi:"proofSystemId"` // selector of the proof system
	URI         string   `abi:"uri"`           // of a description, which no contract reads
}

// NewModelCommitment returns the commitment to a model with a key of a proof system, named as in package
// statement.
func NewModelCommitment(modelDigest [32]byte, system string, key []byte, uri string) ModelCommitment {
	return ModelCommitment{
		ModelHash:   modelDigest,
		CircuitHash: statement.ModelID(modelDigest, system, key),
		KeyHash:     statement.Keccak(key),
		ProofSystem: Selector(system),
		URI:         uri,
	}
}

// Selector returns the first four bytes of a proof system's name, by which VerifierRouter.sol finds its
// verifier.
func Selector(system string) [4]byte {
	name := statement.Keccak([]byte(system))
	return [4]byte(name[:4])
}

// An InferenceProof is what the proof of ERC-7992 holds for InferenceMarket.sol.
type InferenceProof struct {
	Nonce       *big.Int   `abi:"nonce"`       // chosen by the caller
	MaxFee      *big.Int   `abi:"maxFee"`      // most that the caller pays, in wei
	Input       []byte     `abi:"input"`       // bytes of the public input tensors
	Commitments [][32]byte `abi:"commitments"` // one field element per committed tensor
	Key         []byte     `abi:"key"`         // verifying key in its calldata form
	Proof       []byte     `abi:"proof"`       // proof in its calldata form, Z first
}

var inferenceProof = tuple([]abi.ArgumentMarshaling{
	{Name: "nonce", Type: "uint256"}, {Name: "maxFee", Type: "uint256"}, {Name: "input", Type: "bytes"},
	{Name: "commitments", Type: "bytes32[]"}, {Name: "key", Type: "bytes"}, {Name: "proof", Type: "bytes"},
})

// Encode returns abi.encode of the struct.
func (p InferenceProof) Encode() ([]byte, error) { return inferenceProof.Pack(p) }

// DecodeInferenceProof reads what Encode wrote.
func DecodeInferenceProof(data []byte) (InferenceProof, error) {
	values, err := inferenceProof.Unpack(data)
	if err != nil {
		return InferenceProof{}, fmt.Errorf("proof for the market: %w", err)
	}
	return *abi.ConvertType(values[0], new(InferenceProof)).(*InferenceProof), nil
}

// InputCommitment returns InferenceMarket.inputCommitmentOf: the commitment to the public input and to the
// committed tensors that caller can have attested.
func InputCommitment(input []byte, commitments [][32]byte, caller common.Address, nonce *big.Int) [32]byte {
	return InputCommitmentOf(statement.Keccak(input), commitments, caller, nonce)
}

// InputCommitmentOf is InputCommitment for public input bytes whose hash alone is known.
func InputCommitmentOf(inputHash [32]byte, commitments [][32]byte, caller common.Address, nonce *big.Int) [32]byte {
	tag := statement.Keccak([]byte("zkml.input.v1"))
	var packed []byte
	for _, c := range commitments {
		packed = append(packed, c[:]...)
	}
	committed := statement.Keccak(packed)
	return statement.Keccak(tag[:], inputHash[:], committed[:], word(caller), common.BigToHash(nonce).Bytes())
}

// MarketContext returns InferenceMarket.contextOf: the context that a proof for a market must bind.
func MarketContext(chainID *big.Int, market common.Address, modelID *big.Int, inputCommitment [32]byte) [32]byte {
	tag := statement.Keccak([]byte("zkml.context.v1"))
	return statement.Keccak(tag[:], common.BigToHash(chainID).Bytes(), word(market),
		common.BigToHash(modelID).Bytes(), inputCommitment[:])
}

// InferenceID returns the id of a statement, by ERC-7992.
func InferenceID(modelID *big.Int, inputCommitment [32]byte, output []byte) [32]byte {
	return statement.Keccak(common.BigToHash(modelID).Bytes(), inputCommitment[:], output)
}

// An AigcProof is what the proof of ERC-7007 holds for AigcToken.sol.
type AigcProof struct {
	To          common.Address `abi:"to"`          // receiver of the token
	URIHash     [32]byte       `abi:"uriHash"`     // keccak256 of the token's uri
	Commitments [][32]byte     `abi:"commitments"` // one field element per committed tensor
	Key         []byte         `abi:"key"`         // verifying key in its calldata form
	Proof       []byte         `abi:"proof"`       // proof in its calldata form, Z first
}

var aigcProof = tuple([]abi.ArgumentMarshaling{
	{Name: "to", Type: "address"}, {Name: "uriHash", Type: "bytes32"}, {Name: "commitments", Type: "bytes32[]"},
	{Name: "key", Type: "bytes"}, {Name: "proof", Type: "bytes"},
})

// Encode returns abi.encode of the struct.
func (p AigcProof) Encode() ([]byte, error) { return aigcProof.Pack(p) }

// AigcContext returns AigcToken.contextOf: the context that a proof for a token must bind.
func AigcContext(chainID *big.Int, token common.Address, modelID *big.Int, to common.Address, uriHash [32]byte) [32]byte {
	tag := statement.Keccak([]byte("zkml.aigc.v1"))
	return statement.Keccak(tag[:], common.BigToHash(chainID).Bytes(), word(token),
		common.BigToHash(modelID).Bytes(), word(to), uriHash[:])
}

// word returns an address as the ABI encodes it.
func word(a common.Address) []byte { return common.LeftPadBytes(a[:], 32) }

// tuple returns the arguments of abi.encode of a struct.
func tuple(fields []abi.ArgumentMarshaling) abi.Arguments {
	t, err := abi.NewType("tuple", "", fields)
	if err != nil {
		panic("zkml: internal error: " + err.Error())
	}
	return abi.Arguments{{Type: t}}
}
