// SPDX-License-Identifier: Apache-2.0

package main

import (
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/zkml-go/zkml/artifact"
)

// rowInput is an input of the linear network.
const rowInput = "[0,0.25,0.5,1]"

// proved returns the bundle of a recipe, an input and a proof, for the linear
// network.
func proved(t *testing.T, name string) (dir, input, proof string) {
	t.Helper()
	dir, input = bundle(t, name), write(t, "x.json", []byte(rowInput))
	proof = filepath.Join(t.TempDir(), "a.zkp")
	if r := zkml(t.Context(), "prove", dir, "--input", input, "-o", proof); r.code != exitOK {
		t.Fatalf("%+v", r)
	}
	return dir, input, proof
}

// TestDamagedBundle does one harm at a time to each file of a bundle. Whatever
// needs the file says which one it is and nothing crashes.
func TestDamagedBundle(t *testing.T) {
	t.Parallel()
	dir, input, proof := proved(t, "both")
	out := filepath.Join(t.TempDir(), "b.zkp")
	commands := map[string][]string{
		"run":    {"run", dir, "--input", input},
		"prove":  {"prove", dir, "--input", input, "-o", out},
		"verify": {"verify", dir, "--proof", proof},
		"evm":    {"verify-evm", dir, "--proof", proof},
		"export": {"export", "vk", dir, "--insecure-setup"},
		"setup":  {"setup", dir, "--insecure-setup"},
	}
	// Files of 1 MiB at most are all compared when a bundle is opened.
	for _, name := range []string{"manifest.json", "program.zkml", "report.json", "groth16.ccs", "groth16.pk", "groth16.vk"} {
		path := filepath.Join(dir, name)
		good, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		flipped := func(i int) func() error {
			return func() error {
				data := append([]byte{}, good...)
				data[i] ^= 1
				return os.WriteFile(path, data, 0o666)
			}
		}
		for harm, do := range map[string]func() error{
			"first byte": flipped(0),
			"in between": flipped(len(good) / 2),
			"last byte":  flipped(len(good) - 2),
			"cut":        func() error { return os.WriteFile(path, good[:len(good)/2], 0o666) },
			"empty":      func() error { return os.WriteFile(path, nil, 0o666) },
			"missing":    func() error { return os.Remove(path) },
			"a directory": func() error {
				if err := os.Remove(path); err != nil {
					return err
				}
				return os.Mkdir(path, 0o777)
			},
		} {
			if err := do(); err != nil {
				t.Fatal(err)
			}
			for command, args := range commands {
				r := zkml(t.Context(), args...)
				if err := checkMessages(r.code, r.stderr); err != nil {
					t.Errorf("%s, %s: %s: %v", name, harm, command, err)
				}
				if r.code != exitInput || r.stdout != "" || !strings.Contains(r.stderr, path) {
					t.Errorf("%s, %s: %s: exit code %d, output %q, messages %q", name, harm, command, r.code, r.stdout, r.stderr)
				}
			}
			if err := os.RemoveAll(path); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(path, good, 0o666); err != nil {
				t.Fatal(err)
			}
		}
	}
	if _, err := os.Stat(out); err == nil {
		t.Error("a damaged bundle made a proof")
	}
	for _, command := range []string{"run", "verify", "prove", "export"} {
		if r := zkml(t.Context(), commands[command]...); r.code != exitOK {
			t.Errorf("%s with the bundle as it was: %+v", command, r)
		}
	}
}

// TestForeignKeys puts files of another model's bundle into a bundle.
func TestForeignKeys(t *testing.T) {
	t.Parallel()
	other := bundle(t, "other")
	copyTo := func(dir string, names ...string) {
		for _, name := range names {
			data, err := os.ReadFile(filepath.Join(other, name))
			if err == nil {
				err = os.WriteFile(filepath.Join(dir, name), data, 0o666)
			}
			if err != nil {
				t.Fatal(err)
			}
		}
	}
	for name, c := range map[string]struct {
		files []string
		named string
	}{
		"program":  {[]string{"program.zkml"}, "program.zkml"},
		"keys":     {[]string{"groth16.ccs", "groth16.pk", "groth16.vk"}, "groth16."},
		"manifest": {[]string{"manifest.json"}, "groth16."},
	} {
		dir := bundle(t, "both")
		copyTo(dir, c.files...)
		r := zkml(t.Context(), "prove", dir, "--input", write(t, "x.json", []byte(rowInput)), "-o", filepath.Join(t.TempDir(), "a.zkp"))
		if r.code != exitInput || !strings.Contains(r.stderr, filepath.Join(dir, c.named)) {
			t.Errorf("%s of another model: %+v", name, r)
		}
	}
}

// TestForeignKeysInManifest adds keys whose files are another model's in a way
// that all hashes fit.
func TestForeignKeysInManifest(t *testing.T) {
	t.Parallel()
	own, other := open(t, bundle(t, "both")), open(t, bundle(t, "other"))
	ownInfo, _ := own.Keys("groth16")
	otherInfo, _ := other.Keys("groth16")
	input := write(t, "x.json", []byte(rowInput))
	for _, c := range []struct {
		name       string
		ccs, pk    *artifact.Bundle
		vk, digest *artifact.Bundle
		want       string
	}{
		{"mark", own, own, own, nil, "it is not the one in the manifest"},
		{"all", other, other, other, other, "prove: "},
		{"circuit", other, own, own, own, "prove: "},
		{"verifying key", own, own, other, own, "it is not the one in the manifest"},
		{"verifying key and digest", own, own, other, other, "proving and verifying key differ"},
		{"proving key", own, other, own, own, "proving and verifying key differ"},
		{"digest", own, own, own, other, "it is not the one in the manifest"},
	} {
		dir := bundle(t, "both")
		info := ownInfo
		switch c.digest {
		case other:
			info.VKDigest = otherInfo.VKDigest
		case nil:
			info.Insecure = false
		}
		from := func(b *artifact.Bundle, part string) func(io.Writer) error {
			return func(w io.Writer) error {
				data, err := b.OpenKey("groth16", part)
				if err == nil {
					_, err = w.Write(data)
				}
				return err
			}
		}
		err := open(t, dir).AddKeys("groth16", info, map[string]func(io.Writer) error{
			"ccs": from(c.ccs, "ccs"), "pk": from(c.pk, "pk"), "vk": from(c.vk, "vk"),
		})
		if err != nil {
			t.Fatal(err)
		}
		proof := filepath.Join(t.TempDir(), "a.zkp")
		r := zkml(t.Context(), "prove", dir, "--input", input, "-o", proof)
		if r.code != exitInput || !strings.Contains(r.stderr, c.want) || !strings.Contains(r.stderr, dir) {
			t.Errorf("%s: %+v, want an error with %q", c.name, r, c.want)
		}
		if _, err := os.Stat(proof); err == nil {
			t.Errorf("%s: a proof was written", c.name)
		}
	}
}

func open(t *testing.T, dir string) *artifact.Bundle {
	t.Helper()
	b, err := artifact.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// TestFlippedProof flips bits all over a proof file: no command crashes or
// accepts, both verifiers agree, and a false proof is told from a broken file.
func TestFlippedProof(t *testing.T) {
	t.Parallel()
	dir, _, proof := proved(t, "both")
	good, err := os.ReadFile(proof)
	if err != nil {
		t.Fatal(err)
	}
	path := write(t, "bad.zkp", nil)
	verdicts := map[int]int{}
	step := 41
	if testing.Short() {
		step = 173
	}
	for i := 0; i < len(good); i += step {
		data := append([]byte{}, good...)
		data[i] ^= 1
		if err := os.WriteFile(path, data, 0o666); err != nil {
			t.Fatal(err)
		}
		r := zkml(t.Context(), "verify", dir, "--proof", path)
		if err := checkMessages(r.code, r.stderr); err != nil {
			t.Errorf("byte %d: %v", i, err)
		}
		if (r.code != exitRejected && r.code != exitInput) || !strings.Contains(r.stderr, path) {
			t.Errorf("byte %d (%q for %q): %+v", i, data[i], good[i], r)
		}
		verdicts[r.code]++
		if e := zkml(t.Context(), "verify-evm", dir, "--proof", path); e.code != r.code {
			t.Errorf("byte %d: verify exits with %d, verify-evm with %d: %s", i, r.code, e.code, e.stderr)
		}
	}
	if verdicts[exitRejected] == 0 || verdicts[exitInput] == 0 {
		t.Errorf("exit codes and how often: %v", verdicts)
	}
}
