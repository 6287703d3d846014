// SPDX-License-Identifier: Apache-2.0

package artifact

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/zkml-go/zkml/ir"
)

// Format and version of a proof file.
const (
	proofFormat  = "zkml-proof"
	proofVersion = 1
)

// A ProofFile is a proof with the statement that it proves, and nothing secret:
// no private tensor, no opening of a commitment.
type ProofFile struct {
	Format    string       `json:"format"`  // set by WriteProof
	Version   int          `json:"version"` // set by WriteProof
	Program   Hash         `json:"program"` // digest of the program that was run
	System    string       `json:"system"`
	Key       Hash         `json:"key"` // digest of the verifying key
	Statement Statement    `json:"statement"`
	Public    PublicInputs `json:"public"`
	Proof     Bytes        `json:"proof"`
}

// A Statement is what a proof says in the open. The bytes of the public inputs,
// one after the other in the order of the program, make Input, and likewise
// Output. Commitments are those to the committed inputs, then outputs.
type Statement struct {
	Context          Hash            `json:"context"` // what the proof is bound to
	Input            Bytes           `json:"input"`
	Output           Bytes           `json:"output"`
	Commitments      []Hash          `json:"commitments"`
	InputVisibility  []ir.Visibility `json:"input_visibility"`
	OutputVisibility []ir.Visibility `json:"output_visibility"`
}

// PublicInputs are the public inputs of the circuit, elements of its field, big
// endian. Whether they follow from the statement is for a verifier to say.
type PublicInputs struct {
	D Hash `json:"d"`
	Z Hash `json:"z"`
	E Hash `json:"e"`
}

// check reports an error unless the parts of p fit each other.
func (p *ProofFile) check() error {
	s := &p.Statement
	committed, public := 0, [2]bool{}
	for i, list := range [][]ir.Visibility{s.InputVisibility, s.OutputVisibility} {
		if len(list) == 0 {
			return fmt.Errorf("no visibility of inputs or outputs")
		}
		for _, v := range list {
			if err := v.Check(); err != nil {
				return err
			}
			public[i] = public[i] || v == ir.Public
			if v == ir.Committed {
				committed++
			}
		}
	}
	switch {
	case !systemName.MatchString(p.System):
		return fmt.Errorf("bad name of a proof system: %q", clip(p.System))
	case len(p.Proof) == 0:
		return fmt.Errorf("no proof")
	case s.Commitments == nil || len(s.Commitments) != committed:
		return fmt.Errorf("%d commitments, want %d", len(s.Commitments), committed)
	case (len(s.Input) > 0) != public[0]:
		return fmt.Errorf("%d bytes of input, visibility %v", len(s.Input), s.InputVisibility)
	case (len(s.Output) > 0) != public[1]:
		return fmt.Errorf("%d bytes of output, visibility %v", len(s.Output), s.OutputVisibility)
	}
	return nil
}

// WriteProof writes a proof file. A file that path names already is replaced
// once the new one is complete.
func WriteProof(path string, p ProofFile) error {
	p.Format, p.Version = proofFormat, proofVersion
	p.Statement.Commitments = append([]Hash{}, p.Statement.Commitments...) // [] and not null
	if err := p.check(); err != nil {
		return fmt.Errorf("proof %s: %w", path, err)
	}
	data := encodeJSON(&p)
	if len(data) > maxJSON {
		return fmt.Errorf("proof %s: %d bytes, want at most %d", path, len(data), maxJSON)
	}
	root, err := os.OpenRoot(filepath.Dir(path))
	if err == nil {
		defer root.Close()
		err = replace(root, filepath.Base(path), data)
	}
	if err != nil {
		return fmt.Errorf("proof %s: %w", path, err)
	}
	return nil
}

// ReadProof reads a proof file of at most 16 MiB. It checks the form, not the
// proof. Errors name the file and wrap ErrCorrupt, ErrVersion or what the system
// says.
func ReadProof(path string) (*ProofFile, error) {
	data, err := readUserFile(path)
	if err == nil {
		var p *ProofFile
		if p, err = decodeProof(data); err == nil {
			return p, nil
		}
	}
	return nil, fmt.Errorf("proof %s: %w", path, err)
}

func decodeProof(data []byte) (*ProofFile, error) {
	p := &ProofFile{}
	if err := decodeJSON(data, proofFormat, proofVersion, p); err != nil {
		return nil, err
	}
	if err := p.check(); err != nil {
		return nil, fmt.Errorf("%w: %w", ErrCorrupt, err)
	}
	return p, nil
}

// CheckKeys reports an error that wraps ErrMismatch unless the proof was made
// for the program of b and with the keys that b has for the proof's system.
func (p *ProofFile) CheckKeys(b *Bundle) error {
	if m := b.Manifest(); m.Program != p.Program {
		return fmt.Errorf("%w: the proof is of program %v, bundle %s is %v", ErrMismatch, p.Program, b.dir, m.Program)
	}
	k, ok := b.Keys(p.System)
	if !ok {
		return fmt.Errorf("%w: the proof is a %s proof, bundle %s has no such keys", ErrMismatch, p.System, b.dir)
	}
	if k.VKDigest != p.Key {
		return fmt.Errorf("%w: the proof was made with %s key %v, bundle %s has %v", ErrMismatch, p.System, p.Key, b.dir, k.VKDigest)
	}
	return nil
}

// readUserFile reads a file that a user names, which may be a link or a pipe, up
// to the limit for JSON.
func readUserFile(path string) ([]byte, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, unwrapPath(err)
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, maxJSON+1))
	if err == nil && len(data) > maxJSON {
		err = fmt.Errorf("%w: more than %d bytes", ErrCorrupt, maxJSON)
	}
	return data, unwrapPath(err)
}

// unwrapPath drops the name from an error about a file whose name is added later.
func unwrapPath(err error) error {
	var p *os.PathError
	if errors.As(err, &p) {
		return p.Err
	}
	return err
}
