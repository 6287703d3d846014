// SPDX-License-Identifier: Apache-2.0

package kernel

import "github.com/zkml-go/zkml/internal/parallel"

// Block sizes. The columns of a panel (width·depth words) stay in the first-level
// cache while all rows of a block pass; the block of columns and the rows stay in
// the second.
const (
	depth    = 256 // products of a sum at a time
	maxWords = 32  // words of rows
	maxCols  = 256 // columns
	minCols  = 64  // columns, if less of them would occupy more threads
)

// A stretch is a part of a block of columns that lies together in the result.
type stretch struct{ col, n, out int }

// block is the part of a contraction that one task computes: rows and columns
// with the given numbers, of one index of the batch labels.
type block struct {
	batch         int
	row, rows     int
	col, cols     int
	words, panels int
}

// runMatrix computes blocks of rows by columns from packed copies of both.
func (c *Contraction) runMatrix(m *Machine, rows, cols *reader, emit Emit) {
	batch, nr, nc := span(&c.nest, c.batch), span(&c.nest, c.rows), span(&c.nest, c.cols)
	hr := min(nr, maxWords*c.lanes)
	rowBlocks := (nr + hr - 1) / hr
	wc := maxCols
	if tasks := 4 * m.Workers(); batch*rowBlocks*((nc+wc-1)/wc) < tasks {
		per := (tasks + batch*rowBlocks - 1) / (batch * rowBlocks)
		wc = max(minCols, (nc+per-1)/per)
		wc = min((wc+width-1)/width*width, maxCols)
	}
	colBlocks := (nc + wc - 1) / wc
	parallel.For(batch*rowBlocks*colBlocks, m.Workers(), func(worker, task int) {
		b := block{batch: task / (rowBlocks * colBlocks), row: task / colBlocks % rowBlocks * hr, col: task % colBlocks * wc}
		b.rows, b.cols = min(hr, nr-b.row), min(wc, nc-b.col)
		b.words, b.panels = (b.rows+c.lanes-1)/c.lanes, (b.cols+width-1)/width
		s := &m.scratch[worker]
		c.multiply(s, &b, rows, cols)
		c.unpack(s, &b, worker, emit)
	})
}

// multiply computes the sums of a block, as words, in s.c.
func (c *Contraction) multiply(s *scratch, b *block, rows, cols *reader) {
	n := span(&c.nest, c.inner)
	s.c = resize(s.c, b.words*b.panels*width)
	clear(s.c)
	for k := 0; k < n; k += depth {
		d := min(depth, n-k)
		s.a = resize(s.a, b.words*d)
		s.b = resize(s.b, b.panels*d)
		c.packRows(s, b, rows, k, d)
		c.packCols(s, b, cols, k, d)
		for p := range b.panels {
			panel := s.b[p*d : (p+1)*d]
			for w := range b.words {
				at := (w*b.panels + p) * width
				micro((*[width]int64)(s.c[at:]), s.a[w*d:(w+1)*d], panel)
			}
		}
	}
}

// unpack hands over the rows of a block.
func (c *Contraction) unpack(s *scratch, b *block, worker int, emit Emit) {
	c.stretches(s, b)
	base := c.result(c.batch, b.batch)
	s.x = resize(s.x, Chunk)
	for r := range b.rows {
		w := r / c.lanes
		x := s.x[:b.cols]
		take(x, s.c[w*b.panels*width:], c.bits)
		at := base + c.result(c.rows, b.row+r)
		for _, t := range s.out {
			emit(worker, at+t.out, x[t.col:t.col+t.n])
		}
	}
}

// stretches sets s.out to the stretches of the columns of b.
func (c *Contraction) stretches(s *scratch, b *block) {
	together := 1 // columns
	for i, l := len(c.cols)-1, len(c.outer)-1; i >= 0 && c.cols[i] == l; i, l = i-1, l-1 {
		together *= c.nest.Extents[l]
	}
	s.out = s.out[:0]
	for at := 0; at < b.cols; {
		n := min(together-(b.col+at)%together, b.cols-at)
		s.out = append(s.out, stretch{at, n, c.result(c.cols, b.col+at)})
		at += n
	}
}

// result returns what labels, at the index with number flat, add to the place of an
// element in the result.
func (c *Contraction) result(labels []int, flat int) int {
	at := 0
	for i := len(labels) - 1; i >= 0; i-- {
		e := c.nest.Extents[labels[i]]
		at += flat % e * c.stride[labels[i]]
		flat /= e
	}
	return at
}
