// SPDX-License-Identifier: Apache-2.0

package onchain

import (
	"fmt"
	"maps"
	"slices"

	"github.com/zkml-go/zkml/ir"
)

// An encoder turns the nodes of a program into ops, one node after another.
type encoder struct {
	p        *ir.Program
	uses     [][]ir.ID
	needed   []bool // nodes that an output depends on
	isOutput []bool
	done     []bool // nodes that an op before has computed along with its own

	consts  map[ir.ID][]int64
	regions []regionInfo
	place   map[ir.ID]region // of nodes that have one
	ops     []op
	starts  []int // ops with which a layer begins
	results []region

	data  []byte
	blobs map[string]int // where bytes of the data are
}

func newEncoder(p *ir.Program) *encoder {
	n := len(p.Nodes)
	e := &encoder{p: p, uses: p.Uses(), needed: make([]bool, n), isOutput: make([]bool, n), done: make([]bool, n),
		consts: map[ir.ID][]int64{}, place: map[ir.ID]region{}, starts: []int{0}, blobs: map[string]int{}}
	for _, o := range p.Outputs {
		e.needed[o.ID], e.isOutput[o.ID] = true, true
	}
	for id := n - 1; id >= 0; id-- {
		if e.needed[id] {
			for _, a := range p.Nodes[id].Args {
				e.needed[a] = true
			}
		}
	}
	for _, id := range p.Inputs {
		e.place[id] = e.newRegion(id, p.Nodes[id].Shape.Size())
	}
	return e
}

// node emits the ops of a node. Views, concatenations and constants wait until somebody reads them.
func (e *encoder) node(id ir.ID) error {
	n := &e.p.Nodes[id]
	if !e.needed[id] || e.done[id] || e.constant(id) != nil {
		return nil
	}
	var err error
	switch o := n.Op.(type) {
	case ir.Input, ir.Const, ir.View, ir.Concat:
		return nil
	case ir.Linear:
		err = e.linear(id, o)
	case ir.Contract:
		e.begin()
		err = e.contract(id, o)
	case ir.Rescale, ir.Lookup:
		err = e.mapped(id)
	case ir.Max:
		err = e.max(id, o)
	case ir.Divide:
		err = e.divide(id)
	case ir.Gather:
		err = e.gather(id, o)
	default:
		err = e.refuse(id, "the contract does not know this primitive")
	}
	return err
}

// begin lets a layer begin with the next op.
func (e *encoder) begin() {
	if n := len(e.ops); n > e.starts[len(e.starts)-1] {
		e.starts = append(e.starts, n)
	}
}

// mark returns a function that takes back all that was emitted after mark.
func (e *encoder) mark() (rollback func()) {
	ops, starts, data := len(e.ops), len(e.starts), len(e.data)
	regions, place := slices.Clone(e.regions), maps.Clone(e.place)
	return func() {
		e.ops, e.starts, e.data = e.ops[:ops], e.starts[:starts], e.data[:data]
		e.regions, e.place = regions, place
		maps.DeleteFunc(e.blobs, func(_ string, at int) bool { return at >= data })
	}
}

// output sees to it that an output has a region, which stays until the end.
func (e *encoder) output(id ir.ID) error {
	r, err := e.read(id)
	e.results = append(e.results, r)
	return err
}

// constant returns the elements of a node that depends on constants only, or nil.
func (e *encoder) constant(id ir.ID) []int64 {
	if data, ok := e.consts[id]; ok {
		return data
	}
	n := &e.p.Nodes[id]
	var data []int64
	if _, ok := n.Op.(ir.Input); !ok {
		args := make([]ir.Tensor, len(n.Args))
		known := true
		for i, a := range n.Args {
			args[i] = ir.Tensor{Shape: e.p.Nodes[a].Shape, Data: e.constant(a)}
			known = known && args[i].Data != nil
		}
		if known {
			data = n.Op.Eval(e.p, args)
		}
	}
	e.consts[id] = data
	return data
}

// blob returns where bytes are in the data, which keeps equal ones once.
func (e *encoder) blob(b []byte) int {
	if at, ok := e.blobs[string(b)]; ok {
		return at
	}
	at := len(e.data)
	e.blobs[string(b)] = at
	e.data = append(e.data, b...)
	return at
}

// assemble writes the layer list.
func (e *encoder) assemble() (*Model, error) {
	for _, r := range e.results {
		e.regions[r].last = len(e.ops)
	}
	if len(e.ops) == 0 {
		// A layer has at least the op that does nothing but be there: a constant of no cells.
		e.emit(0, 0, nil, func(w *writer, _ func(region) int) { writeConst(w, 0, 0, 0, 0, 0) })
	}
	cells, err := e.allocate()
	if err != nil {
		return nil, err
	}
	m := &Model{Data: e.data, Cells: cells}
	w := &writer{}
	w.u32(cells)
	w.u32(len(e.starts))
	table := len(w.data)
	w.data = append(w.data, make([]byte, 4*(len(e.starts)+1))...)
	cell := func(r region) int { return e.regions[r].offset }
	for i, from := range e.starts {
		to := len(e.ops)
		if i+1 < len(e.starts) {
			to = e.starts[i+1]
		}
		w.offset(table, i)
		e.boundary(w, from)
		l := Layer{Node: e.p.Nodes[e.ops[from].node].Name, Ops: to - from}
		w.u16(to - from)
		for _, o := range e.ops[from:to] {
			o.write(w, cell)
			l.MACs += o.macs
		}
		m.Layers = append(m.Layers, l)
	}
	w.offset(table, len(e.starts))
	w.u16(len(e.results))
	for i, r := range e.results {
		o := e.p.Outputs[i]
		t := newTensorCode(o.Name, e.regions[r].cells, e.p.Nodes[o.ID].Range)
		t.write(w, cell(r))
		m.outputs = append(m.outputs, t)
	}
	for _, id := range e.p.Inputs {
		m.inputs = append(m.inputs, e.code(e.place[id]))
	}
	if w.err == nil && len(w.data) > MaxListBytes {
		w.err = fmt.Errorf("the layer list has %d bytes, and a contract holds %d", len(w.data), MaxListBytes)
	}
	m.List = w.data
	return m, w.err
}

// offset writes in the table of offsets that boundary i is here.
func (w *writer) offset(table, i int) {
	at := &writer{}
	at.u32(len(w.data))
	copy(w.data[table+4*i:], at.data)
}

func (e *encoder) code(r region) tensorCode {
	info := &e.regions[r]
	n := &e.p.Nodes[info.node]
	values := n.Range
	if info.parts {
		values = values.Union(ir.Range{})
	}
	return newTensorCode(n.Name, info.cells, values)
}

// boundary writes the tensors that are there before an op: all inputs before the first, otherwise those that
// were computed before and are still read.
func (e *encoder) boundary(w *writer, before int) {
	var there []region
	for r := range e.regions {
		info := &e.regions[r]
		isInput := r < len(e.p.Inputs)
		if before == 0 && isInput || before > 0 && (info.first < before || isInput) && info.last >= before {
			there = append(there, region(r))
		}
	}
	w.u16(len(there))
	for _, r := range there {
		e.code(r).write(w, e.regions[r].offset)
	}
}
