// SPDX-License-Identifier: Apache-2.0

package groth16

import (
	"errors"
	"fmt"
	"hash"
	"math/big"
	"slices"
	"sync"

	curve "github.com/consensys/gnark-crypto/ecc/bn254"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/consensys/gnark/backend"
	"github.com/consensys/gnark/backend/solidity"
	"github.com/consensys/gnark/backend/witness"
	"github.com/consensys/gnark/constraint"
	cs "github.com/consensys/gnark/constraint/bn254"
	"github.com/consensys/gnark/constraint/solver"
	fcs "github.com/consensys/gnark/frontend/cs"

	"github.com/zkml-go/zkml/accel"
	"github.com/zkml-go/zkml/internal/parallel"
)

// A Solution is a solved circuit: all its wires, and the commitments to some of them.
type Solution struct {
	key    *Key
	info   constraint.Groth16Commitments
	public int // wires, the one that is 1 first

	a       fr.Vector // all wires
	rows    int       // of the domain
	u, v, w fr.Vector // ∑ aᵢ·uᵢ and so on, in each of these rows; nil as soon as they are used up

	committed   [][]accel.Scalars // wires of each commitment, without its mask
	masks       []big.Int         // of each commitment
	commitments []curve.G1Affine  // D of each
	device      accel.Device
	keep        bool // something can replace the device that was asked first: there may be a second proof
}

// Solve finds all wires from those that the witness has. The hash from a commitment to its
// wire is the one of gnark's contracts. If the device fails to commit, that is done again
// by what replaces it, which the solution then goes on with.
//
// It returns a *SolverError if the witness does not satisfy the circuit, has another number
// of inputs, or a hint cannot compute on it, and a *DeviceError if the commitments fail with
// what replaced the device, too, or by a panic. Any other error is one of the key, the
// circuit or the type of the witness.
func (k *Key) Solve(device accel.Device, c *cs.R1CS, w witness.Witness, opts ...solver.Option) (*Solution, error) {
	s, err := k.begin(device, c, w)
	if err != nil {
		return nil, err
	}
	if len(s.info) > 0 { // loads the key, which the solver's goroutines should not have to
		err := accel.Attempt(device, func(d accel.Device) error {
			s.move(d)
			return k.on.Use(d, func(*place) error { return nil })
		})
		if err != nil {
			return nil, &DeviceError{err}
		}
	}
	config, err := backend.NewProverConfig(solidity.WithProverTargetSolidityVerifier(backend.GROTH16))
	if err != nil {
		return nil, err
	}
	var failure error // of commitments, within the solver
	var mu sync.Mutex // the solver may want several commitments at once
	commit := func(_ *big.Int, in, out []*big.Int) (err error) {
		mu.Lock()
		defer mu.Unlock()
		defer func() {
			if r := recover(); r != nil { // which would end the program: the solver has goroutines of its own
				err = fmt.Errorf("zkml: internal error: panic: %v", r)
			}
			failure = errors.Join(failure, err)
		}()
		return s.compute(config.HashToFieldFn, in, out)
	}
	id := solver.GetHintID(fcs.Bsb22CommitmentComputePlaceholder)
	solved, err := c.Solve(w, append(opts[:len(opts):len(opts)], solver.OverrideHint(id, commit))...)
	if failure != nil {
		return nil, &DeviceError{failure}
	}
	if err != nil {
		return nil, &SolverError{err}
	}
	r := solved.(*cs.R1CSSolution)
	s.a = r.W
	for _, x := range []struct{ to, rows *fr.Vector }{{&s.u, &r.A}, {&s.v, &r.B}, {&s.w, &r.C}} {
		*x.to = append(*x.rows, make(fr.Vector, s.rows-len(*x.rows))...) // gnark's solver leaves the capacity for this
	}
	return s, nil
}

// begin returns a solution of which nothing is solved, if the key can be one of the circuit.
func (k *Key) begin(device accel.Device, c *cs.R1CS, w witness.Witness) (*Solution, error) {
	info, ok := c.CommitmentInfo.(constraint.Groth16Commitments)
	if !ok {
		return nil, fmt.Errorf("a circuit with commitments of type %T", c.CommitmentInfo)
	}
	if _, ok := w.Vector().(fr.Vector); !ok {
		return nil, fmt.Errorf("a witness of type %T", w.Vector())
	}
	if err := k.masked(info); err != nil {
		return nil, err
	}
	public := c.GetNbPublicVariables()
	wires := public + c.GetNbSecretVariables() + c.NbInternalVariables
	for i := range info {
		for _, wire := range slices.Concat(info[i].PrivateCommitted, []int{info[i].CommitmentIndex}) {
			if wire < public || wire >= wires {
				return nil, fmt.Errorf("commitment %d is to wire %d of %d, %d of them public", i, wire, wires, public)
			}
		}
	}
	rows := int(k.pk.Domain.Cardinality)
	if n := c.GetNbConstraints(); n > rows {
		return nil, fmt.Errorf("a key for %d rows, the circuit has %d", rows, n)
	}
	_, keep := device.(accel.Fallible)
	return &Solution{
		key: k, info: info, public: public, rows: rows, device: device, keep: keep,
		committed: make([][]accel.Scalars, len(info)), masks: make([]big.Int, len(info)),
		commitments: make([]curve.G1Affine, len(info)),
	}, nil
}

// compute is the hint for a commitment: it makes it, and hashes it to a wire.
func (s *Solution) compute(hash hash.Hash, in, out []*big.Int) error {
	i := int(in[0].Int64())
	hashed := in[1:][:len(s.info[i].PublicAndCommitmentCommitted)]
	wires := in[1+len(hashed):]
	s.masks[i].Set(wires[len(wires)-1])
	s.committed[i] = newValues(elements(wires[:len(wires)-1])).split()
	err := accel.Attempt(s.device, func(d accel.Device) (err error) {
		s.move(d)
		s.commitments[i], err = s.commit(i)
		return err
	})
	if err != nil {
		return err
	}
	hash.Reset()
	hash.Write(constraint.SerializeCommitment(s.commitments[i].Marshal(), hashed, fr.Bytes))
	var challenge fr.Element
	challenge.SetBytes(hash.Sum(nil)[:min(hash.Size(), fr.Bytes)])
	challenge.BigInt(out[0])
	return nil
}

// A SolverError is what gnark's solver failed with.
type SolverError struct{ Err error }

func (e *SolverError) Error() string { return e.Err.Error() }

func (e *SolverError) Unwrap() error { return e.Err }

// A DeviceError is what commitments failed with while a circuit was solved.
type DeviceError struct{ Err error }

func (e *DeviceError) Error() string { return "commitment: " + e.Err.Error() }

func (e *DeviceError) Unwrap() error { return e.Err }

// move goes on with a device. One that it replaces has no use for the key.
func (s *Solution) move(device accel.Device) {
	if device != s.device {
		s.key.Drop(s.device)
		s.device = device
	}
}

// commit returns D of a commitment.
func (s *Solution) commit(i int) (d curve.G1Affine, err error) {
	err = s.key.on.Use(s.device, func(p *place) error {
		d, err = sum1(p.basis[i], s.committed[i])
		return err
	})
	s.mask(&d, s.key.pk.CommitmentKeys[i].Basis, i)
	return d, err
}

// Confirm goes on with another device. It computes the commitments again and reports
// whether they are those that the circuit was solved with: if they are not, it has to be
// solved again.
func (s *Solution) Confirm(device accel.Device) (bool, error) {
	s.move(device)
	_, s.keep = device.(accel.Fallible)
	for i := range s.commitments {
		d, err := s.commit(i)
		if err != nil {
			return false, err
		}
		if !d.Equal(&s.commitments[i]) {
			return false, nil
		}
	}
	return true, nil
}

// UsedUp reports whether the solution is good for no proof any more.
func (s *Solution) UsedUp() bool { return s.u == nil }

func elements(x []*big.Int) []fr.Element {
	const chunk = 1 << 10
	out := make([]fr.Element, len(x))
	parallel.For((len(x)+chunk-1)/chunk, parallel.Workers(), func(_, k int) {
		for i := k * chunk; i < min((k+1)*chunk, len(x)); i++ {
			out[i].SetBigInt(x[i])
		}
	})
	return out
}
