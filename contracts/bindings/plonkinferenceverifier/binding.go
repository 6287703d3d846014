// SPDX-License-Identifier: Apache-2.0

// Code generated via abigen V2 - DO NOT EDIT.
// This file is a generated binding and any manual changes will be lost.

// Package plonkinferenceverifier packs calls of PlonkInferenceVerifier and unpacks its results, events and errors.
package plonkinferenceverifier

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

// PlonkInferenceVerifierMetaData contains all meta data concerning the PlonkInferenceVerifier contract.
var PlonkInferenceVerifierMetaData = bind.MetaData{
	ABI: "[{\"inputs\":[],\"name\":\"ChallengeInDomain\",\"type\":\"error\"},{\"inputs\":[],\"name\":\"ChallengeNotInField\",\"type\":\"error\"},{\"inputs\":[{\"internalType\":\"uint256\",\"name\":\"index\",\"type\":\"uint256\"}],\"name\":\"CommitmentNotInField\",\"type\":\"error\"},{\"inputs\":[{\"internalType\":\"uint256\",\"name\":\"length\",\"type\":\"uint256\"}],\"name\":\"KeyLengthInvalid\",\"type\":\"error\"},{\"inputs\":[],\"name\":\"ModelMismatch\",\"type\":\"error\"},{\"inputs\":[{\"internalType\":\"uint256\",\"name\":\"position\",\"type\":\"uint256\"}],\"name\":\"OpeningNotInField\",\"type\":\"error\"},{\"inputs\":[],\"name\":\"PointInvalid\",\"type\":\"error\"},{\"inputs\":[{\"internalType\":\"uint256\",\"name\":\"precompile\",\"type\":\"uint256\"}],\"name\":\"PrecompileFailed\",\"type\":\"error\"},{\"inputs\":[],\"name\":\"ProofInvalid\",\"type\":\"error\"},{\"inputs\":[{\"internalType\":\"uint256\",\"name\":\"expected\",\"type\":\"uint256\"},{\"internalType\":\"uint256\",\"name\":\"length\",\"type\":\"uint256\"}],\"name\":\"ProofLengthInvalid\",\"type\":\"error\"},{\"inputs\":[{\"internalType\":\"bytes32\",\"name\":\"modelDigest\",\"type\":\"bytes32\"},{\"internalType\":\"bytes\",\"name\":\"key\",\"type\":\"bytes\"}],\"name\":\"modelId\",\"outputs\":[{\"internalType\":\"bytes32\",\"name\":\"\",\"type\":\"bytes32\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[],\"name\":\"system\",\"outputs\":[{\"internalType\":\"bytes32\",\"name\":\"\",\"type\":\"bytes32\"}],\"stateMutability\":\"pure\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"bytes32\",\"name\":\"model\",\"type\":\"bytes32\"},{\"internalType\":\"bytes32\",\"name\":\"modelDigest\",\"type\":\"bytes32\"},{\"internalType\":\"bytes32\",\"name\":\"context\",\"type\":\"bytes32\"},{\"internalType\":\"bytes\",\"name\":\"key\",\"type\":\"bytes\"},{\"internalType\":\"bytes\",\"name\":\"input\",\"type\":\"bytes\"},{\"internalType\":\"bytes\",\"name\":\"output\",\"type\":\"bytes\"},{\"internalType\":\"bytes32[]\",\"name\":\"commitments\",\"type\":\"bytes32[]\"},{\"internalType\":\"bytes\",\"name\":\"proof\",\"type\":\"bytes\"}],\"name\":\"verifyInference\",\"outputs\":[],\"stateMutability\":\"view\",\"type\":\"function\"}]",
	ID:  "PlonkInferenceVerifier",
}

// PlonkInferenceVerifier is an auto generated Go binding around an Ethereum contract.
type PlonkInferenceVerifier struct {
	abi abi.ABI
}

// GetABI returns the ABI associated with this contract binding.
func (c *PlonkInferenceVerifier) GetABI() abi.ABI {
	return c.abi
}

// NewPlonkInferenceVerifier creates a new instance of PlonkInferenceVerifier.
func NewPlonkInferenceVerifier() *PlonkInferenceVerifier {
	parsed, err := PlonkInferenceVerifierMetaData.ParseABI()
	if err != nil {
		panic(errors.New("invalid ABI: " + err.Error()))
	}
	return &PlonkInferenceVerifier{abi: *parsed}
}

// Instance creates a wrapper for a deployed contract instance at the given address.
// Use this to create the instance object passed to abigen v2 library functions Call, Transact, etc.
func (c *PlonkInferenceVerifier) Instance(backend bind.ContractBackend, addr common.Address) *bind.BoundContract {
	return bind.NewBoundContract(addr, c.abi, backend, backend, backend)
}

// PackModelId is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xb3c3485d.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function modelId(bytes32 modelDigest, bytes key) view returns(bytes32)
func (plonkInferenceVerifier *PlonkInferenceVerifier) PackModelId(modelDigest [32]byte, key []byte) []byte {
	enc, err := plonkInferenceVerifier.abi.Pack("modelId", modelDigest, key)
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
func (plonkInferenceVerifier *PlonkInferenceVerifier) TryPackModelId(modelDigest [32]byte, key []byte) ([]byte, error) {
	return plonkInferenceVerifier.abi.Pack("modelId", modelDigest, key)
}

// UnpackModelId is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0xb3c3485d.
//
// Solidity: function modelId(bytes32 modelDigest, bytes key) view returns(bytes32)
func (plonkInferenceVerifier *PlonkInferenceVerifier) UnpackModelId(data []byte) ([32]byte, error) {
	out, err := plonkInferenceVerifier.abi.Unpack("modelId", data)
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
func (plonkInferenceVerifier *PlonkInferenceVerifier) PackSystem() []byte {
	enc, err := plonkInferenceVerifier.abi.Pack("system")
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
func (plonkInferenceVerifier *PlonkInferenceVerifier) TryPackSystem() ([]byte, error) {
	return plonkInferenceVerifier.abi.Pack("system")
}

// UnpackSystem is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x95bf75fd.
//
// Solidity: function system() pure returns(bytes32)
func (plonkInferenceVerifier *PlonkInferenceVerifier) UnpackSystem(data []byte) ([32]byte, error) {
	out, err := plonkInferenceVerifier.abi.Unpack("system", data)
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
func (plonkInferenceVerifier *PlonkInferenceVerifier) PackVerifyInference(model [32]byte, modelDigest [32]byte, context [32]byte, key []byte, input []byte, output []byte, commitments [][32]byte, proof []byte) []byte {
	enc, err := plonkInferenceVerifier.abi.Pack("verifyInference", model, modelDigest, context, key, input, output, commitments, proof)
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
func (plonkInferenceVerifier *PlonkInferenceVerifier) TryPackVerifyInference(model [32]byte, modelDigest [32]byte, context [32]byte, key []byte, input []byte, output []byte, commitments [][32]byte, proof []byte) ([]byte, error) {
	return plonkInferenceVerifier.abi.Pack("verifyInference", model, modelDigest, context, key, input, output, commitments, proof)
}

// UnpackError attempts to decode the provided error data using user-defined
// error definitions.
func (plonkInferenceVerifier *PlonkInferenceVerifier) UnpackError(raw []byte) (any, error) {
	if bytes.Equal(raw[:4], plonkInferenceVerifier.abi.Errors["ChallengeInDomain"].ID.Bytes()[:4]) {
		return plonkInferenceVerifier.UnpackChallengeInDomainError(raw[4:])
	}
	if bytes.Equal(raw[:4], plonkInferenceVerifier.abi.Errors["ChallengeNotInField"].ID.Bytes()[:4]) {
		return plonkInferenceVerifier.UnpackChallengeNotInFieldError(raw[4:])
	}
	if bytes.Equal(raw[:4], plonkInferenceVerifier.abi.Errors["CommitmentNotInField"].ID.Bytes()[:4]) {
		return plonkInferenceVerifier.UnpackCommitmentNotInFieldError(raw[4:])
	}
	if bytes.Equal(raw[:4], plonkInferenceVerifier.abi.Errors["KeyLengthInvalid"].ID.Bytes()[:4]) {
		return plonkInferenceVerifier.UnpackKeyLengthInvalidError(raw[4:])
	}
	if bytes.Equal(raw[:4], plonkInferenceVerifier.abi.Errors["ModelMismatch"].ID.Bytes()[:4]) {
		return plonkInferenceVerifier.UnpackModelMismatchError(raw[4:])
	}
	if bytes.Equal(raw[:4], plonkInferenceVerifier.abi.Errors["OpeningNotInField"].ID.Bytes()[:4]) {
		return plonkInferenceVerifier.UnpackOpeningNotInFieldError(raw[4:])
	}
	if bytes.Equal(raw[:4], plonkInferenceVerifier.abi.Errors["PointInvalid"].ID.Bytes()[:4]) {
		return plonkInferenceVerifier.UnpackPointInvalidError(raw[4:])
	}
	if bytes.Equal(raw[:4], plonkInferenceVerifier.abi.Errors["PrecompileFailed"].ID.Bytes()[:4]) {
		return plonkInferenceVerifier.UnpackPrecompileFailedError(raw[4:])
	}
	if bytes.Equal(raw[:4], plonkInferenceVerifier.abi.Errors["ProofInvalid"].ID.Bytes()[:4]) {
		return plonkInferenceVerifier.UnpackProofInvalidError(raw[4:])
	}
	if bytes.Equal(raw[:4], plonkInferenceVerifier.abi.Errors["ProofLengthInvalid"].ID.Bytes()[:4]) {
		return plonkInferenceVerifier.UnpackProofLengthInvalidError(raw[4:])
	}
	return nil, errors.New("unknown error")
}

// PlonkInferenceVerifierChallengeInDomain represents a ChallengeInDomain error raised by the PlonkInferenceVerifier contract.
type PlonkInferenceVerifierChallengeInDomain struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error ChallengeInDomain()
func PlonkInferenceVerifierChallengeInDomainErrorID() common.Hash {
	return common.HexToHash("0xa7da0ef3c84b69849aab91a8595fa749b4ad9ae48156dd5f046dd7ec5d3a4dd0")
}

// UnpackChallengeInDomainError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error ChallengeInDomain()
func (plonkInferenceVerifier *PlonkInferenceVerifier) UnpackChallengeInDomainError(raw []byte) (*PlonkInferenceVerifierChallengeInDomain, error) {
	out := new(PlonkInferenceVerifierChallengeInDomain)
	if err := plonkInferenceVerifier.abi.UnpackIntoInterface(out, "ChallengeInDomain", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// PlonkInferenceVerifierChallengeNotInField represents a ChallengeNotInField error raised by the PlonkInferenceVerifier contract.
type PlonkInferenceVerifierChallengeNotInField struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error ChallengeNotInField()
func PlonkInferenceVerifierChallengeNotInFieldErrorID() common.Hash {
	return common.HexToHash("0xee95bc1d9d0df520f68626da97c579e1b8b8417d238b2b1e86656438daad0f70")
}

// UnpackChallengeNotInFieldError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error ChallengeNotInField()
func (plonkInferenceVerifier *PlonkInferenceVerifier) UnpackChallengeNotInFieldError(raw []byte) (*PlonkInferenceVerifierChallengeNotInField, error) {
	out := new(PlonkInferenceVerifierChallengeNotInField)
	if err := plonkInferenceVerifier.abi.UnpackIntoInterface(out, "ChallengeNotInField", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// PlonkInferenceVerifierCommitmentNotInField represents a CommitmentNotInField error raised by the PlonkInferenceVerifier contract.
type PlonkInferenceVerifierCommitmentNotInField struct {
	Index *big.Int
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error CommitmentNotInField(uint256 index)
func PlonkInferenceVerifierCommitmentNotInFieldErrorID() common.Hash {
	return common.HexToHash("0x15805a46cdc01946c97db7bceb6e462b0a981f77da40f2e561a19f8dbf5b521b")
}

// UnpackCommitmentNotInFieldError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error CommitmentNotInField(uint256 index)
func (plonkInferenceVerifier *PlonkInferenceVerifier) UnpackCommitmentNotInFieldError(raw []byte) (*PlonkInferenceVerifierCommitmentNotInField, error) {
	out := new(PlonkInferenceVerifierCommitmentNotInField)
	if err := plonkInferenceVerifier.abi.UnpackIntoInterface(out, "CommitmentNotInField", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// PlonkInferenceVerifierKeyLengthInvalid represents a KeyLengthInvalid error raised by the PlonkInferenceVerifier contract.
type PlonkInferenceVerifierKeyLengthInvalid struct {
	Length *big.Int
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error KeyLengthInvalid(uint256 length)
func PlonkInferenceVerifierKeyLengthInvalidErrorID() common.Hash {
	return common.HexToHash("0x14b798f427ea6e62216ed38f964b327d56cc74920b3d63c090b0276311e9b577")
}

// UnpackKeyLengthInvalidError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error KeyLengthInvalid(uint256 length)
func (plonkInferenceVerifier *PlonkInferenceVerifier) UnpackKeyLengthInvalidError(raw []byte) (*PlonkInferenceVerifierKeyLengthInvalid, error) {
	out := new(PlonkInferenceVerifierKeyLengthInvalid)
	if err := plonkInferenceVerifier.abi.UnpackIntoInterface(out, "KeyLengthInvalid", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// PlonkInferenceVerifierModelMismatch represents a ModelMismatch error raised by the PlonkInferenceVerifier contract.
type PlonkInferenceVerifierModelMismatch struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error ModelMismatch()
func PlonkInferenceVerifierModelMismatchErrorID() common.Hash {
	return common.HexToHash("0xa407e5f77626ff2ed1b0b6af5fe7d2389131af06a0a39a122aa9194aaee6a086")
}

// UnpackModelMismatchError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error ModelMismatch()
func (plonkInferenceVerifier *PlonkInferenceVerifier) UnpackModelMismatchError(raw []byte) (*PlonkInferenceVerifierModelMismatch, error) {
	out := new(PlonkInferenceVerifierModelMismatch)
	if err := plonkInferenceVerifier.abi.UnpackIntoInterface(out, "ModelMismatch", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// PlonkInferenceVerifierOpeningNotInField represents a OpeningNotInField error raised by the PlonkInferenceVerifier contract.
type PlonkInferenceVerifierOpeningNotInField struct {
	Position *big.Int
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error OpeningNotInField(uint256 position)
func PlonkInferenceVerifierOpeningNotInFieldErrorID() common.Hash {
	return common.HexToHash("0xa18918e0a6e870b3be4a78c92191714b9ba098c879c0a3d24710fa012946917c")
}

// UnpackOpeningNotInFieldError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error OpeningNotInField(uint256 position)
func (plonkInferenceVerifier *PlonkInferenceVerifier) UnpackOpeningNotInFieldError(raw []byte) (*PlonkInferenceVerifierOpeningNotInField, error) {
	out := new(PlonkInferenceVerifierOpeningNotInField)
	if err := plonkInferenceVerifier.abi.UnpackIntoInterface(out, "OpeningNotInField", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// PlonkInferenceVerifierPointInvalid represents a PointInvalid error raised by the PlonkInferenceVerifier contract.
type PlonkInferenceVerifierPointInvalid struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error PointInvalid()
func PlonkInferenceVerifierPointInvalidErrorID() common.Hash {
	return common.HexToHash("0x9052a04e0d07545afb8720f19a43189eb5b864417c232937b69c41f9dc59dd91")
}

// UnpackPointInvalidError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error PointInvalid()
func (plonkInferenceVerifier *PlonkInferenceVerifier) UnpackPointInvalidError(raw []byte) (*PlonkInferenceVerifierPointInvalid, error) {
	out := new(PlonkInferenceVerifierPointInvalid)
	if err := plonkInferenceVerifier.abi.UnpackIntoInterface(out, "PointInvalid", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// PlonkInferenceVerifierPrecompileFailed represents a PrecompileFailed error raised by the PlonkInferenceVerifier contract.
type PlonkInferenceVerifierPrecompileFailed struct {
	Precompile *big.Int
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error PrecompileFailed(uint256 precompile)
func PlonkInferenceVerifierPrecompileFailedErrorID() common.Hash {
	return common.HexToHash("0x00a48593f9c209d4d7e3b1ee4f754577225379f193a95f3a1400534a74238e14")
}

// UnpackPrecompileFailedError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error PrecompileFailed(uint256 precompile)
func (plonkInferenceVerifier *PlonkInferenceVerifier) UnpackPrecompileFailedError(raw []byte) (*PlonkInferenceVerifierPrecompileFailed, error) {
	out := new(PlonkInferenceVerifierPrecompileFailed)
	if err := plonkInferenceVerifier.abi.UnpackIntoInterface(out, "PrecompileFailed", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// PlonkInferenceVerifierProofInvalid represents a ProofInvalid error raised by the PlonkInferenceVerifier contract.
type PlonkInferenceVerifierProofInvalid struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error ProofInvalid()
func PlonkInferenceVerifierProofInvalidErrorID() common.Hash {
	return common.HexToHash("0x7fcdd1f433fad06e243ebb12f415f49dc48f357e41b96f61f504279fe6bb2ac6")
}

// UnpackProofInvalidError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error ProofInvalid()
func (plonkInferenceVerifier *PlonkInferenceVerifier) UnpackProofInvalidError(raw []byte) (*PlonkInferenceVerifierProofInvalid, error) {
	out := new(PlonkInferenceVerifierProofInvalid)
	if err := plonkInferenceVerifier.abi.UnpackIntoInterface(out, "ProofInvalid", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// PlonkInferenceVerifierProofLengthInvalid represents a ProofLengthInvalid error raised by the PlonkInferenceVerifier contract.
type PlonkInferenceVerifierProofLengthInvalid struct {
	Expected *big.Int
	Length   *big.Int
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error ProofLengthInvalid(uint256 expected, uint256 length)
func PlonkInferenceVerifierProofLengthInvalidErrorID() common.Hash {
	return common.HexToHash("0x5982d806f2dc9296c1250596bffb3247f5d8926fbfe9fe2a2b439996af5e292e")
}

// UnpackProofLengthInvalidError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error ProofLengthInvalid(uint256 expected, uint256 length)
func (plonkInferenceVerifier *PlonkInferenceVerifier) UnpackProofLengthInvalidError(raw []byte) (*PlonkInferenceVerifierProofLengthInvalid, error) {
	out := new(PlonkInferenceVerifierProofLengthInvalid)
	if err := plonkInferenceVerifier.abi.UnpackIntoInterface(out, "ProofLengthInvalid", raw); err != nil {
		return nil, err
	}
	return out, nil
}
