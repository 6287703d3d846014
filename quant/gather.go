// SPDX-License-Identifier: Apache-2.0

package quant

import (
	"fmt"

	"github.com/zkml-go/zkml/graph"
	"github.com/zkml-go/zkml/ir"
)

// gather picks rows at their own scale; rows of constants are quantized as weights
// are that the index selects.
func (c *compiler) gather(id graph.ID, n *graph.Node, op graph.Gather) (value, error) {
	from := &c.g.Nodes[n.Args[0]]
	data, err := c.at[n.Args[0]], error(nil)
	if data.constant != nil {
		rows := data.constant()
		scale := commonUnit(rows)
		if scale == 0 {
			scale = c.weightScale(rows, 1, c.demanded(id), selectedBits, c.shift(id))
		}
		q, err := quantize(rows, scale)
		if err != nil {
			return value{}, err
		}
		if data.id, err = c.add(ir.NewConst(from.Shape, q)); err != nil {
			return value{}, err
		}
		data.scale = scale
	}
	index, err := c.index(n.Args[1], int64(from.Shape[op.Batch]))
	if err != nil {
		return value{}, err
	}
	y, err := c.add(ir.Gather{Batch: op.Batch}, data.id, index)
	return value{id: y, scale: data.scale}, err
}

// index returns value id as the numbers of rows, of which there are so many.
// Negative indices count from the end; what is provably possible but was not seen in
// calibration, an index beyond the rows, is moved to the nearest.
func (c *compiler) index(id graph.ID, rows int64) (ir.ID, error) {
	v := c.at[id]
	var err error
	if v.constant != nil {
		if v.id, err = c.constantAt(id, 1, 1); err != nil {
			return 0, err
		}
	} else if v, err = c.rescale(v, 1); err != nil {
		return 0, err
	}
	all, known := ir.Range{Lo: -rows, Hi: rows - 1}, ir.Range{Hi: rows - 1}
	r := c.p.Nodes[v.id].Range
	if r.Within(known) {
		return v.id, nil
	}
	if r.Lo >= 0 {
		all = known
	}
	if dear := max(clampCost*int64(c.p.Nodes[v.id].Shape.Size()), clampBase); !r.Within(all) && r.Count() > dear {
		if v, err = c.saturate(v, intersect(all, r)); err != nil {
			return 0, err
		}
		if r = c.p.Nodes[v.id].Range; r.Within(known) {
			return v.id, nil
		}
	}
	t, ok := c.tables[fmt.Sprintf("row of %d", rows)]
	if !ok {
		t = &table{index: -1, name: fmt.Sprintf("row of %d", rows), at: func(q int64) (int64, error) {
			if q < 0 {
				q += rows
			}
			return min(max(q, 0), rows-1), nil
		}}
		c.tables[t.name] = t
	}
	if err := c.grow(t, r); err != nil {
		return 0, err
	}
	return c.add(ir.Lookup{Table: t.index}, v.id)
}

// indexes returns the least number of rows that value id, perhaps after views, is
// an index of; 0 if it is none.
func (c *compiler) indexes(id graph.ID) int {
	least := 0
	take := func(rows int) {
		if rows > 0 && (least == 0 || rows < least) {
			least = rows
		}
	}
	for _, u := range c.uses[id] {
		switch op := c.g.Nodes[u].Op.(type) {
		case graph.View:
			take(c.indexes(u))
		case graph.Gather:
			if args := c.g.Nodes[u].Args; args[1] == id {
				take(c.g.Nodes[args[0]].Shape[op.Batch])
			}
		}
	}
	return least
}
