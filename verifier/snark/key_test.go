// SPDX-License-Identifier: Apache-2.0

package snark_test

import (
	"bytes"
	"errors"
	"io"
	"strings"
	"testing"

	curve "github.com/consensys/gnark-crypto/ecc/bn254"

	"github.com/zkml-go/zkml/verifier/snark"
)

func TestParseSystem(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"groth16", "plonk"} {
		if s, err := snark.ParseSystem(name); err != nil || string(s) != name {
			t.Errorf("ParseSystem(%q) = %q, %v", name, s, err)
		}
	}
	for _, name := range []string{"", "Groth16", "stark"} {
		if s, err := snark.ParseSystem(name); err == nil || !strings.Contains(err.Error(), "plonk") {
			t.Errorf("ParseSystem(%q) = %q, %v, want an error that lists the systems", name, s, err)
		}
	}
}

func TestKeyEncoding(t *testing.T) {
	t.Parallel()
	length := map[string]int{"groth16": 844, "groth16-committed": 1164, "plonk": 916, "plonk-committed": 988}
	for _, f := range fixtures(t) {
		var file bytes.Buffer
		n, err := f.vk.WriteTo(&file)
		if err != nil || n != int64(file.Len()) {
			t.Fatalf("%s: wrote %d bytes of %d: %v", f.name, n, file.Len(), err)
		}
		if file.Len() != length[f.name] {
			t.Errorf("%s: %d bytes, want %d", f.name, file.Len(), length[f.name])
		}
		data := bytes.Clone(file.Bytes())
		back, err := snark.ReadVerifyingKey(&file)
		if err != nil {
			t.Errorf("%s: %v", f.name, err)
			continue
		}
		if !bytes.Equal(marshal(t, back), data) {
			t.Errorf("%s: another encoding after decoding", f.name)
		}
		if back.System() != f.system || back.NumCommitments() != f.vk.NumCommitments() {
			t.Errorf("%s: decoded a key of %s with %d commitments", f.name, back.System(), back.NumCommitments())
		}
		if err := snark.Verify(back, f.proof, f.public); err != nil {
			t.Errorf("%s: honest proof under the decoded key: %v", f.name, err)
		}
	}
}

// The mark survives the file and the digest tells a marked key from one without.
func TestKeyMark(t *testing.T) {
	t.Parallel()
	f := namedFixture(t, "groth16")
	clean, err := snark.NewGroth16VerifyingKey(f.vk.Groth16(), false)
	if err != nil {
		t.Fatal(err)
	}
	for _, vk := range []*snark.VerifyingKey{f.vk, clean} {
		back, err := snark.UnmarshalVerifyingKey(marshal(t, vk))
		if err != nil {
			t.Fatal(err)
		}
		if back.Insecure() != vk.Insecure() {
			t.Errorf("insecure = %v after decoding, want %v", back.Insecure(), vk.Insecure())
		}
	}
	if !f.vk.Insecure() || clean.Insecure() {
		t.Errorf("insecure = %v and %v, want true and false", f.vk.Insecure(), clean.Insecure())
	}
	a, errA := f.vk.Digest()
	b, errB := clean.Digest()
	if errA != nil || errB != nil || a == b {
		t.Errorf("digests %x and %x (%v, %v), want two", a, b, errA, errB)
	}
}

func TestUnmarshalKeyRefusesOtherFiles(t *testing.T) {
	t.Parallel()
	for _, f := range fixtures(t) {
		honest := marshal(t, f.vk)
		change := func(i int, b byte) []byte {
			c := bytes.Clone(honest)
			c[i] = b
			return c
		}
		for name, data := range map[string][]byte{
			"empty":                  nil,
			"magic alone":            honest[:8],
			"header alone":           honest[:12],
			"other magic":            change(0, 'x'),
			"version 2":              change(9, 2),
			"unknown system":         change(10, 3),
			"the other system":       change(10, 3-honest[10]),
			"unknown flag":           change(11, honest[11]|8),
			"a flag of old":          change(11, honest[11]|4),
			"the other flag":         change(11, honest[11]^2),
			"short":                  honest[:len(honest)-1],
			"long":                   append(bytes.Clone(honest), 0),
			"compressed flag":        change(len(honest)-64, honest[len(honest)-64]|0x80),
			"off the curve":          change(len(honest)-1, honest[len(honest)-1]^1),
			"longer than every key":  append(bytes.Clone(honest), make([]byte, 1<<20)...),
			"coordinate not below p": append(append(bytes.Clone(honest[:len(honest)-64]), curve.ID.BaseField().Bytes()...), honest[len(honest)-32:]...),
		} {
			if vk, err := snark.UnmarshalVerifyingKey(data); err == nil {
				t.Errorf("%s: %s: accepted as %s", f.name, name, vk.System())
			}
		}
	}
}

// Keys of wraps once had ten public inputs, and a flag that says so: what to do is said.
func TestUnmarshalKeyOfTenInputs(t *testing.T) {
	t.Parallel()
	data := marshal(t, fixtures(t)[0].vk)
	data[11] |= 4
	if _, err := snark.UnmarshalVerifyingKey(data); err == nil || !strings.Contains(err.Error(), "set up again") {
		t.Errorf("got %v, want what to do", err)
	}
}

// Reading stops after the longest key, whatever the file holds.
func TestReadVerifyingKeyIsBounded(t *testing.T) {
	t.Parallel()
	f := fixtures(t)[0]
	endless := &countingReader{r: io.MultiReader(bytes.NewReader(marshal(t, f.vk)), zeros{})}
	if _, err := snark.ReadVerifyingKey(endless); err == nil {
		t.Error("endless file accepted")
	}
	if endless.n > 1<<16 {
		t.Errorf("read %d bytes of an endless file", endless.n)
	}
}

type zeros struct{}

func (zeros) Read(b []byte) (int, error) { clear(b); return len(b), nil }

type countingReader struct {
	r io.Reader
	n int
}

func (c *countingReader) Read(b []byte) (int, error) {
	n, err := c.r.Read(b)
	c.n += n
	return n, err
}

// Decoding runs Lint: a file with γ = δ is a key, and refused.
func TestUnmarshalKeyLints(t *testing.T) {
	t.Parallel()
	key := namedFixture(t, "groth16").vk.Groth16()
	key.G2.Gamma = key.G2.Delta
	bad, err := snark.UncheckedGroth16(key)
	if err != nil {
		t.Fatal(err)
	}
	_, err = snark.UnmarshalVerifyingKey(marshal(t, bad))
	var lint *snark.LintError
	if !errors.As(err, &lint) || lint.Rule != "gamma-delta" {
		t.Errorf("got %v, want a refusal by gamma-delta", err)
	}
}

// Keys are immutable: what constructors and accessors share with the caller is a copy, and gnark's
// precomputed values are of the key that they are in.
func TestKeyIsACopy(t *testing.T) {
	t.Parallel()
	f := namedFixture(t, "groth16-committed")
	before := marshal(t, f.vk)
	key := f.vk.Groth16()
	key.G1.K[1] = key.G1.K[2]
	key.CommitmentKeys[0].G = key.G2.Beta
	g := namedFixture(t, "plonk-committed")
	beforePlonk := marshal(t, g.vk)
	plonk := g.vk.Plonk()
	plonk.Qcp[0] = plonk.Ql
	plonk.CommitmentConstraintIndexes[0]++
	if !bytes.Equal(before, marshal(t, f.vk)) || !bytes.Equal(beforePlonk, marshal(t, g.vk)) {
		t.Error("writing to a copy changed the key")
	}

	// A key whose lines are of other points verifies by those: they are not taken over.
	plonk = g.vk.Plonk()
	plonk.Kzg.Lines[1] = plonk.Kzg.Lines[0]
	vk, err := snark.NewPlonkVerifyingKey(plonk, true)
	if err != nil {
		t.Fatal(err)
	}
	if err := snark.Verify(vk, g.proof, g.public); err != nil {
		t.Errorf("honest proof: %v", err)
	}
	// The same for e(α, β), -γ and -δ of another key.
	other := namedFixture(t, "groth16").vk.Groth16()
	stale := *f.vk.Groth16()
	fields := *other
	fields.G1, fields.G2.Beta, fields.G2.Gamma, fields.G2.Delta = stale.G1, stale.G2.Beta, stale.G2.Gamma, stale.G2.Delta
	fields.CommitmentKeys, fields.PublicAndCommitmentCommitted = stale.CommitmentKeys, stale.PublicAndCommitmentCommitted
	if vk, err = snark.NewGroth16VerifyingKey(&fields, true); err != nil {
		t.Fatal(err)
	}
	if err := snark.Verify(vk, f.proof, f.public); err != nil {
		t.Errorf("honest proof: %v", err)
	}
}

func TestEmptyKey(t *testing.T) {
	t.Parallel()
	vk := new(snark.VerifyingKey)
	if _, err := vk.MarshalBinary(); err == nil {
		t.Error("an empty key has an encoding")
	}
	if _, err := vk.Digest(); err == nil {
		t.Error("an empty key has a digest")
	}
	if err := snark.Lint(vk); err == nil {
		t.Error("an empty key passes Lint")
	}
	if err := snark.Lint(nil); err == nil {
		t.Error("no key passes Lint")
	}
	if _, err := snark.NewGroth16VerifyingKey(nil, false); err == nil {
		t.Error("no groth16 key accepted")
	}
	if _, err := snark.NewPlonkVerifyingKey(nil, false); err == nil {
		t.Error("no plonk key accepted")
	}
}
