// SPDX-License-Identifier: Apache-2.0

package ptau_test

import (
	"bytes"
	"encoding/binary"
	"reflect"
	"strings"
	"testing"

	"github.com/zkml-go/zkml/ceremony/ptau"
)

// unprepared returns a file without the Lagrange bases.
func unprepared(t testing.TB, data []byte) []byte {
	t.Helper()
	out := bytes.Clone(data[:sections(t, data)[12]-12])
	binary.LittleEndian.PutUint32(out[8:], 7)
	return out
}

func lagrangeOf(data []byte, n int) (*ptau.Lagrange, error) {
	f, err := open(data)
	if err != nil {
		return nil, err
	}
	p, err := f.Phase1(n)
	if err != nil {
		return nil, err
	}
	return f.Lagrange(p)
}

// The Lagrange bases in a file are those that are computed without them.
func TestLagrange(t *testing.T) {
	t.Parallel()
	data := write(t)
	for _, n := range []int{2, 4, 1 << power} {
		read, err := lagrangeOf(data, n)
		if err != nil {
			t.Fatal(err)
		}
		computed, err := lagrangeOf(unprepared(t, data), n)
		if err != nil {
			t.Fatal(err)
		}
		if len(read.TauG1) != n || !reflect.DeepEqual(read, computed) {
			t.Errorf("the basis of %d differs", n)
		}
	}
}

// Bases that are not those of the powers.
func TestLagrangeRefusesOthers(t *testing.T) {
	t.Parallel()
	good := write(t)
	at := sections(t, good)
	for section, name := range map[uint32]string{12: "in G1", 13: "in G2", 14: "times alpha", 15: "times beta"} {
		size := 64
		if section == 13 {
			size = 128
		}
		const n = 1 << power
		first := at[section] + (n-1)*size // after the bases of 1, 2 and 4
		for fault, c := range map[string]struct {
			change func(b []byte) []byte
			want   string
		}{
			"two points exchanged": {func(b []byte) []byte {
				copy(b[first:], good[first+size:first+2*size])
				copy(b[first+size:], good[first:first+size])
				return b
			}, "it is not that of the powers"},
			"the last point twice": {func(b []byte) []byte {
				last := first + (n-1)*size
				copy(b[last-size:], good[last:last+size])
				return b
			}, "it is not that of the powers"},
			"a point at infinity": {func(b []byte) []byte { clear(b[first : first+size]); return b }, "point 0: is at infinity"},
			"too few": {func(b []byte) []byte {
				end := first + n*size
				binary.LittleEndian.PutUint64(b[at[section]-8:], uint64(end-at[section]-size))
				return append(b[:end-size], b[end:]...)
			}, "points, want 15"},
		} {
			_, err := lagrangeOf(c.change(bytes.Clone(good)), n)
			if want := name + ": "; err == nil || !strings.Contains(err.Error(), want) || !strings.Contains(err.Error(), c.want) {
				t.Errorf("%s: %s: got %v, want an error with %q and %q", name, fault, err, want, c.want)
			}
		}
	}
}
