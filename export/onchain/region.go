// SPDX-License-Identifier: Apache-2.0

package onchain

import (
	"fmt"
	"slices"

	"github.com/zkml-go/zkml/ir"
)

// A region is a number of consecutive cells that hold a tensor. Regions are numbered; where they lie is
// decided when all ops are known.
type region int

type regionInfo struct {
	cells       int
	node        ir.ID // whose elements it holds; what is in it while it is written is of nobody
	first, last int   // the ops between which it must not be written by others
	offset      int   // first cell
	parts       bool  // written by several layers: until the last, the rest of it is 0
}

// An op is one op of the layer list.
type op struct {
	node  ir.ID
	macs  int
	write func(b *writer, cell func(region) int)
}

// newRegion returns a region for the elements of a node; the next op is its first.
func (e *encoder) newRegion(node ir.ID, cells int) region {
	e.regions = append(e.regions, regionInfo{cells: cells, node: node, first: len(e.ops), last: len(e.ops)})
	return region(len(e.regions) - 1)
}

// emit appends an op that touches regions.
func (e *encoder) emit(node ir.ID, macs int, touches []region, write func(b *writer, cell func(region) int)) {
	for _, r := range touches {
		e.regions[r].last = len(e.ops)
	}
	e.ops = append(e.ops, op{node, macs, write})
}

// allocate gives every region its cells, the lowest that are free while it is needed, and returns the
// size of the frame.
func (e *encoder) allocate() (int, error) {
	order := make([]region, len(e.regions))
	for i := range order {
		order[i] = region(i)
	}
	slices.SortStableFunc(order, func(a, b region) int { return e.regions[a].first - e.regions[b].first })
	var placed []region
	cells := 0
	for _, r := range order {
		info := &e.regions[r]
		placed = slices.DeleteFunc(placed, func(o region) bool { return e.regions[o].last < info.first })
		slices.SortFunc(placed, func(a, b region) int { return e.regions[a].offset - e.regions[b].offset })
		at := 0
		for _, o := range placed {
			if at+info.cells <= e.regions[o].offset {
				break
			}
			at = max(at, e.regions[o].offset+e.regions[o].cells)
		}
		info.offset = at
		placed = append(placed, r)
		if cells = max(cells, at+info.cells); cells > MaxCells {
			return 0, e.refuse(info.node, fmt.Sprintf("with what else is needed then, its %d elements take a frame to %d cells, and one has at most %d", info.cells, cells, MaxCells))
		}
	}
	return cells, nil
}

func (e *encoder) refuse(id ir.ID, reason string) error {
	n := &e.p.Nodes[id]
	return &NodeError{n.Name, n.Op.Kind(), reason}
}
