// SPDX-License-Identifier: Apache-2.0

// Code generated via abigen V2 - DO NOT EDIT.
// This file is a generated binding and any manual changes will be lost.

// Package sumcheckplonkinferenceverifier packs calls of SumcheckPlonkInferenceVerifier and unpacks its results, events and errors.
package sumcheckplonkinferenceverifier

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

// SumcheckPlonkInferenceVerifierMetaData contains all meta data concerning the SumcheckPlonkInferenceVerifier contract.
var SumcheckPlonkInferenceVerifierMetaData = bind.MetaData{
	ABI: "[{\"inputs\":[],\"name\":\"ChallengeDegenerate\",\"type\":\"error\"},{\"inputs\":[],\"name\":\"ChallengeInDomain\",\"type\":\"error\"},{\"inputs\":[],\"name\":\"ChallengeNotInField\",\"type\":\"error\"},{\"inputs\":[{\"internalType\":\"uint256\",\"name\":\"index\",\"type\":\"uint256\"}],\"name\":\"CommitmentInvalid\",\"type\":\"error\"},{\"inputs\":[{\"internalType\":\"uint256\",\"name\":\"index\",\"type\":\"uint256\"}],\"name\":\"CommitmentNotInField\",\"type\":\"error\"},{\"inputs\":[{\"internalType\":\"uint256\",\"name\":\"length\",\"type\":\"uint256\"}],\"name\":\"KeyLengthInvalid\",\"type\":\"error\"},{\"inputs\":[{\"internalType\":\"uint256\",\"name\":\"parameters\",\"type\":\"uint256\"}],\"name\":\"KeyParametersInvalid\",\"type\":\"error\"},{\"inputs\":[],\"name\":\"ModelMismatch\",\"type\":\"error\"},{\"inputs\":[{\"internalType\":\"uint256\",\"name\":\"position\",\"type\":\"uint256\"}],\"name\":\"OpeningNotInField\",\"type\":\"error\"},{\"inputs\":[],\"name\":\"PointInvalid\",\"type\":\"error\"},{\"inputs\":[{\"internalType\":\"uint256\",\"name\":\"precompile\",\"type\":\"uint256\"}],\"name\":\"PrecompileFailed\",\"type\":\"error\"},{\"inputs\":[],\"name\":\"ProofInvalid\",\"type\":\"error\"},{\"inputs\":[{\"internalType\":\"uint256\",\"name\":\"expected\",\"type\":\"uint256\"},{\"internalType\":\"uint256\",\"name\":\"length\",\"type\":\"uint256\"}],\"name\":\"ProofLengthInvalid\",\"type\":\"error\"},{\"inputs\":[{\"internalType\":\"uint256\",\"name\":\"position\",\"type\":\"uint256\"}],\"name\":\"ScalarNotInField\",\"type\":\"error\"},{\"inputs\":[],\"name\":\"ValuesInvalid\",\"type\":\"error\"},{\"inputs\":[{\"internalType\":\"bytes32\",\"name\":\"modelDigest\",\"type\":\"bytes32\"},{\"internalType\":\"bytes\",\"name\":\"key\",\"type\":\"bytes\"}],\"name\":\"modelId\",\"outputs\":[{\"internalType\":\"bytes32\",\"name\":\"\",\"type\":\"bytes32\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[],\"name\":\"system\",\"outputs\":[{\"internalType\":\"bytes32\",\"name\":\"\",\"type\":\"bytes32\"}],\"stateMutability\":\"pure\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"bytes32\",\"name\":\"model\",\"type\":\"bytes32\"},{\"internalType\":\"bytes32\",\"name\":\"modelDigest\",\"type\":\"bytes32\"},{\"internalType\":\"bytes32\",\"name\":\"context\",\"type\":\"bytes32\"},{\"internalType\":\"bytes\",\"name\":\"key\",\"type\":\"bytes\"},{\"internalType\":\"bytes\",\"name\":\"input\",\"type\":\"bytes\"},{\"internalType\":\"bytes\",\"name\":\"output\",\"type\":\"bytes\"},{\"internalType\":\"bytes32[]\",\"name\":\"commitments\",\"type\":\"bytes32[]\"},{\"internalType\":\"bytes\",\"name\":\"proof\",\"type\":\"bytes\"}],\"name\":\"verifyInference\",\"outputs\":[],\"stateMutability\":\"view\",\"type\":\"function\"}]",
	ID:  "SumcheckPlonkInferenceVerifier",
}

// SumcheckPlonkInferenceVerifier is an auto generated Go binding around an Ethereum contract.
type SumcheckPlonkInferenceVerifier struct {
	abi abi.ABI
}

// GetABI returns the ABI associated with this contract binding.
func (c *SumcheckPlonkInferenceVerifier) GetABI() abi.ABI {
	return c.abi
}

// NewSumcheckPlonkInferenceVerifier creates a new instance of SumcheckPlonkInferenceVerifier.
func NewSumcheckPlonkInferenceVerifier() *SumcheckPlonkInferenceVerifier {
	parsed, err := SumcheckPlonkInferenceVerifierMetaData.ParseABI()
	if err != nil {
		panic(errors.New("invalid ABI: " + err.Error()))
	}
	return &SumcheckPlonkInferenceVerifier{abi: *parsed}
}

// Instance creates a wrapper for a deployed contract instance at the given address.
// Use this to create the instance object passed to abigen v2 library functions Call, Transact, etc.
func (c *SumcheckPlonkInferenceVerifier) Instance(backend bind.ContractBackend, addr common.Address) *bind.BoundContract {
	return bind.NewBoundContract(addr, c.abi, backend, backend, backend)
}

// PackModelId is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xb3c3485d.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function modelId(bytes32 modelDigest, bytes key) view returns(bytes32)
func (sumcheckPlonkInferenceVerifier *SumcheckPlonkInferenceVerifier) PackModelId(modelDigest [32]byte, key []byte) []byte {
	enc, err := sumcheckPlonkInferenceVerifier.abi.Pack("modelId", modelDigest, key)
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
func (sumcheckPlonkInferenceVerifier *SumcheckPlonkInferenceVerifier) TryPackModelId(modelDigest [32]byte, key []byte) ([]byte, error) {
	return sumcheckPlonkInferenceVerifier.abi.Pack("modelId", modelDigest, key)
}

// UnpackModelId is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0xb3c3485d.
//
// Solidity: function modelId(bytes32 modelDigest, bytes key) view returns(bytes32)
func (sumcheckPlonkInferenceVerifier *SumcheckPlonkInferenceVerifier) UnpackModelId(data []byte) ([32]byte, error) {
	out, err := sumcheckPlonkInferenceVerifier.abi.Unpack("modelId", data)
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
func (sumcheckPlonkInferenceVerifier *SumcheckPlonkInferenceVerifier) PackSystem() []byte {
	enc, err := sumcheckPlonkInferenceVerifier.abi.Pack("system")
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
func (sumcheckPlonkInferenceVerifier *SumcheckPlonkInferenceVerifier) TryPackSystem() ([]byte, error) {
	return sumcheckPlonkInferenceVerifier.abi.Pack("system")
}

// UnpackSystem is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x95bf75fd.
//
// Solidity: function system() pure returns(bytes32)
func (sumcheckPlonkInferenceVerifier *SumcheckPlonkInferenceVerifier) UnpackSystem(data []byte) ([32]byte, error) {
	out, err := sumcheckPlonkInferenceVerifier.abi.Unpack("system", data)
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
func (sumcheckPlonkInferenceVerifier *SumcheckPlonkInferenceVerifier) PackVerifyInference(model [32]byte, modelDigest [32]byte, context [32]byte, key []byte, input []byte, output []byte, commitments [][32]byte, proof []byte) []byte {
	enc, err := sumcheckPlonkInferenceVerifier.abi.Pack("verifyInference", model, modelDigest, context, key, input, output, commitments, proof)
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
func (sumcheckPlonkInferenceVerifier *SumcheckPlonkInferenceVerifier) TryPackVerifyInference(model [32]byte, modelDigest [32]byte, context [32]byte, key []byte, input []byte, output []byte, commitments [][32]byte, proof []byte) ([]byte, error) {
	return sumcheckPlonkInferenceVerifier.abi.Pack("verifyInference", model, modelDigest, context, key, input, output, commitments, proof)
}

// UnpackError attempts to decode the provided error data using user-defined
// error definitions.
func (sumcheckPlonkInferenceVerifier *SumcheckPlonkInferenceVerifier) UnpackError(raw []byte) (any, error) {
	if bytes.Equal(raw[:4], sumcheckPlonkInferenceVerifier.abi.Errors["ChallengeDegenerate"].ID.Bytes()[:4]) {
		return sumcheckPlonkInferenceVerifier.UnpackChallengeDegenerateError(raw[4:])
	}
	if bytes.Equal(raw[:4], sumcheckPlonkInferenceVerifier.abi.Errors["ChallengeInDomain"].ID.Bytes()[:4]) {
		return sumcheckPlonkInferenceVerifier.UnpackChallengeInDomainError(raw[4:])
	}
	if bytes.Equal(raw[:4], sumcheckPlonkInferenceVerifier.abi.Errors["ChallengeNotInField"].ID.Bytes()[:4]) {
		return sumcheckPlonkInferenceVerifier.UnpackChallengeNotInFieldError(raw[4:])
	}
	if bytes.Equal(raw[:4], sumcheckPlonkInferenceVerifier.abi.Errors["CommitmentInvalid"].ID.Bytes()[:4]) {
		return sumcheckPlonkInferenceVerifier.UnpackCommitmentInvalidError(raw[4:])
	}
	if bytes.Equal(raw[:4], sumcheckPlonkInferenceVerifier.abi.Errors["CommitmentNotInField"].ID.Bytes()[:4]) {
		return sumcheckPlonkInferenceVerifier.UnpackCommitmentNotInFieldError(raw[4:])
	}
	if bytes.Equal(raw[:4], sumcheckPlonkInferenceVerifier.abi.Errors["KeyLengthInvalid"].ID.Bytes()[:4]) {
		return sumcheckPlonkInferenceVerifier.UnpackKeyLengthInvalidError(raw[4:])
	}
	if bytes.Equal(raw[:4], sumcheckPlonkInferenceVerifier.abi.Errors["KeyParametersInvalid"].ID.Bytes()[:4]) {
		return sumcheckPlonkInferenceVerifier.UnpackKeyParametersInvalidError(raw[4:])
	}
	if bytes.Equal(raw[:4], sumcheckPlonkInferenceVerifier.abi.Errors["ModelMismatch"].ID.Bytes()[:4]) {
		return sumcheckPlonkInferenceVerifier.UnpackModelMismatchError(raw[4:])
	}
	if bytes.Equal(raw[:4], sumcheckPlonkInferenceVerifier.abi.Errors["OpeningNotInField"].ID.Bytes()[:4]) {
		return sumcheckPlonkInferenceVerifier.UnpackOpeningNotInFieldError(raw[4:])
	}
	if bytes.Equal(raw[:4], sumcheckPlonkInferenceVerifier.abi.Errors["PointInvalid"].ID.Bytes()[:4]) {
		return sumcheckPlonkInferenceVerifier.UnpackPointInvalidError(raw[4:])
	}
	if bytes.Equal(raw[:4], sumcheckPlonkInferenceVerifier.abi.Errors["PrecompileFailed"].ID.Bytes()[:4]) {
		return sumcheckPlonkInferenceVerifier.UnpackPrecompileFailedError(raw[4:])
	}
	if bytes.Equal(raw[:4], sumcheckPlonkInferenceVerifier.abi.Errors["ProofInvalid"].ID.Bytes()[:4]) {
		return sumcheckPlonkInferenceVerifier.UnpackProofInvalidError(raw[4:])
	}
	if bytes.Equal(raw[:4], sumcheckPlonkInferenceVerifier.abi.Errors["ProofLengthInvalid"].ID.Bytes()[:4]) {
		return sumcheckPlonkInferenceVerifier.UnpackProofLengthInvalidError(raw[4:])
	}
	if bytes.Equal(raw[:4], sumcheckPlonkInferenceVerifier.abi.Errors["ScalarNotInField"].ID.Bytes()[:4]) {
		return sumcheckPlonkInferenceVerifier.UnpackScalarNotInFieldError(raw[4:])
	}
	if bytes.Equal(raw[:4], sumcheckPlonkInferenceVerifier.abi.Errors["ValuesInvalid"].ID.Bytes()[:4]) {
		return sumcheckPlonkInferenceVerifier.UnpackValuesInvalidError(raw[4:])
	}
	return nil, errors.New("unknown error")
}

// SumcheckPlonkInferenceVerifierChallengeDegenerate represents a ChallengeDegenerate error raised by the SumcheckPlonkInferenceVerifier contract.
type SumcheckPlonkInferenceVerifierChallengeDegenerate struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error ChallengeDegenerate()
func SumcheckPlonkInferenceVerifierChallengeDegenerateErrorID() common.Hash {
	return common.HexToHash("0xe7ab020e868fcb6a36a70f223888a158f8b2bd9f19d833f051bac4d29bf4ada7")
}

// UnpackChallengeDegenerateError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error ChallengeDegenerate()
func (sumcheckPlonkInferenceVerifier *SumcheckPlonkInferenceVerifier) UnpackChallengeDegenerateError(raw []byte) (*SumcheckPlonkInferenceVerifierChallengeDegenerate, error) {
	out := new(SumcheckPlonkInferenceVerifierChallengeDegenerate)
	if err := sumcheckPlonkInferenceVerifier.abi.UnpackIntoInterface(out, "ChallengeDegenerate", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// SumcheckPlonkInferenceVerifierChallengeInDomain represents a ChallengeInDomain error raised by the SumcheckPlonkInferenceVerifier contract.
type SumcheckPlonkInferenceVerifierChallengeInDomain struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error ChallengeInDomain()
func SumcheckPlonkInferenceVerifierChallengeInDomainErrorID() common.Hash {
	return common.HexToHash("0xa7da0ef3c84b69849aab91a8595fa749b4ad9ae48156dd5f046dd7ec5d3a4dd0")
}

// UnpackChallengeInDomainError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error ChallengeInDomain()
func (sumcheckPlonkInferenceVerifier *SumcheckPlonkInferenceVerifier) UnpackChallengeInDomainError(raw []byte) (*SumcheckPlonkInferenceVerifierChallengeInDomain, error) {
	out := new(SumcheckPlonkInferenceVerifierChallengeInDomain)
	if err := sumcheckPlonkInferenceVerifier.abi.UnpackIntoInterface(out, "ChallengeInDomain", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// SumcheckPlonkInferenceVerifierChallengeNotInField represents a ChallengeNotInField error raised by the SumcheckPlonkInferenceVerifier contract.
type SumcheckPlonkInferenceVerifierChallengeNotInField struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error ChallengeNotInField()
func SumcheckPlonkInferenceVerifierChallengeNotInFieldErrorID() common.Hash {
	return common.HexToHash("0xee95bc1d9d0df520f68626da97c579e1b8b8417d238b2b1e86656438daad0f70")
}

// UnpackChallengeNotInFieldError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error ChallengeNotInField()
func (sumcheckPlonkInferenceVerifier *SumcheckPlonkInferenceVerifier) UnpackChallengeNotInFieldError(raw []byte) (*SumcheckPlonkInferenceVerifierChallengeNotInField, error) {
	out := new(SumcheckPlonkInferenceVerifierChallengeNotInField)
	if err := sumcheckPlonkInferenceVerifier.abi.UnpackIntoInterface(out, "ChallengeNotInField", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// SumcheckPlonkInferenceVerifierCommitmentInvalid represents a CommitmentInvalid error raised by the SumcheckPlonkInferenceVerifier contract.
type SumcheckPlonkInferenceVerifierCommitmentInvalid struct {
	Index *big.Int
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error CommitmentInvalid(uint256 index)
func SumcheckPlonkInferenceVerifierCommitmentInvalidErrorID() common.Hash {
	return common.HexToHash("0xb5c5d17cb3beb7cacb9dcb10e5f720ddc7c300731bf71f2986b49fd8390c4b60")
}

// UnpackCommitmentInvalidError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error CommitmentInvalid(uint256 index)
func (sumcheckPlonkInferenceVerifier *SumcheckPlonkInferenceVerifier) UnpackCommitmentInvalidError(raw []byte) (*SumcheckPlonkInferenceVerifierCommitmentInvalid, error) {
	out := new(SumcheckPlonkInferenceVerifierCommitmentInvalid)
	if err := sumcheckPlonkInferenceVerifier.abi.UnpackIntoInterface(out, "CommitmentInvalid", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// SumcheckPlonkInferenceVerifierCommitmentNotInField represents a CommitmentNotInField error raised by the SumcheckPlonkInferenceVerifier contract.
type SumcheckPlonkInferenceVerifierCommitmentNotInField struct {
	Index *big.Int
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error CommitmentNotInField(uint256 index)
func SumcheckPlonkInferenceVerifierCommitmentNotInFieldErrorID() common.Hash {
	return common.HexToHash("0x15805a46cdc01946c97db7bceb6e462b0a981f77da40f2e561a19f8dbf5b521b")
}

// UnpackCommitmentNotInFieldError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error CommitmentNotInField(uint256 index)
func (sumcheckPlonkInferenceVerifier *SumcheckPlonkInferenceVerifier) UnpackCommitmentNotInFieldError(raw []byte) (*SumcheckPlonkInferenceVerifierCommitmentNotInField, error) {
	out := new(SumcheckPlonkInferenceVerifierCommitmentNotInField)
	if err := sumcheckPlonkInferenceVerifier.abi.UnpackIntoInterface(out, "CommitmentNotInField", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// SumcheckPlonkInferenceVerifierKeyLengthInvalid represents a KeyLengthInvalid error raised by the SumcheckPlonkInferenceVerifier contract.
type SumcheckPlonkInferenceVerifierKeyLengthInvalid struct {
	Length *big.Int
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error KeyLengthInvalid(uint256 length)
func SumcheckPlonkInferenceVerifierKeyLengthInvalidErrorID() common.Hash {
	return common.HexToHash("0x14b798f427ea6e62216ed38f964b327d56cc74920b3d63c090b0276311e9b577")
}

// UnpackKeyLengthInvalidError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error KeyLengthInvalid(uint256 length)
func (sumcheckPlonkInferenceVerifier *SumcheckPlonkInferenceVerifier) UnpackKeyLengthInvalidError(raw []byte) (*SumcheckPlonkInferenceVerifierKeyLengthInvalid, error) {
	out := new(SumcheckPlonkInferenceVerifierKeyLengthInvalid)
	if err := sumcheckPlonkInferenceVerifier.abi.UnpackIntoInterface(out, "KeyLengthInvalid", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// SumcheckPlonkInferenceVerifierKeyParametersInvalid represents a KeyParametersInvalid error raised by the SumcheckPlonkInferenceVerifier contract.
type SumcheckPlonkInferenceVerifierKeyParametersInvalid struct {
	Parameters *big.Int
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error KeyParametersInvalid(uint256 parameters)
func SumcheckPlonkInferenceVerifierKeyParametersInvalidErrorID() common.Hash {
	return common.HexToHash("0xf5af696a792585ebbf92c3059035dee3a557b38fe58c652e7152a6cbd172a5ed")
}

// UnpackKeyParametersInvalidError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error KeyParametersInvalid(uint256 parameters)
func (sumcheckPlonkInferenceVerifier *SumcheckPlonkInferenceVerifier) UnpackKeyParametersInvalidError(raw []byte) (*SumcheckPlonkInferenceVerifierKeyParametersInvalid, error) {
	out := new(SumcheckPlonkInferenceVerifierKeyParametersInvalid)
	if err := sumcheckPlonkInferenceVerifier.abi.UnpackIntoInterface(out, "KeyParametersInvalid", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// SumcheckPlonkInferenceVerifierModelMismatch represents a ModelMismatch error raised by the SumcheckPlonkInferenceVerifier contract.
type SumcheckPlonkInferenceVerifierModelMismatch struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error ModelMismatch()
func SumcheckPlonkInferenceVerifierModelMismatchErrorID() common.Hash {
	return common.HexToHash("0xa407e5f77626ff2ed1b0b6af5fe7d2389131af06a0a39a122aa9194aaee6a086")
}

// UnpackModelMismatchError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error ModelMismatch()
func (sumcheckPlonkInferenceVerifier *SumcheckPlonkInferenceVerifier) UnpackModelMismatchError(raw []byte) (*SumcheckPlonkInferenceVerifierModelMismatch, error) {
	out := new(SumcheckPlonkInferenceVerifierModelMismatch)
	if err := sumcheckPlonkInferenceVerifier.abi.UnpackIntoInterface(out, "ModelMismatch", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// SumcheckPlonkInferenceVerifierOpeningNotInField represents a OpeningNotInField error raised by the SumcheckPlonkInferenceVerifier contract.
type SumcheckPlonkInferenceVerifierOpeningNotInField struct {
	Position *big.Int
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error OpeningNotInField(uint256 position)
func SumcheckPlonkInferenceVerifierOpeningNotInFieldErrorID() common.Hash {
	return common.HexToHash("0xa18918e0a6e870b3be4a78c92191714b9ba098c879c0a3d24710fa012946917c")
}

// UnpackOpeningNotInFieldError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error OpeningNotInField(uint256 position)
func (sumcheckPlonkInferenceVerifier *SumcheckPlonkInferenceVerifier) UnpackOpeningNotInFieldError(raw []byte) (*SumcheckPlonkInferenceVerifierOpeningNotInField, error) {
	out := new(SumcheckPlonkInferenceVerifierOpeningNotInField)
	if err := sumcheckPlonkInferenceVerifier.abi.UnpackIntoInterface(out, "OpeningNotInField", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// SumcheckPlonkInferenceVerifierPointInvalid represents a PointInvalid error raised by the SumcheckPlonkInferenceVerifier contract.
type SumcheckPlonkInferenceVerifierPointInvalid struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error PointInvalid()
func SumcheckPlonkInferenceVerifierPointInvalidErrorID() common.Hash {
	return common.HexToHash("0x9052a04e0d07545afb8720f19a43189eb5b864417c232937b69c41f9dc59dd91")
}

// UnpackPointInvalidError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error PointInvalid()
func (sumcheckPlonkInferenceVerifier *SumcheckPlonkInferenceVerifier) UnpackPointInvalidError(raw []byte) (*SumcheckPlonkInferenceVerifierPointInvalid, error) {
	out := new(SumcheckPlonkInferenceVerifierPointInvalid)
	if err := sumcheckPlonkInferenceVerifier.abi.UnpackIntoInterface(out, "PointInvalid", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// SumcheckPlonkInferenceVerifierPrecompileFailed represents a PrecompileFailed error raised by the SumcheckPlonkInferenceVerifier contract.
type SumcheckPlonkInferenceVerifierPrecompileFailed struct {
	Precompile *big.Int
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error PrecompileFailed(uint256 precompile)
func SumcheckPlonkInferenceVerifierPrecompileFailedErrorID() common.Hash {
	return common.HexToHash("0x00a48593f9c209d4d7e3b1ee4f754577225379f193a95f3a1400534a74238e14")
}

// UnpackPrecompileFailedError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error PrecompileFailed(uint256 precompile)
func (sumcheckPlonkInferenceVerifier *SumcheckPlonkInferenceVerifier) UnpackPrecompileFailedError(raw []byte) (*SumcheckPlonkInferenceVerifierPrecompileFailed, error) {
	out := new(SumcheckPlonkInferenceVerifierPrecompileFailed)
	if err := sumcheckPlonkInferenceVerifier.abi.UnpackIntoInterface(out, "PrecompileFailed", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// SumcheckPlonkInferenceVerifierProofInvalid represents a ProofInvalid error raised by the SumcheckPlonkInferenceVerifier contract.
type SumcheckPlonkInferenceVerifierProofInvalid struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error ProofInvalid()
func SumcheckPlonkInferenceVerifierProofInvalidErrorID() common.Hash {
	return common.HexToHash("0x7fcdd1f433fad06e243ebb12f415f49dc48f357e41b96f61f504279fe6bb2ac6")
}

// UnpackProofInvalidError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error ProofInvalid()
func (sumcheckPlonkInferenceVerifier *SumcheckPlonkInferenceVerifier) UnpackProofInvalidError(raw []byte) (*SumcheckPlonkInferenceVerifierProofInvalid, error) {
	out := new(SumcheckPlonkInferenceVerifierProofInvalid)
	if err := sumcheckPlonkInferenceVerifier.abi.UnpackIntoInterface(out, "ProofInvalid", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// SumcheckPlonkInferenceVerifierProofLengthInvalid represents a ProofLengthInvalid error raised by the SumcheckPlonkInferenceVerifier contract.
type SumcheckPlonkInferenceVerifierProofLengthInvalid struct {
	Expected *big.Int
	Length   *big.Int
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error ProofLengthInvalid(uint256 expected, uint256 length)
func SumcheckPlonkInferenceVerifierProofLengthInvalidErrorID() common.Hash {
	return common.HexToHash("0x5982d806f2dc9296c1250596bffb3247f5d8926fbfe9fe2a2b439996af5e292e")
}

// UnpackProofLengthInvalidError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error ProofLengthInvalid(uint256 expected, uint256 length)
func (sumcheckPlonkInferenceVerifier *SumcheckPlonkInferenceVerifier) UnpackProofLengthInvalidError(raw []byte) (*SumcheckPlonkInferenceVerifierProofLengthInvalid, error) {
	out := new(SumcheckPlonkInferenceVerifierProofLengthInvalid)
	if err := sumcheckPlonkInferenceVerifier.abi.UnpackIntoInterface(out, "ProofLengthInvalid", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// SumcheckPlonkInferenceVerifierScalarNotInField represents a ScalarNotInField error raised by the SumcheckPlonkInferenceVerifier contract.
type SumcheckPlonkInferenceVerifierScalarNotInField struct {
	Position *big.Int
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error ScalarNotInField(uint256 position)
func SumcheckPlonkInferenceVerifierScalarNotInFieldErrorID() common.Hash {
	return common.HexToHash("0x5dff5c65caafca348f20670e44a70da1c03a31bcc83ef9e64de87240d691d63f")
}

// UnpackScalarNotInFieldError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error ScalarNotInField(uint256 position)
func (sumcheckPlonkInferenceVerifier *SumcheckPlonkInferenceVerifier) UnpackScalarNotInFieldError(raw []byte) (*SumcheckPlonkInferenceVerifierScalarNotInField, error) {
	out := new(SumcheckPlonkInferenceVerifierScalarNotInField)
	if err := sumcheckPlonkInferenceVerifier.abi.UnpackIntoInterface(out, "ScalarNotInField", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// SumcheckPlonkInferenceVerifierValuesInvalid represents a ValuesInvalid error raised by the SumcheckPlonkInferenceVerifier contract.
type SumcheckPlonkInferenceVerifierValuesInvalid struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error ValuesInvalid()
func SumcheckPlonkInferenceVerifierValuesInvalidErrorID() common.Hash {
	return common.HexToHash("0xa57c56dbd0a25345b93d5734aef04c0e2b7f1c33bb5a0247a7ba569c65f97226")
}

// UnpackValuesInvalidError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error ValuesInvalid()
func (sumcheckPlonkInferenceVerifier *SumcheckPlonkInferenceVerifier) UnpackValuesInvalidError(raw []byte) (*SumcheckPlonkInferenceVerifierValuesInvalid, error) {
	out := new(SumcheckPlonkInferenceVerifierValuesInvalid)
	if err := sumcheckPlonkInferenceVerifier.abi.UnpackIntoInterface(out, "ValuesInvalid", raw); err != nil {
		return nil, err
	}
	return out, nil
}
