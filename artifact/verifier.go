// SPDX-License-Identifier: Apache-2.0

package artifact

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/zkml-go/zkml/ir"
)

// Format and version of a verifier file.
const (
	verifierFormat  = "zkml-verifier"
	verifierVersion = 1
)

// A VerifierFile is what proofs of one model are verified with: its name, its verifying
// keys, and the canonical text of its program, in which weights are hashes. NB: these
// hashes have no salt, whoever guesses all weights of a layer can confirm it.
type VerifierFile struct {
	Format  string        `json:"format"`  // set by EncodeVerifier
	Version int           `json:"version"` // set by EncodeVerifier
	Tool    string        `json:"tool"`    // name and version of the program that wrote the file
	Model   string        `json:"model"`   // name of the model
	Text    string        `json:"program"` // see ir.Program.WriteText
	Keys    []VerifierKey `json:"keys"`    // by system

	outline *ir.Outline
}

// A VerifierKey is the verifying key of a proof system.
type VerifierKey struct {
	System   string `json:"system"`
	Insecure bool   `json:"insecure"`
	Digest   Hash   `json:"vk_digest"`
	Key      Bytes  `json:"vk"`
}

// Verifier returns the verifier file of b, with the verifying keys of all systems that
// it has keys for.
func (b *Bundle) Verifier(tool string) (*VerifierFile, error) {
	m := b.Manifest()
	var text strings.Builder
	if err := b.Program().WriteText(&text); err != nil {
		return nil, err
	}
	v := &VerifierFile{Tool: tool, Model: m.Model, Text: text.String(), outline: b.Program().Outline()}
	for _, k := range m.Keys {
		data, err := b.OpenKey(k.System, "vk")
		if err != nil {
			return nil, err
		}
		v.Keys = append(v.Keys, VerifierKey{System: k.System, Insecure: k.Insecure, Digest: k.VKDigest, Key: data})
	}
	return v, v.check()
}

// Outline returns the outline of the program.
func (v *VerifierFile) Outline() *ir.Outline { return v.outline }

// VerifierKey returns the key of a system.
func (v *VerifierFile) VerifierKey(system string) (VerifierKey, error) {
	for _, k := range v.Keys {
		if k.System == system {
			return k, nil
		}
	}
	return VerifierKey{}, fmt.Errorf("no %s key: %w", clip(system), fs.ErrNotExist)
}

// check reads the outline and reports an error unless the parts of v fit each other.
func (v *VerifierFile) check() (err error) {
	if v.outline, err = ir.ReadOutline(v.Text); err != nil {
		return err
	}
	if len(v.Keys) == 0 {
		return fmt.Errorf("no keys")
	}
	for i, k := range v.Keys {
		switch {
		case !systemName.MatchString(k.System) || i > 0 && v.Keys[i-1].System >= k.System:
			return fmt.Errorf("keys of system %q: bad, repeated or out of order", clip(k.System))
		case len(k.Key) == 0 || k.Digest == Hash{}:
			return fmt.Errorf("%s keys: no verifying key or no digest", k.System)
		}
	}
	return nil
}

// EncodeVerifier returns the content of a verifier file.
func EncodeVerifier(v *VerifierFile) ([]byte, error) {
	out := *v
	out.Format, out.Version = verifierFormat, verifierVersion
	if err := out.check(); err != nil {
		return nil, fmt.Errorf("verifier file: %w", err)
	}
	data := encodeJSON(&out)
	if len(data) > maxJSON {
		return nil, fmt.Errorf("verifier file of %d bytes, want at most %d", len(data), maxJSON)
	}
	return data, nil
}

// ReadVerifier reads a verifier file of at most 16 MiB. It checks the form, and does not
// decode the keys. Errors name the file and wrap ErrCorrupt, ErrVersion or what the system
// says.
func ReadVerifier(path string) (*VerifierFile, error) {
	data, err := readUserFile(path)
	if err == nil {
		var v *VerifierFile
		if v, err = decodeVerifier(data); err == nil {
			return v, nil
		}
	}
	return nil, fmt.Errorf("verifier file %s: %w", path, err)
}

func decodeVerifier(data []byte) (*VerifierFile, error) {
	v := &VerifierFile{}
	if err := decodeJSON(data, verifierFormat, verifierVersion, v); err != nil {
		return nil, err
	}
	if err := v.check(); err != nil {
		return nil, fmt.Errorf("%w: %w", ErrCorrupt, err)
	}
	return v, nil
}

// CheckVerifier reports an error that wraps ErrMismatch unless the proof was made for the
// program of v and with the key that v has for the proof's system.
func (p *ProofFile) CheckVerifier(v *VerifierFile) error {
	if got := Hash(v.outline.Digest); got != p.Program {
		return fmt.Errorf("%w: the proof is of program %v, the verifier file of %v", ErrMismatch, p.Program, got)
	}
	k, err := v.VerifierKey(p.System)
	if err != nil {
		return fmt.Errorf("%w: the proof is a %s proof, the verifier file has no such key", ErrMismatch, p.System)
	}
	if k.Digest != p.Key {
		return fmt.Errorf("%w: the proof was made with %s key %v, the verifier file has %v", ErrMismatch, p.System, p.Key, k.Digest)
	}
	return nil
}

// IsVerifierFile reports whether path names a file, which a bundle is not.
func IsVerifierFile(path string) bool {
	info, err := os.Stat(filepath.Clean(path))
	return err == nil && !info.IsDir()
}
