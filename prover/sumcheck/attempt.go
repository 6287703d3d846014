// SPDX-License-Identifier: Apache-2.0

package sumcheck

import (
	"errors"
	"fmt"
	"time"

	curve "github.com/consensys/gnark-crypto/ecc/bn254"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"github.com/zkml-go/zkml/accel"
	"github.com/zkml-go/zkml/protocol/arith"
	"github.com/zkml-go/zkml/protocol/pcs"
	"github.com/zkml-go/zkml/protocol/reduction"
	"github.com/zkml-go/zkml/protocol/transcript"
	"github.com/zkml-go/zkml/prover/argument"
	"github.com/zkml-go/zkml/prover/mac"
	"github.com/zkml-go/zkml/prover/opening"
	"github.com/zkml-go/zkml/statement"
	verifier "github.com/zkml-go/zkml/verifier/sumcheck"
)

// An attempt is one proof of a run, made with one device.
//
// Everything that hides the witness is drawn by the attempt, not by the run: the mask and the
// blinds of the columns, the salts of the commitments and of the transcript. Where a device has
// lied, a first attempt and a second one differ in their challenges. What the two show of a
// mask that both had would be the 18 values of two openings, of which it hides 12; so would
// commitments with the blinds of others show whether columns are equal. Nobody is shown the
// first attempt; but it was in the device's hands, and in those of whatever runs there.
type attempt struct {
	*run
	device  accel.Device
	key     opening.Key
	release func() // of the key
	result  *Result
	columns []opening.Column // the mask, those of the proof, those of the model
	commits []curve.G1Affine // but for the model's
	salts   []fr.Element     // of the committed tensors that are hashed
	salt    fr.Element
	seed    fr.Element
	// What the reduction ends in.
	messages []fr.Element
	reduced  *reduction.Result[fr.Element]
	opened   *opening.Opening
}

// attempt makes a proof with a device and verifies it: that is what finds out a device that
// computes wrongly.
func (r *run) attempt(device accel.Device) (*Result, error) {
	r.clock.again(r.attempts)
	r.attempts++
	a := &attempt{run: r, device: device, result: &Result{Outputs: r.outputs}, release: func() {}}
	defer func() { a.release() }()
	last := a.wrap
	if r.plain {
		last = a.unwrapped
	}
	for _, s := range []struct {
		name string
		do   func() error
	}{{"commit", a.commit}, {"reduction", a.reduce}, {"opening", a.open}, {"wrap", last}, {"verify", a.verify}} {
		if err := r.ctx.Err(); err != nil {
			return nil, err
		}
		if err := s.do(); err != nil {
			return nil, err
		}
		r.clock.phase(s.name)
	}
	a.result.Phases = r.clock.phases
	return a.result, nil
}

// commit commits to the mask and to the columns of the proof, and states what is proved.
func (a *attempt) commit() error {
	start := time.Now()
	powers, release, err := a.Key.ck.on(a.device)
	if err != nil {
		return err
	}
	a.release = release
	a.clock.track(start)
	a.key = opening.Key{Powers: powers.Powers, Points: clocked{powers.Points, a.clock}}
	params := a.params()
	mask, err := opening.Mask(params)
	if err != nil {
		return err
	}
	l := &a.Plan.Layout
	own := append([]opening.Column{mask}, columns(a.Plan, a.witness, l.Model, l.Model+l.Witness)...)
	for k := range own[1:] {
		if _, err := own[1+k].Blind.SetRandom(); err != nil {
			return err
		}
	}
	if a.commits, err = opening.Commit(a.ctx, a.key, params, own); err != nil {
		return err
	}
	a.columns = append(own, a.modelColumns(a.witness)...)
	if _, err := a.salt.SetRandom(); err != nil {
		return err
	}
	if err := a.state(own[1:]); err != nil {
		return err
	}
	r := a.result
	r.Context = a.bind(r.Claim)
	r.Public[0] = r.Claim.Digest(a.ID, r.Context)
	a.seed = verifier.Seed(r.Public[0], a.commits)
	if a.testOnlyCommitted != nil {
		a.testOnlyCommitted(a)
	}
	return nil
}

func (a *attempt) params() pcs.Params { return pcs.Params{Vars: a.Plan.Layout.Vars} }

// reduce runs the reduction.
func (a *attempt) reduce() error {
	field := &arith.Native{}
	t := transcript.New[fr.Element](field, transcript.Poseidon2{})
	t.Absorb("seed", a.seed, a.salt)
	words := a.result.Claim.Words()
	s := reduction.Statement[fr.Element]{
		Evaluate: func(z fr.Element) fr.Element {
			e := statement.Evaluate(words, z)
			a.result.Public[1], a.result.Public[2] = z, e
			return e
		},
		Commitments: a.result.Claim.Commitments,
		Committed:   a.words,
	}
	party := &argument.Prover{Context: a.ctx, Plan: a.Plan, Witness: a.witness, Transcript: t, Mask: a.maskAt, Done: a.clock.partOf,
		Column: func(k int) mac.Vector { return a.columns[a.Plan.Layout.Index(k)].Values.Vector() }}
	var err error
	if a.reduced, err = reduction.Run(a.Plan, field, t, s, party); err != nil {
		return err
	}
	a.messages = party.Messages
	return field.Err()
}

// maskAt evaluates the mask.
func (a *attempt) maskAt(point []fr.Element) fr.Element {
	return opening.Evaluate(&a.columns[0], point)
}

// open opens all columns at the point of the reduction.
func (a *attempt) open() (err error) {
	a.opened, err = opening.Open(a.ctx, a.key, a.params(), a.columns, a.reduced.Point, a.seed, a.reduced.Rho)
	if err == nil && !a.opened.Statement.V.Equal(&a.reduced.Value) {
		err = errors.New("zkml: internal error: the columns have another value than the reduction says")
	}
	if err == nil {
		for _, f := range a.opened.Phases {
			a.clock.parts = append(a.clock.parts, Phase{Name: f.Name, Time: f.Time})
		}
	}
	a.columns = nil
	return err
}

// unwrapped makes a plain proof.
func (a *attempt) unwrapped() error {
	if len(a.result.Claim.Commitments) > 0 {
		return errors.New("a statement with committed tensors has no plain proof: its words would have to be shown")
	}
	a.result.Plain = &verifier.Plain{Columns: a.commits, Salt: a.salt, Messages: a.messages, Opening: &a.opened.Proof}
	return nil
}

// verify checks the proof as a verifier does.
func (a *attempt) verify() (err error) {
	r := a.result
	if r.Plain != nil {
		err = verifier.VerifyPlain(a.Key.vk, a.Plan, a.ID, r.Context, r.Claim, r.Plain)
	} else {
		err = verifier.Verify(a.Key.vk, a.ID, r.Context, r.Claim, r.Public[1], r.Proof)
	}
	if err != nil {
		return fmt.Errorf("the proof that was made does not verify: %w: %w", accel.ErrWrong, err)
	}
	return nil
}
