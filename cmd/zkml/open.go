// SPDX-License-Identifier: Apache-2.0

package main

import (
	"encoding/json"
	"flag"
	"fmt"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"github.com/zkml-go/zkml/artifact"
	"github.com/zkml-go/zkml/circuits"
	"github.com/zkml-go/zkml/ir"
	"github.com/zkml-go/zkml/relation"
	"github.com/zkml-go/zkml/statement"
	"github.com/zkml-go/zkml/verifier"
)

var openCommand = &command{
	name:  "open",
	short: "check to which tensors the commitments of a proof are",
	args:  "DIR.zkml --proof PROOF --input FILE",
	long: `
Open verifies a proof, runs the integer program on an input, and computes the
commitments to the tensors of that run anew, with the salts that prove wrote to
PROOF.opening. The exit code is 0 if they are those of the proof: it is then a
proof of the run on that input. Who has committed to a tensor and wants to show
which one it was hands over the tensor and the opening. Commitments to columns
are opened with the powers of tau in the bundle.

` + inputFormats,
	setup: func(f *flag.FlagSet) func(*env, []string) error {
		path := f.String("proof", "", "the proof, a `FILE`")
		salts := f.String("opening", "", "what opens its commitments, a `FILE`; default: PROOF.opening")
		input := f.String("input", "", "the input, a `FILE`")
		return func(e *env, args []string) error {
			if err := needInput(*input); err != nil {
				return err
			}
			b, c, k, err := openProof(args, *path)
			if err != nil {
				return e.refused(err)
			}
			if *salts == "" {
				*salts = openingPath(*path)
			}
			o, err := readOpening(*salts, c.claim)
			if err != nil {
				return err
			}
			in, err := readQuantized(*input, b.Program())
			if err != nil {
				return err
			}
			if err := c.verify(k); err != nil {
				return e.refused(err)
			}
			return e.open(b, c, k, in, o)
		}
	},
}

// readOpening returns the salts of an opening of the commitments of a claim.
func readOpening(path string, claim *statement.Claim) ([]fr.Element, error) {
	data, err := readFile(path, 1<<24)
	if err != nil {
		return nil, bad(err)
	}
	var o opening
	if err := json.Unmarshal(data, &o); err != nil {
		return nil, badf("%s: %w", path, err)
	}
	if o.Format != openingFormat || o.Version != openingVersion || len(o.Salts) != len(o.Commitments) {
		return nil, badf("%s: not an opening of version %d", path, openingVersion)
	}
	salts := make([]fr.Element, len(o.Salts))
	same := len(salts) == len(claim.Commitments)
	for i := range salts {
		if err := salts[i].SetBytesCanonical(o.Salts[i][:]); err != nil {
			return nil, badf("%s: salt %d: %w", path, i, err)
		}
		same = same && o.Commitments[i] == artifact.Hash(claim.Commitments[i].Bytes())
	}
	if !same {
		return nil, badf("%s: the opening of another proof", path)
	}
	return salts, nil
}

// An openResult is what open prints.
type openResult struct {
	Accepted bool           `json:"accepted"`
	Tensors  []openedTensor `json:"tensors"`
}

type openedTensor struct {
	Name       string        `json:"name"`
	Commitment artifact.Hash `json:"commitment"`
	Kind       string        `json:"kind"` // hash or column
}

func (e *env) open(b *artifact.Bundle, c *checkable, k *keyed, in [][]int64, salts []fr.Element) error {
	var commitments []fr.Element
	if _, err := e.step("running the network and committing", func() error {
		trace, err := b.Program().Run(in)
		if err != nil {
			return bad(err)
		}
		commitments, err = k.user.commitments(b, k, trace, salts)
		return err
	}); err != nil {
		return err
	}
	out := &openResult{Accepted: true}
	rows := []row{{"verdict", "accepted"}}
	for i, t := range committedTensors(b.Program()) {
		name := t.name
		x := c.claim.Commitments[i]
		if !commitments[i].Equal(&x) {
			return e.refused(fmt.Errorf("%s: %w", c.path, &verifier.RejectError{Reason: "the commitment to " + name + " is to another tensor"}))
		}
		t := openedTensor{Name: name, Commitment: x.Bytes(), Kind: "hash"}
		if (k.system == statement.Sumcheck || k.system == statement.SumcheckPlonk) && statement.IsColumnCommitment(&x) {
			t.Kind = "column"
		}
		out.Tensors = append(out.Tensors, t)
		rows = append(rows, row{name, fmt.Sprintf("%s (%s)", t.Commitment, t.Kind)})
	}
	return e.result(out, rows)
}

// commitments returns the commitments of the statement of a run with salts.
func (s snarkSystem) commitments(b *artifact.Bundle, _ *keyed, trace ir.Trace, salts []fr.Element) ([]fr.Element, error) {
	m, err := circuits.NewModel(b.Program(), relation.Options{})
	if err != nil {
		return nil, err
	}
	claim, err := m.Claim(trace, salts)
	if err != nil {
		return nil, bad(err)
	}
	return claim.Commitments, nil
}
