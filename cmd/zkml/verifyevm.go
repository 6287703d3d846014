// SPDX-License-Identifier: Apache-2.0

package main

import (
	"context"
	"errors"
	"flag"
	"fmt"

	"github.com/zkml-go/zkml/verifier"
)

var verifyEVMCommand = &command{
	name:  "verify-evm",
	short: "have an embedded EVM verify a proof, and count the gas",
	args:  "DIR.zkml|FILE --proof PROOF",
	long: `
Verify-evm deploys the verifier contract of the proof's system on an EVM inside
this process and sends it the proof as a transaction. The exit code is 0 if the
contract accepts and 1 if it reverts. FILE is what zkml export verifier writes.`,
	setup: func(f *flag.FlagSet) func(*env, []string) error {
		path := f.String("proof", "", "the proof, a `FILE`")
		return func(e *env, args []string) error {
			_, c, k, err := openChecked(args, *path)
			if err != nil {
				return e.refused(err)
			}
			var out *evmVerdict
			if _, err := e.step("running the EVM", func() (err error) {
				out, err = k.onEVM(e.ctx, c)
				return err
			}); err != nil {
				return err
			}
			if err := e.result(out, out.rows()); err != nil || out.Accepted {
				return err
			}
			return fmt.Errorf("%s: %w: %s", *path, verifier.ErrRejected, out.Reason)
		}
	},
}

func (v *evmVerdict) rows() []row {
	rows := []row{{"verdict", "rejected: " + v.Reason}}
	if v.Accepted {
		rows[0].value = "accepted"
	}
	if v.GasVerify > 0 {
		rows = append(rows, row{"gas, verify", thousands(v.GasVerify)})
	}
	return append(rows, row{"gas, deploy", thousands(v.GasDeploy) + " (once for all models)"},
		row{"calldata", bytesize(int64(v.CalldataBytes))}, row{"contract", bytesize(int64(v.ContractBytes))})
}

// onEVM starts an EVM, deploys the verifier and sends it the proof. Parts of a
// proof file are not sent, for the contract computes them itself: so that the
// verdict is on the whole file, a proof that the contract accepts must be one for
// this program, too.
func (k *keyed) onEVM(ctx context.Context, c *checkable) (*evmVerdict, error) {
	call, err := k.inference(c.claim, c.context, c.z, c.proof)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", c.path, err)
	}
	v, err := newEVM(ctx, k.system)
	if err != nil {
		return nil, err
	}
	out, err := v.verify(ctx, call.Calldata())
	if err = errors.Join(err, v.chain.Close()); err != nil || !out.Accepted {
		return out, err
	}
	var reject *verifier.RejectError
	if errors.As(c.verify(k), &reject) {
		out.Accepted, out.Reason = false, "the contract accepts what it sees, this program does not: "+reject.Reason
	}
	return out, nil
}
