// SPDX-License-Identifier: Apache-2.0

package main

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"

	"github.com/zkml-go/zkml/contracts"
	"github.com/zkml-go/zkml/export"
	"github.com/zkml-go/zkml/verifier/snark"
)

var exportCommand = &command{
	name:  "export",
	short: "write contracts, keys and calldata for a chain",
	args:  "solidity|calldata|vk|abi DIR.zkml [--proof PROOF] [-o FILE]",
	long: `
Export writes

    solidity   a self-contained verifier contract of this model
    calldata   the call of verifyInference of the contract that serves all models,
               for a proof (--proof)
    vk         the verifying key as that contract takes it
    abi        the ABI of that contract

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
				return usageError{fmt.Errorf("%d arguments, want two: what to export, and the bundle", len(args))}
			}
			return e.export(o, args[0], args[1])
		}
	},
}

type exportOptions struct {
	proof, out, system string
	insecure           bool
}

func (e *env) export(o *exportOptions, what, dir string) error {
	b, err := openBundle([]string{dir})
	if err != nil {
		return err
	}
	if what == "calldata" && o.proof == "" {
		return usageError{fmt.Errorf("no proof: give --proof PROOF")}
	}
	system, err := systemOf(b, o.system)
	if err != nil {
		return err
	}
	k, err := readKeyed(b, system)
	if err != nil {
		return err
	}
	if k.vk.Insecure() && !o.insecure && what != "abi" {
		return hinted("--insecure-setup exports them all the same", fmt.Errorf("the %s keys of %s are insecure: whoever made them can forge proofs", system, dir))
	}
	var data bytes.Buffer
	switch what {
	case "solidity":
		err = export.Solidity(&data, exportable(k.vk), k.digest, toolName)
	case "vk":
		fmt.Fprintf(&data, "0x%x\n", k.calldata)
	case "abi":
		err = writeABI(&data, k.system)
	case "calldata":
		var c *checkable
		if c, k, err = readProof(b, o.proof); err == nil {
			fmt.Fprintf(&data, "0x%x\n", k.inference(c.claim, c.context, snarkInputs(c), c.proof).Calldata())
		}
	default:
		return usageError{fmt.Errorf("cannot export %q: want solidity, calldata, vk or abi", what)}
	}
	if err != nil {
		return err
	}
	return e.exported(what, o.out, data.Bytes())
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

// exported writes data to a file or to standard output.
func (e *env) exported(what, path string, data []byte) error {
	if path == "" {
		_, err := e.stdout.Write(data)
		return err
	}
	if err := writeFile(path, data); err != nil {
		return bad(err)
	}
	return e.result(map[string]any{"export": what, "file": path, "bytes": len(data)},
		[]row{{what, fmt.Sprintf("%s (%s)", path, bytesize(int64(len(data))))}})
}

// snarkInputs returns the public inputs of a proof for a contract, which computes
// D and E itself.
func snarkInputs(c *checkable) snark.PublicInputs { return snark.PublicInputs{1: c.z} }
