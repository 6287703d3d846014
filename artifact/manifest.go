// SPDX-License-Identifier: Apache-2.0

package artifact

import (
	"crypto/sha256"
	"fmt"
	"regexp"
	"slices"
	"strings"
)

// Names of files in a bundle.
const (
	manifestFile = "manifest.json"
	programFile  = "program.zkml"
	reportFile   = "report.json"
)

// Format and version of a manifest. A change that this code could misread takes
// a new version.
const (
	manifestFormat  = "zkml-bundle"
	manifestVersion = 1
)

// Parts are the files that belong to the keys of a proof system: the constraint
// system, the proving key and the verifying key, and of systems that commit to columns
// the key that they are committed to with.
var Parts = []string{"ccs", "ck", "pk", "vk"}

// Meta says where a program came from.
type Meta struct {
	Tool   string `json:"tool"`   // name and version of the program that made the bundle
	Model  string `json:"model"`  // name of the model
	Source Hash   `json:"source"` // SHA-256 of the file that was compiled
}

// A Manifest describes a bundle.
type Manifest struct {
	Format  string `json:"format"`
	Version int    `json:"version"`
	Meta
	Program Hash      `json:"program"` // ir.Program.Digest
	Files   []File    `json:"files"`   // all but the manifest, by name
	Keys    []KeyInfo `json:"keys"`    // by system
	// Checksum is the SHA-256 of the manifest's JSON without spaces, with this
	// field zero.
	Checksum Hash `json:"checksum"`
}

// A File is the expected content of one file of a bundle.
type File struct {
	Name   string `json:"name"`
	Size   int64  `json:"size"`
	SHA256 Hash   `json:"sha256"`
}

// A KeyInfo describes the keys of one proof system. AddKeys fills in System
// and Files.
type KeyInfo struct {
	System      string            `json:"system"`  // groth16, plonk, sumcheck
	Program     Hash              `json:"program"` // digest of the program that the keys were made from
	Insecure    bool              `json:"insecure"`
	Constraints int               `json:"constraints"`
	VKDigest    Hash              `json:"vk_digest"`
	Setup       string            `json:"setup"`      // how the keys were made
	CreatedBy   string            `json:"created_by"` // name and version of the program that made them
	Files       map[string]string `json:"files"`      // part → file
}

func (k KeyInfo) check(program Hash) error {
	switch {
	case k.Program != program:
		return fmt.Errorf("%s keys: %w: they belong to program %v, this is %v", k.System, ErrMismatch, k.Program, program)
	case k.Constraints <= 0:
		return fmt.Errorf("%s keys: %d constraints", k.System, k.Constraints)
	case k.VKDigest == Hash{}:
		return fmt.Errorf("%s keys: no digest of the verifying key", k.System)
	case k.Setup == "" || k.CreatedBy == "":
		return fmt.Errorf("%s keys: no word on how and by what they were made", k.System)
	}
	return nil
}

var (
	systemName = regexp.MustCompile(`^[a-z0-9]{1,32}(-[a-z0-9]{1,32}){0,3}$`)
	// keyName matches what keyFile returns.
	keyName = regexp.MustCompile(`^[a-z0-9-]+(\.[1-9][0-9]*)?\.(` + strings.Join(Parts, "|") + `)$`)
)

// keyFile returns the name of a key file of a generation, 1 being the first.
func keyFile(system, part string, generation int) string {
	if generation == 1 {
		return system + "." + part
	}
	return fmt.Sprintf("%s.%d.%s", system, generation, part)
}

// decodeManifest reads a manifest and checks it in itself.
func decodeManifest(data []byte) (*Manifest, error) {
	m := &Manifest{}
	if err := decodeJSON(data, manifestFormat, manifestVersion, m); err != nil {
		return nil, err
	}
	if m.checksum() != m.Checksum {
		return nil, fmt.Errorf("%w: the checksum is wrong", ErrCorrupt)
	}
	if err := m.check(); err != nil {
		return nil, fmt.Errorf("%w: %w", ErrCorrupt, err)
	}
	return m, nil
}

// encode completes m and returns its file.
func (m *Manifest) encode() []byte {
	m.Format, m.Version = manifestFormat, manifestVersion
	slices.SortFunc(m.Files, func(a, b File) int { return strings.Compare(a.Name, b.Name) })
	slices.SortFunc(m.Keys, func(a, b KeyInfo) int { return strings.Compare(a.System, b.System) })
	if m.Keys == nil {
		m.Keys = []KeyInfo{}
	}
	m.Checksum = m.checksum()
	return encodeJSON(m)
}

func (m *Manifest) checksum() Hash {
	c := *m
	c.Checksum = Hash{}
	return sha256.Sum256(compactJSON(&c))
}

// check reports an error unless every listed file is the program, the report or
// a file of the keys, and the other way round.
func (m *Manifest) check() error {
	if m.Keys == nil {
		return fmt.Errorf("no list of keys")
	}
	expected := map[string]bool{programFile: true}
	if m.file(reportFile) != nil {
		expected[reportFile] = true
	}
	for i, k := range m.Keys {
		if !systemName.MatchString(k.System) || i > 0 && m.Keys[i-1].System >= k.System {
			return fmt.Errorf("keys of system %q: bad, repeated or out of order", clip(k.System))
		}
		if err := k.check(m.Program); err != nil {
			return err
		}
		if len(k.Files) == 0 {
			return fmt.Errorf("%s keys: no files", k.System)
		}
		for part, name := range k.Files {
			if !slices.Contains(Parts, part) || !keyName.MatchString(name) || expected[name] {
				return fmt.Errorf("%s keys: file %q for part %q", k.System, clip(name), clip(part))
			}
			expected[name] = true
		}
	}
	for i, f := range m.Files {
		if !expected[f.Name] || i > 0 && m.Files[i-1].Name >= f.Name {
			return fmt.Errorf("file %q: unexpected, repeated or out of order", clip(f.Name))
		}
	}
	if len(m.Files) != len(expected) {
		return fmt.Errorf("%d files are listed, %d are expected", len(m.Files), len(expected))
	}
	return nil
}

// file returns the entry of a file, or nil.
func (m *Manifest) file(name string) *File {
	for i := range m.Files {
		if m.Files[i].Name == name {
			return &m.Files[i]
		}
	}
	return nil
}

// keys returns the keys of a system, or nil.
func (m *Manifest) keys(system string) *KeyInfo {
	for i := range m.Keys {
		if m.Keys[i].System == system {
			return &m.Keys[i]
		}
	}
	return nil
}

// clone returns a copy that shares nothing with m.
func (m *Manifest) clone() *Manifest {
	c := *m
	c.Files = slices.Clone(m.Files)
	c.Keys = slices.Clone(m.Keys)
	for i, k := range c.Keys {
		c.Keys[i] = k.clone()
	}
	return &c
}

func (k KeyInfo) clone() KeyInfo {
	files := make(map[string]string, len(k.Files))
	for part, name := range k.Files {
		files[part] = name
	}
	k.Files = files
	return k
}
