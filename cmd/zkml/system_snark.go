// SPDX-License-Identifier: Apache-2.0

package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"github.com/zkml-go/zkml/accel"
	"github.com/zkml-go/zkml/artifact"
	"github.com/zkml-go/zkml/circuits"
	"github.com/zkml-go/zkml/export"
	"github.com/zkml-go/zkml/ir"
	"github.com/zkml-go/zkml/prover"
	psnark "github.com/zkml-go/zkml/prover/snark"
	"github.com/zkml-go/zkml/relation"
	"github.com/zkml-go/zkml/statement"
	"github.com/zkml-go/zkml/verifier/snark"
)

// A snarkSystem proves the relations of a program as one circuit.
type snarkSystem snark.System

const (
	groth16System = snarkSystem(snark.Groth16)
	plonkSystem   = snarkSystem(snark.Plonk)
)

func (s snarkSystem) name() string { return string(s) }

const insecurely = "--insecure-setup makes keys for tests, whose maker can forge proofs"

func (s snarkSystem) check(o *setupOptions) error {
	switch {
	case o.wrap != "":
		return fmt.Errorf("--wrap is for sumcheck: a %s proof has no wrap", s)
	case o.columnVars != 0:
		return fmt.Errorf("--column-vars is for sumcheck: %s has no columns", s)
	case o.memory != 0:
		return errNoMemoryCap(s)
	case s != plonkSystem:
		return checkCircuitSource(s.name(), o)
	case o.ceremony != "":
		return errors.New("--ceremony is for groth16 and the wrap of sumcheck: plonk needs powers of tau only")
	case o.srs != "" && o.insecure:
		return fmt.Errorf("--srs and --insecure-setup exclude each other")
	case o.srs == "" && !o.insecure:
		return fmt.Errorf("no source of secrets: give --srs FILE; %s", insecurely)
	}
	return nil
}

func errNoMemoryCap(s snarkSystem) error {
	return fmt.Errorf("--memory is for sumcheck: what %s takes is not known beforehand", s)
}

func (s snarkSystem) setup(e *env, p *ir.Program, name string, o *setupOptions) (*keys, error) {
	m, cs, circuit, err := s.build(e, p, name)
	if err != nil {
		return nil, err
	}
	var pk *psnark.ProvingKey
	origin := "insecure, by one process"
	took, err := e.step(fmt.Sprintf("making %s keys for %s constraints", s, thousands(cs.NumConstraints())), func() (err error) {
		if o.ceremony != "" {
			pk, origin, err = ceremonyKeys(cs, o)
			return err
		}
		return withSRS(o, func(srs psnark.SRS) (err error) {
			if srs != nil {
				origin = "universal, from a file of powers of tau"
			}
			pk, _, err = psnark.Setup(e.ctx, cs, psnark.SetupOptions{SRS: srs, Insecure: srs == nil})
			return err
		})
	})
	if err != nil {
		return nil, err
	}
	return &keys{
		vk: snarkKey{pk.VerifyingKey()}, constraints: cs.NumConstraints(), origin: origin, circuit: circuit, setup: took,
		parts: map[string]func(io.Writer) error{
			"ccs": func(w io.Writer) error { _, err := cs.WriteTo(w); return err },
			"pk":  func(w io.Writer) error { _, err := pk.WriteTo(w); return err },
		},
		job: func(k *keyed) job { return snarkJob{&prover.Job{Model: m, CS: cs, Key: pk, ID: k.id}} },
	}, nil
}

// build builds the circuit of a program and says how long it took.
func (s snarkSystem) build(e *env, p *ir.Program, name string) (m *circuits.Model, cs *psnark.ConstraintSystem, took time.Duration, err error) {
	took, err = e.step("building the circuit", func() (err error) {
		if m, err = circuits.NewModel(p, relation.Options{}); err != nil {
			return err
		}
		cs, err = psnark.Compile(m.Circuit(), snark.System(s))
		return err
	})
	if err != nil {
		return nil, nil, 0, badf("%s: %w", name, err)
	}
	return m, cs, took, nil
}

func (s snarkSystem) readKey(data []byte, _ *ir.Program) (verifyingKey, error) {
	vk, err := snark.UnmarshalVerifyingKey(data)
	if err != nil {
		return nil, err
	}
	if vk.System() != snark.System(s) {
		return nil, fmt.Errorf("it is for %s, want %s", vk.System(), s)
	}
	return snarkKey{vk}, nil
}

func (s snarkSystem) readJob(b *artifact.Bundle, k *keyed, o *proveOptions) (job, error) {
	switch {
	case o.plain:
		return nil, usagef("--no-wrap is for sumcheck: a %s proof has no wrap", s)
	case o.memory != 0:
		return nil, usageError{errNoMemoryCap(s)}
	}
	m, err := circuits.NewModel(b.Program(), relation.Options{})
	if err != nil {
		return nil, bad(err)
	}
	cs, pk, err := readSNARK(b, s.name())
	if err != nil {
		return nil, err
	}
	own, err := pk.VerifyingKey().Digest()
	if err != nil {
		return nil, err
	}
	if info, _ := b.Keys(s.name()); info.VKDigest != own {
		return nil, badf("%s: %w: proving and verifying key differ", b.Dir(), artifact.ErrCorrupt)
	}
	return snarkJob{&prover.Job{Model: m, CS: cs, Key: pk, ID: k.id}}, nil
}

// readSNARK reads the constraint system and the proving key of a circuit.
func readSNARK(b *artifact.Bundle, system string) (*psnark.ConstraintSystem, *psnark.ProvingKey, error) {
	data, err := b.OpenKey(system, "ccs")
	if err != nil {
		return nil, nil, bad(err)
	}
	cs, err := psnark.ReadConstraintSystem(bytes.NewReader(data))
	if err != nil {
		return nil, nil, badf("constraint system of %s: %w", b.Dir(), err)
	}
	if data, err = b.OpenKey(system, "pk"); err != nil {
		return nil, nil, bad(err)
	}
	pk, err := psnark.ReadProvingKey(bytes.NewReader(data))
	if err != nil {
		return nil, nil, badf("proving key of %s: %w", b.Dir(), err)
	}
	return cs, pk, nil
}

// A snarkKey is the verifying key of a circuit.
type snarkKey struct{ *snark.VerifyingKey }

// exportable returns the gnark key in k.
func (k snarkKey) exportable() export.VerifyingKey {
	if g := k.Groth16(); g != nil {
		return g
	}
	return k.Plonk()
}

func (k snarkKey) onChain() (string, []byte, error) { return export.Key(k.exportable()) }

func (k snarkKey) solidity(w *bytes.Buffer, digest [32]byte) error {
	return export.Solidity(w, k.exportable(), digest, toolName)
}

func (k snarkKey) decode(data []byte) (proof, error) {
	p, err := snark.UnmarshalProof(k.System(), data)
	if err != nil {
		return nil, err
	}
	return snarkProof{p, k.VerifyingKey}, nil
}

// A snarkProof is a proof for a key.
type snarkProof struct {
	*snark.Proof
	vk *snark.VerifyingKey
}

func (p snarkProof) onChain() ([]byte, error) { return p.Calldata(), nil }

func (p snarkProof) note() string { return "" }

func (p snarkProof) verify(model, context [32]byte, claim *statement.Claim, z fr.Element) error {
	return snark.VerifyInference(p.vk, model, context, claim, z, p.Proof)
}

type snarkJob struct{ *prover.Job }

func (j snarkJob) constraints() int { return j.CS.NumConstraints() }

func (j snarkJob) use(d accel.Device) { j.Device = d }

func (j snarkJob) prove(ctx context.Context, inputs [][]int64, bind binding) (*provedRun, error) {
	r, err := j.ProveBound(ctx, inputs, bind)
	if err != nil {
		return nil, err
	}
	if len(r.Public) != snark.NumPublicInputs {
		return nil, errors.New("internal error: a proof without D, Z and E")
	}
	return &provedRun{
		proof: snarkProof{r.Proof, j.Key.VerifyingKey()}, claim: r.Claim, salts: r.Salts, context: r.Context,
		public: [3]fr.Element(r.Public), outputs: r.Outputs,
		phases: []phase{{name: "witness", time: r.Stats.Witness}, {name: "solve", time: r.Stats.Solve},
			{name: "prove", time: r.Stats.Prove}, {name: "verify", time: r.Stats.Verify}},
	}, nil
}
