// SPDX-License-Identifier: Apache-2.0

// Package artifact reads and writes the files that commands hand to each other:
// model bundles and proofs.
//
// A bundle is a directory, NAME.zkml, that holds a compiled program, the keys
// made from it and a manifest:
//
//	manifest.json   version, origin, digest of the program, size and SHA-256 of every file
//	program.zkml    the integer program (ir.Encode)
//	report.json     what the compiler said of it; optional
//	groth16.ccs     constraint system, proving key and verifying key of a proof
//	groth16.pk      system, for each system that was set up; a later setup of
//	groth16.vk      the same system takes the names groth16.2.ccs and so on
//	sumcheck.ck     the commitment key of the sumcheck system, whose other files
//	                belong to its wrap; it holds the blinds of the weights
//
// Whatever is read is compared with the manifest before use; whatever is
// written appears whole or not at all. Hashes find damage and mix-ups. They do
// not make a bundle trustworthy: who can write the directory can write the
// manifest.
package artifact

import (
	"encoding/hex"
	"errors"
	"fmt"
)

var (
	// ErrCorrupt is wrapped when a file is not what its format, its size, its
	// hash or another file says that it is.
	ErrCorrupt = errors.New("damaged or inconsistent file")
	// ErrVersion is wrapped when a file has a version that this code cannot read.
	ErrVersion = errors.New("unknown version")
	// ErrMismatch is wrapped when something was made for another model.
	ErrMismatch = errors.New("made for another model")
)

// A Hash is 32 bytes: a digest, a commitment or a field element, big endian.
// Its text is 0x and 64 lower-case hexadecimal digits.
type Hash [32]byte

// String returns the text of h.
func (h Hash) String() string { return "0x" + hex.EncodeToString(h[:]) }

// MarshalText implements encoding.TextMarshaler.
func (h Hash) MarshalText() ([]byte, error) { return []byte(h.String()), nil }

// UnmarshalText implements encoding.TextUnmarshaler.
func (h *Hash) UnmarshalText(text []byte) error {
	var b Bytes
	if err := b.UnmarshalText(text); err != nil {
		return err
	}
	if len(b) != len(h) {
		return fmt.Errorf("%d bytes, want %d", len(b), len(h))
	}
	copy(h[:], b)
	return nil
}

// Bytes are written as 0x and hexadecimal digits.
type Bytes []byte

// MarshalText implements encoding.TextMarshaler.
func (b Bytes) MarshalText() ([]byte, error) { return []byte("0x" + hex.EncodeToString(b)), nil }

// UnmarshalText implements encoding.TextUnmarshaler.
func (b *Bytes) UnmarshalText(text []byte) error {
	if len(text) < 2 || text[0] != '0' || text[1] != 'x' {
		return fmt.Errorf("hexadecimal bytes do not start with 0x")
	}
	out := make([]byte, hex.DecodedLen(len(text)-2))
	if _, err := hex.Decode(out, text[2:]); err != nil {
		return err
	}
	*b = out
	return nil
}
