// SPDX-License-Identifier: Apache-2.0

package tensor

import "fmt"

// A View re-indexes a tensor without arithmetic. The source is first regarded
// as a row-major array of shape From (a regrouping of its axes); element i of
// the index space Axes is the source element at
//
//	j_d = Index[d].Offset + ∑_t Index[d].Terms[t].Coef · i[Index[d].Terms[t].Axis]
//
// or padding when some j_d falls outside [0, From[d]). The result is finally
// regrouped, row-major, to shape To. Reshape, transpose, slice, stride, pad,
// broadcast and sliding windows are all Views.
type View struct {
	From  Shape    `json:"from"`
	Axes  Shape    `json:"axes"`
	Index []Affine `json:"index"`
	To    Shape    `json:"to"`
}

// An Affine is an affine function of an index vector.
type Affine struct {
	Offset int    `json:"offset"`
	Terms  []Term `json:"terms"`
}

// A Term is Coef times the index of one axis.
type Term struct {
	Axis int `json:"axis"`
	Coef int `json:"coef"`
}

// Padding marks, in an index table, an element that has no source.
const Padding = -1

// maxReach bounds the source positions that a view may name, padding included. It
// keeps sums of positions, and what is derived from them, from overflowing.
const maxReach = 1 << 40

// Check reports an error if v is not a well-formed view of a tensor of n elements:
// shapes or sizes that do not fit, index functions that use an axis there is not,
// or that leave ±2⁴⁰ somewhere in the index space.
func (v View) Check(n int) error {
	for _, s := range []Shape{v.From, v.Axes, v.To} {
		if err := s.Check(); err != nil {
			return fmt.Errorf("view: %w", err)
		}
	}
	if v.From.Size() != n {
		return fmt.Errorf("view: source has %d elements, regrouping %v has %d", n, v.From, v.From.Size())
	}
	if v.Axes.Size() != v.To.Size() {
		return fmt.Errorf("view: index space %v and result %v differ in size", v.Axes, v.To)
	}
	if len(v.Index) != len(v.From) {
		return fmt.Errorf("view: %d index functions for %d source axes", len(v.Index), len(v.From))
	}
	for d := range v.Index {
		if err := v.checkIndex(d); err != nil {
			return err
		}
	}
	return nil
}

// checkIndex checks the index function of source axis d.
func (v View) checkIndex(d int) error {
	f := v.Index[d]
	if !small(f.Offset) {
		return fmt.Errorf("view: offset %d of source axis %d is out of range", f.Offset, d)
	}
	reach := abs(f.Offset)
	for _, t := range f.Terms {
		if t.Axis < 0 || t.Axis >= len(v.Axes) {
			return fmt.Errorf("view: source axis %d uses index axis %d of %d", d, t.Axis, len(v.Axes))
		}
		if !small(t.Coef) {
			return fmt.Errorf("view: coefficient %d of source axis %d is out of range", t.Coef, d)
		}
		if reach += abs(t.Coef) * (v.Axes[t.Axis] - 1); reach > maxReach { // each term is at most 2³¹·2³¹
			return fmt.Errorf("view: the index function of source axis %d leaves ±2^40", d)
		}
	}
	return nil
}

// small reports whether |x| ≤ MaxElements. The least integer has no absolute value.
func small(x int) bool { return -MaxElements <= x && x <= MaxElements }

// Table returns, for every element of the result in row-major order, the flat
// index of its source element, or Padding.
func (v View) Table() []int32 {
	out := make([]int32, v.Axes.Size())
	v.rows(func(at int, r row) {
		span := out[at : at+r.length]
		for k := range span {
			span[k] = Padding
		}
		for k := r.from; k < r.to; k++ {
			span[k] = int32(r.source + k*r.step)
		}
	})
	return out
}

// Gather returns the elements of the result of v on src, row-major; padding
// elements are fill.
func Gather[T any](v View, src []T, fill T) []T {
	out := make([]T, v.Axes.Size())
	v.rows(func(at int, r row) {
		span := out[at : at+r.length]
		for k := range r.from {
			span[k] = fill
		}
		for k := r.to; k < len(span); k++ {
			span[k] = fill
		}
		if r.from == r.to {
			return
		}
		if r.step == 1 {
			copy(span[r.from:r.to], src[r.source+r.from:])
			return
		}
		for k := r.from; k < r.to; k++ {
			span[k] = src[r.source+k*r.step]
		}
	})
	return out
}

// A row is a run of the result along its last axis of more than one element:
// elements from … to−1 of its length are the source elements source + k·step, the
// others are padding.
type row struct{ length, from, to, source, step int }

// rows calls visit with every row of the result and the index where it starts.
func (v View) rows(visit func(at int, r row)) {
	pos, coefs, strides := make([]int, len(v.From)), make([]int, len(v.From)), v.From.Strides()
	last, length := len(v.Axes)-1, 1
	for last > 0 && v.Axes[last] == 1 { // a kernel of 1·1 leaves such axes
		last--
	}
	if last >= 0 {
		length = v.Axes[last]
	}
	step := 0
	for d, a := range v.Index {
		pos[d] = a.Offset
		for _, t := range a.Terms {
			if t.Axis == last {
				coefs[d] += t.Coef
			}
		}
		step += coefs[d] * strides[d]
	}
	idx := make([]int, max(last, 0))
	for at, n := 0, v.Axes.Size(); at < n; at += length {
		r := row{length: length, to: length, step: step}
		// The elements whose every position is inside the source form an interval.
		for d, j := range pos {
			r.clip(coefs[d], -j, v.From[d]-1-j)
			r.source += j * strides[d]
		}
		r.to = max(r.to, 0)
		r.from = min(r.from, r.to)
		visit(at, r)
		v.advance(idx, pos)
	}
}

// clip keeps the k of r with lowest ≤ coef·k ≤ highest.
func (r *row) clip(coef, lowest, highest int) {
	switch {
	case coef == 0:
		if lowest > 0 || highest < 0 {
			r.to = 0
		}
	case coef == 1:
		r.from, r.to = max(r.from, lowest), min(r.to, highest+1)
	case coef > 0:
		r.from, r.to = max(r.from, ceilDiv(lowest, coef)), min(r.to, -ceilDiv(-highest, coef)+1)
	default:
		r.from, r.to = max(r.from, ceilDiv(-highest, -coef)), min(r.to, -ceilDiv(lowest, -coef)+1)
	}
}

// ceilDiv returns ⌈a/b⌉ for b > 0.
func ceilDiv(a, b int) int {
	q := a / b
	if a%b > 0 {
		q++
	}
	return q
}

// advance steps idx, an index of the axes but the last, to the next in row-major
// order and keeps pos, the values of the index functions, in step.
func (v View) advance(idx, pos []int) {
	for axis := len(idx) - 1; axis >= 0; axis-- {
		step := 1
		idx[axis]++
		if idx[axis] == v.Axes[axis] {
			step = 1 - v.Axes[axis]
			idx[axis] = 0
		}
		for d, a := range v.Index {
			for _, t := range a.Terms {
				if t.Axis == axis {
					pos[d] += t.Coef * step
				}
			}
		}
		if step == 1 {
			return
		}
	}
}

// Pads reports whether some element of the result is padding. It bounds every
// index function over the index space, so it costs no table.
func (v View) Pads() bool {
	for d, a := range v.Index {
		lo, hi := a.Offset, a.Offset
		for _, t := range a.Terms {
			span := t.Coef * (v.Axes[t.Axis] - 1)
			lo += min(span, 0)
			hi += max(span, 0)
		}
		if lo < 0 || hi >= v.From[d] {
			return true
		}
	}
	return false
}

func abs(x int) int {
	if x < 0 {
		return -x
	}
	return x
}
