// SPDX-License-Identifier: Apache-2.0

package main

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"os"

	"github.com/consensys/gnark-crypto/ecc/bn254/kzg"

	"github.com/zkml-go/zkml/ceremony/ptau"
	psnark "github.com/zkml-go/zkml/prover/snark"
)

// withSRS opens the file of powers of tau, if there is one. An error of what is done with
// it is one of the file.
func withSRS(o *setupOptions, do func(srs psnark.SRS) error) error {
	if o.srs == "" {
		return do(nil)
	}
	file, err := openSRS(o.srs, o.srsHash)
	if err != nil {
		return err
	}
	defer file.Close()
	if err := do(file.powers); err != nil {
		return badf("%s: %w", o.srs, err)
	}
	return nil
}

// An srsFile is an open file of powers of tau in one of two encodings: that of snarkjs,
// .ptau, and that of gnark-crypto.
type srsFile struct {
	*os.File
	ptau *ptau.File // or nil
}

// openSRS opens a file of powers of tau. If hash is not "", it is the SHA-256 hash of the
// file, in hexadecimal.
func openSRS(path, hash string) (*srsFile, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, bad(err)
	}
	s := &srsFile{File: file}
	if err := s.read(hash); err != nil {
		file.Close()
		return nil, badf("%s: %w", path, err)
	}
	return s, nil
}

func (s *srsFile) read(hash string) error {
	if hash != "" {
		h := sha256.New()
		if _, err := io.Copy(h, s.File); err != nil {
			return err
		}
		if got := hex.EncodeToString(h.Sum(nil)); got != hash {
			return fmt.Errorf("SHA-256 hash %s, --srs-sha256 wants %s", got, hash)
		}
	}
	info, err := s.Stat()
	if err != nil {
		return err
	}
	magic := make([]byte, len(ptau.Magic))
	if n, _ := s.ReadAt(magic, 0); string(magic[:n]) == ptau.Magic {
		s.ptau, err = ptau.Open(s.File, info.Size())
	}
	return err
}

// powers returns the first n powers, checked.
func (s *srsFile) powers(n int) (*kzg.SRS, error) {
	if s.ptau != nil {
		return s.ptau.SRS(n)
	}
	if _, err := s.Seek(0, io.SeekStart); err != nil {
		return nil, err
	}
	return psnark.ReadSRS(s.File, n)
}

// parseHash reports an error unless s is a SHA-256 hash as openSRS takes it, or "".
func parseHash(s string) error {
	if data, err := hex.DecodeString(s); err != nil || (s != "" && len(data) != sha256.Size) || s != hex.EncodeToString(data) {
		return usagef("--srs-sha256 %q, want %d lower-case hexadecimal digits", s, 2*sha256.Size)
	}
	return nil
}
