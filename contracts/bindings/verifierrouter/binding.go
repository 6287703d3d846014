// SPDX-License-Identifier: Apache-2.0

// Code generated via abigen V2 - DO NOT EDIT.
// This file is a generated binding and any manual changes will be lost.

// Package verifierrouter packs calls of VerifierRouter and unpacks its results, events and errors.
package verifierrouter

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

// VerifierRouterMetaData contains all meta data concerning the VerifierRouter contract.
var VerifierRouterMetaData = bind.MetaData{
	ABI: "[{\"inputs\":[{\"internalType\":\"address\",\"name\":\"owner\",\"type\":\"address\"}],\"stateMutability\":\"nonpayable\",\"type\":\"constructor\"},{\"inputs\":[{\"internalType\":\"address\",\"name\":\"owner\",\"type\":\"address\"}],\"name\":\"OwnableInvalidOwner\",\"type\":\"error\"},{\"inputs\":[{\"internalType\":\"address\",\"name\":\"account\",\"type\":\"address\"}],\"name\":\"OwnableUnauthorizedAccount\",\"type\":\"error\"},{\"inputs\":[{\"internalType\":\"bytes4\",\"name\":\"selector\",\"type\":\"bytes4\"}],\"name\":\"SelectorInUse\",\"type\":\"error\"},{\"inputs\":[{\"internalType\":\"bytes4\",\"name\":\"selector\",\"type\":\"bytes4\"}],\"name\":\"SelectorRemoved\",\"type\":\"error\"},{\"inputs\":[{\"internalType\":\"bytes4\",\"name\":\"selector\",\"type\":\"bytes4\"}],\"name\":\"SelectorUnknown\",\"type\":\"error\"},{\"inputs\":[],\"name\":\"VerifierAddressZero\",\"type\":\"error\"},{\"anonymous\":false,\"inputs\":[{\"indexed\":true,\"internalType\":\"address\",\"name\":\"previousOwner\",\"type\":\"address\"},{\"indexed\":true,\"internalType\":\"address\",\"name\":\"newOwner\",\"type\":\"address\"}],\"name\":\"OwnershipTransferStarted\",\"type\":\"event\"},{\"anonymous\":false,\"inputs\":[{\"indexed\":true,\"internalType\":\"address\",\"name\":\"previousOwner\",\"type\":\"address\"},{\"indexed\":true,\"internalType\":\"address\",\"name\":\"newOwner\",\"type\":\"address\"}],\"name\":\"OwnershipTransferred\",\"type\":\"event\"},{\"anonymous\":false,\"inputs\":[{\"indexed\":true,\"internalType\":\"bytes4\",\"name\":\"selector\",\"type\":\"bytes4\"},{\"indexed\":false,\"internalType\":\"bytes32\",\"name\":\"system\",\"type\":\"bytes32\"},{\"indexed\":false,\"internalType\":\"contractIInferenceVerifier\",\"name\":\"verifier\",\"type\":\"address\"}],\"name\":\"VerifierAdded\",\"type\":\"event\"},{\"anonymous\":false,\"inputs\":[{\"indexed\":true,\"internalType\":\"bytes4\",\"name\":\"selector\",\"type\":\"bytes4\"}],\"name\":\"VerifierRemoved\",\"type\":\"event\"},{\"inputs\":[],\"name\":\"acceptOwnership\",\"outputs\":[],\"stateMutability\":\"nonpayable\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"contractIInferenceVerifier\",\"name\":\"verifier\",\"type\":\"address\"}],\"name\":\"addVerifier\",\"outputs\":[],\"stateMutability\":\"nonpayable\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"bytes4\",\"name\":\"selector\",\"type\":\"bytes4\"}],\"name\":\"find\",\"outputs\":[{\"internalType\":\"contractIInferenceVerifier\",\"name\":\"\",\"type\":\"address\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[],\"name\":\"owner\",\"outputs\":[{\"internalType\":\"address\",\"name\":\"\",\"type\":\"address\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[],\"name\":\"pendingOwner\",\"outputs\":[{\"internalType\":\"address\",\"name\":\"\",\"type\":\"address\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"bytes4\",\"name\":\"selector\",\"type\":\"bytes4\"}],\"name\":\"removeVerifier\",\"outputs\":[],\"stateMutability\":\"nonpayable\",\"type\":\"function\"},{\"inputs\":[],\"name\":\"renounceOwnership\",\"outputs\":[],\"stateMutability\":\"nonpayable\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"bytes4\",\"name\":\"selector\",\"type\":\"bytes4\"}],\"name\":\"systemOf\",\"outputs\":[{\"internalType\":\"bytes32\",\"name\":\"system\",\"type\":\"bytes32\"},{\"internalType\":\"bool\",\"name\":\"removed\",\"type\":\"bool\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"address\",\"name\":\"newOwner\",\"type\":\"address\"}],\"name\":\"transferOwnership\",\"outputs\":[],\"stateMutability\":\"nonpayable\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"bytes4\",\"name\":\"selector\",\"type\":\"bytes4\"}],\"name\":\"verifierOf\",\"outputs\":[{\"internalType\":\"contractIInferenceVerifier\",\"name\":\"verifier\",\"type\":\"address\"}],\"stateMutability\":\"view\",\"type\":\"function\"}]",
	ID:  "VerifierRouter",
}

// VerifierRouter is an auto generated Go binding around an Ethereum contract.
type VerifierRouter struct {
	abi abi.ABI
}

// GetABI returns the ABI associated with this contract binding.
func (c *VerifierRouter) GetABI() abi.ABI {
	return c.abi
}

// NewVerifierRouter creates a new instance of VerifierRouter.
func NewVerifierRouter() *VerifierRouter {
	parsed, err := VerifierRouterMetaData.ParseABI()
	if err != nil {
		panic(errors.New("invalid ABI: " + err.Error()))
	}
	return &VerifierRouter{abi: *parsed}
}

// Instance creates a wrapper for a deployed contract instance at the given address.
// Use this to create the instance object passed to abigen v2 library functions Call, Transact, etc.
func (c *VerifierRouter) Instance(backend bind.ContractBackend, addr common.Address) *bind.BoundContract {
	return bind.NewBoundContract(addr, c.abi, backend, backend, backend)
}

// PackConstructor is the Go binding used to pack the parameters required for
// contract deployment.
//
// Solidity: constructor(address owner) returns()
func (verifierRouter *VerifierRouter) PackConstructor(owner common.Address) []byte {
	enc, err := verifierRouter.abi.Pack("", owner)
	if err != nil {
		panic(err)
	}
	return enc
}

// PackAcceptOwnership is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x79ba5097.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function acceptOwnership() returns()
func (verifierRouter *VerifierRouter) PackAcceptOwnership() []byte {
	enc, err := verifierRouter.abi.Pack("acceptOwnership")
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackAcceptOwnership is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x79ba5097.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function acceptOwnership() returns()
func (verifierRouter *VerifierRouter) TryPackAcceptOwnership() ([]byte, error) {
	return verifierRouter.abi.Pack("acceptOwnership")
}

// PackAddVerifier is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x9000b3d6.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function addVerifier(address verifier) returns()
func (verifierRouter *VerifierRouter) PackAddVerifier(verifier common.Address) []byte {
	enc, err := verifierRouter.abi.Pack("addVerifier", verifier)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackAddVerifier is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x9000b3d6.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function addVerifier(address verifier) returns()
func (verifierRouter *VerifierRouter) TryPackAddVerifier(verifier common.Address) ([]byte, error) {
	return verifierRouter.abi.Pack("addVerifier", verifier)
}

// PackFind is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x4934835c.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function find(bytes4 selector) view returns(address)
func (verifierRouter *VerifierRouter) PackFind(selector [4]byte) []byte {
	enc, err := verifierRouter.abi.Pack("find", selector)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackFind is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x4934835c.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function find(bytes4 selector) view returns(address)
func (verifierRouter *VerifierRouter) TryPackFind(selector [4]byte) ([]byte, error) {
	return verifierRouter.abi.Pack("find", selector)
}

// UnpackFind is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x4934835c.
//
// Solidity: function find(bytes4 selector) view returns(address)
func (verifierRouter *VerifierRouter) UnpackFind(data []byte) (common.Address, error) {
	out, err := verifierRouter.abi.Unpack("find", data)
	if err != nil {
		return *new(common.Address), err
	}
	out0 := *abi.ConvertType(out[0], new(common.Address)).(*common.Address)
	return out0, nil
}

// PackOwner is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x8da5cb5b.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function owner() view returns(address)
func (verifierRouter *VerifierRouter) PackOwner() []byte {
	enc, err := verifierRouter.abi.Pack("owner")
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackOwner is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x8da5cb5b.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function owner() view returns(address)
func (verifierRouter *VerifierRouter) TryPackOwner() ([]byte, error) {
	return verifierRouter.abi.Pack("owner")
}

// UnpackOwner is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x8da5cb5b.
//
// Solidity: function owner() view returns(address)
func (verifierRouter *VerifierRouter) UnpackOwner(data []byte) (common.Address, error) {
	out, err := verifierRouter.abi.Unpack("owner", data)
	if err != nil {
		return *new(common.Address), err
	}
	out0 := *abi.ConvertType(out[0], new(common.Address)).(*common.Address)
	return out0, nil
}

// PackPendingOwner is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xe30c3978.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function pendingOwner() view returns(address)
func (verifierRouter *VerifierRouter) PackPendingOwner() []byte {
	enc, err := verifierRouter.abi.Pack("pendingOwner")
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackPendingOwner is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xe30c3978.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function pendingOwner() view returns(address)
func (verifierRouter *VerifierRouter) TryPackPendingOwner() ([]byte, error) {
	return verifierRouter.abi.Pack("pendingOwner")
}

// UnpackPendingOwner is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0xe30c3978.
//
// Solidity: function pendingOwner() view returns(address)
func (verifierRouter *VerifierRouter) UnpackPendingOwner(data []byte) (common.Address, error) {
	out, err := verifierRouter.abi.Unpack("pendingOwner", data)
	if err != nil {
		return *new(common.Address), err
	}
	out0 := *abi.ConvertType(out[0], new(common.Address)).(*common.Address)
	return out0, nil
}

// PackRemoveVerifier is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x93d237f6.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function removeVerifier(bytes4 selector) returns()
func (verifierRouter *VerifierRouter) PackRemoveVerifier(selector [4]byte) []byte {
	enc, err := verifierRouter.abi.Pack("removeVerifier", selector)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackRemoveVerifier is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x93d237f6.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function removeVerifier(bytes4 selector) returns()
func (verifierRouter *VerifierRouter) TryPackRemoveVerifier(selector [4]byte) ([]byte, error) {
	return verifierRouter.abi.Pack("removeVerifier", selector)
}

// PackRenounceOwnership is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x715018a6.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function renounceOwnership() returns()
func (verifierRouter *VerifierRouter) PackRenounceOwnership() []byte {
	enc, err := verifierRouter.abi.Pack("renounceOwnership")
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackRenounceOwnership is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x715018a6.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function renounceOwnership() returns()
func (verifierRouter *VerifierRouter) TryPackRenounceOwnership() ([]byte, error) {
	return verifierRouter.abi.Pack("renounceOwnership")
}

// PackSystemOf is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x7136cdf7.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function systemOf(bytes4 selector) view returns(bytes32 system, bool removed)
func (verifierRouter *VerifierRouter) PackSystemOf(selector [4]byte) []byte {
	enc, err := verifierRouter.abi.Pack("systemOf", selector)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackSystemOf is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x7136cdf7.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function systemOf(bytes4 selector) view returns(bytes32 system, bool removed)
func (verifierRouter *VerifierRouter) TryPackSystemOf(selector [4]byte) ([]byte, error) {
	return verifierRouter.abi.Pack("systemOf", selector)
}

// SystemOfOutput serves as a container for the return parameters of contract
// method SystemOf.
type SystemOfOutput struct {
	System  [32]byte
	Removed bool
}

// UnpackSystemOf is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x7136cdf7.
//
// Solidity: function systemOf(bytes4 selector) view returns(bytes32 system, bool removed)
func (verifierRouter *VerifierRouter) UnpackSystemOf(data []byte) (SystemOfOutput, error) {
	out, err := verifierRouter.abi.Unpack("systemOf", data)
	outstruct := new(SystemOfOutput)
	if err != nil {
		return *outstruct, err
	}
	outstruct.System = *abi.ConvertType(out[0], new([32]byte)).(*[32]byte)
	outstruct.Removed = *abi.ConvertType(out[1], new(bool)).(*bool)
	return *outstruct, nil
}

// PackTransferOwnership is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xf2fde38b.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function transferOwnership(address newOwner) returns()
func (verifierRouter *VerifierRouter) PackTransferOwnership(newOwner common.Address) []byte {
	enc, err := verifierRouter.abi.Pack("transferOwnership", newOwner)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackTransferOwnership is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xf2fde38b.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function transferOwnership(address newOwner) returns()
func (verifierRouter *VerifierRouter) TryPackTransferOwnership(newOwner common.Address) ([]byte, error) {
	return verifierRouter.abi.Pack("transferOwnership", newOwner)
}

// PackVerifierOf is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x53ab09dd.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function verifierOf(bytes4 selector) view returns(address verifier)
func (verifierRouter *VerifierRouter) PackVerifierOf(selector [4]byte) []byte {
	enc, err := verifierRouter.abi.Pack("verifierOf", selector)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackVerifierOf is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x53ab09dd.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function verifierOf(bytes4 selector) view returns(address verifier)
func (verifierRouter *VerifierRouter) TryPackVerifierOf(selector [4]byte) ([]byte, error) {
	return verifierRouter.abi.Pack("verifierOf", selector)
}

// UnpackVerifierOf is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x53ab09dd.
//
// Solidity: function verifierOf(bytes4 selector) view returns(address verifier)
func (verifierRouter *VerifierRouter) UnpackVerifierOf(data []byte) (common.Address, error) {
	out, err := verifierRouter.abi.Unpack("verifierOf", data)
	if err != nil {
		return *new(common.Address), err
	}
	out0 := *abi.ConvertType(out[0], new(common.Address)).(*common.Address)
	return out0, nil
}

// VerifierRouterOwnershipTransferStarted represents a OwnershipTransferStarted event raised by the VerifierRouter contract.
type VerifierRouterOwnershipTransferStarted struct {
	PreviousOwner common.Address
	NewOwner      common.Address
	Raw           *types.Log // Blockchain specific contextual infos
}

const VerifierRouterOwnershipTransferStartedEventName = "OwnershipTransferStarted"

// ContractEventName returns the user-defined event name.
func (VerifierRouterOwnershipTransferStarted) ContractEventName() string {
	return VerifierRouterOwnershipTransferStartedEventName
}

// UnpackOwnershipTransferStartedEvent is the Go binding that unpacks the event data emitted
// by contract.
//
// Solidity: event OwnershipTransferStarted(address indexed previousOwner, address indexed newOwner)
func (verifierRouter *VerifierRouter) UnpackOwnershipTransferStartedEvent(log *types.Log) (*VerifierRouterOwnershipTransferStarted, error) {
	event := "OwnershipTransferStarted"
	if len(log.Topics) == 0 {
		return nil, bind.ErrNoEventSignature
	}
	if log.Topics[0] != verifierRouter.abi.Events[event].ID {
		return nil, bind.ErrEventSignatureMismatch
	}
	out := new(VerifierRouterOwnershipTransferStarted)
	if len(log.Data) > 0 {
		if err := verifierRouter.abi.UnpackIntoInterface(out, event, log.Data); err != nil {
			return nil, err
		}
	}
	var indexed abi.Arguments
	for _, arg := range verifierRouter.abi.Events[event].Inputs {
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

// VerifierRouterOwnershipTransferred represents a OwnershipTransferred event raised by the VerifierRouter contract.
type VerifierRouterOwnershipTransferred struct {
	PreviousOwner common.Address
	NewOwner      common.Address
	Raw           *types.Log // Blockchain specific contextual infos
}

const VerifierRouterOwnershipTransferredEventName = "OwnershipTransferred"

// ContractEventName returns the user-defined event name.
func (VerifierRouterOwnershipTransferred) ContractEventName() string {
	return VerifierRouterOwnershipTransferredEventName
}

// UnpackOwnershipTransferredEvent is the Go binding that unpacks the event data emitted
// by contract.
//
// Solidity: event OwnershipTransferred(address indexed previousOwner, address indexed newOwner)
func (verifierRouter *VerifierRouter) UnpackOwnershipTransferredEvent(log *types.Log) (*VerifierRouterOwnershipTransferred, error) {
	event := "OwnershipTransferred"
	if len(log.Topics) == 0 {
		return nil, bind.ErrNoEventSignature
	}
	if log.Topics[0] != verifierRouter.abi.Events[event].ID {
		return nil, bind.ErrEventSignatureMismatch
	}
	out := new(VerifierRouterOwnershipTransferred)
	if len(log.Data) > 0 {
		if err := verifierRouter.abi.UnpackIntoInterface(out, event, log.Data); err != nil {
			return nil, err
		}
	}
	var indexed abi.Arguments
	for _, arg := range verifierRouter.abi.Events[event].Inputs {
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

// VerifierRouterVerifierAdded represents a VerifierAdded event raised by the VerifierRouter contract.
type VerifierRouterVerifierAdded struct {
	Selector [4]byte
	System   [32]byte
	Verifier common.Address
	Raw      *types.Log // Blockchain specific contextual infos
}

const VerifierRouterVerifierAddedEventName = "VerifierAdded"

// ContractEventName returns the user-defined event name.
func (VerifierRouterVerifierAdded) ContractEventName() string {
	return VerifierRouterVerifierAddedEventName
}

// UnpackVerifierAddedEvent is the Go binding that unpacks the event data emitted
// by contract.
//
// Solidity: event VerifierAdded(bytes4 indexed selector, bytes32 system, address verifier)
func (verifierRouter *VerifierRouter) UnpackVerifierAddedEvent(log *types.Log) (*VerifierRouterVerifierAdded, error) {
	event := "VerifierAdded"
	if len(log.Topics) == 0 {
		return nil, bind.ErrNoEventSignature
	}
	if log.Topics[0] != verifierRouter.abi.Events[event].ID {
		return nil, bind.ErrEventSignatureMismatch
	}
	out := new(VerifierRouterVerifierAdded)
	if len(log.Data) > 0 {
		if err := verifierRouter.abi.UnpackIntoInterface(out, event, log.Data); err != nil {
			return nil, err
		}
	}
	var indexed abi.Arguments
	for _, arg := range verifierRouter.abi.Events[event].Inputs {
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

// VerifierRouterVerifierRemoved represents a VerifierRemoved event raised by the VerifierRouter contract.
type VerifierRouterVerifierRemoved struct {
	Selector [4]byte
	Raw      *types.Log // Blockchain specific contextual infos
}

const VerifierRouterVerifierRemovedEventName = "VerifierRemoved"

// ContractEventName returns the user-defined event name.
func (VerifierRouterVerifierRemoved) ContractEventName() string {
	return VerifierRouterVerifierRemovedEventName
}

// UnpackVerifierRemovedEvent is the Go binding that unpacks the event data emitted
// by contract.
//
// Solidity: event VerifierRemoved(bytes4 indexed selector)
func (verifierRouter *VerifierRouter) UnpackVerifierRemovedEvent(log *types.Log) (*VerifierRouterVerifierRemoved, error) {
	event := "VerifierRemoved"
	if len(log.Topics) == 0 {
		return nil, bind.ErrNoEventSignature
	}
	if log.Topics[0] != verifierRouter.abi.Events[event].ID {
		return nil, bind.ErrEventSignatureMismatch
	}
	out := new(VerifierRouterVerifierRemoved)
	if len(log.Data) > 0 {
		if err := verifierRouter.abi.UnpackIntoInterface(out, event, log.Data); err != nil {
			return nil, err
		}
	}
	var indexed abi.Arguments
	for _, arg := range verifierRouter.abi.Events[event].Inputs {
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
func (verifierRouter *VerifierRouter) UnpackError(raw []byte) (any, error) {
	if bytes.Equal(raw[:4], verifierRouter.abi.Errors["OwnableInvalidOwner"].ID.Bytes()[:4]) {
		return verifierRouter.UnpackOwnableInvalidOwnerError(raw[4:])
	}
	if bytes.Equal(raw[:4], verifierRouter.abi.Errors["OwnableUnauthorizedAccount"].ID.Bytes()[:4]) {
		return verifierRouter.UnpackOwnableUnauthorizedAccountError(raw[4:])
	}
	if bytes.Equal(raw[:4], verifierRouter.abi.Errors["SelectorInUse"].ID.Bytes()[:4]) {
		return verifierRouter.UnpackSelectorInUseError(raw[4:])
	}
	if bytes.Equal(raw[:4], verifierRouter.abi.Errors["SelectorRemoved"].ID.Bytes()[:4]) {
		return verifierRouter.UnpackSelectorRemovedError(raw[4:])
	}
	if bytes.Equal(raw[:4], verifierRouter.abi.Errors["SelectorUnknown"].ID.Bytes()[:4]) {
		return verifierRouter.UnpackSelectorUnknownError(raw[4:])
	}
	if bytes.Equal(raw[:4], verifierRouter.abi.Errors["VerifierAddressZero"].ID.Bytes()[:4]) {
		return verifierRouter.UnpackVerifierAddressZeroError(raw[4:])
	}
	return nil, errors.New("unknown error")
}

// VerifierRouterOwnableInvalidOwner represents a OwnableInvalidOwner error raised by the VerifierRouter contract.
type VerifierRouterOwnableInvalidOwner struct {
	Owner common.Address
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error OwnableInvalidOwner(address owner)
func VerifierRouterOwnableInvalidOwnerErrorID() common.Hash {
	return common.HexToHash("0x1e4fbdf7f3ef8bcaa855599e3abf48b232380f183f08f6f813d9ffa5bd585188")
}

// UnpackOwnableInvalidOwnerError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error OwnableInvalidOwner(address owner)
func (verifierRouter *VerifierRouter) UnpackOwnableInvalidOwnerError(raw []byte) (*VerifierRouterOwnableInvalidOwner, error) {
	out := new(VerifierRouterOwnableInvalidOwner)
	if err := verifierRouter.abi.UnpackIntoInterface(out, "OwnableInvalidOwner", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// VerifierRouterOwnableUnauthorizedAccount represents a OwnableUnauthorizedAccount error raised by the VerifierRouter contract.
type VerifierRouterOwnableUnauthorizedAccount struct {
	Account common.Address
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error OwnableUnauthorizedAccount(address account)
func VerifierRouterOwnableUnauthorizedAccountErrorID() common.Hash {
	return common.HexToHash("0x118cdaa7a341953d1887a2245fd6665d741c67c8c50581daa59e1d03373fa188")
}

// UnpackOwnableUnauthorizedAccountError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error OwnableUnauthorizedAccount(address account)
func (verifierRouter *VerifierRouter) UnpackOwnableUnauthorizedAccountError(raw []byte) (*VerifierRouterOwnableUnauthorizedAccount, error) {
	out := new(VerifierRouterOwnableUnauthorizedAccount)
	if err := verifierRouter.abi.UnpackIntoInterface(out, "OwnableUnauthorizedAccount", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// VerifierRouterSelectorInUse represents a SelectorInUse error raised by the VerifierRouter contract.
type VerifierRouterSelectorInUse struct {
	Selector [4]byte
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error SelectorInUse(bytes4 selector)
func VerifierRouterSelectorInUseErrorID() common.Hash {
	return common.HexToHash("0x50a41efb2f2ba2f1397a5ba260205434d0d54eec4901651d92a5091b4ecc224f")
}

// UnpackSelectorInUseError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error SelectorInUse(bytes4 selector)
func (verifierRouter *VerifierRouter) UnpackSelectorInUseError(raw []byte) (*VerifierRouterSelectorInUse, error) {
	out := new(VerifierRouterSelectorInUse)
	if err := verifierRouter.abi.UnpackIntoInterface(out, "SelectorInUse", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// VerifierRouterSelectorRemoved represents a SelectorRemoved error raised by the VerifierRouter contract.
type VerifierRouterSelectorRemoved struct {
	Selector [4]byte
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error SelectorRemoved(bytes4 selector)
func VerifierRouterSelectorRemovedErrorID() common.Hash {
	return common.HexToHash("0xde03ac4c41f6f2e1f1f274aac0ec03d9c5907cf5a447c59c2254718a880055a9")
}

// UnpackSelectorRemovedError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error SelectorRemoved(bytes4 selector)
func (verifierRouter *VerifierRouter) UnpackSelectorRemovedError(raw []byte) (*VerifierRouterSelectorRemoved, error) {
	out := new(VerifierRouterSelectorRemoved)
	if err := verifierRouter.abi.UnpackIntoInterface(out, "SelectorRemoved", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// VerifierRouterSelectorUnknown represents a SelectorUnknown error raised by the VerifierRouter contract.
type VerifierRouterSelectorUnknown struct {
	Selector [4]byte
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error SelectorUnknown(bytes4 selector)
func VerifierRouterSelectorUnknownErrorID() common.Hash {
	return common.HexToHash("0xe4ea6542c368c543bdec892b2cb44b9ec87d032867461d034ea388dcbcb529dc")
}

// UnpackSelectorUnknownError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error SelectorUnknown(bytes4 selector)
func (verifierRouter *VerifierRouter) UnpackSelectorUnknownError(raw []byte) (*VerifierRouterSelectorUnknown, error) {
	out := new(VerifierRouterSelectorUnknown)
	if err := verifierRouter.abi.UnpackIntoInterface(out, "SelectorUnknown", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// VerifierRouterVerifierAddressZero represents a VerifierAddressZero error raised by the VerifierRouter contract.
type VerifierRouterVerifierAddressZero struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error VerifierAddressZero()
func VerifierRouterVerifierAddressZeroErrorID() common.Hash {
	return common.HexToHash("0x85ec61b456b09a2a9650f22a24c9300b194ca971bc4f0f82e8f09ced9ba783ce")
}

// UnpackVerifierAddressZeroError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error VerifierAddressZero()
func (verifierRouter *VerifierRouter) UnpackVerifierAddressZeroError(raw []byte) (*VerifierRouterVerifierAddressZero, error) {
	out := new(VerifierRouterVerifierAddressZero)
	if err := verifierRouter.abi.UnpackIntoInterface(out, "VerifierAddressZero", raw); err != nil {
		return nil, err
	}
	return out, nil
}
