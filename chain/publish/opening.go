// SPDX-License-Identifier: Apache-2.0

// Package publish puts committed inputs on a chain, with what opens their commitments, so that whoever has
// an attestation can see what it is about: as calldata, or in blobs (EIP-4844).
package publish

import (
	"bytes"
	"errors"
	"fmt"
	"math/big"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/ethereum/go-ethereum/accounts/abi"
	"github.com/ethereum/go-ethereum/common"

	"github.com/zkml-go/zkml/circuits"
	"github.com/zkml-go/zkml/contracts"
	"github.com/zkml-go/zkml/statement"
)

// An Opening has all that the commitment to the input of an attestation is made of, and opens commitments
// to tensors in it. Every field of it is checked against that one commitment.
type Opening struct {
	Tag         [32]byte       `abi:"tag"`         // set by Encode
	Caller      common.Address `abi:"caller"`      // who had it attested
	Nonce       *big.Int       `abi:"nonce"`       // of the attestation
	InputHash   [32]byte       `abi:"inputHash"`   // keccak256 of the public input bytes
	Commitments [][32]byte     `abi:"commitments"` // all, those to outputs included
	Tensors     []Tensor       `abi:"tensors"`
}

// A Tensor is one that was committed to.
type Tensor struct {
	Index *big.Int `abi:"index"` // of its commitment
	Salt  [32]byte `abi:"salt"`
	Data  []byte   `abi:"data"` // its bytes, see docs/semantics.md
}

// ErrRefused says that data do not open what they should.
var ErrRefused = errors.New("the data do not open the commitment")

var encoding = func() abi.Arguments {
	t, err := abi.NewType("tuple", "", []abi.ArgumentMarshaling{
		{Name: "tag", Type: "bytes32"}, {Name: "caller", Type: "address"}, {Name: "nonce", Type: "uint256"},
		{Name: "inputHash", Type: "bytes32"}, {Name: "commitments", Type: "bytes32[]"},
		{Name: "tensors", Type: "tuple[]", Components: []abi.ArgumentMarshaling{
			{Name: "index", Type: "uint256"}, {Name: "salt", Type: "bytes32"}, {Name: "data", Type: "bytes"},
		}},
	})
	if err != nil {
		panic("zkml: internal error: " + err.Error())
	}
	return abi.Arguments{{Type: t}}
}()

var tag = statement.Keccak([]byte("zkml.opening.v1"))

// Encode returns abi.encode of the struct.
func (o Opening) Encode() ([]byte, error) {
	o.Tag = tag
	return encoding.Pack(o)
}

// Decode reads what Encode wrote; zeros after it, which blobs have, are allowed. It checks the form, not
// what is opened.
func Decode(data []byte) (*Opening, error) {
	values, err := encoding.Unpack(data)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrRefused, err)
	}
	o := abi.ConvertType(values[0], new(Opening)).(*Opening)
	if o.Tag != tag {
		return nil, fmt.Errorf("%w: they are something else", ErrRefused)
	}
	// An opening has one encoding: what a decoder skips could say something else to another decoder.
	again, err := o.Encode()
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrRefused, err)
	}
	rest, ok := bytes.CutPrefix(data, again)
	if !ok || len(bytes.Trim(rest, "\x00")) > 0 {
		return nil, fmt.Errorf("%w: they are encoded in another way, or there is more", ErrRefused)
	}
	return o, nil
}

// An Opener returns the commitment to the tensor of an index, an error that wraps ErrRefused if the data
// cannot be that tensor's.
type Opener func(index int, data []byte, salt fr.Element) (fr.Element, error)

// Hash is the opener of commitments that are salted hashes, which all are but some of the sumcheck system. The
// number of bytes of a tensor is not in its hash but in the circuit: zeros at the end up to a chunk of 28
// bytes are for who knows the model to check.
func Hash(_ int, data []byte, salt fr.Element) (fr.Element, error) {
	return circuits.Commit(salt, data), nil
}

// Check reports an error that wraps ErrRefused unless the opening opens the commitment to the input of an
// attestation, and all its tensors are what is committed to.
func (o *Opening) Check(inputCommitment [32]byte, open Opener) error {
	if !o.Of(inputCommitment) {
		return fmt.Errorf("%w: they are of another input, caller or nonce", ErrRefused)
	}
	if len(o.Tensors) == 0 {
		return fmt.Errorf("%w: no tensor is opened", ErrRefused)
	}
	last := big.NewInt(-1)
	for _, t := range o.Tensors {
		if t.Index.Cmp(last) <= 0 || t.Index.Cmp(big.NewInt(int64(len(o.Commitments)))) >= 0 {
			return fmt.Errorf("%w: tensor %s of %d", ErrRefused, t.Index, len(o.Commitments))
		}
		last = t.Index
		i := int(t.Index.Int64())
		var salt fr.Element
		if err := salt.SetBytesCanonical(t.Salt[:]); err != nil {
			return fmt.Errorf("%w: salt of tensor %d: %w", ErrRefused, i, err)
		}
		c, err := open(i, t.Data, salt)
		if err != nil {
			return fmt.Errorf("tensor %d: %w", i, err)
		}
		if c.Bytes() != o.Commitments[i] {
			return fmt.Errorf("%w: tensor %d is not what was committed to", ErrRefused, i)
		}
	}
	return nil
}

// Of reports whether the opening is of an attestation, whatever its tensors are.
func (o *Opening) Of(inputCommitment [32]byte) bool {
	return contracts.InputCommitmentOf(o.InputHash, o.Commitments, o.Caller, o.Nonce) == inputCommitment
}

// HasColumns reports whether a commitment may be one to a column, which Hash does not open.
func (o *Opening) HasColumns() bool {
	for _, t := range o.Tensors {
		if !t.Index.IsInt64() || t.Index.Int64() >= int64(len(o.Commitments)) {
			continue
		}
		var c fr.Element
		if c.SetBytesCanonical(o.Commitments[t.Index.Int64()][:]) == nil && statement.IsColumnCommitment(&c) {
			return true
		}
	}
	return false
}
