// SPDX-License-Identifier: Apache-2.0

package main

import (
	"flag"
	"fmt"
	"io"
	"maps"

	"github.com/zkml-go/zkml/accel"
	"github.com/zkml-go/zkml/accel/devices"
	"github.com/zkml-go/zkml/artifact"
	"github.com/zkml-go/zkml/ceremony"
	"github.com/zkml-go/zkml/verifier/snark"
)

var setupCommand = &command{
	name:  "setup",
	short: "make the proving and verifying keys of a compiled model",
	args:  "DIR.zkml [--system groth16|plonk|sumcheck|auto] [--wrap groth16|plonk] [--srs FILE] [--ceremony DIR | --insecure-setup]",
	long: `
Setup builds the circuit of a bundle, makes its keys, checks the verifying key
and stores all of them in the bundle.

Groth16 and PLONK prove the network as one circuit, which suits small models.
Sumcheck commits to the tensors and proves in time linear in weights and
activations; its circuit, the wrap, hardly grows with the model. Auto estimates
the time of a proof with Groth16 and with sumcheck, says so, and takes the
faster one.

PLONK takes the powers of tau of any ceremony (--srs, a .ptau file of snarkjs or
the encoding of gnark-crypto), which are checked. --srs-sha256 has their file
compared with the one that the ceremony published. Groth16 needs secrets of its
own for every circuit. They come from a ceremony of several parties (--ceremony,
see zkml ceremony), which needs the powers of tau that it started from. With
--insecure-setup this process draws them: whoever can read its memory can forge
proofs. Such keys are marked, and export refuses them unless told.

Sumcheck needs powers of tau, and keys of its wrap: --wrap groth16 ones, the
default, or --wrap plonk ones, for which the same powers of tau do. The wrap
takes longer to prove with PLONK. --insecure-setup draws what --srs and
--ceremony do not give.`,
	setup: func(f *flag.FlagSet) func(*env, []string) error {
		var o setupOptions
		name := f.String("system", "groth16", "the proof `SYSTEM`: groth16, plonk, sumcheck or auto")
		f.StringVar(&o.srs, "srs", "", "powers of tau for PLONK or sumcheck, a `FILE`")
		f.StringVar(&o.srsHash, "srs-sha256", "", "refuse another file of powers of tau than the one with this `HASH`")
		f.BoolVar(&o.insecure, "insecure-setup", false, "draw the secrets in this process and mark the keys")
		f.StringVar(&o.wrap, "wrap", "", wrapFlag)
		f.IntVar(&o.columnVars, "column-vars", 0, "sumcheck: have columns of 2^`N` elements; default: by cost")
		f.StringVar(&o.ceremony, "ceremony", "", "take the Groth16 keys from the ceremony in `DIR`, which is verified")
		f.IntVar(&o.least, "min-contributions", ceremony.DefaultContributions, leastFlag)
		memory := f.String("memory", "", memoryFlag)
		device := deviceFlag(f)
		return func(e *env, args []string) (err error) {
			if o.memory, err = parseMemory(*memory); err != nil {
				return usageError{err}
			}
			if err := checkDevice(*device); err != nil {
				return err
			}
			s, err := parseSetup(*name, &o)
			if err != nil {
				return err
			}
			b, err := openBundle(args)
			if err != nil {
				return err
			}
			capMemory(o.memory)
			if s == nil {
				if s, err = e.choose(b.Program(), &o); err != nil {
					return badf("%s: %w", b.Dir(), err)
				}
			}
			return e.setup(b, s, &o, *device)
		}
	},
}

const wrapFlag = "sumcheck: the proof `SYSTEM` of the wrap, groth16 or plonk; default: groth16"

const memoryFlag = "sumcheck: refuse to start what would take more `BYTES`, such as 4GiB"

// setupOptions are the options of setup.
type setupOptions struct {
	srs        string
	srsHash    string // or ""
	insecure   bool
	wrap       string
	ceremony   string // or ""
	least      int    // contributions of a ceremony
	columnVars int
	memory     int64
	device     accel.Device // for sumcheck; nil is the CPU
}

// wrapSystem returns the system of the wrap, "" if there is none of this name.
func (o *setupOptions) wrapSystem() snark.System {
	switch s := snark.System(o.wrap); s {
	case "":
		return snark.Groth16
	case snark.Groth16, snark.Plonk:
		return s
	}
	return ""
}

// parseSetup returns the system that name spells, nil for auto, if the options are for it.
func parseSetup(name string, o *setupOptions) (proofSystem, error) {
	if err := parseHash(o.srsHash); err != nil {
		return nil, err
	}
	if o.ceremony == "" && o.least != ceremony.DefaultContributions {
		return nil, usagef("--min-contributions is of a ceremony: give --ceremony DIR")
	}
	if o.srsHash != "" && o.srs == "" {
		return nil, usagef("--srs-sha256 is of the file that --srs names")
	}
	if name == autoSystem {
		return nil, checkAuto(o)
	}
	s, err := parseSystem(name)
	if err != nil {
		return nil, err
	}
	if err := s.check(o); err != nil {
		return nil, usageError{err}
	}
	return s, nil
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
	deviceResult
	ModelID string `json:"model_id"`
	PeakRSS int64  `json:"peak_rss_bytes"`
}

// setup makes the keys of a bundle.
func (e *env) setup(b *artifact.Bundle, system proofSystem, o *setupOptions, deviceName string) error {
	if err := o.subject(b.Program(), system); err != nil {
		return err
	}
	var l *openDevice // of sumcheck; the others commit to nothing
	if system == (sumcheckSystem{}) {
		var err error
		if l, err = e.openDevice(deviceName); err != nil {
			return err
		}
		defer e.closeDevice(l)
		o.device = l.device()
	} else if deviceName != devices.Auto && deviceName != "cpu" {
		return usagef("--device is for sumcheck: the CPU makes the keys of %s", system.name())
	}
	made, err := system.setup(e, b.Program(), b.Dir(), o)
	if err != nil {
		return err
	}
	k, err := newKeyed(b.Program().Digest(), system, made.vk)
	if err != nil {
		return err
	}
	if _, err := e.write("writing the keys", func() error { return addKeys(b, system, k, made) }); err != nil {
		return bad(err)
	}
	out := &setupResult{Bundle: b.Dir(), System: system.name(), Insecure: k.vk.Insecure(), Constraints: made.constraints,
		ModelID: fmt.Sprintf("%x", k.id), PeakRSS: peakRSS()}
	out.Seconds.Circuit, out.Seconds.Setup = made.circuit.Seconds(), made.setup.Seconds()
	rows := []row{{"bundle", out.Bundle}, {"system", out.System}, {"constraints", thousands(out.Constraints)},
		{"circuit", seconds(made.circuit)}, {"setup", seconds(made.setup)}, {"peak memory", bytesize(out.PeakRSS)}, {"model on chain", out.ModelID}}
	if l != nil {
		out.deviceResult = l.result()
		rows = append(rows, out.deviceResult.row())
	}
	if out.Insecure {
		rows = append(rows, row{"warning", "insecure keys: this process knew how to forge proofs"})
	}
	return e.result(out, rows)
}

// addKeys writes keys into a bundle.
func addKeys(b *artifact.Bundle, system proofSystem, k *keyed, made *keys) error {
	digest, err := k.vk.Digest()
	if err != nil {
		return err
	}
	info := artifact.KeyInfo{Program: k.digest, Insecure: k.vk.Insecure(), Constraints: made.constraints, VKDigest: digest,
		Setup: made.origin, CreatedBy: toolName}
	parts := maps.Clone(made.parts)
	parts["vk"] = func(w io.Writer) error { _, err := k.vk.WriteTo(w); return err }
	return b.AddKeys(system.name(), info, parts)
}
