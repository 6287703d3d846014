// SPDX-License-Identifier: Apache-2.0

package ir

import (
	"github.com/zkml-go/zkml/ir/internal/kernel"
	"github.com/zkml-go/zkml/tensor"
)

// gatherHead reads the rows that the indices name, and no others.
type gatherHead struct {
	data, index ID
	pick        tensor.Pick
	size        int
}

func newGatherHead(b *planner, n *Node, op Gather) *gatherHead {
	data, index := n.Args[0], n.Args[1]
	pick, _, _ := tensor.NewPick(b.p.Nodes[data].Shape, b.p.Nodes[index].Shape, op.Batch)
	return &gatherHead{b.root[data], b.root[index], pick, n.Shape.Size()}
}

func (h *gatherHead) reads() []ID { return []ID{h.data, h.index} }

func (h *gatherHead) run(x *execution, emit kernel.Emit) {
	data, index, width := x.values[h.data], x.values[h.index], h.pick.Width
	x.machine.Map(h.size, func(worker, at int, dst []int64) {
		i, in := at/width, at%width // the index whose row holds element at, and where in it
		for left := dst; len(left) > 0; i, in = i+1, 0 {
			n := min(width-in, len(left))
			row := i/h.pick.Indices*h.pick.Rows + int(index.At(i))
			data.Load(left[:n], row*width+in, 1)
			left = left[n:]
		}
		emit(worker, at, dst)
	})
}
