// SPDX-License-Identifier: Apache-2.0

package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"math/big"

	"github.com/zkml-go/zkml/chain/publish"
	"github.com/zkml-go/zkml/ir"
	"github.com/zkml-go/zkml/statement"
)

// dataPath names the file of the data that are published with a proof.
func dataPath(proof string) string { return proof + ".data" }

// publish puts the committed inputs on the chain, if it is asked to.
func (a *attesting) publish() error {
	if a.o.publish == "none" {
		return nil
	}
	data, err := a.opening()
	if err != nil {
		return err
	}
	drafts := publish.Calldata(data, a.c.From())
	if a.o.publish == "blob" {
		if drafts, err = publish.Blobs(data, a.c.From()); err != nil {
			return err
		}
	}
	// Blobs are kept for some weeks only, and not by every node.
	if err := writeFile(dataPath(a.path), data); err != nil {
		return err
	}
	a.out.DataBytes = len(data)
	for _, d := range drafts {
		r, err := a.c.Send(a.ctx, d)
		if err != nil {
			return err
		}
		a.out.Data, a.out.GasData = append(a.out.Data, r.TxHash), a.out.GasData+r.GasUsed
	}
	return nil
}

// opening returns the data that open the commitments to the inputs. They are those that the proof was made
// with: the input is read again, and checked against the commitments with the salts of the opening.
func (a *attesting) opening() ([]byte, error) {
	if a.o.input == "" {
		return nil, usagef("--publish needs --input and -o: a proof does not have its committed inputs")
	}
	tensors, err := committedInputs(a.b.Program(), a.o.input)
	if err != nil {
		return nil, err
	}
	if len(tensors) == 0 {
		return nil, usagef("--publish is for committed inputs: %s has none", a.b.Dir())
	}
	salts, err := readSalts(a.path)
	if err != nil {
		return nil, err
	}
	if len(salts) < len(tensors) {
		return nil, badf("%s has %d salts, want at least %d", openingPath(a.path), len(salts), len(tensors))
	}
	o := publish.Opening{Caller: a.order.Caller, Nonce: a.order.Nonce.ToInt(), InputHash: statement.Keccak(a.proof.claim.Input), Commitments: commitmentsOf(a.proof.claim)}
	for i, data := range tensors {
		o.Tensors = append(o.Tensors, publish.Tensor{Index: big.NewInt(int64(i)), Salt: salts[i], Data: data})
	}
	if err := o.Check(a.what.InputCommitment); err != nil {
		return nil, hinted("--input is not that of the proof, or its opening is another proof's", fmt.Errorf("%s: %w", a.path, err))
	}
	return o.Encode()
}

// committedInputs returns the bytes of the committed inputs in a file.
func committedInputs(p *ir.Program, path string) ([][]byte, error) {
	in, err := readQuantized(path, p)
	if err != nil {
		return nil, err
	}
	var list [][]byte
	for i, id := range p.Inputs {
		if p.Input(id).Visibility != ir.Committed {
			continue
		}
		enc, err := p.Nodes[id].Range.Encoding()
		if err != nil {
			return nil, err
		}
		list = append(list, enc.Put(nil, in[i]))
	}
	return list, nil
}

// readSalts reads the salts of a proof.
func readSalts(proof string) ([][32]byte, error) {
	data, err := readFile(openingPath(proof), 1<<24)
	if err != nil {
		return nil, err
	}
	var o opening
	dec := json.NewDecoder(bytes.NewReader(data))
	if err := dec.Decode(&o); err != nil || o.Format != openingFormat || o.Version != openingVersion {
		return nil, badf("%s: not an opening: %w", openingPath(proof), errors.Join(err, fmt.Errorf("format %q, version %d", o.Format, o.Version)))
	}
	salts := make([][32]byte, len(o.Salts))
	for i, s := range o.Salts {
		salts[i] = s
	}
	return salts, nil
}
