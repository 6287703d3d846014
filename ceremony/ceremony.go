// SPDX-License-Identifier: Apache-2.0

// Package ceremony makes the keys of a Groth16 circuit with secrets that nobody has. Phase 1, the powers of
// tau, is a file of package ptau and serves all circuits. Phase 2 is of one circuit: one after the other,
// contributors multiply the secret δ, and that of the commitment σ, by a factor of their own and forget it.
// In the end a public random value, the beacon, multiplies them once more. Whoever wants to forge proofs
// needs the factors of all contributors, so that one honest contributor among them suffices.
//
// A ceremony is a directory:
//
//	ceremony.json   what it is of, the hash of every contribution, the beacon
//	0000.phase2     the state that follows from circuit and powers of tau
//	0001.phase2     the state after contribution 1, with a proof that it is one, and so on
//
// States are in the encoding of gnark's mpcsetup.Phase2, which does the cryptography. The hash of a state is
// the SHA-256 hash of its file. It is in the next state; in the initial one is a hash of the circuit, whose
// public part no point of a state depends on, and of the powers of tau.
//
// Verifying recomputes the initial state and the end from circuit and powers of tau, and checks every step
// between. It demands a number of contributions: gnark accepts a ceremony without any, whose secrets follow
// from the beacon, so that everybody could forge proofs.
//
// NB! Nobody can see from a ceremony who contributed, or whether two contributors are one. Contributors
// publish the hash of their contribution, and everybody compares. Nor can one see when the beacon was
// drawn: it must be a value that nobody could know when the last contribution was published.
//
// https://eprint.iacr.org/2017/1050
package ceremony

import (
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"slices"

	"github.com/consensys/gnark-crypto/ecc"
	curve "github.com/consensys/gnark-crypto/ecc/bn254"
	groth16 "github.com/consensys/gnark/backend/groth16/bn254"
	"github.com/consensys/gnark/backend/groth16/bn254/mpcsetup"
	"github.com/consensys/gnark/constraint"
	cs "github.com/consensys/gnark/constraint/bn254"

	"github.com/zkml-go/zkml/artifact"
	"github.com/zkml-go/zkml/ceremony/ptau"
)

// A Circuit is what a ceremony is of: constraints, and the powers of tau that it starts from.
type Circuit struct {
	r1cs   *cs.R1CS
	powers *mpcsetup.SrsCommons

	lagrange             *ptau.Lagrange
	digest, powersDigest artifact.Hash
}

// NewCircuit reads the powers of tau that a constraint system of rank 1 needs.
func NewCircuit(r1cs *cs.R1CS, file *ptau.File) (*Circuit, error) {
	if _, ok := r1cs.CommitmentInfo.(constraint.Groth16Commitments); !ok {
		return nil, errors.New("a ceremony is for the constraints of Groth16")
	}
	p, err := file.Phase1(max(2, int(ecc.NextPowerOfTwo(uint64(r1cs.GetNbConstraints())))))
	if err != nil {
		return nil, err
	}
	c := &Circuit{r1cs: r1cs, powers: new(mpcsetup.SrsCommons), digest: circuitDigest(r1cs), powersDigest: powersDigest(p)}
	c.powers.G1.Tau, c.powers.G1.AlphaTau, c.powers.G1.BetaTau = p.TauG1, p.AlphaTauG1, p.BetaTauG1
	c.powers.G2.Tau, c.powers.G2.Beta = p.TauG2, p.BetaG2
	c.lagrange, err = file.Lagrange(p)
	return c, err
}

// initialize returns the state before the first contribution, and the parts of the keys that no
// contribution changes.
func (c *Circuit) initialize() (*mpcsetup.Phase2, *mpcsetup.Phase2Evaluations) {
	p, evaluations := c.evaluate()
	p.Challenge = c.begin()
	return p, evaluations
}

// begin returns the hash that the initial state has in place of that of the one before.
func (c *Circuit) begin() []byte {
	h := sha256.Sum256(slices.Concat([]byte("zkml.ceremony\x00"), c.digest[:], c.powersDigest[:]))
	return h[:]
}

// circuitDigest hashes what the keys of a circuit depend on: numbers of wires, commitments, and the wires
// and coefficients of all constraints. It is the same wherever the circuit is compiled.
func circuitDigest(r1cs *cs.R1CS) artifact.Hash {
	h := sha256.New()
	var buf []byte
	number := func(n int) { buf = binary.BigEndian.AppendUint64(buf, uint64(n)) }
	numbers := func(v []int) {
		number(len(v))
		for _, n := range v {
			number(n)
		}
	}
	buf = append(buf, "zkml.circuit\x00"...)
	number(r1cs.GetNbPublicVariables())
	number(r1cs.GetNbSecretVariables())
	number(r1cs.NbInternalVariables)
	number(r1cs.GetNbConstraints())
	for _, c := range r1cs.CommitmentInfo.(constraint.Groth16Commitments) {
		number(c.CommitmentIndex)
		numbers(c.PublicAndCommitmentCommitted)
		numbers(c.PrivateCommitted)
	}
	rows := r1cs.GetR1CIterator()
	for r := rows.Next(); r != nil; r = rows.Next() {
		for _, terms := range [...]constraint.LinearExpression{r.L, r.R, r.O} {
			number(len(terms))
			for _, t := range terms {
				number(t.WireID())
				e := r1cs.Coefficients[t.CoeffID()].Bytes()
				buf = append(buf, e[:]...)
			}
		}
		h.Write(buf)
		buf = buf[:0]
	}
	return artifact.Hash(h.Sum(buf[:0]))
}

// powersDigest hashes powers of tau.
func powersDigest(p *ptau.Phase1) artifact.Hash {
	h := sha256.New()
	h.Write(binary.BigEndian.AppendUint64([]byte("zkml.powers\x00"), uint64(len(p.TauG2))))
	for _, points := range [][]curve.G1Affine{p.TauG1, p.AlphaTauG1, p.BetaTauG1} {
		for i := range points {
			b := points[i].RawBytes()
			h.Write(b[:])
		}
	}
	for i := range p.TauG2 {
		b := p.TauG2[i].RawBytes()
		h.Write(b[:])
	}
	b := p.BetaG2.RawBytes()
	h.Write(b[:])
	return artifact.Hash(h.Sum(nil))
}

// Keys are the result of a ceremony.
type Keys struct {
	ProvingKey   *groth16.ProvingKey
	VerifyingKey *groth16.VerifyingKey
}

// DefaultContributions is how many contributions Verify should demand unless a user says otherwise: with
// one, the contributor made the keys alone.
const DefaultContributions = 2

// Verify checks a ceremony of a circuit, from the initial state to the last contribution. It returns the
// keys, or nil if there is no beacon yet. It is an error if there are fewer contributions than least, which
// must be at least 1.
func (c *Ceremony) Verify(circuit *Circuit, least int) (*Keys, error) {
	if least < 1 {
		return nil, errors.New("a ceremony without contributions has no secrets: at least 1 is needed")
	}
	switch {
	case c.record.Circuit != circuit.digest:
		return nil, errors.New("the ceremony is of another circuit")
	case c.record.Powers != circuit.powersDigest:
		return nil, errors.New("the ceremony started from other powers of tau")
	}
	state, evaluations := circuit.initialize()
	hash := hashOf(state)
	if hash != c.record.Initial {
		return nil, errors.New("the initial state is not that of the circuit and the powers of tau")
	}
	for i, contribution := range c.record.Contributions {
		next, err := c.read(i + 1)
		if err == nil {
			err = follows(state, hash, next)
		}
		if err != nil {
			return nil, fmt.Errorf("contribution %d: %w", i+1, err)
		}
		state, hash = next, contribution.Hash
	}
	if n := len(c.record.Contributions); n < least {
		return nil, fmt.Errorf("%d contributions, want at least %d", n, least)
	}
	if c.record.Beacon == nil {
		return nil, nil
	}
	pk, vk := state.Seal(circuit.powers, evaluations, c.record.Beacon.Value)
	return &Keys{pk.(*groth16.ProvingKey), vk.(*groth16.VerifyingKey)}, nil
}

// follows checks that next is a contribution to the state before, whose hash is given.
func follows(before *mpcsetup.Phase2, hash artifact.Hash, next *mpcsetup.Phase2) error {
	// gnark takes a missing hash for the right one.
	if string(next.Challenge) != string(hash[:]) {
		return errors.New("it does not follow the one before: the hash in it is another")
	}
	if len(next.Sigmas) != len(before.Sigmas) {
		return fmt.Errorf("%d commitments, want %d", len(next.Sigmas), len(before.Sigmas))
	}
	if err := before.Verify(next); err != nil {
		return err
	}
	if next.Parameters.G1.Delta.Equal(&before.Parameters.G1.Delta) {
		return errors.New("its factor is 1")
	}
	return nil
}
