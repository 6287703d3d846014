// SPDX-License-Identifier: Apache-2.0

package groth16

import (
	"math/big"
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
	u, v, w fr.Vector // ∑ aᵢ·uᵢ and so on, in each row

	committed   [][]accel.Scalars // wires of each commitment, without its mask
	masks       []big.Int         // of each commitment
	commitments []curve.G1Affine  // D of each
	device      accel.Device
}

// Solve finds all wires from those that the witness has. The hash from a commitment to its
// wire is the one of gnark's contracts. If the device fails to commit, that is done again
// by what replaces it, which the solution then goes on with.
//
// It returns a *DeviceError if what replaced the device fails, too. Any other error means
// that the witness does not satisfy the circuit, or that a hint cannot compute on it.
func (k *Key) Solve(device accel.Device, c *cs.R1CS, w witness.Witness, opts ...solver.Option) (*Solution, error) {
	info := c.CommitmentInfo.(constraint.Groth16Commitments)
	s := &Solution{
		key: k, info: info, public: c.GetNbPublicVariables(), device: device,
		committed: make([][]accel.Scalars, len(info)), masks: make([]big.Int, len(info)),
		commitments: make([]curve.G1Affine, len(info)),
	}
	if err := k.masked(info); err != nil {
		return nil, err
	}
	config, err := backend.NewProverConfig(solidity.WithProverTargetSolidityVerifier(backend.GROTH16))
	if err != nil {
		return nil, err
	}
	var failure error // of the device, within the solver
	var mu sync.Mutex // the solver may want several commitments at once
	commit := func(_ *big.Int, in, out []*big.Int) error {
		mu.Lock()
		defer mu.Unlock()
		i := int(in[0].Int64())
		hashed := in[1:][:len(info[i].PublicAndCommitmentCommitted)]
		wires := in[1+len(hashed):]
		s.masks[i].Set(wires[len(wires)-1])
		s.committed[i] = newValues(elements(wires[:len(wires)-1])).split()
		failure = accel.Attempt(s.device, func(d accel.Device) (err error) {
			s.move(d)
			s.commitments[i], err = s.commit(i)
			return err
		})
		if failure != nil {
			return failure
		}
		hash := config.HashToFieldFn
		hash.Reset()
		hash.Write(constraint.SerializeCommitment(s.commitments[i].Marshal(), hashed, fr.Bytes))
		var challenge fr.Element
		challenge.SetBytes(hash.Sum(nil)[:min(hash.Size(), fr.Bytes)])
		challenge.BigInt(out[0])
		return nil
	}
	id := solver.GetHintID(fcs.Bsb22CommitmentComputePlaceholder)
	solved, err := c.Solve(w, append(opts[:len(opts):len(opts)], solver.OverrideHint(id, commit))...)
	if failure != nil {
		return nil, &DeviceError{failure}
	}
	if err != nil {
		return nil, err
	}
	r := solved.(*cs.R1CSSolution)
	s.a, s.u, s.v, s.w = r.W, r.A, r.B, r.C
	return s, nil
}

// A DeviceError is what a device failed with while a circuit was solved.
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
	err = s.key.use(s.device, func(p *place) error {
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
