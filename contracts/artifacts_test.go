// SPDX-License-Identifier: Apache-2.0

package contracts_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/zkml-go/zkml/contracts"
	"github.com/zkml-go/zkml/internal/evmtest"
	"github.com/zkml-go/zkml/statement"
)

// maxCodeBytes is the most runtime code that a contract may have (EIP-170).
const maxCodeBytes = 24_576

func TestArtifacts(t *testing.T) {
	t.Parallel()
	names := contracts.Names()
	if len(names) == 0 {
		t.Fatal("no artifacts")
	}
	for _, name := range names {
		a, err := contracts.Load(name)
		if err != nil {
			t.Fatal(err)
		}
		if a.Name != name {
			t.Errorf("artifact %s is of contract %s", name, a.Name)
		}
		if n := len(a.DeployedBytecode); n >= maxCodeBytes {
			t.Errorf("%s has %d bytes of code, want less than %d", name, n, maxCodeBytes)
		}
		if !strings.HasPrefix(a.Compiler, "0.8.37+") {
			t.Errorf("%s was compiled by %s, want 0.8.37", name, a.Compiler)
		}
		if _, err := os.Stat(a.Source); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestUnknownArtifacts(t *testing.T) {
	t.Parallel()
	if _, err := contracts.Load("Verifier"); !errors.Is(err, contracts.ErrUnknown) {
		t.Errorf("Load: got error %v, want ErrUnknown", err)
	}
	if _, err := contracts.Load("../artifacts/Groth16InferenceVerifier"); !errors.Is(err, contracts.ErrUnknown) {
		t.Errorf("Load of a path: got error %v, want ErrUnknown", err)
	}
	if _, err := contracts.ForSystem("groth16"); !errors.Is(err, contracts.ErrUnknown) {
		t.Errorf("ForSystem: got error %v, want ErrUnknown", err)
	}
	for _, text := range []string{
		"", "[]", "{}", `{"contract":"X","abi":[],"bytecode":"0x","deployedBytecode":"0x00"}`,
		`{"contract":"X","abi":[],"bytecode":"0x0","deployedBytecode":"0x00"}`,
		`{"contract":"X","abi":"","bytecode":"0x00","deployedBytecode":"0x00"}`,
	} {
		if _, err := contracts.Parse([]byte(text)); err == nil {
			t.Errorf("Parse accepts %s", text)
		}
	}
}

// TestArtifactsReproduce compiles the sources again and compares the files byte for byte.
func TestArtifactsReproduce(t *testing.T) {
	t.Parallel()
	out := t.TempDir()
	evmtest.Build(t, out)
	if diff := cmp.Diff(readDir(t, out), readDir(t, "artifacts")); diff != "" {
		t.Errorf("artifacts are not what the compiler makes of the sources; run make contracts (-compiled +repository):\n%s", diff)
	}
}

func readDir(t testing.TB, dir string) map[string]string {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	files := map[string]string{}
	for _, e := range entries {
		data, err := os.ReadFile(filepath.Join(dir, e.Name()))
		if err != nil {
			t.Fatal(err)
		}
		files[e.Name()] = string(data)
	}
	return files
}

// TestLockfilesNameNoRegistry keeps lock files usable with whatever registry the user has, and what npm
// installs the same for everyone.
func TestLockfilesNameNoRegistry(t *testing.T) {
	t.Parallel()
	for _, folder := range []string{"contracts", "examples/attestation", "internal/evmtest", "internal/ort"} {
		read := func(name string) []byte {
			b, err := os.ReadFile(filepath.Join("..", filepath.FromSlash(folder), name))
			if err != nil {
				t.Fatal(err)
			}
			return b
		}
		lock := read("package-lock.json")
		if bytes.Contains(lock, []byte(`"resolved"`)) {
			t.Errorf(`%s: package-lock.json has "resolved" fields; .npmrc asks npm to omit them`, folder)
		}
		if n := bytes.Count(lock, []byte(`"integrity": "sha512-`)); n < 3 {
			t.Errorf("%s: package-lock.json has %d integrity fields", folder, n)
		}
		var manifest struct{ Dependencies, DevDependencies, OptionalDependencies map[string]string }
		if err := json.Unmarshal(read("package.json"), &manifest); err != nil {
			t.Fatalf("%s: %v", folder, err)
		}
		for _, list := range []map[string]string{manifest.Dependencies, manifest.DevDependencies, manifest.OptionalDependencies} {
			for name, version := range list {
				if !exactVersion.MatchString(version) {
					t.Errorf("%s: %s is not pinned but %q", folder, name, version)
				}
			}
		}
	}
}

var exactVersion = regexp.MustCompile(`^[0-9]+\.[0-9]+\.[0-9]+$`)

func TestDecodeRevert(t *testing.T) {
	t.Parallel()
	a := groth16Artifact(t)
	word := func(n byte) []byte { return append(make([]byte, 31), n) }
	selector := func(signature string) []byte {
		h := statement.Keccak([]byte(signature))
		return h[:4]
	}
	message := bytes.Join([][]byte{selector("Error(string)"), word(32), word(2), append([]byte("no"), make([]byte, 30)...)}, nil)
	tests := []struct {
		name string
		data []byte
		want string
	}{
		{"no arguments", selector("ProofInvalid()"), "ProofInvalid()"},
		{"arguments", bytes.Join([][]byte{selector("ProofLengthInvalid(uint256,uint256)"), word(9), word(8)}, nil), "ProofLengthInvalid(9, 8)"},
		{"message", message, "Error(no)"},
		{"assertion", append(selector("Panic(uint256)"), word(0x11)...), "Panic(arithmetic underflow or overflow)"},
		{"no data", nil, ""},
		{"short", []byte{1, 2, 3}, ""},
		{"unknown error", selector("Unknown()"), ""},
		{"missing arguments", selector("ProofLengthInvalid(uint256,uint256)"), ""},
	}
	for _, test := range tests {
		got, err := contracts.DecodeRevert(a.ABI, test.data)
		if test.want == "" {
			if !errors.Is(err, contracts.ErrNotDecodable) {
				t.Errorf("%s: got %v and error %v, want ErrNotDecodable", test.name, got, err)
			}
			continue
		}
		if err != nil || got.String() != test.want {
			t.Errorf("%s: got %v and error %v, want %s", test.name, got, err, test.want)
		}
	}
}

// TestErrorsAreDeclared asks for the errors that users see by name in the ABI of every verifier.
func TestErrorsAreDeclared(t *testing.T) {
	t.Parallel()
	common := []string{
		"ModelMismatch", "ChallengeNotInField", "CommitmentNotInField", "KeyLengthInvalid", "ProofLengthInvalid", "ProofInvalid",
	}
	for _, verifier := range []struct {
		a     contracts.Artifact
		names []string
	}{
		{groth16Artifact(t), nil},
		{plonkArtifact(t), []string{"OpeningNotInField", "PointInvalid", "ChallengeInDomain", "PrecompileFailed"}},
		{wrapKeys{system: statement.Sumcheck}.artifact(t), []string{
			"CommitmentInvalid", "KeyParametersInvalid", "ScalarNotInField", "PointInvalid", "ChallengeDegenerate", "ValuesInvalid",
		}},
		{wrapKeys{system: statement.SumcheckPlonk}.artifact(t), []string{
			"CommitmentInvalid", "KeyParametersInvalid", "ScalarNotInField", "PointInvalid", "ChallengeDegenerate", "ValuesInvalid",
			"OpeningNotInField", "ChallengeInDomain", "PrecompileFailed",
		}},
	} {
		want := slices.Sorted(slices.Values(append(verifier.names, common...)))
		if got := slices.Sorted(maps.Keys(verifier.a.ABI.Errors)); !slices.Equal(got, want) {
			t.Errorf("%s declares the errors %v, want %v", verifier.a.Name, got, want)
		}
	}
}
