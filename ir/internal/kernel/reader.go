// SPDX-License-Identifier: Apache-2.0

package kernel

import "github.com/zkml-go/zkml/tensor"

// MaxGuards is the largest number of guards of an access that this package reads
// through: that of a padded image of three dimensions, and one more.
const MaxGuards = 4

// Fits reports whether this package computes n.
func Fits(n tensor.Nest) bool {
	for _, a := range n.Reads {
		if len(a.Guards) > MaxGuards {
			return false
		}
	}
	return true
}

// An Operand is what an access reads: a vector, and what padding is.
type Operand struct {
	Vector Vector
	Fill   int64
}

// A place is where some labels' part of an index vector puts an access: the cell,
// and the position that each guard watches. Places of disjoint sets of labels add.
type place struct {
	cell     int
	position [MaxGuards]int
}

func (p *place) plus(q *place) place {
	s := place{cell: p.cell + q.cell}
	for g := range s.position {
		s.position[g] = p.position[g] + q.position[g]
	}
	return s
}

// stretches returns the runs that make up the numbers in [from, to) of the indices
// of labels.
func (l *layout) stretches(out []run, labels []int, from, to int) []run {
	out = out[:0]
	l.runs(labels, from, to, func(p place, n int) { out = append(out, run{p, n}) })
	return out
}

// A layout is an access with the extents of its labels.
type layout struct {
	tensor.Access
	extents []int
}

// origin is the place of the index vector 0.
func (l *layout) origin() place {
	p := place{cell: l.Base}
	for g := range l.Guards {
		p.position[g] = l.Guards[g].Offset
	}
	return p
}

// step adds the place of k steps along a label to p.
func (l *layout) step(p *place, label, k int) {
	p.cell += k * l.Strides[label]
	for g := range l.Guards {
		p.position[g] += k * l.Guards[g].Coefs[label]
	}
}

// at returns the place of the index that has number flat in the row-major order of
// labels, relative to the origin.
func (l *layout) at(labels []int, flat int) place {
	var p place
	for i := len(labels) - 1; i >= 0; i-- {
		e := l.extents[labels[i]]
		l.step(&p, labels[i], flat%e)
		flat /= e
	}
	return p
}

// places returns those of the indices of labels with the numbers in [from, to).
func (l *layout) places(out []place, labels []int, from, to int) []place {
	out = out[:0]
	last := lastOf(labels)
	l.runs(labels, from, to, func(p place, n int) {
		for k := range n {
			out = append(out, p)
			if k < n-1 {
				l.step(&p, last, 1)
			}
		}
	})
	return out
}

// A run is a stretch of n indices along the last of some labels.
type run struct {
	place
	n int
}

// runs calls visit for the stretches that make up the numbers in [from, to) of the
// indices of labels, in order.
func (l *layout) runs(labels []int, from, to int, visit func(p place, n int)) {
	if len(labels) == 0 {
		if from < to {
			visit(place{}, 1)
		}
		return
	}
	e := l.extents[labels[len(labels)-1]]
	for from < to {
		n := min(e-from%e, to-from)
		visit(l.at(labels, from), n)
		from += n
	}
}

// last returns the extent of the last of labels and the stride along it.
func (l *layout) last(labels []int) (extent, stride int) {
	if len(labels) == 0 {
		return 1, 0
	}
	m := labels[len(labels)-1]
	return l.extents[m], l.Strides[m]
}

// inside returns the part [from, to) of a run of n along label in which all
// guards hold.
func (l *layout) inside(p *place, label, n int) (from, to int) {
	from, to = 0, n
	for g := range l.Guards {
		c, pos := l.Guards[g].Coefs[label], p.position[g]
		lowest, highest := -pos, l.Guards[g].Extent-1-pos // lowest ≤ c·k ≤ highest
		switch {
		case c == 1:
			from, to = max(from, lowest), min(to, highest+1)
		case c == 0:
			if lowest > 0 || highest < 0 {
				return 0, 0
			}
		case c > 0:
			from, to = max(from, ceilDiv(lowest, c)), min(to, -ceilDiv(-highest, c)+1)
		default:
			from, to = max(from, ceilDiv(-highest, -c)), min(to, -ceilDiv(lowest, -c)+1)
		}
	}
	if from >= to {
		return 0, 0
	}
	return from, to
}

// ceilDiv returns ⌈a/b⌉ for b > 0.
func ceilDiv(a, b int) int {
	q := a / b
	if a%b > 0 {
		q++
	}
	return q
}

// holds reports whether all guards hold at p.
func (l *layout) holds(p *place) bool {
	for g := range l.Guards {
		if p.position[g] < 0 || p.position[g] >= l.Guards[g].Extent {
			return false
		}
	}
	return true
}

// A reader reads an operand.
type reader struct {
	layout
	Operand
	direct cells[int64] // the vector, if it can be read in place
}

func newReader(n *tensor.Nest, operand int, o Operand) *reader {
	r := &reader{layout: layout{n.Reads[operand], n.Extents}, Operand: o}
	r.direct, _ = o.Vector.(cells[int64])
	return r
}

// row returns the n elements from p on along label (−1: there is one), in buf or
// in place.
func (r *reader) row(buf []int64, p *place, label, n int) []int64 {
	if label < 0 {
		buf = buf[:n]
		buf[0] = r.one(p)
		return buf
	}
	stride := r.Strides[label]
	if len(r.Guards) == 0 {
		if r.direct != nil && stride == 1 {
			return r.direct[p.cell : p.cell+n]
		}
		r.Vector.Load(buf[:n], p.cell, stride)
		return buf[:n]
	}
	buf = buf[:n]
	from, to := r.inside(p, label, n)
	fill(buf[:from], r.Fill)
	fill(buf[to:], r.Fill)
	r.Vector.Load(buf[from:to], p.cell+from*stride, stride)
	return buf
}

// one returns the element at p.
func (r *reader) one(p *place) int64 {
	if !r.holds(p) {
		return r.Fill
	}
	return r.Vector.At(p.cell)
}

func fill(x []int64, v int64) {
	for i := range x {
		x[i] = v
	}
}

// lastOf returns the last of labels, or −1.
func lastOf(labels []int) int {
	if len(labels) == 0 {
		return -1
	}
	return labels[len(labels)-1]
}
