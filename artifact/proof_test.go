// SPDX-License-Identifier: Apache-2.0

package artifact

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/zkml-go/zkml/ir"
)

func proof() ProofFile {
	return ProofFile{
		Format: proofFormat, Version: proofVersion, Program: Hash{1}, System: "groth16", Key: Hash{2},
		Statement: Statement{
			Context: Hash{3}, Input: Bytes{0, 1, 255}, Output: Bytes{}, Commitments: []Hash{{4}, {5}},
			InputVisibility:  []ir.Visibility{ir.Public, ir.Committed},
			OutputVisibility: []ir.Visibility{ir.Committed, ir.Private},
		},
		Public: PublicInputs{D: Hash{6}, Z: Hash{7}, E: Hash{31: 8}},
		Proof:  bytes.Repeat([]byte{0xab}, 256),
	}
}

func TestProofRoundTrip(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	path := filepath.Join(dir, "proof.zkp")
	open := proof()
	open.Statement = Statement{Input: Bytes{1}, Output: Bytes{2}, Commitments: []Hash{},
		InputVisibility: []ir.Visibility{ir.Public}, OutputVisibility: []ir.Visibility{ir.Public}}
	for _, p := range []ProofFile{proof(), open} { // the second replaces the first
		if err := WriteProof(path, p); err != nil {
			t.Fatal(err)
		}
		got, err := ReadProof(path)
		if err != nil {
			t.Fatal(err)
		}
		if d := cmp.Diff(&p, got); d != "" {
			t.Errorf("(-written +read):\n%s", d)
		}
	}
	open.Statement.Commitments = nil // none, said otherwise
	if _, err := decodeProof(encodeJSON(&open)); !errors.Is(err, ErrCorrupt) {
		t.Errorf("commitments null: %v", err)
	}
	if err := WriteProof(path, open); err != nil {
		t.Fatal(err)
	}
	if _, err := ReadProof(path); err != nil {
		t.Error(err)
	}
	if n := len(content(t, dir)); n != 1 {
		t.Errorf("%d files", n)
	}
}

// TestProofChecks makes one change to a proof at a time that makes no sense;
// neither WriteProof nor ReadProof takes it, and the old file stays.
func TestProofChecks(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "proof.zkp")
	if err := WriteProof(path, proof()); err != nil {
		t.Fatal(err)
	}
	for name, change := range map[string]func(p *ProofFile){
		"system":               func(p *ProofFile) { p.System = "Groth16" },
		"no proof":             func(p *ProofFile) { p.Proof = nil },
		"commitment missing":   func(p *ProofFile) { p.Statement.Commitments = p.Statement.Commitments[:1] },
		"commitment too many":  func(p *ProofFile) { p.Statement.Commitments = append(p.Statement.Commitments, Hash{}) },
		"input missing":        func(p *ProofFile) { p.Statement.Input = Bytes{} },
		"output of nothing":    func(p *ProofFile) { p.Statement.Output = Bytes{1} },
		"no inputs":            func(p *ProofFile) { p.Statement.InputVisibility = nil },
		"no outputs":           func(p *ProofFile) { p.Statement.OutputVisibility = nil },
		"visibility":           func(p *ProofFile) { p.Statement.OutputVisibility[1] = "open" },
		"more than the limit":  func(p *ProofFile) { p.Statement.Input = make(Bytes, maxJSON/2+1) },
		"committed, not named": func(p *ProofFile) { p.Statement.OutputVisibility[1] = ir.Committed },
	} {
		p := proof()
		change(&p)
		if err := WriteProof(path, p); err == nil || !strings.Contains(err.Error(), path) {
			t.Errorf("%s: written, %v", name, err)
		}
		if _, err := decodeProof(encodeJSON(&p)); name != "more than the limit" && !errors.Is(err, ErrCorrupt) {
			t.Errorf("%s: read, %v", name, err)
		}
	}
	if p, err := ReadProof(path); err != nil {
		t.Errorf("the old proof: %v", err)
	} else if d := cmp.Diff(proof(), *p); d != "" {
		t.Errorf("the old proof has changed:\n%s", d)
	}
}

// TestReadProofRefuses makes one change to the text of a good proof at a time.
func TestReadProofRefuses(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "proof.zkp")
	p := proof()
	good := string(encodeJSON(&p))
	replace := func(old, new string) string {
		if !strings.Contains(good, old) {
			t.Fatalf("the file has no %s", old)
		}
		return strings.Replace(good, old, new, 1)
	}
	for name, c := range map[string]struct {
		text string
		want error
	}{
		"good":             {good, nil},
		"white space":      {strings.ReplaceAll(good, "\n", "\r\n\t"), nil},
		"empty":            {"", ErrCorrupt},
		"not JSON":         {"proof", ErrCorrupt},
		"a list":           {"[]", ErrCorrupt},
		"null":             {"null", ErrCorrupt},
		"truncated":        {good[:len(good)-3], ErrCorrupt},
		"trailing":         {good + "{}", ErrCorrupt},
		"newer":            {replace(`"version": 1`, `"version": 2`), ErrVersion},
		"a bundle":         {replace("zkml-proof", "zkml-bundle"), ErrCorrupt},
		"unknown field":    {replace(`"system"`, `"note": "", "system"`), ErrCorrupt},
		"missing field":    {replace("\"system\": \"groth16\",\n", ""), ErrCorrupt},
		"repeated field":   {replace(`"system": "groth16"`, `"system": "plonk", "system": "groth16"`), ErrCorrupt},
		"field case":       {replace(`"system"`, `"System"`), ErrCorrupt},
		"upper-case hex":   {replace("0xabab", "0xABab"), ErrCorrupt},
		"no 0x":            {replace("0xabab", "abab"), ErrCorrupt},
		"odd hex":          {replace("0xabab", "0xbab"), ErrCorrupt},
		"not hex":          {replace("0xabab", "0xabag"), ErrCorrupt},
		"short hash":       {replace("0x02", "0x"), ErrCorrupt},
		"long hash":        {replace("0x02", "0x0000"), ErrCorrupt},
		"null commitments": {replace("\"commitments\": [\n", "\"commitments\": null, \"x\": [\n"), ErrCorrupt},
		"too large":        {good + strings.Repeat(" ", maxJSON), ErrCorrupt},
	} {
		if err := os.WriteFile(path, []byte(c.text), 0o666); err != nil {
			t.Fatal(err)
		}
		_, err := ReadProof(path)
		if c.want == nil && err != nil || !errors.Is(err, c.want) {
			t.Errorf("%s: %v, want %v", name, err, c.want)
		}
		if err != nil && !strings.Contains(err.Error(), path) {
			t.Errorf("%s: %v does not name the file", name, err)
		}
	}
	if _, err := ReadProof(path + "x"); !errors.Is(err, fs.ErrNotExist) || strings.Count(err.Error(), path) != 1 {
		t.Errorf("no file: %v", err)
	}
	if _, err := ReadProof(filepath.Dir(path)); err == nil {
		t.Error("a directory is read as a proof")
	}
}

// TestCheckKeys refuses proofs of other models and other keys.
func TestCheckKeys(t *testing.T) {
	t.Parallel()
	b := create(t)
	p := proof()
	p.Program, p.Key = b.Program().Digest(), Hash{1}
	if err := p.CheckKeys(b); err != nil {
		t.Error(err)
	}
	for name, change := range map[string]func(p *ProofFile){
		"model":  func(p *ProofFile) { p.Program = program(t, 2).Digest() },
		"key":    func(p *ProofFile) { p.Key = Hash{2} },
		"system": func(p *ProofFile) { p.System = "plonk" },
	} {
		q := p
		change(&q)
		if err := q.CheckKeys(b); !errors.Is(err, ErrMismatch) {
			t.Errorf("another %s: %v, want ErrMismatch", name, err)
		}
	}
}

// FuzzReadProof checks that reading a proof is total and that what it accepts
// is written as the same.
func FuzzReadProof(f *testing.F) {
	p := proof()
	f.Add(encodeJSON(&p))
	p.Statement.OutputVisibility[0], p.Statement.Output, p.Statement.Commitments = ir.Public, Bytes{9}, p.Statement.Commitments[:1]
	f.Add(compactJSON(&p))
	f.Add([]byte(`{"format": "zkml-proof", "version": 1}`))
	f.Add([]byte(`{}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		p, err := decodeProof(data)
		if err != nil {
			if !errors.Is(err, ErrCorrupt) && !errors.Is(err, ErrVersion) {
				t.Errorf("%v is neither ErrCorrupt nor ErrVersion", err)
			}
			return
		}
		q, err := decodeProof(encodeJSON(p))
		if err != nil {
			t.Fatal(err)
		}
		if d := cmp.Diff(p, q); d != "" {
			t.Error(d)
		}
	})
}
