// SPDX-License-Identifier: Apache-2.0

package plonk

import (
	"context"
	"errors"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	gnark "github.com/consensys/gnark/backend/plonk/bn254"

	"github.com/zkml-go/zkml/accel"
)

// plain is the transform of values on H.
var plain = accel.Form{}

// prover is one proof that is being made.
type prover struct {
	*Solution
	place      *place
	ops        *ops
	transcript *transcript
	proof      *gnark.Proof

	wireBlindings   [3]blinding
	productBlinding blinding
	partBlindings   []fr.Element

	gamma, alpha, zeta fr.Element
	betas              [3]fr.Element // β, β·k, β·k²

	// wires of Solution are the coefficients of a, b, c after round 2.
	z     []fr.Element    // coefficients
	parts [3][]fr.Element // coefficients of t₁, t₂, t₃
	pi    []accel.Vector  // coefficients of πⱼ
	opened
	terms []term // of r
}

// Prove makes the proof, with the device that the circuit was solved with. The context is
// looked at before each round. NB! The proof has not been verified. It does not verify if
// the device has computed wrongly, or if the key is of another circuit.
func (s *Solution) Prove(ctx context.Context) (*gnark.Proof, error) {
	if s.wires[0] == nil {
		return nil, errors.New("zkml: internal error: a second proof of a solution")
	}
	p := &prover{Solution: s}
	err := s.key.use(s.device, func(on *place) error {
		s.on, p.place, p.ops = on, on, on.ops()
		defer p.ops.release()
		return p.prove(ctx)
	})
	s.wires, s.committed = [3][]fr.Element{}, nil
	if err != nil {
		return nil, err
	}
	return p.proof, nil
}

// Discard has the device forget what the proof was made with, because it does not verify.
func (s *Solution) Discard() {
	if s.on != nil {
		s.key.on.Discard(s.device, s.on)
	}
}

func (p *prover) prove(ctx context.Context) error {
	if err := p.start(); err != nil {
		return err
	}
	for _, round := range p.rounds() {
		if err := ctx.Err(); err != nil {
			return err
		}
		err := round()
		if err = errors.Join(err, p.ops.err, p.transcript.err); err != nil {
			return err
		}
	}
	return nil
}

func (p *prover) rounds() [5]func() error {
	return [...]func() error{p.round1, p.round2, p.round3, p.round4, p.round5}
}

// start draws the blindings and interpolates what the circuit commits to.
func (p *prover) start() (err error) {
	p.proof = &gnark.Proof{}
	p.transcript = newTranscript(p.config.ChallengeHash, p.place.vk, p.public)
	for j := range p.wireBlindings {
		if p.wireBlindings[j], err = newBlinding(wireBlinding); err != nil {
			return err
		}
	}
	if p.productBlinding, err = newBlinding(productBlinding); err != nil {
		return err
	}
	if p.config.StatisticalZK {
		if p.partBlindings, err = newBlinding(len(p.proof.H) - 1); err != nil {
			return err
		}
	}
	for j := range p.committed {
		c := &p.committed[j]
		p.proof.Bsb22Commitments = append(p.proof.Bsb22Commitments, c.digest)
		v := p.ops.vector(c.values)
		p.ops.intt(v, plain)
		p.pi = append(p.pi, v)
		c.values = nil
	}
	return nil
}
