// SPDX-License-Identifier: Apache-2.0

// Code generated via abigen V2 - DO NOT EDIT.
// This file is a generated binding and any manual changes will be lost.

// Package creditlending packs calls of CreditLending and unpacks its results, events and errors.
package creditlending

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

// CreditLendingMetaData contains all meta data concerning the CreditLending contract.
var CreditLendingMetaData = bind.MetaData{
	ABI: "[{\"inputs\":[{\"internalType\":\"contractInferenceMarket\",\"name\":\"market_\",\"type\":\"address\"},{\"internalType\":\"uint256\",\"name\":\"modelId_\",\"type\":\"uint256\"},{\"internalType\":\"bytes32\",\"name\":\"model\",\"type\":\"bytes32\"},{\"internalType\":\"address\",\"name\":\"bureau_\",\"type\":\"address\"},{\"internalType\":\"uint256\",\"name\":\"leastScore_\",\"type\":\"uint256\"},{\"internalType\":\"uint256\",\"name\":\"limit_\",\"type\":\"uint256\"}],\"stateMutability\":\"nonpayable\",\"type\":\"constructor\"},{\"inputs\":[{\"internalType\":\"uint256\",\"name\":\"debt\",\"type\":\"uint256\"}],\"name\":\"DebtMismatch\",\"type\":\"error\"},{\"inputs\":[{\"internalType\":\"uint256\",\"name\":\"amount\",\"type\":\"uint256\"},{\"internalType\":\"uint256\",\"name\":\"limit\",\"type\":\"uint256\"}],\"name\":\"LoanTooLarge\",\"type\":\"error\"},{\"inputs\":[{\"internalType\":\"address\",\"name\":\"caller\",\"type\":\"address\"}],\"name\":\"NotAllowed\",\"type\":\"error\"},{\"inputs\":[{\"internalType\":\"bytes32\",\"name\":\"inferenceId\",\"type\":\"bytes32\"}],\"name\":\"NotAttested\",\"type\":\"error\"},{\"inputs\":[{\"internalType\":\"uint256\",\"name\":\"score\",\"type\":\"uint256\"},{\"internalType\":\"uint256\",\"name\":\"least\",\"type\":\"uint256\"}],\"name\":\"ScoreTooLow\",\"type\":\"error\"},{\"inputs\":[{\"internalType\":\"bytes32\",\"name\":\"inferenceId\",\"type\":\"bytes32\"}],\"name\":\"ScoreUsed\",\"type\":\"error\"},{\"inputs\":[],\"name\":\"TransferFailed\",\"type\":\"error\"},{\"inputs\":[{\"internalType\":\"uint64\",\"name\":\"until\",\"type\":\"uint64\"}],\"name\":\"VoucherExpired\",\"type\":\"error\"},{\"inputs\":[{\"internalType\":\"bytes32\",\"name\":\"model\",\"type\":\"bytes32\"}],\"name\":\"WrongModel\",\"type\":\"error\"},{\"anonymous\":false,\"inputs\":[{\"indexed\":true,\"internalType\":\"address\",\"name\":\"borrower\",\"type\":\"address\"},{\"indexed\":false,\"internalType\":\"uint256\",\"name\":\"amount\",\"type\":\"uint256\"},{\"indexed\":false,\"internalType\":\"uint256\",\"name\":\"score\",\"type\":\"uint256\"},{\"indexed\":false,\"internalType\":\"bytes32\",\"name\":\"inferenceId\",\"type\":\"bytes32\"}],\"name\":\"Borrowed\",\"type\":\"event\"},{\"anonymous\":false,\"inputs\":[{\"indexed\":true,\"internalType\":\"address\",\"name\":\"by\",\"type\":\"address\"},{\"indexed\":false,\"internalType\":\"uint256\",\"name\":\"amount\",\"type\":\"uint256\"}],\"name\":\"Funded\",\"type\":\"event\"},{\"anonymous\":false,\"inputs\":[{\"indexed\":true,\"internalType\":\"address\",\"name\":\"borrower\",\"type\":\"address\"},{\"indexed\":false,\"internalType\":\"uint256\",\"name\":\"amount\",\"type\":\"uint256\"},{\"indexed\":false,\"internalType\":\"uint256\",\"name\":\"debt\",\"type\":\"uint256\"}],\"name\":\"Repaid\",\"type\":\"event\"},{\"anonymous\":false,\"inputs\":[{\"indexed\":true,\"internalType\":\"address\",\"name\":\"borrower\",\"type\":\"address\"},{\"indexed\":false,\"internalType\":\"bytes32\",\"name\":\"commitment\",\"type\":\"bytes32\"},{\"indexed\":false,\"internalType\":\"uint64\",\"name\":\"until\",\"type\":\"uint64\"}],\"name\":\"Vouched\",\"type\":\"event\"},{\"inputs\":[{\"internalType\":\"uint256\",\"name\":\"amount\",\"type\":\"uint256\"},{\"internalType\":\"bytes\",\"name\":\"output\",\"type\":\"bytes\"},{\"internalType\":\"uint256\",\"name\":\"nonce\",\"type\":\"uint256\"}],\"name\":\"borrow\",\"outputs\":[],\"stateMutability\":\"nonpayable\",\"type\":\"function\"},{\"inputs\":[],\"name\":\"bureau\",\"outputs\":[{\"internalType\":\"address\",\"name\":\"\",\"type\":\"address\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"address\",\"name\":\"borrower\",\"type\":\"address\"}],\"name\":\"debtOf\",\"outputs\":[{\"internalType\":\"uint256\",\"name\":\"\",\"type\":\"uint256\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[],\"name\":\"fund\",\"outputs\":[],\"stateMutability\":\"payable\",\"type\":\"function\"},{\"inputs\":[],\"name\":\"leastScore\",\"outputs\":[{\"internalType\":\"uint256\",\"name\":\"\",\"type\":\"uint256\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[],\"name\":\"lender\",\"outputs\":[{\"internalType\":\"address\",\"name\":\"\",\"type\":\"address\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[],\"name\":\"limit\",\"outputs\":[{\"internalType\":\"uint256\",\"name\":\"\",\"type\":\"uint256\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[],\"name\":\"market\",\"outputs\":[{\"internalType\":\"contractInferenceMarket\",\"name\":\"\",\"type\":\"address\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[],\"name\":\"modelId\",\"outputs\":[{\"internalType\":\"uint256\",\"name\":\"\",\"type\":\"uint256\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[],\"name\":\"repay\",\"outputs\":[],\"stateMutability\":\"payable\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"bytes32\",\"name\":\"inferenceId\",\"type\":\"bytes32\"}],\"name\":\"used\",\"outputs\":[{\"internalType\":\"bool\",\"name\":\"\",\"type\":\"bool\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"address\",\"name\":\"borrower\",\"type\":\"address\"},{\"internalType\":\"bytes32\",\"name\":\"commitment\",\"type\":\"bytes32\"},{\"internalType\":\"uint64\",\"name\":\"until\",\"type\":\"uint64\"}],\"name\":\"vouch\",\"outputs\":[],\"stateMutability\":\"nonpayable\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"address\",\"name\":\"borrower\",\"type\":\"address\"}],\"name\":\"voucherOf\",\"outputs\":[{\"internalType\":\"bytes32\",\"name\":\"commitment\",\"type\":\"bytes32\"},{\"internalType\":\"uint64\",\"name\":\"until\",\"type\":\"uint64\"}],\"stateMutability\":\"view\",\"type\":\"function\"},{\"inputs\":[{\"internalType\":\"uint256\",\"name\":\"amount\",\"type\":\"uint256\"}],\"name\":\"withdraw\",\"outputs\":[],\"stateMutability\":\"nonpayable\",\"type\":\"function\"}]",
	ID:  "CreditLending",
}

// CreditLending is an auto generated Go binding around an Ethereum contract.
type CreditLending struct {
	abi abi.ABI
}

// GetABI returns the ABI associated with this contract binding.
func (c *CreditLending) GetABI() abi.ABI {
	return c.abi
}

// NewCreditLending creates a new instance of CreditLending.
func NewCreditLending() *CreditLending {
	parsed, err := CreditLendingMetaData.ParseABI()
	if err != nil {
		panic(errors.New("invalid ABI: " + err.Error()))
	}
	return &CreditLending{abi: *parsed}
}

// Instance creates a wrapper for a deployed contract instance at the given address.
// Use this to create the instance object passed to abigen v2 library functions Call, Transact, etc.
func (c *CreditLending) Instance(backend bind.ContractBackend, addr common.Address) *bind.BoundContract {
	return bind.NewBoundContract(addr, c.abi, backend, backend, backend)
}

// PackConstructor is the Go binding used to pack the parameters required for
// contract deployment.
//
// Solidity: constructor(address market_, uint256 modelId_, bytes32 model, address bureau_, uint256 leastScore_, uint256 limit_) returns()
func (creditLending *CreditLending) PackConstructor(market_ common.Address, modelId_ *big.Int, model [32]byte, bureau_ common.Address, leastScore_ *big.Int, limit_ *big.Int) []byte {
	enc, err := creditLending.abi.Pack("", market_, modelId_, model, bureau_, leastScore_, limit_)
	if err != nil {
		panic(err)
	}
	return enc
}

// PackBorrow is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x15ad7946.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function borrow(uint256 amount, bytes output, uint256 nonce) returns()
func (creditLending *CreditLending) PackBorrow(amount *big.Int, output []byte, nonce *big.Int) []byte {
	enc, err := creditLending.abi.Pack("borrow", amount, output, nonce)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackBorrow is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x15ad7946.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function borrow(uint256 amount, bytes output, uint256 nonce) returns()
func (creditLending *CreditLending) TryPackBorrow(amount *big.Int, output []byte, nonce *big.Int) ([]byte, error) {
	return creditLending.abi.Pack("borrow", amount, output, nonce)
}

// PackBureau is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x9c8c142a.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function bureau() view returns(address)
func (creditLending *CreditLending) PackBureau() []byte {
	enc, err := creditLending.abi.Pack("bureau")
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackBureau is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x9c8c142a.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function bureau() view returns(address)
func (creditLending *CreditLending) TryPackBureau() ([]byte, error) {
	return creditLending.abi.Pack("bureau")
}

// UnpackBureau is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x9c8c142a.
//
// Solidity: function bureau() view returns(address)
func (creditLending *CreditLending) UnpackBureau(data []byte) (common.Address, error) {
	out, err := creditLending.abi.Unpack("bureau", data)
	if err != nil {
		return *new(common.Address), err
	}
	out0 := *abi.ConvertType(out[0], new(common.Address)).(*common.Address)
	return out0, nil
}

// PackDebtOf is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xd283e75f.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function debtOf(address borrower) view returns(uint256)
func (creditLending *CreditLending) PackDebtOf(borrower common.Address) []byte {
	enc, err := creditLending.abi.Pack("debtOf", borrower)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackDebtOf is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xd283e75f.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function debtOf(address borrower) view returns(uint256)
func (creditLending *CreditLending) TryPackDebtOf(borrower common.Address) ([]byte, error) {
	return creditLending.abi.Pack("debtOf", borrower)
}

// UnpackDebtOf is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0xd283e75f.
//
// Solidity: function debtOf(address borrower) view returns(uint256)
func (creditLending *CreditLending) UnpackDebtOf(data []byte) (*big.Int, error) {
	out, err := creditLending.abi.Unpack("debtOf", data)
	if err != nil {
		return new(big.Int), err
	}
	out0 := abi.ConvertType(out[0], new(big.Int)).(*big.Int)
	return out0, nil
}

// PackFund is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xb60d4288.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function fund() payable returns()
func (creditLending *CreditLending) PackFund() []byte {
	enc, err := creditLending.abi.Pack("fund")
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackFund is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xb60d4288.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function fund() payable returns()
func (creditLending *CreditLending) TryPackFund() ([]byte, error) {
	return creditLending.abi.Pack("fund")
}

// PackLeastScore is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xf9b4e53c.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function leastScore() view returns(uint256)
func (creditLending *CreditLending) PackLeastScore() []byte {
	enc, err := creditLending.abi.Pack("leastScore")
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackLeastScore is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xf9b4e53c.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function leastScore() view returns(uint256)
func (creditLending *CreditLending) TryPackLeastScore() ([]byte, error) {
	return creditLending.abi.Pack("leastScore")
}

// UnpackLeastScore is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0xf9b4e53c.
//
// Solidity: function leastScore() view returns(uint256)
func (creditLending *CreditLending) UnpackLeastScore(data []byte) (*big.Int, error) {
	out, err := creditLending.abi.Unpack("leastScore", data)
	if err != nil {
		return new(big.Int), err
	}
	out0 := abi.ConvertType(out[0], new(big.Int)).(*big.Int)
	return out0, nil
}

// PackLender is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xbcead63e.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function lender() view returns(address)
func (creditLending *CreditLending) PackLender() []byte {
	enc, err := creditLending.abi.Pack("lender")
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackLender is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xbcead63e.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function lender() view returns(address)
func (creditLending *CreditLending) TryPackLender() ([]byte, error) {
	return creditLending.abi.Pack("lender")
}

// UnpackLender is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0xbcead63e.
//
// Solidity: function lender() view returns(address)
func (creditLending *CreditLending) UnpackLender(data []byte) (common.Address, error) {
	out, err := creditLending.abi.Unpack("lender", data)
	if err != nil {
		return *new(common.Address), err
	}
	out0 := *abi.ConvertType(out[0], new(common.Address)).(*common.Address)
	return out0, nil
}

// PackLimit is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xa4d66daf.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function limit() view returns(uint256)
func (creditLending *CreditLending) PackLimit() []byte {
	enc, err := creditLending.abi.Pack("limit")
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackLimit is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xa4d66daf.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function limit() view returns(uint256)
func (creditLending *CreditLending) TryPackLimit() ([]byte, error) {
	return creditLending.abi.Pack("limit")
}

// UnpackLimit is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0xa4d66daf.
//
// Solidity: function limit() view returns(uint256)
func (creditLending *CreditLending) UnpackLimit(data []byte) (*big.Int, error) {
	out, err := creditLending.abi.Unpack("limit", data)
	if err != nil {
		return new(big.Int), err
	}
	out0 := abi.ConvertType(out[0], new(big.Int)).(*big.Int)
	return out0, nil
}

// PackMarket is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x80f55605.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function market() view returns(address)
func (creditLending *CreditLending) PackMarket() []byte {
	enc, err := creditLending.abi.Pack("market")
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
func (creditLending *CreditLending) TryPackMarket() ([]byte, error) {
	return creditLending.abi.Pack("market")
}

// UnpackMarket is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x80f55605.
//
// Solidity: function market() view returns(address)
func (creditLending *CreditLending) UnpackMarket(data []byte) (common.Address, error) {
	out, err := creditLending.abi.Unpack("market", data)
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
func (creditLending *CreditLending) PackModelId() []byte {
	enc, err := creditLending.abi.Pack("modelId")
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
func (creditLending *CreditLending) TryPackModelId() ([]byte, error) {
	return creditLending.abi.Pack("modelId")
}

// UnpackModelId is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0x43cdaad2.
//
// Solidity: function modelId() view returns(uint256)
func (creditLending *CreditLending) UnpackModelId(data []byte) (*big.Int, error) {
	out, err := creditLending.abi.Unpack("modelId", data)
	if err != nil {
		return new(big.Int), err
	}
	out0 := abi.ConvertType(out[0], new(big.Int)).(*big.Int)
	return out0, nil
}

// PackRepay is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x402d8883.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function repay() payable returns()
func (creditLending *CreditLending) PackRepay() []byte {
	enc, err := creditLending.abi.Pack("repay")
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackRepay is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x402d8883.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function repay() payable returns()
func (creditLending *CreditLending) TryPackRepay() ([]byte, error) {
	return creditLending.abi.Pack("repay")
}

// PackUsed is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xb07c411f.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function used(bytes32 inferenceId) view returns(bool)
func (creditLending *CreditLending) PackUsed(inferenceId [32]byte) []byte {
	enc, err := creditLending.abi.Pack("used", inferenceId)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackUsed is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xb07c411f.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function used(bytes32 inferenceId) view returns(bool)
func (creditLending *CreditLending) TryPackUsed(inferenceId [32]byte) ([]byte, error) {
	return creditLending.abi.Pack("used", inferenceId)
}

// UnpackUsed is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0xb07c411f.
//
// Solidity: function used(bytes32 inferenceId) view returns(bool)
func (creditLending *CreditLending) UnpackUsed(data []byte) (bool, error) {
	out, err := creditLending.abi.Unpack("used", data)
	if err != nil {
		return *new(bool), err
	}
	out0 := *abi.ConvertType(out[0], new(bool)).(*bool)
	return out0, nil
}

// PackVouch is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x607e86e9.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function vouch(address borrower, bytes32 commitment, uint64 until) returns()
func (creditLending *CreditLending) PackVouch(borrower common.Address, commitment [32]byte, until uint64) []byte {
	enc, err := creditLending.abi.Pack("vouch", borrower, commitment, until)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackVouch is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x607e86e9.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function vouch(address borrower, bytes32 commitment, uint64 until) returns()
func (creditLending *CreditLending) TryPackVouch(borrower common.Address, commitment [32]byte, until uint64) ([]byte, error) {
	return creditLending.abi.Pack("vouch", borrower, commitment, until)
}

// PackVoucherOf is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xb9191e03.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function voucherOf(address borrower) view returns(bytes32 commitment, uint64 until)
func (creditLending *CreditLending) PackVoucherOf(borrower common.Address) []byte {
	enc, err := creditLending.abi.Pack("voucherOf", borrower)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackVoucherOf is the Go binding used to pack the parameters required for calling
// the contract method with ID 0xb9191e03.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function voucherOf(address borrower) view returns(bytes32 commitment, uint64 until)
func (creditLending *CreditLending) TryPackVoucherOf(borrower common.Address) ([]byte, error) {
	return creditLending.abi.Pack("voucherOf", borrower)
}

// VoucherOfOutput serves as a container for the return parameters of contract
// method VoucherOf.
type VoucherOfOutput struct {
	Commitment [32]byte
	Until      uint64
}

// UnpackVoucherOf is the Go binding that unpacks the parameters returned
// from invoking the contract method with ID 0xb9191e03.
//
// Solidity: function voucherOf(address borrower) view returns(bytes32 commitment, uint64 until)
func (creditLending *CreditLending) UnpackVoucherOf(data []byte) (VoucherOfOutput, error) {
	out, err := creditLending.abi.Unpack("voucherOf", data)
	outstruct := new(VoucherOfOutput)
	if err != nil {
		return *outstruct, err
	}
	outstruct.Commitment = *abi.ConvertType(out[0], new([32]byte)).(*[32]byte)
	outstruct.Until = *abi.ConvertType(out[1], new(uint64)).(*uint64)
	return *outstruct, nil
}

// PackWithdraw is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x2e1a7d4d.  This method will panic if any
// invalid/nil inputs are passed.
//
// Solidity: function withdraw(uint256 amount) returns()
func (creditLending *CreditLending) PackWithdraw(amount *big.Int) []byte {
	enc, err := creditLending.abi.Pack("withdraw", amount)
	if err != nil {
		panic(err)
	}
	return enc
}

// TryPackWithdraw is the Go binding used to pack the parameters required for calling
// the contract method with ID 0x2e1a7d4d.  This method will return an error
// if any inputs are invalid/nil.
//
// Solidity: function withdraw(uint256 amount) returns()
func (creditLending *CreditLending) TryPackWithdraw(amount *big.Int) ([]byte, error) {
	return creditLending.abi.Pack("withdraw", amount)
}

// CreditLendingBorrowed represents a Borrowed event raised by the CreditLending contract.
type CreditLendingBorrowed struct {
	Borrower    common.Address
	Amount      *big.Int
	Score       *big.Int
	InferenceId [32]byte
	Raw         *types.Log // Blockchain specific contextual infos
}

const CreditLendingBorrowedEventName = "Borrowed"

// ContractEventName returns the user-defined event name.
func (CreditLendingBorrowed) ContractEventName() string {
	return CreditLendingBorrowedEventName
}

// UnpackBorrowedEvent is the Go binding that unpacks the event data emitted
// by contract.
//
// Solidity: event Borrowed(address indexed borrower, uint256 amount, uint256 score, bytes32 inferenceId)
func (creditLending *CreditLending) UnpackBorrowedEvent(log *types.Log) (*CreditLendingBorrowed, error) {
	event := "Borrowed"
	if len(log.Topics) == 0 {
		return nil, bind.ErrNoEventSignature
	}
	if log.Topics[0] != creditLending.abi.Events[event].ID {
		return nil, bind.ErrEventSignatureMismatch
	}
	out := new(CreditLendingBorrowed)
	if len(log.Data) > 0 {
		if err := creditLending.abi.UnpackIntoInterface(out, event, log.Data); err != nil {
			return nil, err
		}
	}
	var indexed abi.Arguments
	for _, arg := range creditLending.abi.Events[event].Inputs {
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

// CreditLendingFunded represents a Funded event raised by the CreditLending contract.
type CreditLendingFunded struct {
	By     common.Address
	Amount *big.Int
	Raw    *types.Log // Blockchain specific contextual infos
}

const CreditLendingFundedEventName = "Funded"

// ContractEventName returns the user-defined event name.
func (CreditLendingFunded) ContractEventName() string {
	return CreditLendingFundedEventName
}

// UnpackFundedEvent is the Go binding that unpacks the event data emitted
// by contract.
//
// Solidity: event Funded(address indexed by, uint256 amount)
func (creditLending *CreditLending) UnpackFundedEvent(log *types.Log) (*CreditLendingFunded, error) {
	event := "Funded"
	if len(log.Topics) == 0 {
		return nil, bind.ErrNoEventSignature
	}
	if log.Topics[0] != creditLending.abi.Events[event].ID {
		return nil, bind.ErrEventSignatureMismatch
	}
	out := new(CreditLendingFunded)
	if len(log.Data) > 0 {
		if err := creditLending.abi.UnpackIntoInterface(out, event, log.Data); err != nil {
			return nil, err
		}
	}
	var indexed abi.Arguments
	for _, arg := range creditLending.abi.Events[event].Inputs {
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

// CreditLendingRepaid represents a Repaid event raised by the CreditLending contract.
type CreditLendingRepaid struct {
	Borrower common.Address
	Amount   *big.Int
	Debt     *big.Int
	Raw      *types.Log // Blockchain specific contextual infos
}

const CreditLendingRepaidEventName = "Repaid"

// ContractEventName returns the user-defined event name.
func (CreditLendingRepaid) ContractEventName() string {
	return CreditLendingRepaidEventName
}

// UnpackRepaidEvent is the Go binding that unpacks the event data emitted
// by contract.
//
// Solidity: event Repaid(address indexed borrower, uint256 amount, uint256 debt)
func (creditLending *CreditLending) UnpackRepaidEvent(log *types.Log) (*CreditLendingRepaid, error) {
	event := "Repaid"
	if len(log.Topics) == 0 {
		return nil, bind.ErrNoEventSignature
	}
	if log.Topics[0] != creditLending.abi.Events[event].ID {
		return nil, bind.ErrEventSignatureMismatch
	}
	out := new(CreditLendingRepaid)
	if len(log.Data) > 0 {
		if err := creditLending.abi.UnpackIntoInterface(out, event, log.Data); err != nil {
			return nil, err
		}
	}
	var indexed abi.Arguments
	for _, arg := range creditLending.abi.Events[event].Inputs {
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

// CreditLendingVouched represents a Vouched event raised by the CreditLending contract.
type CreditLendingVouched struct {
	Borrower   common.Address
	Commitment [32]byte
	Until      uint64
	Raw        *types.Log // Blockchain specific contextual infos
}

const CreditLendingVouchedEventName = "Vouched"

// ContractEventName returns the user-defined event name.
func (CreditLendingVouched) ContractEventName() string {
	return CreditLendingVouchedEventName
}

// UnpackVouchedEvent is the Go binding that unpacks the event data emitted
// by contract.
//
// Solidity: event Vouched(address indexed borrower, bytes32 commitment, uint64 until)
func (creditLending *CreditLending) UnpackVouchedEvent(log *types.Log) (*CreditLendingVouched, error) {
	event := "Vouched"
	if len(log.Topics) == 0 {
		return nil, bind.ErrNoEventSignature
	}
	if log.Topics[0] != creditLending.abi.Events[event].ID {
		return nil, bind.ErrEventSignatureMismatch
	}
	out := new(CreditLendingVouched)
	if len(log.Data) > 0 {
		if err := creditLending.abi.UnpackIntoInterface(out, event, log.Data); err != nil {
			return nil, err
		}
	}
	var indexed abi.Arguments
	for _, arg := range creditLending.abi.Events[event].Inputs {
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
func (creditLending *CreditLending) UnpackError(raw []byte) (any, error) {
	if bytes.Equal(raw[:4], creditLending.abi.Errors["DebtMismatch"].ID.Bytes()[:4]) {
		return creditLending.UnpackDebtMismatchError(raw[4:])
	}
	if bytes.Equal(raw[:4], creditLending.abi.Errors["LoanTooLarge"].ID.Bytes()[:4]) {
		return creditLending.UnpackLoanTooLargeError(raw[4:])
	}
	if bytes.Equal(raw[:4], creditLending.abi.Errors["NotAllowed"].ID.Bytes()[:4]) {
		return creditLending.UnpackNotAllowedError(raw[4:])
	}
	if bytes.Equal(raw[:4], creditLending.abi.Errors["NotAttested"].ID.Bytes()[:4]) {
		return creditLending.UnpackNotAttestedError(raw[4:])
	}
	if bytes.Equal(raw[:4], creditLending.abi.Errors["ScoreTooLow"].ID.Bytes()[:4]) {
		return creditLending.UnpackScoreTooLowError(raw[4:])
	}
	if bytes.Equal(raw[:4], creditLending.abi.Errors["ScoreUsed"].ID.Bytes()[:4]) {
		return creditLending.UnpackScoreUsedError(raw[4:])
	}
	if bytes.Equal(raw[:4], creditLending.abi.Errors["TransferFailed"].ID.Bytes()[:4]) {
		return creditLending.UnpackTransferFailedError(raw[4:])
	}
	if bytes.Equal(raw[:4], creditLending.abi.Errors["VoucherExpired"].ID.Bytes()[:4]) {
		return creditLending.UnpackVoucherExpiredError(raw[4:])
	}
	if bytes.Equal(raw[:4], creditLending.abi.Errors["WrongModel"].ID.Bytes()[:4]) {
		return creditLending.UnpackWrongModelError(raw[4:])
	}
	return nil, errors.New("unknown error")
}

// CreditLendingDebtMismatch represents a DebtMismatch error raised by the CreditLending contract.
type CreditLendingDebtMismatch struct {
	Debt *big.Int
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error DebtMismatch(uint256 debt)
func CreditLendingDebtMismatchErrorID() common.Hash {
	return common.HexToHash("0x03657d94a5fb1f1c094c3340a650481fa8670ff04a946a90bccd00f58e80008a")
}

// UnpackDebtMismatchError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error DebtMismatch(uint256 debt)
func (creditLending *CreditLending) UnpackDebtMismatchError(raw []byte) (*CreditLendingDebtMismatch, error) {
	out := new(CreditLendingDebtMismatch)
	if err := creditLending.abi.UnpackIntoInterface(out, "DebtMismatch", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// CreditLendingLoanTooLarge represents a LoanTooLarge error raised by the CreditLending contract.
type CreditLendingLoanTooLarge struct {
	Amount *big.Int
	Limit  *big.Int
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error LoanTooLarge(uint256 amount, uint256 limit)
func CreditLendingLoanTooLargeErrorID() common.Hash {
	return common.HexToHash("0xc63df782493e00298a9af02522fd4db4783f3b029ed093e20754f8a81830aac6")
}

// UnpackLoanTooLargeError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error LoanTooLarge(uint256 amount, uint256 limit)
func (creditLending *CreditLending) UnpackLoanTooLargeError(raw []byte) (*CreditLendingLoanTooLarge, error) {
	out := new(CreditLendingLoanTooLarge)
	if err := creditLending.abi.UnpackIntoInterface(out, "LoanTooLarge", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// CreditLendingNotAllowed represents a NotAllowed error raised by the CreditLending contract.
type CreditLendingNotAllowed struct {
	Caller common.Address
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error NotAllowed(address caller)
func CreditLendingNotAllowedErrorID() common.Hash {
	return common.HexToHash("0xfa5cd00ff5c4577b9857716999b0b260131d9f5bcbb69f0fa80d6ba972753c88")
}

// UnpackNotAllowedError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error NotAllowed(address caller)
func (creditLending *CreditLending) UnpackNotAllowedError(raw []byte) (*CreditLendingNotAllowed, error) {
	out := new(CreditLendingNotAllowed)
	if err := creditLending.abi.UnpackIntoInterface(out, "NotAllowed", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// CreditLendingNotAttested represents a NotAttested error raised by the CreditLending contract.
type CreditLendingNotAttested struct {
	InferenceId [32]byte
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error NotAttested(bytes32 inferenceId)
func CreditLendingNotAttestedErrorID() common.Hash {
	return common.HexToHash("0xb2d6809c22a7c9c65b6343d37c1cc3d67daae535efec37028fab77ea994ce5ba")
}

// UnpackNotAttestedError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error NotAttested(bytes32 inferenceId)
func (creditLending *CreditLending) UnpackNotAttestedError(raw []byte) (*CreditLendingNotAttested, error) {
	out := new(CreditLendingNotAttested)
	if err := creditLending.abi.UnpackIntoInterface(out, "NotAttested", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// CreditLendingScoreTooLow represents a ScoreTooLow error raised by the CreditLending contract.
type CreditLendingScoreTooLow struct {
	Score *big.Int
	Least *big.Int
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error ScoreTooLow(uint256 score, uint256 least)
func CreditLendingScoreTooLowErrorID() common.Hash {
	return common.HexToHash("0x89a822a3ba993794e22572e00a2251fa3e7db5cc3c3764b72073882e9d09cc35")
}

// UnpackScoreTooLowError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error ScoreTooLow(uint256 score, uint256 least)
func (creditLending *CreditLending) UnpackScoreTooLowError(raw []byte) (*CreditLendingScoreTooLow, error) {
	out := new(CreditLendingScoreTooLow)
	if err := creditLending.abi.UnpackIntoInterface(out, "ScoreTooLow", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// CreditLendingScoreUsed represents a ScoreUsed error raised by the CreditLending contract.
type CreditLendingScoreUsed struct {
	InferenceId [32]byte
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error ScoreUsed(bytes32 inferenceId)
func CreditLendingScoreUsedErrorID() common.Hash {
	return common.HexToHash("0x863c911f970f4d9ce4076309aa965317f2c9e5bc9ff0f58f884428635982df44")
}

// UnpackScoreUsedError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error ScoreUsed(bytes32 inferenceId)
func (creditLending *CreditLending) UnpackScoreUsedError(raw []byte) (*CreditLendingScoreUsed, error) {
	out := new(CreditLendingScoreUsed)
	if err := creditLending.abi.UnpackIntoInterface(out, "ScoreUsed", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// CreditLendingTransferFailed represents a TransferFailed error raised by the CreditLending contract.
type CreditLendingTransferFailed struct {
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error TransferFailed()
func CreditLendingTransferFailedErrorID() common.Hash {
	return common.HexToHash("0x90b8ec1877afffd816d05d9b13947f3ff18ec5851c38bad15ec2b710f92391b1")
}

// UnpackTransferFailedError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error TransferFailed()
func (creditLending *CreditLending) UnpackTransferFailedError(raw []byte) (*CreditLendingTransferFailed, error) {
	out := new(CreditLendingTransferFailed)
	if err := creditLending.abi.UnpackIntoInterface(out, "TransferFailed", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// CreditLendingVoucherExpired represents a VoucherExpired error raised by the CreditLending contract.
type CreditLendingVoucherExpired struct {
	Until uint64
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error VoucherExpired(uint64 until)
func CreditLendingVoucherExpiredErrorID() common.Hash {
	return common.HexToHash("0x68641fc4ff727b4ba49673f5a2e61ecf2e0f7e4e7af0d125fda7c4d07ec2c76d")
}

// UnpackVoucherExpiredError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error VoucherExpired(uint64 until)
func (creditLending *CreditLending) UnpackVoucherExpiredError(raw []byte) (*CreditLendingVoucherExpired, error) {
	out := new(CreditLendingVoucherExpired)
	if err := creditLending.abi.UnpackIntoInterface(out, "VoucherExpired", raw); err != nil {
		return nil, err
	}
	return out, nil
}

// CreditLendingWrongModel represents a WrongModel error raised by the CreditLending contract.
type CreditLendingWrongModel struct {
	Model [32]byte
}

// ErrorID returns the hash of canonical representation of the error's signature.
//
// Solidity: error WrongModel(bytes32 model)
func CreditLendingWrongModelErrorID() common.Hash {
	return common.HexToHash("0x5cd62b388f0a638fbe4127bd476b402daf905df86623aaa36ab87d54ed54f7f7")
}

// UnpackWrongModelError is the Go binding used to decode the provided
// error data into the corresponding Go error struct.
//
// Solidity: error WrongModel(bytes32 model)
func (creditLending *CreditLending) UnpackWrongModelError(raw []byte) (*CreditLendingWrongModel, error) {
	out := new(CreditLendingWrongModel)
	if err := creditLending.abi.UnpackIntoInterface(out, "WrongModel", raw); err != nil {
		return nil, err
	}
	return out, nil
}
