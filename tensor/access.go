// SPDX-License-Identifier: Apache-2.0

package tensor

// An Access says which cell of a row-major array an index vector i reads: cell
//
//	Base + ∑_l Strides[l]·i[l]
//
// or padding where a guard does not hold. It is a View or an operand of a
// Contraction in terms of memory.
type Access struct {
	Base    int
	Strides []int
	Guards  []Guard
}

// A Guard holds at the index vectors i with 0 ≤ Offset + ∑_l Coefs[l]·i[l] < Extent.
type Guard struct {
	Offset int
	Coefs  []int
	Extent int
}

// Access returns how v reads its source over the index space v.Axes. Source axes
// that no index leaves have no guard.
func (v View) Access() Access {
	a := Access{Strides: make([]int, len(v.Axes))}
	for d, stride := range v.From.Strides() {
		f := v.Index[d]
		// Products may wrap for positions outside the source; where the guards
		// hold, the sum is the cell again.
		a.Base += f.Offset * stride
		g := Guard{Offset: f.Offset, Coefs: make([]int, len(v.Axes)), Extent: v.From[d]}
		for _, t := range f.Terms {
			a.Strides[t.Axis] += t.Coef * stride
			g.Coefs[t.Axis] += t.Coef
		}
		if lo, hi := g.bounds(v.Axes); lo < 0 || hi >= g.Extent {
			a.Guards = append(a.Guards, g)
		}
	}
	return a
}

// bounds returns the smallest and the largest position of g over an index space.
func (g Guard) bounds(extents []int) (lo, hi int) {
	lo, hi = g.Offset, g.Offset
	for l, c := range g.Coefs {
		span := c * (extents[l] - 1)
		lo += min(span, 0)
		hi += max(span, 0)
	}
	return lo, hi
}

// rearranged returns a over new labels: label l of the result is label from[l] of
// a times factor[l].
func (a Access) rearranged(from, factor []int) Access {
	move := func(coefs []int) []int {
		out := make([]int, len(from))
		for l := range out {
			out[l] = coefs[from[l]] * factor[l]
		}
		return out
	}
	b := Access{Base: a.Base, Strides: move(a.Strides)}
	for _, g := range a.Guards {
		b.Guards = append(b.Guards, Guard{Offset: g.Offset, Coefs: move(g.Coefs), Extent: g.Extent})
	}
	return b
}

// continues reports whether stepping label l once is stepping label m, of the
// given extent, to its end and once more.
func (a Access) continues(l, m, extent int) bool {
	ok := a.Strides[l] == a.Strides[m]*extent
	for _, g := range a.Guards {
		ok = ok && g.Coefs[l] == g.Coefs[m]*extent
	}
	return ok
}
