// SPDX-License-Identifier: Apache-2.0

package main

import (
	"encoding/json"
	"errors"
	"io/fs"
	"os"

	"github.com/zkml-go/zkml/artifact"
)

// Format and version of an opening file.
const (
	openingFormat  = "zkml-opening"
	openingVersion = 1
)

// An opening is what opens the commitments of a proof.
type opening struct {
	Format  string          `json:"format"`
	Version int             `json:"version"`
	Salts   []artifact.Hash `json:"salts"` // of the committed inputs, then outputs
	// Commitments are those that the salts open, in the same order, to tell
	// openings apart.
	Commitments []artifact.Hash `json:"commitments"`
}

// openingPath names the file for the opening of a proof.
func openingPath(proof string) string { return proof + ".opening" }

// openingFree reports an error if there is an opening for the proof already: it
// belongs to another proof, and without it nobody can open that proof's
// commitments.
func openingFree(proof string) error {
	switch _, err := os.Lstat(openingPath(proof)); {
	case err == nil:
		return hinted("move it away or choose another name for the proof", &fs.PathError{Op: "write", Path: openingPath(proof), Err: fs.ErrExist})
	case errors.Is(err, fs.ErrNotExist):
		return nil
	default:
		return bad(err)
	}
}

// writeOpening writes the salts of a proof beside it, readable by their owner
// only. It writes nothing, and returns "", if there are none.
func writeOpening(proof string, r *provedRun) (path string, err error) {
	if len(r.salts) == 0 {
		return "", nil
	}
	o := opening{Format: openingFormat, Version: openingVersion}
	for i := range r.salts {
		o.Salts = append(o.Salts, r.salts[i].Bytes())
		o.Commitments = append(o.Commitments, r.claim.Commitments[i].Bytes())
	}
	data, err := json.MarshalIndent(&o, "", "  ")
	if err != nil {
		return "", err
	}
	if err := openingFree(proof); err != nil {
		return "", err
	}
	path = openingPath(proof)
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return "", bad(err)
	}
	_, err = f.Write(append(data, '\n'))
	if err = errors.Join(err, f.Sync(), f.Close()); err != nil {
		os.Remove(path)
		return "", bad(err)
	}
	return path, nil
}
