// SPDX-License-Identifier: Apache-2.0

// Package oracle is a second executor of integer programs, for tests.
//
// It computes each element on its own, by recursion, over math/big, straight
// from the definitions in the doc comments of packages ir and tensor. It calls
// no function of those packages that computes an index or a value, so that an
// error in one of them shows as a difference. It is as slow as that sounds.
package oracle

import (
	"fmt"
	"math/big"

	"github.com/zkml-go/zkml/ir"
	"github.com/zkml-go/zkml/tensor"
)

// Run returns the value of every element of every node, indexed by ir.ID. The
// inputs, in the order of p.Inputs, must lie in their declared ranges.
func Run(p *ir.Program, inputs [][]int64) [][]*big.Int {
	m := &machine{p: p, inputs: map[ir.ID][]int64{}, known: make([][]*big.Int, len(p.Nodes))}
	for i, id := range p.Inputs {
		m.inputs[id] = inputs[i]
	}
	for id, n := range p.Nodes {
		m.known[id] = make([]*big.Int, count(n.Shape))
	}
	for id := range m.known {
		for k := range m.known[id] {
			m.at(ir.ID(id), k)
		}
	}
	return m.known
}

// machine remembers the elements that it has computed.
type machine struct {
	p      *ir.Program
	inputs map[ir.ID][]int64
	known  [][]*big.Int
}

// at returns element k, in row-major order, of value id.
func (m *machine) at(id ir.ID, k int) *big.Int {
	if m.known[id][k] == nil {
		m.known[id][k] = m.define(id, k)
	}
	return m.known[id][k]
}

func (m *machine) define(id ir.ID, k int) *big.Int {
	n := m.p.Nodes[id]
	switch op := n.Op.(type) {
	case ir.Input:
		return big.NewInt(m.inputs[id][k])
	case ir.Const:
		return big.NewInt(op.Data.At(k))
	case ir.View:
		return m.view(op, n.Args[0], k)
	case ir.Concat:
		return m.concat(op, n, k)
	case ir.Linear:
		return m.linear(op, n.Args, k)
	case ir.Contract:
		return m.contract(op.Contraction, n.Args, k)
	case ir.Rescale:
		return rescale(op, m.at(n.Args[0], k))
	case ir.Lookup:
		t := m.p.Tables[op.Table]
		at := new(big.Int).Sub(m.at(n.Args[0], k), big.NewInt(t.Lo))
		return big.NewInt(t.Values[at.Int64()])
	case ir.Max:
		return m.max(op, n.Args[0], k)
	case ir.Divide: // Euclidean: the floor, as the divisor is positive
		return new(big.Int).Div(m.at(n.Args[0], k), m.at(n.Args[1], k))
	case ir.Gather:
		return m.gather(op, n.Args, k)
	}
	panic(fmt.Sprintf("zkml: internal error: no second definition of %s", n.Op.Kind()))
}

// linear is ∑ Coefs[i]·args[i] + Bias.
func (m *machine) linear(op ir.Linear, args []ir.ID, k int) *big.Int {
	sum := big.NewInt(op.Bias)
	for i, a := range args {
		sum.Add(sum, new(big.Int).Mul(big.NewInt(op.Coefs[i]), m.at(a, k)))
	}
	return sum
}

// rescale is ⌊Multiplier·x/2^Shift + 1/2⌋, over the rationals.
func rescale(op ir.Rescale, x *big.Int) *big.Int {
	num := new(big.Int).Mul(big.NewInt(op.Multiplier), x)
	den := new(big.Int).Exp(big.NewInt(2), big.NewInt(int64(op.Shift)), nil)
	q := new(big.Rat).SetFrac(num, den)
	q.Add(q, big.NewRat(1, 2))
	return new(big.Int).Div(q.Num(), q.Denom()) // Euclidean: the floor, as Denom > 0
}

// view is the element at j, or Fill where j leaves From.
func (m *machine) view(op ir.View, arg ir.ID, k int) *big.Int {
	i := position(k, op.View.Axes)
	j := make([]int, len(op.View.From))
	for d, f := range op.View.Index {
		j[d] = f.Offset
		for _, t := range f.Terms {
			j[d] += t.Coef * i[t.Axis]
		}
		if j[d] < 0 || j[d] >= op.View.From[d] {
			return big.NewInt(op.Fill)
		}
	}
	return m.at(arg, number(j, op.View.From))
}

func (m *machine) concat(op ir.Concat, n ir.Node, k int) *big.Int {
	i := position(k, n.Shape)
	for _, a := range n.Args {
		s := m.p.Nodes[a].Shape
		if i[op.Axis] < s[op.Axis] {
			return m.at(a, number(i, s))
		}
		i[op.Axis] -= s[op.Axis]
	}
	panic("zkml: internal error: concat is longer than its arguments")
}

// contract is ∑_s a[A(o,s)]·b[B(o,s)].
func (m *machine) contract(c tensor.Contraction, args []ir.ID, k int) *big.Int {
	label := make([]int, len(c.Extents)) // the index of each label
	free := map[int]bool{}
	for l := range c.Extents {
		free[l] = true
	}
	for axis, i := range position(k, pick(c.Extents, c.Out)) {
		label[c.Out[axis]] = i
		delete(free, c.Out[axis])
	}
	sum := new(big.Int)
	every(label, c.Extents, free, func() {
		x := m.at(args[0], number(pick(label, c.A), pick(c.Extents, c.A)))
		y := m.at(args[1], number(pick(label, c.B), pick(c.Extents, c.B)))
		sum.Add(sum, new(big.Int).Mul(x, y))
	})
	return sum
}

// gather is data[b, index[b, i], r] at position b, i, r.
func (m *machine) gather(op ir.Gather, args []ir.ID, k int) *big.Int {
	data, index := m.p.Nodes[args[0]].Shape, m.p.Nodes[args[1]].Shape
	rest := count(data[op.Batch+1:])
	r := k % rest
	at := position(k/rest, index)
	row := int(m.at(args[1], k/rest).Int64())
	return m.at(args[0], number(append(at[:op.Batch:op.Batch], row), data[:op.Batch+1])*rest+r)
}

func (m *machine) max(op ir.Max, arg ir.ID, k int) *big.Int {
	s := m.p.Nodes[arg].Shape
	free := map[int]bool{}
	for _, a := range op.Axes {
		free[a] = true
	}
	var kept []int
	for axis := range s {
		if !free[axis] {
			kept = append(kept, axis)
		}
	}
	i := make([]int, len(s))
	for t, j := range position(k, pick(s, kept)) {
		i[kept[t]] = j
	}
	var best *big.Int
	every(i, s, free, func() {
		if x := m.at(arg, number(i, s)); best == nil || x.Cmp(best) > 0 {
			best = x
		}
	})
	return best
}
