// SPDX-License-Identifier: Apache-2.0

// Code generated via abigen V2 - DO NOT EDIT.
// This file is a generated binding and any manual changes will be lost.

// Package sumcheckinferenceverifier packs calls of SumcheckInferenceVerifier and unpacks its results, events and errors.
package sumcheckinferenceverifier

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

// SumcheckInferenceVerifierMetaData contains all meta data concerning the SumcheckInferenceVerifier contract.
var SumcheckInferenceVerifierMetaData = bind.MetaData{
	ABI: "[{\"inputs\":[],\"name\":\"ChallengeDegenerate\",\"type\":\"error\"},{\"inputs\":[],\"name\":\"ChallengeNotInField\",\"type\":\"error\"},{\"inputs\":[{\"internalType\":\"uint256\",\"name\":\"index\",\"type\":\"uint256\"}],\"name\":\"CommitmentInvalid\",\"type\":\"error\"},{\"inputs\":[{\"internalType\":\"uint256\",\"name\":\"index\",\"type\":\"uint256\"}],\"name\":\"CommitmentNotInField\",\"type\":\"error\"},{\"inputs\":[{\"internalType\":\"uint256\",\"name\":\"length\",\"type\":\"uint256\"}],\"name\":\"KeyLengthInvalid\",\"type\":\"error\"},{\"inputs\":[{\"internalType\":\"uint256\",\"name\":\"parameters\",\"type\":\"uint256\"}],\"name\":\"KeyParametersInvalid\",\"type\":\"error\"},{\"inputs\":[],\"name\":\"ModelMismatch\",\"type\":\"error\"},{\"inputs\":[],\"name\":\"PointInvalid\",\"type\":\"error\"},{\"inputs\":[],\"name\":\"ProofInvalid\",\"type\":\"error\"},{\"inputs\":[{\"internalType\":\"uint256\",\"name\":\"expected\",\"type\":\"uint256\"},{\"internalType\":\"uint256\",\"name\":\"length\",\"type\":\"uint256\"}],\"name\":\"ProofLengthInvalid\",\"type\":\"error\"},{\"inputs\":[{\"internalType\":\"uint256\",\"name\":\"position\",\"type\":\"uint256\"}],\"name\":\"ScalarNotInField\",\"type\":\"error\"},{\"inputs\":[],\"name\":\"ValuesInvalid\",\"type\":\"error\"},{\"inputs\":[{\"internalType\":\"bytes32\",\"name\":\"modelDigest\",\"type\":\"bytes32\"},{\"internalType\":\"bytes\",\"name\":\"key\",\"type\":\"bytes\"}],\"name\":\"modelId\",\"outputs\":[{\"internalType\":\"bytes32\",\"name\":\"\",\"type\":\"bytes32\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[],\"name\":\"system\",\"outputs\":[{\"internalType\":\"bytes32\",\"name\":\"\",\"type\":\"bytes32\"}],\"stateMutability\":\"pure\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"bytes32\",\"name\":\"model\",\"type\":\"bytes32\"},{\"internalType\":\"bytes32\",\"name\":\"modelDigest\",\"type\":\"bytes32\"},{\"internalType\":\"bytes32\",\"name\":\"context\",\"type\":\"bytes32\"},{\"internalType\":\"bytes\",\"name\":\"key\",\"type\":\"bytes\"},{\"internalType\":\"bytes\",\"name\":\"input\",\"type\":\"bytes\"},{\"internalType\":\"bytes\",\"name\":\"output\",\"type\":\"bytes\"},{\"internalType\":\"bytes32[]\",\"name\":\"commitments\",\"type\":\"bytes32[]\"},{\"internalType\":\"bytes\",\"name\":\"proof\",\"type\":\"bytes\"}],\"name\":\"verifyInference\",\"outputs\":[],\"stateMutability\":\"view\",\"type\":\"function\"}]",
	ID:  "SumcheckInferenceVerifier",
}

// SumcheckInferenceVerifier is an auto generated Go binding around an Ethereum contract.
type SumcheckInferenceVerifier struct {
	abi abi.ABI
}

// GetABI returns the ABI associated with this contract binding.
func (c *SumcheckInferenceVerifier) GetABI() abi.ABI {
	return c.abi
}

// NewSumcheckInferenceVerifier creates a new instance of SumcheckInferenceVerifier.
func NewSumcheckInferenceVerifier() *SumcheckInferenceVerifier {
	parsed, err := SumcheckInferenceVerifierMetaData.ParseABI()
	if err != nil {
		panic(errors.New("invalid ABI: " + err.Error()))
	}
	return &SumcheckInferenceVerifier{abi: *parsed}
}

// Instance creates a wrapper for a deployed contract instance at the given address.
// Use this to create the instance object passed to abigen v2 library functions Call, Transact, etc.
func (c *SumcheckInferenceVerifier) Instance(backend bind.ContractBackend, addr common.Address) *bind.BoundContract {
	return bind.NewBoundContract(addr, c.abi, backend, backend, backend)
}

// PackModelId is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xb3c3485d.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function modelId(bytes32 modelDigest, bytes key) view returns(bytes32)
func (sumcheckInferenceVerifier *SumcheckInferenceVerifier) PackModelId(modelDigest [32]byte, key []byte) []byte {
	enc, err := sumcheckInferenceVerifier.abi.Pack("modelId", modelDigest, key)
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
func (sumcheckInferenceVerifier *SumcheckInferenceVerifier) TryPackModelId(modelDigest [32]byte, key []byte) ([]byte, error) {
	return sumcheckInferenceVerifier.abi.Pack("modelId", modelDigest, key)
}

// UnpackModelId is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0xb3c3485d.
//
// Solidity: function modelId(bytes32 modelDigest, bytes key) view returns(bytes32)
func (sumcheckInferenceVerifier *SumcheckInferenceVerifier) UnpackModelId(data []byte) ([32]byte, error) {
	out, err := sumcheckInferenceVerifier.abi.Unpack("modelId", data)
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
func (sumcheckInferenceVerifier *SumcheckInferenceVerifier) PackSystem() []byte {
	enc, err := sumcheckInferenceVerifier.abi.Pack("system")
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
func (sumcheckInferenceVerifier *SumcheckInferenceVerifier) TryPackSystem() ([]byte, error) {
	return sumcheckInferenceVerifier.abi.Pack("system")
}

// UnpackSystem is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x95bf75fd.
//
// Solidity: function system() pure returns(bytes32)
func (sumcheckInferenceVerifier *SumcheckInferenceVerifier) UnpackSystem(data []byte) ([32]byte, error) {
	out, err := sumcheckInferenceVerifier.abi.Unpack("system", data)
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
func (sumcheckInferenceVerifier *SumcheckInferenceVerifier) PackVerifyInference(model [32]byte, modelDigest [32]byte, context [32]byte, key []byte, input []byte, output []byte, commitments [][32]byte, proof []byte) []byte {
	enc, err := sumcheckInferenceVerifier.abi.Pack("verifyInference", model, modelDigest, context, key, input, output, commitments, proof)
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
func (sumcheckInferenceVerifier *SumcheckInferenceVerifier) TryPackVerifyInference(model [32]byte, modelDigest [32]byte, context [32]byte, key []byte, input []byte, output []byte, commitments [][32]byte, proof []byte) ([]byte, error) {
	return sumcheckInferenceVerifier.abi.Pack("verifyInference", model, modelDigest, context, key, input, output, commitments, proof)
}

// UnpackError attempts to decode the provided error data using user-defined
// error definitions.
func (sumcheckInferenceVerifier *SumcheckInferenceVerifier) UnpackError(raw []byte) (any, error) {
	if bytes.Equal(raw[:4], sumcheckInferenceVerifier.abi.Errors["ChallengeDegenerate"].ID.Bytes()[:4]) {
		return sumcheckInferenceVerifier.UnpackChallengeDegenerateError(raw[4:])
	}
	if bytes.Equal(raw[:4], sumcheckInferenceVerifier.abi.Errors["ChallengeNotInField"].ID.Bytes()[:4]) {
		return sumcheckInferenceVerifier.UnpackChallengeNotInFieldError(raw[4:])
	}
	if bytes.Equal(raw[:4], sumcheckInferenceVerifier.abi.Errors["CommitmentInvalid"].ID.Bytes()[:4]) {
		return sumcheckInferenceVerifier.UnpackCommitmentInvalidError(raw[4:])
	}
	if bytes.Equal(raw[:4], sumcheckInferenceVerifier.abi.Errors["CommitmentNotInField"].ID.Bytes()[:4]) {
		return sumcheckInferenceVerifier.UnpackCommitmentNotInFieldError(raw[4:])
	}
	if bytes.Equal(raw[:4], sumcheckInferenceVerifier.abi.Errors["KeyLengthInvalid"].ID.Bytes()[:4]) {
		return sumcheckInferenceVerifier.UnpackKeyLengthInvalidError(raw[4:])
	}
	if bytes.Equal(raw[:4], sumcheckInferenceVerifier.abi.Errors["KeyParametersInvalid"].ID.Bytes()[:4]) {
		return sumcheckInferenceVerifier.UnpackKeyParametersInvalidError(raw[4:])
	}
	if bytes.Equal(raw[:4], sumcheckInferenceVerifier.abi.Errors["ModelMismatch"].ID.Bytes()[:4]) {
		return sumcheckInferenceVerifier.UnpackModelMismatchError(raw[4:])
	}
	if bytes.Equal(raw[:4], sumcheckInferenceVerifier.abi.Errors["PointInvalid"].ID.Bytes()[:4]) {
		return sumcheckInferenceVerifier.UnpackPointInvalidError(raw[4:])
	}
	if bytes.Equal(raw[:4], sumcheckInferenceVerifier.abi.Errors["ProofInvalid"].ID.Bytes()[:4]) {
		return sumcheckInferenceVerifier.UnpackProofInvalidError(raw[4:])
	}
	if bytes.Equal(raw[:4], sumcheckInferenceVerifier.abi.Errors["ProofLengthInvalid"].ID.Bytes()[:4]) {
		return sumcheckInferenceVerifier.UnpackProofLengthInvalidError(raw[4:])
	}
	if bytes.Equal(raw[:4], sumcheckInferenceVerifier.abi.Errors["ScalarNotInField"].ID.Bytes()[:4]) {
		return sumcheckInferenceVerifier.UnpackScalarNotInFieldError(raw[4:])
	}
	if bytes.Equal(raw[:4], sumcheckInferenceVerifier.abi.Errors["ValuesInvalid"].ID.Bytes()[:4]) {
		return sumcheckInferenceVerifier.UnpackValuesInvalidError(raw[4:])
	}
	return nil, errors.New("Unknown error")
}

// SumcheckInferenceVerifierChallengeDegenerate represents a ChallengeDegenerate error raised by the SumcheckInferenceVerifier contract.
type SumcheckInferenceVerifierChallengeDegenerate struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error ChallengeDegenerate()
func SumcheckInferenceVerifierChallengeDegenerateErrorID() common.Hash {
	return common.HexToHash("0xe7ab020e868fcb6a36a70f223888a158f8b2bd9f19d833f051bac4d29bf4ada7")
}

// UnpackChallengeDegenerateError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error ChallengeDegenerate()
func (sumcheckInferenceVerifier *SumcheckInferenceVerifier) UnpackChallengeDegenerateError(raw []byte) (*SumcheckInferenceVerifierChallengeDegenerate, error) {
	out := new(SumcheckInferenceVerifierChallengeDegenerate)
	if err := sumcheckInferenceVerifier.abi.UnpackIntoInterface(out, "ChallengeDegenerate", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// SumcheckInferenceVerifierChallengeNotInField represents a ChallengeNotInField error raised by the SumcheckInferenceVerifier contract.
type SumcheckInferenceVerifierChallengeNotInField struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error ChallengeNotInField()
func SumcheckInferenceVerifierChallengeNotInFieldErrorID() common.Hash {
	return common.HexToHash("0xee95bc1d9d0df520f68626da97c579e1b8b8417d238b2b1e86656438daad0f70")
}

// UnpackChallengeNotInFieldError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error ChallengeNotInField()
func (sumcheckInferenceVerifier *SumcheckInferenceVerifier) UnpackChallengeNotInFieldError(raw []byte) (*SumcheckInferenceVerifierChallengeNotInField, error) {
	out := new(SumcheckInferenceVerifierChallengeNotInField)
	if err := sumcheckInferenceVerifier.abi.UnpackIntoInterface(out, "ChallengeNotInField", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// SumcheckInferenceVerifierCommitmentInvalid represents a CommitmentInvalid error raised by the SumcheckInferenceVerifier contract.
type SumcheckInferenceVerifierCommitmentInvalid struct {
	Index *big.Int
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error CommitmentInvalid(uint256 index)
func SumcheckInferenceVerifierCommitmentInvalidErrorID() common.Hash {
	return common.HexToHash("0xb5c5d17cb3beb7cacb9dcb10e5f720ddc7c300731bf71f2986b49fd8390c4b60")
}

// UnpackCommitmentInvalidError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error CommitmentInvalid(uint256 index)
func (sumcheckInferenceVerifier *SumcheckInferenceVerifier) UnpackCommitmentInvalidError(raw []byte) (*SumcheckInferenceVerifierCommitmentInvalid, error) {
	out := new(SumcheckInferenceVerifierCommitmentInvalid)
	if err := sumcheckInferenceVerifier.abi.UnpackIntoInterface(out, "CommitmentInvalid", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// SumcheckInferenceVerifierCommitmentNotInField represents a CommitmentNotInField error raised by the SumcheckInferenceVerifier contract.
type SumcheckInferenceVerifierCommitmentNotInField struct {
	Index *big.Int
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error CommitmentNotInField(uint256 index)
func SumcheckInferenceVerifierCommitmentNotInFieldErrorID() common.Hash {
	return common.HexToHash("0x15805a46cdc01946c97db7bceb6e462b0a981f77da40f2e561a19f8dbf5b521b")
}

// UnpackCommitmentNotInFieldError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error CommitmentNotInField(uint256 index)
func (sumcheckInferenceVerifier *SumcheckInferenceVerifier) UnpackCommitmentNotInFieldError(raw []byte) (*SumcheckInferenceVerifierCommitmentNotInField, error) {
	out := new(SumcheckInferenceVerifierCommitmentNotInField)
	if err := sumcheckInferenceVerifier.abi.UnpackIntoInterface(out, "CommitmentNotInField", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// SumcheckInferenceVerifierKeyLengthInvalid represents a KeyLengthInvalid error raised by the SumcheckInferenceVerifier contract.
type SumcheckInferenceVerifierKeyLengthInvalid struct {
	Length *big.Int
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error KeyLengthInvalid(uint256 length)
func SumcheckInferenceVerifierKeyLengthInvalidErrorID() common.Hash {
	return common.HexToHash("0x14b798f427ea6e62216ed38f964b327d56cc74920b3d63c090b0276311e9b577")
}

// UnpackKeyLengthInvalidError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error KeyLengthInvalid(uint256 length)
func (sumcheckInferenceVerifier *SumcheckInferenceVerifier) UnpackKeyLengthInvalidError(raw []byte) (*SumcheckInferenceVerifierKeyLengthInvalid, error) {
	out := new(SumcheckInferenceVerifierKeyLengthInvalid)
	if err := sumcheckInferenceVerifier.abi.UnpackIntoInterface(out, "KeyLengthInvalid", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// SumcheckInferenceVerifierKeyParametersInvalid represents a KeyParametersInvalid error raised by the SumcheckInferenceVerifier contract.
type SumcheckInferenceVerifierKeyParametersInvalid struct {
	Parameters *big.Int
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error KeyParametersInvalid(uint256 parameters)
func SumcheckInferenceVerifierKeyParametersInvalidErrorID() common.Hash {
	return common.HexToHash("0xf5af696a792585ebbf92c3059035dee3a557b38fe58c652e7152a6cbd172a5ed")
}

// UnpackKeyParametersInvalidError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error KeyParametersInvalid(uint256 parameters)
func (sumcheckInferenceVerifier *SumcheckInferenceVerifier) UnpackKeyParametersInvalidError(raw []byte) (*SumcheckInferenceVerifierKeyParametersInvalid, error) {
	out := new(SumcheckInferenceVerifierKeyParametersInvalid)
	if err := sumcheckInferenceVerifier.abi.UnpackIntoInterface(out, "KeyParametersInvalid", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// SumcheckInferenceVerifierModelMismatch represents a ModelMismatch error raised by the SumcheckInferenceVerifier contract.
type SumcheckInferenceVerifierModelMismatch struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error ModelMismatch()
func SumcheckInferenceVerifierModelMismatchErrorID() common.Hash {
	return common.HexToHash("0xa407e5f77626ff2ed1b0b6af5fe7d2389131af06a0a39a122aa9194aaee6a086")
}

// UnpackModelMismatchError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error ModelMismatch()
func (sumcheckInferenceVerifier *SumcheckInferenceVerifier) UnpackModelMismatchError(raw []byte) (*SumcheckInferenceVerifierModelMismatch, error) {
	out := new(SumcheckInferenceVerifierModelMismatch)
	if err := sumcheckInferenceVerifier.abi.UnpackIntoInterface(out, "ModelMismatch", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// SumcheckInferenceVerifierPointInvalid represents a PointInvalid error raised by the SumcheckInferenceVerifier contract.
type SumcheckInferenceVerifierPointInvalid struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error PointInvalid()
func SumcheckInferenceVerifierPointInvalidErrorID() common.Hash {
	return common.HexToHash("0x9052a04e0d07545afb8720f19a43189eb5b864417c232937b69c41f9dc59dd91")
}

// UnpackPointInvalidError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error PointInvalid()
func (sumcheckInferenceVerifier *SumcheckInferenceVerifier) UnpackPointInvalidError(raw []byte) (*SumcheckInferenceVerifierPointInvalid, error) {
	out := new(SumcheckInferenceVerifierPointInvalid)
	if err := sumcheckInferenceVerifier.abi.UnpackIntoInterface(out, "PointInvalid", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// SumcheckInferenceVerifierProofInvalid represents a ProofInvalid error raised by the SumcheckInferenceVerifier contract.
type SumcheckInferenceVerifierProofInvalid struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error ProofInvalid()
func SumcheckInferenceVerifierProofInvalidErrorID() common.Hash {
	return common.HexToHash("0x7fcdd1f433fad06e243ebb12f415f49dc48f357e41b96f61f504279fe6bb2ac6")
}

// UnpackProofInvalidError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error ProofInvalid()
func (sumcheckInferenceVerifier *SumcheckInferenceVerifier) UnpackProofInvalidError(raw []byte) (*SumcheckInferenceVerifierProofInvalid, error) {
	out := new(SumcheckInferenceVerifierProofInvalid)
	if err := sumcheckInferenceVerifier.abi.UnpackIntoInterface(out, "ProofInvalid", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// SumcheckInferenceVerifierProofLengthInvalid represents a ProofLengthInvalid error raised by the SumcheckInferenceVerifier contract.
type SumcheckInferenceVerifierProofLengthInvalid struct {
	Expected *big.Int
	Length   *big.Int
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error ProofLengthInvalid(uint256 expected, uint256 length)
func SumcheckInferenceVerifierProofLengthInvalidErrorID() common.Hash {
	return common.HexToHash("0x5982d806f2dc9296c1250596bffb3247f5d8926fbfe9fe2a2b439996af5e292e")
}

// UnpackProofLengthInvalidError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error ProofLengthInvalid(uint256 expected, uint256 length)
func (sumcheckInferenceVerifier *SumcheckInferenceVerifier) UnpackProofLengthInvalidError(raw []byte) (*SumcheckInferenceVerifierProofLengthInvalid, error) {
	out := new(SumcheckInferenceVerifierProofLengthInvalid)
	if err := sumcheckInferenceVerifier.abi.UnpackIntoInterface(out, "ProofLengthInvalid", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// SumcheckInferenceVerifierScalarNotInField represents a ScalarNotInField error raised by the SumcheckInferenceVerifier contract.
type SumcheckInferenceVerifierScalarNotInField struct {
	Position *big.Int
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error ScalarNotInField(uint256 position)
func SumcheckInferenceVerifierScalarNotInFieldErrorID() common.Hash {
	return common.HexToHash("0x5dff5c65caafca348f20670e44a70da1c03a31bcc83ef9e64de87240d691d63f")
}

// UnpackScalarNotInFieldError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error ScalarNotInField(uint256 position)
func (sumcheckInferenceVerifier *SumcheckInferenceVerifier) UnpackScalarNotInFieldError(raw []byte) (*SumcheckInferenceVerifierScalarNotInField, error) {
	out := new(SumcheckInferenceVerifierScalarNotInField)
	if err := sumcheckInferenceVerifier.abi.UnpackIntoInterface(out, "ScalarNotInField", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// SumcheckInferenceVerifierValuesInvalid represents a ValuesInvalid error raised by the SumcheckInferenceVerifier contract.
type SumcheckInferenceVerifierValuesInvalid struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error ValuesInvalid()
func SumcheckInferenceVerifierValuesInvalidErrorID() common.Hash {
	return common.HexToHash("0xa57c56dbd0a25345b93d5734aef04c0e2b7f1c33bb5a0247a7ba569c65f97226")
}

// UnpackValuesInvalidError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error ValuesInvalid()
func (sumcheckInferenceVerifier *SumcheckInferenceVerifier) UnpackValuesInvalidError(raw []byte) (*SumcheckInferenceVerifierValuesInvalid, error) {
	out := new(SumcheckInferenceVerifierValuesInvalid)
	if err := sumcheckInferenceVerifier.abi.UnpackIntoInterface(out, "ValuesInvalid", raw); err != nil {
		return nil, err
	}
	return out, nil
}
