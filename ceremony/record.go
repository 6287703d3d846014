// SPDX-License-Identifier: Apache-2.0

package ceremony

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"unicode"

	"github.com/consensys/gnark-crypto/ecc"

	"github.com/zkml-go/zkml/artifact"
	"github.com/zkml-go/zkml/ceremony/ptau"
)

// Format and version of a record.
const (
	recordFormat  = "zkml-ceremony"
	recordVersion = 1
)

// Limits of records.
const (
	maxRecord        = 1 << 20
	maxContributions = 4096
	maxName          = 100
	maxConstraints   = 1 << ptau.MaxPower
	// MinBeacon and MaxBeacon bound the bytes of a beacon.
	MinBeacon, MaxBeacon = 32, 64
)

// A Subject says what the circuit of a ceremony is of, for whoever rebuilds it.
type Subject struct {
	System     string        `json:"system"`                // groth16, or sumcheck for its wrap
	Program    artifact.Hash `json:"program"`               // digest of the program
	ColumnVars int           `json:"column_vars,omitempty"` // of the wrap
}

// A Record is what ceremony.json has.
type Record struct {
	Format  string `json:"format"`
	Version int    `json:"version"`
	Subject
	Constraints   int            `json:"constraints"`
	Circuit       artifact.Hash  `json:"circuit"`       // of the constraints
	Powers        artifact.Hash  `json:"powers_of_tau"` // of those that the circuit uses
	Initial       artifact.Hash  `json:"initial"`
	Contributions []Contribution `json:"contributions"`
	Beacon        *Beacon        `json:"beacon,omitempty"`
}

// A Contribution is named by its hash. The name of the contributor is what he says.
type Contribution struct {
	Hash artifact.Hash `json:"hash"`
	Name string        `json:"name,omitempty"`
}

// A Beacon is a public random value, and the hash of the last contribution, which was published before.
type Beacon struct {
	Value artifact.Bytes `json:"value"`
	After artifact.Hash  `json:"after"`
}

// last returns the hash of the last state.
func (r *Record) last() artifact.Hash {
	if n := len(r.Contributions); n > 0 {
		return r.Contributions[n-1].Hash
	}
	return r.Initial
}

// stateLimit bounds the bytes of a state of the circuit: a point for each element of the domain and for each
// wire, of which circuits of range checks have up to two for a constraint, and what else there is.
func (r *Record) stateLimit() int64 {
	const wires, rest = 8, 1 << 16 // wires of a constraint
	domain := int64(ecc.NextPowerOfTwo(uint64(r.Constraints)))
	return rest + g1Bytes*(domain+wires*int64(r.Constraints))
}

func (r *Record) encode() ([]byte, error) {
	data, err := json.MarshalIndent(r, "", "  ")
	return append(data, '\n'), err
}

func decodeRecord(data []byte) (*Record, error) {
	r := new(Record)
	d := json.NewDecoder(bytes.NewReader(data))
	d.DisallowUnknownFields()
	if err := d.Decode(r); err != nil {
		return nil, err
	}
	if d.More() {
		return nil, errors.New("more than one value")
	}
	return r, r.check()
}

func (r *Record) check() error {
	switch {
	case r.Format != recordFormat:
		return errors.New("not the record of a ceremony")
	case r.Version != recordVersion:
		return fmt.Errorf("version %d, want %d", r.Version, recordVersion)
	case r.Constraints < 1 || r.Constraints > maxConstraints:
		return fmt.Errorf("%d constraints", r.Constraints)
	case len(r.Contributions) > maxContributions:
		return fmt.Errorf("%d contributions, at most %d", len(r.Contributions), maxContributions)
	}
	for i, c := range r.Contributions {
		if err := checkName(c.Name); err != nil {
			return fmt.Errorf("contribution %d: %w", i+1, err)
		}
	}
	if b := r.Beacon; b != nil {
		if err := checkBeacon(b.Value); err != nil {
			return err
		}
		if len(r.Contributions) == 0 || b.After != r.last() {
			return errors.New("the beacon is not of the last contribution")
		}
	}
	return nil
}

func checkBeacon(value []byte) error {
	if len(value) < MinBeacon || len(value) > MaxBeacon {
		return fmt.Errorf("a beacon of %d bytes, want %d to %d", len(value), MinBeacon, MaxBeacon)
	}
	return nil
}

func checkName(name string) error {
	if len(name) > maxName {
		return fmt.Errorf("a name of %d bytes, at most %d", len(name), maxName)
	}
	for _, r := range name {
		if !unicode.IsPrint(r) {
			return fmt.Errorf("a name with the character %q", r)
		}
	}
	return nil
}
