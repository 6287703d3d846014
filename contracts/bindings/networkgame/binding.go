// SPDX-License-Identifier: Apache-2.0

// Code generated via abigen V2 - DO NOT EDIT.
// This file is a generated binding and any manual changes will be lost.

// Package networkgame packs calls of NetworkGame and unpacks its results, events and errors.
package networkgame

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

// NetworkGameMetaData contains all meta data concerning the NetworkGame contract.
var NetworkGameMetaData = bind.MetaData{
	ABI: "[{\"inputs\":[{\"internalType\":\"contractInferenceMarket\",\"name\":\"market_\",\"type\":\"address\"},{\"internalType\":\"uint256\",\"name\":\"modelId_\",\"type\":\"uint256\"},{\"internalType\":\"bytes32\",\"name\":\"model\",\"type\":\"bytes32\"}],\"stateMutability\":\"nonpayable\",\"type\":\"constructor\"},{\"inputs\":[{\"internalType\":\"uint256\",\"name\":\"fee\",\"type\":\"uint256\"},{\"internalType\":\"uint256\",\"name\":\"value\",\"type\":\"uint256\"}],\"name\":\"FeeInvalid\",\"type\":\"error\"},{\"inputs\":[{\"internalType\":\"uint256\",\"name\":\"game\",\"type\":\"uint256\"}],\"name\":\"NotPlaying\",\"type\":\"error\"},{\"inputs\":[{\"internalType\":\"uint256\",\"name\":\"game\",\"type\":\"uint256\"}],\"name\":\"NotYourTurn\",\"type\":\"error\"},{\"inputs\":[{\"internalType\":\"uint256\",\"name\":\"length\",\"type\":\"uint256\"}],\"name\":\"ScoresInvalid\",\"type\":\"error\"},{\"inputs\":[{\"internalType\":\"uint256\",\"name\":\"square\",\"type\":\"uint256\"}],\"name\":\"SquareTaken\",\"type\":\"error\"},{\"inputs\":[{\"internalType\":\"bytes32\",\"name\":\"model\",\"type\":\"bytes32\"}],\"name\":\"WrongModel\",\"type\":\"error\"},{\"anonymous\":false,\"inputs\":[{\"indexed\":true,\"internalType\":\"uint256\",\"name\":\"game\",\"type\":\"uint256\"},{\"indexed\":false,\"internalType\":\"enumNetworkGame.Result\",\"name\":\"result\",\"type\":\"uint8\"}],\"name\":\"Ended\",\"type\":\"event\"},{\"anonymous\":false,\"inputs\":[{\"indexed\":true,\"internalType\":\"uint256\",\"name\":\"game\",\"type\":\"uint256\"},{\"indexed\":false,\"internalType\":\"bool\",\"name\":\"byNetwork\",\"type\":\"bool\"},{\"indexed\":false,\"internalType\":\"uint256\",\"name\":\"square\",\"type\":\"uint256\"}],\"name\":\"Moved\",\"type\":\"event\"},{\"inputs\":[{\"internalType\":\"uint256\",\"name\":\"\",\"type\":\"uint256\"}],\"name\":\"games\",\"outputs\":[{\"internalType\":\"address\",\"name\":\"player\",\"type\":\"address\"},{\"internalType\":\"uint16\",\"name\":\"theirs\",\"type\":\"uint16\"},{\"internalType\":\"uint16\",\"name\":\"ours\",\"type\":\"uint16\"},{\"internalType\":\"enumNetworkGame.Result\",\"name\":\"result\",\"type\":\"uint8\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"uint256\",\"name\":\"game\",\"type\":\"uint256\"}],\"name\":\"inputCommitmentOf\",\"outputs\":[{\"internalType\":\"bytes32\",\"name\":\"\",\"type\":\"bytes32\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"uint256\",\"name\":\"game\",\"type\":\"uint256\"}],\"name\":\"inputOf\",\"outputs\":[{\"internalType\":\"bytes\",\"name\":\"input\",\"type\":\"bytes\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[],\"name\":\"market\",\"outputs\":[{\"internalType\":\"contractInferenceMarket\",\"name\":\"\",\"type\":\"address\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[],\"name\":\"modelId\",\"outputs\":[{\"internalType\":\"uint256\",\"name\":\"\",\"type\":\"uint256\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"uint256\",\"name\":\"game\",\"type\":\"uint256\"},{\"internalType\":\"uint256\",\"name\":\"square\",\"type\":\"uint256\"}],\"name\":\"move\",\"outputs\":[],\"stateMutability\":\"nonpayable\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"uint256\",\"name\":\"game\",\"type\":\"uint256\"}],\"name\":\"nonceOf\",\"outputs\":[{\"internalType\":\"uint256\",\"name\":\"\",\"type\":\"uint256\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"uint256\",\"name\":\"game\",\"type\":\"uint256\"},{\"internalType\":\"bytes\",\"name\":\"output\",\"type\":\"bytes\"},{\"internalType\":\"bytes\",\"name\":\"proof\",\"type\":\"bytes\"}],\"name\":\"reply\",\"outputs\":[],\"stateMutability\":\"payable\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"uint256\",\"name\":\"square\",\"type\":\"uint256\"}],\"name\":\"start\",\"outputs\":[{\"internalType\":\"uint256\",\"name\":\"game\",\"type\":\"uint256\"}],\"stateMutability\":\"nonpayable\",\"type\":\"function\"}]",
	ID:  "NetworkGame",
}

// NetworkGame is an auto generated Go binding around an Ethereum contract.
type NetworkGame struct {
	abi abi.ABI
}

// GetABI returns the ABI associated with this contract binding.
func (c *NetworkGame) GetABI() abi.ABI {
	return c.abi
}

// NewNetworkGame creates a new instance of NetworkGame.
func NewNetworkGame() *NetworkGame {
	parsed, err := NetworkGameMetaData.ParseABI()
	if err != nil {
		panic(errors.New("invalid ABI: " + err.Error()))
	}
	return &NetworkGame{abi: *parsed}
}

// Instance creates a wrapper for a deployed contract instance at the given address.
// Use this to create the instance object passed to abigen v2 library functions Call, Transact, etc.
func (c *NetworkGame) Instance(backend bind.ContractBackend, addr common.Address) *bind.BoundContract {
	return bind.NewBoundContract(addr, c.abi, backend, backend, backend)
}

// PackConstructor is the Go binding used to pack the parameters required for
// contract deployment.
//
// Solidity: constructor(address market_, uint256 modelId_, bytes32 model) returns()
func (networkGame *NetworkGame) PackConstructor(market_ common.Address, modelId_ *big.Int, model [32]byte) []byte {
	enc, err := networkGame.abi.Pack("", market_, modelId_, model)
	if err != nil {
		panic(err)
	}
	return enc
}

// PackGames is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x117a5b90.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function games(uint256 ) view returns(address player, uint16 theirs, uint16 ours, uint8 result)
func (networkGame *NetworkGame) PackGames(arg0 *big.Int) []byte {
	enc, err := networkGame.abi.Pack("games", arg0)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackGames is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x117a5b90.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function games(uint256 ) view returns(address player, uint16 theirs, uint16 ours, uint8 result)
func (networkGame *NetworkGame) TryPackGames(arg0 *big.Int) ([]byte, error) {
	return networkGame.abi.Pack("games", arg0)
}

// GamesOutput serves as a container for the return parameters of contract
// method Games.
type GamesOutput struct {
	Player common.Address
	Theirs uint16
	Ours   uint16
	Result uint8
}

// UnpackGames is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x117a5b90.
//
// Solidity: function games(uint256 ) view returns(address player, uint16 theirs, uint16 ours, uint8 result)
func (networkGame *NetworkGame) UnpackGames(data []byte) (GamesOutput, error) {
	out, err := networkGame.abi.Unpack("games", data)
	outstruct := new(GamesOutput)
	if err != nil {
		return *outstruct, err
	}
	outstruct.Player = *abi.ConvertType(out[0], new(common.Address)).(*common.Address)
	outstruct.Theirs = *abi.ConvertType(out[1], new(uint16)).(*uint16)
	outstruct.Ours = *abi.ConvertType(out[2], new(uint16)).(*uint16)
	outstruct.Result = *abi.ConvertType(out[3], new(uint8)).(*uint8)
	return *outstruct, nil
}

// PackInputCommitmentOf is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x738712ec.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function inputCommitmentOf(uint256 game) view returns(bytes32)
func (networkGame *NetworkGame) PackInputCommitmentOf(game *big.Int) []byte {
	enc, err := networkGame.abi.Pack("inputCommitmentOf", game)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackInputCommitmentOf is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x738712ec.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function inputCommitmentOf(uint256 game) view returns(bytes32)
func (networkGame *NetworkGame) TryPackInputCommitmentOf(game *big.Int) ([]byte, error) {
	return networkGame.abi.Pack("inputCommitmentOf", game)
}

// UnpackInputCommitmentOf is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x738712ec.
//
// Solidity: function inputCommitmentOf(uint256 game) view returns(bytes32)
func (networkGame *NetworkGame) UnpackInputCommitmentOf(data []byte) ([32]byte, error) {
	out, err := networkGame.abi.Unpack("inputCommitmentOf", data)
	if err != nil {
		return *new([32]byte), err
	}
	out0 := *abi.ConvertType(out[0], new([32]byte)).(*[32]byte)
	return out0, nil
}

// PackInputOf is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xba470cfa.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function inputOf(uint256 game) view returns(bytes input)
func (networkGame *NetworkGame) PackInputOf(game *big.Int) []byte {
	enc, err := networkGame.abi.Pack("inputOf", game)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackInputOf is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xba470cfa.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function inputOf(uint256 game) view returns(bytes input)
func (networkGame *NetworkGame) TryPackInputOf(game *big.Int) ([]byte, error) {
	return networkGame.abi.Pack("inputOf", game)
}

// UnpackInputOf is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0xba470cfa.
//
// Solidity: function inputOf(uint256 game) view returns(bytes input)
func (networkGame *NetworkGame) UnpackInputOf(data []byte) ([]byte, error) {
	out, err := networkGame.abi.Unpack("inputOf", data)
	if err != nil {
		return *new([]byte), err
	}
	out0 := *abi.ConvertType(out[0], new([]byte)).(*[]byte)
	return out0, nil
}

// PackMarket is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x80f55605.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function market() view returns(address)
func (networkGame *NetworkGame) PackMarket() []byte {
	enc, err := networkGame.abi.Pack("market")
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
func (networkGame *NetworkGame) TryPackMarket() ([]byte, error) {
	return networkGame.abi.Pack("market")
}

// UnpackMarket is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x80f55605.
//
// Solidity: function market() view returns(address)
func (networkGame *NetworkGame) UnpackMarket(data []byte) (common.Address, error) {
	out, err := networkGame.abi.Unpack("market", data)
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
func (networkGame *NetworkGame) PackModelId() []byte {
	enc, err := networkGame.abi.Pack("modelId")
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
func (networkGame *NetworkGame) TryPackModelId() ([]byte, error) {
	return networkGame.abi.Pack("modelId")
}

// UnpackModelId is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x43cdaad2.
//
// Solidity: function modelId() view returns(uint256)
func (networkGame *NetworkGame) UnpackModelId(data []byte) (*big.Int, error) {
	out, err := networkGame.abi.Unpack("modelId", data)
	if err != nil {
		return new(big.Int), err
	}
	out0 := abi.ConvertType(out[0], new(big.Int)).(*big.Int)
	return out0, nil
}

// PackMove is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x0867408f.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function move(uint256 game, uint256 square) returns()
func (networkGame *NetworkGame) PackMove(game *big.Int, square *big.Int) []byte {
	enc, err := networkGame.abi.Pack("move", game, square)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackMove is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x0867408f.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function move(uint256 game, uint256 square) returns()
func (networkGame *NetworkGame) TryPackMove(game *big.Int, square *big.Int) ([]byte, error) {
	return networkGame.abi.Pack("move", game, square)
}

// PackNonceOf is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x6ccbae5f.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function nonceOf(uint256 game) view returns(uint256)
func (networkGame *NetworkGame) PackNonceOf(game *big.Int) []byte {
	enc, err := networkGame.abi.Pack("nonceOf", game)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackNonceOf is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x6ccbae5f.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function nonceOf(uint256 game) view returns(uint256)
func (networkGame *NetworkGame) TryPackNonceOf(game *big.Int) ([]byte, error) {
	return networkGame.abi.Pack("nonceOf", game)
}

// UnpackNonceOf is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x6ccbae5f.
//
// Solidity: function nonceOf(uint256 game) view returns(uint256)
func (networkGame *NetworkGame) UnpackNonceOf(data []byte) (*big.Int, error) {
	out, err := networkGame.abi.Unpack("nonceOf", data)
	if err != nil {
		return new(big.Int), err
	}
	out0 := abi.ConvertType(out[0], new(big.Int)).(*big.Int)
	return out0, nil
}

// PackReply is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xfd12bfe7.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function reply(uint256 game, bytes output, bytes proof) payable returns()
func (networkGame *NetworkGame) PackReply(game *big.Int, output []byte, proof []byte) []byte {
	enc, err := networkGame.abi.Pack("reply", game, output, proof)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackReply is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xfd12bfe7.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function reply(uint256 game, bytes output, bytes proof) payable returns()
func (networkGame *NetworkGame) TryPackReply(game *big.Int, output []byte, proof []byte) ([]byte, error) {
	return networkGame.abi.Pack("reply", game, output, proof)
}

// PackStart is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x95805dad.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function start(uint256 square) returns(uint256 game)
func (networkGame *NetworkGame) PackStart(square *big.Int) []byte {
	enc, err := networkGame.abi.Pack("start", square)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackStart is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x95805dad.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function start(uint256 square) returns(uint256 game)
func (networkGame *NetworkGame) TryPackStart(square *big.Int) ([]byte, error) {
	return networkGame.abi.Pack("start", square)
}

// UnpackStart is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x95805dad.
//
// Solidity: function start(uint256 square) returns(uint256 game)
func (networkGame *NetworkGame) UnpackStart(data []byte) (*big.Int, error) {
	out, err := networkGame.abi.Unpack("start", data)
	if err != nil {
		return new(big.Int), err
	}
	out0 := abi.ConvertType(out[0], new(big.Int)).(*big.Int)
	return out0, nil
}

// NetworkGameEnded represents a Ended event raised by the NetworkGame contract.
type NetworkGameEnded struct {
	Game   *big.Int
	Result uint8
	Raw    *types.Log // Blockchain specific contextual infos
}

const NetworkGameEndedEventName = "Ended"

// ContractEventName returns the user-defined event name.
func (NetworkGameEnded) ContractEventName() string {
	return NetworkGameEndedEventName
}

// UnpackEndedEvent is the Go binding that unpacks the event data emitted
// by contract.
//
// Solidity: event Ended(uint256 indexed game, uint8 result)
func (networkGame *NetworkGame) UnpackEndedEvent(log *types.Log) (*NetworkGameEnded, error) {
	event := "Ended"
	if len(log.Topics) == 0 {
		return nil, bind.ErrNoEventSignature
	}
	if log.Topics[0] != networkGame.abi.Events[event].ID {
		return nil, bind.ErrEventSignatureMismatch
	}
	out := new(NetworkGameEnded)
	if len(log.Data) > 0 {
		if err := networkGame.abi.UnpackIntoInterface(out, event, log.Data); err != nil {
			return nil, err
		}
	}
	var indexed abi.Arguments
	for _, arg := range networkGame.abi.Events[event].Inputs {
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

// NetworkGameMoved represents a Moved event raised by the NetworkGame contract.
type NetworkGameMoved struct {
	Game      *big.Int
	ByNetwork bool
	Square    *big.Int
	Raw       *types.Log // Blockchain specific contextual infos
}

const NetworkGameMovedEventName = "Moved"

// ContractEventName returns the user-defined event name.
func (NetworkGameMoved) ContractEventName() string {
	return NetworkGameMovedEventName
}

// UnpackMovedEvent is the Go binding that unpacks the event data emitted
// by contract.
//
// Solidity: event Moved(uint256 indexed game, bool byNetwork, uint256 square)
func (networkGame *NetworkGame) UnpackMovedEvent(log *types.Log) (*NetworkGameMoved, error) {
	event := "Moved"
	if len(log.Topics) == 0 {
		return nil, bind.ErrNoEventSignature
	}
	if log.Topics[0] != networkGame.abi.Events[event].ID {
		return nil, bind.ErrEventSignatureMismatch
	}
	out := new(NetworkGameMoved)
	if len(log.Data) > 0 {
		if err := networkGame.abi.UnpackIntoInterface(out, event, log.Data); err != nil {
			return nil, err
		}
	}
	var indexed abi.Arguments
	for _, arg := range networkGame.abi.Events[event].Inputs {
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
func (networkGame *NetworkGame) UnpackError(raw []byte) (any, error) {
	if bytes.Equal(raw[:4], networkGame.abi.Errors["FeeInvalid"].ID.Bytes()[:4]) {
		return networkGame.UnpackFeeInvalidError(raw[4:])
	}
	if bytes.Equal(raw[:4], networkGame.abi.Errors["NotPlaying"].ID.Bytes()[:4]) {
		return networkGame.UnpackNotPlayingError(raw[4:])
	}
	if bytes.Equal(raw[:4], networkGame.abi.Errors["NotYourTurn"].ID.Bytes()[:4]) {
		return networkGame.UnpackNotYourTurnError(raw[4:])
	}
	if bytes.Equal(raw[:4], networkGame.abi.Errors["ScoresInvalid"].ID.Bytes()[:4]) {
		return networkGame.UnpackScoresInvalidError(raw[4:])
	}
	if bytes.Equal(raw[:4], networkGame.abi.Errors["SquareTaken"].ID.Bytes()[:4]) {
		return networkGame.UnpackSquareTakenError(raw[4:])
	}
	if bytes.Equal(raw[:4], networkGame.abi.Errors["WrongModel"].ID.Bytes()[:4]) {
		return networkGame.UnpackWrongModelError(raw[4:])
	}
	return nil, errors.New("unknown error")
}

// NetworkGameFeeInvalid represents a FeeInvalid error raised by the NetworkGame contract.
type NetworkGameFeeInvalid struct {
	Fee   *big.Int
	Value *big.Int
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error FeeInvalid(uint256 fee, uint256 value)
func NetworkGameFeeInvalidErrorID() common.Hash {
	return common.HexToHash("0x4dd8b7f45ce2eab66d45a4263dbed40a8f22f0daca5bca03644fe609796f8ec6")
}

// UnpackFeeInvalidError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error FeeInvalid(uint256 fee, uint256 value)
func (networkGame *NetworkGame) UnpackFeeInvalidError(raw []byte) (*NetworkGameFeeInvalid, error) {
	out := new(NetworkGameFeeInvalid)
	if err := networkGame.abi.UnpackIntoInterface(out, "FeeInvalid", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// NetworkGameNotPlaying represents a NotPlaying error raised by the NetworkGame contract.
type NetworkGameNotPlaying struct {
	Game *big.Int
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error NotPlaying(uint256 game)
func NetworkGameNotPlayingErrorID() common.Hash {
	return common.HexToHash("0x21a73be47736c5362399a79fe1e952337e09c4257f4c4d1b03b69ea4a428d44f")
}

// UnpackNotPlayingError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error NotPlaying(uint256 game)
func (networkGame *NetworkGame) UnpackNotPlayingError(raw []byte) (*NetworkGameNotPlaying, error) {
	out := new(NetworkGameNotPlaying)
	if err := networkGame.abi.UnpackIntoInterface(out, "NotPlaying", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// NetworkGameNotYourTurn represents a NotYourTurn error raised by the NetworkGame contract.
type NetworkGameNotYourTurn struct {
	Game *big.Int
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error NotYourTurn(uint256 game)
func NetworkGameNotYourTurnErrorID() common.Hash {
	return common.HexToHash("0x8fd242290bc8717576302987bb8e1a7696a11442dc0dcc8c1e54cc55d2db2da1")
}

// UnpackNotYourTurnError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error NotYourTurn(uint256 game)
func (networkGame *NetworkGame) UnpackNotYourTurnError(raw []byte) (*NetworkGameNotYourTurn, error) {
	out := new(NetworkGameNotYourTurn)
	if err := networkGame.abi.UnpackIntoInterface(out, "NotYourTurn", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// NetworkGameScoresInvalid represents a ScoresInvalid error raised by the NetworkGame contract.
type NetworkGameScoresInvalid struct {
	Length *big.Int
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error ScoresInvalid(uint256 length)
func NetworkGameScoresInvalidErrorID() common.Hash {
	return common.HexToHash("0x9190bef435f4f8f4a6c9c44308bff3a6422d813009c0d6d5fc98a8127f46a4cb")
}

// UnpackScoresInvalidError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error ScoresInvalid(uint256 length)
func (networkGame *NetworkGame) UnpackScoresInvalidError(raw []byte) (*NetworkGameScoresInvalid, error) {
	out := new(NetworkGameScoresInvalid)
	if err := networkGame.abi.UnpackIntoInterface(out, "ScoresInvalid", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// NetworkGameSquareTaken represents a SquareTaken error raised by the NetworkGame contract.
type NetworkGameSquareTaken struct {
	Square *big.Int
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error SquareTaken(uint256 square)
func NetworkGameSquareTakenErrorID() common.Hash {
	return common.HexToHash("0x7edc2f2c3cf3939e4e473a201c1fbd481d684f1e4b9d0e47194c49cca6c9995a")
}

// UnpackSquareTakenError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error SquareTaken(uint256 square)
func (networkGame *NetworkGame) UnpackSquareTakenError(raw []byte) (*NetworkGameSquareTaken, error) {
	out := new(NetworkGameSquareTaken)
	if err := networkGame.abi.UnpackIntoInterface(out, "SquareTaken", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// NetworkGameWrongModel represents a WrongModel error raised by the NetworkGame contract.
type NetworkGameWrongModel struct {
	Model [32]byte
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error WrongModel(bytes32 model)
func NetworkGameWrongModelErrorID() common.Hash {
	return common.HexToHash("0x5cd62b388f0a638fbe4127bd476b402daf905df86623aaa36ab87d54ed54f7f7")
}

// UnpackWrongModelError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error WrongModel(bytes32 model)
func (networkGame *NetworkGame) UnpackWrongModelError(raw []byte) (*NetworkGameWrongModel, error) {
	out := new(NetworkGameWrongModel)
	if err := networkGame.abi.UnpackIntoInterface(out, "WrongModel", raw); err != nil {
		return nil, err
	}
	return out, nil
}
