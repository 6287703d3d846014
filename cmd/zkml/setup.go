// SPDX-License-Identifier: Apache-2.0

package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"os"

	"github.com/zkml-go/zkml/artifact"
	"github.com/zkml-go/zkml/circuits"
	psnark "github.com/zkml-go/zkml/prover/snark"
	"github.com/zkml-go/zkml/relation"
	"github.com/zkml-go/zkml/verifier/snark"
)

var setupCommand = &command{
	name:  "setup",
	short: "make the proving and verifying keys of a compiled model",
	args:  "DIR.zkml --system groth16|plonk [--srs FILE | --insecure-setup]",
	long: `
Setup builds the circuit of a bundle, makes its keys, checks the verifying key
and stores all three in the bundle.

PLONK takes the powers of tau of any KZG ceremony (--srs, the encoding of
gnark-crypto). Groth16 needs secrets of its own for every circuit. With
--insecure-setup this process draws them: whoever can read its memory can forge
proofs. Such keys are marked, and export refuses them unless told.`,
	setup: func(f *flag.FlagSet) func(*env, []string) error {
		name := f.String("system", "groth16", "the proof `SYSTEM`: groth16 or plonk")
		srs := f.String("srs", "", "powers of tau for PLONK, a `FILE`")
		insecure := f.Bool("insecure-setup", false, "draw the secrets in this process and mark the keys")
		return func(e *env, args []string) error {
			system, err := snark.ParseSystem(*name)
			if err != nil {
				return usageError{err}
			}
			b, err := openBundle(args)
			if err != nil {
				return err
			}
			opts := psnark.SetupOptions{Insecure: *insecure}
			kind := "insecure, by one process"
			if *srs != "" {
				file, err := os.Open(*srs)
				if err != nil {
					return bad(err)
				}
				defer file.Close()
				opts.SRS, kind = file, "universal, from a file of powers of tau"
			}
			return e.setup(b, system, opts, kind)
		}
	},
}

// A setupResult is what setup prints.
type setupResult struct {
	Bundle      string `json:"bundle"`
	System      string `json:"system"`
	Insecure    bool   `json:"insecure"`
	Constraints int    `json:"constraints"`
	Seconds     struct {
		Circuit float64 `json:"circuit"`
		Setup   float64 `json:"setup"`
	} `json:"seconds"`
	ModelID string `json:"model_id"`
	PeakRSS int64  `json:"peak_rss_bytes"`
}

func (e *env) setup(b *artifact.Bundle, system snark.System, opts psnark.SetupOptions, kind string) error {
	if opts.SRS == nil && !opts.Insecure {
		return hinted("--insecure-setup makes keys for tests", fmt.Errorf("no source of secrets for %s keys: %w", system, psnark.ErrNeedsSetup))
	}
	m, err := circuits.NewModel(b.Program(), relation.Options{})
	if err != nil {
		return bad(err)
	}
	var cs *psnark.ConstraintSystem
	circuit, err := e.step("building the circuit", func() (err error) {
		cs, err = psnark.Compile(m.Circuit(), system)
		return err
	})
	if err != nil {
		return bad(err)
	}
	var pk *psnark.ProvingKey
	var vk *snark.VerifyingKey
	took, err := e.step(fmt.Sprintf("making %s keys for %s constraints", system, thousands(cs.NumConstraints())), func() (err error) {
		pk, vk, err = psnark.Setup(e.ctx, cs, opts)
		return err
	})
	if errors.Is(err, psnark.ErrNeedsSetup) || (err != nil && opts.SRS != nil) {
		return bad(err)
	}
	if err != nil {
		return err
	}
	k, err := newKeyed(b.Program().Digest(), vk)
	if err != nil {
		return err
	}
	digest, err := vk.Digest()
	if err != nil {
		return err
	}
	info := artifact.KeyInfo{Program: k.digest, Insecure: vk.Insecure(), Constraints: cs.NumConstraints(), VKDigest: digest,
		Setup: kind, CreatedBy: toolName}
	if _, err := e.step("writing the keys", func() error {
		return b.AddKeys(string(system), info, map[string]func(io.Writer) error{
			"ccs": func(w io.Writer) error { _, err := cs.WriteTo(w); return err },
			"pk":  func(w io.Writer) error { _, err := pk.WriteTo(w); return err },
			"vk":  func(w io.Writer) error { _, err := vk.WriteTo(w); return err },
		})
	}); err != nil {
		return bad(err)
	}
	out := &setupResult{Bundle: b.Dir(), System: string(system), Insecure: vk.Insecure(), Constraints: cs.NumConstraints(),
		ModelID: fmt.Sprintf("%x", k.id), PeakRSS: peakRSS()}
	out.Seconds.Circuit, out.Seconds.Setup = circuit.Seconds(), took.Seconds()
	rows := []row{{"bundle", out.Bundle}, {"system", out.System}, {"constraints", thousands(out.Constraints)},
		{"circuit", seconds(circuit)}, {"setup", seconds(took)}, {"peak memory", bytesize(out.PeakRSS)}, {"model on chain", out.ModelID}}
	if out.Insecure {
		rows = append(rows, row{"warning", "insecure keys: this process knew how to forge proofs"})
	}
	return e.result(out, rows)
}
