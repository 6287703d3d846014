// SPDX-License-Identifier: Apache-2.0

package plonk

import (
	"errors"
	"fmt"
	"math/big"
	"sync"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr/hash_to_field"
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
	on          *place // that Prove used
	config      backend.ProverConfig
	commitments constraint.PlonkCommitments
	public      []fr.Element

	wires     [3][]fr.Element // the values of a, b, c in all n rows; nil after Prove
	committed []committed
}

// A WitnessError is what is wrong with a witness: it does not satisfy the circuit, or a
// hint cannot compute on it.
type WitnessError struct{ Err error }

func (e *WitnessError) Error() string { return e.Err.Error() }

func (e *WitnessError) Unwrap() error { return e.Err }

// Solve computes all wires of the circuit from its public and secret inputs. The device
// commits to those that the circuit asks to commit to. Options are those of gnark's prover.
//
// It returns a *WitnessError if the witness is to blame, and no other error means that it is:
// they are of the device, of the options and of the key.
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
	if !ok {
		return nil, fmt.Errorf("a witness of type %T", full.Vector())
	}
	if len(inputs) != len(k.gates.Public)+len(k.gates.Secret) {
		return nil, &WitnessError{witness.ErrInvalidWitness}
	}
	s.public = inputs[:len(k.gates.Public)]
	if s.commitments, ok = k.gates.CommitmentInfo.(constraint.PlonkCommitments); !ok {
		return nil, fmt.Errorf("commitments of type %T", k.gates.CommitmentInfo)
	}
	s.committed = make([]committed, len(s.commitments))

	if err := k.bring(device); err != nil {
		return nil, err
	}
	var failure error // to commit, within the solver
	var mu sync.Mutex // the solver may want several commitments at once
	commit := func(_ *big.Int, in, out []*big.Int) (err error) {
		mu.Lock()
		defer mu.Unlock()
		defer func() { // the solver calls hints in goroutines of its own, where a panic ends the program
			if r := recover(); r != nil {
				err = fmt.Errorf("panic: %v", r)
			}
			failure = errors.Join(failure, err)
		}()
		return k.use(device, func(p *place) error { return s.commit(p, in, out) })
	}
	id := solver.GetHintID(fcs.Bsb22CommitmentComputePlaceholder)
	options := append(s.config.SolverOpts[:len(s.config.SolverOpts):len(s.config.SolverOpts)], solver.OverrideHint(id, commit))
	if _, err := solver.NewConfig(options...); err != nil {
		return nil, fmt.Errorf("options: %w", err)
	}
	solved, err := k.gates.Solve(full, options...)
	if failure != nil {
		return nil, fmt.Errorf("commitment: %w", failure)
	}
	if err != nil {
		return nil, &WitnessError{err}
	}
	wires, ok := solved.(*cs.SparseR1CSSolution)
	if !ok {
		return nil, fmt.Errorf("solution of type %T", solved)
	}
	s.wires = [3][]fr.Element{wires.L, wires.R, wires.O}
	return s, nil
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
