// SPDX-License-Identifier: Apache-2.0

package groth16

import (
	"errors"
	"fmt"
	"math/big"
	"sync"

	"github.com/consensys/gnark-crypto/ecc"
	curve "github.com/consensys/gnark-crypto/ecc/bn254"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/consensys/gnark-crypto/utils"
	groth16 "github.com/consensys/gnark/backend/groth16/bn254"

	"github.com/zkml-go/zkml/accel"
	"github.com/zkml-go/zkml/internal/parallel"
)

// sums are what a proof is put together from.
type sums struct {
	u, v, k, h, e curve.G1Affine // e: of the proof of knowledge
	v2            curve.G2Affine
}

// Prove makes a proof with the device of the solution, blinded anew. If nothing can replace
// the device that Solve or Confirm was last called with, the solution is used up.
func (s *Solution) Prove() (*groth16.Proof, error) {
	if s.UsedUp() {
		return nil, errors.New("zkml: internal error: a second proof of a solution that was used up")
	}
	var all *sums
	err := s.key.on.Use(s.device, func(p *place) (err error) {
		all, err = s.sums(p, s.keep)
		return err
	})
	if err != nil {
		return nil, err
	}
	var r, t fr.Element // t is s above
	if _, err := r.SetRandom(); err != nil {
		return nil, err
	}
	if _, err := t.SetRandom(); err != nil {
		return nil, err
	}
	proof := s.key.blind(all, &r, &t)
	proof.Commitments, proof.CommitmentPok = s.commitments, all.e
	return proof, nil
}

// sums computes all sums at once, the longest first.
func (s *Solution) sums(p *place, keep bool) (*sums, error) {
	var all sums
	pk := s.key.pk
	wires := newValues(s.a)
	ofB := sync.OnceValue(func() []accel.Scalars { return wires.without(pk.InfinityB, 0) })
	tasks := []func() error{
		func() (err error) {
			all.v2, err = sum2(p.b2, ofB())
			return err
		},
		func() (err error) {
			all.h, err = s.quotient(p, keep)
			return err
		},
		func() (err error) {
			all.k, err = sum1(p.k, wires.without(s.elsewhere(), s.public))
			return err
		},
		func() (err error) {
			all.u, err = sum1(p.a, wires.without(pk.InfinityA, 0))
			return err
		},
		func() (err error) {
			all.v, err = sum1(p.b, ofB())
			return err
		},
		func() (err error) {
			all.e, err = s.knowledge(p)
			return err
		},
	}
	errs := make([]error, len(tasks))
	parallel.For(len(tasks), len(tasks), func(_, k int) { errs[k] = tasks[k]() })
	return &all, errors.Join(errs...)
}

// elsewhere names the wires that K has no points for, besides the public ones: those that
// are committed and those that are commitments.
func (s *Solution) elsewhere() []bool {
	out := make([]bool, len(s.a))
	for i := range s.info {
		out[s.info[i].CommitmentIndex] = true
		for _, wire := range s.info[i].PrivateCommitted {
			out[wire] = true
		}
	}
	return out
}

// quotient returns ∑ hⱼ·Zⱼ.
func (s *Solution) quotient(p *place, keep bool) (curve.G1Affine, error) {
	if p.z == nil {
		return curve.G1Affine{}, nil // one row: h is zero
	}
	h, err := quotient(s.device, s, keep)
	if err != nil {
		return curve.G1Affine{}, err
	}
	if !p.reversed {
		defer h.Free()
		return sum1(p.z, []accel.Scalars{h})
	}
	n := s.rows
	x := make([]fr.Element, n)
	err = h.Read(x)
	h.Free()
	if err != nil {
		return curve.G1Affine{}, err
	}
	utils.BitReverse(x)
	return sum1(p.z, []accel.Scalars{accel.Elements(x[:n-1])})
}

// knowledge returns the proofs that the commitments are sums over their points, added up
// with the powers of a challenge that the verifier computes as well.
func (s *Solution) knowledge(p *place) (sum curve.G1Affine, err error) {
	proofs := make([]curve.G1Affine, len(s.info))
	var hashes []byte
	for i := range s.info {
		if proofs[i], err = sum1(p.sigma[i], s.committed[i]); err != nil {
			return sum, err
		}
		s.mask(&proofs[i], s.key.pk.CommitmentKeys[i].BasisExpSigma, i)
		hashes = append(hashes, s.a[s.info[i].CommitmentIndex].Marshal()...)
	}
	challenge, err := fr.Hash(hashes, []byte("G16-BSB22"), 1)
	if err != nil {
		return sum, err
	}
	_, err = sum.Fold(proofs, challenge[0], ecc.MultiExpConfig{NbTasks: 1})
	return sum, err
}

// blind puts a proof together, with secrets that no other proof has.
func (k *Key) blind(all *sums, r, s *fr.Element) *groth16.Proof {
	pk := k.pk
	var rInt, sInt big.Int
	r.BigInt(&rInt)
	s.BigInt(&sInt)

	// A = α + u(x) + r·δ
	var a, c, term curve.G1Jac
	a.FromAffine(&pk.G1.Delta)
	a.ScalarMultiplication(&a, &rInt)
	a.AddMixed(&pk.G1.Alpha)
	a.AddMixed(&all.u)

	// C = K + h(x)·t(x)/δ + s·A + r·B − r·s·δ, where r·B − r·s·δ = r·(β + v(x))
	c.FromAffine(&pk.G1.Beta)
	c.AddMixed(&all.v)
	c.ScalarMultiplication(&c, &rInt)
	c.AddMixed(&all.k)
	c.AddMixed(&all.h)
	term.ScalarMultiplication(&a, &sInt)
	c.AddAssign(&term)

	// B = β + v(x) + s·δ
	var b2 curve.G2Jac
	b2.FromAffine(&pk.G2.Delta)
	b2.ScalarMultiplication(&b2, &sInt)
	b2.AddMixed(&pk.G2.Beta)
	b2.AddMixed(&all.v2)

	var proof groth16.Proof
	proof.Ar.FromJacobian(&a)
	proof.Krs.FromJacobian(&c)
	proof.Bs.FromJacobian(&b2)
	return &proof
}

// sum1 returns the sum over points of scalars that are a sum themselves.
func sum1(points accel.G1, x []accel.Scalars) (curve.G1Affine, error) {
	var sum curve.G1Jac
	var out curve.G1Affine
	if points == nil || len(x) == 0 {
		return out, nil
	}
	parts, err := points.MSM(0, x...)
	if err != nil {
		return out, err
	}
	if len(parts) != len(x) {
		return out, fmt.Errorf("%w: %d sums, want %d", accel.ErrFault, len(parts), len(x))
	}
	for i := range parts {
		sum.AddMixed(&parts[i])
	}
	out.FromJacobian(&sum)
	return out, nil
}

// sum2 is sum1 in the twist.
func sum2(points accel.G2, x []accel.Scalars) (curve.G2Affine, error) {
	var sum curve.G2Jac
	var out curve.G2Affine
	if points == nil || len(x) == 0 {
		return out, nil
	}
	parts, err := points.MSM(0, x...)
	if err != nil {
		return out, err
	}
	if len(parts) != len(x) {
		return out, fmt.Errorf("%w: %d sums, want %d", accel.ErrFault, len(parts), len(x))
	}
	for i := range parts {
		sum.AddMixed(&parts[i])
	}
	out.FromJacobian(&sum)
	return out, nil
}
