// SPDX-License-Identifier: Apache-2.0

package ceremony_test

import (
	"bytes"
	"encoding/binary"
	"io/fs"
	"runtime"
	"testing"

	"github.com/zkml-go/zkml/ceremony"
)

var errNotExist = fs.ErrNotExist

// states returns the encodings of a state and of one without commitments.
func states(t testing.TB) (out [][]byte) {
	t.Helper()
	for _, committed := range []bool{true, false} {
		_, dir := hold(t, newCircuit(t, compile(t, &toy{Range: committed, Five: 5}), powers()[0]), 1)
		out = append(out, read(t, dir, "0001.phase2"))
	}
	return out
}

// No file but a state's is one, in one encoding.
func TestDecode(t *testing.T) {
	t.Parallel()
	for _, good := range states(t) {
		p, err := ceremony.Decode(good)
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(ceremony.Encode(p), good) {
			t.Error("another encoding comes back")
		}
		for n := 0; n < len(good); n += 1 + n/7 {
			if _, err := ceremony.Decode(good[:n]); err == nil {
				t.Errorf("%d of %d bytes are a state", n, len(good))
			}
		}
		if _, err := ceremony.Decode(append(bytes.Clone(good), 0)); err == nil {
			t.Error("a trailing byte is accepted")
		}
		// A bit of every fifth byte, but for the hash at the end, which any bytes are.
		accepted := 0
		for i := 0; i < len(good)-32; i += 5 {
			bad := bytes.Clone(good)
			bad[i] ^= 1
			if p, err := ceremony.Decode(bad); err == nil {
				accepted++ // every other x is that of a point
				if !bytes.Equal(ceremony.Encode(p), bad) {
					t.Errorf("byte %d: another encoding comes back", i)
				}
			}
		}
		if accepted == len(good)/5 {
			t.Error("every change is accepted: this test shows nothing")
		}
	}
}

// A state that claims billions of points costs what it holds.
func TestDecodeDoesNotAllocateForClaims(t *testing.T) {
	data := states(t)[0]
	binary.BigEndian.PutUint32(data[2+32:], 1<<32-1)
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	_, err := ceremony.Decode(data)
	runtime.ReadMemStats(&after)
	if err == nil {
		t.Error("accepted")
	}
	const limit = 1 << 20
	if got := after.TotalAlloc - before.TotalAlloc; got > limit {
		t.Errorf("%d bytes allocated for a small file, at most %d", got, limit)
	}
}

// Whatever a file holds, it is a state in its only encoding, or none.
func FuzzDecode(f *testing.F) {
	for _, data := range states(f) {
		f.Add(data)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		if p, err := ceremony.Decode(data); err == nil && !bytes.Equal(ceremony.Encode(p), data) {
			t.Error("a state with two encodings")
		}
	})
}

// Whatever a record holds, it comes back as it is, or is none.
func FuzzRecord(f *testing.F) {
	_, dir := hold(f, newCircuit(f, compile(f, &toy{Five: 5}), powers()[0]), 2)
	f.Add(read(f, dir, "ceremony.json"))
	f.Add([]byte(`{}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		at := t.TempDir()
		write(t, at, "ceremony.json", data)
		c, err := ceremony.Open(at)
		if err != nil {
			return
		}
		if _, err := c.Transcript(); err != nil {
			t.Error(err)
		}
		if c.Record().Beacon != nil && len(c.Record().Contributions) == 0 {
			t.Error("a beacon without a contribution")
		}
	})
}
