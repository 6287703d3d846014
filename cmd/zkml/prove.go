// SPDX-License-Identifier: Apache-2.0

package main

import (
	"encoding/hex"
	"errors"
	"flag"
	"fmt"
	"os"
	"strings"
	"time"

	"github.com/zkml-go/zkml/artifact"
	"github.com/zkml-go/zkml/ir"
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

--no-wrap leaves out the last step of sumcheck, the wrap. Such a proof is made
sooner, is larger, not zero-knowledge, and takes the program to verify: zkml
verify accepts it, contracts do not.

` + inputFormats,
	setup: func(f *flag.FlagSet) func(*env, []string) error {
		input := f.String("input", "", "the input, a `FILE`")
		out := f.String("o", "", "the proof, a `FILE` to write")
		system := f.String("system", "", "the proof `SYSTEM`; default: the one that the bundle has keys for")
		var o proveOptions
		f.BoolVar(&o.plain, "no-wrap", false, "sumcheck: make a plain proof, which is not for contracts and not zero-knowledge")
		memory := f.String("memory", "", memoryFlag)
		device := deviceFlag(f)
		contextHex := f.String("context", "", "32 `BYTES` in hexadecimal to bind the proof to")
		return func(e *env, args []string) error {
			proofContext, err := parseContext(*contextHex)
			if err != nil {
				return usageError{err}
			}
			if o.memory, err = parseMemory(*memory); err != nil {
				return usageError{err}
			}
			o.device = *device
			if err := checkDevice(o.device); err != nil {
				return err
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
			o.context = proofContext
			return e.prove(b, s, in, &o, *out)
		}
	},
}

// proveOptions are the options of prove.
type proveOptions struct {
	context [32]byte
	plain   bool // leave out the wrap
	memory  int64
	device  string
}

// writableProof reports an error if a proof of p could not be put at path.
func writableProof(path string, p *ir.Program) error {
	if err := writableFile(path); err != nil {
		return err
	}
	if !committed(p) {
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
	Constraints int    `json:"constraints"` // 0 of a plain proof
	Seconds     struct {
		Load    float64 `json:"load"`
		Witness float64 `json:"witness"`
		Prove   float64 `json:"prove"`
		Verify  float64 `json:"verify"`
	} `json:"seconds"`
	// Phases are the times of all parts of the proof, those of Prove by name. Those of x-y are in
	// that of x: x-device is what the device computed, others are parts.
	Phases     map[string]float64 `json:"phases"`
	PeakRSS    int64              `json:"peak_rss_bytes"`
	ProofBytes int                `json:"proof_bytes"`
	deviceResult
	Output  []output `json:"output"`
	Opening string   `json:"opening,omitempty"`
	Note    string   `json:"note,omitempty"`
}

func (e *env) prove(b *artifact.Bundle, system proofSystem, in [][]int64, o *proveOptions, path string) error {
	capMemory(o.memory)
	var j job
	var k *keyed
	load, err := e.step("reading the keys", func() (err error) {
		j, k, err = readJob(b, system, o)
		return err
	})
	if err != nil {
		return err
	}
	device, err := e.openDevice(o.device)
	if err != nil {
		return err
	}
	defer e.closeDevice(device)
	j.use(device.device())
	what := "proving without the wrap"
	if n := j.constraints(); n > 0 {
		what = fmt.Sprintf("proving %s constraints", thousands(n))
	}
	var r *provedRun
	if _, err := e.step(what, func() (err error) {
		r, err = j.prove(e.ctx, in, boundTo(o.context))
		return err
	}); errors.Is(err, ir.ErrInput) {
		return bad(err)
	} else if err != nil {
		// The run of a program satisfies the circuit of that program.
		return hinted("its keys may be of another model: zkml setup makes new ones", fmt.Errorf("%s: %w", b.Dir(), err))
	}
	bytes, err := size(r.proof)
	if err != nil {
		return err
	}
	opening, err := saveProof(path, b, system, k, r)
	if err != nil {
		return err
	}
	out := &proveResult{Proof: path, System: system.name(), Constraints: j.constraints(), PeakRSS: peakRSS(),
		ProofBytes: bytes, deviceResult: device.result(), Output: outputsOf(b.Program(), r.outputs), Opening: opening, Note: r.proof.note()}
	out.setTimes(load, r)
	return e.result(out, out.rows(r))
}

func (out *proveResult) setTimes(load time.Duration, r *provedRun) {
	witness, proving, verify := r.times()
	out.Seconds.Load, out.Seconds.Witness = load.Seconds(), witness.Seconds()
	out.Seconds.Prove, out.Seconds.Verify = proving.Seconds(), verify.Seconds()
	out.Phases = map[string]float64{}
	for _, p := range r.phases {
		p.put(out.Phases)
	}
}

func (out *proveResult) rows(r *provedRun) []row {
	rows := append([]row{{"proof", out.Proof}}, outputRows(out.Output)...)
	rows = append(rows, row{"system", out.System})
	if out.Constraints > 0 {
		rows = append(rows, row{"constraints", thousands(out.Constraints)})
	}
	var parts []string
	for _, p := range r.phases {
		if p.name != "witness" && p.name != "verify" {
			parts = append(parts, p.String())
		}
	}
	rows = append(rows, out.deviceResult.row(), row{"witness", duration(out.Seconds.Witness)},
		row{"prove", fmt.Sprintf("%s (%s)", duration(out.Seconds.Prove), strings.Join(parts, ", "))},
		row{"peak memory", bytesize(out.PeakRSS)}, row{"proof size", fmt.Sprintf("%d bytes", out.ProofBytes)})
	if out.Opening != "" {
		rows = append(rows, row{"opening", out.Opening + " (secret)"})
	}
	if out.Note != "" {
		rows = append(rows, row{"note", out.Note})
	}
	return rows
}

// saveProof writes a proof and, before it, what opens its commitments: there is
// no proof that nobody can open.
func saveProof(path string, b *artifact.Bundle, system proofSystem, k *keyed, r *provedRun) (opening string, err error) {
	file, err := newProofFile(b, system, k, r)
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
