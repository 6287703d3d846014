// SPDX-License-Identifier: Apache-2.0

package argument

import (
	"github.com/zkml-go/zkml/protocol/mle"
	"github.com/zkml-go/zkml/protocol/reduction"
	"github.com/zkml-go/zkml/tensor"
)

// Put writes the elements of a block to dst, 2^Vars zeros, where its axes are padded to
// powers of two.
func (w *Witness) Put(dst []int64, b *reduction.Block) {
	t := &w.plan.Tensors[b.Tensor]
	data := w.elements(t)
	last := len(t.Shape) - 1
	if last < 0 {
		copy(dst, data)
		return
	}
	rows := b.Shape[:last].Size()
	for r := range rows {
		// Row r of the block, in the tensor and in the padded block.
		from, stride := b.From[last], t.Shape[last]
		to, shift := 0, mle.Bits(b.Shape[last])
		for d, rest := last-1, r; d >= 0; d-- {
			k := rest % b.Shape[d]
			rest /= b.Shape[d]
			from += (b.From[d] + k) * stride
			stride *= t.Shape[d]
			to |= k << shift
			shift += mle.Bits(b.Shape[d])
		}
		copy(dst[to:to+b.Shape[last]], data[from:])
	}
}

// sizes returns a shape with its axes padded to powers of two.
func sizes(shape tensor.Shape) []int {
	out := make([]int, len(shape))
	for d, n := range shape {
		out[d] = 1 << mle.Bits(n)
	}
	return out
}
