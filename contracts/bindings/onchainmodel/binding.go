// SPDX-License-Identifier: Apache-2.0

// Code generated via abigen V2 - DO NOT EDIT.
// This file is a generated binding and any manual changes will be lost.

// Package onchainmodel packs calls of OnchainModel and unpacks its results, events and errors.
package onchainmodel

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

// OnchainModelMetaData contains all meta data concerning the OnchainModel contract.
var OnchainModelMetaData = bind.MetaData{
	ABI: "[{\"inputs\":[{\"internalType\":\"uint256\",\"name\":\"first\",\"type\":\"uint256\"},{\"internalType\":\"uint256\",\"name\":\"count\",\"type\":\"uint256\"}],\"name\":\"CellOutOfRange\",\"type\":\"error\"},{\"inputs\":[{\"internalType\":\"uint256\",\"name\":\"first\",\"type\":\"uint256\"},{\"internalType\":\"uint256\",\"name\":\"count\",\"type\":\"uint256\"}],\"name\":\"CellUndefined\",\"type\":\"error\"},{\"inputs\":[{\"internalType\":\"uint256\",\"name\":\"length\",\"type\":\"uint256\"}],\"name\":\"CodeNotStored\",\"type\":\"error\"},{\"inputs\":[{\"internalType\":\"uint256\",\"name\":\"offset\",\"type\":\"uint256\"},{\"internalType\":\"uint256\",\"name\":\"length\",\"type\":\"uint256\"}],\"name\":\"DataOutOfRange\",\"type\":\"error\"},{\"inputs\":[],\"name\":\"DivisorNotPositive\",\"type\":\"error\"},{\"inputs\":[{\"internalType\":\"uint256\",\"name\":\"extent\",\"type\":\"uint256\"}],\"name\":\"ExtentInvalid\",\"type\":\"error\"},{\"inputs\":[],\"name\":\"IndexOutOfRange\",\"type\":\"error\"},{\"inputs\":[{\"internalType\":\"uint256\",\"name\":\"row\",\"type\":\"uint256\"}],\"name\":\"LaneOverflow\",\"type\":\"error\"},{\"inputs\":[{\"internalType\":\"uint256\",\"name\":\"from\",\"type\":\"uint256\"},{\"internalType\":\"uint256\",\"name\":\"to\",\"type\":\"uint256\"}],\"name\":\"LayersInvalid\",\"type\":\"error\"},{\"inputs\":[],\"name\":\"ListInvalid\",\"type\":\"error\"},{\"inputs\":[{\"internalType\":\"int256\",\"name\":\"value\",\"type\":\"int256\"}],\"name\":\"LookupOutOfRange\",\"type\":\"error\"},{\"inputs\":[{\"internalType\":\"uint256\",\"name\":\"model\",\"type\":\"uint256\"}],\"name\":\"ModelIsSealed\",\"type\":\"error\"},{\"inputs\":[{\"internalType\":\"uint256\",\"name\":\"model\",\"type\":\"uint256\"}],\"name\":\"ModelNotSealed\",\"type\":\"error\"},{\"inputs\":[{\"internalType\":\"uint256\",\"name\":\"model\",\"type\":\"uint256\"}],\"name\":\"ModelUnknown\",\"type\":\"error\"},{\"inputs\":[{\"internalType\":\"uint256\",\"name\":\"model\",\"type\":\"uint256\"},{\"internalType\":\"address\",\"name\":\"caller\",\"type\":\"address\"}],\"name\":\"NotModelOwner\",\"type\":\"error\"},{\"inputs\":[{\"internalType\":\"uint256\",\"name\":\"op\",\"type\":\"uint256\"}],\"name\":\"OpUnknown\",\"type\":\"error\"},{\"inputs\":[],\"name\":\"ParameterInvalid\",\"type\":\"error\"},{\"inputs\":[{\"internalType\":\"uint256\",\"name\":\"length\",\"type\":\"uint256\"}],\"name\":\"PieceLengthInvalid\",\"type\":\"error\"},{\"inputs\":[],\"name\":\"RegionsOverlap\",\"type\":\"error\"},{\"inputs\":[{\"internalType\":\"bytes32\",\"name\":\"run\",\"type\":\"bytes32\"}],\"name\":\"RunInvalid\",\"type\":\"error\"},{\"inputs\":[{\"internalType\":\"uint256\",\"name\":\"source\",\"type\":\"uint256\"}],\"name\":\"SourceOutOfRange\",\"type\":\"error\"},{\"inputs\":[{\"internalType\":\"uint256\",\"name\":\"expected\",\"type\":\"uint256\"},{\"internalType\":\"uint256\",\"name\":\"got\",\"type\":\"uint256\"}],\"name\":\"StateLengthInvalid\",\"type\":\"error\"},{\"inputs\":[{\"internalType\":\"uint256\",\"name\":\"tensor\",\"type\":\"uint256\"}],\"name\":\"StateOutOfRange\",\"type\":\"error\"},{\"inputs\":[],\"name\":\"ValueOutOfRange\",\"type\":\"error\"},{\"inputs\":[],\"name\":\"ValueOutOfRange\",\"type\":\"error\"},{\"anonymous\":false,\"inputs\":[{\"indexed\":true,\"internalType\":\"uint256\",\"name\":\"model\",\"type\":\"uint256\"},{\"indexed\":false,\"internalType\":\"bytes32\",\"name\":\"content\",\"type\":\"bytes32\"}],\"name\":\"ModelSealed\",\"type\":\"event\"},{\"anonymous\":false,\"inputs\":[{\"indexed\":true,\"internalType\":\"uint256\",\"name\":\"model\",\"type\":\"uint256\"},{\"indexed\":true,\"internalType\":\"address\",\"name\":\"owner\",\"type\":\"address\"},{\"indexed\":false,\"internalType\":\"uint256\",\"name\":\"layers\",\"type\":\"uint256\"}],\"name\":\"ModelSetUp\",\"type\":\"event\"},{\"anonymous\":false,\"inputs\":[{\"indexed\":true,\"internalType\":\"bytes32\",\"name\":\"run\",\"type\":\"bytes32\"},{\"indexed\":true,\"internalType\":\"uint256\",\"name\":\"model\",\"type\":\"uint256\"},{\"indexed\":false,\"internalType\":\"uint256\",\"name\":\"layer\",\"type\":\"uint256\"}],\"name\":\"RunAdvanced\",\"type\":\"event\"},{\"inputs\":[{\"internalType\":\"bytes32\",\"name\":\"run\",\"type\":\"bytes32\"},{\"internalType\":\"uint256\",\"name\":\"to\",\"type\":\"uint256\"}],\"name\":\"advance\",\"outputs\":[],\"stateMutability\":\"nonpayable\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"uint256\",\"name\":\"model\",\"type\":\"uint256\"},{\"internalType\":\"bytes\",\"name\":\"piece\",\"type\":\"bytes\"}],\"name\":\"append\",\"outputs\":[],\"stateMutability\":\"nonpayable\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"uint256\",\"name\":\"model\",\"type\":\"uint256\"},{\"internalType\":\"uint256\",\"name\":\"from\",\"type\":\"uint256\"},{\"internalType\":\"uint256\",\"name\":\"to\",\"type\":\"uint256\"},{\"internalType\":\"bytes\",\"name\":\"state\",\"type\":\"bytes\"}],\"name\":\"evaluate\",\"outputs\":[{\"internalType\":\"bytes\",\"name\":\"\",\"type\":\"bytes\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"uint256\",\"name\":\"model\",\"type\":\"uint256\"}],\"name\":\"modelOf\",\"outputs\":[{\"internalType\":\"address\",\"name\":\"owner\",\"type\":\"address\"},{\"internalType\":\"uint256\",\"name\":\"layers\",\"type\":\"uint256\"},{\"internalType\":\"uint256\",\"name\":\"checkedLayers\",\"type\":\"uint256\"},{\"internalType\":\"uint256\",\"name\":\"dataLength\",\"type\":\"uint256\"},{\"internalType\":\"bytes32\",\"name\":\"content\",\"type\":\"bytes32\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"bytes32\",\"name\":\"run\",\"type\":\"bytes32\"}],\"name\":\"runOf\",\"outputs\":[{\"internalType\":\"uint256\",\"name\":\"model\",\"type\":\"uint256\"},{\"internalType\":\"uint256\",\"name\":\"layer\",\"type\":\"uint256\"},{\"internalType\":\"bytes\",\"name\":\"state\",\"type\":\"bytes\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"uint256\",\"name\":\"model\",\"type\":\"uint256\"},{\"internalType\":\"uint256\",\"name\":\"layers\",\"type\":\"uint256\"}],\"name\":\"seal\",\"outputs\":[{\"internalType\":\"bool\",\"name\":\"done\",\"type\":\"bool\"}],\"stateMutability\":\"nonpayable\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"bytes\",\"name\":\"list\",\"type\":\"bytes\"}],\"name\":\"setUp\",\"outputs\":[{\"internalType\":\"uint256\",\"name\":\"model\",\"type\":\"uint256\"}],\"stateMutability\":\"nonpayable\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"uint256\",\"name\":\"model\",\"type\":\"uint256\"},{\"internalType\":\"bytes\",\"name\":\"input\",\"type\":\"bytes\"}],\"name\":\"start\",\"outputs\":[{\"internalType\":\"bytes32\",\"name\":\"run\",\"type\":\"bytes32\"}],\"stateMutability\":\"nonpayable\",\"type\":\"function\"}]",
	ID:  "OnchainModel",
}

// OnchainModel is an auto generated Go binding around an Ethereum contract.
type OnchainModel struct {
	abi abi.ABI
}

// GetABI returns the ABI associated with this contract binding.
func (c *OnchainModel) GetABI() abi.ABI {
	return c.abi
}

// NewOnchainModel creates a new instance of OnchainModel.
func NewOnchainModel() *OnchainModel {
	parsed, err := OnchainModelMetaData.ParseABI()
	if err != nil {
		panic(errors.New("invalid ABI: " + err.Error()))
	}
	return &OnchainModel{abi: *parsed}
}

// Instance creates a wrapper for a deployed contract instance at the given address.
// Use this to create the instance object passed to abigen v2 library functions Call, Transact, etc.
func (c *OnchainModel) Instance(backend bind.ContractBackend, addr common.Address) *bind.BoundContract {
	return bind.NewBoundContract(addr, c.abi, backend, backend, backend)
}

// PackAdvance is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x9afcdb5f.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function advance(bytes32 run, uint256 to) returns()
func (onchainModel *OnchainModel) PackAdvance(run [32]byte, to *big.Int) []byte {
	enc, err := onchainModel.abi.Pack("advance", run, to)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackAdvance is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x9afcdb5f.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function advance(bytes32 run, uint256 to) returns()
func (onchainModel *OnchainModel) TryPackAdvance(run [32]byte, to *big.Int) ([]byte, error) {
	return onchainModel.abi.Pack("advance", run, to)
}

// PackAppend is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xff8d44dc.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function append(uint256 model, bytes piece) returns()
func (onchainModel *OnchainModel) PackAppend(model *big.Int, piece []byte) []byte {
	enc, err := onchainModel.abi.Pack("append", model, piece)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackAppend is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xff8d44dc.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function append(uint256 model, bytes piece) returns()
func (onchainModel *OnchainModel) TryPackAppend(model *big.Int, piece []byte) ([]byte, error) {
	return onchainModel.abi.Pack("append", model, piece)
}

// PackEvaluate is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x55471a00.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function evaluate(uint256 model, uint256 from, uint256 to, bytes state) view returns(bytes)
func (onchainModel *OnchainModel) PackEvaluate(model *big.Int, from *big.Int, to *big.Int, state []byte) []byte {
	enc, err := onchainModel.abi.Pack("evaluate", model, from, to, state)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackEvaluate is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x55471a00.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function evaluate(uint256 model, uint256 from, uint256 to, bytes state) view returns(bytes)
func (onchainModel *OnchainModel) TryPackEvaluate(model *big.Int, from *big.Int, to *big.Int, state []byte) ([]byte, error) {
	return onchainModel.abi.Pack("evaluate", model, from, to, state)
}

// UnpackEvaluate is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x55471a00.
//
// Solidity: function evaluate(uint256 model, uint256 from, uint256 to, bytes state) view returns(bytes)
func (onchainModel *OnchainModel) UnpackEvaluate(data []byte) ([]byte, error) {
	out, err := onchainModel.abi.Unpack("evaluate", data)
	if err != nil {
		return *new([]byte), err
	}
	out0 := *abi.ConvertType(out[0], new([]byte)).(*[]byte)
	return out0, nil
}

// PackModelOf is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x57759fc6.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function modelOf(uint256 model) view returns(address owner, uint256 layers, uint256 checkedLayers, uint256 dataLength, bytes32 content)
func (onchainModel *OnchainModel) PackModelOf(model *big.Int) []byte {
	enc, err := onchainModel.abi.Pack("modelOf", model)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackModelOf is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x57759fc6.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function modelOf(uint256 model) view returns(address owner, uint256 layers, uint256 checkedLayers, uint256 dataLength, bytes32 content)
func (onchainModel *OnchainModel) TryPackModelOf(model *big.Int) ([]byte, error) {
	return onchainModel.abi.Pack("modelOf", model)
}

// ModelOfOutput serves as a container for the return parameters of contract
// method ModelOf.
type ModelOfOutput struct {
	Owner         common.Address
	Layers        *big.Int
	CheckedLayers *big.Int
	DataLength    *big.Int
	Content       [32]byte
}

// UnpackModelOf is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x57759fc6.
//
// Solidity: function modelOf(uint256 model) view returns(address owner, uint256 layers, uint256 checkedLayers, uint256 dataLength, bytes32 content)
func (onchainModel *OnchainModel) UnpackModelOf(data []byte) (ModelOfOutput, error) {
	out, err := onchainModel.abi.Unpack("modelOf", data)
	outstruct := new(ModelOfOutput)
	if err != nil {
		return *outstruct, err
	}
	outstruct.Owner = *abi.ConvertType(out[0], new(common.Address)).(*common.Address)
	outstruct.Layers = abi.ConvertType(out[1], new(big.Int)).(*big.Int)
	outstruct.CheckedLayers = abi.ConvertType(out[2], new(big.Int)).(*big.Int)
	outstruct.DataLength = abi.ConvertType(out[3], new(big.Int)).(*big.Int)
	outstruct.Content = *abi.ConvertType(out[4], new([32]byte)).(*[32]byte)
	return *outstruct, nil
}

// PackRunOf is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x10533810.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function runOf(bytes32 run) view returns(uint256 model, uint256 layer, bytes state)
func (onchainModel *OnchainModel) PackRunOf(run [32]byte) []byte {
	enc, err := onchainModel.abi.Pack("runOf", run)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackRunOf is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x10533810.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function runOf(bytes32 run) view returns(uint256 model, uint256 layer, bytes state)
func (onchainModel *OnchainModel) TryPackRunOf(run [32]byte) ([]byte, error) {
	return onchainModel.abi.Pack("runOf", run)
}

// RunOfOutput serves as a container for the return parameters of contract
// method RunOf.
type RunOfOutput struct {
	Model *big.Int
	Layer *big.Int
	State []byte
}

// UnpackRunOf is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x10533810.
//
// Solidity: function runOf(bytes32 run) view returns(uint256 model, uint256 layer, bytes state)
func (onchainModel *OnchainModel) UnpackRunOf(data []byte) (RunOfOutput, error) {
	out, err := onchainModel.abi.Unpack("runOf", data)
	outstruct := new(RunOfOutput)
	if err != nil {
		return *outstruct, err
	}
	outstruct.Model = abi.ConvertType(out[0], new(big.Int)).(*big.Int)
	outstruct.Layer = abi.ConvertType(out[1], new(big.Int)).(*big.Int)
	outstruct.State = *abi.ConvertType(out[2], new([]byte)).(*[]byte)
	return *outstruct, nil
}

// PackSeal is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x3fc91ba1.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function seal(uint256 model, uint256 layers) returns(bool done)
func (onchainModel *OnchainModel) PackSeal(model *big.Int, layers *big.Int) []byte {
	enc, err := onchainModel.abi.Pack("seal", model, layers)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackSeal is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x3fc91ba1.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function seal(uint256 model, uint256 layers) returns(bool done)
func (onchainModel *OnchainModel) TryPackSeal(model *big.Int, layers *big.Int) ([]byte, error) {
	return onchainModel.abi.Pack("seal", model, layers)
}

// UnpackSeal is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x3fc91ba1.
//
// Solidity: function seal(uint256 model, uint256 layers) returns(bool done)
func (onchainModel *OnchainModel) UnpackSeal(data []byte) (bool, error) {
	out, err := onchainModel.abi.Unpack("seal", data)
	if err != nil {
		return *new(bool), err
	}
	out0 := *abi.ConvertType(out[0], new(bool)).(*bool)
	return out0, nil
}

// PackSetUp is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xa4f9edbf.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function setUp(bytes list) returns(uint256 model)
func (onchainModel *OnchainModel) PackSetUp(list []byte) []byte {
	enc, err := onchainModel.abi.Pack("setUp", list)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackSetUp is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xa4f9edbf.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function setUp(bytes list) returns(uint256 model)
func (onchainModel *OnchainModel) TryPackSetUp(list []byte) ([]byte, error) {
	return onchainModel.abi.Pack("setUp", list)
}

// UnpackSetUp is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0xa4f9edbf.
//
// Solidity: function setUp(bytes list) returns(uint256 model)
func (onchainModel *OnchainModel) UnpackSetUp(data []byte) (*big.Int, error) {
	out, err := onchainModel.abi.Unpack("setUp", data)
	if err != nil {
		return new(big.Int), err
	}
	out0 := abi.ConvertType(out[0], new(big.Int)).(*big.Int)
	return out0, nil
}

// PackStart is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x565a6d8a.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function start(uint256 model, bytes input) returns(bytes32 run)
func (onchainModel *OnchainModel) PackStart(model *big.Int, input []byte) []byte {
	enc, err := onchainModel.abi.Pack("start", model, input)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackStart is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x565a6d8a.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function start(uint256 model, bytes input) returns(bytes32 run)
func (onchainModel *OnchainModel) TryPackStart(model *big.Int, input []byte) ([]byte, error) {
	return onchainModel.abi.Pack("start", model, input)
}

// UnpackStart is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x565a6d8a.
//
// Solidity: function start(uint256 model, bytes input) returns(bytes32 run)
func (onchainModel *OnchainModel) UnpackStart(data []byte) ([32]byte, error) {
	out, err := onchainModel.abi.Unpack("start", data)
	if err != nil {
		return *new([32]byte), err
	}
	out0 := *abi.ConvertType(out[0], new([32]byte)).(*[32]byte)
	return out0, nil
}

// OnchainModelModelSealed represents a ModelSealed event raised by the OnchainModel contract.
type OnchainModelModelSealed struct {
	Model   *big.Int
	Content [32]byte
	Raw     *types.Log // Blockchain specific contextual infos
}

const OnchainModelModelSealedEventName = "ModelSealed"

// ContractEventName returns the user-defined event name.
func (OnchainModelModelSealed) ContractEventName() string {
	return OnchainModelModelSealedEventName
}

// UnpackModelSealedEvent is the Go binding that unpacks the event data emitted
// by contract.
//
// Solidity: event ModelSealed(uint256 indexed model, bytes32 content)
func (onchainModel *OnchainModel) UnpackModelSealedEvent(log *types.Log) (*OnchainModelModelSealed, error) {
	event := "ModelSealed"
	if len(log.Topics) == 0 {
		return nil, bind.ErrNoEventSignature
	}
	if log.Topics[0] != onchainModel.abi.Events[event].ID {
		return nil, bind.ErrEventSignatureMismatch
	}
	out := new(OnchainModelModelSealed)
	if len(log.Data) > 0 {
		if err := onchainModel.abi.UnpackIntoInterface(out, event, log.Data); err != nil {
			return nil, err
		}
	}
	var indexed abi.Arguments
	for _, arg := range onchainModel.abi.Events[event].Inputs {
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

// OnchainModelModelSetUp represents a ModelSetUp event raised by the OnchainModel contract.
type OnchainModelModelSetUp struct {
	Model  *big.Int
	Owner  common.Address
	Layers *big.Int
	Raw    *types.Log // Blockchain specific contextual infos
}

const OnchainModelModelSetUpEventName = "ModelSetUp"

// ContractEventName returns the user-defined event name.
func (OnchainModelModelSetUp) ContractEventName() string {
	return OnchainModelModelSetUpEventName
}

// UnpackModelSetUpEvent is the Go binding that unpacks the event data emitted
// by contract.
//
// Solidity: event ModelSetUp(uint256 indexed model, address indexed owner, uint256 layers)
func (onchainModel *OnchainModel) UnpackModelSetUpEvent(log *types.Log) (*OnchainModelModelSetUp, error) {
	event := "ModelSetUp"
	if len(log.Topics) == 0 {
		return nil, bind.ErrNoEventSignature
	}
	if log.Topics[0] != onchainModel.abi.Events[event].ID {
		return nil, bind.ErrEventSignatureMismatch
	}
	out := new(OnchainModelModelSetUp)
	if len(log.Data) > 0 {
		if err := onchainModel.abi.UnpackIntoInterface(out, event, log.Data); err != nil {
			return nil, err
		}
	}
	var indexed abi.Arguments
	for _, arg := range onchainModel.abi.Events[event].Inputs {
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

// OnchainModelRunAdvanced represents a RunAdvanced event raised by the OnchainModel contract.
type OnchainModelRunAdvanced struct {
	Run   [32]byte
	Model *big.Int
	Layer *big.Int
	Raw   *types.Log // Blockchain specific contextual infos
}

const OnchainModelRunAdvancedEventName = "RunAdvanced"

// ContractEventName returns the user-defined event name.
func (OnchainModelRunAdvanced) ContractEventName() string {
	return OnchainModelRunAdvancedEventName
}

// UnpackRunAdvancedEvent is the Go binding that unpacks the event data emitted
// by contract.
//
// Solidity: event RunAdvanced(bytes32 indexed run, uint256 indexed model, uint256 layer)
func (onchainModel *OnchainModel) UnpackRunAdvancedEvent(log *types.Log) (*OnchainModelRunAdvanced, error) {
	event := "RunAdvanced"
	if len(log.Topics) == 0 {
		return nil, bind.ErrNoEventSignature
	}
	if log.Topics[0] != onchainModel.abi.Events[event].ID {
		return nil, bind.ErrEventSignatureMismatch
	}
	out := new(OnchainModelRunAdvanced)
	if len(log.Data) > 0 {
		if err := onchainModel.abi.UnpackIntoInterface(out, event, log.Data); err != nil {
			return nil, err
		}
	}
	var indexed abi.Arguments
	for _, arg := range onchainModel.abi.Events[event].Inputs {
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
func (onchainModel *OnchainModel) UnpackError(raw []byte) (any, error) {
	if bytes.Equal(raw[:4], onchainModel.abi.Errors["CellOutOfRange"].ID.Bytes()[:4]) {
		return onchainModel.UnpackCellOutOfRangeError(raw[4:])
	}
	if bytes.Equal(raw[:4], onchainModel.abi.Errors["CellUndefined"].ID.Bytes()[:4]) {
		return onchainModel.UnpackCellUndefinedError(raw[4:])
	}
	if bytes.Equal(raw[:4], onchainModel.abi.Errors["CodeNotStored"].ID.Bytes()[:4]) {
		return onchainModel.UnpackCodeNotStoredError(raw[4:])
	}
	if bytes.Equal(raw[:4], onchainModel.abi.Errors["DataOutOfRange"].ID.Bytes()[:4]) {
		return onchainModel.UnpackDataOutOfRangeError(raw[4:])
	}
	if bytes.Equal(raw[:4], onchainModel.abi.Errors["DivisorNotPositive"].ID.Bytes()[:4]) {
		return onchainModel.UnpackDivisorNotPositiveError(raw[4:])
	}
	if bytes.Equal(raw[:4], onchainModel.abi.Errors["ExtentInvalid"].ID.Bytes()[:4]) {
		return onchainModel.UnpackExtentInvalidError(raw[4:])
	}
	if bytes.Equal(raw[:4], onchainModel.abi.Errors["IndexOutOfRange"].ID.Bytes()[:4]) {
		return onchainModel.UnpackIndexOutOfRangeError(raw[4:])
	}
	if bytes.Equal(raw[:4], onchainModel.abi.Errors["LaneOverflow"].ID.Bytes()[:4]) {
		return onchainModel.UnpackLaneOverflowError(raw[4:])
	}
	if bytes.Equal(raw[:4], onchainModel.abi.Errors["LayersInvalid"].ID.Bytes()[:4]) {
		return onchainModel.UnpackLayersInvalidError(raw[4:])
	}
	if bytes.Equal(raw[:4], onchainModel.abi.Errors["ListInvalid"].ID.Bytes()[:4]) {
		return onchainModel.UnpackListInvalidError(raw[4:])
	}
	if bytes.Equal(raw[:4], onchainModel.abi.Errors["LookupOutOfRange"].ID.Bytes()[:4]) {
		return onchainModel.UnpackLookupOutOfRangeError(raw[4:])
	}
	if bytes.Equal(raw[:4], onchainModel.abi.Errors["ModelIsSealed"].ID.Bytes()[:4]) {
		return onchainModel.UnpackModelIsSealedError(raw[4:])
	}
	if bytes.Equal(raw[:4], onchainModel.abi.Errors["ModelNotSealed"].ID.Bytes()[:4]) {
		return onchainModel.UnpackModelNotSealedError(raw[4:])
	}
	if bytes.Equal(raw[:4], onchainModel.abi.Errors["ModelUnknown"].ID.Bytes()[:4]) {
		return onchainModel.UnpackModelUnknownError(raw[4:])
	}
	if bytes.Equal(raw[:4], onchainModel.abi.Errors["NotModelOwner"].ID.Bytes()[:4]) {
		return onchainModel.UnpackNotModelOwnerError(raw[4:])
	}
	if bytes.Equal(raw[:4], onchainModel.abi.Errors["OpUnknown"].ID.Bytes()[:4]) {
		return onchainModel.UnpackOpUnknownError(raw[4:])
	}
	if bytes.Equal(raw[:4], onchainModel.abi.Errors["ParameterInvalid"].ID.Bytes()[:4]) {
		return onchainModel.UnpackParameterInvalidError(raw[4:])
	}
	if bytes.Equal(raw[:4], onchainModel.abi.Errors["PieceLengthInvalid"].ID.Bytes()[:4]) {
		return onchainModel.UnpackPieceLengthInvalidError(raw[4:])
	}
	if bytes.Equal(raw[:4], onchainModel.abi.Errors["RegionsOverlap"].ID.Bytes()[:4]) {
		return onchainModel.UnpackRegionsOverlapError(raw[4:])
	}
	if bytes.Equal(raw[:4], onchainModel.abi.Errors["RunInvalid"].ID.Bytes()[:4]) {
		return onchainModel.UnpackRunInvalidError(raw[4:])
	}
	if bytes.Equal(raw[:4], onchainModel.abi.Errors["SourceOutOfRange"].ID.Bytes()[:4]) {
		return onchainModel.UnpackSourceOutOfRangeError(raw[4:])
	}
	if bytes.Equal(raw[:4], onchainModel.abi.Errors["StateLengthInvalid"].ID.Bytes()[:4]) {
		return onchainModel.UnpackStateLengthInvalidError(raw[4:])
	}
	if bytes.Equal(raw[:4], onchainModel.abi.Errors["StateOutOfRange"].ID.Bytes()[:4]) {
		return onchainModel.UnpackStateOutOfRangeError(raw[4:])
	}
	if bytes.Equal(raw[:4], onchainModel.abi.Errors["ValueOutOfRange"].ID.Bytes()[:4]) {
		return onchainModel.UnpackValueOutOfRangeError(raw[4:])
	}
	return nil, errors.New("unknown error")
}

// OnchainModelCellOutOfRange represents a CellOutOfRange error raised by the OnchainModel contract.
type OnchainModelCellOutOfRange struct {
	First *big.Int
	Count *big.Int
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error CellOutOfRange(uint256 first, uint256 count)
func OnchainModelCellOutOfRangeErrorID() common.Hash {
	return common.HexToHash("0x669f966f839b6d731283ad60c136ed790a0464f815ee0cdff1e16e72320b2fdf")
}

// UnpackCellOutOfRangeError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error CellOutOfRange(uint256 first, uint256 count)
func (onchainModel *OnchainModel) UnpackCellOutOfRangeError(raw []byte) (*OnchainModelCellOutOfRange, error) {
	out := new(OnchainModelCellOutOfRange)
	if err := onchainModel.abi.UnpackIntoInterface(out, "CellOutOfRange", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// OnchainModelCellUndefined represents a CellUndefined error raised by the OnchainModel contract.
type OnchainModelCellUndefined struct {
	First *big.Int
	Count *big.Int
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error CellUndefined(uint256 first, uint256 count)
func OnchainModelCellUndefinedErrorID() common.Hash {
	return common.HexToHash("0x7995799e6ba9f17b70c06fea9c5f6d52f39879517caec8cb9319b6735aab132c")
}

// UnpackCellUndefinedError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error CellUndefined(uint256 first, uint256 count)
func (onchainModel *OnchainModel) UnpackCellUndefinedError(raw []byte) (*OnchainModelCellUndefined, error) {
	out := new(OnchainModelCellUndefined)
	if err := onchainModel.abi.UnpackIntoInterface(out, "CellUndefined", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// OnchainModelCodeNotStored represents a CodeNotStored error raised by the OnchainModel contract.
type OnchainModelCodeNotStored struct {
	Length *big.Int
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error CodeNotStored(uint256 length)
func OnchainModelCodeNotStoredErrorID() common.Hash {
	return common.HexToHash("0x93b2e34d11f6029bc6d065c927ac7e0de6ecbab305c2e555141f0cd7f0fd60cd")
}

// UnpackCodeNotStoredError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error CodeNotStored(uint256 length)
func (onchainModel *OnchainModel) UnpackCodeNotStoredError(raw []byte) (*OnchainModelCodeNotStored, error) {
	out := new(OnchainModelCodeNotStored)
	if err := onchainModel.abi.UnpackIntoInterface(out, "CodeNotStored", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// OnchainModelDataOutOfRange represents a DataOutOfRange error raised by the OnchainModel contract.
type OnchainModelDataOutOfRange struct {
	Offset *big.Int
	Length *big.Int
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error DataOutOfRange(uint256 offset, uint256 length)
func OnchainModelDataOutOfRangeErrorID() common.Hash {
	return common.HexToHash("0xe347073a52a2e9f1588c8b19ac3222d81b1f94389777565a07798b5679e8cc7b")
}

// UnpackDataOutOfRangeError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error DataOutOfRange(uint256 offset, uint256 length)
func (onchainModel *OnchainModel) UnpackDataOutOfRangeError(raw []byte) (*OnchainModelDataOutOfRange, error) {
	out := new(OnchainModelDataOutOfRange)
	if err := onchainModel.abi.UnpackIntoInterface(out, "DataOutOfRange", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// OnchainModelDivisorNotPositive represents a DivisorNotPositive error raised by the OnchainModel contract.
type OnchainModelDivisorNotPositive struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error DivisorNotPositive()
func OnchainModelDivisorNotPositiveErrorID() common.Hash {
	return common.HexToHash("0xc1f49d67b7a715d1e011835f1049b4917d7e160d944609a95eb89a16365c6c74")
}

// UnpackDivisorNotPositiveError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error DivisorNotPositive()
func (onchainModel *OnchainModel) UnpackDivisorNotPositiveError(raw []byte) (*OnchainModelDivisorNotPositive, error) {
	out := new(OnchainModelDivisorNotPositive)
	if err := onchainModel.abi.UnpackIntoInterface(out, "DivisorNotPositive", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// OnchainModelExtentInvalid represents a ExtentInvalid error raised by the OnchainModel contract.
type OnchainModelExtentInvalid struct {
	Extent *big.Int
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error ExtentInvalid(uint256 extent)
func OnchainModelExtentInvalidErrorID() common.Hash {
	return common.HexToHash("0x66425313aa327f42a6a0062d980160ecf8196d1f320d01316af0066dfa0b1a9a")
}

// UnpackExtentInvalidError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error ExtentInvalid(uint256 extent)
func (onchainModel *OnchainModel) UnpackExtentInvalidError(raw []byte) (*OnchainModelExtentInvalid, error) {
	out := new(OnchainModelExtentInvalid)
	if err := onchainModel.abi.UnpackIntoInterface(out, "ExtentInvalid", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// OnchainModelIndexOutOfRange represents a IndexOutOfRange error raised by the OnchainModel contract.
type OnchainModelIndexOutOfRange struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error IndexOutOfRange()
func OnchainModelIndexOutOfRangeErrorID() common.Hash {
	return common.HexToHash("0x1390f2a1dd33cddc8f706e7eab83b4fd617571b61798f54adfc3b21852444e79")
}

// UnpackIndexOutOfRangeError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error IndexOutOfRange()
func (onchainModel *OnchainModel) UnpackIndexOutOfRangeError(raw []byte) (*OnchainModelIndexOutOfRange, error) {
	out := new(OnchainModelIndexOutOfRange)
	if err := onchainModel.abi.UnpackIntoInterface(out, "IndexOutOfRange", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// OnchainModelLaneOverflow represents a LaneOverflow error raised by the OnchainModel contract.
type OnchainModelLaneOverflow struct {
	Row *big.Int
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error LaneOverflow(uint256 row)
func OnchainModelLaneOverflowErrorID() common.Hash {
	return common.HexToHash("0xe87727eaf6e8f1f3f848ea07fb513b4b4acf61b43ca9b6c8f473ffb2a8996e60")
}

// UnpackLaneOverflowError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error LaneOverflow(uint256 row)
func (onchainModel *OnchainModel) UnpackLaneOverflowError(raw []byte) (*OnchainModelLaneOverflow, error) {
	out := new(OnchainModelLaneOverflow)
	if err := onchainModel.abi.UnpackIntoInterface(out, "LaneOverflow", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// OnchainModelLayersInvalid represents a LayersInvalid error raised by the OnchainModel contract.
type OnchainModelLayersInvalid struct {
	From *big.Int
	To   *big.Int
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error LayersInvalid(uint256 from, uint256 to)
func OnchainModelLayersInvalidErrorID() common.Hash {
	return common.HexToHash("0x55db399b0dd2b931b01cf81943dba8535bef3cd099e374ea3bd4e05f1e7c077d")
}

// UnpackLayersInvalidError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error LayersInvalid(uint256 from, uint256 to)
func (onchainModel *OnchainModel) UnpackLayersInvalidError(raw []byte) (*OnchainModelLayersInvalid, error) {
	out := new(OnchainModelLayersInvalid)
	if err := onchainModel.abi.UnpackIntoInterface(out, "LayersInvalid", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// OnchainModelListInvalid represents a ListInvalid error raised by the OnchainModel contract.
type OnchainModelListInvalid struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error ListInvalid()
func OnchainModelListInvalidErrorID() common.Hash {
	return common.HexToHash("0x12dd333eb73a423899a36ae8563aa6e92067984bca176ed949bbd1f80f989639")
}

// UnpackListInvalidError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error ListInvalid()
func (onchainModel *OnchainModel) UnpackListInvalidError(raw []byte) (*OnchainModelListInvalid, error) {
	out := new(OnchainModelListInvalid)
	if err := onchainModel.abi.UnpackIntoInterface(out, "ListInvalid", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// OnchainModelLookupOutOfRange represents a LookupOutOfRange error raised by the OnchainModel contract.
type OnchainModelLookupOutOfRange struct {
	Value *big.Int
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error LookupOutOfRange(int256 value)
func OnchainModelLookupOutOfRangeErrorID() common.Hash {
	return common.HexToHash("0x0b5bcc92cad0c98360fb8ea72698c8f1be3d4f45123bf9ba2ed351c1354e2fe6")
}

// UnpackLookupOutOfRangeError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error LookupOutOfRange(int256 value)
func (onchainModel *OnchainModel) UnpackLookupOutOfRangeError(raw []byte) (*OnchainModelLookupOutOfRange, error) {
	out := new(OnchainModelLookupOutOfRange)
	if err := onchainModel.abi.UnpackIntoInterface(out, "LookupOutOfRange", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// OnchainModelModelIsSealed represents a ModelIsSealed error raised by the OnchainModel contract.
type OnchainModelModelIsSealed struct {
	Model *big.Int
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error ModelIsSealed(uint256 model)
func OnchainModelModelIsSealedErrorID() common.Hash {
	return common.HexToHash("0x84e1772d15662f98cd69968d2549299c1ec3ddee09d070be5877f21bdf78897b")
}

// UnpackModelIsSealedError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error ModelIsSealed(uint256 model)
func (onchainModel *OnchainModel) UnpackModelIsSealedError(raw []byte) (*OnchainModelModelIsSealed, error) {
	out := new(OnchainModelModelIsSealed)
	if err := onchainModel.abi.UnpackIntoInterface(out, "ModelIsSealed", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// OnchainModelModelNotSealed represents a ModelNotSealed error raised by the OnchainModel contract.
type OnchainModelModelNotSealed struct {
	Model *big.Int
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error ModelNotSealed(uint256 model)
func OnchainModelModelNotSealedErrorID() common.Hash {
	return common.HexToHash("0x15d9a24d6db208a3b7dae57562d31765d2108e20f126aaebfc5980a0386351f2")
}

// UnpackModelNotSealedError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error ModelNotSealed(uint256 model)
func (onchainModel *OnchainModel) UnpackModelNotSealedError(raw []byte) (*OnchainModelModelNotSealed, error) {
	out := new(OnchainModelModelNotSealed)
	if err := onchainModel.abi.UnpackIntoInterface(out, "ModelNotSealed", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// OnchainModelModelUnknown represents a ModelUnknown error raised by the OnchainModel contract.
type OnchainModelModelUnknown struct {
	Model *big.Int
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error ModelUnknown(uint256 model)
func OnchainModelModelUnknownErrorID() common.Hash {
	return common.HexToHash("0x4551eeef75941ae9e2aebae53519667de981f6e0ff3a67d9039cf1fab79f984c")
}

// UnpackModelUnknownError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error ModelUnknown(uint256 model)
func (onchainModel *OnchainModel) UnpackModelUnknownError(raw []byte) (*OnchainModelModelUnknown, error) {
	out := new(OnchainModelModelUnknown)
	if err := onchainModel.abi.UnpackIntoInterface(out, "ModelUnknown", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// OnchainModelNotModelOwner represents a NotModelOwner error raised by the OnchainModel contract.
type OnchainModelNotModelOwner struct {
	Model  *big.Int
	Caller common.Address
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error NotModelOwner(uint256 model, address caller)
func OnchainModelNotModelOwnerErrorID() common.Hash {
	return common.HexToHash("0x25a0f138b9f431edbdb764e5493fb6e83edb0cd2ec44878255eebc6a0455a08a")
}

// UnpackNotModelOwnerError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error NotModelOwner(uint256 model, address caller)
func (onchainModel *OnchainModel) UnpackNotModelOwnerError(raw []byte) (*OnchainModelNotModelOwner, error) {
	out := new(OnchainModelNotModelOwner)
	if err := onchainModel.abi.UnpackIntoInterface(out, "NotModelOwner", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// OnchainModelOpUnknown represents a OpUnknown error raised by the OnchainModel contract.
type OnchainModelOpUnknown struct {
	Op *big.Int
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error OpUnknown(uint256 op)
func OnchainModelOpUnknownErrorID() common.Hash {
	return common.HexToHash("0x2c9218b78253499123b03bf8f04d06a636fb8bd9f27ebca98805facf956f4094")
}

// UnpackOpUnknownError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error OpUnknown(uint256 op)
func (onchainModel *OnchainModel) UnpackOpUnknownError(raw []byte) (*OnchainModelOpUnknown, error) {
	out := new(OnchainModelOpUnknown)
	if err := onchainModel.abi.UnpackIntoInterface(out, "OpUnknown", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// OnchainModelParameterInvalid represents a ParameterInvalid error raised by the OnchainModel contract.
type OnchainModelParameterInvalid struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error ParameterInvalid()
func OnchainModelParameterInvalidErrorID() common.Hash {
	return common.HexToHash("0x41e5a0ee32811aada499e8c1450abb8cd3ada144fe5a9d07f03370e87361fd18")
}

// UnpackParameterInvalidError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error ParameterInvalid()
func (onchainModel *OnchainModel) UnpackParameterInvalidError(raw []byte) (*OnchainModelParameterInvalid, error) {
	out := new(OnchainModelParameterInvalid)
	if err := onchainModel.abi.UnpackIntoInterface(out, "ParameterInvalid", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// OnchainModelPieceLengthInvalid represents a PieceLengthInvalid error raised by the OnchainModel contract.
type OnchainModelPieceLengthInvalid struct {
	Length *big.Int
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error PieceLengthInvalid(uint256 length)
func OnchainModelPieceLengthInvalidErrorID() common.Hash {
	return common.HexToHash("0xf376d37d6e5518eebf657836415a1409f603354704b9fc0002aadedc54467d9d")
}

// UnpackPieceLengthInvalidError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error PieceLengthInvalid(uint256 length)
func (onchainModel *OnchainModel) UnpackPieceLengthInvalidError(raw []byte) (*OnchainModelPieceLengthInvalid, error) {
	out := new(OnchainModelPieceLengthInvalid)
	if err := onchainModel.abi.UnpackIntoInterface(out, "PieceLengthInvalid", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// OnchainModelRegionsOverlap represents a RegionsOverlap error raised by the OnchainModel contract.
type OnchainModelRegionsOverlap struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error RegionsOverlap()
func OnchainModelRegionsOverlapErrorID() common.Hash {
	return common.HexToHash("0x777e8cca5518f9f08781e5e13ea37780d9706472a070f20bb55d7b87e1319a0b")
}

// UnpackRegionsOverlapError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error RegionsOverlap()
func (onchainModel *OnchainModel) UnpackRegionsOverlapError(raw []byte) (*OnchainModelRegionsOverlap, error) {
	out := new(OnchainModelRegionsOverlap)
	if err := onchainModel.abi.UnpackIntoInterface(out, "RegionsOverlap", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// OnchainModelRunInvalid represents a RunInvalid error raised by the OnchainModel contract.
type OnchainModelRunInvalid struct {
	Run [32]byte
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error RunInvalid(bytes32 run)
func OnchainModelRunInvalidErrorID() common.Hash {
	return common.HexToHash("0x4ba297e5b283d02cd09f99d66568d648a99797d5b36cf985468e7c67f1a38630")
}

// UnpackRunInvalidError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error RunInvalid(bytes32 run)
func (onchainModel *OnchainModel) UnpackRunInvalidError(raw []byte) (*OnchainModelRunInvalid, error) {
	out := new(OnchainModelRunInvalid)
	if err := onchainModel.abi.UnpackIntoInterface(out, "RunInvalid", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// OnchainModelSourceOutOfRange represents a SourceOutOfRange error raised by the OnchainModel contract.
type OnchainModelSourceOutOfRange struct {
	Source *big.Int
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error SourceOutOfRange(uint256 source)
func OnchainModelSourceOutOfRangeErrorID() common.Hash {
	return common.HexToHash("0x96d43e2a5e84b2dd6903cb53990078d29d0bbe30f20d39c743983972d9950280")
}

// UnpackSourceOutOfRangeError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error SourceOutOfRange(uint256 source)
func (onchainModel *OnchainModel) UnpackSourceOutOfRangeError(raw []byte) (*OnchainModelSourceOutOfRange, error) {
	out := new(OnchainModelSourceOutOfRange)
	if err := onchainModel.abi.UnpackIntoInterface(out, "SourceOutOfRange", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// OnchainModelStateLengthInvalid represents a StateLengthInvalid error raised by the OnchainModel contract.
type OnchainModelStateLengthInvalid struct {
	Expected *big.Int
	Got      *big.Int
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error StateLengthInvalid(uint256 expected, uint256 got)
func OnchainModelStateLengthInvalidErrorID() common.Hash {
	return common.HexToHash("0xf7ebd09c793b862d32c854e66c93c7496d3902d107beaf39cc7cefcda3f3e249")
}

// UnpackStateLengthInvalidError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error StateLengthInvalid(uint256 expected, uint256 got)
func (onchainModel *OnchainModel) UnpackStateLengthInvalidError(raw []byte) (*OnchainModelStateLengthInvalid, error) {
	out := new(OnchainModelStateLengthInvalid)
	if err := onchainModel.abi.UnpackIntoInterface(out, "StateLengthInvalid", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// OnchainModelStateOutOfRange represents a StateOutOfRange error raised by the OnchainModel contract.
type OnchainModelStateOutOfRange struct {
	Tensor *big.Int
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error StateOutOfRange(uint256 tensor)
func OnchainModelStateOutOfRangeErrorID() common.Hash {
	return common.HexToHash("0xd83a3d05be35d904da8e7c5eab9356e0fb1be028b443df14bf30f97f909073e1")
}

// UnpackStateOutOfRangeError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error StateOutOfRange(uint256 tensor)
func (onchainModel *OnchainModel) UnpackStateOutOfRangeError(raw []byte) (*OnchainModelStateOutOfRange, error) {
	out := new(OnchainModelStateOutOfRange)
	if err := onchainModel.abi.UnpackIntoInterface(out, "StateOutOfRange", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// OnchainModelValueOutOfRange represents a ValueOutOfRange error raised by the OnchainModel contract.
type OnchainModelValueOutOfRange struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error ValueOutOfRange()
func OnchainModelValueOutOfRangeErrorID() common.Hash {
	return common.HexToHash("0x4eb4f9fbeca8785769bbc559f5702ef6b47be0b596d68b870f0f08e1e4f3d29c")
}

// UnpackValueOutOfRangeError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error ValueOutOfRange()
func (onchainModel *OnchainModel) UnpackValueOutOfRangeError(raw []byte) (*OnchainModelValueOutOfRange, error) {
	out := new(OnchainModelValueOutOfRange)
	if err := onchainModel.abi.UnpackIntoInterface(out, "ValueOutOfRange", raw); err != nil {
		return nil, err
	}
	return out, nil
}
