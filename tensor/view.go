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

// Check reports an error if v is not a well-formed view of a tensor of n elements.
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
	for d, a := range v.Index {
		if abs(a.Offset) > MaxElements {
			return fmt.Errorf("view: offset %d of source axis %d is out of range", a.Offset, d)
		}
		for _, t := range a.Terms {
			if t.Axis < 0 || t.Axis >= len(v.Axes) {
				return fmt.Errorf("view: source axis %d uses index axis %d of %d", d, t.Axis, len(v.Axes))
			}
			if abs(t.Coef) > MaxElements {
				return fmt.Errorf("view: coefficient %d of source axis %d is out of range", t.Coef, d)
			}
		}
	}
	return nil
}

// Table returns, for every element of the result in row-major order, the flat
// index of its source element, or Padding.
func (v View) Table() []int32 {
	out := make([]int32, v.Axes.Size())
	if len(v.Axes) == 0 {
		v.row(out, v.start(), 1)
		return out
	}
	last := len(v.Axes) - 1
	pos := v.start()
	idx := make([]int, last)
	for at := 0; at < len(out); at += v.Axes[last] {
		v.row(out[at:at+v.Axes[last]], pos, last)
		v.advance(idx, pos)
	}
	return out
}

// start returns the values of the index functions at index 0.
func (v View) start() []int {
	pos := make([]int, len(v.From))
	for d, a := range v.Index {
		pos[d] = a.Offset
	}
	return pos
}

// row fills out with the source elements along one axis, from pos on: those
// whose every position is inside the source form one interval.
func (v View) row(out []int32, pos []int, axis int) {
	from, to := 0, len(out)
	flat, step, stride := 0, 0, 1
	for d := len(pos) - 1; d >= 0; d-- {
		coef := 0
		for _, t := range v.Index[d].Terms {
			if t.Axis == axis {
				coef += t.Coef
			}
		}
		// 0 ≤ pos + coef·k < From
		lowest, highest := -pos[d], v.From[d]-1-pos[d]
		switch {
		case coef == 0:
			if lowest > 0 || highest < 0 {
				to = 0
			}
		case coef == 1:
			from, to = max(from, lowest), min(to, highest+1)
		case coef > 0:
			from, to = max(from, ceilDiv(lowest, coef)), min(to, -ceilDiv(-highest, coef)+1)
		default:
			from, to = max(from, ceilDiv(-highest, -coef)), min(to, -ceilDiv(lowest, -coef)+1)
		}
		flat += pos[d] * stride
		step += coef * stride
		stride *= v.From[d]
	}
	to = max(to, 0)
	from = min(from, to)
	for k := range out[:from] {
		out[k] = Padding
	}
	for k := from; k < to; k++ {
		out[k] = int32(flat + k*step)
	}
	for k := to; k < len(out); k++ {
		out[k] = Padding
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
