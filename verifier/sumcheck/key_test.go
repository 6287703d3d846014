// SPDX-License-Identifier: Apache-2.0

package sumcheck_test

import (
	"bytes"
	"encoding/binary"
	"runtime"
	"testing"

	curve "github.com/consensys/gnark-crypto/ecc/bn254"
	"github.com/consensys/gnark-crypto/ecc/bn254/fp"

	"github.com/zkml-go/zkml/verifier/snark"
	vsumcheck "github.com/zkml-go/zkml/verifier/sumcheck"
)

// negated returns p − y for a coordinate.
func negated(y []byte) []byte {
	var e fp.Element
	e.SetBytes(y)
	b := e.Neg(&e).Bytes()
	return b[:]
}

// TestNewVerifyingKey refuses parts that cannot be used or would let anybody forge.
func TestNewVerifyingKey(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	vk := f.key()
	_, _, _, g2 := curve.Generators()
	var minus, off curve.G2Affine
	minus.Neg(&g2)
	off.X, off.Y = g2.Y, g2.X
	type parts struct {
		wrap          *snark.VerifyingKey
		tau           curve.G2Affine
		vars, witness int
		model         []curve.G1Affine
	}
	honest := parts{vk.Wrap(), vk.Tau(), vk.Vars(), vk.NumWitness(), vk.Model()}
	make := func(p parts) error {
		_, err := vsumcheck.NewVerifyingKey(p.wrap, p.tau, p.vars, p.witness, p.model)
		return err
	}
	if err := make(honest); err != nil {
		t.Fatal(err)
	}
	for what, edit := range map[string]func(*parts){
		"no wrap":                 func(p *parts) { p.wrap = nil },
		"an empty wrap":           func(p *parts) { p.wrap = &snark.VerifyingKey{} },
		"tau at infinity":         func(p *parts) { p.tau = curve.G2Affine{} },
		"tau off the curve":       func(p *parts) { p.tau = off },
		"tau of the secret 1":     func(p *parts) { p.tau = g2 },
		"tau of the secret -1":    func(p *parts) { p.tau = minus },
		"no variables":            func(p *parts) { p.vars = 0 },
		"negative variables":      func(p *parts) { p.vars = -1 },
		"too many variables":      func(p *parts) { p.vars = 64 },
		"no columns":              func(p *parts) { p.witness = 0 },
		"negative columns":        func(p *parts) { p.witness = -1 },
		"too many columns":        func(p *parts) { p.witness = 1 << 16 },
		"a model of many columns": func(p *parts) { p.model = bigModel[:] },
	} {
		p := honest
		edit(&p)
		if make(p) == nil {
			t.Errorf("%s: still a key", what)
		}
	}
}

var bigModel [1 << 16]curve.G1Affine

// TestKeyIsImmutable: what a key returns may be changed.
func TestKeyIsImmutable(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	before := marshal(t, f.key())
	model := f.key().Model()
	clear(model)
	if !bytes.Equal(marshal(t, f.key()), before) {
		t.Error("the key changed")
	}
}

// TestKeyEncoding changes bytes of, cuts and extends the encoding of a key: none of these decodes
// to the same key, and none to another encoding than its own.
func TestKeyEncoding(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	data := marshal(t, f.key())
	if vk, err := vsumcheck.UnmarshalVerifyingKey(data); err != nil || !bytes.Equal(marshal(t, vk), data) {
		t.Fatalf("a key is not read as written: %v", err)
	}
	for _, n := range []int{0, 1, 17, 18, 21, 22, len(data) / 2, len(data) - 64, len(data) - 1} {
		vk, err := vsumcheck.UnmarshalVerifyingKey(data[:n])
		// Without the last point of the model it is the key of another model.
		if err == nil && (n != len(data)-64 || len(vk.Model()) != len(f.key().Model())-1) {
			t.Errorf("%d of %d bytes are a key", n, len(data))
		}
	}
	if _, err := vsumcheck.UnmarshalVerifyingKey(append(bytes.Clone(data), 0)); err == nil {
		t.Error("a trailing byte is part of the key")
	}
	step := 3 // a key that decodes is linted, which takes time
	if testing.Short() {
		step = 31
	}
	for i := 0; i < len(data); i += step {
		changed := bytes.Clone(data)
		changed[i] ^= 1
		if vk, err := vsumcheck.UnmarshalVerifyingKey(changed); err == nil && !bytes.Equal(marshal(t, vk), changed) {
			t.Fatalf("byte %d changed: a key of another encoding", i)
		}
	}
}

// TestClaimedSizes gives headers that claim more than there is: nothing is allocated for
// it. No other test runs meanwhile.
func TestClaimedSizes(t *testing.T) {
	f := newFixture(t)
	key, plain := marshal(t, f.key()), f.proofs(t)["plain"]
	const magic = 18
	wrap := int(binary.BigEndian.Uint32(key[magic:]))
	decode := map[string]func([]byte) error{
		"key":   func(b []byte) error { _, err := vsumcheck.UnmarshalVerifyingKey(b); return err },
		"plain": func(b []byte) error { _, err := vsumcheck.UnmarshalPlain(b); return err },
	}
	for _, c := range []struct {
		kind string
		data []byte
		at   int
	}{
		{"key", key, magic}, {"key", key, magic + 4 + wrap}, {"key", key, magic + 8 + wrap},
		{"plain", plain, len("zkml.sumcheck.plain\x00\x01")}, {"plain", plain, len("zkml.sumcheck.plain\x00\x01") + 4},
	} {
		for _, n := range []uint32{0, 1 << 20, 1 << 26, 1<<31 - 1, 1 << 31, 1<<32 - 1} {
			changed := bytes.Clone(c.data)
			binary.BigEndian.PutUint32(changed[c.at:], n)
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			err := decode[c.kind](changed)
			runtime.ReadMemStats(&after)
			if err == nil {
				t.Errorf("%s: %d at byte %d is accepted", c.kind, n, c.at)
			}
			if allocated := after.TotalAlloc - before.TotalAlloc; allocated > 1<<20 {
				t.Errorf("%s: %d at byte %d: %d bytes allocated", c.kind, n, c.at, allocated)
			}
		}
	}
}
