// SPDX-License-Identifier: Apache-2.0

package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"github.com/zkml-go/zkml/accel"
	"github.com/zkml-go/zkml/artifact"
	"github.com/zkml-go/zkml/circuits"
	"github.com/zkml-go/zkml/contracts"
	"github.com/zkml-go/zkml/export"
	"github.com/zkml-go/zkml/ir"
	"github.com/zkml-go/zkml/protocol/reduction"
	psnark "github.com/zkml-go/zkml/prover/snark"
	psumcheck "github.com/zkml-go/zkml/prover/sumcheck"
	"github.com/zkml-go/zkml/statement"
	"github.com/zkml-go/zkml/verifier/snark"
	"github.com/zkml-go/zkml/verifier/sumcheck"
)

// The sumcheckSystem commits to columns and proves relations about them, wrapped in a
// Groth16 or PLONK proof or plain.
type sumcheckSystem struct{}

func (sumcheckSystem) name() string { return "sumcheck" }

func (sumcheckSystem) check(o *setupOptions) error {
	switch wrap := o.wrapSystem(); {
	case wrap == "":
		return fmt.Errorf("unknown wrap %q: want %s or %s", o.wrap, snark.Groth16, snark.Plonk)
	case wrap == snark.Groth16:
		return checkWrapSource(o)
	case o.ceremony != "":
		return errors.New("--ceremony is for a Groth16 wrap: a PLONK wrap needs powers of tau only")
	case o.insecure && o.srs != "":
		return errors.New("--srs and --insecure-setup exclude each other: a PLONK wrap needs no secrets but those of the powers of tau")
	case !o.insecure && o.srs == "":
		return fmt.Errorf("no source of secrets: give --srs FILE; %s", insecurely)
	}
	return nil
}

func (s sumcheckSystem) setup(e *env, p *ir.Program, name string, o *setupOptions) (*keys, error) {
	var m *circuits.Model
	var plan *reduction.Plan
	var cs *psnark.ConstraintSystem
	circuit, err := e.step("building the circuit of the wrap", func() (err error) {
		if m, plan, err = planWithin(p, o.columnVars, o.memory, o.wrapSystem()); err != nil {
			return err
		}
		cs, err = psumcheck.CompileWrap(plan, o.wrapSystem())
		return err
	})
	if err != nil {
		return nil, badf("%s: %w", name, err)
	}
	wrapKey, origin, err := e.wrapKeys(cs, o)
	if err != nil {
		return nil, err
	}
	var pk *psumcheck.ProvingKey
	l := &plan.Layout
	took, err := e.step(fmt.Sprintf("committing to %d columns of 2^%d elements and making keys for %s constraints",
		l.Model, l.Vars, thousands(cs.NumConstraints())), func() error {
		return withSRS(o, func(srs psnark.SRS) (err error) {
			pk, err = psumcheck.Setup(e.ctx, plan, cs, psumcheck.SetupOptions{SRS: srs, Wrap: wrapKey, Device: o.device, Insecure: o.insecure})
			return err
		})
	})
	if err != nil {
		return nil, err
	}
	return &keys{
		vk: sumcheckKey{pk.VerifyingKey(), p}, constraints: cs.NumConstraints(), origin: origin, circuit: circuit, setup: took,
		parts: map[string]func(io.Writer) error{
			"ccs": func(w io.Writer) error { _, err := cs.WriteTo(w); return err },
			"ck":  func(w io.Writer) error { _, err := pk.CommitmentKey().WriteTo(w); return err },
			"pk":  func(w io.Writer) error { _, err := pk.Wrap().WriteTo(w); return err },
		},
		job: func(k *keyed) job {
			return sumcheckJob{&psumcheck.Job{Model: m, Plan: plan, Key: pk, Wrap: cs, ID: k.id}, k.vk.(sumcheckKey), false}
		},
	}, nil
}

func (sumcheckSystem) readKey(data []byte, p *ir.Program) (verifyingKey, error) {
	vk, err := sumcheck.UnmarshalVerifyingKey(data)
	if err != nil {
		return nil, err
	}
	return sumcheckKey{vk, p}, nil
}

func (s sumcheckSystem) readJob(b *artifact.Bundle, k *keyed, o *proveOptions) (job, error) {
	vk := k.vk.(sumcheckKey)
	if o.plain && committed(b.Program()) {
		return nil, hinted("prove without --no-wrap", fmt.Errorf("%s: the model has committed tensors, which a plain proof would show", b.Dir()))
	}
	j, err := s.load(b, k, o)
	return sumcheckJob{j, vk, o.plain}, err
}

// load reads what proofs are made with.
func (s sumcheckSystem) load(b *artifact.Bundle, k *keyed, o *proveOptions) (*psumcheck.Job, error) {
	vk := k.vk.(sumcheckKey)
	wrapped := vk.Wrap().System()
	if o.plain {
		wrapped = ""
	}
	m, plan, err := planWithin(b.Program(), vk.Vars(), o.memory, wrapped)
	if err != nil {
		return nil, badf("%s: %w", b.Dir(), err)
	}
	j := &psumcheck.Job{Model: m, Plan: plan, ID: k.id}
	var wrap *psnark.ProvingKey
	if !o.plain {
		if j.Wrap, wrap, err = readSNARK(b, s.name()); err != nil {
			return nil, err
		}
	}
	ck, err := s.commitmentKey(b)
	if err != nil {
		return nil, err
	}
	if j.Key, err = psumcheck.NewProvingKey(vk.VerifyingKey, ck, wrap); err == nil {
		err = psumcheck.Fits(vk.VerifyingKey, plan)
	}
	if err != nil {
		return nil, badf("%s: %w: %w", b.Dir(), artifact.ErrCorrupt, err)
	}
	return j, nil
}

func (s sumcheckSystem) commitmentKey(b *artifact.Bundle) (*psumcheck.CommitmentKey, error) {
	data, err := b.OpenKey(s.name(), "ck")
	if err != nil {
		return nil, bad(err)
	}
	ck, err := psumcheck.UnmarshalCommitmentKey(data)
	if err != nil {
		return nil, badf("%s: %w", b.Dir(), err)
	}
	return ck, nil
}

// commitments returns the commitments of the statement of a run with salts.
func (s sumcheckSystem) commitments(b *artifact.Bundle, k *keyed, trace ir.Trace, salts []fr.Element) ([]fr.Element, error) {
	_, r, err := plan(b.Program(), k.vk.(sumcheckKey).Vars())
	if err != nil {
		return nil, err
	}
	ck, err := s.commitmentKey(b)
	if err != nil {
		return nil, err
	}
	tensors, err := reduction.CommittedTensors(r)
	if err != nil {
		return nil, err
	}
	out := make([]fr.Element, len(tensors))
	for i := range out {
		if out[i], err = ck.Commitment(r, i, trace[tensors[i].Column], salts[i]); err != nil {
			return nil, bad(err)
		}
	}
	return out, nil
}

// A sumcheckKey is a verifying key and its program, which plain proofs are checked
// against.
type sumcheckKey struct {
	*sumcheck.VerifyingKey
	program *ir.Program
}

func (k sumcheckKey) onChain() (string, []byte, error) {
	return export.SumcheckKey(snarkKey{k.Wrap()}.exportable(),
		export.Columns{Tau: k.Tau(), NumVars: k.Vars(), NumWitness: k.NumWitness(), Model: k.Model()})
}

func (k sumcheckKey) solidity(*bytes.Buffer, [32]byte) error {
	system, _, err := k.onChain()
	if err != nil {
		return err
	}
	a, err := contracts.ForSystem(system)
	if err != nil {
		return err
	}
	return hinted("zkml export vk and calldata write its key and its calls", fmt.Errorf(
		"there is no self-contained contract for sumcheck: the contract %s serves all models", a.Name))
}

func (k sumcheckKey) decode(data []byte) (proof, error) {
	if sumcheck.IsPlain(data) {
		p, err := sumcheck.UnmarshalPlain(data)
		return plainProof{p, k}, err
	}
	p, err := sumcheck.UnmarshalProof(k.VerifyingKey, data)
	return wrappedProof{p, k}, err
}

// A wrappedProof is a proof for a key.
type wrappedProof struct {
	*sumcheck.Proof
	key sumcheckKey
}

func (p wrappedProof) onChain() ([]byte, error) { return p.Calldata(), nil }

func (p wrappedProof) note() string { return "" }

func (p wrappedProof) verify(model, context [32]byte, claim *statement.Claim, z fr.Element) error {
	return sumcheck.Verify(p.key.VerifyingKey, model, context, claim, z, p.Proof)
}

type sumcheckJob struct {
	*psumcheck.Job
	key   sumcheckKey
	plain bool
}

func (j sumcheckJob) constraints() int {
	if j.plain {
		return 0
	}
	return j.Wrap.NumConstraints()
}

func (j sumcheckJob) use(d accel.Device) { j.Device = d }

func (j sumcheckJob) prove(ctx context.Context, inputs [][]int64, bind binding) (*provedRun, error) {
	r, err := j.ProveBound(ctx, inputs, bind, j.plain)
	if err != nil {
		return nil, err
	}
	out := &provedRun{claim: r.Claim, salts: r.Salts, context: r.Context, public: r.Public, outputs: r.Outputs}
	if j.plain {
		out.proof = plainProof{r.Plain, j.key}
	} else {
		out.proof = wrappedProof{r.Proof, j.key}
	}
	for _, p := range r.Phases {
		if !j.plain || p.Name != "wrap" {
			out.phases = append(out.phases, phaseOf(p))
		}
	}
	return out, nil
}

func phaseOf(p psumcheck.Phase) phase {
	out := phase{name: p.Name, time: p.Time, device: p.Device}
	for _, part := range p.Parts {
		out.parts = append(out.parts, phaseOf(part))
	}
	return out
}
