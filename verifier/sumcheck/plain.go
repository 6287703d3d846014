// SPDX-License-Identifier: Apache-2.0

package sumcheck

import (
	"encoding/binary"
	"errors"
	"fmt"

	curve "github.com/consensys/gnark-crypto/ecc/bn254"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"github.com/zkml-go/zkml/protocol/arith"
	"github.com/zkml-go/zkml/protocol/pcs"
	"github.com/zkml-go/zkml/protocol/reduction"
	"github.com/zkml-go/zkml/protocol/transcript"
	"github.com/zkml-go/zkml/statement"
)

// A Plain is a proof that is not wrapped: the messages of the reduction themselves. It
// is not zero-knowledge.
type Plain struct {
	Columns  []curve.G1Affine
	Salt     fr.Element
	Messages []fr.Element
	Opening  *pcs.Proof
}

const plainMagic = "zkml.sumcheck.plain\x00\x01"

// MarshalBinary returns the only encoding of the proof: the magic, the numbers of
// columns and of messages, 4 bytes each, and then columns, salt, messages and opening.
func (p *Plain) MarshalBinary() ([]byte, error) {
	out := []byte(plainMagic)
	out = binary.BigEndian.AppendUint32(out, uint32(len(p.Columns)))
	out = binary.BigEndian.AppendUint32(out, uint32(len(p.Messages)))
	out = append(out, marshalPoints(p.Columns)...)
	out = append(out, marshalScalars(p.Salt)...)
	out = append(out, marshalScalars(p.Messages...)...)
	return append(out, p.Opening.Bytes()...), nil
}

// IsPlain reports whether data begins like a plain proof.
func IsPlain(data []byte) bool {
	return len(data) >= len(plainMagic) && string(data[:len(plainMagic)]) == plainMagic
}

// UnmarshalPlain decodes what MarshalBinary returns. It allocates what data holds, not
// what it claims. An error wraps verifier.ErrRejected.
func UnmarshalPlain(data []byte) (*Plain, error) {
	p, err := decodePlain(data)
	if err != nil {
		return nil, fmt.Errorf("proof: %w", rejected(err))
	}
	return p, nil
}

func decodePlain(data []byte) (p *Plain, err error) {
	if !IsPlain(data) || len(data) < len(plainMagic)+8 {
		return nil, errors.New("not a plain proof of the sumcheck system")
	}
	data = data[len(plainMagic):]
	numColumns, numMessages := binary.BigEndian.Uint32(data), binary.BigEndian.Uint32(data[4:])
	data = data[8:]
	// No product of 32-bit numbers overflows here, whatever the size of an int.
	if want := uint64(numColumns)*g1Bytes + (1+uint64(numMessages))*fr.Bytes + pcs.ProofBytes; uint64(len(data)) != want {
		return nil, fmt.Errorf("%d bytes, want %d", len(data), want)
	}
	columns, messages := int(numColumns), int(numMessages)
	p = &Plain{Messages: make([]fr.Element, messages)}
	if p.Columns, err = unmarshalPoints(data, columns); err != nil {
		return nil, err
	}
	data = data[columns*g1Bytes:]
	to := []*fr.Element{&p.Salt}
	for i := range p.Messages {
		to = append(to, &p.Messages[i])
	}
	if err := unmarshalScalars(data, to...); err != nil {
		return nil, err
	}
	p.Opening, err = pcs.DecodeProof(data[(1+messages)*fr.Bytes:])
	return p, err
}

// VerifyPlain is Verify for a plain proof of the program that plan is of. The statement
// must have no commitments: whoever made them cannot show their words here.
func VerifyPlain(vk *VerifyingKey, plan *reduction.Plan, model, context [32]byte, claim *statement.Claim, proof *Plain) error {
	if vk == nil || vk.wrap == nil || plan == nil {
		return reject("no verifying key")
	}
	if claim == nil || proof == nil || proof.Opening == nil {
		return reject("no claim or no proof")
	}
	layout := &plan.Layout
	if layout.Vars != vk.vars || 1+layout.Witness != vk.numWitness || layout.Model != len(vk.model) {
		return reject("the key is not one for this program")
	}
	if got := len(proof.Columns); got != vk.numWitness {
		return reject("%d columns, want %d", got, vk.numWitness)
	}
	if len(claim.Commitments) > 0 {
		return reject("a plain proof of a statement with commitments")
	}
	seed := Seed(claim.Digest(model, context), proof.Columns)
	field := &arith.Native{}
	t := transcript.New[fr.Element](field, transcript.Poseidon2{})
	t.Absorb("seed", seed, proof.Salt)
	next, done := reduction.From(proof.Messages)
	party := &reduction.Reader[fr.Element]{Plan: plan, Field: field, Transcript: t, Next: next}
	words := claim.Words()
	s := reduction.Statement[fr.Element]{Evaluate: func(z fr.Element) fr.Element { return statement.Evaluate(words, z) }}
	result, err := reduction.Run(plan, field, t, s, party)
	if err := errors.Join(err, done()); err != nil {
		return rejected(err)
	}
	if err := field.Err(); err != nil {
		return rejected(err)
	}
	columns := append(clone(proof.Columns), vk.model...)
	opened := pcs.Statement{D: seed, Rho: result.Rho, V: result.Value}
	return rejected(pcs.Verify(pcs.Params{Vars: vk.vars}, &vk.srs, columns, opened, result.Point, proof.Opening))
}
