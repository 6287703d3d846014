// SPDX-License-Identifier: Apache-2.0

package ir_test

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/zkml-go/zkml/ir"
)

// TestPackKeepsElements packs arrays whose bounds lie at the limits of each width.
func TestPackKeepsElements(t *testing.T) {
	t.Parallel()
	rng := rand.New(rand.NewPCG(1, 0))
	for _, c := range []struct {
		lo, hi int64
		bytes  int
	}{
		{0, 0, 1}, {-128, 127, 1}, {0, 255, 1}, {-129, 127, 2}, {0, 65535, 2}, {-32769, 0, 4},
		{math.MinInt32, math.MaxInt32, 4}, {math.MinInt64, math.MaxInt64, 8},
	} {
		for _, n := range []int{2, 3, 4096, 4097, 10000} {
			data := make([]int64, n)
			for i := range data {
				data[i] = c.lo + int64(rng.Uint64N(max(uint64(c.hi-c.lo), 1)))
			}
			data[0], data[n-1] = c.hi, c.lo
			v := ir.Pack(data)
			if got := v.Int64s(); !slices.Equal(got, data) {
				t.Errorf("[%d, %d]: %d elements are not what was packed", c.lo, c.hi, n)
			}
			if v.Bytes() != c.bytes || v.Len() != n || v.Range() != (ir.Range{Lo: c.lo, Hi: c.hi}) {
				t.Errorf("[%d, %d]: %d elements of %d bytes in %v, want %d of %d", c.lo, c.hi, v.Len(), v.Bytes(), v.Range(), n, c.bytes)
			}
			other := slices.Clone(data)
			if !v.Equal(ir.Pack(other)) {
				t.Errorf("[%d, %d]: differs from itself", c.lo, c.hi)
			}
			if other[n/2]++; v.Equal(ir.Pack(other)) {
				t.Errorf("[%d, %d]: a change of element %d of %d goes unseen", c.lo, c.hi, n/2, n)
			}
		}
	}
}

// TestPackCopies checks that a constant does not change with what it was made of.
func TestPackCopies(t *testing.T) {
	t.Parallel()
	data := []int64{1, 2, 3}
	v := ir.Pack(data)
	data[1] = 9
	v.Int64s()[2] = 9
	if got := v.Int64s(); !slices.Equal(got, []int64{1, 2, 3}) {
		t.Errorf("elements are %v", got)
	}
	if none := ir.Pack(nil); none.Len() != 0 || len(none.Int64s()) != 0 || !none.Equal(ir.Values{}) || none.Equal(v) {
		t.Error("no elements are not the zero Values")
	}
}
