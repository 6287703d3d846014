// SPDX-License-Identifier: Apache-2.0

package snark

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"io"

	cs "github.com/consensys/gnark/constraint/bn254"

	"github.com/zkml-go/zkml/verifier/snark"
)

// Magic numbers and version of the files of this package. A file begins with 12 bytes: magic (8),
// version (2), system (1: Groth16, 2: PLONK) and a zero byte.
const (
	systemMagic = "zkml.cs\x00"
	keyMagic    = "zkml.pk\x00"
	fileVersion = 1
)

var systemNumbers = map[snark.System]byte{snark.Groth16: 1, snark.Plonk: 2}

func appendHeader(b []byte, magic string, system snark.System) []byte {
	b = binary.BigEndian.AppendUint16(append(b, magic...), fileVersion)
	return append(b, systemNumbers[system], 0)
}

func readHeader(r io.Reader, magic string) (snark.System, error) {
	var header [12]byte
	if _, err := io.ReadFull(r, header[:]); err != nil {
		return "", fmt.Errorf("header: %w", err)
	}
	if string(header[:len(magic)]) != magic {
		return "", errors.New("not such a file")
	}
	if version := binary.BigEndian.Uint16(header[8:]); version != fileVersion {
		return "", fmt.Errorf("format version %d, want %d", version, fileVersion)
	}
	for system, number := range systemNumbers {
		if header[10] == number && header[11] == 0 {
			return system, nil
		}
	}
	return "", fmt.Errorf("unknown system %d", binary.BigEndian.Uint16(header[10:]))
}

// WriteTo writes the constraint system: the header, the length (8 bytes) and the SHA-256 hash of the
// payload, and the payload, which is gnark's encoding.
func (c *ConstraintSystem) WriteTo(w io.Writer) (int64, error) {
	var payload bytes.Buffer
	if _, err := c.cs.WriteTo(&payload); err != nil {
		return 0, fmt.Errorf("encode constraint system: %w", err)
	}
	header := appendHeader(nil, systemMagic, c.system)
	header = binary.BigEndian.AppendUint64(header, uint64(payload.Len()))
	sum := sha256.Sum256(payload.Bytes())
	n, err := w.Write(append(header, sum[:]...))
	if err != nil {
		return int64(n), err
	}
	m, err := payload.WriteTo(w)
	return int64(n) + m, err
}

// ReadConstraintSystem reads what WriteTo wrote, to the end of r. The hints of the circuit must be
// registered in the program, as they are where the circuit is compiled.
//
// A damaged file is refused by its hash. The payload is decoded by gnark, which trusts its author: a
// file of somebody else must be pinned by its hash, as bundles do, before it is read here.
func ReadConstraintSystem(r io.Reader) (*ConstraintSystem, error) {
	c, err := readConstraintSystem(r)
	if err != nil {
		return nil, fmt.Errorf("constraint system: %w", err)
	}
	return c, nil
}

func readConstraintSystem(r io.Reader) (*ConstraintSystem, error) {
	system, err := readHeader(r, systemMagic)
	if err != nil {
		return nil, err
	}
	var prefix [8 + sha256.Size]byte
	if _, err := io.ReadFull(r, prefix[:]); err != nil {
		return nil, fmt.Errorf("header: %w", err)
	}
	// ReadAll allocates for what it reads, not for what the header says.
	payload, err := io.ReadAll(r)
	if err != nil {
		return nil, err
	}
	if want := binary.BigEndian.Uint64(prefix[:]); uint64(len(payload)) != want {
		return nil, fmt.Errorf("%d bytes of payload, want %d", len(payload), want)
	}
	if sum := sha256.Sum256(payload); !bytes.Equal(sum[:], prefix[8:]) {
		return nil, errors.New("damaged: the hash of the payload differs")
	}
	c, err := decodeSystem(payload)
	if err != nil {
		return nil, err
	}
	return newConstraintSystem(system, c)
}

// decodeSystem makes errors of gnark's panics on bytes that are no constraint system.
func decodeSystem(payload []byte) (c *cs.R1CS, err error) {
	defer func() {
		if p := recover(); p != nil {
			c, err = nil, fmt.Errorf("malformed payload: %v", p)
		}
	}()
	const innerHeader = 4 * 8 // length of the rest, and gnark's version
	if len(payload) < innerHeader || binary.LittleEndian.Uint64(payload) != uint64(len(payload)-innerHeader) {
		return nil, errors.New("malformed payload: wrong length")
	}
	c = new(cs.R1CS)
	if _, err := c.ReadFrom(bytes.NewReader(payload)); err != nil {
		return nil, err
	}
	return c, nil
}
