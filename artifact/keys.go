// SPDX-License-Identifier: Apache-2.0

package artifact

import (
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"slices"
	"strings"
)

// AddKeys writes the keys of a proof system into the bundle, in place of those
// that it may have. write has a function for each part, see Parts, that writes
// the part's file. info.Program must be the digest of the bundle's program: keys
// of another one are refused with ErrMismatch.
//
// New files never take the names of files in use and the manifest changes last,
// in one step: until then, and whatever happens, the bundle is as it was.
func (b *Bundle) AddKeys(system string, info KeyInfo, write map[string]func(io.Writer) error) error {
	if !systemName.MatchString(system) {
		return fmt.Errorf("bundle %s: bad name of a proof system: %q", b.dir, clip(system))
	}
	info.System, info.Files = system, map[string]string{}
	if len(write) == 0 {
		return fmt.Errorf("bundle %s: %s keys without files", b.dir, system)
	}
	for part := range write {
		if !slices.Contains(Parts, part) {
			return fmt.Errorf("bundle %s: %s keys have no part %q", b.dir, system, clip(part))
		}
	}
	root, err := os.OpenRoot(b.dir)
	if err != nil {
		return fmt.Errorf("bundle %s: %w", b.dir, err)
	}
	defer root.Close()
	unlock, err := lock(root)
	if err != nil {
		return fmt.Errorf("bundle %s: %w", b.dir, err)
	}
	defer unlock()
	m, err := readManifest(root) // somebody else may have added keys
	if err != nil {
		return err
	}
	if m.Program != b.Manifest().Program {
		return fmt.Errorf("bundle %s: %w: it was replaced while it was open", b.dir, ErrMismatch)
	}
	if err := info.check(m.Program); err != nil {
		return fmt.Errorf("bundle %s: %w", b.dir, err)
	}
	next, err := addFiles(root, m, info, write)
	if err != nil {
		return err
	}
	if err := replace(root, manifestFile, next.encode()); err != nil {
		return fileError(root, manifestFile, err)
	}
	b.mu.Lock()
	b.manifest = next
	b.mu.Unlock()
	removeUnused(root, next, system)
	return nil
}

// addFiles puts the files of info in place, under names that m does not list,
// and returns the manifest that lists them.
func addFiles(root *os.Root, m *Manifest, info KeyInfo, write map[string]func(io.Writer) error) (*Manifest, error) {
	next := m.clone()
	if old := m.keys(info.System); old != nil {
		next.Keys = slices.DeleteFunc(next.Keys, func(k KeyInfo) bool { return k.System == info.System })
		next.Files = slices.DeleteFunc(next.Files, func(f File) bool { return slices.Contains(slices.Collect(maps.Values(old.Files)), f.Name) })
	}
	generation := 1
	for _, part := range Parts {
		for m.file(keyFile(info.System, part, generation)) != nil {
			generation++
		}
	}
	temps := map[string]string{}
	defer func() { // none is left unless something failed
		for _, temp := range temps {
			root.Remove(temp)
		}
	}()
	for _, part := range slices.Sorted(maps.Keys(write)) {
		name := keyFile(info.System, part, generation)
		temp, f, err := stage(root, write[part])
		if err != nil {
			return nil, fileError(root, name, err)
		}
		temps[name] = temp
		f.Name = name
		next.Files = append(next.Files, f)
		info.Files[part] = name
	}
	for _, name := range slices.Sorted(maps.Keys(temps)) {
		if err := root.Rename(temps[name], name); err != nil {
			return nil, fileError(root, name, err)
		}
		delete(temps, name)
	}
	next.Keys = append(next.Keys, info)
	return next, syncDir(root)
}

// removeUnused removes the temporary files and the key files of a system that m
// does not list: those of an earlier generation and what crashes have left. The
// caller holds the lock. What cannot be removed does no harm.
func removeUnused(root *os.Root, m *Manifest, system string) {
	entries, err := fs.ReadDir(root.FS(), ".")
	if err != nil {
		return
	}
	for _, e := range entries {
		name := e.Name()
		key := keyName.MatchString(name) && strings.HasPrefix(name, system+".") && m.file(name) == nil
		if key || strings.HasPrefix(name, tempPrefix) {
			root.Remove(name)
		}
	}
}
