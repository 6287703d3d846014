// SPDX-License-Identifier: Apache-2.0

package sumcheck

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	curve "github.com/consensys/gnark-crypto/ecc/bn254"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"github.com/zkml-go/zkml/accel"
	"github.com/zkml-go/zkml/accel/cpu"
	"github.com/zkml-go/zkml/circuits"
	"github.com/zkml-go/zkml/protocol/arith"
	"github.com/zkml-go/zkml/protocol/pcs"
	"github.com/zkml-go/zkml/protocol/reduction"
	"github.com/zkml-go/zkml/protocol/transcript"
	"github.com/zkml-go/zkml/prover/argument"
	"github.com/zkml-go/zkml/prover/mac"
	"github.com/zkml-go/zkml/prover/opening"
	"github.com/zkml-go/zkml/prover/snark"
	"github.com/zkml-go/zkml/statement"
	verifier "github.com/zkml-go/zkml/verifier/sumcheck"
)

// A Job is what proofs of one model are made with. It is immutable and safe for
// concurrent use. The first proof computes some things that all others share: whoever
// makes many proofs of a model makes one Job.
type Job struct {
	Model *circuits.Model
	Plan  *reduction.Plan
	Key   *ProvingKey
	// Wrap is the constraint system of the wrap; plain proofs do without.
	Wrap *snark.ConstraintSystem
	// ID names the model and its key, see statement.ModelID.
	ID [32]byte
	// Device computes what the opening and the wrap hand to it; nil is the CPU.
	Device accel.Device

	shared shared
}

// A Result is a proof with its statement. One of Proof and Plain is set.
type Result struct {
	Claim *statement.Claim
	// Salts open the commitments of the claim: of those that are hashes the salts, of those
	// that are columns the blinds, see CommitmentKey.Commitment. They are the prover's secret.
	Salts   []fr.Element
	Context [32]byte
	// Public are D, Z and E.
	Public  [3]fr.Element
	Proof   *verifier.Proof
	Plain   *verifier.Plain
	Outputs [][]int64
	Phases  []Phase
}

// A Phase is how long a part of a proof took.
type Phase struct {
	Name string
	Time time.Duration
}

// A proving is one run of Prove.
type proving struct {
	*Job
	ctx     context.Context
	bind    func(*statement.Claim) [32]byte
	result  *Result
	witness *argument.Witness
	columns []opening.Column // the mask, those of the proof, those of the model
	commits []curve.G1Affine // but for the model's
	words   [][]fr.Element   // of the committed tensors that are hashed
	salts   []fr.Element     // of these
	salt    fr.Element
	seed    fr.Element
	// What the reduction ends in.
	messages []fr.Element
	reduced  *reduction.Result[fr.Element]
	opened   *opening.Opening

	last time.Time
}

// Prove runs the model on inputs, in the order of the program's inputs, and proves the
// run; plain leaves out the wrap. An input outside its declared range is refused with
// ir.ErrInput before anything is proved. The proof is verified before it is returned.
func (j *Job) Prove(ctx context.Context, inputs [][]int64, proofContext [32]byte, plain bool) (*Result, error) {
	return j.ProveBound(ctx, inputs, func(*statement.Claim) [32]byte { return proofContext }, plain)
}

// ProveBound is Prove for a context that depends on the claim, whose commitments are not known before: bind
// is called once with the claim, and returns what the proof is to be bound to.
func (j *Job) ProveBound(ctx context.Context, inputs [][]int64, bind func(*statement.Claim) [32]byte, plain bool) (*Result, error) {
	p := &proving{Job: j, ctx: ctx, bind: bind, result: &Result{}, last: time.Now()}
	steps := []struct {
		name string
		do   func() error
	}{
		{"witness", func() error { return p.run(inputs) }},
		{"commit", p.commit},
		{"reduction", p.reduce},
		{"opening", p.open},
		{"wrap", func() error {
			if plain {
				return p.plain()
			}
			return p.wrap()
		}},
		{"verify", p.verify},
	}
	for _, s := range steps {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		if err := s.do(); err != nil {
			return nil, err
		}
		p.phase(s.name)
	}
	return p.result, nil
}

func (p *proving) phase(name string) {
	now := time.Now()
	p.result.Phases = append(p.result.Phases, Phase{name, now.Sub(p.last)})
	p.last = now
}

// run computes the witness.
func (p *proving) run(inputs [][]int64) error {
	s := p.Model.System
	trace, err := s.Program.RunKeeping(inputs, s.Needed())
	if err != nil {
		return err
	}
	r := p.result
	r.Outputs = trace.Outputs(s.Program)
	for r.Claim == nil || slices.ContainsFunc(r.Claim.Commitments, func(c fr.Element) bool { return statement.IsColumnCommitment(&c) }) {
		if r.Salts, err = p.Model.NewSalts(); err != nil {
			return err
		}
		if r.Claim, err = p.Model.Claim(trace, r.Salts); err != nil {
			return err
		}
	}
	if p.words, err = reduction.CommittedWords(p.Plan, trace); err != nil {
		return err
	}
	p.witness = argument.NewWitness(p.Plan, s.Complete(trace))
	return nil
}

// commit commits to the mask and to the columns of the proof.
func (p *proving) commit() error {
	params := p.params()
	mask, err := opening.Mask(params)
	if err != nil {
		return err
	}
	l := &p.Plan.Layout
	own := append([]opening.Column{mask}, columns(p.Plan, p.witness, l.Model, l.Model+l.Witness)...)
	for k := range own[1:] {
		if _, err := own[1+k].Blind.SetRandom(); err != nil {
			return err
		}
	}
	if p.commits, err = commit(params, p.Key.ck.srs, own); err != nil {
		return err
	}
	p.columns = append(own, p.modelColumns(p.witness)...)
	if _, err := p.salt.SetRandom(); err != nil {
		return err
	}
	if err := p.ownColumns(own[1:]); err != nil {
		return err
	}
	p.result.Context = p.bind(p.result.Claim)
	p.result.Public[0] = p.result.Claim.Digest(p.ID, p.result.Context)
	p.seed = verifier.Seed(p.result.Public[0], p.commits)
	return nil
}

func (p *proving) params() pcs.Params { return pcs.Params{Vars: p.Plan.Layout.Vars} }

// reduce runs the reduction.
func (p *proving) reduce() error {
	field := &arith.Native{}
	t := transcript.New[fr.Element](field, transcript.Poseidon2{})
	t.Absorb("seed", p.seed, p.salt)
	words := p.result.Claim.Words()
	s := reduction.Statement[fr.Element]{
		Evaluate: func(z fr.Element) fr.Element {
			e := statement.Evaluate(words, z)
			p.result.Public[1], p.result.Public[2] = z, e
			return e
		},
		Commitments: p.result.Claim.Commitments,
		Committed:   p.words,
	}
	party := &argument.Prover{Context: p.ctx, Plan: p.Plan, Witness: p.witness, Transcript: t, Mask: p.maskAt,
		Column: func(k int) mac.Vector { return p.columns[p.Plan.Layout.Index(k)].Values.Vector() }}
	var err error
	if p.reduced, err = reduction.Run(p.Plan, field, t, s, party); err != nil {
		return err
	}
	p.messages = party.Messages
	return field.Err()
}

// maskAt evaluates the mask.
func (p *proving) maskAt(point []fr.Element) fr.Element {
	return opening.Evaluate(&p.columns[0], point)
}

// open opens all columns at the point of the reduction.
func (p *proving) open() (err error) {
	device := p.Device
	if device == nil {
		device = cpu.Device{}
	}
	p.opened, err = opening.Open(p.ctx, device, p.params(), p.Key.ck.srs, p.columns, p.reduced.Point, p.seed, p.reduced.Rho)
	if err == nil && !p.opened.Statement.V.Equal(&p.reduced.Value) {
		err = errors.New("zkml: internal error: the columns have another value than the reduction says")
	}
	p.columns = nil
	return err
}

func (p *proving) plain() error {
	if len(p.result.Claim.Commitments) > 0 {
		return errors.New("a statement with committed tensors has no plain proof: its words would have to be shown")
	}
	p.result.Plain = &verifier.Plain{Columns: p.commits, Salt: p.salt, Messages: p.messages, Opening: &p.opened.Proof}
	return nil
}

// wrap proves knowledge of the messages.
func (p *proving) wrap() error {
	if p.Wrap == nil || p.Key.wrap == nil {
		return errors.New("the key is for plain proofs only")
	}
	a, err := p.blank()
	if err != nil {
		return err
	}
	zeta := p.opened.Challenges.Zeta
	field := &arith.Native{}
	at := pcs.PointAt(field, p.params(), p.reduced.Point, zeta)
	out := &verifier.Proof{Columns: p.commits, Opening: &p.opened.Proof, V: p.reduced.Value, Rho: p.reduced.Rho, At: at}
	words := out.Words(p.seed, p.result.Public[1], p.result.Public[2])
	out.WrapZ = words.Challenge()
	a.Assign(words[:], words.Public(out.WrapZ))
	a.Salt = p.salt
	for i, m := range p.messages {
		a.Messages[i] = m
	}
	for i, s := range p.salts {
		a.Salts[i] = s
	}
	own := a.Own
	for i := range p.result.Claim.Commitments {
		if c := p.result.Claim.Commitments[i]; statement.IsColumnCommitment(&c) {
			kind := statement.ColumnKind()
			own[0] = *c.Sub(&c, &kind)
			own = own[1:]
		}
	}
	for i, words := range p.words {
		for j, w := range words {
			a.Tensors[i][j] = w
		}
	}
	out.Wrap, _, err = snark.Prove(p.ctx, p.Device, p.Wrap, p.Key.wrap, a)
	if err != nil {
		return fmt.Errorf("wrap: %w", err)
	}
	p.result.Proof = out
	return nil
}

// verify checks the proof as a verifier does.
func (p *proving) verify() error {
	r := p.result
	if r.Plain != nil {
		return verifier.VerifyPlain(p.Key.vk, p.Plan, p.ID, r.Context, r.Claim, r.Plain)
	}
	return verifier.Verify(p.Key.vk, p.ID, r.Context, r.Claim, r.Public[1], r.Proof)
}
