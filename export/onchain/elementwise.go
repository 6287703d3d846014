// SPDX-License-Identifier: Apache-2.0

package onchain

import (
	"fmt"

	"github.com/zkml-go/zkml/ir"
)

// cleared returns a region whose cells are all set to a value: the contract wants every cell of a result to
// have one before loops fill it in.
func (e *encoder) cleared(id ir.ID, cells int, value int64) (region, error) {
	r := e.newRegion(id, cells)
	if value < -maxBase || value > maxBase {
		return r, e.refuse(id, fmt.Sprintf("the padding %d is beyond ±2^59", value))
	}
	e.emit(id, 0, []region{r}, func(w *writer, cell func(region) int) { writeConst(w, cell(r), cells, 0, value, 0) })
	return r, nil
}

// maxBase is what a base may be in magnitude.
const maxBase = 1 << 59

func writeConst(w *writer, to, count, width int, base int64, data int) {
	w.u8(opConst)
	w.u32(to)
	w.u32(count)
	w.u8(width)
	w.i64(base)
	w.u32(data)
}

// constRegion emits constants.
func (e *encoder) constRegion(id ir.ID, data []int64) (region, error) {
	width, base, at, err := e.packed(id, data)
	if err != nil {
		return 0, err
	}
	r := e.newRegion(id, len(data))
	e.emit(id, 0, []region{r}, func(w *writer, cell func(region) int) { writeConst(w, cell(r), len(data), width, base, at) })
	return r, nil
}

// packed appends integers to the data, each as a number of bytes above the least, and returns that number of
// bytes, the least integer, and where they are.
func (e *encoder) packed(id ir.ID, data []int64) (width int, base int64, at int, err error) {
	r := ir.RangeOf(data)
	span := uint64(r.Hi) - uint64(r.Lo)
	for width < 8 && span>>(8*width) != 0 {
		width++
	}
	if r.Lo >= 0 && uint64(r.Hi)>>(8*max(width, 1)) == 0 {
		r.Lo, width = 0, max(width, 1) // the machine is faster where nothing is to be added
	}
	if width > 7 || r.Lo < -maxBase || r.Lo > maxBase {
		return 0, 0, 0, e.refuse(id, fmt.Sprintf("constants in %v do not fit 7 bytes above a base within ±2^59", r))
	}
	var b []byte
	for _, x := range data {
		u := uint64(x) - uint64(r.Lo)
		for i := width - 1; i >= 0; i-- {
			b = append(b, byte(u>>(8*i)))
		}
	}
	return width, r.Lo, e.blob(b), nil
}

// A mapping is what a map does to an element: a rescale, a lookup, or one after the other.
type mapping struct {
	multiplier int64
	shift      int
	entries    int
	least      int64
	width      int
	base       int64
	data       int
}

var identity = mapping{multiplier: 1}

func (t mapping) write(w *writer) {
	w.i64(t.multiplier)
	w.u8(t.shift)
	w.u32(t.entries)
	if t.entries > 0 {
		w.i64(t.least)
		w.u8(t.width)
		w.i64(t.base)
		w.u32(t.data)
	}
}

// then returns t followed by node id, a rescale or a lookup of values in r, and whether one map can do both.
func (e *encoder) then(t mapping, id ir.ID, r ir.Range) (mapping, bool, error) {
	switch o := e.p.Nodes[id].Op.(type) {
	case ir.Rescale:
		if t != identity || o.Multiplier > 1<<62 {
			return t, false, nil
		}
		return mapping{multiplier: o.Multiplier, shift: o.Shift}, true, nil
	case ir.Lookup:
		if t.entries > 0 {
			return t, false, nil
		}
		// Only entries that the range of the argument reaches.
		table := &e.p.Tables[o.Table]
		part := table.Values[r.Lo-table.Lo : r.Hi-table.Lo+1]
		var err error
		t.width, t.base, t.data, err = e.packed(id, part)
		if t.width == 0 { // all entries are equal
			t.width, t.data = 1, e.blob(make([]byte, len(part)))
		}
		t.entries, t.least = len(part), r.Lo
		return t, true, err
	}
	return t, false, nil
}

// only returns the one node that uses id, or −1 if it is used otherwise too.
func (e *encoder) only(id ir.ID) ir.ID {
	if e.isOutput[id] || len(e.uses[id]) != 1 || !e.needed[e.uses[id][0]] {
		return -1
	}
	return e.uses[id][0]
}

// mappings follows rescales and lookups after node id as far as one map goes. It returns the last node.
func (e *encoder) mappings(t mapping, id ir.ID) (mapping, ir.ID, error) {
	for {
		next := e.only(id)
		if next < 0 {
			return t, id, nil
		}
		u, ok, err := e.then(t, next, e.p.Nodes[id].Range)
		if err != nil || !ok {
			return t, id, err
		}
		e.done[next] = true
		t, id = u, next
	}
}

// mapped emits a rescale or a lookup, with the lookup after it.
func (e *encoder) mapped(id ir.ID) error {
	arg := e.p.Nodes[id].Args[0]
	t, ok, err := e.then(identity, id, e.p.Nodes[arg].Range)
	if err == nil && !ok {
		err = e.refuse(id, "the multiplier exceeds 2^62")
	}
	if err != nil {
		return err
	}
	from, err := e.read(arg)
	if err != nil {
		return err
	}
	t, last, err := e.mappings(t, id)
	if err != nil {
		return err
	}
	count := e.p.Nodes[id].Shape.Size()
	to := e.newRegion(last, count)
	e.emit(id, 0, []region{from, to}, func(w *writer, cell func(region) int) {
		w.u8(opMap)
		w.u32(cell(to))
		w.u32(cell(from))
		w.u32(count)
		t.write(w)
	})
	e.place[last] = to
	return nil
}

// bias returns the sum of what a linear adds besides its arguments that are no constants, and those.
func (e *encoder) bias(id ir.ID, o ir.Linear) (sum []int64, variable []int) {
	n := &e.p.Nodes[id]
	sum = make([]int64, n.Shape.Size())
	for k := range sum {
		sum[k] = o.Bias
	}
	for i, a := range n.Args {
		data := e.constant(a)
		if data == nil {
			variable = append(variable, i)
			continue
		}
		for k, x := range data {
			sum[k] += o.Coefs[i] * x
		}
	}
	return sum, variable
}

// linear emits a linear combination.
func (e *encoder) linear(id ir.ID, o ir.Linear) error {
	n := &e.p.Nodes[id]
	sum, variable := e.bias(id, o)
	var args []region
	var coefs []int64
	bias := sum[0]
	if r := ir.RangeOf(sum); r.Lo != r.Hi {
		c, err := e.constRegion(id, sum)
		if err != nil {
			return err
		}
		args, coefs, bias = append(args, c), append(coefs, 1), 0
	}
	for _, i := range variable {
		r, err := e.read(n.Args[i])
		if err != nil {
			return err
		}
		args, coefs = append(args, r), append(coefs, o.Coefs[i])
	}
	count := n.Shape.Size()
	to := e.newRegion(id, count)
	e.emit(id, 0, append(args[:len(args):len(args)], to), func(w *writer, cell func(region) int) {
		w.u8(opLinear)
		w.u32(cell(to))
		w.u32(count)
		w.i64(bias)
		w.u8(len(args))
		for i, a := range args {
			w.u32(cell(a))
			w.i64(coefs[i])
		}
	})
	e.place[id] = to
	return nil
}

// divide emits a quotient.
func (e *encoder) divide(id ir.ID) error {
	n := &e.p.Nodes[id]
	a, err := e.read(n.Args[0])
	if err != nil {
		return err
	}
	b, err := e.read(n.Args[1])
	if err != nil {
		return err
	}
	count := n.Shape.Size()
	to := e.newRegion(id, count)
	e.emit(id, 0, []region{a, b, to}, func(w *writer, cell func(region) int) {
		w.u8(opDivide)
		w.u32(cell(to))
		w.u32(cell(a))
		w.u32(cell(b))
		w.u32(count)
	})
	e.place[id] = to
	return nil
}

// gather emits a data-dependent choice of rows.
func (e *encoder) gather(id ir.ID, o ir.Gather) error {
	n := &e.p.Nodes[id]
	data, err := e.read(n.Args[0])
	if err != nil {
		return err
	}
	index, err := e.read(n.Args[1])
	if err != nil {
		return err
	}
	ds, is := e.p.Nodes[n.Args[0]].Shape, e.p.Nodes[n.Args[1]].Shape
	batches := ds[:o.Batch].Size()
	to := e.newRegion(id, n.Shape.Size())
	e.emit(id, 0, []region{data, index, to}, func(w *writer, cell func(region) int) {
		w.u8(opGather)
		w.u32(cell(to))
		w.u32(cell(data))
		w.u32(cell(index))
		w.u32(batches)
		w.u32(ds[o.Batch])
		w.u32(is.Size() / batches)
		w.u32(ds[o.Batch+1:].Size())
	})
	e.place[id] = to
	return nil
}
