// SPDX-License-Identifier: Apache-2.0

package artifact

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/zkml-go/zkml/ir"
	"github.com/zkml-go/zkml/tensor"
)

// program returns a small program that adds bias to its input.
func program(t testing.TB, bias int64) *ir.Program {
	t.Helper()
	p := &ir.Program{}
	x, err := p.Add("x", ir.Input{Name: "x", Shape: tensor.Shape{2}, Declared: ir.Range{Lo: 0, Hi: 9}, Scale: 1, Visibility: ir.Public})
	if err != nil {
		t.Fatal(err)
	}
	y, err := p.Add("y", ir.Linear{Coefs: []int64{3}, Bias: bias}, x)
	if err != nil {
		t.Fatal(err)
	}
	p.Outputs = []ir.Output{{Name: "y", ID: y, Scale: 1, Visibility: ir.Public}}
	return p
}

var meta = Meta{Tool: "zkml 0.1", Model: "<mlp> & co", Source: Hash{1, 2, 3}}

func info(p *ir.Program, vk byte) KeyInfo {
	return KeyInfo{Program: p.Digest(), Insecure: true, Constraints: 7, VKDigest: Hash{vk}, Setup: "test", CreatedBy: "zkml 0.1"}
}

// parts returns writers of key files whose content names the given word.
func parts(word string) map[string]func(io.Writer) error {
	m := map[string]func(io.Writer) error{}
	for _, part := range Parts {
		m[part] = func(w io.Writer) error {
			_, err := fmt.Fprintf(w, "%s of %s", part, word)
			return err
		}
	}
	return m
}

// create returns a bundle with a report and Groth16 keys.
func create(t testing.TB) *Bundle {
	t.Helper()
	b, err := Create(filepath.Join(t.TempDir(), "m.zkml"), program(t, 1), meta, []byte(`{"accuracy": 0.98}`))
	if err != nil {
		t.Fatal(err)
	}
	if err := b.AddKeys("groth16", info(b.Program(), 1), parts("first")); err != nil {
		t.Fatal(err)
	}
	return b
}

// content returns the files of a directory and what they hold.
func content(t testing.TB, dir string) map[string]string {
	t.Helper()
	m := map[string]string{}
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		data, err := os.ReadFile(filepath.Join(dir, e.Name()))
		if err != nil {
			t.Fatal(err)
		}
		m[e.Name()] = string(data)
	}
	return m
}

// restore makes the content of dir that of m.
func restore(t testing.TB, dir string, m map[string]string) {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if err := os.RemoveAll(filepath.Join(dir, e.Name())); err != nil {
			t.Fatal(err)
		}
	}
	for name, data := range m {
		put(t, dir, name, data)
	}
}

func put(t testing.TB, dir, name, data string) {
	t.Helper()
	if err := os.WriteFile(filepath.Join(dir, name), []byte(data), 0o666); err != nil {
		t.Fatal(err)
	}
}

// useAll opens a bundle and reads everything in it.
func useAll(dir string) error {
	b, err := Open(dir)
	if err != nil {
		return err
	}
	m := b.Manifest()
	for _, f := range m.Files {
		if _, err := b.OpenFile(f.Name); err != nil {
			return err
		}
	}
	_, err = b.Report()
	return err
}

func TestBundle(t *testing.T) {
	t.Parallel()
	made := create(t)
	b, err := Open(made.Dir())
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(made.Manifest(), b.Manifest()); d != "" {
		t.Errorf("the manifest in memory and the one on disk (-memory +disk):\n%s", d)
	}
	if b.Program().Digest() != program(t, 1).Digest() {
		t.Error("another program came back")
	}
	m := b.Manifest()
	if m.Meta != meta || m.Program != Hash(program(t, 1).Digest()) {
		t.Errorf("manifest %+v", m)
	}
	if report, err := b.Report(); err != nil || string(report) != `{"accuracy": 0.98}` {
		t.Errorf("report %s, %v", report, err)
	}
	want := info(program(t, 1), 1)
	want.System = "groth16"
	want.Files = map[string]string{"ccs": "groth16.ccs", "ck": "groth16.ck", "pk": "groth16.pk", "vk": "groth16.vk"}
	got, ok := b.Keys("groth16")
	if d := cmp.Diff(want, got); d != "" || !ok {
		t.Errorf("keys (-want +got):\n%s", d)
	}
	if _, ok := b.Keys("plonk"); ok {
		t.Error("keys that nobody added")
	}
	if data, err := b.OpenKey("groth16", "pk"); err != nil || string(data) != "pk of first" {
		t.Errorf("pk %s, %v", data, err)
	}
	for _, missing := range [][2]string{{"plonk", "pk"}, {"groth16", "srs"}} {
		if _, err := b.OpenKey(missing[0], missing[1]); !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("key %v: %v", missing, err)
		}
	}
	for _, name := range []string{"nothing", "../m.zkml/program.zkml", "manifest.json", ""} {
		if _, err := b.OpenFile(name); !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("file %q: %v", name, err)
		}
	}
	got.Files["pk"] = "changed"
	m.Files[0].Name = "changed"
	if k, _ := b.Keys("groth16"); k.Files["pk"] != "groth16.pk" || b.Manifest().Files[0].Name == "changed" {
		t.Error("a caller can change the bundle's manifest")
	}
}

func TestBundleWithoutReport(t *testing.T) {
	t.Parallel()
	b, err := Create(filepath.Join(t.TempDir(), "m.zkml"), program(t, 1), meta, nil)
	if err != nil {
		t.Fatal(err)
	}
	if r, err := b.Report(); r != nil || err != nil {
		t.Errorf("report %s, %v", r, err)
	}
	if d := cmp.Diff([]string{"manifest.json", "program.zkml"}, slices.Sorted(maps.Keys(content(t, b.Dir())))); d != "" {
		t.Error(d)
	}
}

// TestFlipsAreFound damages every file of a bundle, one byte at a time, and
// wants an error that names the file.
func TestFlipsAreFound(t *testing.T) {
	t.Parallel()
	b := create(t)
	good := content(t, b.Dir())
	if len(good) != 3+len(Parts) {
		t.Fatalf("%d files", len(good))
	}
	for name, data := range good {
		for i := range data {
			bad := []byte(data)
			bad[i] ^= 1
			put(t, b.Dir(), name, string(bad))
			err := useAll(b.Dir())
			if !errors.Is(err, ErrCorrupt) && !errors.Is(err, ErrVersion) || !strings.Contains(err.Error(), filepath.Join(b.Dir(), name)) {
				t.Fatalf("byte %d of %s: %v", i, name, err)
			}
		}
		put(t, b.Dir(), name, data)
	}
	if err := useAll(b.Dir()); err != nil {
		t.Fatal(err)
	}
}

// TestDamage does one other harm to a bundle at a time.
func TestDamage(t *testing.T) {
	t.Parallel()
	b := create(t)
	good := content(t, b.Dir())
	path := func(name string) string { return filepath.Join(b.Dir(), name) }
	type damage struct {
		name string // of the file that the error names
		do   func() error
		want error
	}
	var cases []damage
	for name, data := range good {
		cases = append(cases,
			damage{name, func() error { return os.Remove(path(name)) }, fs.ErrNotExist},
			damage{name, func() error { return os.Truncate(path(name), int64(len(data)-2)) }, ErrCorrupt},
			damage{name, func() error { return os.Truncate(path(name), 0) }, ErrCorrupt},
			damage{name, func() error { return os.WriteFile(path(name), []byte(data+"x"), 0o666) }, ErrCorrupt},
			damage{name, func() error {
				// A link, even to the right content.
				if err := os.Rename(path(name), path("elsewhere")); err != nil {
					return err
				}
				return os.Symlink("elsewhere", path(name))
			}, ErrCorrupt},
			damage{name, func() error {
				os.Remove(path(name))
				return os.Mkdir(path(name), 0o777)
			}, ErrCorrupt},
		)
	}
	for i, c := range cases {
		if err := c.do(); err != nil {
			t.Fatal(err)
		}
		err := useAll(b.Dir())
		if !errors.Is(err, c.want) || !strings.Contains(err.Error(), path(c.name)) || i%6 > 3 && !strings.Contains(err.Error(), "want a regular file") {
			t.Errorf("damage %d of %s: %v, want %v", i%6, c.name, err, c.want)
		}
		restore(t, b.Dir(), good)
	}
	if err := useAll(b.Dir()); err != nil {
		t.Fatal(err)
	}
	if _, err := Open(path("nothing")); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("no directory: %v", err)
	}
	if _, err := Open(path("program.zkml")); err == nil {
		t.Error("a file is opened as a bundle")
	}
}

// TestLargeFiles checks when files are compared that Open does not read: their
// size at once, their hash before use.
func TestLargeFiles(t *testing.T) {
	t.Parallel()
	b := create(t)
	write := parts("large")
	data := bytes.Repeat([]byte("proving key "), 1+smallFile/12)
	write["pk"] = func(w io.Writer) error {
		_, err := w.Write(data)
		return err
	}
	if err := b.AddKeys("plonk", info(b.Program(), 2), write); err != nil {
		t.Fatal(err)
	}
	if got, err := b.OpenKey("plonk", "pk"); err != nil || !bytes.Equal(got, data) {
		t.Fatalf("%d bytes, %v", len(got), err)
	}
	bad := bytes.Clone(data)
	bad[len(bad)/2] ^= 1
	put(t, b.Dir(), "plonk.pk", string(bad))
	again, err := Open(b.Dir())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := again.OpenKey("plonk", "pk"); !errors.Is(err, ErrCorrupt) || !strings.Contains(err.Error(), "plonk.pk") {
		t.Errorf("a flipped bit: %v", err)
	}
	if _, err := again.OpenKey("plonk", "vk"); err != nil {
		t.Errorf("the other files: %v", err)
	}
	put(t, b.Dir(), "plonk.pk", string(data[1:]))
	if _, err := Open(b.Dir()); !errors.Is(err, ErrCorrupt) {
		t.Errorf("another size: %v", err)
	}
	if _, err := again.OpenKey("plonk", "pk"); !errors.Is(err, ErrCorrupt) {
		t.Errorf("another size, opened before: %v", err)
	}
}

// edit changes the manifest of a bundle and makes its checksum right again, as
// somebody who writes manifests could.
func edit(t *testing.T, dir string, change func(m *Manifest)) {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(dir, manifestFile))
	if err != nil {
		t.Fatal(err)
	}
	m := &Manifest{}
	if err := json.Unmarshal(data, m); err != nil {
		t.Fatal(err)
	}
	change(m)
	m.Checksum = m.checksum()
	put(t, dir, manifestFile, string(encodeJSON(m)))
}

// TestManifestsThatLie writes manifests that are whole but say something wrong.
func TestManifestsThatLie(t *testing.T) {
	t.Parallel()
	b := create(t)
	if err := b.AddKeys("plonk", info(b.Program(), 2), parts("plonk")); err != nil {
		t.Fatal(err)
	}
	good := content(t, b.Dir())
	outside := filepath.Join(filepath.Dir(b.Dir()), "secret")
	put(t, filepath.Dir(b.Dir()), "secret", good["groth16.pk"])
	// rename gives the proving key another file and keeps the list in order.
	rename := func(name string) func(m *Manifest) {
		return func(m *Manifest) {
			m.file("groth16.pk").Name = name
			m.Keys[0].Files["pk"] = name
			slices.SortFunc(m.Files, func(a, b File) int { return strings.Compare(a.Name, b.Name) })
		}
	}
	for name, c := range map[string]struct {
		change func(m *Manifest)
		want   error
	}{
		"nothing":             {func(m *Manifest) {}, nil},
		"other model name":    {func(m *Manifest) { m.Model = "other" }, nil},
		"newer version":       {func(m *Manifest) { m.Version = 2 }, ErrVersion},
		"older version":       {func(m *Manifest) { m.Version = 0 }, ErrVersion},
		"other format":        {func(m *Manifest) { m.Format = "zkml-proof" }, ErrCorrupt},
		"other program":       {func(m *Manifest) { m.Program = program(t, 2).Digest(); m.Keys[0].Program = m.Program }, ErrCorrupt},
		"keys of other model": {func(m *Manifest) { m.Keys[0].Program = program(t, 2).Digest() }, ErrMismatch},
		"keys without digest": {func(m *Manifest) { m.Keys[0].VKDigest = Hash{} }, ErrCorrupt},
		"no constraints":      {func(m *Manifest) { m.Keys[0].Constraints = 0 }, ErrCorrupt},
		"no setup":            {func(m *Manifest) { m.Keys[0].Setup = "" }, ErrCorrupt},
		"no creator":          {func(m *Manifest) { m.Keys[0].CreatedBy = "" }, ErrCorrupt},
		"no list of keys":     {func(m *Manifest) { m.Keys = nil }, ErrCorrupt},
		"keys twice":          {func(m *Manifest) { m.Keys = append(m.Keys, m.Keys[0]) }, ErrCorrupt},
		"keys out of order":   {func(m *Manifest) { m.Keys[0], m.Keys[1] = m.Keys[1], m.Keys[0] }, ErrCorrupt},
		"keys without files":  {func(m *Manifest) { m.Keys[0].Files = nil }, ErrCorrupt},
		"system with a slash": {func(m *Manifest) { m.Keys[0].System = "../groth16" }, ErrCorrupt},
		"unknown part":        {func(m *Manifest) { m.Keys[0].Files["srs"] = "groth16.2.pk" }, ErrCorrupt},
		"one file, two parts": {func(m *Manifest) {
			m.Keys[0].Files["pk"] = m.Keys[0].Files["vk"]
			m.Files = slices.Delete(m.Files, 1, 2)
		}, ErrCorrupt},
		"file outside":         {rename("../secret"), ErrCorrupt},
		"absolute file":        {rename(outside), ErrCorrupt},
		"file without part":    {rename("groth16"), ErrCorrupt},
		"hidden file":          {rename(".pk"), ErrCorrupt},
		"file not listed":      {func(m *Manifest) { m.Files = m.Files[1:] }, ErrCorrupt},
		"file of nobody":       {func(m *Manifest) { m.Files[2].Name = "groth16.vl" }, ErrCorrupt},
		"files out of order":   {func(m *Manifest) { m.Files[0], m.Files[1] = m.Files[1], m.Files[0] }, ErrCorrupt},
		"file twice":           {func(m *Manifest) { m.Files[1] = m.Files[0] }, ErrCorrupt},
		"no files":             {func(m *Manifest) { m.Files = nil }, ErrCorrupt},
		"negative size":        {func(m *Manifest) { m.Files[0].Size = -1 }, ErrCorrupt},
		"huge size":            {func(m *Manifest) { m.Files[0].Size = 1 << 62 }, ErrCorrupt},
		"program of that size": {func(m *Manifest) { m.Files[3].Size++ }, ErrCorrupt},
		"missing key file":     {rename("groth16.2.pk"), fs.ErrNotExist},
	} {
		edit(t, b.Dir(), c.change)
		err := useAll(b.Dir())
		if c.want == nil && err != nil || !errors.Is(err, c.want) {
			t.Errorf("%s: %v, want %v", name, err, c.want)
		}
		if err != nil && !strings.Contains(err.Error(), b.Dir()) {
			t.Errorf("%s: %v does not name the bundle", name, err)
		}
		restore(t, b.Dir(), good)
	}
	// The program of another bundle, with hashes that fit it.
	other, err := Create(filepath.Join(t.TempDir(), "other.zkml"), program(t, 2), meta, nil)
	if err != nil {
		t.Fatal(err)
	}
	put(t, b.Dir(), programFile, content(t, other.Dir())[programFile])
	edit(t, b.Dir(), func(m *Manifest) { *m.file(programFile) = *other.manifest.file(programFile) })
	if err := useAll(b.Dir()); !errors.Is(err, ErrCorrupt) || !strings.Contains(err.Error(), "digest") {
		t.Errorf("another program: %v", err)
	}
}

// TestManifestIsStrict checks spellings of a manifest that JSON readers take for
// the same.
func TestManifestIsStrict(t *testing.T) {
	t.Parallel()
	good := content(t, create(t).Dir())[manifestFile]
	if _, err := decodeManifest([]byte(good)); err != nil {
		t.Fatal(err)
	}
	if _, err := decodeManifest(bytes.ReplaceAll([]byte(good), []byte("\n"), []byte("\n\t"))); err != nil {
		t.Errorf("white space: %v", err)
	}
	padded := append([]byte(good), bytes.Repeat([]byte(" "), maxJSON)...)
	b := create(t)
	put(t, b.Dir(), manifestFile, string(padded))
	if _, err := Open(b.Dir()); !errors.Is(err, ErrCorrupt) {
		t.Errorf("a manifest of %d bytes: %v", len(padded), err)
	}
	unknown := strings.Replace(good, `"tool":`, `"extra": 1, "tool":`, 1)
	if _, err := decodeManifest([]byte(unknown)); err == nil || !strings.Contains(err.Error(), `unknown field "extra"`) {
		t.Errorf("unknown field: %v", err)
	}
	for name, c := range map[string][2]string{
		"unknown field":  {`"tool":`, `"extra": 1, "tool":`},
		"field case":     {`"tool":`, `"Tool":`},
		"repeated field": {`"tool":`, `"tool": "x", "tool":`},
		"hash case":      {`0x0102`, `0X0102`},
		"short hash":     {`0x0102`, `0x01`},
		"number":         {`"size": 11`, `"size": 11.0`},
		"exponent":       {`"size": 11`, `"size": 1.1e1`},
		"escape":         {`<mlp>`, `\u003cmlp>`},
		"null":           {`"insecure": true`, `"insecure": null`},
		"trailing":       {"}\n", "} {}\n"},
		"string":         {`"version": 1`, `"version": "1"`},
	} {
		i := strings.LastIndex(good, c[0])
		if i < 0 {
			t.Fatalf("%s: the manifest has no %s", name, c[0])
		}
		if _, err := decodeManifest([]byte(good[:i] + c[1] + good[i+len(c[0]):])); !errors.Is(err, ErrCorrupt) {
			t.Errorf("%s: %v, want ErrCorrupt", name, err)
		}
	}
}

// FuzzOpenManifest checks that reading a manifest is total and that what it
// accepts is what it would write.
func FuzzOpenManifest(f *testing.F) {
	b := create(f)
	f.Add([]byte(content(f, b.Dir())[manifestFile]))
	if err := b.AddKeys("groth16", info(b.Program(), 2), parts("second")); err != nil {
		f.Fatal(err)
	}
	if err := b.AddKeys("plonk", info(b.Program(), 3), parts("plonk")); err != nil {
		f.Fatal(err)
	}
	f.Add([]byte(content(f, b.Dir())[manifestFile]))
	f.Add([]byte(`{"format": "zkml-bundle", "version": 1}`))
	f.Add([]byte(`{}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		// A fuzzer does not find checksums: they are checked first, then set right.
		m, err := decodeManifest(data)
		if err != nil {
			if !errors.Is(err, ErrCorrupt) && !errors.Is(err, ErrVersion) {
				t.Errorf("%v is neither ErrCorrupt nor ErrVersion", err)
			}
			loose := &Manifest{}
			if json.Unmarshal(data, loose) != nil {
				return
			}
			loose.Checksum = loose.checksum()
			if m, err = decodeManifest(encodeJSON(loose)); err != nil {
				return
			}
		}
		again, err := decodeManifest(m.clone().encode())
		if err != nil {
			t.Fatal(err)
		}
		if d := cmp.Diff(m, again); d != "" {
			t.Error(d)
		}
		for _, f := range m.Files {
			if strings.ContainsAny(f.Name, `/\`) || strings.HasPrefix(f.Name, ".") {
				t.Errorf("file %q", f.Name)
			}
		}
	})
}
