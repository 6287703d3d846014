// SPDX-License-Identifier: Apache-2.0

package main

import (
	"context"
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
	args:  "DIR.zkml [--system groth16|plonk] [--srs FILE | --insecure-setup]",
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
			if err := checkSetup(system, *srs, *insecure); err != nil {
				return usageError{err}
			}
			b, err := openBundle(args)
			if err != nil {
				return err
			}
			return e.setup(b, system, *srs)
		}
	},
}

// checkSetup reports an error unless exactly one source of secrets is named.
func checkSetup(system snark.System, srs string, insecure bool) error {
	const insecurely = "--insecure-setup makes keys for tests, whose maker can forge proofs"
	switch {
	case srs != "" && insecure:
		return fmt.Errorf("--srs and --insecure-setup exclude each other")
	case srs != "" && system != snark.Plonk:
		return fmt.Errorf("--srs is for plonk: %s needs secrets for each circuit; %s", system, insecurely)
	case srs == "" && !insecure && system == snark.Plonk:
		return fmt.Errorf("no source of secrets: give --srs FILE; %s", insecurely)
	case srs == "" && !insecure:
		return fmt.Errorf("no source of secrets: %s needs secrets for each circuit, and no ceremony is supported; %s", system, insecurely)
	}
	return nil
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

// setup makes keys from the powers of tau in a file, or insecurely if srs is "".
func (e *env) setup(b *artifact.Bundle, system snark.System, srs string) error {
	var cs *psnark.ConstraintSystem
	circuit, err := e.step("building the circuit", func() error {
		m, err := circuits.NewModel(b.Program(), relation.Options{})
		if err != nil {
			return err
		}
		cs, err = psnark.Compile(m.Circuit(), system)
		return err
	})
	if err != nil {
		return badf("%s: %w", b.Dir(), err)
	}
	var pk *psnark.ProvingKey
	took, err := e.step(fmt.Sprintf("making %s keys for %s constraints", system, thousands(cs.NumConstraints())), func() (err error) {
		pk, err = makeKeys(e.ctx, cs, srs)
		return err
	})
	if err != nil {
		return err
	}
	vk := pk.VerifyingKey()
	k, err := newKeyed(b.Program().Digest(), vk)
	if err != nil {
		return err
	}
	if _, err := e.write("writing the keys", func() error { return addKeys(b, k, cs, pk, srs) }); err != nil {
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

func makeKeys(ctx context.Context, cs *psnark.ConstraintSystem, srs string) (*psnark.ProvingKey, error) {
	if srs == "" {
		pk, _, err := psnark.Setup(ctx, cs, psnark.SetupOptions{Insecure: true})
		return pk, err
	}
	file, err := os.Open(srs)
	if err != nil {
		return nil, bad(err)
	}
	defer file.Close()
	pk, _, err := psnark.Setup(ctx, cs, psnark.SetupOptions{SRS: file})
	if err != nil {
		return nil, badf("%s: %w", srs, err)
	}
	return pk, nil
}

// addKeys writes keys into a bundle.
func addKeys(b *artifact.Bundle, k *keyed, cs *psnark.ConstraintSystem, pk *psnark.ProvingKey, srs string) error {
	digest, err := k.vk.Digest()
	if err != nil {
		return err
	}
	kind := "universal, from a file of powers of tau"
	if srs == "" {
		kind = "insecure, by one process"
	}
	info := artifact.KeyInfo{Program: k.digest, Insecure: k.vk.Insecure(), Constraints: cs.NumConstraints(), VKDigest: digest,
		Setup: kind, CreatedBy: toolName}
	return b.AddKeys(string(cs.System()), info, map[string]func(io.Writer) error{
		"ccs": func(w io.Writer) error { _, err := cs.WriteTo(w); return err },
		"pk":  func(w io.Writer) error { _, err := pk.WriteTo(w); return err },
		"vk":  func(w io.Writer) error { _, err := k.vk.WriteTo(w); return err },
	})
}
