// SPDX-License-Identifier: Apache-2.0

package artifact

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"sync"

	"github.com/zkml-go/zkml/ir"
)

const (
	// smallFile is the size up to which Open compares the hash of a file.
	smallFile = 1 << 20
	// maxFile bounds the size of any file of a bundle.
	maxFile = 1 << 40
)

// A Bundle is an open bundle directory. It is safe for concurrent use.
type Bundle struct {
	dir     string
	program *ir.Program

	mu       sync.Mutex
	manifest *Manifest
}

// Open opens the bundle in dir: it reads the manifest, checks that every file
// is there and has its size, compares the hashes of the program and of all
// files up to 1 MiB, and the program's digest with the manifest's. Larger files
// are compared when they are read. Errors name the file and wrap ErrCorrupt,
// ErrVersion, fs.ErrNotExist or what the system says.
func Open(dir string) (*Bundle, error) {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, fmt.Errorf("bundle %s: %w", dir, err)
	}
	defer root.Close()
	m, err := readManifest(root)
	if err != nil {
		return nil, err
	}
	for {
		b, err := open(root, m)
		if err == nil {
			b.dir = dir
			return b, nil
		}
		// Keys may have been replaced since the manifest was read.
		now, again := readManifest(root)
		if again != nil || now.Checksum == m.Checksum {
			return nil, err
		}
		m = now
	}
}

// open opens the bundle that m describes.
func open(root *os.Root, m *Manifest) (*Bundle, error) {
	b := &Bundle{manifest: m}
	for _, f := range m.Files {
		if f.Name == programFile || f.Size <= smallFile {
			data, err := readListed(root, f)
			if err != nil {
				return nil, err
			}
			if f.Name == programFile {
				b.program, err = ir.Decode(data)
			}
			if err != nil {
				return nil, fileError(root, f.Name, fmt.Errorf("%w: %w", ErrCorrupt, err))
			}
		} else if err := checkSize(root, f); err != nil {
			return nil, err
		}
	}
	if d := Hash(b.program.Digest()); d != m.Program {
		return nil, fileError(root, programFile, fmt.Errorf("%w: its digest is %v, the manifest's %v", ErrCorrupt, d, m.Program))
	}
	return b, nil
}

// Dir returns the directory that was given to Open or Create.
func (b *Bundle) Dir() string { return b.dir }

// Program returns the integer program.
func (b *Bundle) Program() *ir.Program { return b.program }

// Manifest returns a copy of the manifest.
func (b *Bundle) Manifest() Manifest {
	b.mu.Lock()
	defer b.mu.Unlock()
	return *b.manifest.clone()
}

// Report returns the compiler's report, JSON, or nil if there is none.
func (b *Bundle) Report() ([]byte, error) {
	m := b.Manifest()
	if m.file(reportFile) == nil {
		return nil, nil
	}
	return b.OpenFile(reportFile)
}

// Keys returns what the bundle says of the keys of a proof system and whether
// it has any.
func (b *Bundle) Keys(system string) (KeyInfo, bool) {
	m := b.Manifest()
	if k := m.keys(system); k != nil {
		return *k, true
	}
	return KeyInfo{}, false
}

// OpenKey returns the content of one part, see Parts, of the keys of a system.
// It wraps fs.ErrNotExist if the bundle has none.
func (b *Bundle) OpenKey(system, part string) ([]byte, error) {
	k, _ := b.Keys(system)
	name, ok := k.Files[part]
	if !ok {
		return nil, fmt.Errorf("bundle %s has no %s.%s: %w", b.dir, system, part, fs.ErrNotExist)
	}
	return b.OpenFile(name)
}

// OpenFile returns the content of a file that the manifest lists, after
// comparing its size and hash.
func (b *Bundle) OpenFile(name string) ([]byte, error) {
	m := b.Manifest()
	f := m.file(name)
	if f == nil {
		return nil, fmt.Errorf("%s: %w: the manifest does not list it", filepath.Join(b.dir, name), fs.ErrNotExist)
	}
	root, err := os.OpenRoot(b.dir)
	if err != nil {
		return nil, fmt.Errorf("bundle %s: %w", b.dir, err)
	}
	defer root.Close()
	return readListed(root, *f)
}

func readManifest(root *os.Root) (*Manifest, error) {
	data, err := readFile(root, manifestFile, maxJSON)
	if err != nil {
		return nil, fileError(root, manifestFile, err)
	}
	m, err := decodeManifest(data)
	return m, fileError(root, manifestFile, err)
}

// readListed reads a file that a manifest lists and compares it.
func readListed(root *os.Root, f File) ([]byte, error) {
	if err := checkSize(root, f); err != nil {
		return nil, err
	}
	data, err := readFile(root, f.Name, f.Size)
	if err != nil {
		return nil, fileError(root, f.Name, err)
	}
	if sum := Hash(sha256.Sum256(data)); sum != f.SHA256 {
		return nil, fileError(root, f.Name, fmt.Errorf("%w: its SHA-256 is %v, the manifest's %v", ErrCorrupt, sum, f.SHA256))
	}
	return data, nil
}

// checkSize compares the size of a regular file with the manifest's.
func checkSize(root *os.Root, f File) error {
	info, err := root.Lstat(f.Name)
	switch {
	case err != nil:
	case !info.Mode().IsRegular():
		err = fmt.Errorf("%w: it is a %v, want a regular file", ErrCorrupt, info.Mode().Type())
	case info.Size() != f.Size || f.Size > maxFile:
		err = fmt.Errorf("%w: it has %d bytes, the manifest says %d", ErrCorrupt, info.Size(), f.Size)
	}
	return fileError(root, f.Name, err)
}

// fileError says which file of a bundle an error is about.
func fileError(root *os.Root, name string, err error) error {
	if err == nil {
		return nil
	}
	var path *fs.PathError // names the file relative to the bundle
	if errors.As(err, &path) && path.Path == name {
		err = path.Err
	}
	return fmt.Errorf("%s: %w", filepath.Join(root.Name(), name), err)
}
