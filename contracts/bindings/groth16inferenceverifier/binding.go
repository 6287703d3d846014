// SPDX-License-Identifier: Apache-2.0

// Code generated via abigen V2 - DO NOT EDIT.
// This file is a generated binding and any manual changes will be lost.

// Package groth16inferenceverifier packs calls of Groth16InferenceVerifier and unpacks its results, events and errors.
package groth16inferenceverifier

import (
	"bytes"
	"errors"
	"math/big"

	"github.com/ethereum/go-ethereum/accounts/abi"
	"github.com/ethereum/go-ethereum/accounts/abi/bind/v2"
	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/types"
)

// Reference imports to suppress errors if they are not otherwise used.
var (
	_ = bytes.Equal
	_ = errors.New
	_ = big.NewInt
	_ = common.Big1
	_ = types.BloomLookup
	_ = abi.ConvertType
)

// Groth16InferenceVerifierMetaData contains all meta data concerning the Groth16InferenceVerifier contract.
var Groth16InferenceVerifierMetaData = bind.MetaData{
	ABI: "[{\"inputs\":[],\"name\":\"ChallengeNotInField\",\"type\":\"error\"},{\"inputs\":[{\"internalType\":\"uint256\",\"name\":\"index\",\"type\":\"uint256\"}],\"name\":\"CommitmentNotInField\",\"type\":\"error\"},{\"inputs\":[{\"internalType\":\"uint256\",\"name\":\"length\",\"type\":\"uint256\"}],\"name\":\"KeyLengthInvalid\",\"type\":\"error\"},{\"inputs\":[],\"name\":\"ModelMismatch\",\"type\":\"error\"},{\"inputs\":[],\"name\":\"ProofInvalid\",\"type\":\"error\"},{\"inputs\":[{\"internalType\":\"uint256\",\"name\":\"expected\",\"type\":\"uint256\"},{\"internalType\":\"uint256\",\"name\":\"length\",\"type\":\"uint256\"}],\"name\":\"ProofLengthInvalid\",\"type\":\"error\"},{\"inputs\":[{\"internalType\":\"bytes32\",\"name\":\"modelDigest\",\"type\":\"bytes32\"},{\"internalType\":\"bytes\",\"name\":\"key\",\"type\":\"bytes\"}],\"name\":\"modelId\",\"outputs\":[{\"internalType\":\"bytes32\",\"name\":\"\",\"type\":\"bytes32\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[],\"name\":\"system\",\"outputs\":[{\"internalType\":\"bytes32\",\"name\":\"\",\"type\":\"bytes32\"}],\"stateMutability\":\"pure\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"bytes32\",\"name\":\"model\",\"type\":\"bytes32\"},{\"internalType\":\"bytes32\",\"name\":\"modelDigest\",\"type\":\"bytes32\"},{\"internalType\":\"bytes32\",\"name\":\"context\",\"type\":\"bytes32\"},{\"internalType\":\"bytes\",\"name\":\"key\",\"type\":\"bytes\"},{\"internalType\":\"bytes\",\"name\":\"input\",\"type\":\"bytes\"},{\"internalType\":\"bytes\",\"name\":\"output\",\"type\":\"bytes\"},{\"internalType\":\"bytes32[]\",\"name\":\"commitments\",\"type\":\"bytes32[]\"},{\"internalType\":\"bytes\",\"name\":\"proof\",\"type\":\"bytes\"}],\"name\":\"verifyInference\",\"outputs\":[],\"stateMutability\":\"view\",\"type\":\"function\"}]",
	ID:  "Groth16InferenceVerifier",
}

// Groth16InferenceVerifier is an auto generated Go binding around an Ethereum contract.
type Groth16InferenceVerifier struct {
	abi abi.ABI
}

// GetABI returns the ABI associated with this contract binding.
func (c *Groth16InferenceVerifier) GetABI() abi.ABI {
	return c.abi
}

// NewGroth16InferenceVerifier creates a new instance of Groth16InferenceVerifier.
func NewGroth16InferenceVerifier() *Groth16InferenceVerifier {
	parsed, err := Groth16InferenceVerifierMetaData.ParseABI()
	if err != nil {
		panic(errors.New("invalid ABI: " + err.Error()))
	}
	return &Groth16InferenceVerifier{abi: *parsed}
}

// Instance creates a wrapper for a deployed contract instance at the given address.
// Use this to create the instance object passed to abigen v2 library functions Call, Transact, etc.
func (c *Groth16InferenceVerifier) Instance(backend bind.ContractBackend, addr common.Address) *bind.BoundContract {
	return bind.NewBoundContract(addr, c.abi, backend, backend, backend)
}

// PackModelId is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xb3c3485d.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function modelId(bytes32 modelDigest, bytes key) view returns(bytes32)
func (groth16InferenceVerifier *Groth16InferenceVerifier) PackModelId(modelDigest [32]byte, key []byte) []byte {
	enc, err := groth16InferenceVerifier.abi.Pack("modelId", modelDigest, key)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackModelId is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xb3c3485d.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function modelId(bytes32 modelDigest, bytes key) view returns(bytes32)
func (groth16InferenceVerifier *Groth16InferenceVerifier) TryPackModelId(modelDigest [32]byte, key []byte) ([]byte, error) {
	return groth16InferenceVerifier.abi.Pack("modelId", modelDigest, key)
}

// UnpackModelId is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0xb3c3485d.
//
// Solidity: function modelId(bytes32 modelDigest, bytes key) view returns(bytes32)
func (groth16InferenceVerifier *Groth16InferenceVerifier) UnpackModelId(data []byte) ([32]byte, error) {
	out, err := groth16InferenceVerifier.abi.Unpack("modelId", data)
	if err != nil {
		return *new([32]byte), err
	}
	out0 := *abi.ConvertType(out[0], new([32]byte)).(*[32]byte)
	return out0, nil
}

// PackSystem is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x95bf75fd.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function system() pure returns(bytes32)
func (groth16InferenceVerifier *Groth16InferenceVerifier) PackSystem() []byte {
	enc, err := groth16InferenceVerifier.abi.Pack("system")
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackSystem is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x95bf75fd.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function system() pure returns(bytes32)
func (groth16InferenceVerifier *Groth16InferenceVerifier) TryPackSystem() ([]byte, error) {
	return groth16InferenceVerifier.abi.Pack("system")
}

// UnpackSystem is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x95bf75fd.
//
// Solidity: function system() pure returns(bytes32)
func (groth16InferenceVerifier *Groth16InferenceVerifier) UnpackSystem(data []byte) ([32]byte, error) {
	out, err := groth16InferenceVerifier.abi.Unpack("system", data)
	if err != nil {
		return *new([32]byte), err
	}
	out0 := *abi.ConvertType(out[0], new([32]byte)).(*[32]byte)
	return out0, nil
}

// PackVerifyInference is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xde4ca157.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function verifyInference(bytes32 model, bytes32 modelDigest, bytes32 context, bytes key, bytes input, bytes output, bytes32[] commitments, bytes proof) view returns()
func (groth16InferenceVerifier *Groth16InferenceVerifier) PackVerifyInference(model [32]byte, modelDigest [32]byte, context [32]byte, key []byte, input []byte, output []byte, commitments [][32]byte, proof []byte) []byte {
	enc, err := groth16InferenceVerifier.abi.Pack("verifyInference", model, modelDigest, context, key, input, output, commitments, proof)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackVerifyInference is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xde4ca157.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function verifyInference(bytes32 model, bytes32 modelDigest, bytes32 context, bytes key, bytes input, bytes output, bytes32[] commitments, bytes proof) view returns()
func (groth16InferenceVerifier *Groth16InferenceVerifier) TryPackVerifyInference(model [32]byte, modelDigest [32]byte, context [32]byte, key []byte, input []byte, output []byte, commitments [][32]byte, proof []byte) ([]byte, error) {
	return groth16InferenceVerifier.abi.Pack("verifyInference", model, modelDigest, context, key, input, output, commitments, proof)
}

// UnpackError attempts to decode the provided error data using user-defined
// error definitions.
func (groth16InferenceVerifier *Groth16InferenceVerifier) UnpackError(raw []byte) (any, error) {
	if bytes.Equal(raw[:4], groth16InferenceVerifier.abi.Errors["ChallengeNotInField"].ID.Bytes()[:4]) {
		return groth16InferenceVerifier.UnpackChallengeNotInFieldError(raw[4:])
	}
	if bytes.Equal(raw[:4], groth16InferenceVerifier.abi.Errors["CommitmentNotInField"].ID.Bytes()[:4]) {
		return groth16InferenceVerifier.UnpackCommitmentNotInFieldError(raw[4:])
	}
	if bytes.Equal(raw[:4], groth16InferenceVerifier.abi.Errors["KeyLengthInvalid"].ID.Bytes()[:4]) {
		return groth16InferenceVerifier.UnpackKeyLengthInvalidError(raw[4:])
	}
	if bytes.Equal(raw[:4], groth16InferenceVerifier.abi.Errors["ModelMismatch"].ID.Bytes()[:4]) {
		return groth16InferenceVerifier.UnpackModelMismatchError(raw[4:])
	}
	if bytes.Equal(raw[:4], groth16InferenceVerifier.abi.Errors["ProofInvalid"].ID.Bytes()[:4]) {
		return groth16InferenceVerifier.UnpackProofInvalidError(raw[4:])
	}
	if bytes.Equal(raw[:4], groth16InferenceVerifier.abi.Errors["ProofLengthInvalid"].ID.Bytes()[:4]) {
		return groth16InferenceVerifier.UnpackProofLengthInvalidError(raw[4:])
	}
	return nil, errors.New("unknown error")
}

// Groth16InferenceVerifierChallengeNotInField represents a ChallengeNotInField error raised by the Groth16InferenceVerifier contract.
type Groth16InferenceVerifierChallengeNotInField struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error ChallengeNotInField()
func Groth16InferenceVerifierChallengeNotInFieldErrorID() common.Hash {
	return common.HexToHash("0xee95bc1d9d0df520f68626da97c579e1b8b8417d238b2b1e86656438daad0f70")
}

// UnpackChallengeNotInFieldError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error ChallengeNotInField()
func (groth16InferenceVerifier *Groth16InferenceVerifier) UnpackChallengeNotInFieldError(raw []byte) (*Groth16InferenceVerifierChallengeNotInField, error) {
	out := new(Groth16InferenceVerifierChallengeNotInField)
	if err := groth16InferenceVerifier.abi.UnpackIntoInterface(out, "ChallengeNotInField", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// Groth16InferenceVerifierCommitmentNotInField represents a CommitmentNotInField error raised by the Groth16InferenceVerifier contract.
type Groth16InferenceVerifierCommitmentNotInField struct {
	Index *big.Int
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error CommitmentNotInField(uint256 index)
func Groth16InferenceVerifierCommitmentNotInFieldErrorID() common.Hash {
	return common.HexToHash("0x15805a46cdc01946c97db7bceb6e462b0a981f77da40f2e561a19f8dbf5b521b")
}

// UnpackCommitmentNotInFieldError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error CommitmentNotInField(uint256 index)
func (groth16InferenceVerifier *Groth16InferenceVerifier) UnpackCommitmentNotInFieldError(raw []byte) (*Groth16InferenceVerifierCommitmentNotInField, error) {
	out := new(Groth16InferenceVerifierCommitmentNotInField)
	if err := groth16InferenceVerifier.abi.UnpackIntoInterface(out, "CommitmentNotInField", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// Groth16InferenceVerifierKeyLengthInvalid represents a KeyLengthInvalid error raised by the Groth16InferenceVerifier contract.
type Groth16InferenceVerifierKeyLengthInvalid struct {
	Length *big.Int
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error KeyLengthInvalid(uint256 length)
func Groth16InferenceVerifierKeyLengthInvalidErrorID() common.Hash {
	return common.HexToHash("0x14b798f427ea6e62216ed38f964b327d56cc74920b3d63c090b0276311e9b577")
}

// UnpackKeyLengthInvalidError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error KeyLengthInvalid(uint256 length)
func (groth16InferenceVerifier *Groth16InferenceVerifier) UnpackKeyLengthInvalidError(raw []byte) (*Groth16InferenceVerifierKeyLengthInvalid, error) {
	out := new(Groth16InferenceVerifierKeyLengthInvalid)
	if err := groth16InferenceVerifier.abi.UnpackIntoInterface(out, "KeyLengthInvalid", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// Groth16InferenceVerifierModelMismatch represents a ModelMismatch error raised by the Groth16InferenceVerifier contract.
type Groth16InferenceVerifierModelMismatch struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error ModelMismatch()
func Groth16InferenceVerifierModelMismatchErrorID() common.Hash {
	return common.HexToHash("0xa407e5f77626ff2ed1b0b6af5fe7d2389131af06a0a39a122aa9194aaee6a086")
}

// UnpackModelMismatchError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error ModelMismatch()
func (groth16InferenceVerifier *Groth16InferenceVerifier) UnpackModelMismatchError(raw []byte) (*Groth16InferenceVerifierModelMismatch, error) {
	out := new(Groth16InferenceVerifierModelMismatch)
	if err := groth16InferenceVerifier.abi.UnpackIntoInterface(out, "ModelMismatch", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// Groth16InferenceVerifierProofInvalid represents a ProofInvalid error raised by the Groth16InferenceVerifier contract.
type Groth16InferenceVerifierProofInvalid struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error ProofInvalid()
func Groth16InferenceVerifierProofInvalidErrorID() common.Hash {
	return common.HexToHash("0x7fcdd1f433fad06e243ebb12f415f49dc48f357e41b96f61f504279fe6bb2ac6")
}

// UnpackProofInvalidError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error ProofInvalid()
func (groth16InferenceVerifier *Groth16InferenceVerifier) UnpackProofInvalidError(raw []byte) (*Groth16InferenceVerifierProofInvalid, error) {
	out := new(Groth16InferenceVerifierProofInvalid)
	if err := groth16InferenceVerifier.abi.UnpackIntoInterface(out, "ProofInvalid", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// Groth16InferenceVerifierProofLengthInvalid represents a ProofLengthInvalid error raised by the Groth16InferenceVerifier contract.
type Groth16InferenceVerifierProofLengthInvalid struct {
	Expected *big.Int
	Length   *big.Int
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error ProofLengthInvalid(uint256 expected, uint256 length)
func Groth16InferenceVerifierProofLengthInvalidErrorID() common.Hash {
	return common.HexToHash("0x5982d806f2dc9296c1250596bffb3247f5d8926fbfe9fe2a2b439996af5e292e")
}

// UnpackProofLengthInvalidError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error ProofLengthInvalid(uint256 expected, uint256 length)
func (groth16InferenceVerifier *Groth16InferenceVerifier) UnpackProofLengthInvalidError(raw []byte) (*Groth16InferenceVerifierProofLengthInvalid, error) {
	out := new(Groth16InferenceVerifierProofLengthInvalid)
	if err := groth16InferenceVerifier.abi.UnpackIntoInterface(out, "ProofLengthInvalid", raw); err != nil {
		return nil, err
	}
	return out, nil
}
