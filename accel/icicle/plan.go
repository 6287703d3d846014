// SPDX-License-Identifier: Apache-2.0

package icicle

import (
	"fmt"
	"math/bits"

	"github.com/zkml-go/zkml/accel"
)

const (
	// minChunk is what a sum is not cut below: a device without memory for so few points
	// is of no use.
	minChunk = 1 << 10
	// maxWindow bounds the buckets of one window of the scalars to 2²⁰.
	maxWindow = 20
	// batchChunks is how many full chunks of scalars one call has at most: the two signs
	// of integers.
	batchChunks = 2
	// maxBatch bounds how many sums one call has.
	maxBatch = 1 << 10
)

// window returns how many bits of a scalar a bucket stands for. Sixteen points to a bucket
// is what the library itself chooses for one sum.
func window(n, scalarBits int) int {
	c := bits.Len(uint(n-1)) - 4
	return min(max(c, 4), maxWindow, scalarBits)
}

// A shape is one call of the library: batch sums of n points each, the same for all, with
// scalars of some width.
type shape struct{ n, batch, bits int }

// A workspace is memory, in bytes.
type workspace struct{ scalars, points, indices, buckets uint64 }

// workspace estimates what a call takes, as the library does before it cuts a sum into parts of
// its own: compute_required_memory in cuda_msm.cuh.
func (s shape) workspace(g *group) workspace {
	c := window(s.n, s.bits)
	windows := uint64((s.bits + c - 1) / c)
	total := uint64(s.n) * uint64(s.batch)
	return workspace{
		scalars: total * elementSize,
		points:  uint64(s.n) * g.affine,
		indices: total * windows * 7 * 4,
		buckets: uint64(s.batch) * windows << c * 4 * g.projective,
	}
}

// fits says whether the library would leave the call in one piece, which is the only way
// that uses the null stream, if free bytes are left beside points and scalars.
func (s shape) fits(g *group, free uint64) bool {
	m := s.workspace(g)
	usable := float64(free+m.points+m.scalars) * 0.7
	return float64(2*(m.scalars+m.points+m.indices)+m.buckets) < usable
}

// plan returns the largest call for batches of sums of n points that is allowed and fits,
// with scalars that are on the device already or have yet to be put there.
func (d *Device) plan(g *group, n, batch, scalarBits int, stored bool) (shape, error) {
	s := shape{min(n, d.options.Chunk), min(batch, maxBatch), scalarBits}
	s.batch = min(s.batch, max(batchChunks*d.options.Chunk/s.n, 1))
	free, err := d.memory.available()
	if err == nil && d.memory.work != 0 && !s.fits(g, free) {
		if err = d.memory.dropScratch(); err == nil {
			free, err = d.memory.available()
		}
	}
	if err != nil {
		return s, err
	}
	for {
		rest := free
		if !stored {
			rest += d.memory.held[d.memory.work]
			rest -= min(rest, s.workspace(g).scalars)
		}
		switch {
		case s.fits(g, rest):
			return s, nil
		case s.batch > 1:
			s.batch = (s.batch + 1) / 2
		case s.n > minChunk:
			s.n = max((s.n+1)/2, minChunk)
		default:
			return s, fmt.Errorf("icicle: %s of %d points with %d bytes free: %w", g.name, s.n, free, accel.ErrMemory)
		}
	}
}
