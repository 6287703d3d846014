// SPDX-License-Identifier: Apache-2.0

package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"github.com/zkml-go/zkml/accel"
	"github.com/zkml-go/zkml/artifact"
	"github.com/zkml-go/zkml/ir"
	psnark "github.com/zkml-go/zkml/prover/snark"
	"github.com/zkml-go/zkml/statement"
)

// A proofSystem makes keys and reads what was made with them.
type proofSystem interface {
	// name is what users write, and what bundles and proof files have.
	name() string
	// check reports an error unless the options name where the secrets of the keys come
	// from, and are options of this system.
	check(o *setupOptions) error
	// setup makes the keys of a program; name is that of the model, for messages.
	setup(e *env, p *ir.Program, name string, o *setupOptions) (*keys, error)
	// circuit builds the circuit of a program that a ceremony makes keys of, and returns the
	// number of variables of its columns, if it has any.
	circuit(e *env, p *ir.Program, name string, o *setupOptions) (*psnark.ConstraintSystem, int, error)
	// readKey reads the verifying key of a bundle from its encoding.
	readKey(data []byte, p *ir.Program) (verifyingKey, error)
	// readJob reads what proofs are made with.
	readJob(b *artifact.Bundle, k *keyed, o *proveOptions) (job, error)
	// commitments returns the commitments of the statement of a run, with the salts of an
	// opening.
	commitments(b *artifact.Bundle, k *keyed, trace ir.Trace, salts []fr.Element) ([]fr.Element, error)
	// committer returns what commits to one tensor of a statement.
	committer(b *artifact.Bundle, k *keyed) (committer, error)
}

// systems are the proof systems, in the order in which a bundle's keys are looked for.
var systems = []proofSystem{groth16System, plonkSystem, sumcheckSystem{}}

// parseSystem returns the system that name spells.
func parseSystem(name string) (proofSystem, error) {
	var names []string
	for _, s := range systems {
		if s.name() == name {
			return s, nil
		}
		names = append(names, s.name())
	}
	last := len(names) - 1
	return nil, usagef("unknown proof system %q: want %s or %s", name, strings.Join(names[:last], ", "), names[last])
}

// keys are what setup made.
type keys struct {
	vk          verifyingKey
	constraints int    // of the circuit that is proved on chain
	origin      string // of the secrets, for the manifest
	// circuit and setup are how long it took to build the circuit, and the rest.
	circuit, setup time.Duration
	// parts write the files of a bundle but for that of the verifying key.
	parts map[string]func(io.Writer) error
	// job returns what proofs are made with, without a bundle.
	job func(k *keyed) job
}

// A verifyingKey is what proofs of a system are checked with.
type verifyingKey interface {
	Digest() ([32]byte, error)
	// Insecure reports whether whoever made the key could have kept what forges proofs.
	Insecure() bool
	WriteTo(w io.Writer) (int64, error)
	// onChain returns the system as contracts name it, and the key as they take it.
	onChain() (system string, calldata []byte, err error)
	// solidity writes a contract that serves the program of this digest alone.
	solidity(w *bytes.Buffer, digest [32]byte) error
	// decode decodes a proof; an error wraps verifier.ErrRejected.
	decode(data []byte) (proof, error)
}

// A proof is a decoded proof of any system.
type proof interface {
	// MarshalBinary returns what proof files have.
	MarshalBinary() ([]byte, error)
	// onChain returns what contracts take, Z not included.
	onChain() ([]byte, error)
	// note is what a user should know about this kind of proof, or "".
	note() string
	// verify returns nil or an error that wraps verifier.ErrRejected.
	verify(model, context [32]byte, claim *statement.Claim, z fr.Element) error
}

// A job is what proofs of one model are made with.
type job interface {
	constraints() int     // of the circuit, 0 if none is proved
	use(dev accel.Device) // instead of the CPU, before anything is proved; nil is the CPU
	prove(ctx context.Context, inputs [][]int64, bind binding) (*provedRun, error)
}

// A binding returns the context to bind a proof to, which may depend on its claim.
type binding = func(*statement.Claim) [32]byte

// boundTo binds a proof to a context that is known beforehand.
func boundTo(proofContext [32]byte) binding {
	return func(*statement.Claim) [32]byte { return proofContext }
}

// A provedRun is a proof with its statement, see prover.Result.
type provedRun struct {
	proof   proof
	claim   *statement.Claim
	salts   []fr.Element
	context [32]byte
	public  [3]fr.Element // D, Z and E
	outputs [][]int64
	phases  []phase
}

// A phase is how long a part of a proof took. The first is "witness", the last "verify".
type phase struct {
	name   string
	time   time.Duration
	device time.Duration // of it, what the device computed; 0 where that is not known
	parts  []phase
}

// put adds the phase to times by name, in seconds: its own, the device's as name-device and those
// of its parts as name-part.
func (p phase) put(seconds map[string]float64) {
	seconds[p.name] = p.time.Seconds()
	if p.device > 0 {
		seconds[p.name+"-device"] = p.device.Seconds()
	}
	for _, part := range p.parts {
		seconds[p.name+"-"+strings.ReplaceAll(part.name, " ", "-")] = part.time.Seconds()
	}
}

func (p phase) String() string {
	if p.device > 0 {
		return fmt.Sprintf("%s %s of which device %s", p.name, seconds(p.time), seconds(p.device))
	}
	return p.name + " " + seconds(p.time)
}

// witness, verify and proving are the times of the phases that all systems have, and of
// all others.
func (r *provedRun) times() (witness, proving, verify time.Duration) {
	for _, p := range r.phases {
		switch p.name {
		case "witness":
			witness += p.time
		case "verify":
			verify += p.time
		default:
			proving += p.time
		}
	}
	return witness, proving, verify
}

// size returns the number of bytes of a proof as contracts take it, or as a file has it
// where none does.
func size(p proof) (int, error) {
	if data, err := p.onChain(); err == nil {
		return len(data), nil
	}
	data, err := p.MarshalBinary()
	if err != nil {
		return 0, fmt.Errorf("encode the proof: %w", err)
	}
	return len(data), nil
}
