// SPDX-License-Identifier: Apache-2.0

// Package ptau reads powers of tau, the result of the first phase of a ceremony, from the .ptau files of
// snarkjs. Nothing in a file is trusted: points are canonical, on their curves and in their groups, and
// consecutive powers of one secret, whatever the file says.
//
//	"ptau", version 1, number of sections; sections: type (4 bytes), size (8 bytes), data
//
// All numbers are little-endian. Coordinates are in Montgomery form with R = 2²⁵⁶. For N = 2ᵖ, sections are
//
//	1  header: 32, the field's modulus, p, the power of the ceremony
//	2  [τⁱ]₁, i < 2N − 1
//	3  [τⁱ]₂, i < N
//	4  [ατⁱ]₁, i < N
//	5  [βτⁱ]₁, i < N
//	6  [β]₂
//	7  contributions, which are not read
//	12 to 15, if it is prepared for phase 2: 2 to 5 in the Lagrange bases of 1, 2, 4, …, N roots of unity
//
// NB! That powers are well-formed says nothing of who knows τ, α and β. Compare the hash of a file with the
// one that its ceremony published, or verify its contributions with snarkjs.
//
// https://github.com/iden3/snarkjs
package ptau

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"

	"github.com/consensys/gnark-crypto/ecc/bn254/fp"
)

// Magic is what files begin with.
const Magic = "ptau"

// MaxPower bounds the size of files, 2²⁸ being the largest ceremony's.
const MaxPower = 28

// Types of sections that are read.
const (
	sectionHeader     = 1
	sectionTauG1      = 2
	sectionTauG2      = 3
	sectionAlphaTauG1 = 4
	sectionBetaTauG1  = 5
	sectionBetaG2     = 6
)

const (
	version     = 1
	maxSections = 32 // snarkjs writes up to 11
	fpBytes     = fp.Bytes
	g1Bytes     = 2 * fpBytes
	g2Bytes     = 4 * fpBytes
	headerBytes = 4 + fpBytes + 4 + 4
)

// A File is an open file whose sections have the sizes that its header asks for. Its points are read, and
// checked, as they are needed.
type File struct {
	r        io.ReaderAt
	power    int
	sections map[uint32]section
}

// A section is where data is in a file.
type section struct{ at, size int64 }

// Open reads the header and the table of sections of a file of size bytes.
func Open(r io.ReaderAt, size int64) (*File, error) {
	f := &File{r: r, sections: map[uint32]section{}}
	if err := f.readSections(size); err != nil {
		return nil, fmt.Errorf("powers of tau: %w", err)
	}
	if err := f.readHeader(); err != nil {
		return nil, fmt.Errorf("powers of tau: header: %w", err)
	}
	n := int64(1) << f.power
	for _, s := range []struct {
		id   uint32
		name string
		size int64
	}{
		{sectionTauG1, "powers of tau in G1", (2*n - 1) * g1Bytes},
		{sectionTauG2, "powers of tau in G2", n * g2Bytes},
		{sectionAlphaTauG1, "powers of tau times alpha", n * g1Bytes},
		{sectionBetaTauG1, "powers of tau times beta", n * g1Bytes},
		{sectionBetaG2, "beta in G2", g2Bytes},
	} {
		if got, ok := f.sections[s.id]; !ok {
			return nil, fmt.Errorf("powers of tau: no section with %s", s.name)
		} else if got.size != s.size {
			return nil, fmt.Errorf("powers of tau: %d bytes of %s, want %d for 2^%d powers", got.size, s.name, s.size, f.power)
		}
	}
	return f, nil
}

// Power returns p: the file has 2ᵖ powers in G2, which is the largest circuit that it serves.
func (f *File) Power() int { return f.power }

// NumPowers returns the number of powers in G1, 2ᵖ⁺¹ − 1.
func (f *File) NumPowers() int { return 2<<f.power - 1 }

// readSections reads the table of sections, which fill the file.
func (f *File) readSections(size int64) error {
	const prefix = len(Magic) + 4 + 4
	var b [prefix]byte
	if err := f.read(b[:], 0); err != nil {
		return err
	}
	if !bytes.HasPrefix(b[:], []byte(Magic)) {
		return errors.New("not a .ptau file")
	}
	if v := binary.LittleEndian.Uint32(b[4:]); v != version {
		return fmt.Errorf("version %d, want %d", v, version)
	}
	n := binary.LittleEndian.Uint32(b[8:])
	if n > maxSections {
		return fmt.Errorf("%d sections, at most %d", n, maxSections)
	}
	at := int64(prefix)
	for i := range n {
		var h [12]byte
		if err := f.read(h[:], at); err != nil {
			return fmt.Errorf("section %d of %d: %w", i+1, n, err)
		}
		at += int64(len(h))
		id, length := binary.LittleEndian.Uint32(h[:]), binary.LittleEndian.Uint64(h[4:])
		if length > uint64(max(size-at, 0)) {
			return fmt.Errorf("section %d of %d claims %d bytes, the file has %d more", i+1, n, length, max(size-at, 0))
		}
		if _, ok := f.sections[id]; ok {
			return fmt.Errorf("two sections of type %d", id)
		}
		f.sections[id] = section{at, int64(length)}
		at += int64(length)
	}
	if at != size {
		return fmt.Errorf("%d bytes after the last section", size-at)
	}
	return nil
}

func (f *File) readHeader() error {
	s, ok := f.sections[sectionHeader]
	if !ok || s.size != headerBytes {
		return fmt.Errorf("%d bytes, want %d", s.size, headerBytes)
	}
	var b [headerBytes]byte
	if err := f.read(b[:], s.at); err != nil {
		return err
	}
	if n := binary.LittleEndian.Uint32(b[:]); n != fpBytes {
		return fmt.Errorf("field elements of %d bytes, want %d", n, fpBytes)
	}
	var modulus [fpBytes]byte
	fp.Modulus().FillBytes(modulus[:])
	for i := range modulus {
		if b[4+i] != modulus[fpBytes-1-i] {
			return errors.New("the powers are not on the curve BN254")
		}
	}
	power := binary.LittleEndian.Uint32(b[4+fpBytes:])
	if power < 1 || power > MaxPower {
		return fmt.Errorf("2^%d powers, want 2^1 to 2^%d", power, MaxPower)
	}
	f.power = int(power)
	return nil
}

// read fills b from an offset.
func (f *File) read(b []byte, at int64) error {
	if n, err := f.r.ReadAt(b, at); n < len(b) {
		if err == io.EOF || err == nil {
			return io.ErrUnexpectedEOF
		}
		return err
	}
	return nil
}
