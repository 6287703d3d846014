// SPDX-License-Identifier: Apache-2.0

package logup

// Elements returns the elements of a proof, in the order in which they are sent.
func (p *Proof[T]) Elements() []*T {
	var out []*T
	all := func(xs []T) {
		for i := range xs {
			out = append(out, &xs[i])
		}
	}
	all(p.TopP)
	all(p.TopQ)
	for i := range p.Layers {
		l := &p.Layers[i]
		for _, r := range l.Rounds {
			all(r)
		}
		out = append(out, &l.P0, &l.Q0, &l.Q1)
	}
	return out
}
