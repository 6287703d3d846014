// SPDX-License-Identifier: Apache-2.0

package main

import (
	"encoding/hex"
	"errors"
	"flag"
	"fmt"
	"os"
	"slices"
	"strings"

	"github.com/zkml-go/zkml/artifact"
	"github.com/zkml-go/zkml/ir"
	"github.com/zkml-go/zkml/prover"
	"github.com/zkml-go/zkml/verifier/snark"
)

var proveCommand = &command{
	name:  "prove",
	short: "prove what the network computes on an input",
	args:  "DIR.zkml --input FILE -o PROOF",
	long: `
Prove runs the integer program on an input and proves the run. The proof file
holds the statement and the proof; nothing in it is secret. If a tensor of the
model is committed, the salts that open the commitments are written to
PROOF.opening: keep that file, and keep it secret.

--context binds the proof to 32 bytes that a contract chooses (a nonce, a
caller); it is 0 otherwise.

` + inputFormats,
	setup: func(f *flag.FlagSet) func(*env, []string) error {
		input := f.String("input", "", "the input, a `FILE`")
		out := f.String("o", "", "the proof, a `FILE` to write")
		system := f.String("system", "", "the proof `SYSTEM`; default: the one that the bundle has keys for")
		contextHex := f.String("context", "", "32 `BYTES` in hexadecimal to bind the proof to")
		return func(e *env, args []string) error {
			proofContext, err := parseContext(*contextHex)
			if err != nil {
				return usageError{err}
			}
			if *out == "" {
				return usagef("no output: give -o PROOF")
			}
			if err := needInput(*input); err != nil {
				return err
			}
			b, err := openBundle(args)
			if err != nil {
				return err
			}
			s, err := systemOf(b, *system)
			if err != nil {
				return err
			}
			if err := writableProof(*out, b.Program()); err != nil {
				return err
			}
			in, err := readQuantized(*input, b.Program())
			if err != nil {
				return err
			}
			return e.prove(b, s, in, proofContext, *out)
		}
	},
}

// writableProof reports an error if a proof of p could not be put at path.
func writableProof(path string, p *ir.Program) error {
	if err := writableFile(path); err != nil {
		return err
	}
	if in, out := visibilities(p); !slices.Contains(append(in, out...), ir.Committed) {
		return nil
	}
	return openingFree(path)
}

func parseContext(s string) (c [32]byte, err error) {
	if s == "" {
		return c, nil
	}
	data, err := hex.DecodeString(strings.TrimPrefix(s, "0x"))
	if err != nil || len(data) != len(c) {
		return c, fmt.Errorf("context %q, want 64 hexadecimal digits", s)
	}
	return [32]byte(data), nil
}

// A proveResult is what prove prints.
type proveResult struct {
	Proof       string `json:"proof"`
	System      string `json:"system"`
	Constraints int    `json:"constraints"`
	Seconds     struct {
		Load    float64 `json:"load"`
		Witness float64 `json:"witness"`
		Prove   float64 `json:"prove"`
		Verify  float64 `json:"verify"`
	} `json:"seconds"`
	PeakRSS    int64    `json:"peak_rss_bytes"`
	ProofBytes int      `json:"proof_bytes"`
	Output     []output `json:"output"`
	Opening    string   `json:"opening,omitempty"`
}

func (e *env) prove(b *artifact.Bundle, system snark.System, in [][]int64, proofContext [32]byte, path string) error {
	var job *prover.Job
	var k *keyed
	load, err := e.step("reading the keys", func() (err error) {
		job, k, err = readJob(b, system)
		return err
	})
	if err != nil {
		return err
	}
	var r *prover.Result
	if _, err := e.step(fmt.Sprintf("proving %s constraints", thousands(job.CS.NumConstraints())), func() (err error) {
		r, err = job.Prove(e.ctx, in, proofContext)
		return err
	}); errors.Is(err, ir.ErrInput) {
		return bad(err)
	} else if err != nil {
		// The run of a program satisfies the circuit of that program.
		return hinted("its keys may be of another model: zkml setup makes new ones", fmt.Errorf("%s: %w", b.Dir(), err))
	}
	opening, err := saveProof(path, b, k, r)
	if err != nil {
		return err
	}
	out := &proveResult{Proof: path, System: string(system), Constraints: job.CS.NumConstraints(), PeakRSS: peakRSS(),
		ProofBytes: len(r.Proof.Calldata()), Output: outputsOf(b.Program(), r.Outputs), Opening: opening}
	out.Seconds.Load = load.Seconds()
	out.Seconds.Witness = r.Stats.Witness.Seconds()
	out.Seconds.Prove = (r.Stats.Solve + r.Stats.Prove).Seconds()
	out.Seconds.Verify = r.Stats.Verify.Seconds()
	rows := append([]row{{"proof", path}}, outputRows(out.Output)...)
	rows = append(rows, row{"system", out.System}, row{"constraints", thousands(out.Constraints)},
		row{"witness", duration(out.Seconds.Witness)}, row{"prove", duration(out.Seconds.Prove)},
		row{"peak memory", bytesize(out.PeakRSS)}, row{"proof size", fmt.Sprintf("%d bytes", out.ProofBytes)})
	if opening != "" {
		rows = append(rows, row{"opening", opening + " (secret)"})
	}
	return e.result(out, rows)
}

// saveProof writes a proof and, before it, what opens its commitments: there is
// no proof that nobody can open.
func saveProof(path string, b *artifact.Bundle, k *keyed, r *prover.Result) (opening string, err error) {
	file, err := newProofFile(b, k, r)
	if err != nil {
		return "", err
	}
	if opening, err = writeOpening(path, r); err != nil {
		return "", err
	}
	if err := artifact.WriteProof(path, file); err != nil {
		if opening != "" {
			os.Remove(opening)
		}
		return "", bad(err)
	}
	return opening, nil
}
