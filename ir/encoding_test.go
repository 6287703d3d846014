// SPDX-License-Identifier: Apache-2.0

package ir_test

import (
	"math/big"
	"math/rand/v2"
	"testing"

	"github.com/zkml-go/zkml/ir"
)

// TestEncodingSizes checks the size and the offset at both sides of every boundary.
func TestEncodingSizes(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		lo, hi int64
		bytes  int
		offset int64
	}{
		{0, 0, 1, 0}, {0, 255, 1, 0}, {7, 255, 1, 0}, {0, 256, 2, 0},
		{-1, 0, 1, 128}, {-128, 127, 1, 128}, {-128, -128, 1, 128}, {-129, 0, 2, 1 << 15}, {-1, 128, 2, 1 << 15},
		{0, 1<<16 - 1, 2, 0}, {0, 1 << 16, 4, 0}, {-1 << 15, 1<<15 - 1, 2, 1 << 15}, {-1<<15 - 1, 0, 4, 1 << 31}, {-1, 1 << 15, 4, 1 << 31},
		{0, 1<<32 - 1, 4, 0}, {0, 1 << 32, 7, 0}, {-1 << 31, 1<<31 - 1, 4, 1 << 31}, {-1<<31 - 1, 0, 7, 1 << 55}, {-1, 1 << 31, 7, 1 << 55},
		{0, 1<<56 - 1, 7, 0}, {-1 << 55, 1<<55 - 1, 7, 1 << 55},
	} {
		got, err := ir.Range{Lo: c.lo, Hi: c.hi}.Encoding()
		if err != nil || got != (ir.Encoding{Bytes: c.bytes, Offset: c.offset}) {
			t.Errorf("[%d, %d]: %+v, %v, want %d bytes, offset %d", c.lo, c.hi, got, err, c.bytes, c.offset)
		}
	}
	for _, r := range []ir.Range{{Lo: 0, Hi: 1 << 56}, {Lo: -1<<55 - 1, Hi: 0}, {Lo: -1, Hi: 1 << 55}, {Lo: -ir.Limit, Hi: ir.Limit}} {
		if got, err := r.Encoding(); err == nil {
			t.Errorf("%v: %+v, want an error", r, got)
		}
	}
}

// TestEncodingRoundTrip compares Put with the definition over big integers, and
// Get with Put, on random ranges and their ends.
func TestEncodingRoundTrip(t *testing.T) {
	t.Parallel()
	rng := rand.New(rand.NewPCG(5, 5))
	for range 2000 {
		a, b := rng.Int64N(1<<rng.IntN(56)), rng.Int64N(1<<rng.IntN(56))
		r := ir.Range{Lo: min(a, b), Hi: max(a, b)}
		if rng.IntN(2) == 0 {
			r = ir.Range{Lo: -a / 2, Hi: b / 2}
		}
		e, err := r.Encoding()
		if err != nil {
			t.Fatalf("%v: %v", r, err)
		}
		values := []int64{r.Lo, r.Hi, r.Lo + rng.Int64N(r.Count())}
		data := e.Put([]byte{42}, values)
		if len(data) != 1+3*e.Bytes || data[0] != 42 {
			t.Fatalf("%v: %d bytes for 3 values of %d bytes after 1", r, len(data), e.Bytes)
		}
		for i, x := range values {
			u := new(big.Int).SetBytes(data[1+i*e.Bytes : 1+(i+1)*e.Bytes])
			if want := new(big.Int).Add(big.NewInt(x), big.NewInt(e.Offset)); u.Cmp(want) != 0 {
				t.Fatalf("%v: %d is encoded as %d, want %d", r, x, u, want)
			}
		}
		got, err := e.Get(data[1:])
		if err != nil || len(got) != 3 || got[0] != values[0] || got[1] != values[1] || got[2] != values[2] {
			t.Fatalf("%v: %v becomes %v, %v", r, values, got, err)
		}
		for cut := 1; cut < e.Bytes; cut++ {
			if _, err := e.Get(data[1 : len(data)-cut]); err == nil {
				t.Fatalf("%v: %d bytes are taken for elements of %d", r, len(data)-1-cut, e.Bytes)
			}
		}
	}
}
