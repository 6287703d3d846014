// SPDX-License-Identifier: Apache-2.0

package contracts

import (
	"errors"
	"fmt"
	"reflect"
	"strings"
	"sync"

	"github.com/ethereum/go-ethereum/accounts/abi"
)

// PackVerifyInference returns the calldata of verifyInference of an inference verifier. The arguments
// are those of IInferenceVerifier.sol; a value that the contract refuses is packed as it is.
func (a Artifact) PackVerifyInference(
	model, modelDigest, context [32]byte, key, input, output []byte, commitments [][32]byte, proof []byte,
) ([]byte, error) {
	return a.ABI.Pack("verifyInference", model, modelDigest, context, key, input, output, commitments, proof)
}

// PackModelID returns the calldata of modelId of an inference verifier.
func (a Artifact) PackModelID(modelDigest [32]byte, key []byte) ([]byte, error) {
	return a.ABI.Pack("modelId", modelDigest, key)
}

// UnpackModelID returns the name of a model from what a call of modelId returned.
func (a Artifact) UnpackModelID(data []byte) ([32]byte, error) {
	values, err := a.ABI.Unpack("modelId", data)
	if err != nil {
		return [32]byte{}, fmt.Errorf("modelId of %s: %w", a.Name, err)
	}
	return values[0].([32]byte), nil
}

// A Revert is the reason that a contract gave for refusing a call.
type Revert struct {
	Name string // of the custom error, or "Error" for a message and "Panic" for a failed assertion
	Args []any  // arguments of the error
	Data []byte // the reason as returned
}

// ErrNotDecodable is returned for revert data that the contract's ABI does not explain.
var ErrNotDecodable = errors.New("revert data is no error of this contract")

// DecodeRevert explains the data that a reverted call returned. It returns ErrNotDecodable when they are
// none of the errors of the ABI and neither a message nor an assertion of Solidity.
func DecodeRevert(contract abi.ABI, data []byte) (Revert, error) {
	if len(data) < 4 {
		return Revert{}, fmt.Errorf("%w: %d bytes", ErrNotDecodable, len(data))
	}
	if def, err := contract.ErrorByID([4]byte(data[:4])); err == nil {
		args, err := def.Inputs.Unpack(data[4:])
		if err != nil {
			return Revert{}, fmt.Errorf("%w: arguments of %s: %v", ErrNotDecodable, def.Name, err)
		}
		return Revert{Name: def.Name, Args: args, Data: data}, nil
	}
	message, err := abi.UnpackRevert(data)
	if err != nil {
		return Revert{}, fmt.Errorf("%w: selector %x", ErrNotDecodable, data[:4])
	}
	name := "Error"
	if [4]byte(data[:4]) == [4]byte{0x4e, 0x48, 0x7b, 0x71} { // Panic(uint256)
		name = "Panic"
	}
	return Revert{Name: name, Args: []any{message}, Data: data}, nil
}

// ExplainRevert is DecodeRevert with the errors of all contracts here, for a contract passes on the errors
// of those that it calls. first is the ABI of the contract called, whose errors have precedence.
func ExplainRevert(first abi.ABI, data []byte) (Revert, error) {
	r, err := DecodeRevert(first, data)
	if err == nil {
		return r, nil
	}
	for _, a := range all() {
		if r, e := DecodeRevert(a.ABI, data); e == nil {
			return r, nil
		}
	}
	return Revert{}, err
}

// all returns all artifacts, sorted by name.
var all = sync.OnceValue(func() []Artifact {
	var list []Artifact
	for _, name := range Names() {
		a, err := Load(name)
		if err != nil {
			panic("zkml: internal error: embedded artifact " + name + ": " + err.Error())
		}
		list = append(list, a)
	}
	return list
})

// String writes the error as a call, such as ProofLengthInvalid(288, 287), bytes in hexadecimal.
func (r Revert) String() string {
	args := make([]string, len(r.Args))
	for i, arg := range r.Args {
		args[i] = text(arg)
	}
	return r.Name + "(" + strings.Join(args, ", ") + ")"
}

// text writes an argument of an error: bytes and arrays of bytes in hexadecimal, others as they are.
func text(arg any) string {
	if s, ok := arg.(fmt.Stringer); ok { // addresses and numbers
		return s.String()
	}
	v := reflect.ValueOf(arg)
	if k := v.Kind(); (k == reflect.Array || k == reflect.Slice) && v.Type().Elem().Kind() == reflect.Uint8 {
		return fmt.Sprintf("0x%x", arg)
	}
	return fmt.Sprint(arg)
}
