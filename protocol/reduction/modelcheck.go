// SPDX-License-Identifier: Apache-2.0

package reduction

import (
	"errors"
	"fmt"
	"reflect"
	"slices"

	"github.com/zkml-go/zkml/ir"
	"github.com/zkml-go/zkml/relation"
	"github.com/zkml-go/zkml/tensor"
)

// ErrNoModel says that a plan commits to nothing of the model: verifiers evaluate all
// constants themselves.
var ErrNoModel = errors.New("the model has no committed weights or tables")

// NewModelCheck plans the proof that the committed model of p is one of the integers that
// p speaks of:
//
//   - every element of a committed constant lies in the range of its column in p.System,
//     on which the intervals of all later values rest;
//   - every element of a committed column of a table is that of p.System.
//
// Its first tensors are the committed ones of p's model, in the same blocks, so that
// commitments to the columns of p's model are those of the plan's. They are the inputs
// of its program, all private, so that its statement has no words. Nothing of the plan
// depends on the elements of committed constants.
//
// The ranges say nothing of padding, nor of cells of no tensor: relations cannot read
// them.
func NewModelCheck(p *Plan) (*Plan, error) {
	if err := p.checkBounds(); err != nil {
		return nil, err
	}
	program := &ir.Program{}
	var tensors []Tensor
	for _, t := range p.Tensors {
		if !t.Model {
			continue
		}
		in := ir.Input{Name: t.Name, Shape: t.Shape, Declared: p.declared(&t), Scale: 1, Visibility: ir.Private}
		id, err := program.Add(t.Name, in)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", t.Name, err)
		}
		t.Column, t.Table, t.TableColumn = relation.ColumnID(id), -1, -1
		tensors = append(tensors, t)
	}
	if len(tensors) == 0 {
		return nil, ErrNoModel
	}
	s, err := relation.Build(program, relation.Options{})
	if err != nil {
		return nil, err
	}
	check := &Plan{System: s, evaluated: p.equate(s), blockCost: p.blockCost}
	check.columns = make([]int, len(s.Columns))
	for id := range s.Columns {
		check.columns[id] = -1
		switch c := &s.Columns[id]; {
		case id < len(tensors):
			check.columns[id] = check.commit(tensors[id])
		case c.Kind == relation.Witness:
			check.columns[id] = check.commit(Tensor{Name: c.Name, Shape: c.Shape, Range: c.Range, Column: relation.ColumnID(id), Table: -1, TableColumn: -1})
		}
	}
	if err := check.finish(Options{Vars: p.Layout.Vars}); err != nil {
		return nil, err
	}
	return check, check.sameModel(p)
}

// declared returns the range of a committed tensor of the model.
func (p *Plan) declared(t *Tensor) ir.Range {
	if t.Column >= 0 {
		return p.System.Columns[t.Column].Range
	}
	return ir.RangeOf(p.System.Tables[t.Table].Columns[t.TableColumn])
}

// equate states that the inputs of s that are columns of p's tables equal those, and
// returns the constants that say what they equal.
func (p *Plan) equate(s *relation.System) map[relation.ColumnID]bool {
	constants := map[relation.ColumnID]bool{}
	id := relation.ColumnID(0)
	for _, t := range p.Tensors {
		if !t.Model {
			continue
		}
		if t.Table >= 0 {
			data := p.System.Tables[t.Table].Columns[t.TableColumn]
			c := relation.ColumnID(len(s.Columns))
			s.Columns = append(s.Columns, relation.Column{Name: t.Name, Shape: tensor.Shape{len(data)}, Range: ir.RangeOf(data), Kind: relation.Const, Data: data})
			s.Relations = append(s.Relations, relation.Zero{Node: ir.ID(id), Domain: t.Shape, Expr: relation.Sum{
				{Coef: 1, Expr: relation.Cell{Column: id}}, {Coef: -1, Expr: relation.Cell{Column: c}},
			}})
			constants[c] = true
		}
		id++
	}
	return constants
}

// sameModel reports an error unless the model's columns of p and q are of one layout.
func (p *Plan) sameModel(q *Plan) error {
	number := map[int]int{} // of the tensors of q's model
	for i := range q.Tensors {
		if q.Tensors[i].Model {
			number[i] = len(number)
		}
	}
	blocks := func(p *Plan) []Block {
		var out []Block
		for _, b := range p.Layout.Blocks {
			if b.Column < p.Layout.Model {
				out = append(out, b)
			}
		}
		return out
	}
	theirs := blocks(q)
	for i := range theirs {
		theirs[i].Tensor = number[theirs[i].Tensor]
	}
	if p.Layout.Vars != q.Layout.Vars || p.Layout.Model != q.Layout.Model || !reflect.DeepEqual(blocks(p), theirs) {
		return errors.New("zkml: internal error: the model lies elsewhere than in the proofs of its runs")
	}
	return nil
}

// Public returns what a verifier needs of p: the constants that are committed, or are only
// what others are computed from, have no elements. Constants that verifiers evaluate
// themselves stay.
func (p *Plan) Public() (*Plan, error) {
	used := map[relation.ColumnID]bool{}
	for _, r := range p.System.Relations {
		switch r := r.(type) {
		case relation.Member:
			for _, e := range r.Tuple {
				relation.Cells(e, func(c relation.Cell) { used[c.Column] = true })
			}
		case relation.Zero:
			relation.Cells(r.Expr, func(c relation.Cell) { used[c.Column] = true })
		case relation.Contract:
			used[r.A], used[r.B] = true, true
		}
	}
	layout, err := statementOf(p.System.Program)
	if err != nil {
		return nil, err
	}
	for _, t := range layout.tensors {
		used[t.column] = true
	}
	out, system, program := *p, *p.System, *p.System.Program
	system.Columns, program.Nodes = slices.Clone(system.Columns), slices.Clone(program.Nodes)
	for id := range system.Columns {
		if c := &system.Columns[id]; c.Kind == relation.Const && (p.columns[id] >= 0 || !used[relation.ColumnID(id)]) {
			c.Data = nil
		}
	}
	for id := range program.Nodes {
		if n := &program.Nodes[id]; n.Op.Kind() == "const" && system.Columns[id].Data == nil {
			n.Op = ir.Const{Shape: n.Shape}
		}
	}
	system.Program, out.System = &program, &system
	return &out, nil
}
