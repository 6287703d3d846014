// SPDX-License-Identifier: Apache-2.0

package worker

import (
	"cmp"
	"slices"
)

// grain is what extents are multiples of: pages of all systems, and little for what is
// large enough to travel.
const grain = 1 << 16

// An extent is a part of the shared memory.
type extent struct {
	from, n  int64
	resident bool // has pages
}

// extents allocates parts of [0, max): the first that fits. Its zero value has no space.
type extents struct {
	free []extent // in their order, no two of a kind touch
	end  int64    // what has been in use
	max  int64
}

// get returns an extent of at least n > 0 bytes, one with pages if there is one.
func (e *extents) get(n int64) (extent, bool) {
	if n > e.max {
		return extent{}, false
	}
	n = (n + grain - 1) / grain * grain
	fits := func(resident bool) int {
		return slices.IndexFunc(e.free, func(x extent) bool { return x.n >= n && x.resident == resident })
	}
	i := fits(true)
	if i < 0 {
		i = fits(false)
	}
	if i < 0 {
		x := extent{e.end, n, false}
		if n > e.max-e.end {
			return extent{}, false
		}
		e.end += n
		return x, true
	}
	x := e.free[i]
	out := extent{x.from, n, x.resident}
	if x.n == n {
		e.free = slices.Delete(e.free, i, i+1)
	} else {
		e.free[i] = extent{x.from + n, x.n - n, x.resident}
	}
	return out, true
}

// put gives an extent of get back.
func (e *extents) put(x extent) {
	i, _ := slices.BinarySearchFunc(e.free, x.from, func(f extent, from int64) int { return cmp.Compare(f.from, from) })
	e.free = slices.Insert(e.free, i, x)
	for _, k := range []int{i, i - 1} { // with the next, with the one before
		if k >= 0 && k+1 < len(e.free) && e.free[k].from+e.free[k].n == e.free[k+1].from && e.free[k].resident == e.free[k+1].resident {
			e.free[k].n += e.free[k+1].n
			e.free = slices.Delete(e.free, k+1, k+2)
		}
	}
}
