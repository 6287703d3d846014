// SPDX-License-Identifier: Apache-2.0

package fraction

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"github.com/zkml-go/zkml/protocol/mle"
)

// A Region describes 2^Vars leaves. Leaves outside of all regions are 0/1.
type Region struct {
	// Offset is the index of the first leaf, a multiple of 2^Vars.
	Offset int
	Vars   int
	// Shape says which leaves are valid: those of a tensor of this shape, every axis
	// padded to a power of two, the last axis in the lowest bits. Others are 0/1. A nil
	// Shape means all.
	Shape []int
	// Numerators holds 2^Vars numerators; nil means −1 for every valid leaf.
	Numerators []uint32
	// Denominators sets dst to the denominators of the leaves from first on, counted from
	// Offset. It is called from several goroutines, up to three times for a leaf. What it
	// says of leaves that are not valid is ignored.
	Denominators func(dst []fr.Element, first int)
}

// Stored returns the Denominators of a slice.
func Stored(q []fr.Element) func([]fr.Element, int) {
	return func(dst []fr.Element, first int) { copy(dst, q[first:]) }
}

// leaves are the leaves of a tree.
type leaves struct {
	vars    int
	regions []Region // by offset, with Shape as squeeze leaves it
}

// newLeaves checks the regions of a tree of 2^vars leaves.
func newLeaves(vars int, regions []Region) (*leaves, error) {
	if vars < 0 || vars > 40 {
		return nil, fmt.Errorf("a tree of 2^%d leaves", vars)
	}
	regions = slices.Clone(regions)
	slices.SortFunc(regions, func(a, b Region) int { return cmp.Compare(a.Offset, b.Offset) })
	end := 0
	for i := range regions {
		r := &regions[i]
		if r.Vars < 0 || r.Vars > vars {
			return nil, fmt.Errorf("a region of 2^%d leaves in a tree of 2^%d", r.Vars, vars)
		}
		size := 1 << r.Vars
		if r.Offset%size != 0 || r.Offset < end || r.Offset+size > 1<<vars {
			return nil, fmt.Errorf("a region of 2^%d leaves at %d, after %d of 2^%d", r.Vars, r.Offset, end, vars)
		}
		end = r.Offset + size
		if r.Numerators != nil && len(r.Numerators) != size {
			return nil, fmt.Errorf("%d numerators for 2^%d leaves", len(r.Numerators), r.Vars)
		}
		if r.Denominators == nil {
			return nil, fmt.Errorf("a region at %d without denominators", r.Offset)
		}
		if err := r.squeeze(); err != nil {
			return nil, err
		}
	}
	return &leaves{vars, regions}, nil
}

// squeeze checks the shape and merges axes that are powers of two with the one outside
// of them, which leaves the same entries valid.
func (r *Region) squeeze() error {
	if r.Shape == nil {
		return nil
	}
	total := 0
	var shape []int
	for _, n := range r.Shape {
		if n < 1 {
			return fmt.Errorf("an axis of %d entries", n)
		}
		total += mle.Bits(n)
		if k := len(shape); k > 0 && n == 1<<mle.Bits(n) {
			shape[k-1] *= n
		} else {
			shape = append(shape, n)
		}
	}
	if total != r.Vars {
		return fmt.Errorf("shape %v is not padded to 2^%d", r.Shape, r.Vars)
	}
	if len(shape) == 0 || (len(shape) == 1 && shape[0] == 1<<r.Vars) {
		shape = nil
	}
	r.Shape = shape
	return nil
}

// invalid calls f for the ranges of invalid leaves in [first, first+n).
func (r *Region) invalid(first, n int, f func(from, to int)) {
	if r.Shape == nil {
		return
	}
	last := len(r.Shape) - 1
	inner := r.Shape[last]
	width := 1 << mle.Bits(inner)
	for end := first + n; first < end; {
		row := first &^ (width - 1)
		next := min(row+width, end)
		from := row
		if r.hasRow(row >> mle.Bits(inner)) {
			from += inner
		}
		if from = max(from, first); from < next {
			f(from, next)
		}
		first = next
	}
}

// hasRow reports whether row i, of the axes but the last, is valid.
func (r *Region) hasRow(i int) bool {
	for k := len(r.Shape) - 2; k >= 0; k-- {
		b := mle.Bits(r.Shape[k])
		if i&(1<<b-1) >= r.Shape[k] {
			return false
		}
		i >>= b
	}
	return true
}

// fill sets p and q to the leaves from first on, and reports whether every p is −1.
func (l *leaves) fill(p []int64, q []fr.Element, first int) (lookups bool) {
	lookups = true
	end := first + len(q)
	at := first
	i, found := slices.BinarySearchFunc(l.regions, first, func(r Region, x int) int { return cmp.Compare(r.Offset, x) })
	if !found && i > 0 {
		i--
	}
	empty := func(from, to int) {
		lookups = false
		for k := from - first; k < to-first; k++ {
			p[k] = 0
			q[k].SetOne()
		}
	}
	for ; i < len(l.regions) && l.regions[i].Offset < end; i++ {
		r := &l.regions[i]
		from, to := max(at, r.Offset), min(end, r.Offset+1<<r.Vars)
		if from >= to {
			continue
		}
		if at < from {
			empty(at, from)
		}
		r.Denominators(q[from-first:to-first], from-r.Offset)
		if r.Numerators == nil {
			for k := from - first; k < to-first; k++ {
				p[k] = -1
			}
		} else {
			lookups = false
			for k := from; k < to; k++ {
				p[k-first] = int64(r.Numerators[k-r.Offset])
			}
		}
		r.invalid(from-r.Offset, to-from, func(a, b int) { empty(a+r.Offset, b+r.Offset) })
		at = to
	}
	if at < end {
		empty(at, end)
	}
	return lookups
}

// live returns the units of 2^log leaves that a region touches.
func (l *leaves) live(log int) units {
	u := units{log: log}
	next := 0
	for i := range l.regions {
		r := &l.regions[i]
		for id := max(next, r.Offset>>log); id<<log < r.Offset+1<<r.Vars; id++ {
			u.ids = append(u.ids, id)
			next = id + 1
		}
	}
	return u
}
