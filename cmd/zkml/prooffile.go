// SPDX-License-Identifier: Apache-2.0

package main

import (
	"fmt"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"github.com/zkml-go/zkml/artifact"
	"github.com/zkml-go/zkml/ir"
	"github.com/zkml-go/zkml/statement"
	"github.com/zkml-go/zkml/verifier"
)

func newProofFile(b *artifact.Bundle, system proofSystem, k *keyed, r *provedRun) (artifact.ProofFile, error) {
	proof, err := r.proof.MarshalBinary()
	if err != nil {
		return artifact.ProofFile{}, err
	}
	key, err := k.vk.Digest()
	if err != nil {
		return artifact.ProofFile{}, err
	}
	f := artifact.ProofFile{
		Program: k.digest, System: system.name(), Key: key, Proof: proof,
		Statement: artifact.Statement{Context: r.context, Input: r.claim.Input, Output: r.claim.Output, Commitments: []artifact.Hash{}},
		Public:    artifact.PublicInputs{D: r.public[0].Bytes(), Z: r.public[1].Bytes(), E: r.public[2].Bytes()},
	}
	for i := range r.claim.Commitments {
		f.Statement.Commitments = append(f.Statement.Commitments, r.claim.Commitments[i].Bytes())
	}
	f.Statement.InputVisibility, f.Statement.OutputVisibility = visibilities(b.Program())
	return f, nil
}

func visibilities(p *ir.Program) (in, out []ir.Visibility) {
	for _, id := range p.Inputs {
		in = append(in, p.Input(id).Visibility)
	}
	for _, o := range p.Outputs {
		out = append(out, o.Visibility)
	}
	return in, out
}

// A checkable is a proof read from a file, in the types of the verifier.
type checkable struct {
	path    string
	file    *artifact.ProofFile
	claim   *statement.Claim
	z       fr.Element
	proof   proof
	context [32]byte
}

// openProof opens the bundle that the only argument of a command names, and a
// proof for it.
func openProof(args []string, path string) (*artifact.Bundle, *checkable, *keyed, error) {
	if path == "" {
		return nil, nil, nil, usagef("no proof: give --proof PROOF")
	}
	b, err := openBundle(args)
	if err != nil {
		return nil, nil, nil, err
	}
	c, k, err := readProof(b, path)
	return b, c, k, err
}

// readProof reads a proof for the keys of b. That a proof was made for another
// model, or does not decode, makes the file a bad one; whether a proof that
// decodes is true is the verifier's to say.
func readProof(b *artifact.Bundle, path string) (*checkable, *keyed, error) {
	f, err := artifact.ReadProof(path)
	if err != nil {
		return nil, nil, bad(err)
	}
	if err := f.CheckKeys(b); err != nil {
		return nil, nil, badf("%s: %w", path, err)
	}
	system, err := systemOf(b, f.System)
	if err != nil {
		return nil, nil, err
	}
	k, err := readKeyed(b, system)
	if err != nil {
		return nil, nil, err
	}
	c, err := decodeProof(f, k, path)
	return c, k, err
}

// decodeProof decodes a proof for a key.
func decodeProof(f *artifact.ProofFile, k *keyed, path string) (*checkable, error) {
	c := &checkable{path: path, file: f, context: f.Statement.Context,
		claim: &statement.Claim{Input: f.Statement.Input, Output: f.Statement.Output, Commitments: make([]fr.Element, len(f.Statement.Commitments))}}
	for i, h := range f.Statement.Commitments {
		if err := c.claim.Commitments[i].SetBytesCanonical(h[:]); err != nil {
			return nil, badf("%s: commitment %d: %w", path, i, err)
		}
	}
	if err := c.z.SetBytesCanonical(f.Public.Z[:]); err != nil {
		return nil, badf("%s: public input Z: %w", path, err)
	}
	var err error
	if c.proof, err = k.vk.decode(f.Proof); err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return c, nil
}

// verify returns nil or an error that wraps verifier.ErrRejected. D and E are
// computed from the statement, but a file that has others was changed.
func (c *checkable) verify(k *keyed) error {
	err := c.proof.verify(k.id, c.context, c.claim, c.z)
	d, e := c.claim.Digest(k.id, c.context), statement.Evaluate(c.claim.Words(), c.z)
	switch {
	case err != nil:
	case c.file.Public.D != artifact.Hash(d.Bytes()):
		err = &verifier.RejectError{Reason: "public input D is not that of the statement"}
	case c.file.Public.E != artifact.Hash(e.Bytes()):
		err = &verifier.RejectError{Reason: "public input E is not that of the statement"}
	default:
		return nil
	}
	return fmt.Errorf("%s: %w", c.path, err)
}
