// SPDX-License-Identifier: Apache-2.0

package main

import (
	"errors"
	"flag"
	"fmt"

	"github.com/zkml-go/zkml/verifier"
)

var verifyEVMCommand = &command{
	name:  "verify-evm",
	short: "have an embedded EVM verify a proof, and count the gas",
	args:  "DIR.zkml --proof PROOF",
	long: `
Verify-evm deploys the verifier contract of the proof's system on an EVM inside
this process and sends it the proof as a transaction. The exit code is 0 if the
contract accepts and 1 if it reverts.`,
	setup: func(f *flag.FlagSet) func(*env, []string) error {
		path := f.String("proof", "", "the proof, a `FILE`")
		return func(e *env, args []string) error {
			b, err := openBundle(args)
			if err != nil {
				return err
			}
			c, k, err := readProof(b, *path)
			if err != nil {
				return e.refused(err)
			}
			v, err := newEVM(e.ctx, k.system)
			if err != nil {
				return err
			}
			call := k.inference(c.claim, c.context, snarkInputs(c), c.proof)
			out, err := v.verify(e.ctx, call.Calldata())
			if err = errors.Join(err, v.chain.Close()); err != nil {
				return err
			}
			verdict := "accepted"
			if !out.Accepted {
				verdict = "rejected: " + out.Reason
			}
			rows := []row{{"verdict", verdict}}
			if out.Accepted {
				rows = append(rows, row{"gas, verify", thousands(out.GasVerify)})
			}
			rows = append(rows, row{"gas, deploy", thousands(out.GasDeploy) + " (once for all models)"},
				row{"calldata", bytesize(int64(out.CalldataBytes))}, row{"contract", bytesize(int64(out.ContractBytes))})
			if err := e.result(out, rows); err != nil {
				return err
			}
			if !out.Accepted {
				return fmt.Errorf("%s: the contract reverted with %s: %w", *path, out.Reason, verifier.ErrRejected)
			}
			return nil
		}
	},
}
