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
	cs "github.com/consensys/gnark/constraint/bn254"
	"github.com/consensys/gnark/constraint/solver"
	fcs "github.com/consensys/gnark/frontend/cs"
)

// A Solution is the wires of one proof. It is for one call of Prove: its commitments are
// blinded once.
type Solution struct {
	key    *Key
	config backend.ProverConfig
	public []fr.Element

	wires     [3][]fr.Element // the values of a, b, c in all n rows; nil after Prove
	committed []committed
}

// committed is one commitment of [BSB22].
type committed struct {
	values    []fr.Element // of π
	digest    kzg.Digest
	challenge fr.Element // what the circuit takes for the hash of the commitment
}

// Solve computes all wires of the circuit from its public and secret inputs. It commits
// to those that the circuit asks to commit to, on the device. Options are those of gnark's
// prover. An error that wraps one of package accel is the device's, others are gnark's.
func (k *Key) Solve(full witness.Witness, opts ...backend.ProverOption) (*Solution, error) {
	config, err := backend.NewProverConfig(opts...)
	if err != nil {
		return nil, fmt.Errorf("plonk: options: %w", err)
	}
	if config.HashToFieldFn == nil {
		config.HashToFieldFn = hash_to_field.New([]byte("BSB22-Plonk"))
	}
	inputs, ok := full.Vector().(fr.Vector)
	if !ok || len(inputs) < k.public || len(inputs) == 0 {
		return nil, fmt.Errorf("plonk: %w", witness.ErrInvalidWitness)
	}
	s := &Solution{key: k, config: config, public: inputs[:k.public], committed: make([]committed, len(k.commitments))}

	var one sync.Mutex // gnark may call the hints of two commitments at once
	var failed error
	hint := func(_ *big.Int, in, out []*big.Int) error {
		one.Lock()
		defer one.Unlock()
		err := s.commit(in, out)
		failed = errors.Join(failed, err)
		return err
	}
	id := solver.GetHintID(fcs.Bsb22CommitmentComputePlaceholder)
	options := append(config.SolverOpts[:len(config.SolverOpts):len(config.SolverOpts)], solver.OverrideHint(id, hint))
	solved, err := k.gates.Solve(full, options...)
	if failed != nil {
		return nil, fmt.Errorf("plonk: commitment of the circuit: %w", failed)
	}
	if err != nil {
		return nil, fmt.Errorf("plonk: %w", err)
	}
	wires, ok := solved.(*cs.SparseR1CSSolution)
	if !ok || len(wires.L) != k.n || len(wires.R) != k.n || len(wires.O) != k.n {
		return nil, fmt.Errorf("plonk: the solution is a %T, want gates in %d rows", solved, k.n)
	}
	s.wires = [3][]fr.Element{wires.L, wires.R, wires.O}
	return s, nil
}

// commit is the hint of a commitment: in[0] says which, the rest are the wires.
//
// π has the wires in the rows where q_P is 1. Two rows where it is 0 are random: that of
// the commitment itself, and the last gate, which is no wire that is committed to.
func (s *Solution) commit(in, out []*big.Int) error {
	k := s.key
	j := int(in[0].Int64())
	info, c := k.commitments[j], &s.committed[j]
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
	k := p.key
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
