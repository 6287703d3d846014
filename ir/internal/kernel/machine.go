// SPDX-License-Identifier: Apache-2.0

package kernel

import (
	"github.com/zkml-go/zkml/internal/parallel"
	"github.com/zkml-go/zkml/tensor"
)

// Chunk is the largest number of elements that a kernel hands over at once.
const Chunk = 512

// An Emit takes elements at, at+1, … of a result. It may change x, and keeps
// nothing of it. Calls with the same worker follow one another; together they
// cover the result once, in no particular order.
type Emit func(worker, at int, x []int64)

// A Machine runs kernels on a number of threads and keeps their scratch memory.
// It is not safe for concurrent use.
type Machine struct{ scratch []scratch }

// NewMachine returns a machine of at most the given number of threads.
func NewMachine(workers int) *Machine { return &Machine{make([]scratch, max(workers, 1))} }

// Workers returns the number of threads.
func (m *Machine) Workers() int { return len(m.scratch) }

// scratch is the memory of one thread.
type scratch struct {
	a       []int64        // words of rows
	b       [][width]int64 // panels of columns
	c       []int64        // sums
	x, y, z []int64        // rows of elements
	fixed   []place
	moving  []run
	out     []stretch
}

// resize returns a slice of n elements, s if it is long enough. Its elements are
// not cleared.
func resize[T any](s []T, n int) []T {
	if cap(s) < n {
		return make([]T, n)
	}
	return s[:n]
}

// span returns the product of the extents of labels.
func span(n *tensor.Nest, labels []int) int {
	p := 1
	for _, l := range labels {
		p *= n.Extents[l]
	}
	return p
}

// between returns the integers in [from, to).
func between(from, to int) []int {
	out := make([]int, 0, to-from)
	for l := from; l < to; l++ {
		out = append(out, l)
	}
	return out
}

// Map hands over n elements that emit computes itself, in chunks.
func (m *Machine) Map(n int, emit Emit) {
	parallel.For((n+Chunk-1)/Chunk, len(m.scratch), func(worker, task int) {
		s := &m.scratch[worker]
		at := task * Chunk
		s.x = resize(s.x, Chunk)
		emit(worker, at, s.x[:min(Chunk, n-at)])
	})
}
