// SPDX-License-Identifier: Apache-2.0

package artifact

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestVerifierFile: the file of a bundle has its outline, its keys and none of its weights.
func TestVerifierFile(t *testing.T) {
	b := create(t)
	v, err := b.Verifier("test")
	if err != nil {
		t.Fatal(err)
	}
	data, err := EncodeVerifier(v)
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "m.zkv")
	if err := os.WriteFile(path, data, 0o644); err != nil {
		t.Fatal(err)
	}
	got, err := ReadVerifier(path)
	if err != nil {
		t.Fatal(err)
	}
	if got.Outline().Digest != b.Program().Digest() || len(got.Keys) != len(b.Manifest().Keys) || !IsVerifierFile(path) || IsVerifierFile(b.Dir()) {
		t.Errorf("%+v", got)
	}
	for _, k := range b.Manifest().Keys {
		own, err := b.OpenKey(k.System, "vk")
		if err != nil {
			t.Fatal(err)
		}
		if other, err := got.VerifierKey(k.System); err != nil || !bytes.Equal(own, other.Key) || other.Digest != k.VKDigest || other.Insecure != k.Insecure {
			t.Errorf("%s: %+v %v", k.System, other, err)
		}
	}
	if again, err := EncodeVerifier(got); err != nil || !bytes.Equal(again, data) {
		t.Errorf("encoded in another way: %v", err)
	}
	for what, bad := range map[string]string{
		"nothing":            "",
		"half":               string(data[:len(data)/2]),
		"another format":     strings.Replace(string(data), "zkml-verifier", "zkml-bundle", 1),
		"another program":    strings.Replace(string(data), "zkml program 1", "zkml program 2", 1),
		"a field more":       strings.Replace(string(data), "{", `{"more": 1,`, 1),
		"a system of itself": strings.Replace(string(data), `"system": "groth16"`, `"system": "Groth 16"`, 1),
		"no key":             strings.Replace(string(data), `"vk": "0x`, `"vk": "`, 1),
	} {
		if bad == string(data) {
			t.Fatalf("%s: nothing changed", what)
		}
		if _, err := decodeVerifier([]byte(bad)); !errors.Is(err, ErrCorrupt) && !errors.Is(err, ErrVersion) {
			t.Errorf("%s: %v", what, err)
		}
	}
	p := ProofFile{Program: b.Program().Digest(), System: "groth16", Key: b.Manifest().Keys[0].VKDigest}
	if err := p.CheckVerifier(got); err != nil {
		t.Error(err)
	}
	for what, change := range map[string]func(*ProofFile){
		"another program": func(p *ProofFile) { p.Program[0]++ },
		"another system":  func(p *ProofFile) { p.System = "plonk" },
		"another key":     func(p *ProofFile) { p.Key[0]++ },
	} {
		q := p
		change(&q)
		if err := q.CheckVerifier(got); !errors.Is(err, ErrMismatch) {
			t.Errorf("%s: %v, want %v", what, err, ErrMismatch)
		}
	}
}

// TestVerifierFileNeedsKeys: without keys there is nothing to verify with.
func TestVerifierFileNeedsKeys(t *testing.T) {
	b := create(t)
	v, err := b.Verifier("test")
	if err != nil {
		t.Fatal(err)
	}
	v.Keys = nil
	if _, err := EncodeVerifier(v); err == nil {
		t.Error("a file without keys")
	}
}

// FuzzReadVerifier: what decodes has one encoding.
func FuzzReadVerifier(f *testing.F) {
	v, err := create(f).Verifier("test")
	if err != nil {
		f.Fatal(err)
	}
	data, err := EncodeVerifier(v)
	if err != nil {
		f.Fatal(err)
	}
	f.Add(data)
	f.Add(data[:len(data)/2])
	f.Add([]byte(`{"format":"zkml-verifier","version":1}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		v, err := decodeVerifier(data)
		if err != nil {
			return
		}
		again, err := EncodeVerifier(v)
		if err != nil {
			t.Fatal(err)
		}
		if w, err := decodeVerifier(again); err != nil || w.Outline().Digest != v.Outline().Digest {
			t.Errorf("decoded another file: %v", err)
		}
	})
}
