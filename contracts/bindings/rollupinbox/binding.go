// SPDX-License-Identifier: Apache-2.0

// Code generated via abigen V2 - DO NOT EDIT.
// This file is a generated binding and any manual changes will be lost.

// Package rollupinbox packs calls of RollupInbox and unpacks its results, events and errors.
package rollupinbox

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

// RollupInboxMetaData contains all meta data concerning the RollupInbox contract.
var RollupInboxMetaData = bind.MetaData{
	ABI: "[{\"inputs\":[{\"internalType\":\"contractInferenceMarket\",\"name\":\"market_\",\"type\":\"address\"},{\"internalType\":\"uint256\",\"name\":\"modelId_\",\"type\":\"uint256\"},{\"internalType\":\"bytes32\",\"name\":\"model\",\"type\":\"bytes32\"},{\"internalType\":\"address\",\"name\":\"sequencer_\",\"type\":\"address\"}],\"stateMutability\":\"nonpayable\",\"type\":\"constructor\"},{\"inputs\":[],\"name\":\"DataInvalid\",\"type\":\"error\"},{\"inputs\":[{\"internalType\":\"bytes32\",\"name\":\"head\",\"type\":\"bytes32\"}],\"name\":\"HeadMoved\",\"type\":\"error\"},{\"inputs\":[{\"internalType\":\"address\",\"name\":\"caller\",\"type\":\"address\"}],\"name\":\"NotSequencer\",\"type\":\"error\"},{\"inputs\":[{\"internalType\":\"bytes32\",\"name\":\"model\",\"type\":\"bytes32\"}],\"name\":\"WrongModel\",\"type\":\"error\"},{\"anonymous\":false,\"inputs\":[{\"indexed\":true,\"internalType\":\"uint256\",\"name\":\"index\",\"type\":\"uint256\"},{\"indexed\":true,\"internalType\":\"bytes32\",\"name\":\"dataHash\",\"type\":\"bytes32\"},{\"indexed\":false,\"internalType\":\"bytes32\",\"name\":\"commitment\",\"type\":\"bytes32\"},{\"indexed\":false,\"internalType\":\"bytes\",\"name\":\"output\",\"type\":\"bytes\"},{\"indexed\":false,\"internalType\":\"bytes32\",\"name\":\"head\",\"type\":\"bytes32\"}],\"name\":\"ResultAccepted\",\"type\":\"event\"},{\"inputs\":[],\"name\":\"count\",\"outputs\":[{\"internalType\":\"uint256\",\"name\":\"\",\"type\":\"uint256\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[],\"name\":\"head\",\"outputs\":[{\"internalType\":\"bytes32\",\"name\":\"\",\"type\":\"bytes32\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"bytes32\",\"name\":\"parent\",\"type\":\"bytes32\"},{\"internalType\":\"bytes32\",\"name\":\"dataHash\",\"type\":\"bytes32\"},{\"internalType\":\"bytes32\",\"name\":\"commitment\",\"type\":\"bytes32\"}],\"name\":\"inputCommitmentOf\",\"outputs\":[{\"internalType\":\"bytes32\",\"name\":\"\",\"type\":\"bytes32\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[],\"name\":\"market\",\"outputs\":[{\"internalType\":\"contractInferenceMarket\",\"name\":\"\",\"type\":\"address\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[],\"name\":\"modelId\",\"outputs\":[{\"internalType\":\"uint256\",\"name\":\"\",\"type\":\"uint256\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"bytes32\",\"name\":\"parent\",\"type\":\"bytes32\"},{\"internalType\":\"bytes32\",\"name\":\"dataHash\",\"type\":\"bytes32\"}],\"name\":\"nonceOf\",\"outputs\":[{\"internalType\":\"uint256\",\"name\":\"\",\"type\":\"uint256\"}],\"stateMutability\":\"pure\",\"type\":\"function\"},{\"inputs\":[],\"name\":\"sequencer\",\"outputs\":[{\"internalType\":\"address\",\"name\":\"\",\"type\":\"address\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"bytes32\",\"name\":\"parent\",\"type\":\"bytes32\"},{\"internalType\":\"bytes\",\"name\":\"data\",\"type\":\"bytes\"},{\"internalType\":\"bytes32\",\"name\":\"commitment\",\"type\":\"bytes32\"},{\"internalType\":\"bytes\",\"name\":\"output\",\"type\":\"bytes\"},{\"internalType\":\"bytes\",\"name\":\"proof\",\"type\":\"bytes\"}],\"name\":\"submit\",\"outputs\":[],\"stateMutability\":\"payable\",\"type\":\"function\"}]",
	ID:  "RollupInbox",
}

// RollupInbox is an auto generated Go binding around an Ethereum contract.
type RollupInbox struct {
	abi abi.ABI
}

// GetABI returns the ABI associated with this contract binding.
func (c *RollupInbox) GetABI() abi.ABI {
	return c.abi
}

// NewRollupInbox creates a new instance of RollupInbox.
func NewRollupInbox() *RollupInbox {
	parsed, err := RollupInboxMetaData.ParseABI()
	if err != nil {
		panic(errors.New("invalid ABI: " + err.Error()))
	}
	return &RollupInbox{abi: *parsed}
}

// Instance creates a wrapper for a deployed contract instance at the given address.
// Use this to create the instance object passed to abigen v2 library functions Call, Transact, etc.
func (c *RollupInbox) Instance(backend bind.ContractBackend, addr common.Address) *bind.BoundContract {
	return bind.NewBoundContract(addr, c.abi, backend, backend, backend)
}

// PackConstructor is the Go binding used to pack the parameters required for
// contract deployment.
//
// Solidity: constructor(address market_, uint256 modelId_, bytes32 model, address sequencer_) returns()
func (rollupInbox *RollupInbox) PackConstructor(market_ common.Address, modelId_ *big.Int, model [32]byte, sequencer_ common.Address) []byte {
	enc, err := rollupInbox.abi.Pack("", market_, modelId_, model, sequencer_)
	if err != nil {
		panic(err)
	}
	return enc
}

// PackCount is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x06661abd.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function count() view returns(uint256)
func (rollupInbox *RollupInbox) PackCount() []byte {
	enc, err := rollupInbox.abi.Pack("count")
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackCount is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x06661abd.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function count() view returns(uint256)
func (rollupInbox *RollupInbox) TryPackCount() ([]byte, error) {
	return rollupInbox.abi.Pack("count")
}

// UnpackCount is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x06661abd.
//
// Solidity: function count() view returns(uint256)
func (rollupInbox *RollupInbox) UnpackCount(data []byte) (*big.Int, error) {
	out, err := rollupInbox.abi.Unpack("count", data)
	if err != nil {
		return new(big.Int), err
	}
	out0 := abi.ConvertType(out[0], new(big.Int)).(*big.Int)
	return out0, nil
}

// PackHead is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x8f7dcfa3.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function head() view returns(bytes32)
func (rollupInbox *RollupInbox) PackHead() []byte {
	enc, err := rollupInbox.abi.Pack("head")
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackHead is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x8f7dcfa3.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function head() view returns(bytes32)
func (rollupInbox *RollupInbox) TryPackHead() ([]byte, error) {
	return rollupInbox.abi.Pack("head")
}

// UnpackHead is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x8f7dcfa3.
//
// Solidity: function head() view returns(bytes32)
func (rollupInbox *RollupInbox) UnpackHead(data []byte) ([32]byte, error) {
	out, err := rollupInbox.abi.Unpack("head", data)
	if err != nil {
		return *new([32]byte), err
	}
	out0 := *abi.ConvertType(out[0], new([32]byte)).(*[32]byte)
	return out0, nil
}

// PackInputCommitmentOf is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x28b44c62.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function inputCommitmentOf(bytes32 parent, bytes32 dataHash, bytes32 commitment) view returns(bytes32)
func (rollupInbox *RollupInbox) PackInputCommitmentOf(parent [32]byte, dataHash [32]byte, commitment [32]byte) []byte {
	enc, err := rollupInbox.abi.Pack("inputCommitmentOf", parent, dataHash, commitment)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackInputCommitmentOf is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x28b44c62.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function inputCommitmentOf(bytes32 parent, bytes32 dataHash, bytes32 commitment) view returns(bytes32)
func (rollupInbox *RollupInbox) TryPackInputCommitmentOf(parent [32]byte, dataHash [32]byte, commitment [32]byte) ([]byte, error) {
	return rollupInbox.abi.Pack("inputCommitmentOf", parent, dataHash, commitment)
}

// UnpackInputCommitmentOf is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x28b44c62.
//
// Solidity: function inputCommitmentOf(bytes32 parent, bytes32 dataHash, bytes32 commitment) view returns(bytes32)
func (rollupInbox *RollupInbox) UnpackInputCommitmentOf(data []byte) ([32]byte, error) {
	out, err := rollupInbox.abi.Unpack("inputCommitmentOf", data)
	if err != nil {
		return *new([32]byte), err
	}
	out0 := *abi.ConvertType(out[0], new([32]byte)).(*[32]byte)
	return out0, nil
}

// PackMarket is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x80f55605.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function market() view returns(address)
func (rollupInbox *RollupInbox) PackMarket() []byte {
	enc, err := rollupInbox.abi.Pack("market")
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackMarket is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x80f55605.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function market() view returns(address)
func (rollupInbox *RollupInbox) TryPackMarket() ([]byte, error) {
	return rollupInbox.abi.Pack("market")
}

// UnpackMarket is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x80f55605.
//
// Solidity: function market() view returns(address)
func (rollupInbox *RollupInbox) UnpackMarket(data []byte) (common.Address, error) {
	out, err := rollupInbox.abi.Unpack("market", data)
	if err != nil {
		return *new(common.Address), err
	}
	out0 := *abi.ConvertType(out[0], new(common.Address)).(*common.Address)
	return out0, nil
}

// PackModelId is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x43cdaad2.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function modelId() view returns(uint256)
func (rollupInbox *RollupInbox) PackModelId() []byte {
	enc, err := rollupInbox.abi.Pack("modelId")
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackModelId is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x43cdaad2.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function modelId() view returns(uint256)
func (rollupInbox *RollupInbox) TryPackModelId() ([]byte, error) {
	return rollupInbox.abi.Pack("modelId")
}

// UnpackModelId is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x43cdaad2.
//
// Solidity: function modelId() view returns(uint256)
func (rollupInbox *RollupInbox) UnpackModelId(data []byte) (*big.Int, error) {
	out, err := rollupInbox.abi.Unpack("modelId", data)
	if err != nil {
		return new(big.Int), err
	}
	out0 := abi.ConvertType(out[0], new(big.Int)).(*big.Int)
	return out0, nil
}

// PackNonceOf is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x24bbf35d.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function nonceOf(bytes32 parent, bytes32 dataHash) pure returns(uint256)
func (rollupInbox *RollupInbox) PackNonceOf(parent [32]byte, dataHash [32]byte) []byte {
	enc, err := rollupInbox.abi.Pack("nonceOf", parent, dataHash)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackNonceOf is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x24bbf35d.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function nonceOf(bytes32 parent, bytes32 dataHash) pure returns(uint256)
func (rollupInbox *RollupInbox) TryPackNonceOf(parent [32]byte, dataHash [32]byte) ([]byte, error) {
	return rollupInbox.abi.Pack("nonceOf", parent, dataHash)
}

// UnpackNonceOf is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x24bbf35d.
//
// Solidity: function nonceOf(bytes32 parent, bytes32 dataHash) pure returns(uint256)
func (rollupInbox *RollupInbox) UnpackNonceOf(data []byte) (*big.Int, error) {
	out, err := rollupInbox.abi.Unpack("nonceOf", data)
	if err != nil {
		return new(big.Int), err
	}
	out0 := abi.ConvertType(out[0], new(big.Int)).(*big.Int)
	return out0, nil
}

// PackSequencer is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x5c1bba38.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function sequencer() view returns(address)
func (rollupInbox *RollupInbox) PackSequencer() []byte {
	enc, err := rollupInbox.abi.Pack("sequencer")
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackSequencer is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x5c1bba38.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function sequencer() view returns(address)
func (rollupInbox *RollupInbox) TryPackSequencer() ([]byte, error) {
	return rollupInbox.abi.Pack("sequencer")
}

// UnpackSequencer is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x5c1bba38.
//
// Solidity: function sequencer() view returns(address)
func (rollupInbox *RollupInbox) UnpackSequencer(data []byte) (common.Address, error) {
	out, err := rollupInbox.abi.Unpack("sequencer", data)
	if err != nil {
		return *new(common.Address), err
	}
	out0 := *abi.ConvertType(out[0], new(common.Address)).(*common.Address)
	return out0, nil
}

// PackSubmit is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x974ffb1e.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function submit(bytes32 parent, bytes data, bytes32 commitment, bytes output, bytes proof) payable returns()
func (rollupInbox *RollupInbox) PackSubmit(parent [32]byte, data []byte, commitment [32]byte, output []byte, proof []byte) []byte {
	enc, err := rollupInbox.abi.Pack("submit", parent, data, commitment, output, proof)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackSubmit is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x974ffb1e.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function submit(bytes32 parent, bytes data, bytes32 commitment, bytes output, bytes proof) payable returns()
func (rollupInbox *RollupInbox) TryPackSubmit(parent [32]byte, data []byte, commitment [32]byte, output []byte, proof []byte) ([]byte, error) {
	return rollupInbox.abi.Pack("submit", parent, data, commitment, output, proof)
}

// RollupInboxResultAccepted represents a ResultAccepted event raised by the RollupInbox contract.
type RollupInboxResultAccepted struct {
	Index      *big.Int
	DataHash   [32]byte
	Commitment [32]byte
	Output     []byte
	Head       [32]byte
	Raw        *types.Log // Blockchain specific contextual infos
}

const RollupInboxResultAcceptedEventName = "ResultAccepted"

// ContractEventName returns the user-defined event name.
func (RollupInboxResultAccepted) ContractEventName() string {
	return RollupInboxResultAcceptedEventName
}

// UnpackResultAcceptedEvent is the Go binding that unpacks the event data emitted
// by contract.
//
// Solidity: event ResultAccepted(uint256 indexed index, bytes32 indexed dataHash, bytes32 commitment, bytes output, bytes32 head)
func (rollupInbox *RollupInbox) UnpackResultAcceptedEvent(log *types.Log) (*RollupInboxResultAccepted, error) {
	event := "ResultAccepted"
	if len(log.Topics) == 0 {
		return nil, bind.ErrNoEventSignature
	}
	if log.Topics[0] != rollupInbox.abi.Events[event].ID {
		return nil, bind.ErrEventSignatureMismatch
	}
	out := new(RollupInboxResultAccepted)
	if len(log.Data) > 0 {
		if err := rollupInbox.abi.UnpackIntoInterface(out, event, log.Data); err != nil {
			return nil, err
		}
	}
	var indexed abi.Arguments
	for _, arg := range rollupInbox.abi.Events[event].Inputs {
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
func (rollupInbox *RollupInbox) UnpackError(raw []byte) (any, error) {
	if bytes.Equal(raw[:4], rollupInbox.abi.Errors["DataInvalid"].ID.Bytes()[:4]) {
		return rollupInbox.UnpackDataInvalidError(raw[4:])
	}
	if bytes.Equal(raw[:4], rollupInbox.abi.Errors["HeadMoved"].ID.Bytes()[:4]) {
		return rollupInbox.UnpackHeadMovedError(raw[4:])
	}
	if bytes.Equal(raw[:4], rollupInbox.abi.Errors["NotSequencer"].ID.Bytes()[:4]) {
		return rollupInbox.UnpackNotSequencerError(raw[4:])
	}
	if bytes.Equal(raw[:4], rollupInbox.abi.Errors["WrongModel"].ID.Bytes()[:4]) {
		return rollupInbox.UnpackWrongModelError(raw[4:])
	}
	return nil, errors.New("unknown error")
}

// RollupInboxDataInvalid represents a DataInvalid error raised by the RollupInbox contract.
type RollupInboxDataInvalid struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error DataInvalid()
func RollupInboxDataInvalidErrorID() common.Hash {
	return common.HexToHash("0x6ff83526678515757d87b123a2ab5e20602592716989d1a4fcfe57392b267b75")
}

// UnpackDataInvalidError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error DataInvalid()
func (rollupInbox *RollupInbox) UnpackDataInvalidError(raw []byte) (*RollupInboxDataInvalid, error) {
	out := new(RollupInboxDataInvalid)
	if err := rollupInbox.abi.UnpackIntoInterface(out, "DataInvalid", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// RollupInboxHeadMoved represents a HeadMoved error raised by the RollupInbox contract.
type RollupInboxHeadMoved struct {
	Head [32]byte
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error HeadMoved(bytes32 head)
func RollupInboxHeadMovedErrorID() common.Hash {
	return common.HexToHash("0x2805b569b5818ac4e7ce7bdf03617533393e0a80f2f2fe87b426a6daa9811d00")
}

// UnpackHeadMovedError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error HeadMoved(bytes32 head)
func (rollupInbox *RollupInbox) UnpackHeadMovedError(raw []byte) (*RollupInboxHeadMoved, error) {
	out := new(RollupInboxHeadMoved)
	if err := rollupInbox.abi.UnpackIntoInterface(out, "HeadMoved", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// RollupInboxNotSequencer represents a NotSequencer error raised by the RollupInbox contract.
type RollupInboxNotSequencer struct {
	Caller common.Address
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error NotSequencer(address caller)
func RollupInboxNotSequencerErrorID() common.Hash {
	return common.HexToHash("0x0596787718e4a3212038e1b1501f602a660a34700b149722180893ceaca0f8ed")
}

// UnpackNotSequencerError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error NotSequencer(address caller)
func (rollupInbox *RollupInbox) UnpackNotSequencerError(raw []byte) (*RollupInboxNotSequencer, error) {
	out := new(RollupInboxNotSequencer)
	if err := rollupInbox.abi.UnpackIntoInterface(out, "NotSequencer", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// RollupInboxWrongModel represents a WrongModel error raised by the RollupInbox contract.
type RollupInboxWrongModel struct {
	Model [32]byte
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error WrongModel(bytes32 model)
func RollupInboxWrongModelErrorID() common.Hash {
	return common.HexToHash("0x5cd62b388f0a638fbe4127bd476b402daf905df86623aaa36ab87d54ed54f7f7")
}

// UnpackWrongModelError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error WrongModel(bytes32 model)
func (rollupInbox *RollupInbox) UnpackWrongModelError(raw []byte) (*RollupInboxWrongModel, error) {
	out := new(RollupInboxWrongModel)
	if err := rollupInbox.abi.UnpackIntoInterface(out, "WrongModel", raw); err != nil {
		return nil, err
	}
	return out, nil
}
