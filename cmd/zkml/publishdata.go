// SPDX-License-Identifier: Apache-2.0

package main

import (
	"fmt"
	"math/big"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"github.com/zkml-go/zkml/artifact"
	"github.com/zkml-go/zkml/chain"
	"github.com/zkml-go/zkml/chain/publish"
	"github.com/zkml-go/zkml/circuits"
	"github.com/zkml-go/zkml/internal/atomicfile"
	"github.com/zkml-go/zkml/ir"
	"github.com/zkml-go/zkml/statement"
)

// dataPath names the file of the data that are published with a proof.
func dataPath(proof string) string { return proof + ".data" }

// publication returns the data that open the committed inputs, and what puts them on the chain; nothing if it is
// not asked for.
func (a *attesting) publication() (data []byte, drafts []chain.Draft, err error) {
	if a.o.publish == "none" {
		return nil, nil, nil
	}
	if data, err = a.opening(); err != nil {
		return nil, nil, err
	}
	if a.o.publish == "blob" {
		drafts, err = publish.Blobs(data, a.c.From())
		return data, drafts, err
	}
	return data, publish.Calldata(data, a.c.From()), nil
}

// publish puts the committed inputs on the chain, if it is asked to.
func (a *attesting) publish() error {
	data, drafts, err := a.publication()
	if err != nil || data == nil {
		return err
	}
	// Blobs are kept for some weeks only, and not by every node.
	// They open commitments to inputs, which nobody sees before they are sent.
	if err := writableFile(dataPath(a.path)); err != nil {
		return err
	}
	if err := atomicfile.WriteBytes(dataPath(a.path), 0o600, data); err != nil {
		return bad(err)
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
	salts, err := readOpening(openingPath(a.path), a.proof.claim)
	if err != nil {
		return nil, err
	}
	o := publish.Opening{Caller: a.order.Caller, Nonce: a.order.Nonce.ToInt(), InputHash: statement.Keccak(a.proof.claim.Input), Commitments: commitmentsOf(a.proof.claim)}
	for i, data := range tensors {
		o.Tensors = append(o.Tensors, publish.Tensor{Index: big.NewInt(int64(i)), Salt: salts[i].Bytes(), Data: data})
	}
	open, err := opener(a.b, a.k)
	if err != nil {
		return nil, err
	}
	if err := o.Check(a.what.InputCommitment, open); err != nil {
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

// opener returns what opens the commitments of proofs with a key. It takes the tensors of the program for what
// they are: with their number of bytes, and values in their ranges.
func opener(b *artifact.Bundle, k *keyed) (publish.Opener, error) {
	commit, err := k.user.committer(b, k)
	if err != nil {
		return nil, err
	}
	p := b.Program()
	return func(index int, data []byte, salt fr.Element) (fr.Element, error) {
		tensors := committedTensors(p)
		if index >= len(tensors) {
			return fr.Element{}, fmt.Errorf("%w: the model has %d committed tensors", publish.ErrRefused, len(tensors))
		}
		n := &p.Nodes[tensors[index].id]
		enc, err := n.Range.Encoding()
		if err != nil {
			return fr.Element{}, err
		}
		if want := enc.Bytes * n.Shape.Size(); len(data) != want {
			return fr.Element{}, fmt.Errorf("%w: %d bytes, want %d", publish.ErrRefused, len(data), want)
		}
		values, err := enc.Get(data)
		if err != nil {
			return fr.Element{}, fmt.Errorf("%w: %w", publish.ErrRefused, err)
		}
		c, err := commit(index, data, values, salt)
		if err != nil {
			return fr.Element{}, fmt.Errorf("%w: %w", publish.ErrRefused, err)
		}
		return c, nil
	}, nil
}

// A committer returns the commitment to the committed tensor of an index, given as bytes and as values.
type committer func(index int, data []byte, values []int64, salt fr.Element) (fr.Element, error)

// A committedTensor is one that the statement has a commitment to.
type committedTensor struct {
	id   ir.ID
	name string
}

// committedTensors returns the committed tensors, in the order of the statement.
func committedTensors(p *ir.Program) []committedTensor {
	var list []committedTensor
	for _, id := range p.Inputs {
		if in := p.Input(id); in.Visibility == ir.Committed {
			list = append(list, committedTensor{id, in.Name})
		}
	}
	for _, o := range p.Outputs {
		if o.Visibility == ir.Committed {
			list = append(list, committedTensor{o.ID, o.Name})
		}
	}
	return list
}

func (snarkSystem) committer(*artifact.Bundle, *keyed) (committer, error) {
	return func(_ int, data []byte, _ []int64, salt fr.Element) (fr.Element, error) {
		return circuits.Commit(salt, data), nil
	}, nil
}

func (s sumcheckSystem) committer(b *artifact.Bundle, k *keyed) (committer, error) {
	_, r, err := plan(b.Program(), k.vk.(sumcheckKey).Vars())
	if err != nil {
		return nil, err
	}
	ck, err := s.commitmentKey(b)
	if err != nil {
		return nil, err
	}
	return func(index int, _ []byte, values []int64, salt fr.Element) (fr.Element, error) {
		return ck.Commitment(r, index, values, salt)
	}, nil
}
