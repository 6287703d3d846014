// SPDX-License-Identifier: Apache-2.0

package ceremony

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"

	"github.com/consensys/gnark/backend/groth16/bn254/mpcsetup"

	"github.com/zkml-go/zkml/artifact"
	"github.com/zkml-go/zkml/internal/atomicfile"
)

// recordFile is the name of a record.
const recordFile = "ceremony.json"

// A Ceremony is an open directory. What it holds is not verified, but see Verify.
type Ceremony struct {
	dir    string
	record *Record
}

// Create begins a ceremony in dir, which must not exist or be empty.
func Create(dir string, circuit *Circuit, subject Subject) (*Ceremony, error) {
	c, err := create(dir, circuit, subject)
	if err != nil {
		return nil, fmt.Errorf("ceremony %s: %w", dir, err)
	}
	return c, nil
}

func create(dir string, circuit *Circuit, subject Subject) (*Ceremony, error) {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return nil, err
	}
	if entries, err := os.ReadDir(dir); err != nil || len(entries) > 0 {
		return nil, errors.Join(errors.New("the directory is not empty"), err)
	}
	state, _ := circuit.initialize()
	c := &Ceremony{dir: dir, record: &Record{
		Format: recordFormat, Version: recordVersion, Subject: subject, Constraints: circuit.r1cs.GetNbConstraints(),
		Circuit: circuit.digest, Powers: circuit.powersDigest, Contributions: []Contribution{},
	}}
	// With a limit that the circuit exceeds, nobody could read what is written.
	size, err := state.WriteTo(io.Discard)
	if limit := c.record.stateLimit(); err != nil || size > limit {
		return nil, errors.Join(fmt.Errorf("a state of %d bytes, at most %d", size, limit), err)
	}
	if c.record.Initial, err = c.write(0, state); err != nil {
		return nil, err
	}
	return c, c.save(c.record)
}

// Open opens the ceremony in a directory.
func Open(dir string) (*Ceremony, error) {
	data, err := readAtMost(filepath.Join(dir, recordFile), maxRecord)
	if err != nil {
		return nil, fmt.Errorf("ceremony %s: %w", dir, err)
	}
	r, err := decodeRecord(data)
	if err != nil {
		return nil, fmt.Errorf("ceremony %s: %s: %w", dir, recordFile, err)
	}
	return &Ceremony{dir, r}, nil
}

// Record returns a copy of the record.
func (c *Ceremony) Record() Record {
	r := *c.record
	r.Contributions = slices.Clone(r.Contributions)
	return r
}

// Transcript returns the SHA-256 hash of the record's encoding: the ceremony in 32 bytes.
func (c *Ceremony) Transcript() (artifact.Hash, error) {
	data, err := c.record.encode()
	return sha256.Sum256(data), err
}

// Contribute adds a contribution, with whatever the contributor adds to the random numbers of the system
// and calls himself. It verifies what it made, not what was there before.
func (c *Ceremony) Contribute(name string, extra []byte) (Contribution, error) {
	made, err := c.contribute(name, extra)
	if err != nil {
		return Contribution{}, fmt.Errorf("ceremony %s: %w", c.dir, err)
	}
	return made, nil
}

func (c *Ceremony) contribute(name string, extra []byte) (made Contribution, err error) {
	n := len(c.record.Contributions)
	switch {
	case c.record.Beacon != nil:
		return made, errors.New("the beacon is fixed: no contribution follows it")
	case n == maxContributions:
		return made, fmt.Errorf("it has %d contributions, which is the most", n)
	}
	if err := checkName(name); err != nil {
		return made, err
	}
	before, err := c.read(n)
	if err != nil {
		return made, err
	}
	next, err := c.read(n)
	if err != nil {
		return made, err
	}
	if err := contribute(next, c.record.last(), extra); err != nil {
		return made, err
	}
	if err := follows(before, c.record.last(), next); err != nil {
		return made, fmt.Errorf("internal error: %w", err)
	}
	made.Name = name
	if made.Hash, err = c.write(n+1, next); err != nil {
		return made, err
	}
	r := c.Record()
	r.Contributions = append(r.Contributions, made)
	return made, c.save(&r)
}

// SetBeacon fixes the beacon. No contribution follows.
func (c *Ceremony) SetBeacon(value []byte) error {
	if err := c.setBeacon(value); err != nil {
		return fmt.Errorf("ceremony %s: %w", c.dir, err)
	}
	return nil
}

func (c *Ceremony) setBeacon(value []byte) error {
	switch {
	case c.record.Beacon != nil:
		return errors.New("it has a beacon, which cannot be changed")
	case len(c.record.Contributions) == 0:
		return errors.New("nobody contributed: with a beacon alone everybody could forge proofs")
	}
	if err := checkBeacon(value); err != nil {
		return err
	}
	r := c.Record()
	r.Beacon = &Beacon{value, r.last()}
	return c.save(&r)
}

func (c *Ceremony) path(i int) string { return filepath.Join(c.dir, fmt.Sprintf("%04d.phase2", i)) }

// read returns the state after contribution i, if it has the hash that the record has.
func (c *Ceremony) read(i int) (*mpcsetup.Phase2, error) {
	data, err := readAtMost(c.path(i), c.record.stateLimit())
	if err != nil {
		return nil, err
	}
	want := c.record.Initial
	if i > 0 {
		want = c.record.Contributions[i-1].Hash
	}
	if got := artifact.Hash(sha256.Sum256(data)); got != want {
		return nil, fmt.Errorf("%s was altered: its hash is %v, in the record %v", filepath.Base(c.path(i)), got, want)
	}
	p, err := decode(data)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", filepath.Base(c.path(i)), err)
	}
	return p, nil
}

// write writes the state after contribution i and returns its hash.
func (c *Ceremony) write(i int, p *mpcsetup.Phase2) (artifact.Hash, error) {
	h := sha256.New()
	err := atomicfile.Write(c.path(i), 0o644, func(w io.Writer) error {
		_, err := p.WriteTo(hashed{w, h})
		return err
	})
	return artifact.Hash(h.Sum(nil)), err
}

// save writes a record, which becomes that of c.
func (c *Ceremony) save(r *Record) error {
	data, err := r.encode()
	if err != nil {
		return err
	}
	if err := r.check(); err != nil {
		return fmt.Errorf("internal error: %w", err)
	}
	if err := atomicfile.WriteBytes(filepath.Join(c.dir, recordFile), 0o644, data); err != nil {
		return err
	}
	c.record = r
	return nil
}

// readAtMost reads a regular file of at most limit bytes.
func readAtMost(path string, limit int64) ([]byte, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() { // to open a pipe would wait for who writes into it
		return nil, &fs.PathError{Op: "read", Path: path, Err: errors.New("not a regular file")}
	}
	if info.Size() > limit {
		return nil, fmt.Errorf("%s: %d bytes, at most %d", path, info.Size(), limit)
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	data := make([]byte, info.Size())
	_, err = io.ReadFull(f, data)
	return data, err
}
