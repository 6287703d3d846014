// SPDX-License-Identifier: Apache-2.0

package artifact

import (
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestAddKeysAgain replaces keys: the new files have new names, the old ones go.
func TestAddKeysAgain(t *testing.T) {
	t.Parallel()
	b := create(t)
	first := content(t, b.Dir())
	put(t, b.Dir(), ".tmp-crashed", "half a key")
	if err := b.AddKeys("groth16", info(b.Program(), 2), parts("second")); err != nil {
		t.Fatal(err)
	}
	second := content(t, b.Dir())
	want := []string{"groth16.2.ccs", "groth16.2.ck", "groth16.2.pk", "groth16.2.vk", "manifest.json", "program.zkml", "report.json"}
	if d := cmp.Diff(want, slices.Sorted(maps.Keys(second))); d != "" {
		t.Errorf("files (-want +got):\n%s", d)
	}
	if data, err := b.OpenKey("groth16", "vk"); err != nil || string(data) != "vk of second" {
		t.Errorf("vk %s, %v", data, err)
	}
	if err := b.AddKeys("plonk", info(b.Program(), 3), parts("plonk")); err != nil {
		t.Fatal(err)
	}
	if err := b.AddKeys("groth16", info(b.Program(), 4), parts("third")); err != nil {
		t.Fatal(err)
	}
	if err := useAll(b.Dir()); err != nil {
		t.Error(err)
	}
	if k, _ := b.Keys("groth16"); k.Files["pk"] != "groth16.pk" || k.VKDigest != (Hash{4}) {
		t.Errorf("keys %+v", k)
	}
	if k, ok := b.Keys("plonk"); !ok || k.VKDigest != (Hash{3}) {
		t.Errorf("keys %+v", k)
	}

	// A crash before the manifest changed, and one before the old files went: both
	// leave a good bundle.
	crash := t.TempDir()
	both := maps.Clone(first)
	maps.Copy(both, second)
	for manifest, vk := range map[string]Hash{first[manifestFile]: {1}, second[manifestFile]: {2}} {
		both[manifestFile] = manifest
		restore(t, crash, both)
		if err := useAll(crash); err != nil {
			t.Error(err)
		}
		c, err := Open(crash)
		if err != nil {
			t.Fatal(err)
		}
		if k, _ := c.Keys("groth16"); k.VKDigest != vk {
			t.Errorf("keys %+v, want digest %v", k, vk)
		}
		if err := c.AddKeys("groth16", info(c.Program(), 5), parts("fifth")); err != nil {
			t.Fatal(err)
		}
		if n := len(content(t, crash)); n != 3+len(Parts) {
			t.Errorf("%d files after the next setup, want %d", n, 3+len(Parts))
		}
	}
}

var errWrite = errors.New("disk full")

// TestAddKeysFails lets the writing of each part fail in several ways and checks
// that the bundle on disk and in memory stays as it was.
func TestAddKeysFails(t *testing.T) {
	t.Parallel()
	b := create(t)
	before, manifest := content(t, b.Dir()), b.Manifest()
	unchanged := func(what string) {
		t.Helper()
		if d := cmp.Diff(before, content(t, b.Dir())); d != "" {
			t.Errorf("%s changed the bundle:\n%s", what, d)
		}
		if d := cmp.Diff(manifest, b.Manifest()); d != "" {
			t.Errorf("%s changed the manifest in memory:\n%s", what, d)
		}
	}
	for _, part := range Parts {
		write := parts("second")
		write[part] = func(w io.Writer) error {
			w.Write(make([]byte, 3<<20)) // more than any buffer
			return errWrite
		}
		err := b.AddKeys("groth16", info(b.Program(), 2), write)
		if !errors.Is(err, errWrite) || !strings.Contains(err.Error(), "groth16.2."+part) {
			t.Errorf("%s fails: %v", part, err)
		}
		unchanged("a failing writer")
		write[part] = func(w io.Writer) error { panic("in the writer") }
		func() {
			defer func() {
				if recover() == nil {
					t.Error("the panic is gone")
				}
			}()
			b.AddKeys("groth16", info(b.Program(), 2), write)
		}()
		unchanged("a panicking writer")
	}
	bad := map[string]func(k *KeyInfo){
		"other program":  func(k *KeyInfo) { k.Program = program(t, 2).Digest() },
		"no constraints": func(k *KeyInfo) { k.Constraints = 0 },
		"no key digest":  func(k *KeyInfo) { k.VKDigest = Hash{} },
		"no setup":       func(k *KeyInfo) { k.Setup = "" },
		"no creator":     func(k *KeyInfo) { k.CreatedBy = "" },
	}
	for name, change := range bad {
		k := info(b.Program(), 2)
		change(&k)
		err := b.AddKeys("groth16", k, parts("second"))
		if err == nil || errors.Is(err, ErrMismatch) != (name == "other program") {
			t.Errorf("%s: %v", name, err)
		}
		unchanged(name)
	}
	for _, system := range []string{"", "Groth16", "../x", "a/b", ".tmp-a", "manifest.json", strings.Repeat("a", 100)} {
		if err := b.AddKeys(system, info(b.Program(), 2), parts("second")); err == nil {
			t.Errorf("system %q is taken", system)
		}
	}
	if err := b.AddKeys("groth16", info(b.Program(), 2), nil); err == nil {
		t.Error("keys without files are taken")
	}
	if err := b.AddKeys("groth16", info(b.Program(), 2), map[string]func(io.Writer) error{"srs": parts("")["pk"]}); err == nil {
		t.Error("an unknown part is taken")
	}
	unchanged("bad arguments")
}

// TestAddKeysConcurrently adds keys through several openings of one bundle while
// others read it: none is lost and no reader sees a mixture.
func TestAddKeysConcurrently(t *testing.T) {
	t.Parallel()
	dir := create(t).Dir()
	const writers, rounds = 4, 5
	var wg sync.WaitGroup
	for i := range writers {
		wg.Go(func() {
			for round := range rounds {
				b, err := Open(dir)
				if err != nil {
					t.Error(err)
					return
				}
				if err := b.AddKeys(fmt.Sprintf("s%d", i), info(b.Program(), byte(round+1)), parts(fmt.Sprint(i, round))); err != nil {
					t.Error(err)
				}
			}
		})
	}
	wg.Wait()
	b, err := Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	for i := range writers {
		k, _ := b.Keys(fmt.Sprintf("s%d", i))
		if data, err := b.OpenKey(k.System, "pk"); k.VKDigest != (Hash{rounds}) || err != nil || string(data) != fmt.Sprint("pk of ", i, " ", rounds-1) {
			t.Errorf("keys of writer %d: %+v, %s, %v", i, k, data, err)
		}
	}
	if n := len(content(t, dir)); n != 3+len(Parts)*(writers+1) {
		t.Errorf("%d files", n)
	}
}

// TestAddKeysToReplacedBundle opens a bundle, lets another model take its place,
// and wants its keys refused.
func TestAddKeysToReplacedBundle(t *testing.T) {
	t.Parallel()
	b := create(t)
	if _, err := Create(b.Dir(), program(t, 2), meta, nil); err != nil {
		t.Fatal(err)
	}
	before := content(t, b.Dir())
	if err := b.AddKeys("groth16", info(b.Program(), 2), parts("second")); !errors.Is(err, ErrMismatch) {
		t.Errorf("%v, want ErrMismatch", err)
	}
	// Not even keys of the other model: the caller has a program that is gone.
	if err := b.AddKeys("groth16", info(program(t, 2), 2), parts("second")); !errors.Is(err, ErrMismatch) {
		t.Errorf("%v, want ErrMismatch", err)
	}
	if d := cmp.Diff(before, content(t, b.Dir())); d != "" {
		t.Error(d)
	}
}

// TestCreateReplaces checks what a second Create keeps.
func TestCreateReplaces(t *testing.T) {
	t.Parallel()
	b := create(t)
	put(t, b.Dir(), ".tmp-crashed", "half a key")
	again, err := Create(b.Dir(), program(t, 1), Meta{Tool: "zkml 0.2"}, nil)
	if err != nil {
		t.Fatal(err)
	}
	if k, ok := again.Keys("groth16"); !ok || k.VKDigest != (Hash{1}) {
		t.Errorf("the keys of the same program are gone: %+v", k)
	}
	if m := again.Manifest(); m.Tool != "zkml 0.2" || len(m.Files) != 1+len(Parts) {
		t.Errorf("manifest %+v", m)
	}
	if err := useAll(b.Dir()); err != nil {
		t.Error(err)
	}
	// Damaged keys do not come along, nor do they keep the bundle from being replaced.
	put(t, b.Dir(), "groth16.pk", "pk of f1rst")
	again, err = Create(b.Dir(), program(t, 1), meta, nil)
	if err != nil {
		t.Fatal(err)
	}
	if _, ok := again.Keys("groth16"); ok {
		t.Error("damaged keys were kept")
	}
	if err := again.AddKeys("groth16", info(again.Program(), 2), parts("second")); err != nil {
		t.Fatal(err)
	}
	// The keys of one program are not for another.
	other, err := Create(b.Dir(), program(t, 2), meta, nil)
	if err != nil {
		t.Fatal(err)
	}
	if _, ok := other.Keys("groth16"); ok || len(content(t, b.Dir())) != 2 {
		t.Errorf("files %v", slices.Sorted(maps.Keys(content(t, b.Dir()))))
	}
	if names := slices.Sorted(maps.Keys(dirs(t, filepath.Dir(b.Dir())))); len(names) != 1 {
		t.Errorf("left next to the bundle: %v", names)
	}
}

func dirs(t *testing.T, dir string) map[string]bool {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	m := map[string]bool{}
	for _, e := range entries {
		m[e.Name()] = true
	}
	return m
}

// TestCreateFails checks that a failing Create leaves what was there, and
// nothing else.
func TestCreateFails(t *testing.T) {
	t.Parallel()
	b := create(t)
	before := content(t, b.Dir())
	invalid := program(t, 2)
	invalid.Outputs = nil
	if _, err := Create(b.Dir(), invalid, meta, nil); err == nil {
		t.Error("a program without outputs is taken")
	}
	if _, err := Create(b.Dir(), program(t, 2), meta, []byte("{")); err == nil {
		t.Error("a report that is not JSON is taken")
	}
	put(t, b.Dir(), "notes.txt", "mine")
	if _, err := Create(b.Dir(), program(t, 2), meta, nil); err == nil || !strings.Contains(err.Error(), "notes.txt") {
		t.Errorf("a user's file: %v", err)
	}
	os.Remove(filepath.Join(b.Dir(), "notes.txt"))
	future := strings.Replace(before[manifestFile], `"version": 1`, `"version": 2`, 1)
	put(t, b.Dir(), manifestFile, future)
	if _, err := Create(b.Dir(), program(t, 2), meta, nil); !errors.Is(err, ErrVersion) {
		t.Errorf("a bundle of a newer version: %v", err)
	}
	put(t, b.Dir(), manifestFile, before[manifestFile])
	if d := cmp.Diff(before, content(t, b.Dir())); d != "" {
		t.Errorf("a failing Create changed the bundle:\n%s", d)
	}
	if n := dirs(t, filepath.Dir(b.Dir())); len(n) != 1 {
		t.Errorf("left next to the bundle: %v", n)
	}
	if _, err := Create(filepath.Join(b.Dir(), "no", "where"), program(t, 2), meta, nil); err == nil {
		t.Error("a parent that does not exist")
	}
}

// TestCreateRefusesOthers checks that nothing but a bundle is ever replaced.
func TestCreateRefusesOthers(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	path := func(name string) string { return filepath.Join(dir, name) }
	put(t, dir, "file", "mine")
	for _, name := range []string{"docs", "other", "empty"} {
		if err := os.Mkdir(path(name), 0o777); err != nil {
			t.Fatal(err)
		}
	}
	put(t, path("docs"), "thesis.tex", "mine")
	put(t, path("other"), manifestFile, `{"name": "a web app", "version": 1}`)
	if err := os.Symlink(path("empty"), path("link")); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"file", "docs", "other", "link"} {
		if _, err := Create(path(name), program(t, 1), meta, nil); err == nil || !strings.Contains(err.Error(), name) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := Create(path("empty")+"/", program(t, 1), meta, nil); err != nil {
		t.Errorf("an empty directory: %v", err)
	}
	if err := useAll(path("empty")); err != nil {
		t.Error(err)
	}
	got := slices.Sorted(maps.Keys(dirs(t, dir)))
	if d := cmp.Diff([]string{"docs", "empty", "file", "link", "other"}, got); d != "" {
		t.Error(d)
	}
}
