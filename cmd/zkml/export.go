// SPDX-License-Identifier: Apache-2.0

package main

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"

	"github.com/zkml-go/zkml/artifact"
	"github.com/zkml-go/zkml/contracts"
)

var exportCommand = &command{
	name:  "export",
	short: "write contracts, keys and calldata for a chain",
	args:  "solidity|calldata|vk|abi|verifier|onchain-model DIR.zkml [--proof PROOF] [-o FILE]",
	long: `
Export writes

    solidity   a self-contained verifier contract of this model
    calldata   the call of verifyInference of the contract that serves all models,
               for a proof (--proof), which is verified first
    vk         the verifying key as that contract takes it
    abi        the ABI of that contract
    verifier   a file that zkml verify takes in place of the bundle: the verifying
               keys and the program without its weights, only their hashes
    onchain-model
               the network for the contract OnchainModel, which executes it: its
               layer list, and its data in pieces; it needs no keys

Calldata and keys are written in hexadecimal. Keys that zkml setup marked as
insecure are refused unless --insecure-setup is given here, too.`,
	setup: func(f *flag.FlagSet) func(*env, []string) error {
		o := &exportOptions{}
		f.StringVar(&o.proof, "proof", "", "the proof, a `FILE`")
		f.StringVar(&o.out, "o", "", "the `FILE` to write; default: standard output")
		f.StringVar(&o.system, "system", "", "the proof `SYSTEM`; default: the one that the bundle has keys for")
		f.BoolVar(&o.insecure, "insecure-setup", false, "export keys that are marked as insecure")
		return func(e *env, args []string) error {
			if len(args) != 2 {
				return usagef("%d arguments, want two: what to export, and the bundle", len(args))
			}
			what := args[0]
			switch {
			case exports[what] == nil && what != onchainModel:
				return usagef("cannot export %q: want solidity, calldata, vk, abi, verifier or onchain-model", what)
			case what == onchainModel && (o.system != "" || o.insecure):
				return usagef("%s has nothing to do with keys", what)
			case what == "calldata" && o.proof == "":
				return usagef("no proof: give --proof PROOF")
			case what != "calldata" && o.proof != "":
				return usagef("--proof is for calldata")
			}
			if what == onchainModel {
				return e.exportOnchain(o, args[1])
			}
			return e.export(o, what, args[1])
		}
	},
}

type exportOptions struct {
	proof, out, system string
	insecure           bool
}

// exports has what can be exported. The proof is nil but for calldata.
var exports = map[string]func(w *bytes.Buffer, b *artifact.Bundle, k *keyed, c *checkable) error{
	"solidity": func(w *bytes.Buffer, _ *artifact.Bundle, k *keyed, _ *checkable) error {
		return k.vk.solidity(w, k.digest)
	},
	"calldata": func(w *bytes.Buffer, _ *artifact.Bundle, k *keyed, c *checkable) error {
		call, err := k.inference(c.claim, c.context, c.z, c.proof)
		if err != nil {
			return fmt.Errorf("%s: %w", c.path, err)
		}
		_, err = fmt.Fprintf(w, "0x%x\n", call.Calldata())
		return err
	},
	"vk": func(w *bytes.Buffer, _ *artifact.Bundle, k *keyed, _ *checkable) error {
		_, err := fmt.Fprintf(w, "0x%x\n", k.calldata)
		return err
	},
	"abi": func(w *bytes.Buffer, _ *artifact.Bundle, k *keyed, _ *checkable) error { return writeABI(w, k.system) },
	"verifier": func(w *bytes.Buffer, b *artifact.Bundle, _ *keyed, _ *checkable) error {
		data, err := verifierFile(b)
		w.Write(data)
		return err
	},
}

func (e *env) export(o *exportOptions, what, dir string) error {
	b, k, c, err := o.open(dir)
	if err != nil {
		return err
	}
	if k.vk.Insecure() && !o.insecure && what != "abi" {
		return hinted("--insecure-setup exports them all the same",
			fmt.Errorf("the %s keys of %s are insecure: whoever made them can forge proofs", k.user.name(), dir))
	}
	var data bytes.Buffer
	if err := exports[what](&data, b, k, c); err != nil {
		return err
	}
	return e.exported(what, o.out, data.Bytes())
}

// open returns the keys to export, and the proof if there is one. A proof that
// is false is refused here, where it costs no gas.
func (o *exportOptions) open(dir string) (*artifact.Bundle, *keyed, *checkable, error) {
	if o.proof == "" {
		b, k, err := openKeyed([]string{dir}, o.system)
		return b, k, nil, err
	}
	b, c, k, err := openProof([]string{dir}, o.proof)
	if err != nil {
		return nil, nil, nil, err
	}
	if o.system != "" && o.system != c.file.System {
		return nil, nil, nil, usagef("--system %s: %s is a %s proof", o.system, o.proof, c.file.System)
	}
	return b, k, c, c.verify(k)
}

// writeABI writes the interface of the contract that verifies for a system.
func writeABI(w *bytes.Buffer, system string) error {
	a, err := contracts.ForSystem(system)
	if err != nil {
		return err
	}
	defer w.WriteByte('\n')
	return json.Indent(w, a.ABIText, "", "  ")
}

// An exportResult is what export prints if it wrote a file or --json is given.
type exportResult struct {
	Export string `json:"export"`
	Bytes  int    `json:"bytes"`
	File   string `json:"file,omitempty"`
	Data   string `json:"data,omitempty"` // if there is no file
}

// exported writes data to a file or to standard output.
func (e *env) exported(what, path string, data []byte) error {
	out := &exportResult{Export: what, Bytes: len(data), File: path}
	if path == "" {
		if !e.json {
			_, err := e.stdout.Write(data)
			return bad(err)
		}
		out.Data = string(bytes.TrimSuffix(data, []byte{'\n'}))
	} else if err := writeFile(path, data); err != nil {
		return err
	}
	return e.result(out, []row{{what, fmt.Sprintf("%s (%s)", path, bytesize(int64(len(data))))}})
}
