// SPDX-License-Identifier: Apache-2.0

package sumcheck

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"io"

	curve "github.com/consensys/gnark-crypto/ecc/bn254"
	"github.com/consensys/gnark-crypto/ecc/bn254/kzg"

	"github.com/zkml-go/zkml/protocol/pcs"
	"github.com/zkml-go/zkml/verifier/snark"
)

// A VerifyingKey is what proofs of a model are checked with. It is immutable and safe
// for concurrent use.
type VerifyingKey struct {
	wrap *snark.VerifyingKey
	srs  kzg.VerifyingKey
	// Vars is the number of variables of a column, NumWitness that of the columns of a
	// proof, the mask included.
	vars, numWitness int
	model            []curve.G1Affine
}

// The sizes that contracts take.
const (
	minVars    = 2
	maxVars    = pcs.MaxVars
	maxColumns = 1<<16 - 1
)

// NewVerifyingKey returns the key with the given wrap, secret power [τ]₂ of the SRS,
// number of variables of a column, number of columns of a proof with the mask, and
// commitments to the columns of the model. It fails if a part cannot be used.
func NewVerifyingKey(wrap *snark.VerifyingKey, tau curve.G2Affine, vars, numWitness int, model []curve.G1Affine) (*VerifyingKey, error) {
	_, _, g1, g2 := curve.Generators()
	switch {
	case wrap == nil || wrap.System() == "" || wrap.NumCommitments() != 0:
		return nil, errors.New("the key of the wrap is none, or one with a commitment")
	case vars < minVars || vars > maxVars:
		return nil, fmt.Errorf("columns of %d variables, want %d to %d", vars, minVars, maxVars)
	case numWitness < 1 || numWitness > maxColumns:
		return nil, fmt.Errorf("%d columns of a proof, want 1 to %d", numWitness, maxColumns)
	case len(model) > maxColumns:
		return nil, fmt.Errorf("%d columns of the model, want at most %d", len(model), maxColumns)
	case tau.IsInfinity() || !tau.IsOnCurve() || !tau.IsInSubGroup():
		return nil, errors.New("the SRS has no valid power of its secret")
	}
	// A secret that is 1 or −1 is no secret: anybody could open anything to anything.
	var negative curve.G2Affine
	negative.Neg(&g2)
	if tau.Equal(&g2) || tau.Equal(&negative) {
		return nil, errors.New("the secret of the SRS is 1 or -1: anybody can forge openings")
	}
	// Contracts check both with one [τ]₂.
	if plonk := wrap.Plonk(); plonk != nil && !plonk.Kzg.G2[1].Equal(&tau) {
		return nil, errors.New("the wrap is over another SRS than the columns")
	}
	vk := &VerifyingKey{wrap: wrap, vars: vars, numWitness: numWitness, model: clone(model)}
	vk.srs.G1 = g1
	vk.srs.G2 = [2]curve.G2Affine{g2, tau}
	for i := range vk.srs.G2 {
		vk.srs.Lines[i] = curve.PrecomputeLines(vk.srs.G2[i])
	}
	return vk, nil
}

func clone(points []curve.G1Affine) []curve.G1Affine {
	return append([]curve.G1Affine{}, points...)
}

// Wrap returns the key of the wrap.
func (vk *VerifyingKey) Wrap() *snark.VerifyingKey { return vk.wrap }

// Vars returns the number of variables of a column.
func (vk *VerifyingKey) Vars() int { return vk.vars }

// NumWitness returns the number of columns of a proof, the mask included.
func (vk *VerifyingKey) NumWitness() int { return vk.numWitness }

// Model returns the commitments to the columns of the model.
func (vk *VerifyingKey) Model() []curve.G1Affine { return clone(vk.model) }

// Tau returns [τ]₂ of the SRS.
func (vk *VerifyingKey) Tau() curve.G2Affine { return vk.srs.G2[1] }

// Insecure reports whether whoever made the key could have kept what forges proofs.
func (vk *VerifyingKey) Insecure() bool { return vk.wrap.Insecure() }

const keyMagic = "zkml.sumcheck.vk\x00\x01"

// MarshalBinary returns the only encoding of the key: the magic, the length of the
// wrap's key in 4 bytes and that key, the number of variables and of columns of a
// proof, 4 bytes each, [τ]₂, and the commitments of the model.
func (vk *VerifyingKey) MarshalBinary() ([]byte, error) {
	wrap, err := vk.wrap.MarshalBinary()
	if err != nil {
		return nil, err
	}
	out := append([]byte(keyMagic), binary.BigEndian.AppendUint32(nil, uint32(len(wrap)))...)
	out = append(out, wrap...)
	out = binary.BigEndian.AppendUint32(out, uint32(vk.vars))
	out = binary.BigEndian.AppendUint32(out, uint32(vk.numWitness))
	tau := vk.Tau()
	out = append(out, tau.Marshal()...)
	return append(out, marshalPoints(vk.model)...), nil
}

// UnmarshalVerifyingKey decodes what MarshalBinary returns and checks it as
// NewVerifyingKey does.
func UnmarshalVerifyingKey(data []byte) (*VerifyingKey, error) {
	vk, err := decodeKey(data)
	if err != nil {
		return nil, fmt.Errorf("verifying key: %w", err)
	}
	return vk, nil
}

func decodeKey(data []byte) (*VerifyingKey, error) {
	body, ok := bytes.CutPrefix(data, []byte(keyMagic))
	if !ok || len(body) < 4 {
		return nil, errors.New("not a verifying key of the sumcheck system")
	}
	length := binary.BigEndian.Uint32(body)
	if body = body[4:]; uint64(length) > uint64(len(body)) {
		return nil, fmt.Errorf("%d bytes are no key", len(data))
	}
	n := int(length)
	if len(body)-n < 8+g2Bytes || (len(body)-n-8-g2Bytes)%g1Bytes != 0 {
		return nil, fmt.Errorf("%d bytes are no key", len(data))
	}
	wrap, err := snark.UnmarshalVerifyingKey(body[:n])
	if err != nil {
		return nil, err
	}
	body = body[n:]
	vars, witness := binary.BigEndian.Uint32(body), binary.BigEndian.Uint32(body[4:])
	if vars > maxVars || witness > maxColumns {
		return nil, fmt.Errorf("%d columns of %d variables", witness, vars)
	}
	body = body[8:]
	var tau curve.G2Affine
	if _, err := tau.SetBytes(body[:g2Bytes]); err != nil {
		return nil, err
	}
	body = body[g2Bytes:]
	model, err := unmarshalPoints(body, len(body)/g1Bytes)
	if err != nil {
		return nil, err
	}
	vk, err := NewVerifyingKey(wrap, tau, int(vars), int(witness), model)
	if err != nil {
		return nil, err
	}
	// One key has one encoding.
	if again, err := vk.MarshalBinary(); err != nil || !bytes.Equal(again, data) {
		return nil, errors.Join(errors.New("not the encoding of its key"), err)
	}
	return vk, nil
}

// Digest returns the SHA-256 hash of the encoding.
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
