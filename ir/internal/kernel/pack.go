// SPDX-License-Identifier: Apache-2.0

package kernel

// A pick is the indices of labels with the numbers from, …, from + n − 1.
type pick struct {
	labels  []int
	from, n int
}

// A sheet is the part of an operand that a block needs at a time: lanes (rows or
// columns) by products, from base on.
type sheet struct {
	r               *reader
	base            place
	lanes, products pick
}

// walk reads the sheet in rows, along the products of one lane or across the lanes
// of one product, whichever is faster, and calls put with each: x starts at the
// given lane and product of the sheet.
func (t *sheet) walk(s *scratch, put func(across bool, lane, product int, x []int64)) {
	across := t.cost(t.lanes) <= t.cost(t.products)
	fixed, moving := t.lanes, t.products
	if across {
		fixed, moving = moving, fixed
	}
	s.fixed = t.r.places(s.fixed, fixed.labels, fixed.from, fixed.from+fixed.n)
	s.moving = t.r.stretches(s.moving, moving.labels, moving.from, moving.from+moving.n)
	s.y = resize(s.y, max(Chunk, depth))
	label := lastOf(moving.labels)
	for i := range s.fixed {
		f := t.base.plus(&s.fixed[i])
		at := 0
		for k := range s.moving {
			m := &s.moving[k]
			p := f.plus(&m.place)
			x := t.r.row(s.y, &p, label, m.n)
			if across {
				put(true, at, i, x)
			} else {
				put(false, i, at, x)
			}
			at += m.n
		}
	}
}

// cost estimates the time per element of reading along the last label of p.
func (t *sheet) cost(p pick) float64 {
	extent, stride := t.r.last(p.labels)
	return strideCost(stride) + 12/float64(min(extent, p.n))
}

// packRows sets s.a to d elements of every word of rows, from product k on.
func (c *Contraction) packRows(s *scratch, b *block, r *reader, k, d int) {
	clear(s.a)
	t := sheet{r, r.batch(c.batch, b.batch), pick{c.rows, b.row, b.rows}, pick{c.inner, k, d}}
	t.walk(s, func(across bool, lane, product int, x []int64) {
		word, shift := lane/c.lanes*d+product, lane%c.lanes*c.bits
		if !across {
			dst := s.a[word : word+len(x)]
			for i, v := range x {
				dst[i] += v << shift
			}
			return
		}
		for _, v := range x {
			s.a[word] += v << shift
			if shift += c.bits; shift+c.bits > 64 {
				word, shift = word+d, 0
			}
		}
	})
}

// packCols sets s.b to d elements of every panel of columns, from product k on. The
// columns that the last panel lacks keep what was there: their sums are not read.
func (c *Contraction) packCols(s *scratch, b *block, r *reader, k, d int) {
	t := sheet{r, r.batch(c.batch, b.batch), pick{c.cols, b.col, b.cols}, pick{c.inner, k, d}}
	t.walk(s, func(across bool, lane, product int, x []int64) {
		at, j := lane/width*d+product, lane%width
		if !across {
			for i, v := range x {
				s.b[at+i][j] = v
			}
			return
		}
		for ; j != 0 && len(x) > 0; x = x[1:] {
			s.b[at][j] = x[0]
			if j++; j == width {
				at, j = at+d, 0
			}
		}
		for ; len(x) >= width; x, at = x[width:], at+d {
			s.b[at] = [width]int64(x)
		}
		if len(x) > 0 {
			copy(s.b[at][:], x)
		}
	})
}

// batch returns the place of the batch with a number.
func (r *reader) batch(labels []int, flat int) place {
	p := r.origin()
	q := r.at(labels, flat)
	return p.plus(&q)
}
