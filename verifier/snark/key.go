// SPDX-License-Identifier: Apache-2.0

package snark

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"slices"

	curve "github.com/consensys/gnark-crypto/ecc/bn254"
	groth16 "github.com/consensys/gnark/backend/groth16/bn254"
	plonk "github.com/consensys/gnark/backend/plonk/bn254"
)

// A VerifyingKey is a key of either system that has passed Lint. It is immutable and safe for concurrent
// use. The zero value is no key: Verify rejects everything under it.
type VerifyingKey struct {
	groth16  *groth16.VerifyingKey
	plonk    *plonk.VerifyingKey
	insecure bool
}

// NewGroth16VerifyingKey returns a copy of a key of gnark's setup, if Lint passes it. A key is insecure
// if its secrets were in one process, see VerifyingKey.Insecure.
func NewGroth16VerifyingKey(key *groth16.VerifyingKey, insecure bool) (*VerifyingKey, error) {
	if key == nil {
		return nil, errors.New("no groth16 verifying key")
	}
	c := cloneGroth16(key)
	// What gnark precomputes must be of this key: it is what gnark verifies with.
	if err := c.Precompute(); err != nil {
		return nil, fmt.Errorf("groth16 verifying key: %w", err)
	}
	return linted(&VerifyingKey{groth16: c, insecure: insecure})
}

// NewPlonkVerifyingKey returns a copy of a key of gnark's setup, if Lint passes it. A key is insecure if
// its secrets were in one process, see VerifyingKey.Insecure.
func NewPlonkVerifyingKey(key *plonk.VerifyingKey, insecure bool) (*VerifyingKey, error) {
	if key == nil {
		return nil, errors.New("no plonk verifying key")
	}
	return linted(&VerifyingKey{plonk: clonePlonk(key), insecure: insecure})
}

func linted(vk *VerifyingKey) (*VerifyingKey, error) {
	if err := Lint(vk); err != nil {
		return nil, err
	}
	return vk, nil
}

// System returns the proof system, or "" for the zero value.
func (vk *VerifyingKey) System() System {
	switch {
	case vk.groth16 != nil:
		return Groth16
	case vk.plonk != nil:
		return Plonk
	}
	return ""
}

// Insecure reports whether whoever made the key could have kept what forges proofs: the key file is
// marked so by a setup in one process. The mark is a label for users, not evidence; a key without it is
// as sound as its ceremony.
func (vk *VerifyingKey) Insecure() bool { return vk.insecure }

// NumCommitments returns the number of BSB22 commitments of a proof, 0 or 1.
func (vk *VerifyingKey) NumCommitments() int {
	switch {
	case vk.groth16 != nil:
		return len(vk.groth16.CommitmentKeys)
	case vk.plonk != nil:
		return len(vk.plonk.Qcp)
	}
	return 0
}

// NumPublicInputs returns the number of public inputs of a proof.
func (vk *VerifyingKey) NumPublicInputs() int {
	switch {
	case vk.groth16 != nil:
		return len(vk.groth16.G1.K) - 1 - vk.NumCommitments()
	case vk.plonk != nil:
		return int(vk.plonk.NbPublicVariables)
	}
	return 0
}

// Groth16 returns a copy of the key in gnark's form, or nil if it is of another system. (gnark's export
// to Solidity writes to the key while it runs.)
func (vk *VerifyingKey) Groth16() *groth16.VerifyingKey {
	if vk.groth16 == nil {
		return nil
	}
	return cloneGroth16(vk.groth16)
}

// Plonk returns a copy of the key in gnark's form, or nil if it is of another system.
func (vk *VerifyingKey) Plonk() *plonk.VerifyingKey {
	if vk.plonk == nil {
		return nil
	}
	return clonePlonk(vk.plonk)
}

// Digest returns the SHA-256 hash of the encoding, the mark included.
func (vk *VerifyingKey) Digest() ([32]byte, error) {
	data, err := vk.MarshalBinary()
	if err != nil {
		return [32]byte{}, err
	}
	return sha256.Sum256(data), nil
}

// WriteTo writes the encoding.
func (vk *VerifyingKey) WriteTo(w io.Writer) (int64, error) {
	data, err := vk.MarshalBinary()
	if err != nil {
		return 0, err
	}
	n, err := w.Write(data)
	return int64(n), err
}

// ReadVerifyingKey reads a key to the end of r, at most a few kilobytes. See UnmarshalVerifyingKey.
func ReadVerifyingKey(r io.Reader) (*VerifyingKey, error) {
	data, err := io.ReadAll(io.LimitReader(r, maxKeyBytes+1))
	if err != nil {
		return nil, fmt.Errorf("read verifying key: %w", err)
	}
	return UnmarshalVerifyingKey(data)
}

var (
	_ io.WriterTo = (*VerifyingKey)(nil)
)

func cloneGroth16(key *groth16.VerifyingKey) *groth16.VerifyingKey {
	c := *key
	c.G1.K = slices.Clone(key.G1.K)
	c.CommitmentKeys = slices.Clone(key.CommitmentKeys)
	c.PublicAndCommitmentCommitted = make([][]int, len(key.PublicAndCommitmentCommitted))
	for i, committed := range key.PublicAndCommitmentCommitted {
		c.PublicAndCommitmentCommitted[i] = append([]int{}, committed...)
	}
	return &c
}

// clonePlonk copies a key. The lines of the pairing are computed anew: gnark verifies with them and not
// with the points they belong to.
func clonePlonk(key *plonk.VerifyingKey) *plonk.VerifyingKey {
	c := *key
	c.Qcp = slices.Clone(key.Qcp)
	c.CommitmentConstraintIndexes = slices.Clone(key.CommitmentConstraintIndexes)
	for i := range c.Kzg.G2 {
		c.Kzg.Lines[i] = curve.PrecomputeLines(c.Kzg.G2[i])
	}
	return &c
}
