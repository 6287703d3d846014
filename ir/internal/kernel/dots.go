// SPDX-License-Identifier: Apache-2.0

package kernel

// runDots computes one sum after another, along the last label summed over. It
// suits products of a matrix with a vector.
func (c *Contraction) runDots(m *Machine, a, b *reader, emit Emit) {
	n := span(&c.nest, c.inner)
	ra, rb := a.stretches(nil, c.inner, 0, n), b.stretches(nil, c.inner, 0, n)
	label := lastOf(c.inner)
	m.Map(c.size, func(worker, at int, x []int64) {
		s := &m.scratch[worker]
		s.y, s.z = resize(s.y, max(Chunk, depth)), resize(s.z, Chunk)
		for i := range x {
			pa, pb := a.batch(c.outer, at+i), b.batch(c.outer, at+i)
			sum := int64(0)
			for k := range ra {
				p, q := pa.plus(&ra[k].place), pb.plus(&rb[k].place)
				for left := ra[k].n; left > 0; left -= Chunk {
					n := min(left, Chunk)
					sum += dot(a.row(s.y, &p, label, n), b.row(s.z, &q, label, n))
					a.step(&p, label, n)
					b.step(&q, label, n)
				}
			}
			x[i] = sum
		}
		emit(worker, at, x)
	})
}

// dot returns the sum of the products of x and y, in four parts because each
// addition waits for the one before.
func dot(x, y []int64) int64 {
	var s0, s1, s2, s3 int64
	for len(x) >= 4 && len(y) >= 4 {
		s0 += x[0] * y[0]
		s1 += x[1] * y[1]
		s2 += x[2] * y[2]
		s3 += x[3] * y[3]
		x, y = x[4:], y[4:]
	}
	y = y[:len(x)]
	for i := range x {
		s0 += x[i] * y[i]
	}
	return s0 + s1 + s2 + s3
}
