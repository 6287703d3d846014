// SPDX-License-Identifier: Apache-2.0

package main

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"

	"github.com/ethereum/go-ethereum/common/hexutil"

	"github.com/zkml-go/zkml/circuits"
	"github.com/zkml-go/zkml/ir"
	"github.com/zkml-go/zkml/statement"
)

// prove makes the proof, unless it is there.
func (a *attesting) prove() error {
	_, err := os.Lstat(a.path)
	switch {
	case err == nil:
	case errors.Is(err, fs.ErrNotExist) && a.o.proof == "":
		if err := a.newProof(); err != nil {
			return err
		}
	default:
		return bad(err)
	}
	c, k, err := readProof(a.b, a.path)
	if err != nil {
		return err
	}
	if k.id != a.k.id {
		return badf("%s is a %s proof, want one with the %s keys", a.path, k.user.name(), a.k.user.name())
	}
	inputCommitment, proofContext := a.order.bind(c.claim)
	if c.context != proofContext {
		return hinted("prove it with --context "+hexutil.Encode(proofContext[:]),
			fmt.Errorf("%s is bound to context %x, want that of model %d for %s with this nonce, %x", a.path, c.context, a.model.ID, a.c.From(), proofContext))
	}
	a.proof, a.out.InputCommitment = c, inputCommitment
	if err := a.sameInput(); err != nil {
		return err
	}
	return c.verify(k)
}

// sameInput reports an error if the proof is of another public input than that which is given.
func (a *attesting) sameInput() error {
	if a.o.input == "" {
		return nil
	}
	p := a.b.Program()
	in, err := readQuantized(a.o.input, p)
	if err != nil {
		return err
	}
	data, err := circuits.PublicInput(p, in)
	if err != nil {
		return err
	}
	if !bytes.Equal(data, a.proof.claim.Input) {
		return hinted("choose another -o", fmt.Errorf("%s proves another input than %s", a.path, a.o.input))
	}
	return nil
}

func (a *attesting) newProof() error {
	if err := writableProof(a.path, a.b.Program()); err != nil {
		return err
	}
	in, err := readQuantized(a.o.input, a.b.Program())
	if err != nil {
		return err
	}
	var j job
	if _, err := a.step("reading the keys", func() (err error) {
		j, err = a.k.user.readJob(a.b, a.k, &proveOptions{})
		return err
	}); err != nil {
		return err
	}
	device, err := a.openDevice(a.o.device)
	if err != nil {
		return err
	}
	defer a.closeDevice(device)
	j.use(device.device())
	var r *provedRun
	if _, err := a.step(fmt.Sprintf("proving %s constraints", thousands(j.constraints())), func() (err error) {
		r, err = j.prove(a.ctx, in, func(claim *statement.Claim) [32]byte {
			_, proofContext := a.order.bind(claim)
			return proofContext
		})
		return err
	}); errors.Is(err, ir.ErrInput) {
		return bad(err)
	} else if err != nil {
		return fmt.Errorf("%s: %w", a.b.Dir(), err)
	}
	a.out.deviceResult = device.result()
	a.out.Opening, err = saveProof(a.path, a.b, a.k.user, a.k, r)
	return err
}
