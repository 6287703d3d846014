// SPDX-License-Identifier: Apache-2.0

// Package journal remembers which transactions were signed, so that a program that is stopped at any
// point and started again never sends one twice.
//
// A journal belongs to one account on one chain. It has steps, and a step has the signed transactions that
// were made for it. A transaction is in the file, on the disk, before a node may see it. Whoever starts
// again sends those bytes again, and a chain takes the same nonce of an account once only.
package journal

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"slices"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/gofrs/flock"

	"github.com/zkml-go/zkml/internal/atomicfile"
)

const (
	format  = "zkml-journal"
	version = 1
	// maxBytes bounds the size of a journal.
	maxBytes = 1 << 28
)

// Errors that wrap what is wrong with a journal.
var (
	// ErrCorrupt says that a file is no journal, or not a whole one.
	ErrCorrupt = errors.New("not a journal")
	// ErrOther says that a journal is of another account, or of another chain.
	ErrOther = errors.New("the journal is of another account or chain")
	// ErrFull says that a journal would become larger than one may be.
	ErrFull = errors.New("the journal is full")
	// ErrLocked says that another process uses the journal.
	ErrLocked = errors.New("the journal is in use by another process")
)

// A Header says whose journal it is.
type Header struct {
	ChainID string         `json:"chainId"` // decimal
	Genesis common.Hash    `json:"genesis"` // of block 0: test chains share their ids
	From    common.Address `json:"from"`
}

// A Step is one thing to be done once.
type Step struct {
	Name string
	// Signed are the transactions made for the step, the newest last. At most one of them has
	// an effect: those of one nonce exclude each other, and one with another nonce is made only when
	// all before it cannot be mined any more, or were mined and failed.
	Signed []*types.Transaction
	// Receipt is that of the transaction which did it, nil if none is known to have.
	Receipt *types.Receipt
}

// A Journal is an open journal. It is not safe for concurrent use.
type Journal struct {
	path   string // "" if it is kept in memory only
	header Header
	steps  []*Step
	lock   *flock.Flock
	limit  int // of the file, in bytes
}

// Memory returns an empty journal that is in no file.
func Memory() *Journal { return &Journal{} }

// Open opens the journal in a file, which need not exist, and locks it until Close. The lock is a file
// beside it. Errors name the file.
func Open(path string, h Header) (*Journal, error) {
	j, err := open(path, h)
	if err != nil {
		return nil, fmt.Errorf("journal %s: %w", path, err)
	}
	return j, nil
}

func open(path string, h Header) (*Journal, error) {
	lock := flock.New(path + ".lock")
	switch ok, err := lock.TryLock(); {
	case err != nil:
		return nil, err
	case !ok:
		return nil, ErrLocked
	}
	j := &Journal{path: path, header: h, lock: lock, limit: maxBytes}
	if err := j.read(); err != nil {
		return nil, errors.Join(err, lock.Unlock())
	}
	return j, nil
}

// Close unlocks the journal.
func (j *Journal) Close() error {
	if j.lock == nil {
		return nil
	}
	// The lock's file stays: to remove it would let two processes lock two files of one name.
	return j.lock.Unlock()
}

// Path returns the path of the file, "" if there is none.
func (j *Journal) Path() string { return j.path }

// Step returns a copy of a step, empty if the journal has none of that name.
func (j *Journal) Step(name string) Step {
	if s := j.find(name); s != nil {
		c := *s
		c.Signed = slices.Clone(s.Signed)
		return c
	}
	return Step{Name: name}
}

func (j *Journal) find(name string) *Step {
	for _, s := range j.steps {
		if s.Name == name {
			return s
		}
	}
	return nil
}

// Sign records a transaction for a step. When it returns without an error, and not before, the
// transaction may be sent.
func (j *Journal) Sign(name string, tx *types.Transaction) error {
	return j.change(name, func(s *Step) { s.Signed = append(s.Signed, tx) })
}

// Settle records that a step is done; a nil receipt takes that back, for a block may leave the chain.
func (j *Journal) Settle(name string, r *types.Receipt) error {
	return j.change(name, func(s *Step) { s.Receipt = r })
}

// change changes a step, in the file first.
func (j *Journal) change(name string, edit func(s *Step)) error {
	changed := j.Step(name)
	edit(&changed)
	steps := slices.Clone(j.steps)
	if i := slices.IndexFunc(steps, func(s *Step) bool { return s.Name == name }); i >= 0 {
		steps[i] = &changed
	} else {
		steps = append(steps, &changed)
	}
	if j.path != "" {
		data, err := encode(j.header, steps)
		if err == nil && len(data) > j.limit { // it could not be read again
			err = fmt.Errorf("%w: %d bytes, at most %d", ErrFull, len(data), j.limit)
		}
		if err == nil {
			err = atomicfile.WriteBytes(j.path, 0o600, data)
		}
		if err != nil {
			return fmt.Errorf("journal %s: %w", j.path, err)
		}
	}
	j.steps = steps
	return nil
}

func (j *Journal) read() error {
	info, err := os.Stat(j.path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	if info.Size() > int64(j.limit) {
		return fmt.Errorf("%w: %d bytes", ErrCorrupt, info.Size())
	}
	data, err := os.ReadFile(j.path)
	if err != nil {
		return err
	}
	header, steps, err := decode(data)
	if err != nil {
		return err
	}
	if header != j.header {
		return fmt.Errorf("%w: account %s on chain %s with genesis %s, want account %s on chain %s with genesis %s", ErrOther,
			header.From, header.ChainID, header.Genesis, j.header.From, j.header.ChainID, j.header.Genesis)
	}
	j.steps = steps
	return nil
}

type file struct {
	Format  string `json:"format"`
	Version int    `json:"version"`
	Header
	Steps []fileStep `json:"steps"`
}

type fileStep struct {
	Name   string         `json:"name"`
	Signed [][]byte       `json:"signed"` // in the encoding of eth_sendRawTransaction
	Done   *types.Receipt `json:"done,omitempty"`
}

func encode(h Header, steps []*Step) ([]byte, error) {
	f := file{Format: format, Version: version, Header: h}
	for _, s := range steps {
		fs := fileStep{Name: s.Name, Done: s.Receipt}
		for _, tx := range s.Signed {
			raw, err := tx.MarshalBinary()
			if err != nil {
				return nil, err
			}
			fs.Signed = append(fs.Signed, raw)
		}
		f.Steps = append(f.Steps, fs)
	}
	data, err := json.MarshalIndent(&f, "", " ")
	return append(data, '\n'), err
}

func decode(data []byte) (Header, []*Step, error) {
	var f file
	dec := json.NewDecoder(bytes.NewReader(data))
	dec.DisallowUnknownFields()
	if err := dec.Decode(&f); err != nil {
		return Header{}, nil, fmt.Errorf("%w: %w", ErrCorrupt, err)
	}
	if f.Format != format || f.Version != version {
		return Header{}, nil, fmt.Errorf("%w: format %q, version %d", ErrCorrupt, f.Format, f.Version)
	}
	var steps []*Step
	seen := map[string]bool{}
	for _, fs := range f.Steps {
		if seen[fs.Name] {
			return Header{}, nil, fmt.Errorf("%w: two steps %q", ErrCorrupt, fs.Name)
		}
		seen[fs.Name] = true
		s := &Step{Name: fs.Name, Receipt: fs.Done}
		for _, raw := range fs.Signed {
			tx := new(types.Transaction)
			if err := tx.UnmarshalBinary(raw); err != nil {
				return Header{}, nil, fmt.Errorf("%w: step %q: %w", ErrCorrupt, fs.Name, err)
			}
			s.Signed = append(s.Signed, tx)
		}
		steps = append(steps, s)
	}
	return f.Header, steps, nil
}
