// SPDX-License-Identifier: Apache-2.0

package main

import (
	"errors"
	"flag"
	"fmt"
	"time"

	"github.com/zkml-go/zkml/ir"
	"github.com/zkml-go/zkml/quant"
	"github.com/zkml-go/zkml/statement"
	"github.com/zkml-go/zkml/verifier"
)

var verifyCommand = &command{
	name:  "verify",
	short: "verify a proof natively",
	args:  "DIR.zkml|FILE --proof PROOF",
	long: `
Verify checks a proof against the program and the verifying key of a bundle, and
prints the statement that it proves. The exit code is 0 if the proof is accepted
and 1 if it is rejected.

In place of the bundle, which has the weights, it takes the FILE that zkml export
verifier writes, which has not.`,
	setup: func(f *flag.FlagSet) func(*env, []string) error {
		path := f.String("proof", "", "the proof, a `FILE`")
		return func(e *env, args []string) error {
			o, c, k, err := openChecked(args, *path)
			if err != nil {
				return e.refused(err)
			}
			start := time.Now()
			err = c.verify(k)
			took := time.Since(start)
			if err != nil {
				return e.refused(err)
			}
			return e.verified(o, c, k, took)
		}
	},
}

// refused prints the verdict if err says that a proof is false.
func (e *env) refused(err error) error {
	var r *verifier.RejectError
	if !errors.As(err, &r) {
		return err
	}
	verdict := map[string]any{"accepted": false, "reason": r.Reason}
	if err := e.result(verdict, []row{{"verdict", "rejected: " + r.Reason}}); err != nil {
		return err
	}
	return err
}

// A verifyResult is what verify prints.
type verifyResult struct {
	Accepted bool     `json:"accepted"`
	System   string   `json:"system"`
	ModelID  string   `json:"model_id"`
	Insecure bool     `json:"insecure"`
	Context  string   `json:"context"`
	Seconds  float64  `json:"seconds"`
	Output   []output `json:"output,omitempty"`
	Note     string   `json:"note,omitempty"`
}

func (e *env) verified(o *ir.Outline, c *checkable, k *keyed, took time.Duration) error {
	values, err := publicOutputs(o, c.claim)
	if err != nil {
		return err
	}
	out := &verifyResult{Accepted: true, System: c.file.System, ModelID: fmt.Sprintf("%x", k.id), Insecure: k.vk.Insecure(),
		Context: c.file.Statement.Context.String(), Seconds: took.Seconds(), Output: values, Note: c.proof.note()}
	rows := append([]row{{"verdict", "accepted"}, {"system", out.System}, {"model on chain", out.ModelID}}, outputRows(values)...)
	if c.context != [32]byte{} {
		rows = append(rows, row{"context", out.Context})
	}
	rows = append(rows, row{"verify", seconds(took)})
	if out.Note != "" {
		rows = append(rows, row{"note", out.Note})
	}
	if out.Insecure {
		rows = append(rows, row{"warning", "insecure keys: whoever made them can forge proofs"})
	}
	return e.result(out, rows)
}

// publicOutputs decodes the public outputs of a claim that has been verified.
func publicOutputs(p *ir.Outline, c *statement.Claim) ([]output, error) {
	var out []output
	data := c.Output
	for _, o := range p.Outputs {
		if o.Visibility != ir.Public {
			continue
		}
		enc, err := o.Range.Encoding()
		if err != nil {
			return nil, err
		}
		// An outline of another program than the key's has other outputs.
		skip := (statement.ChunkBytes - (len(c.Output)-len(data))%statement.ChunkBytes) % statement.ChunkBytes
		size := enc.Bytes * o.Shape.Size()
		if len(data)-skip < size {
			return nil, badf("output %s: the program has more bytes of output than the proof", o.Name)
		}
		data = data[skip:]
		values, err := enc.Get(data[:size])
		if err != nil {
			return nil, err
		}
		data = data[size:]
		out = append(out, output{Name: o.Name, Integers: values, Scale: o.Scale, Values: quant.Dequantize(o.Output, values),
			Argmax: quant.Argmax(values), Note: o.Note})
	}
	return out, nil
}
