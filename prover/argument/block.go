// SPDX-License-Identifier: Apache-2.0

package argument

import (
	"github.com/zkml-go/zkml/protocol/mle"
	"github.com/zkml-go/zkml/protocol/reduction"
)

// Block returns the elements of a block, its axes padded to powers of two, and their
// sizes. The slice may be shared with the witness.
func (w *Witness) Block(b *reduction.Block) ([]int64, []int) {
	t := &w.plan.Tensors[b.Tensor]
	data := w.elements(t)
	if b.Parts == 0 {
		data = pad(data, t.Shape)
	} else {
		data = padPart(data, t.Shape, b.Part<<b.Vars, 1<<b.Vars)
	}
	// The part cuts the outermost variables.
	var sizes []int
	skip := b.Parts
	for _, n := range t.Shape {
		bits := mle.Bits(n)
		cut := min(skip, bits)
		skip -= cut
		if bits > cut || skip == 0 && bits == 0 {
			sizes = append(sizes, 1<<(bits-cut))
		}
	}
	return data, sizes
}
