// SPDX-License-Identifier: Apache-2.0

package snark_test

import (
	"bytes"
	"encoding/binary"
	"runtime"
	"testing"

	prover "github.com/zkml-go/zkml/prover/snark"
	"github.com/zkml-go/zkml/verifier/snark"
)

func TestProvingKeyEncoding(t *testing.T) {
	t.Parallel()
	for _, f := range fixtures(t) {
		data := write(t, f.pk)
		back, err := prover.ReadProvingKey(bytes.NewReader(data))
		if err != nil {
			t.Errorf("%s: %v", f.name, err)
			continue
		}
		if !bytes.Equal(write(t, back), data) {
			t.Errorf("%s: another encoding after decoding", f.name)
		}
		want, err := f.vk.Digest()
		if err != nil {
			t.Fatal(err)
		}
		if got, err := back.VerifyingKey().Digest(); err != nil || got != want {
			t.Errorf("%s: verifying key %x, want %x (%v)", f.name, got, want, err)
		}
		proof, _, err := prover.Prove(t.Context(), nil, f.cs, back, divided(31))
		if err != nil {
			t.Errorf("%s: %v", f.name, err)
			continue
		}
		public, err := prover.PublicInputs(divided(31))
		if err != nil {
			t.Fatal(err)
		}
		if err := snark.Verify(f.vk, proof, public); err != nil {
			t.Errorf("%s: %v", f.name, err)
		}
	}
}

func TestReadProvingKeyRefusesOtherFiles(t *testing.T) {
	t.Parallel()
	for _, f := range fixtures(t) {
		data := write(t, f.pk)
		change := func(i int, b byte) []byte {
			c := bytes.Clone(data)
			c[i] = b
			return c
		}
		vkBytes := int(binary.BigEndian.Uint32(data[12:]))
		for name, file := range map[string][]byte{
			"empty":               nil,
			"header alone":        data[:12],
			"other magic":         change(0, 'x'),
			"a constraint system": append([]byte("zkml.cs\x00"), data[8:]...),
			"version 2":           change(9, 2),
			"unknown system":      change(10, 9),
			"the other system":    change(10, 3-data[10]),
			"long verifying key":  change(12, 1),
			"other verifying key": change(16, 'x'),
			"verifying key cut":   data[:16+vkBytes-1],
			"short":               data[:len(data)-1],
			"half":                data[:len(data)/2],
			"long":                append(bytes.Clone(data), 0),
		} {
			if _, err := prover.ReadProvingKey(bytes.NewReader(file)); err == nil {
				t.Errorf("%s: %s accepted", f.name, name)
			}
		}
	}
}

// Whatever the file claims, memory is spent for what it holds: the largest length is written over the
// lengths of the verifying key and of the first slice, and over values all over the file.
func TestReadProvingKeyDoesNotAllocateForClaims(t *testing.T) {
	for _, f := range fixtures(t) {
		data := write(t, f.pk)
		firstSlice := 16 + int(binary.BigEndian.Uint32(data[12:]))
		if f.pk.System() == snark.Groth16 {
			firstSlice += 3*64 + 2*128 // alpha, beta, delta
		}
		claims := []int{12, firstSlice}
		for i := firstSlice + 4; i+4 <= len(data); i += len(data)/32 + 1 {
			claims = append(claims, i)
		}
		var before, after runtime.MemStats
		for _, i := range claims {
			file := bytes.Clone(data)
			binary.BigEndian.PutUint32(file[i:], 1<<32-1)
			runtime.ReadMemStats(&before)
			_, err := prover.ReadProvingKey(bytes.NewReader(file))
			runtime.ReadMemStats(&after)
			if i <= firstSlice && err == nil {
				t.Errorf("%s: a length of %d at %d was believed", f.name, uint32(1<<32-1), i)
			}
			const limit = 16 << 20
			if got := after.TotalAlloc - before.TotalAlloc; got > limit {
				t.Fatalf("%s: %d bytes allocated for a key of %d with a claim at %d (%v)", f.name, got, len(data), i, err)
			}
		}
	}
}
