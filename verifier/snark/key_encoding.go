// SPDX-License-Identifier: Apache-2.0

package snark

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"

	curve "github.com/consensys/gnark-crypto/ecc/bn254"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr/pedersen"
	groth16 "github.com/consensys/gnark/backend/groth16/bn254"
	plonk "github.com/consensys/gnark/backend/plonk/bn254"
)

// The header of a key file: magic, version, system and flags.
const (
	keyMagic       = "zkml.vk\x00"
	keyVersion     = 1
	keyHeaderBytes = len(keyMagic) + 2 + 1 + 1

	keyGroth16 = 1
	keyPlonk   = 2

	flagInsecure  = 1 << 0
	flagCommitted = 1 << 1
	flagTenInputs = 1 << 2 // once the key of a wrap, which had ten public inputs; not to be used again
)

// Lengths of the body, without a commitment and what a commitment adds.
const (
	groth16KeyBytes       = 3*g1Bytes + 3*g2Bytes + (1+NumPublicInputs)*g1Bytes
	groth16CommittedBytes = g1Bytes + 2*g2Bytes
	plonkKeyBytes         = 8 + 2*frBytes + 9*g1Bytes + 2*g2Bytes
	plonkCommittedBytes   = 8 + g1Bytes

	maxKeyBytes = int64(keyHeaderBytes + max(groth16KeyBytes+groth16CommittedBytes, plonkKeyBytes+plonkCommittedBytes))
)

// MarshalBinary returns the only encoding of the key: a header of 12 bytes and a body whose length
// follows from the header. It fails for the zero value only.
//
//	header:  "zkml.vk\x00", version (2 bytes), system (1: Groth16, 2: PLONK), flags (1: insecure,
//	         2: one commitment)
//	Groth16: [α]₁, [β]₁, [β]₂, [γ]₂, [δ]₁, [δ]₂, K₀, K₁, …, and the Pedersen key G, −σG
//	PLONK:   size, generator and coset shift of the domain, [s₁], [s₂], [s₃], [ql], [qr], [qm], [qo],
//	         [qk], [1]₁, [1]₂, [τ]₂, then the row of the commitment and [qcp]
func (vk *VerifyingKey) MarshalBinary() ([]byte, error) {
	var flags byte
	if vk.insecure {
		flags |= flagInsecure
	}
	if vk.NumCommitments() > 0 {
		flags |= flagCommitted
	}
	e := encoder{data: append(make([]byte, 0, maxKeyBytes), keyMagic...)}
	e.data = binary.BigEndian.AppendUint16(e.data, keyVersion)
	switch {
	case vk.groth16 != nil:
		e.data = append(e.data, keyGroth16, flags)
		encodeGroth16Key(&e, vk.groth16)
	case vk.plonk != nil:
		e.data = append(e.data, keyPlonk, flags)
		encodePlonkKey(&e, vk.plonk)
	default:
		return nil, errors.New("empty verifying key")
	}
	return e.data, nil
}

// UnmarshalVerifyingKey decodes what MarshalBinary returns and runs Lint on it. Points must lie in their
// groups, values must be reduced and nothing may follow the key. An error of type *LintError means that
// the file is a key and must not be used.
func UnmarshalVerifyingKey(data []byte) (*VerifyingKey, error) {
	vk, err := decodeKey(data)
	if err != nil {
		return nil, fmt.Errorf("verifying key: %w", err)
	}
	return linted(vk)
}

// decodeKey is UnmarshalVerifyingKey without Lint.
func decodeKey(data []byte) (*VerifyingKey, error) {
	body, ok := bytes.CutPrefix(data, []byte(keyMagic))
	if !ok {
		return nil, errors.New("not a verifying key of zkml")
	}
	d := decoder{data: body}
	var version uint16
	var system, flags byte
	if b := d.take(4); b != nil {
		version, system, flags = binary.BigEndian.Uint16(b), b[2], b[3]
	}
	if d.err != nil {
		return nil, d.err
	}
	if version != keyVersion {
		return nil, fmt.Errorf("format version %d, want %d", version, keyVersion)
	}
	if flags&flagTenInputs != 0 {
		return nil, fmt.Errorf("the key of a wrap of ten public inputs, want %d: it was made before wraps had three, set up again", NumPublicInputs)
	}
	if flags&^(flagInsecure|flagCommitted) != 0 {
		return nil, fmt.Errorf("unknown flags %#x", flags)
	}
	committed := flags&flagCommitted != 0
	vk := &VerifyingKey{insecure: flags&flagInsecure != 0}

	var want, extra int
	switch system {
	case keyGroth16:
		want, extra = groth16KeyBytes, groth16CommittedBytes
	case keyPlonk:
		want, extra = plonkKeyBytes, plonkCommittedBytes
	default:
		return nil, fmt.Errorf("unknown system %d", system)
	}
	if committed {
		want += extra
	}
	if len(d.data) != want {
		return nil, fmt.Errorf("%d bytes, want %d", len(data), keyHeaderBytes+want)
	}
	if system == keyGroth16 {
		vk.groth16 = decodeGroth16Key(&d, committed)
	} else {
		vk.plonk = decodePlonkKey(&d, committed)
	}
	encoded, err := vk.MarshalBinary()
	if err != nil {
		return nil, err
	}
	if err := d.finish(data, encoded); err != nil {
		return nil, err
	}
	if vk.groth16 != nil {
		if err := vk.groth16.Precompute(); err != nil {
			return nil, err
		}
	}
	return vk, nil
}

func encodeGroth16Key(e *encoder, key *groth16.VerifyingKey) {
	e.g1(&key.G1.Alpha)
	e.g1(&key.G1.Beta)
	e.g2(&key.G2.Beta)
	e.g2(&key.G2.Gamma)
	e.g1(&key.G1.Delta)
	e.g2(&key.G2.Delta)
	for i := range key.G1.K {
		e.g1(&key.G1.K[i])
	}
	for i := range key.CommitmentKeys {
		e.g2(&key.CommitmentKeys[i].G)
		e.g2(&key.CommitmentKeys[i].GSigmaNeg)
	}
}

func decodeGroth16Key(d *decoder, committed bool) *groth16.VerifyingKey {
	key := new(groth16.VerifyingKey)
	key.G1.K = make([]curve.G1Affine, 1+NumPublicInputs)
	key.PublicAndCommitmentCommitted = [][]int{}
	if committed {
		key.G1.K = make([]curve.G1Affine, 1+NumPublicInputs+1)
		key.CommitmentKeys = make([]pedersen.VerifyingKey, 1)
		key.PublicAndCommitmentCommitted = [][]int{{}}
	}
	d.g1("alpha", &key.G1.Alpha)
	d.g1("beta in G1", &key.G1.Beta)
	d.g2("beta in G2", &key.G2.Beta)
	d.g2("gamma", &key.G2.Gamma)
	d.g1("delta in G1", &key.G1.Delta)
	d.g2("delta in G2", &key.G2.Delta)
	for i := range key.G1.K {
		d.g1(fmt.Sprintf("K%d", i), &key.G1.K[i])
	}
	for i := range key.CommitmentKeys {
		d.g2("G of the commitment", &key.CommitmentKeys[i].G)
		d.g2("-sigma G of the commitment", &key.CommitmentKeys[i].GSigmaNeg)
	}
	return key
}

func encodePlonkKey(e *encoder, key *plonk.VerifyingKey) {
	e.uint64(key.Size)
	e.scalar(&key.Generator)
	e.scalar(&key.CosetShift)
	for i := range key.S {
		e.g1(&key.S[i])
	}
	e.g1(&key.Ql)
	e.g1(&key.Qr)
	e.g1(&key.Qm)
	e.g1(&key.Qo)
	e.g1(&key.Qk)
	e.g1(&key.Kzg.G1)
	e.g2(&key.Kzg.G2[0])
	e.g2(&key.Kzg.G2[1])
	for i := range key.Qcp {
		e.uint64(key.CommitmentConstraintIndexes[i])
		e.g1(&key.Qcp[i])
	}
}

func decodePlonkKey(d *decoder, committed bool) *plonk.VerifyingKey {
	key := &plonk.VerifyingKey{NbPublicVariables: NumPublicInputs}
	if committed {
		key.Qcp = make([]curve.G1Affine, 1)
		key.CommitmentConstraintIndexes = make([]uint64, 1)
	}
	key.Size = d.uint64()
	key.SizeInv.SetUint64(key.Size).Inverse(&key.SizeInv)
	d.scalar("generator", &key.Generator)
	d.scalar("coset shift", &key.CosetShift)
	for i, name := range [...]string{"[s1]", "[s2]", "[s3]"} {
		d.g1(name, &key.S[i])
	}
	d.g1("[ql]", &key.Ql)
	d.g1("[qr]", &key.Qr)
	d.g1("[qm]", &key.Qm)
	d.g1("[qo]", &key.Qo)
	d.g1("[qk]", &key.Qk)
	d.g1("[1] in G1", &key.Kzg.G1)
	d.g2("[1] in G2", &key.Kzg.G2[0])
	d.g2("[tau] in G2", &key.Kzg.G2[1])
	for i := range key.Qcp {
		key.CommitmentConstraintIndexes[i] = d.uint64()
		d.g1("[qcp]", &key.Qcp[i])
	}
	for i := range key.Kzg.G2 {
		key.Kzg.Lines[i] = curve.PrecomputeLines(key.Kzg.G2[i])
	}
	return key
}
