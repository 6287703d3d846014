// SPDX-License-Identifier: Apache-2.0

package tensor

import "fmt"

// A Pick is how a gather reads: in each of Batch parts of the data, which has
// Rows rows of Width elements, each of Indices indices names a row.
type Pick struct{ Batch, Rows, Indices, Width int }

// NewPick returns the pick of rows from data of shape B ++ [V] ++ R by indices of
// shape B ++ I, where B is the given number of axes, and the shape of the result,
// B ++ I ++ R.
func NewPick(data, index Shape, batch int) (Pick, Shape, error) {
	if batch < 0 || batch >= len(data) || batch > len(index) || !data[:batch].Equal(index[:batch]) {
		return Pick{}, nil, fmt.Errorf("indices of shape %v into data of shape %v, of which %d axes are shared", index, data, batch)
	}
	out := append(index.Clone(), data[batch+1:]...)
	p := Pick{data[:batch].Size(), data[batch], index[batch:].Size(), data[batch+1:].Size()}
	return p, out, out.Check()
}

// Walk calls visit for every index, in row-major order, with its number and the
// number of the first row of its part.
func (p Pick) Walk(visit func(index, firstRow int)) {
	for b := range p.Batch {
		for i := range p.Indices {
			visit(b*p.Indices+i, b*p.Rows)
		}
	}
}
