// SPDX-License-Identifier: Apache-2.0

// Code generated via abigen V2 - DO NOT EDIT.
// This file is a generated binding and any manual changes will be lost.

// Package inferencemarket packs calls of InferenceMarket and unpacks its results, events and errors.
package inferencemarket

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

// InferenceMarketMetaData contains all meta data concerning the InferenceMarket contract.
var InferenceMarketMetaData = bind.MetaData{
	ABI: "[{\"inputs\":[{\"internalType\":\"contractModelRegistry\",\"name\":\"registry_\",\"type\":\"address\"},{\"internalType\":\"contractVerifierRouter\",\"name\":\"router_\",\"type\":\"address\"}],\"stateMutability\":\"nonpayable\",\"type\":\"constructor\"},{\"inputs\":[{\"internalType\":\"uint256\",\"name\":\"length\",\"type\":\"uint256\"}],\"name\":\"CodeNotStored\",\"type\":\"error\"},{\"inputs\":[{\"internalType\":\"uint256\",\"name\":\"fee\",\"type\":\"uint256\"},{\"internalType\":\"uint256\",\"name\":\"maxFee\",\"type\":\"uint256\"}],\"name\":\"FeeTooHigh\",\"type\":\"error\"},{\"inputs\":[{\"internalType\":\"uint256\",\"name\":\"fee\",\"type\":\"uint256\"},{\"internalType\":\"uint256\",\"name\":\"credit\",\"type\":\"uint256\"}],\"name\":\"FeeUnpaid\",\"type\":\"error\"},{\"inputs\":[{\"internalType\":\"bytes32\",\"name\":\"inferenceId\",\"type\":\"bytes32\"}],\"name\":\"InferenceNotFound\",\"type\":\"error\"},{\"inputs\":[],\"name\":\"InputCommitmentMismatch\",\"type\":\"error\"},{\"inputs\":[],\"name\":\"InvalidProof\",\"type\":\"error\"},{\"inputs\":[],\"name\":\"ModelMismatch\",\"type\":\"error\"},{\"inputs\":[],\"name\":\"NoCredit\",\"type\":\"error\"},{\"inputs\":[],\"name\":\"OutputMismatch\",\"type\":\"error\"},{\"inputs\":[{\"internalType\":\"bytes32\",\"name\":\"inferenceId\",\"type\":\"bytes32\"}],\"name\":\"StatementUsed\",\"type\":\"error\"},{\"inputs\":[{\"internalType\":\"bytes4\",\"name\":\"proofSystemId\",\"type\":\"bytes4\"}],\"name\":\"UnsupportedProofSystem\",\"type\":\"error\"},{\"inputs\":[{\"internalType\":\"uint256\",\"name\":\"modelId\",\"type\":\"uint256\"}],\"name\":\"VerificationRefused_ModelDeprecated\",\"type\":\"error\"},{\"inputs\":[],\"name\":\"WithdrawalFailed\",\"type\":\"error\"},{\"anonymous\":false,\"inputs\":[{\"indexed\":true,\"internalType\":\"address\",\"name\":\"account\",\"type\":\"address\"},{\"indexed\":false,\"internalType\":\"uint256\",\"name\":\"amount\",\"type\":\"uint256\"}],\"name\":\"Deposited\",\"type\":\"event\"},{\"anonymous\":false,\"inputs\":[{\"indexed\":true,\"internalType\":\"uint256\",\"name\":\"modelId\",\"type\":\"uint256\"},{\"indexed\":true,\"internalType\":\"address\",\"name\":\"payer\",\"type\":\"address\"},{\"indexed\":true,\"internalType\":\"address\",\"name\":\"owner\",\"type\":\"address\"},{\"indexed\":false,\"internalType\":\"uint256\",\"name\":\"fee\",\"type\":\"uint256\"}],\"name\":\"FeePaid\",\"type\":\"event\"},{\"anonymous\":false,\"inputs\":[{\"indexed\":true,\"internalType\":\"bytes32\",\"name\":\"inferenceId\",\"type\":\"bytes32\"}],\"name\":\"InferenceStored\",\"type\":\"event\"},{\"anonymous\":false,\"inputs\":[{\"indexed\":true,\"internalType\":\"uint256\",\"name\":\"modelId\",\"type\":\"uint256\"},{\"indexed\":true,\"internalType\":\"bytes32\",\"name\":\"inputCommitment\",\"type\":\"bytes32\"},{\"indexed\":false,\"internalType\":\"bytes\",\"name\":\"output\",\"type\":\"bytes\"},{\"indexed\":true,\"internalType\":\"address\",\"name\":\"caller\",\"type\":\"address\"}],\"name\":\"InferenceVerified\",\"type\":\"event\"},{\"anonymous\":false,\"inputs\":[{\"indexed\":true,\"internalType\":\"address\",\"name\":\"account\",\"type\":\"address\"},{\"indexed\":false,\"internalType\":\"uint256\",\"name\":\"amount\",\"type\":\"uint256\"}],\"name\":\"Withdrawn\",\"type\":\"event\"},{\"inputs\":[{\"internalType\":\"uint256\",\"name\":\"modelId\",\"type\":\"uint256\"},{\"internalType\":\"bytes32\",\"name\":\"inputCommitment\",\"type\":\"bytes32\"},{\"internalType\":\"bytes\",\"name\":\"output\",\"type\":\"bytes\"},{\"internalType\":\"bytes\",\"name\":\"proof\",\"type\":\"bytes\"}],\"name\":\"attest\",\"outputs\":[{\"internalType\":\"bytes32\",\"name\":\"inferenceId\",\"type\":\"bytes32\"}],\"stateMutability\":\"payable\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"uint256\",\"name\":\"modelId\",\"type\":\"uint256\"},{\"internalType\":\"bytes32\",\"name\":\"inputCommitment\",\"type\":\"bytes32\"}],\"name\":\"contextOf\",\"outputs\":[{\"internalType\":\"bytes32\",\"name\":\"\",\"type\":\"bytes32\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"address\",\"name\":\"account\",\"type\":\"address\"}],\"name\":\"creditOf\",\"outputs\":[{\"internalType\":\"uint256\",\"name\":\"\",\"type\":\"uint256\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[],\"name\":\"deposit\",\"outputs\":[],\"stateMutability\":\"payable\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"bytes32\",\"name\":\"inferenceId\",\"type\":\"bytes32\"}],\"name\":\"getInference\",\"outputs\":[{\"internalType\":\"uint256\",\"name\":\"modelId\",\"type\":\"uint256\"},{\"internalType\":\"bytes32\",\"name\":\"inputCommitment\",\"type\":\"bytes32\"},{\"internalType\":\"bytes\",\"name\":\"output\",\"type\":\"bytes\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"uint256\",\"name\":\"modelId\",\"type\":\"uint256\"},{\"internalType\":\"bytes32\",\"name\":\"inputCommitment\",\"type\":\"bytes32\"},{\"internalType\":\"bytes\",\"name\":\"output\",\"type\":\"bytes\"}],\"name\":\"inferenceIdOf\",\"outputs\":[{\"internalType\":\"bytes32\",\"name\":\"\",\"type\":\"bytes32\"}],\"stateMutability\":\"pure\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"bytes\",\"name\":\"input\",\"type\":\"bytes\"},{\"internalType\":\"bytes32[]\",\"name\":\"commitments\",\"type\":\"bytes32[]\"},{\"internalType\":\"address\",\"name\":\"caller\",\"type\":\"address\"},{\"internalType\":\"uint256\",\"name\":\"nonce\",\"type\":\"uint256\"}],\"name\":\"inputCommitmentOf\",\"outputs\":[{\"internalType\":\"bytes32\",\"name\":\"\",\"type\":\"bytes32\"}],\"stateMutability\":\"pure\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"bytes32\",\"name\":\"inferenceId\",\"type\":\"bytes32\"}],\"name\":\"isVerified\",\"outputs\":[{\"internalType\":\"bool\",\"name\":\"\",\"type\":\"bool\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"uint256\",\"name\":\"modelId\",\"type\":\"uint256\"}],\"name\":\"proofSystemOf\",\"outputs\":[{\"internalType\":\"bytes4\",\"name\":\"\",\"type\":\"bytes4\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[],\"name\":\"registry\",\"outputs\":[{\"internalType\":\"address\",\"name\":\"\",\"type\":\"address\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[],\"name\":\"router\",\"outputs\":[{\"internalType\":\"contractVerifierRouter\",\"name\":\"\",\"type\":\"address\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"bytes4\",\"name\":\"interfaceId\",\"type\":\"bytes4\"}],\"name\":\"supportsInterface\",\"outputs\":[{\"internalType\":\"bool\",\"name\":\"\",\"type\":\"bool\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"uint256\",\"name\":\"modelId\",\"type\":\"uint256\"},{\"internalType\":\"bytes32\",\"name\":\"inputCommitment\",\"type\":\"bytes32\"},{\"internalType\":\"bytes\",\"name\":\"output\",\"type\":\"bytes\"},{\"internalType\":\"bytes\",\"name\":\"proof\",\"type\":\"bytes\"}],\"name\":\"verifyAndStoreInference\",\"outputs\":[{\"internalType\":\"bytes32\",\"name\":\"inferenceId\",\"type\":\"bytes32\"}],\"stateMutability\":\"nonpayable\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"uint256\",\"name\":\"modelId\",\"type\":\"uint256\"},{\"internalType\":\"bytes32\",\"name\":\"inputCommitment\",\"type\":\"bytes32\"},{\"internalType\":\"bytes\",\"name\":\"output\",\"type\":\"bytes\"},{\"internalType\":\"bytes\",\"name\":\"proof\",\"type\":\"bytes\"}],\"name\":\"verifyInference\",\"outputs\":[],\"stateMutability\":\"nonpayable\",\"type\":\"function\"},{\"inputs\":[],\"name\":\"withdraw\",\"outputs\":[{\"internalType\":\"uint256\",\"name\":\"amount\",\"type\":\"uint256\"}],\"stateMutability\":\"nonpayable\",\"type\":\"function\"}]",
	ID:  "InferenceMarket",
}

// InferenceMarket is an auto generated Go binding around an Ethereum contract.
type InferenceMarket struct {
	abi abi.ABI
}

// GetABI returns the ABI associated with this contract binding.
func (c *InferenceMarket) GetABI() abi.ABI {
	return c.abi
}

// NewInferenceMarket creates a new instance of InferenceMarket.
func NewInferenceMarket() *InferenceMarket {
	parsed, err := InferenceMarketMetaData.ParseABI()
	if err != nil {
		panic(errors.New("invalid ABI: " + err.Error()))
	}
	return &InferenceMarket{abi: *parsed}
}

// Instance creates a wrapper for a deployed contract instance at the given address.
// Use this to create the instance object passed to abigen v2 library functions Call, Transact, etc.
func (c *InferenceMarket) Instance(backend bind.ContractBackend, addr common.Address) *bind.BoundContract {
	return bind.NewBoundContract(addr, c.abi, backend, backend, backend)
}

// PackConstructor is the Go binding used to pack the parameters required for
// contract deployment.
//
// Solidity: constructor(address registry_, address router_) returns()
func (inferenceMarket *InferenceMarket) PackConstructor(registry_ common.Address, router_ common.Address) []byte {
	enc, err := inferenceMarket.abi.Pack("", registry_, router_)
	if err != nil {
		panic(err)
	}
	return enc
}

// PackAttest is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x206661d8.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function attest(uint256 modelId, bytes32 inputCommitment, bytes output, bytes proof) payable returns(bytes32 inferenceId)
func (inferenceMarket *InferenceMarket) PackAttest(modelId *big.Int, inputCommitment [32]byte, output []byte, proof []byte) []byte {
	enc, err := inferenceMarket.abi.Pack("attest", modelId, inputCommitment, output, proof)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackAttest is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x206661d8.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function attest(uint256 modelId, bytes32 inputCommitment, bytes output, bytes proof) payable returns(bytes32 inferenceId)
func (inferenceMarket *InferenceMarket) TryPackAttest(modelId *big.Int, inputCommitment [32]byte, output []byte, proof []byte) ([]byte, error) {
	return inferenceMarket.abi.Pack("attest", modelId, inputCommitment, output, proof)
}

// UnpackAttest is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x206661d8.
//
// Solidity: function attest(uint256 modelId, bytes32 inputCommitment, bytes output, bytes proof) payable returns(bytes32 inferenceId)
func (inferenceMarket *InferenceMarket) UnpackAttest(data []byte) ([32]byte, error) {
	out, err := inferenceMarket.abi.Unpack("attest", data)
	if err != nil {
		return *new([32]byte), err
	}
	out0 := *abi.ConvertType(out[0], new([32]byte)).(*[32]byte)
	return out0, nil
}

// PackContextOf is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x68972618.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function contextOf(uint256 modelId, bytes32 inputCommitment) view returns(bytes32)
func (inferenceMarket *InferenceMarket) PackContextOf(modelId *big.Int, inputCommitment [32]byte) []byte {
	enc, err := inferenceMarket.abi.Pack("contextOf", modelId, inputCommitment)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackContextOf is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x68972618.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function contextOf(uint256 modelId, bytes32 inputCommitment) view returns(bytes32)
func (inferenceMarket *InferenceMarket) TryPackContextOf(modelId *big.Int, inputCommitment [32]byte) ([]byte, error) {
	return inferenceMarket.abi.Pack("contextOf", modelId, inputCommitment)
}

// UnpackContextOf is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x68972618.
//
// Solidity: function contextOf(uint256 modelId, bytes32 inputCommitment) view returns(bytes32)
func (inferenceMarket *InferenceMarket) UnpackContextOf(data []byte) ([32]byte, error) {
	out, err := inferenceMarket.abi.Unpack("contextOf", data)
	if err != nil {
		return *new([32]byte), err
	}
	out0 := *abi.ConvertType(out[0], new([32]byte)).(*[32]byte)
	return out0, nil
}

// PackCreditOf is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x75807250.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function creditOf(address account) view returns(uint256)
func (inferenceMarket *InferenceMarket) PackCreditOf(account common.Address) []byte {
	enc, err := inferenceMarket.abi.Pack("creditOf", account)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackCreditOf is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x75807250.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function creditOf(address account) view returns(uint256)
func (inferenceMarket *InferenceMarket) TryPackCreditOf(account common.Address) ([]byte, error) {
	return inferenceMarket.abi.Pack("creditOf", account)
}

// UnpackCreditOf is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x75807250.
//
// Solidity: function creditOf(address account) view returns(uint256)
func (inferenceMarket *InferenceMarket) UnpackCreditOf(data []byte) (*big.Int, error) {
	out, err := inferenceMarket.abi.Unpack("creditOf", data)
	if err != nil {
		return new(big.Int), err
	}
	out0 := abi.ConvertType(out[0], new(big.Int)).(*big.Int)
	return out0, nil
}

// PackDeposit is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xd0e30db0.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function deposit() payable returns()
func (inferenceMarket *InferenceMarket) PackDeposit() []byte {
	enc, err := inferenceMarket.abi.Pack("deposit")
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackDeposit is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xd0e30db0.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function deposit() payable returns()
func (inferenceMarket *InferenceMarket) TryPackDeposit() ([]byte, error) {
	return inferenceMarket.abi.Pack("deposit")
}

// PackGetInference is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x584ee35c.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function getInference(bytes32 inferenceId) view returns(uint256 modelId, bytes32 inputCommitment, bytes output)
func (inferenceMarket *InferenceMarket) PackGetInference(inferenceId [32]byte) []byte {
	enc, err := inferenceMarket.abi.Pack("getInference", inferenceId)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackGetInference is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x584ee35c.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function getInference(bytes32 inferenceId) view returns(uint256 modelId, bytes32 inputCommitment, bytes output)
func (inferenceMarket *InferenceMarket) TryPackGetInference(inferenceId [32]byte) ([]byte, error) {
	return inferenceMarket.abi.Pack("getInference", inferenceId)
}

// GetInferenceOutput serves as a container for the return parameters of contract
// method GetInference.
type GetInferenceOutput struct {
	ModelId         *big.Int
	InputCommitment [32]byte
	Output          []byte
}

// UnpackGetInference is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x584ee35c.
//
// Solidity: function getInference(bytes32 inferenceId) view returns(uint256 modelId, bytes32 inputCommitment, bytes output)
func (inferenceMarket *InferenceMarket) UnpackGetInference(data []byte) (GetInferenceOutput, error) {
	out, err := inferenceMarket.abi.Unpack("getInference", data)
	outstruct := new(GetInferenceOutput)
	if err != nil {
		return *outstruct, err
	}
	outstruct.ModelId = abi.ConvertType(out[0], new(big.Int)).(*big.Int)
	outstruct.InputCommitment = *abi.ConvertType(out[1], new([32]byte)).(*[32]byte)
	outstruct.Output = *abi.ConvertType(out[2], new([]byte)).(*[]byte)
	return *outstruct, nil
}

// PackInferenceIdOf is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xd9da47a5.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function inferenceIdOf(uint256 modelId, bytes32 inputCommitment, bytes output) pure returns(bytes32)
func (inferenceMarket *InferenceMarket) PackInferenceIdOf(modelId *big.Int, inputCommitment [32]byte, output []byte) []byte {
	enc, err := inferenceMarket.abi.Pack("inferenceIdOf", modelId, inputCommitment, output)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackInferenceIdOf is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xd9da47a5.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function inferenceIdOf(uint256 modelId, bytes32 inputCommitment, bytes output) pure returns(bytes32)
func (inferenceMarket *InferenceMarket) TryPackInferenceIdOf(modelId *big.Int, inputCommitment [32]byte, output []byte) ([]byte, error) {
	return inferenceMarket.abi.Pack("inferenceIdOf", modelId, inputCommitment, output)
}

// UnpackInferenceIdOf is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0xd9da47a5.
//
// Solidity: function inferenceIdOf(uint256 modelId, bytes32 inputCommitment, bytes output) pure returns(bytes32)
func (inferenceMarket *InferenceMarket) UnpackInferenceIdOf(data []byte) ([32]byte, error) {
	out, err := inferenceMarket.abi.Unpack("inferenceIdOf", data)
	if err != nil {
		return *new([32]byte), err
	}
	out0 := *abi.ConvertType(out[0], new([32]byte)).(*[32]byte)
	return out0, nil
}

// PackInputCommitmentOf is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xfd8ef044.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function inputCommitmentOf(bytes input, bytes32[] commitments, address caller, uint256 nonce) pure returns(bytes32)
func (inferenceMarket *InferenceMarket) PackInputCommitmentOf(input []byte, commitments [][32]byte, caller common.Address, nonce *big.Int) []byte {
	enc, err := inferenceMarket.abi.Pack("inputCommitmentOf", input, commitments, caller, nonce)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackInputCommitmentOf is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xfd8ef044.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function inputCommitmentOf(bytes input, bytes32[] commitments, address caller, uint256 nonce) pure returns(bytes32)
func (inferenceMarket *InferenceMarket) TryPackInputCommitmentOf(input []byte, commitments [][32]byte, caller common.Address, nonce *big.Int) ([]byte, error) {
	return inferenceMarket.abi.Pack("inputCommitmentOf", input, commitments, caller, nonce)
}

// UnpackInputCommitmentOf is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0xfd8ef044.
//
// Solidity: function inputCommitmentOf(bytes input, bytes32[] commitments, address caller, uint256 nonce) pure returns(bytes32)
func (inferenceMarket *InferenceMarket) UnpackInputCommitmentOf(data []byte) ([32]byte, error) {
	out, err := inferenceMarket.abi.Unpack("inputCommitmentOf", data)
	if err != nil {
		return *new([32]byte), err
	}
	out0 := *abi.ConvertType(out[0], new([32]byte)).(*[32]byte)
	return out0, nil
}

// PackIsVerified is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xc181b273.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function isVerified(bytes32 inferenceId) view returns(bool)
func (inferenceMarket *InferenceMarket) PackIsVerified(inferenceId [32]byte) []byte {
	enc, err := inferenceMarket.abi.Pack("isVerified", inferenceId)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackIsVerified is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xc181b273.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function isVerified(bytes32 inferenceId) view returns(bool)
func (inferenceMarket *InferenceMarket) TryPackIsVerified(inferenceId [32]byte) ([]byte, error) {
	return inferenceMarket.abi.Pack("isVerified", inferenceId)
}

// UnpackIsVerified is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0xc181b273.
//
// Solidity: function isVerified(bytes32 inferenceId) view returns(bool)
func (inferenceMarket *InferenceMarket) UnpackIsVerified(data []byte) (bool, error) {
	out, err := inferenceMarket.abi.Unpack("isVerified", data)
	if err != nil {
		return *new(bool), err
	}
	out0 := *abi.ConvertType(out[0], new(bool)).(*bool)
	return out0, nil
}

// PackProofSystemOf is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xa6571c04.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function proofSystemOf(uint256 modelId) view returns(bytes4)
func (inferenceMarket *InferenceMarket) PackProofSystemOf(modelId *big.Int) []byte {
	enc, err := inferenceMarket.abi.Pack("proofSystemOf", modelId)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackProofSystemOf is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xa6571c04.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function proofSystemOf(uint256 modelId) view returns(bytes4)
func (inferenceMarket *InferenceMarket) TryPackProofSystemOf(modelId *big.Int) ([]byte, error) {
	return inferenceMarket.abi.Pack("proofSystemOf", modelId)
}

// UnpackProofSystemOf is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0xa6571c04.
//
// Solidity: function proofSystemOf(uint256 modelId) view returns(bytes4)
func (inferenceMarket *InferenceMarket) UnpackProofSystemOf(data []byte) ([4]byte, error) {
	out, err := inferenceMarket.abi.Unpack("proofSystemOf", data)
	if err != nil {
		return *new([4]byte), err
	}
	out0 := *abi.ConvertType(out[0], new([4]byte)).(*[4]byte)
	return out0, nil
}

// PackRegistry is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x7b103999.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function registry() view returns(address)
func (inferenceMarket *InferenceMarket) PackRegistry() []byte {
	enc, err := inferenceMarket.abi.Pack("registry")
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackRegistry is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x7b103999.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function registry() view returns(address)
func (inferenceMarket *InferenceMarket) TryPackRegistry() ([]byte, error) {
	return inferenceMarket.abi.Pack("registry")
}

// UnpackRegistry is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x7b103999.
//
// Solidity: function registry() view returns(address)
func (inferenceMarket *InferenceMarket) UnpackRegistry(data []byte) (common.Address, error) {
	out, err := inferenceMarket.abi.Unpack("registry", data)
	if err != nil {
		return *new(common.Address), err
	}
	out0 := *abi.ConvertType(out[0], new(common.Address)).(*common.Address)
	return out0, nil
}

// PackRouter is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xf887ea40.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function router() view returns(address)
func (inferenceMarket *InferenceMarket) PackRouter() []byte {
	enc, err := inferenceMarket.abi.Pack("router")
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackRouter is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xf887ea40.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function router() view returns(address)
func (inferenceMarket *InferenceMarket) TryPackRouter() ([]byte, error) {
	return inferenceMarket.abi.Pack("router")
}

// UnpackRouter is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0xf887ea40.
//
// Solidity: function router() view returns(address)
func (inferenceMarket *InferenceMarket) UnpackRouter(data []byte) (common.Address, error) {
	out, err := inferenceMarket.abi.Unpack("router", data)
	if err != nil {
		return *new(common.Address), err
	}
	out0 := *abi.ConvertType(out[0], new(common.Address)).(*common.Address)
	return out0, nil
}

// PackSupportsInterface is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x01ffc9a7.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function supportsInterface(bytes4 interfaceId) view returns(bool)
func (inferenceMarket *InferenceMarket) PackSupportsInterface(interfaceId [4]byte) []byte {
	enc, err := inferenceMarket.abi.Pack("supportsInterface", interfaceId)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackSupportsInterface is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x01ffc9a7.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function supportsInterface(bytes4 interfaceId) view returns(bool)
func (inferenceMarket *InferenceMarket) TryPackSupportsInterface(interfaceId [4]byte) ([]byte, error) {
	return inferenceMarket.abi.Pack("supportsInterface", interfaceId)
}

// UnpackSupportsInterface is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x01ffc9a7.
//
// Solidity: function supportsInterface(bytes4 interfaceId) view returns(bool)
func (inferenceMarket *InferenceMarket) UnpackSupportsInterface(data []byte) (bool, error) {
	out, err := inferenceMarket.abi.Unpack("supportsInterface", data)
	if err != nil {
		return *new(bool), err
	}
	out0 := *abi.ConvertType(out[0], new(bool)).(*bool)
	return out0, nil
}

// PackVerifyAndStoreInference is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x718859d5.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function verifyAndStoreInference(uint256 modelId, bytes32 inputCommitment, bytes output, bytes proof) returns(bytes32 inferenceId)
func (inferenceMarket *InferenceMarket) PackVerifyAndStoreInference(modelId *big.Int, inputCommitment [32]byte, output []byte, proof []byte) []byte {
	enc, err := inferenceMarket.abi.Pack("verifyAndStoreInference", modelId, inputCommitment, output, proof)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackVerifyAndStoreInference is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x718859d5.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function verifyAndStoreInference(uint256 modelId, bytes32 inputCommitment, bytes output, bytes proof) returns(bytes32 inferenceId)
func (inferenceMarket *InferenceMarket) TryPackVerifyAndStoreInference(modelId *big.Int, inputCommitment [32]byte, output []byte, proof []byte) ([]byte, error) {
	return inferenceMarket.abi.Pack("verifyAndStoreInference", modelId, inputCommitment, output, proof)
}

// UnpackVerifyAndStoreInference is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x718859d5.
//
// Solidity: function verifyAndStoreInference(uint256 modelId, bytes32 inputCommitment, bytes output, bytes proof) returns(bytes32 inferenceId)
func (inferenceMarket *InferenceMarket) UnpackVerifyAndStoreInference(data []byte) ([32]byte, error) {
	out, err := inferenceMarket.abi.Unpack("verifyAndStoreInference", data)
	if err != nil {
		return *new([32]byte), err
	}
	out0 := *abi.ConvertType(out[0], new([32]byte)).(*[32]byte)
	return out0, nil
}

// PackVerifyInference is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x80b171ef.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function verifyInference(uint256 modelId, bytes32 inputCommitment, bytes output, bytes proof) returns()
func (inferenceMarket *InferenceMarket) PackVerifyInference(modelId *big.Int, inputCommitment [32]byte, output []byte, proof []byte) []byte {
	enc, err := inferenceMarket.abi.Pack("verifyInference", modelId, inputCommitment, output, proof)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackVerifyInference is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x80b171ef.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function verifyInference(uint256 modelId, bytes32 inputCommitment, bytes output, bytes proof) returns()
func (inferenceMarket *InferenceMarket) TryPackVerifyInference(modelId *big.Int, inputCommitment [32]byte, output []byte, proof []byte) ([]byte, error) {
	return inferenceMarket.abi.Pack("verifyInference", modelId, inputCommitment, output, proof)
}

// PackWithdraw is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x3ccfd60b.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function withdraw() returns(uint256 amount)
func (inferenceMarket *InferenceMarket) PackWithdraw() []byte {
	enc, err := inferenceMarket.abi.Pack("withdraw")
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackWithdraw is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x3ccfd60b.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function withdraw() returns(uint256 amount)
func (inferenceMarket *InferenceMarket) TryPackWithdraw() ([]byte, error) {
	return inferenceMarket.abi.Pack("withdraw")
}

// UnpackWithdraw is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x3ccfd60b.
//
// Solidity: function withdraw() returns(uint256 amount)
func (inferenceMarket *InferenceMarket) UnpackWithdraw(data []byte) (*big.Int, error) {
	out, err := inferenceMarket.abi.Unpack("withdraw", data)
	if err != nil {
		return new(big.Int), err
	}
	out0 := abi.ConvertType(out[0], new(big.Int)).(*big.Int)
	return out0, nil
}

// InferenceMarketDeposited represents a Deposited event raised by the InferenceMarket contract.
type InferenceMarketDeposited struct {
	Account common.Address
	Amount  *big.Int
	Raw     *types.Log // Blockchain specific contextual infos
}

const InferenceMarketDepositedEventName = "Deposited"

// ContractEventName returns the user-defined event name.
func (InferenceMarketDeposited) ContractEventName() string {
	return InferenceMarketDepositedEventName
}

// UnpackDepositedEvent is the Go binding that unpacks the event data emitted
// by contract.
//
// Solidity: event Deposited(address indexed account, uint256 amount)
func (inferenceMarket *InferenceMarket) UnpackDepositedEvent(log *types.Log) (*InferenceMarketDeposited, error) {
	event := "Deposited"
	if len(log.Topics) == 0 {
		return nil, bind.ErrNoEventSignature
	}
	if log.Topics[0] != inferenceMarket.abi.Events[event].ID {
		return nil, bind.ErrEventSignatureMismatch
	}
	out := new(InferenceMarketDeposited)
	if len(log.Data) > 0 {
		if err := inferenceMarket.abi.UnpackIntoInterface(out, event, log.Data); err != nil {
			return nil, err
		}
	}
	var indexed abi.Arguments
	for _, arg := range inferenceMarket.abi.Events[event].Inputs {
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

// InferenceMarketFeePaid represents a FeePaid event raised by the InferenceMarket contract.
type InferenceMarketFeePaid struct {
	ModelId *big.Int
	Payer   common.Address
	Owner   common.Address
	Fee     *big.Int
	Raw     *types.Log // Blockchain specific contextual infos
}

const InferenceMarketFeePaidEventName = "FeePaid"

// ContractEventName returns the user-defined event name.
func (InferenceMarketFeePaid) ContractEventName() string {
	return InferenceMarketFeePaidEventName
}

// UnpackFeePaidEvent is the Go binding that unpacks the event data emitted
// by contract.
//
// Solidity: event FeePaid(uint256 indexed modelId, address indexed payer, address indexed owner, uint256 fee)
func (inferenceMarket *InferenceMarket) UnpackFeePaidEvent(log *types.Log) (*InferenceMarketFeePaid, error) {
	event := "FeePaid"
	if len(log.Topics) == 0 {
		return nil, bind.ErrNoEventSignature
	}
	if log.Topics[0] != inferenceMarket.abi.Events[event].ID {
		return nil, bind.ErrEventSignatureMismatch
	}
	out := new(InferenceMarketFeePaid)
	if len(log.Data) > 0 {
		if err := inferenceMarket.abi.UnpackIntoInterface(out, event, log.Data); err != nil {
			return nil, err
		}
	}
	var indexed abi.Arguments
	for _, arg := range inferenceMarket.abi.Events[event].Inputs {
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

// InferenceMarketInferenceStored represents a InferenceStored event raised by the InferenceMarket contract.
type InferenceMarketInferenceStored struct {
	InferenceId [32]byte
	Raw         *types.Log // Blockchain specific contextual infos
}

const InferenceMarketInferenceStoredEventName = "InferenceStored"

// ContractEventName returns the user-defined event name.
func (InferenceMarketInferenceStored) ContractEventName() string {
	return InferenceMarketInferenceStoredEventName
}

// UnpackInferenceStoredEvent is the Go binding that unpacks the event data emitted
// by contract.
//
// Solidity: event InferenceStored(bytes32 indexed inferenceId)
func (inferenceMarket *InferenceMarket) UnpackInferenceStoredEvent(log *types.Log) (*InferenceMarketInferenceStored, error) {
	event := "InferenceStored"
	if len(log.Topics) == 0 {
		return nil, bind.ErrNoEventSignature
	}
	if log.Topics[0] != inferenceMarket.abi.Events[event].ID {
		return nil, bind.ErrEventSignatureMismatch
	}
	out := new(InferenceMarketInferenceStored)
	if len(log.Data) > 0 {
		if err := inferenceMarket.abi.UnpackIntoInterface(out, event, log.Data); err != nil {
			return nil, err
		}
	}
	var indexed abi.Arguments
	for _, arg := range inferenceMarket.abi.Events[event].Inputs {
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

// InferenceMarketInferenceVerified represents a InferenceVerified event raised by the InferenceMarket contract.
type InferenceMarketInferenceVerified struct {
	ModelId         *big.Int
	InputCommitment [32]byte
	Output          []byte
	Caller          common.Address
	Raw             *types.Log // Blockchain specific contextual infos
}

const InferenceMarketInferenceVerifiedEventName = "InferenceVerified"

// ContractEventName returns the user-defined event name.
func (InferenceMarketInferenceVerified) ContractEventName() string {
	return InferenceMarketInferenceVerifiedEventName
}

// UnpackInferenceVerifiedEvent is the Go binding that unpacks the event data emitted
// by contract.
//
// Solidity: event InferenceVerified(uint256 indexed modelId, bytes32 indexed inputCommitment, bytes output, address indexed caller)
func (inferenceMarket *InferenceMarket) UnpackInferenceVerifiedEvent(log *types.Log) (*InferenceMarketInferenceVerified, error) {
	event := "InferenceVerified"
	if len(log.Topics) == 0 {
		return nil, bind.ErrNoEventSignature
	}
	if log.Topics[0] != inferenceMarket.abi.Events[event].ID {
		return nil, bind.ErrEventSignatureMismatch
	}
	out := new(InferenceMarketInferenceVerified)
	if len(log.Data) > 0 {
		if err := inferenceMarket.abi.UnpackIntoInterface(out, event, log.Data); err != nil {
			return nil, err
		}
	}
	var indexed abi.Arguments
	for _, arg := range inferenceMarket.abi.Events[event].Inputs {
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

// InferenceMarketWithdrawn represents a Withdrawn event raised by the InferenceMarket contract.
type InferenceMarketWithdrawn struct {
	Account common.Address
	Amount  *big.Int
	Raw     *types.Log // Blockchain specific contextual infos
}

const InferenceMarketWithdrawnEventName = "Withdrawn"

// ContractEventName returns the user-defined event name.
func (InferenceMarketWithdrawn) ContractEventName() string {
	return InferenceMarketWithdrawnEventName
}

// UnpackWithdrawnEvent is the Go binding that unpacks the event data emitted
// by contract.
//
// Solidity: event Withdrawn(address indexed account, uint256 amount)
func (inferenceMarket *InferenceMarket) UnpackWithdrawnEvent(log *types.Log) (*InferenceMarketWithdrawn, error) {
	event := "Withdrawn"
	if len(log.Topics) == 0 {
		return nil, bind.ErrNoEventSignature
	}
	if log.Topics[0] != inferenceMarket.abi.Events[event].ID {
		return nil, bind.ErrEventSignatureMismatch
	}
	out := new(InferenceMarketWithdrawn)
	if len(log.Data) > 0 {
		if err := inferenceMarket.abi.UnpackIntoInterface(out, event, log.Data); err != nil {
			return nil, err
		}
	}
	var indexed abi.Arguments
	for _, arg := range inferenceMarket.abi.Events[event].Inputs {
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
func (inferenceMarket *InferenceMarket) UnpackError(raw []byte) (any, error) {
	if bytes.Equal(raw[:4], inferenceMarket.abi.Errors["CodeNotStored"].ID.Bytes()[:4]) {
		return inferenceMarket.UnpackCodeNotStoredError(raw[4:])
	}
	if bytes.Equal(raw[:4], inferenceMarket.abi.Errors["FeeTooHigh"].ID.Bytes()[:4]) {
		return inferenceMarket.UnpackFeeTooHighError(raw[4:])
	}
	if bytes.Equal(raw[:4], inferenceMarket.abi.Errors["FeeUnpaid"].ID.Bytes()[:4]) {
		return inferenceMarket.UnpackFeeUnpaidError(raw[4:])
	}
	if bytes.Equal(raw[:4], inferenceMarket.abi.Errors["InferenceNotFound"].ID.Bytes()[:4]) {
		return inferenceMarket.UnpackInferenceNotFoundError(raw[4:])
	}
	if bytes.Equal(raw[:4], inferenceMarket.abi.Errors["InputCommitmentMismatch"].ID.Bytes()[:4]) {
		return inferenceMarket.UnpackInputCommitmentMismatchError(raw[4:])
	}
	if bytes.Equal(raw[:4], inferenceMarket.abi.Errors["InvalidProof"].ID.Bytes()[:4]) {
		return inferenceMarket.UnpackInvalidProofError(raw[4:])
	}
	if bytes.Equal(raw[:4], inferenceMarket.abi.Errors["ModelMismatch"].ID.Bytes()[:4]) {
		return inferenceMarket.UnpackModelMismatchError(raw[4:])
	}
	if bytes.Equal(raw[:4], inferenceMarket.abi.Errors["NoCredit"].ID.Bytes()[:4]) {
		return inferenceMarket.UnpackNoCreditError(raw[4:])
	}
	if bytes.Equal(raw[:4], inferenceMarket.abi.Errors["OutputMismatch"].ID.Bytes()[:4]) {
		return inferenceMarket.UnpackOutputMismatchError(raw[4:])
	}
	if bytes.Equal(raw[:4], inferenceMarket.abi.Errors["StatementUsed"].ID.Bytes()[:4]) {
		return inferenceMarket.UnpackStatementUsedError(raw[4:])
	}
	if bytes.Equal(raw[:4], inferenceMarket.abi.Errors["UnsupportedProofSystem"].ID.Bytes()[:4]) {
		return inferenceMarket.UnpackUnsupportedProofSystemError(raw[4:])
	}
	if bytes.Equal(raw[:4], inferenceMarket.abi.Errors["VerificationRefused_ModelDeprecated"].ID.Bytes()[:4]) {
		return inferenceMarket.UnpackVerificationRefusedModelDeprecatedError(raw[4:])
	}
	if bytes.Equal(raw[:4], inferenceMarket.abi.Errors["WithdrawalFailed"].ID.Bytes()[:4]) {
		return inferenceMarket.UnpackWithdrawalFailedError(raw[4:])
	}
	return nil, errors.New("unknown error")
}

// InferenceMarketCodeNotStored represents a CodeNotStored error raised by the InferenceMarket contract.
type InferenceMarketCodeNotStored struct {
	Length *big.Int
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error CodeNotStored(uint256 length)
func InferenceMarketCodeNotStoredErrorID() common.Hash {
	return common.HexToHash("0x93b2e34d11f6029bc6d065c927ac7e0de6ecbab305c2e555141f0cd7f0fd60cd")
}

// UnpackCodeNotStoredError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error CodeNotStored(uint256 length)
func (inferenceMarket *InferenceMarket) UnpackCodeNotStoredError(raw []byte) (*InferenceMarketCodeNotStored, error) {
	out := new(InferenceMarketCodeNotStored)
	if err := inferenceMarket.abi.UnpackIntoInterface(out, "CodeNotStored", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// InferenceMarketFeeTooHigh represents a FeeTooHigh error raised by the InferenceMarket contract.
type InferenceMarketFeeTooHigh struct {
	Fee    *big.Int
	MaxFee *big.Int
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error FeeTooHigh(uint256 fee, uint256 maxFee)
func InferenceMarketFeeTooHighErrorID() common.Hash {
	return common.HexToHash("0xe757126a89ba5140023477c243d17c34ca7467d317e5523eafa819ff2931905a")
}

// UnpackFeeTooHighError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error FeeTooHigh(uint256 fee, uint256 maxFee)
func (inferenceMarket *InferenceMarket) UnpackFeeTooHighError(raw []byte) (*InferenceMarketFeeTooHigh, error) {
	out := new(InferenceMarketFeeTooHigh)
	if err := inferenceMarket.abi.UnpackIntoInterface(out, "FeeTooHigh", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// InferenceMarketFeeUnpaid represents a FeeUnpaid error raised by the InferenceMarket contract.
type InferenceMarketFeeUnpaid struct {
	Fee    *big.Int
	Credit *big.Int
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error FeeUnpaid(uint256 fee, uint256 credit)
func InferenceMarketFeeUnpaidErrorID() common.Hash {
	return common.HexToHash("0x7e94d18f0faecd54ed1558a182e9626413c633f434e5c795427dc58a35387755")
}

// UnpackFeeUnpaidError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error FeeUnpaid(uint256 fee, uint256 credit)
func (inferenceMarket *InferenceMarket) UnpackFeeUnpaidError(raw []byte) (*InferenceMarketFeeUnpaid, error) {
	out := new(InferenceMarketFeeUnpaid)
	if err := inferenceMarket.abi.UnpackIntoInterface(out, "FeeUnpaid", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// InferenceMarketInferenceNotFound represents a InferenceNotFound error raised by the InferenceMarket contract.
type InferenceMarketInferenceNotFound struct {
	InferenceId [32]byte
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error InferenceNotFound(bytes32 inferenceId)
func InferenceMarketInferenceNotFoundErrorID() common.Hash {
	return common.HexToHash("0xf536ef212e545bfe3b72857c5f8cf33a6c92125cf2844d00d28ba94cf8c18a23")
}

// UnpackInferenceNotFoundError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error InferenceNotFound(bytes32 inferenceId)
func (inferenceMarket *InferenceMarket) UnpackInferenceNotFoundError(raw []byte) (*InferenceMarketInferenceNotFound, error) {
	out := new(InferenceMarketInferenceNotFound)
	if err := inferenceMarket.abi.UnpackIntoInterface(out, "InferenceNotFound", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// InferenceMarketInputCommitmentMismatch represents a InputCommitmentMismatch error raised by the InferenceMarket contract.
type InferenceMarketInputCommitmentMismatch struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error InputCommitmentMismatch()
func InferenceMarketInputCommitmentMismatchErrorID() common.Hash {
	return common.HexToHash("0x67320673dfdd56e1ae72423791a2a7214cc5d954e6265b4efa1633a430b3a01f")
}

// UnpackInputCommitmentMismatchError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error InputCommitmentMismatch()
func (inferenceMarket *InferenceMarket) UnpackInputCommitmentMismatchError(raw []byte) (*InferenceMarketInputCommitmentMismatch, error) {
	out := new(InferenceMarketInputCommitmentMismatch)
	if err := inferenceMarket.abi.UnpackIntoInterface(out, "InputCommitmentMismatch", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// InferenceMarketInvalidProof represents a InvalidProof error raised by the InferenceMarket contract.
type InferenceMarketInvalidProof struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error InvalidProof()
func InferenceMarketInvalidProofErrorID() common.Hash {
	return common.HexToHash("0x09bde339c6b182be216ee7ef8ccff6338c6ef7993445216112ae575c5438fd27")
}

// UnpackInvalidProofError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error InvalidProof()
func (inferenceMarket *InferenceMarket) UnpackInvalidProofError(raw []byte) (*InferenceMarketInvalidProof, error) {
	out := new(InferenceMarketInvalidProof)
	if err := inferenceMarket.abi.UnpackIntoInterface(out, "InvalidProof", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// InferenceMarketModelMismatch represents a ModelMismatch error raised by the InferenceMarket contract.
type InferenceMarketModelMismatch struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error ModelMismatch()
func InferenceMarketModelMismatchErrorID() common.Hash {
	return common.HexToHash("0xa407e5f77626ff2ed1b0b6af5fe7d2389131af06a0a39a122aa9194aaee6a086")
}

// UnpackModelMismatchError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error ModelMismatch()
func (inferenceMarket *InferenceMarket) UnpackModelMismatchError(raw []byte) (*InferenceMarketModelMismatch, error) {
	out := new(InferenceMarketModelMismatch)
	if err := inferenceMarket.abi.UnpackIntoInterface(out, "ModelMismatch", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// InferenceMarketNoCredit represents a NoCredit error raised by the InferenceMarket contract.
type InferenceMarketNoCredit struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error NoCredit()
func InferenceMarketNoCreditErrorID() common.Hash {
	return common.HexToHash("0x315b0e1402b8fce06679c02718edf3900dbdfeacb28a5cb9eb16ee5bf9256e16")
}

// UnpackNoCreditError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error NoCredit()
func (inferenceMarket *InferenceMarket) UnpackNoCreditError(raw []byte) (*InferenceMarketNoCredit, error) {
	out := new(InferenceMarketNoCredit)
	if err := inferenceMarket.abi.UnpackIntoInterface(out, "NoCredit", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// InferenceMarketOutputMismatch represents a OutputMismatch error raised by the InferenceMarket contract.
type InferenceMarketOutputMismatch struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error OutputMismatch()
func InferenceMarketOutputMismatchErrorID() common.Hash {
	return common.HexToHash("0xbece19e609440c2bb2000e3b62a2ab1c42c3d0e8130cf2f08603ad0bf8017c2a")
}

// UnpackOutputMismatchError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error OutputMismatch()
func (inferenceMarket *InferenceMarket) UnpackOutputMismatchError(raw []byte) (*InferenceMarketOutputMismatch, error) {
	out := new(InferenceMarketOutputMismatch)
	if err := inferenceMarket.abi.UnpackIntoInterface(out, "OutputMismatch", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// InferenceMarketStatementUsed represents a StatementUsed error raised by the InferenceMarket contract.
type InferenceMarketStatementUsed struct {
	InferenceId [32]byte
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error StatementUsed(bytes32 inferenceId)
func InferenceMarketStatementUsedErrorID() common.Hash {
	return common.HexToHash("0x19232daef22d6c8e7b6a6b299f86ef53f24b4ee4844c2e448cbb7838d97d3504")
}

// UnpackStatementUsedError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error StatementUsed(bytes32 inferenceId)
func (inferenceMarket *InferenceMarket) UnpackStatementUsedError(raw []byte) (*InferenceMarketStatementUsed, error) {
	out := new(InferenceMarketStatementUsed)
	if err := inferenceMarket.abi.UnpackIntoInterface(out, "StatementUsed", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// InferenceMarketUnsupportedProofSystem represents a UnsupportedProofSystem error raised by the InferenceMarket contract.
type InferenceMarketUnsupportedProofSystem struct {
	ProofSystemId [4]byte
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error UnsupportedProofSystem(bytes4 proofSystemId)
func InferenceMarketUnsupportedProofSystemErrorID() common.Hash {
	return common.HexToHash("0xad061ccd83d669aeb9bb14a5bf6b96ab87fb107bfae5679f9bcd6071ff9f56ac")
}

// UnpackUnsupportedProofSystemError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error UnsupportedProofSystem(bytes4 proofSystemId)
func (inferenceMarket *InferenceMarket) UnpackUnsupportedProofSystemError(raw []byte) (*InferenceMarketUnsupportedProofSystem, error) {
	out := new(InferenceMarketUnsupportedProofSystem)
	if err := inferenceMarket.abi.UnpackIntoInterface(out, "UnsupportedProofSystem", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// InferenceMarketVerificationRefusedModelDeprecated represents a VerificationRefused_ModelDeprecated error raised by the InferenceMarket contract.
type InferenceMarketVerificationRefusedModelDeprecated struct {
	ModelId *big.Int
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error VerificationRefused_ModelDeprecated(uint256 modelId)
func InferenceMarketVerificationRefusedModelDeprecatedErrorID() common.Hash {
	return common.HexToHash("0x0edf70257fa7f83fd5976d928f0090308338629a8ee17107ebfb1e939916b7ad")
}

// UnpackVerificationRefusedModelDeprecatedError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error VerificationRefused_ModelDeprecated(uint256 modelId)
func (inferenceMarket *InferenceMarket) UnpackVerificationRefusedModelDeprecatedError(raw []byte) (*InferenceMarketVerificationRefusedModelDeprecated, error) {
	out := new(InferenceMarketVerificationRefusedModelDeprecated)
	if err := inferenceMarket.abi.UnpackIntoInterface(out, "VerificationRefused_ModelDeprecated", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// InferenceMarketWithdrawalFailed represents a WithdrawalFailed error raised by the InferenceMarket contract.
type InferenceMarketWithdrawalFailed struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error WithdrawalFailed()
func InferenceMarketWithdrawalFailedErrorID() common.Hash {
	return common.HexToHash("0x27fcd9d1b3904ea7ea03a8482bae8169f49cfae6e56d540f058b941597289203")
}

// UnpackWithdrawalFailedError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error WithdrawalFailed()
func (inferenceMarket *InferenceMarket) UnpackWithdrawalFailedError(raw []byte) (*InferenceMarketWithdrawalFailed, error) {
	out := new(InferenceMarketWithdrawalFailed)
	if err := inferenceMarket.abi.UnpackIntoInterface(out, "WithdrawalFailed", raw); err != nil {
		return nil, err
	}
	return out, nil
}
