// SPDX-License-Identifier: Apache-2.0

package main

import (
	"flag"
	"fmt"
	"os"
	"strings"
	"time"

	"github.com/zkml-go/zkml/artifact"
	psumcheck "github.com/zkml-go/zkml/prover/sumcheck"
	"github.com/zkml-go/zkml/verifier/sumcheck"
)

var weightsCommand = &command{
	name:  "weights",
	short: "prove that committed weights are integers in their ranges",
	args:  "prove|verify DIR.zkml --proof FILE",
	long: `
Keys of sumcheck hold commitments to the weights. Proofs of runs show that a
network was run whose weights have these commitments, not that the weights are
integers. Weights prove proves that, once for all runs: that every committed
weight lies in the range that the program states, and that committed tables
are those of the program. Only who made the keys can.

The proof has no wrap, so that it is not zero-knowledge: it shows some functions
of the weights, from which a guess of them can be confirmed. Contracts do not
take it. --proof is the FILE to write, or to check.`,
	setup: func(f *flag.FlagSet) func(*env, []string) error {
		path := f.String("proof", "", "the proof, a `FILE`")
		memory := f.String("memory", "", memoryFlag)
		device := deviceFlag(f)
		return func(e *env, args []string) error {
			if len(args) != 2 {
				return usagef("%d arguments, want two: prove or verify, and the bundle", len(args))
			}
			limit, err := parseMemory(*memory)
			if err != nil {
				return usageError{err}
			}
			if err := checkDevice(*device); err != nil {
				return err
			}
			do := map[string]func(*artifact.Bundle, *keyed, string) error{
				"prove": func(b *artifact.Bundle, k *keyed, path string) error {
					return e.proveWeights(b, k, limit, *device, path)
				},
				"verify": e.verifyWeights,
			}[args[0]]
			switch {
			case do == nil:
				return usagef("%q, want prove or verify", args[0])
			case *path == "":
				return usagef("no proof: give --proof FILE")
			}
			b, err := openBundle(args[1:])
			if err != nil {
				return err
			}
			s, err := systemOf(b, sumcheckSystem{}.name())
			if err != nil {
				return err
			}
			k, err := readKeyed(b, s)
			if err != nil {
				return err
			}
			return do(b, k, *path)
		}
	},
}

// A weightsResult is what weights prints.
type weightsResult struct {
	Accepted     bool               `json:"accepted"`
	ModelID      string             `json:"model_id"`
	Tensors      int                `json:"tensors"`
	Elements     int                `json:"elements"`
	Seconds      float64            `json:"seconds"`
	Phases       map[string]float64 `json:"phases,omitempty"`
	ProofBytes   int                `json:"proof_bytes"`
	PeakRSS      int64              `json:"peak_rss_bytes"`
	deviceResult                    // that proved
}

func (e *env) proveWeights(b *artifact.Bundle, k *keyed, limit int64, deviceName, path string) error {
	if err := writableFile(path); err != nil {
		return err
	}
	capMemory(limit)
	device, err := e.openDevice(deviceName)
	if err != nil {
		return err
	}
	defer e.closeDevice(device)
	var c *psumcheck.ModelCheck
	if _, err := e.step("reading the keys", func() error {
		j, err := sumcheckSystem{}.load(b, k, &proveOptions{plain: true})
		if err != nil {
			return err
		}
		j.Device = device.device()
		if c, err = psumcheck.NewModelCheck(j); err != nil {
			return badf("%s: %w", b.Dir(), err)
		}
		need, err := psumcheck.EstimateMemory(c.Plan(), "")
		if err != nil {
			return err
		}
		if limit > 0 && need.Total() > limit {
			return badf("%s: %w", b.Dir(), tooLarge(c.Plan(), need, limit))
		}
		return nil
	}); err != nil {
		return err
	}
	out := &weightsResult{Accepted: true, ModelID: fmt.Sprintf("%x", k.id), Phases: map[string]float64{}}
	for _, t := range c.Plan().Tensors {
		if t.Model {
			out.Tensors++
			out.Elements += t.Shape.Size()
		}
	}
	var r *psumcheck.Result
	took, err := e.step(fmt.Sprintf("proving the ranges of %s weights", thousands(out.Elements)), func() (err error) {
		r, err = c.Prove(e.ctx, true)
		return err
	})
	if err != nil {
		return hinted("its keys may be of another model: zkml setup makes new ones", fmt.Errorf("%s: %w", b.Dir(), err))
	}
	data, err := r.Plain.MarshalBinary()
	if err != nil {
		return err
	}
	if err := writeFile(path, data); err != nil {
		return err
	}
	var parts []string
	for _, p := range r.Phases {
		if p.Name != "wrap" {
			f := phaseOf(p)
			f.put(out.Phases)
			parts = append(parts, f.String())
		}
	}
	out.deviceResult = device.result()
	out.Seconds, out.ProofBytes, out.PeakRSS = took.Seconds(), len(data), peakRSS()
	return e.result(out, []row{{"proof", path}, {"model on chain", out.ModelID},
		{"weights", fmt.Sprintf("%s in %d tensors", thousands(out.Elements), out.Tensors)},
		out.deviceResult.row(), {"prove", fmt.Sprintf("%s (%s)", duration(out.Seconds), strings.Join(parts, ", "))},
		{"peak memory", bytesize(out.PeakRSS)}, {"proof size", fmt.Sprintf("%d bytes", out.ProofBytes)}})
}

func (e *env) verifyWeights(b *artifact.Bundle, k *keyed, path string) error {
	data, err := os.ReadFile(path)
	if err != nil {
		return bad(err)
	}
	proof, err := sumcheck.UnmarshalPlain(data)
	if err != nil {
		return e.refused(err)
	}
	vk := k.vk.(sumcheckKey)
	_, plan, err := plan(b.Program(), vk.Vars())
	if err != nil {
		return badf("%s: %w", b.Dir(), err)
	}
	start := time.Now()
	if err := sumcheck.VerifyModel(vk.VerifyingKey, plan, k.id, proof); err != nil {
		return e.refused(err)
	}
	out := &weightsResult{Accepted: true, ModelID: fmt.Sprintf("%x", k.id), Seconds: time.Since(start).Seconds(), ProofBytes: len(data), PeakRSS: peakRSS()}
	for _, t := range plan.Tensors {
		if t.Model {
			out.Tensors++
			out.Elements += t.Shape.Size()
		}
	}
	return e.result(out, []row{{"verdict", "accepted"}, {"model on chain", out.ModelID},
		{"weights", fmt.Sprintf("%s in %d tensors", thousands(out.Elements), out.Tensors)}, {"verify", duration(out.Seconds)}})
}
