// SPDX-License-Identifier: Apache-2.0

package plonk

import (
	"errors"
	"fmt"
	"math/big"
	"sync"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr/hash_to_field"
	"github.com/consensys/gnark-crypto/ecc/bn254/kzg"
	"github.com/consensys/gnark/backend"
	"github.com/consensys/gnark/backend/witness"
	"github.com/consensys/gnark/constraint"
	cs "github.com/consensys/gnark/constraint/bn254"
	"github.com/consensys/gnark/constraint/solver"
	fcs "github.com/consensys/gnark/frontend/cs"

	"github.com/zkml-go/zkml/accel"
)

// A Solution is the wires of one proof, solved with a device. It is for one call of Prove:
// its commitments are blinded once.
type Solution struct {
	key         *Key
	device      accel.Device
	config      backend.ProverConfig
	commitments constraint.PlonkCommitments
	public      []fr.Element

	wires     [3][]fr.Element // the values of a, b, c in all n rows; nil after Prove
	committed []committed
}

// committed is one commitment of [BSB22].
type committed struct {
	values    []fr.Element // of π
	digest    kzg.Digest
	challenge fr.Element // what the circuit takes for the hash of the commitment
}

// A DeviceError is what a device failed with while a circuit was solved.
type DeviceError struct{ Err error }

func (e *DeviceError) Error() string { return "commitment: " + e.Err.Error() }

func (e *DeviceError) Unwrap() error { return e.Err }

// Solve computes all wires of the circuit from its public and secret inputs. The device
// commits to those that the circuit asks to commit to. Options are those of gnark's prover.
//
// It returns a *DeviceError if the device fails. Any other error means that the witness
// does not satisfy the circuit, or that a hint cannot compute on it.
func (k *Key) Solve(device accel.Device, full witness.Witness, opts ...backend.ProverOption) (*Solution, error) {
	s := &Solution{key: k, device: device}
	var err error
	if s.config, err = backend.NewProverConfig(opts...); err != nil {
		return nil, fmt.Errorf("options: %w", err)
	}
	if s.config.HashToFieldFn == nil {
		s.config.HashToFieldFn = hash_to_field.New([]byte("BSB22-Plonk"))
	}
	inputs, ok := full.Vector().(fr.Vector)
	if public := len(k.gates.Public); ok && len(inputs) >= public {
		s.public = inputs[:public]
	} else {
		return nil, witness.ErrInvalidWitness
	}
	if s.commitments, ok = k.gates.CommitmentInfo.(constraint.PlonkCommitments); !ok {
		return nil, fmt.Errorf("commitments of type %T", k.gates.CommitmentInfo)
	}
	s.committed = make([]committed, len(s.commitments))

	var failure error // of the device, within the solver
	var mu sync.Mutex // the solver may want several commitments at once
	commit := func(_ *big.Int, in, out []*big.Int) error {
		mu.Lock()
		defer mu.Unlock()
		err := k.use(device, func(p *place) error { return s.commit(p, in, out) })
		failure = errors.Join(failure, err)
		return err
	}
	id := solver.GetHintID(fcs.Bsb22CommitmentComputePlaceholder)
	options := append(s.config.SolverOpts[:len(s.config.SolverOpts):len(s.config.SolverOpts)], solver.OverrideHint(id, commit))
	solved, err := k.gates.Solve(full, options...)
	if failure != nil {
		return nil, &DeviceError{failure}
	}
	if err != nil {
		return nil, err
	}
	wires, ok := solved.(*cs.SparseR1CSSolution)
	if !ok {
		return nil, fmt.Errorf("solution of type %T", solved)
	}
	s.wires = [3][]fr.Element{wires.L, wires.R, wires.O}
	return s, nil
}

// commit is the hint of a commitment: in[0] says which, the rest are the wires.
//
// π has the wires in the rows where q_P is 1. Two rows where it is 0 are random: that of
// the commitment itself, and the last gate, which is no wire that is committed to.
func (s *Solution) commit(k *place, in, out []*big.Int) error {
	j := int(in[0].Int64())
	info, c := s.commitments[j], &s.committed[j]
	c.values = make([]fr.Element, k.n)
	for i, row := range info.Committed {
		c.values[k.public+row].SetBigInt(in[1+i])
	}
	for _, row := range []int{k.public + info.CommitmentIndex, k.rows - 1} {
		if _, err := c.values[row].SetRandom(); err != nil {
			return err
		}
	}
	var zero fr.Element
	digests, err := k.commitRows(&zero, c.values)
	if err != nil {
		return err
	}
	c.digest = digests[0]
	h := s.config.HashToFieldFn
	h.Write(c.digest.Marshal())
	sum := h.Sum(nil)
	h.Reset()
	c.challenge.SetBytes(sum[:min(len(sum), fr.Bytes)])
	c.challenge.BigInt(out[0])
	return nil
}

// round1 commits to a, b, c and interpolates them.
func (p *prover) round1() error {
	k := p.place
	digests, err := k.commitRows(&p.wires[0][k.n-1], p.wires[:]...)
	if err != nil {
		return err
	}
	for j, s := range p.wireBlindings {
		mask, err := s.commit(k)
		if err != nil {
			return err
		}
		p.proof.LRO[j].Add(&digests[j], &mask)
	}
	return nil
}

// coefficients interpolates values, in their place, and blinds the polynomial.
func (p *prover) coefficients(values []fr.Element, s blinding) []fr.Element {
	v := p.ops.vector(values)
	p.ops.intt(v, plain)
	out := make([]fr.Element, len(values), len(values)+len(s))
	p.ops.read(v, out)
	p.ops.free(v)
	return s.blind(out)
}
