// SPDX-License-Identifier: Apache-2.0

package artifact

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/zkml-go/zkml/ir"
)

// Create writes a bundle for p in the directory dir, whose parent exists. report
// is the compiler's report, a JSON value, or nil. A bundle that dir already holds
// is replaced, and its keys stay if they were made for the same program; anything
// else that dir holds is left alone and is an error. The new bundle is written
// elsewhere, read back and then renamed, so that no failure costs the old one.
func Create(dir string, p *ir.Program, meta Meta, report []byte) (*Bundle, error) {
	dir = filepath.Clean(dir)
	if report != nil && !json.Valid(report) {
		return nil, fmt.Errorf("bundle %s: the report is not JSON", dir)
	}
	exists, err := replaceable(dir)
	if err != nil {
		return nil, err
	}
	// The old directory is locked: keys that are being added either come along or fail.
	var old *os.Root
	if exists {
		if old, err = os.OpenRoot(dir); err != nil {
			return nil, fmt.Errorf("bundle %s: %w", dir, err)
		}
		defer old.Close()
		unlock, err := lock(old)
		if err != nil {
			return nil, fmt.Errorf("bundle %s: %w", dir, err)
		}
		defer unlock()
	}
	temp := filepath.Join(filepath.Dir(dir), tempName())
	if err := os.Mkdir(temp, 0o777); err != nil {
		return nil, fmt.Errorf("bundle %s: %w", dir, err)
	}
	defer os.RemoveAll(temp) // after the rename there is nothing to remove
	if err := fill(temp, p, meta, report, old); err != nil {
		return nil, fmt.Errorf("bundle %s: %w", dir, err)
	}
	b, err := Open(temp)
	if err != nil {
		return nil, fmt.Errorf("bundle %s: %w", dir, err)
	}
	if old != nil {
		old.Close() // some systems do not rename a directory that is open
	}
	if err := swap(temp, dir, exists); err != nil {
		return nil, fmt.Errorf("bundle %s: %w", dir, err)
	}
	b.dir = dir
	return b, nil
}

// replaceable reports whether dir is there; it is an error if it holds anything
// but a bundle whose version this code knows.
func replaceable(dir string) (exists bool, err error) {
	info, err := os.Lstat(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	if !info.IsDir() {
		return false, fmt.Errorf("%s exists and is not a directory", dir)
	}
	entries, err := os.ReadDir(dir)
	if err != nil || len(entries) == 0 {
		return true, err
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return true, err
	}
	defer root.Close()
	var head struct {
		Format  string `json:"format"`
		Version int    `json:"version"`
	}
	data, err := readFile(root, manifestFile, maxJSON)
	if err == nil {
		err = json.Unmarshal(data, &head)
	}
	if err != nil || head.Format != manifestFormat {
		return true, fmt.Errorf("%s exists and is not a bundle; remove it or choose another name", dir)
	}
	if head.Version != manifestVersion {
		return true, fileError(root, manifestFile, fmt.Errorf("%w: %d, this program reads version %d", ErrVersion, head.Version, manifestVersion))
	}
	for _, e := range entries {
		switch name := e.Name(); {
		case name == manifestFile, name == programFile, name == reportFile, keyName.MatchString(name), strings.HasPrefix(name, tempPrefix):
		default:
			return true, fmt.Errorf("%s is not part of the bundle and would be lost", filepath.Join(dir, name))
		}
	}
	return true, nil
}

// fill writes the files of a bundle into the empty directory dir. Keys for the
// same program come from old, which may be nil.
func fill(dir string, p *ir.Program, meta Meta, report []byte, old *os.Root) error {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return err
	}
	defer root.Close()
	m := &Manifest{Meta: meta, Program: p.Digest()}
	add := func(name string, write func(io.Writer) error) error {
		temp, f, err := stage(root, write)
		if err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		f.Name = name
		m.Files = append(m.Files, f)
		return root.Rename(temp, name)
	}
	if err := add(programFile, p.Encode); err != nil {
		return err
	}
	if report != nil {
		err := add(reportFile, func(w io.Writer) error {
			_, err := w.Write(report)
			return err
		})
		if err != nil {
			return err
		}
	}
	if err := keepKeys(root, m, old); err != nil {
		return err
	}
	return replace(root, manifestFile, m.encode())
}

// keepKeys takes the keys of old along if they were made for the program of m.
func keepKeys(root *os.Root, m *Manifest, old *os.Root) error {
	if old == nil {
		return nil
	}
	o, err := readManifest(old)
	if err != nil || o.Program != m.Program {
		return nil // a damaged bundle, an empty directory or another program
	}
	for _, k := range o.Keys {
		if !intact(old, o, k) {
			continue
		}
		for _, name := range k.Files {
			m.Files = append(m.Files, *o.file(name))
			from, to := filepath.Join(old.Name(), name), filepath.Join(root.Name(), name)
			if err := os.Link(from, to); err == nil {
				continue
			}
			if err := copyFile(root, old, name); err != nil { // no links on this file system
				return err
			}
		}
		m.Keys = append(m.Keys, k.clone())
	}
	return nil
}

// intact reports whether the files of k are what the manifest says.
func intact(root *os.Root, m *Manifest, k KeyInfo) bool {
	for _, name := range k.Files {
		if _, err := readListed(root, *m.file(name)); err != nil {
			return false
		}
	}
	return true
}

func copyFile(to, from *os.Root, name string) error {
	in, err := from.Open(name)
	if err != nil {
		return err
	}
	defer in.Close()
	temp, _, err := stage(to, func(w io.Writer) error {
		_, err := io.Copy(w, in)
		return err
	})
	if err != nil {
		return err
	}
	return to.Rename(temp, name)
}

// swap moves the directory temp to dir, which may exist. Between its two renames
// dir is missing for an instant and the old content is next to it.
func swap(temp, dir string, exists bool) error {
	parent, err := os.OpenRoot(filepath.Dir(dir))
	if err != nil {
		return err
	}
	defer parent.Close()
	if !exists {
		return errors.Join(os.Rename(temp, dir), syncDir(parent))
	}
	aside := filepath.Join(filepath.Dir(dir), tempName())
	if err := os.Rename(dir, aside); err != nil {
		return err
	}
	if err := os.Rename(temp, dir); err != nil {
		return errors.Join(err, os.Rename(aside, dir))
	}
	os.RemoveAll(aside) // what cannot be removed does no harm
	return syncDir(parent)
}
