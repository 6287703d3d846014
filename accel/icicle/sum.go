// SPDX-License-Identifier: Apache-2.0

package icicle

import (
	"cmp"
	"fmt"
	"slices"
	"unsafe"

	"github.com/zkml-go/zkml/accel"
)

// zeros pads scalars that are shorter than those they share a call with.
var zeros [1 << 12][4]uint64

// expandScalars is how many scalars are expanded at a time in the program's memory.
const expandScalars = 1 << 16

// sum computes ∑ᵢ x[i]·P[from+i] for each x of scalars, in parts: add is told to which sum
// each part belongs, whether it is to be subtracted, and its coordinates.
func (b *bases) sum(from int, scalars []accel.Scalars, add func(sum int, negative bool, c [][4]uint64) error) error {
	var all []row
	for k, x := range scalars {
		if n := x.Len(); from < 0 || from > b.n || n > b.n-from {
			return fmt.Errorf("icicle: scalars for points [%d, %d) of %d", from, from+n, b.n)
		}
		r, err := rows(k, x, b.d)
		if err != nil {
			return err
		}
		all = append(all, r...)
	}
	all = slices.DeleteFunc(all, func(r row) bool { return r.n == 0 })
	if len(all) == 0 {
		return nil
	}
	return b.d.thread.do(func() error {
		if b.at == 0 {
			return errPointsFreed
		}
		for _, batch := range batches(all) {
			if err := b.batch(from, batch, add); err != nil {
				return err
			}
		}
		return nil
	})
}

// batches gathers rows that can share a call: in the program's memory, of one width and,
// because shorter ones are padded, at least half as long as the longest. Of each width
// there is one form only.
func batches(all []row) [][]row {
	slices.SortStableFunc(all, func(a, b row) int {
		return cmp.Or(cmp.Compare(a.bits, b.bits), cmp.Compare(stored(a), stored(b)), cmp.Compare(b.n, a.n))
	})
	var out [][]row
	for len(all) > 0 {
		first, n := all[0], 1
		for n < len(all) && first.vector == nil && all[n].vector == nil &&
			all[n].bits == first.bits && 2*all[n].n >= first.n {
			n++
		}
		out, all = append(out, all[:n]), all[n:]
	}
	return out
}

// stored orders rows that are on the device after those that are not.
func stored(r row) int {
	if r.vector != nil {
		return 1
	}
	return 0
}

// batch computes the sums of rows that can share a call, chunk by chunk.
func (b *bases) batch(from int, rows []row, add func(int, bool, [][4]uint64) error) error {
	longest, stored := rows[0].n, rows[0].vector != nil
	for at := 0; at < longest; {
		active := slices.DeleteFunc(slices.Clone(rows), func(r row) bool { return r.n <= at })
		s, err := b.d.plan(b.group, longest-at, len(active), rows[0].bits, stored)
		if err != nil {
			return err
		}
		if !stored { // sums of nothing are left out: the library would sort no buckets
			active = slices.DeleteFunc(active, func(r row) bool { return !r.any(at, min(at+s.n, r.n)) })
		}
		for part := range slices.Chunk(active, s.batch) {
			if err := b.call(from, at, s.n, part, add); err != nil {
				return err
			}
		}
		at += s.n
	}
	return nil
}

// call computes the sums of scalars [at, at+n) of rows, in one call of the library.
func (b *bases) call(from, at, n int, rows []row, add func(int, bool, [][4]uint64) error) error {
	scalars, err := b.stage(at, n, rows)
	if err != nil {
		return err
	}
	c := msmConfig{
		precomputeFactor: 1, window: int32(window(n, rows[0].bits)), bits: int32(rows[0].bits),
		batch: int32(len(rows)), sharedPoints: true, scalarsOnDevice: true, pointsOnDevice: true,
		scalarsMontgomery: rows[0].montgomery,
	}
	size := int(b.group.projective / 32)
	out := make([][4]uint64, size*len(rows))
	points := b.at + uintptr(uint64(from+at)*b.group.affine)
	if err := check(b.group.name, b.group.msm(scalars, points, int32(n), &c, unsafe.Pointer(&out[0]))); err != nil {
		return err
	}
	for i, r := range rows {
		if err := add(r.sum, r.negative, out[i*size:(i+1)*size]); err != nil {
			return err
		}
	}
	return nil
}

// stage returns scalars [at, at+n) of rows on the device, one row after the other.
func (b *bases) stage(at, n int, rows []row) (uintptr, error) {
	m := &b.d.memory
	if v := rows[0].vector; v != nil {
		if v.at == 0 {
			return 0, errFreed
		}
		return v.at + uintptr(at)*elementSize, nil
	}
	start, err := m.scratch(uint64(n) * uint64(len(rows)) * elementSize)
	if err != nil {
		return 0, err
	}
	to := start
	buffer := make([][4]uint64, min(n, expandScalars))
	for _, r := range rows {
		end := min(at+n, r.n)
		for i := at; i < end; i += len(buffer) {
			part := buffer[:min(len(buffer), end-i)]
			if err := store(m, to, r.read(part, i)); err != nil {
				return 0, err
			}
			to += uintptr(len(part)) * elementSize
		}
		for i := end; i < at+n; i += len(zeros) {
			part := zeros[:min(len(zeros), at+n-i)]
			if err := store(m, to, part); err != nil {
				return 0, err
			}
			to += uintptr(len(part)) * elementSize
		}
	}
	return start, nil
}
