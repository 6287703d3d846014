// SPDX-License-Identifier: Apache-2.0

package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
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
	// The files that a command needs. Those of 1 MiB at most are all compared when
	// a bundle is opened.
	for _, name := range []string{"manifest.json", "program.zkml", "report.json", "groth16.ccs", "groth16.pk", "groth16.vk", "plonk.vk"} {
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

// TestForeignKeys puts the keys of another model, and their entry of the
// manifest, into a bundle: hashes and manifest fit, the circuit does not.
func TestForeignKeys(t *testing.T) {
	t.Parallel()
	dir, input, _ := proved(t, "both")
	other := bundle(t, "other")
	for _, part := range []string{"ccs", "pk", "vk"} {
		data, err := os.ReadFile(filepath.Join(other, "groth16."+part))
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, "groth16."+part), data, 0o666); err != nil {
			t.Fatal(err)
		}
	}
	r := zkml(t.Context(), "prove", dir, "--input", input, "-o", filepath.Join(t.TempDir(), "b.zkp"))
	if r.code != exitInput || !strings.Contains(r.stderr, "groth16.") {
		t.Errorf("keys whose manifest is another's: %+v", r)
	}
	// The whole bundle but for the program.
	data, err := os.ReadFile(filepath.Join(dir, "program.zkml"))
	if err == nil {
		err = os.WriteFile(filepath.Join(other, "program.zkml"), data, 0o666)
	}
	if err != nil {
		t.Fatal(err)
	}
	if r := zkml(t.Context(), "run", other, "--input", input); r.code != exitInput || !strings.Contains(r.stderr, "program.zkml") {
		t.Errorf("the program of another bundle: %+v", r)
	}
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
	step := 7
	if testing.Short() {
		step = 61
	}
	for i := 0; i < len(good); i += step {
		for _, bit := range []byte{1, 4} {
			data := append([]byte{}, good...)
			data[i] ^= bit
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
	}
	if verdicts[exitRejected] == 0 || verdicts[exitInput] == 0 {
		t.Errorf("exit codes and how often: %v", verdicts)
	}
}
