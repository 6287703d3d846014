// SPDX-License-Identifier: Apache-2.0

package kernel

import "github.com/zkml-go/zkml/tensor"

// rows cuts the result of a nest into chunks, lets compute set each piece of them
// in which only the last outer label advances, and hands them over. Chunks are as
// long as possible, so that short rows do not cost a call of emit each.
func (m *Machine) rows(n *tensor.Nest, outer []int, compute func(worker, at int, x []int64), emit Emit) {
	size, row := span(n, outer), 1
	if l := lastOf(outer); l >= 0 {
		row = n.Extents[l]
	}
	m.Map(size, func(worker, at int, x []int64) {
		for i := 0; i < len(x); {
			piece := min(row-(at+i)%row, len(x)-i)
			compute(worker, at+i, x[i:i+piece])
			i += piece
		}
		emit(worker, at, x)
	})
}
