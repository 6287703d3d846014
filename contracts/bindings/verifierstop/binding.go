// SPDX-License-Identifier: Apache-2.0

// Code generated via abigen V2 - DO NOT EDIT.
// This file is a generated binding and any manual changes will be lost.

// Package verifierstop packs calls of VerifierStop and unpacks its results, events and errors.
package verifierstop

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

// VerifierStopClaim is an auto generated low-level Go binding around an user-defined struct.
type VerifierStopClaim struct {
	Model       [32]byte
	ModelDigest [32]byte
	Context     [32]byte
	Key         []byte
	Input       []byte
	Output      []byte
	Commitments [][32]byte
	Proof       []byte
}

// VerifierStopMetaData contains all meta data concerning the VerifierStop contract.
var VerifierStopMetaData = bind.MetaData{
	ABI: "[{\"inputs\":[{\"internalType\":\"contractIInferenceVerifier\",\"name\":\"verifier_\",\"type\":\"address\"},{\"internalType\":\"address\",\"name\":\"guardian_\",\"type\":\"address\"},{\"internalType\":\"bytes32\",\"name\":\"canary_\",\"type\":\"bytes32\"}],\"stateMutability\":\"nonpayable\",\"type\":\"constructor\"},{\"inputs\":[],\"name\":\"ChallengeNotInField\",\"type\":\"error\"},{\"inputs\":[{\"internalType\":\"uint256\",\"name\":\"length\",\"type\":\"uint256\"}],\"name\":\"KeyLengthInvalid\",\"type\":\"error\"},{\"inputs\":[],\"name\":\"ModelMismatch\",\"type\":\"error\"},{\"inputs\":[],\"name\":\"NoContradiction\",\"type\":\"error\"},{\"inputs\":[{\"internalType\":\"address\",\"name\":\"caller\",\"type\":\"address\"}],\"name\":\"NotGuardian\",\"type\":\"error\"},{\"inputs\":[],\"name\":\"ProofInvalid\",\"type\":\"error\"},{\"inputs\":[{\"internalType\":\"uint256\",\"name\":\"expected\",\"type\":\"uint256\"},{\"internalType\":\"uint256\",\"name\":\"length\",\"type\":\"uint256\"}],\"name\":\"ProofLengthInvalid\",\"type\":\"error\"},{\"inputs\":[],\"name\":\"VerifierStopped\",\"type\":\"error\"},{\"anonymous\":false,\"inputs\":[{\"indexed\":true,\"internalType\":\"address\",\"name\":\"by\",\"type\":\"address\"}],\"name\":\"Stopped\",\"type\":\"event\"},{\"inputs\":[],\"name\":\"canary\",\"outputs\":[{\"internalType\":\"bytes32\",\"name\":\"\",\"type\":\"bytes32\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[],\"name\":\"guardian\",\"outputs\":[{\"internalType\":\"address\",\"name\":\"\",\"type\":\"address\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"bytes32\",\"name\":\"modelDigest\",\"type\":\"bytes32\"},{\"internalType\":\"bytes\",\"name\":\"key\",\"type\":\"bytes\"}],\"name\":\"modelId\",\"outputs\":[{\"internalType\":\"bytes32\",\"name\":\"\",\"type\":\"bytes32\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[],\"name\":\"stop\",\"outputs\":[],\"stateMutability\":\"nonpayable\",\"type\":\"function\"},{\"inputs\":[{\"components\":[{\"internalType\":\"bytes32\",\"name\":\"model\",\"type\":\"bytes32\"},{\"internalType\":\"bytes32\",\"name\":\"modelDigest\",\"type\":\"bytes32\"},{\"internalType\":\"bytes32\",\"name\":\"context\",\"type\":\"bytes32\"},{\"internalType\":\"bytes\",\"name\":\"key\",\"type\":\"bytes\"},{\"internalType\":\"bytes\",\"name\":\"input\",\"type\":\"bytes\"},{\"internalType\":\"bytes\",\"name\":\"output\",\"type\":\"bytes\"},{\"internalType\":\"bytes32[]\",\"name\":\"commitments\",\"type\":\"bytes32[]\"},{\"internalType\":\"bytes\",\"name\":\"proof\",\"type\":\"bytes\"}],\"internalType\":\"structVerifierStop.Claim\",\"name\":\"a\",\"type\":\"tuple\"},{\"components\":[{\"internalType\":\"bytes32\",\"name\":\"model\",\"type\":\"bytes32\"},{\"internalType\":\"bytes32\",\"name\":\"modelDigest\",\"type\":\"bytes32\"},{\"internalType\":\"bytes32\",\"name\":\"context\",\"type\":\"bytes32\"},{\"internalType\":\"bytes\",\"name\":\"key\",\"type\":\"bytes\"},{\"internalType\":\"bytes\",\"name\":\"input\",\"type\":\"bytes\"},{\"internalType\":\"bytes\",\"name\":\"output\",\"type\":\"bytes\"},{\"internalType\":\"bytes32[]\",\"name\":\"commitments\",\"type\":\"bytes32[]\"},{\"internalType\":\"bytes\",\"name\":\"proof\",\"type\":\"bytes\"}],\"internalType\":\"structVerifierStop.Claim\",\"name\":\"b\",\"type\":\"tuple\"}],\"name\":\"stopByContradiction\",\"outputs\":[],\"stateMutability\":\"nonpayable\",\"type\":\"function\"},{\"inputs\":[],\"name\":\"stopped\",\"outputs\":[{\"internalType\":\"bool\",\"name\":\"\",\"type\":\"bool\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[],\"name\":\"system\",\"outputs\":[{\"internalType\":\"bytes32\",\"name\":\"\",\"type\":\"bytes32\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[],\"name\":\"verifier\",\"outputs\":[{\"internalType\":\"contractIInferenceVerifier\",\"name\":\"\",\"type\":\"address\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"bytes32\",\"name\":\"model\",\"type\":\"bytes32\"},{\"internalType\":\"bytes32\",\"name\":\"modelDigest\",\"type\":\"bytes32\"},{\"internalType\":\"bytes32\",\"name\":\"context\",\"type\":\"bytes32\"},{\"internalType\":\"bytes\",\"name\":\"key\",\"type\":\"bytes\"},{\"internalType\":\"bytes\",\"name\":\"input\",\"type\":\"bytes\"},{\"internalType\":\"bytes\",\"name\":\"output\",\"type\":\"bytes\"},{\"internalType\":\"bytes32[]\",\"name\":\"commitments\",\"type\":\"bytes32[]\"},{\"internalType\":\"bytes\",\"name\":\"proof\",\"type\":\"bytes\"}],\"name\":\"verifyInference\",\"outputs\":[],\"stateMutability\":\"view\",\"type\":\"function\"}]",
	ID:  "VerifierStop",
}

// VerifierStop is an auto generated Go binding around an Ethereum contract.
type VerifierStop struct {
	abi abi.ABI
}

// GetABI returns the ABI associated with this contract binding.
func (c *VerifierStop) GetABI() abi.ABI {
	return c.abi
}

// NewVerifierStop creates a new instance of VerifierStop.
func NewVerifierStop() *VerifierStop {
	parsed, err := VerifierStopMetaData.ParseABI()
	if err != nil {
		panic(errors.New("invalid ABI: " + err.Error()))
	}
	return &VerifierStop{abi: *parsed}
}

// Instance creates a wrapper for a deployed contract instance at the given address.
// Use this to create the instance object passed to abigen v2 library functions Call, Transact, etc.
func (c *VerifierStop) Instance(backend bind.ContractBackend, addr common.Address) *bind.BoundContract {
	return bind.NewBoundContract(addr, c.abi, backend, backend, backend)
}

// PackConstructor is the Go binding used to pack the parameters required for
// contract deployment.
//
// Solidity: constructor(address verifier_, address guardian_, bytes32 canary_) returns()
func (verifierStop *VerifierStop) PackConstructor(verifier_ common.Address, guardian_ common.Address, canary_ [32]byte) []byte {
	enc, err := verifierStop.abi.Pack("", verifier_, guardian_, canary_)
	if err != nil {
		panic(err)
	}
	return enc
}

// PackCanary is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x2591432d.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function canary() view returns(bytes32)
func (verifierStop *VerifierStop) PackCanary() []byte {
	enc, err := verifierStop.abi.Pack("canary")
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackCanary is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x2591432d.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function canary() view returns(bytes32)
func (verifierStop *VerifierStop) TryPackCanary() ([]byte, error) {
	return verifierStop.abi.Pack("canary")
}

// UnpackCanary is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x2591432d.
//
// Solidity: function canary() view returns(bytes32)
func (verifierStop *VerifierStop) UnpackCanary(data []byte) ([32]byte, error) {
	out, err := verifierStop.abi.Unpack("canary", data)
	if err != nil {
		return *new([32]byte), err
	}
	out0 := *abi.ConvertType(out[0], new([32]byte)).(*[32]byte)
	return out0, nil
}

// PackGuardian is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x452a9320.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function guardian() view returns(address)
func (verifierStop *VerifierStop) PackGuardian() []byte {
	enc, err := verifierStop.abi.Pack("guardian")
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackGuardian is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x452a9320.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function guardian() view returns(address)
func (verifierStop *VerifierStop) TryPackGuardian() ([]byte, error) {
	return verifierStop.abi.Pack("guardian")
}

// UnpackGuardian is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x452a9320.
//
// Solidity: function guardian() view returns(address)
func (verifierStop *VerifierStop) UnpackGuardian(data []byte) (common.Address, error) {
	out, err := verifierStop.abi.Unpack("guardian", data)
	if err != nil {
		return *new(common.Address), err
	}
	out0 := *abi.ConvertType(out[0], new(common.Address)).(*common.Address)
	return out0, nil
}

// PackModelId is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xb3c3485d.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function modelId(bytes32 modelDigest, bytes key) view returns(bytes32)
func (verifierStop *VerifierStop) PackModelId(modelDigest [32]byte, key []byte) []byte {
	enc, err := verifierStop.abi.Pack("modelId", modelDigest, key)
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
func (verifierStop *VerifierStop) TryPackModelId(modelDigest [32]byte, key []byte) ([]byte, error) {
	return verifierStop.abi.Pack("modelId", modelDigest, key)
}

// UnpackModelId is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0xb3c3485d.
//
// Solidity: function modelId(bytes32 modelDigest, bytes key) view returns(bytes32)
func (verifierStop *VerifierStop) UnpackModelId(data []byte) ([32]byte, error) {
	out, err := verifierStop.abi.Unpack("modelId", data)
	if err != nil {
		return *new([32]byte), err
	}
	out0 := *abi.ConvertType(out[0], new([32]byte)).(*[32]byte)
	return out0, nil
}

// PackStop is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x07da68f5.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function stop() returns()
func (verifierStop *VerifierStop) PackStop() []byte {
	enc, err := verifierStop.abi.Pack("stop")
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackStop is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x07da68f5.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function stop() returns()
func (verifierStop *VerifierStop) TryPackStop() ([]byte, error) {
	return verifierStop.abi.Pack("stop")
}

// PackStopByContradiction is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xb45dd213.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function stopByContradiction((bytes32,bytes32,bytes32,bytes,bytes,bytes,bytes32[],bytes) a, (bytes32,bytes32,bytes32,bytes,bytes,bytes,bytes32[],bytes) b) returns()
func (verifierStop *VerifierStop) PackStopByContradiction(a VerifierStopClaim, b VerifierStopClaim) []byte {
	enc, err := verifierStop.abi.Pack("stopByContradiction", a, b)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackStopByContradiction is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xb45dd213.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function stopByContradiction((bytes32,bytes32,bytes32,bytes,bytes,bytes,bytes32[],bytes) a, (bytes32,bytes32,bytes32,bytes,bytes,bytes,bytes32[],bytes) b) returns()
func (verifierStop *VerifierStop) TryPackStopByContradiction(a VerifierStopClaim, b VerifierStopClaim) ([]byte, error) {
	return verifierStop.abi.Pack("stopByContradiction", a, b)
}

// PackStopped is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x75f12b21.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function stopped() view returns(bool)
func (verifierStop *VerifierStop) PackStopped() []byte {
	enc, err := verifierStop.abi.Pack("stopped")
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackStopped is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x75f12b21.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function stopped() view returns(bool)
func (verifierStop *VerifierStop) TryPackStopped() ([]byte, error) {
	return verifierStop.abi.Pack("stopped")
}

// UnpackStopped is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x75f12b21.
//
// Solidity: function stopped() view returns(bool)
func (verifierStop *VerifierStop) UnpackStopped(data []byte) (bool, error) {
	out, err := verifierStop.abi.Unpack("stopped", data)
	if err != nil {
		return *new(bool), err
	}
	out0 := *abi.ConvertType(out[0], new(bool)).(*bool)
	return out0, nil
}

// PackSystem is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x95bf75fd.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function system() view returns(bytes32)
func (verifierStop *VerifierStop) PackSystem() []byte {
	enc, err := verifierStop.abi.Pack("system")
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackSystem is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x95bf75fd.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function system() view returns(bytes32)
func (verifierStop *VerifierStop) TryPackSystem() ([]byte, error) {
	return verifierStop.abi.Pack("system")
}

// UnpackSystem is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x95bf75fd.
//
// Solidity: function system() view returns(bytes32)
func (verifierStop *VerifierStop) UnpackSystem(data []byte) ([32]byte, error) {
	out, err := verifierStop.abi.Unpack("system", data)
	if err != nil {
		return *new([32]byte), err
	}
	out0 := *abi.ConvertType(out[0], new([32]byte)).(*[32]byte)
	return out0, nil
}

// PackVerifier is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x2b7ac3f3.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function verifier() view returns(address)
func (verifierStop *VerifierStop) PackVerifier() []byte {
	enc, err := verifierStop.abi.Pack("verifier")
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackVerifier is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x2b7ac3f3.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function verifier() view returns(address)
func (verifierStop *VerifierStop) TryPackVerifier() ([]byte, error) {
	return verifierStop.abi.Pack("verifier")
}

// UnpackVerifier is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x2b7ac3f3.
//
// Solidity: function verifier() view returns(address)
func (verifierStop *VerifierStop) UnpackVerifier(data []byte) (common.Address, error) {
	out, err := verifierStop.abi.Unpack("verifier", data)
	if err != nil {
		return *new(common.Address), err
	}
	out0 := *abi.ConvertType(out[0], new(common.Address)).(*common.Address)
	return out0, nil
}

// PackVerifyInference is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xde4ca157.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function verifyInference(bytes32 model, bytes32 modelDigest, bytes32 context, bytes key, bytes input, bytes output, bytes32[] commitments, bytes proof) view returns()
func (verifierStop *VerifierStop) PackVerifyInference(model [32]byte, modelDigest [32]byte, context [32]byte, key []byte, input []byte, output []byte, commitments [][32]byte, proof []byte) []byte {
	enc, err := verifierStop.abi.Pack("verifyInference", model, modelDigest, context, key, input, output, commitments, proof)
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
func (verifierStop *VerifierStop) TryPackVerifyInference(model [32]byte, modelDigest [32]byte, context [32]byte, key []byte, input []byte, output []byte, commitments [][32]byte, proof []byte) ([]byte, error) {
	return verifierStop.abi.Pack("verifyInference", model, modelDigest, context, key, input, output, commitments, proof)
}

// VerifierStopStopped represents a Stopped event raised by the VerifierStop contract.
type VerifierStopStopped struct {
	By  common.Address
	Raw *types.Log // Blockchain specific contextual infos
}

const VerifierStopStoppedEventName = "Stopped"

// ContractEventName returns the user-defined event name.
func (VerifierStopStopped) ContractEventName() string {
	return VerifierStopStoppedEventName
}

// UnpackStoppedEvent is the Go binding that unpacks the event data emitted
// by contract.
//
// Solidity: event Stopped(address indexed by)
func (verifierStop *VerifierStop) UnpackStoppedEvent(log *types.Log) (*VerifierStopStopped, error) {
	event := "Stopped"
	if len(log.Topics) == 0 {
		return nil, bind.ErrNoEventSignature
	}
	if log.Topics[0] != verifierStop.abi.Events[event].ID {
		return nil, bind.ErrEventSignatureMismatch
	}
	out := new(VerifierStopStopped)
	if len(log.Data) > 0 {
		if err := verifierStop.abi.UnpackIntoInterface(out, event, log.Data); err != nil {
			return nil, err
		}
	}
	var indexed abi.Arguments
	for _, arg := range verifierStop.abi.Events[event].Inputs {
		if arg.Indexed {
			indexed = append(indexed, arg)
		}
	}
	if err := abi.ParseTopics(out, indexed, log.Topics[1:]); err != nil {
		return nil, err
	}
	out.Raw = log
	return out, nil
}

// UnpackError attempts to decode the provided error data using user-defined
// error definitions.
func (verifierStop *VerifierStop) UnpackError(raw []byte) (any, error) {
	if bytes.Equal(raw[:4], verifierStop.abi.Errors["ChallengeNotInField"].ID.Bytes()[:4]) {
		return verifierStop.UnpackChallengeNotInFieldError(raw[4:])
	}
	if bytes.Equal(raw[:4], verifierStop.abi.Errors["KeyLengthInvalid"].ID.Bytes()[:4]) {
		return verifierStop.UnpackKeyLengthInvalidError(raw[4:])
	}
	if bytes.Equal(raw[:4], verifierStop.abi.Errors["ModelMismatch"].ID.Bytes()[:4]) {
		return verifierStop.UnpackModelMismatchError(raw[4:])
	}
	if bytes.Equal(raw[:4], verifierStop.abi.Errors["NoContradiction"].ID.Bytes()[:4]) {
		return verifierStop.UnpackNoContradictionError(raw[4:])
	}
	if bytes.Equal(raw[:4], verifierStop.abi.Errors["NotGuardian"].ID.Bytes()[:4]) {
		return verifierStop.UnpackNotGuardianError(raw[4:])
	}
	if bytes.Equal(raw[:4], verifierStop.abi.Errors["ProofInvalid"].ID.Bytes()[:4]) {
		return verifierStop.UnpackProofInvalidError(raw[4:])
	}
	if bytes.Equal(raw[:4], verifierStop.abi.Errors["ProofLengthInvalid"].ID.Bytes()[:4]) {
		return verifierStop.UnpackProofLengthInvalidError(raw[4:])
	}
	if bytes.Equal(raw[:4], verifierStop.abi.Errors["VerifierStopped"].ID.Bytes()[:4]) {
		return verifierStop.UnpackVerifierStoppedError(raw[4:])
	}
	return nil, errors.New("unknown error")
}

// VerifierStopChallengeNotInField represents a ChallengeNotInField error raised by the VerifierStop contract.
type VerifierStopChallengeNotInField struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error ChallengeNotInField()
func VerifierStopChallengeNotInFieldErrorID() common.Hash {
	return common.HexToHash("0xee95bc1d9d0df520f68626da97c579e1b8b8417d238b2b1e86656438daad0f70")
}

// UnpackChallengeNotInFieldError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error ChallengeNotInField()
func (verifierStop *VerifierStop) UnpackChallengeNotInFieldError(raw []byte) (*VerifierStopChallengeNotInField, error) {
	out := new(VerifierStopChallengeNotInField)
	if err := verifierStop.abi.UnpackIntoInterface(out, "ChallengeNotInField", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// VerifierStopKeyLengthInvalid represents a KeyLengthInvalid error raised by the VerifierStop contract.
type VerifierStopKeyLengthInvalid struct {
	Length *big.Int
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error KeyLengthInvalid(uint256 length)
func VerifierStopKeyLengthInvalidErrorID() common.Hash {
	return common.HexToHash("0x14b798f427ea6e62216ed38f964b327d56cc74920b3d63c090b0276311e9b577")
}

// UnpackKeyLengthInvalidError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error KeyLengthInvalid(uint256 length)
func (verifierStop *VerifierStop) UnpackKeyLengthInvalidError(raw []byte) (*VerifierStopKeyLengthInvalid, error) {
	out := new(VerifierStopKeyLengthInvalid)
	if err := verifierStop.abi.UnpackIntoInterface(out, "KeyLengthInvalid", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// VerifierStopModelMismatch represents a ModelMismatch error raised by the VerifierStop contract.
type VerifierStopModelMismatch struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error ModelMismatch()
func VerifierStopModelMismatchErrorID() common.Hash {
	return common.HexToHash("0xa407e5f77626ff2ed1b0b6af5fe7d2389131af06a0a39a122aa9194aaee6a086")
}

// UnpackModelMismatchError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error ModelMismatch()
func (verifierStop *VerifierStop) UnpackModelMismatchError(raw []byte) (*VerifierStopModelMismatch, error) {
	out := new(VerifierStopModelMismatch)
	if err := verifierStop.abi.UnpackIntoInterface(out, "ModelMismatch", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// VerifierStopNoContradiction represents a NoContradiction error raised by the VerifierStop contract.
type VerifierStopNoContradiction struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error NoContradiction()
func VerifierStopNoContradictionErrorID() common.Hash {
	return common.HexToHash("0xae591c876f8da112edc0ed34afcf8285e8be3315a26401e59cb9f362c2a5d05c")
}

// UnpackNoContradictionError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error NoContradiction()
func (verifierStop *VerifierStop) UnpackNoContradictionError(raw []byte) (*VerifierStopNoContradiction, error) {
	out := new(VerifierStopNoContradiction)
	if err := verifierStop.abi.UnpackIntoInterface(out, "NoContradiction", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// VerifierStopNotGuardian represents a NotGuardian error raised by the VerifierStop contract.
type VerifierStopNotGuardian struct {
	Caller common.Address
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error NotGuardian(address caller)
func VerifierStopNotGuardianErrorID() common.Hash {
	return common.HexToHash("0xa252c151cd1ee155ad6a596fd962f839a8b963fd05f5e863eca095de2e0b08a4")
}

// UnpackNotGuardianError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error NotGuardian(address caller)
func (verifierStop *VerifierStop) UnpackNotGuardianError(raw []byte) (*VerifierStopNotGuardian, error) {
	out := new(VerifierStopNotGuardian)
	if err := verifierStop.abi.UnpackIntoInterface(out, "NotGuardian", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// VerifierStopProofInvalid represents a ProofInvalid error raised by the VerifierStop contract.
type VerifierStopProofInvalid struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error ProofInvalid()
func VerifierStopProofInvalidErrorID() common.Hash {
	return common.HexToHash("0x7fcdd1f433fad06e243ebb12f415f49dc48f357e41b96f61f504279fe6bb2ac6")
}

// UnpackProofInvalidError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error ProofInvalid()
func (verifierStop *VerifierStop) UnpackProofInvalidError(raw []byte) (*VerifierStopProofInvalid, error) {
	out := new(VerifierStopProofInvalid)
	if err := verifierStop.abi.UnpackIntoInterface(out, "ProofInvalid", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// VerifierStopProofLengthInvalid represents a ProofLengthInvalid error raised by the VerifierStop contract.
type VerifierStopProofLengthInvalid struct {
	Expected *big.Int
	Length   *big.Int
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error ProofLengthInvalid(uint256 expected, uint256 length)
func VerifierStopProofLengthInvalidErrorID() common.Hash {
	return common.HexToHash("0x5982d806f2dc9296c1250596bffb3247f5d8926fbfe9fe2a2b439996af5e292e")
}

// UnpackProofLengthInvalidError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error ProofLengthInvalid(uint256 expected, uint256 length)
func (verifierStop *VerifierStop) UnpackProofLengthInvalidError(raw []byte) (*VerifierStopProofLengthInvalid, error) {
	out := new(VerifierStopProofLengthInvalid)
	if err := verifierStop.abi.UnpackIntoInterface(out, "ProofLengthInvalid", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// VerifierStopVerifierStopped represents a VerifierStopped error raised by the VerifierStop contract.
type VerifierStopVerifierStopped struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error VerifierStopped()
func VerifierStopVerifierStoppedErrorID() common.Hash {
	return common.HexToHash("0xc8e9f8849c48e8c54bd951000cf88cf0b0f7bf15cb67211993f56fad7c624ac8")
}

// UnpackVerifierStoppedError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error VerifierStopped()
func (verifierStop *VerifierStop) UnpackVerifierStoppedError(raw []byte) (*VerifierStopVerifierStopped, error) {
	out := new(VerifierStopVerifierStopped)
	if err := verifierStop.abi.UnpackIntoInterface(out, "VerifierStopped", raw); err != nil {
		return nil, err
	}
	return out, nil
}
