// SPDX-License-Identifier: Apache-2.0

package kernel

// runSweep goes along the result, as far as the operands advance evenly, once for
// each product of a sum. It suits depthwise convolutions and products of elements.
func (c *Contraction) runSweep(m *Machine, a, b *reader, emit Emit) {
	n := span(&c.nest, c.inner)
	ka, kb := a.places(nil, c.inner, 0, n), b.places(nil, c.inner, 0, n)
	label := lastOf(c.outer)
	m.rows(&c.nest, c.outer, func(worker, at int, acc []int64) {
		s := &m.scratch[worker]
		s.y, s.z = resize(s.y, max(Chunk, depth)), resize(s.z, Chunk)
		clear(acc)
		pa, pb := a.batch(c.outer, at), b.batch(c.outer, at)
		for k := range ka {
			x, y := pa.plus(&ka[k]), pb.plus(&kb[k])
			switch {
			case b.still(label):
				a.addTo(acc, b.one(&y), &x, label)
			case a.still(label):
				b.addTo(acc, a.one(&x), &y, label)
			default:
				u, v := a.row(s.y, &x, label, len(acc)), b.row(s.z, &y, label, len(acc))
				v = v[:len(u)]
				for i, x := range u {
					acc[i] += x * v[i]
				}
			}
		}
	}, emit)
}

// still reports whether the operand does not depend on the label.
func (r *reader) still(label int) bool { return label < 0 || !depends(&r.Access, label) }

// addTo adds w times the elements from p on along label to acc.
func (r *reader) addTo(acc []int64, w int64, p *place, label int) {
	if w == 0 {
		return
	}
	if label < 0 {
		acc[0] += w * r.one(p)
		return
	}
	from, to := 0, len(acc)
	if len(r.Guards) > 0 {
		if from, to = r.inside(p, label, len(acc)); r.Fill != 0 {
			add(acc[:from], w*r.Fill)
			add(acc[to:], w*r.Fill)
		}
	}
	stride := r.Strides[label]
	r.Vector.MulAdd(acc[from:to], w, p.cell+from*stride, stride)
}

func add(x []int64, v int64) {
	for i := range x {
		x[i] += v
	}
}
