// SPDX-License-Identifier: Apache-2.0

package onchain

import (
	"math/big"
	"math/bits"
	"slices"

	"github.com/zkml-go/zkml/ir"
	"github.com/zkml-go/zkml/tensor"
)

// Limits of a dense op, and where loops over two regions are as good.
const (
	maxTerms  = 8192
	minLane   = 8
	maxLane   = 60
	maxGroups = 8
	// A layer must be checked, and evaluated, in one transaction. Both take a third of its gas for so many
	// words of weights, and for so many products of a word.
	maxWords    = 16_384
	maxProducts = 131_072
)

// contract emits a contraction: as dense ops if an operand is constant and has rows, else as loops.
func (e *encoder) contract(id ir.ID, o ir.Contract) error {
	args := e.p.Nodes[id].Args
	for weights := 1; weights >= 0; weights-- {
		if data := e.constant(args[weights]); data != nil {
			if ok, err := e.dense(id, o.Contraction, weights, data); ok || err != nil {
				return err
			}
		}
	}
	to, err := e.products(id, o.Contraction)
	e.place[id] = to
	return err
}

// A rowLayout is how a contraction with constant weights falls into dense ops, one for each group.
type rowLayout struct {
	rows   int
	to     int // strides of a row
	weight int
	groups []axis // strides of the destination, the source and the weights
	places []axis // the same
	terms  []axis // strides of the source and the weights
	base   int    // of the source
}

// layout sorts the loops of n, whose operand `weights` is constant, or reports that they suit no dense op.
func layout(n tensor.Nest, weights int) (rowLayout, bool) {
	x, w := n.Reads[1-weights], n.Reads[weights]
	l := rowLayout{rows: 1, base: x.Base}
	to := tensor.Shape(n.Extents[:n.Outer]).Strides()
	row := -1
	for i := range n.Outer {
		if x.Strides[i] == 0 && w.Strides[i] != 0 && n.Extents[i] > l.rows {
			row, l.rows, l.to, l.weight = i, n.Extents[i], to[i], w.Strides[i]
		}
	}
	for i, extent := range n.Extents {
		switch {
		case i == row:
		case i >= n.Outer:
			l.terms = append(l.terms, axis{extent, []int{x.Strides[i], w.Strides[i]}})
		case w.Strides[i] != 0:
			l.groups = append(l.groups, axis{extent, []int{to[i], x.Strides[i], w.Strides[i]}})
		default:
			l.places = append(l.places, axis{extent, []int{to[i], x.Strides[i], 0}})
		}
	}
	groups, terms := indices(l.groups), indices(l.terms)
	ok := terms <= maxTerms && groups <= maxGroups && (l.rows > 1 || groups == 1 && terms >= 8)
	return l, ok
}

// dense emits a contraction of constant weights, with what follows it as far as one op goes, and reports
// whether it did.
func (e *encoder) dense(id ir.ID, c tensor.Contraction, weights int, data []int64) (bool, error) {
	args := e.p.Nodes[id].Args
	n := c.Nest()
	rollback := e.mark()
	source, err := e.operand(&n, 1-weights, args[1-weights])
	if err != nil {
		return false, err
	}
	l, ok := layout(n.Simplify(), weights)
	if !ok {
		rollback() // of padding that nobody reads now
		return false, nil
	}
	last := id
	bias := make([]int64, e.p.Nodes[id].Shape.Size())
	if next := e.only(id); next >= 0 {
		if o, ok := e.p.Nodes[next].Op.(ir.Linear); ok {
			sum, variable := e.bias(next, o)
			if len(variable) == 1 && o.Coefs[variable[0]] == 1 && l.byRow(sum) {
				bias, last = sum, next
			}
		}
	}
	var sets []rowSet
	l.eachGroup(func(to, from, w int) {
		sets = append(sets, l.set(data, bias, to, from, w))
	})
	lane := minLane
	for _, s := range sets {
		lane = max(lane, s.lane(e.p.Nodes[args[1-weights]].Range))
	}
	if lane > maxLane {
		rollback()
		return false, nil
	}
	if last != id {
		e.done[last] = true
	}
	t, last, err := e.mappings(identity, last)
	if err != nil {
		return false, err
	}
	to, err := e.cleared(last, len(bias), 0)
	if err != nil {
		return false, err
	}
	for i, s := range sets {
		for k, part := range s.split(l, lane) {
			if i+k > 0 {
				e.begin()
				e.regions[to].parts = true
			}
			e.rowsOp(id, l, part, lane, source, to, e.p.Nodes[args[1-weights]].Range, t)
		}
	}
	e.place[last] = to
	return true, nil
}

// byRow reports whether elements of the result are the same at all places of a row.
func (l rowLayout) byRow(data []int64) bool {
	same := true
	l.eachGroup(func(to, _, _ int) {
		for r := range l.rows {
			first := data[to+r*l.to]
			walk(l.places, func(s []int) { same = same && data[to+r*l.to+s[0]] == first })
		}
	})
	return same
}

// eachGroup calls visit with the offsets of every group.
func (l rowLayout) eachGroup(visit func(to, from, weights int)) {
	walk(l.groups, func(s []int) { visit(s[0], s[1], s[2]) })
}

// walk calls visit with the offsets of every index of the axes, row-major.
func walk(axes []axis, visit func(offsets []int)) {
	var offsets [3]int
	var at func(i int)
	at = func(i int) {
		if i == len(axes) {
			visit(offsets[:])
			return
		}
		before := offsets
		for k := range axes[i].extent {
			for j, s := range axes[i].strides {
				offsets[j] = before[j] + k*s
			}
			at(i + 1)
		}
		offsets = before
	}
	at(0)
}

// A rowSet is the rows of one group: their biases, and the weights of each row, term by term.
type rowSet struct {
	to, from int
	biases   []int64
	weights  [][]int64
}

func (l rowLayout) set(data, bias []int64, to, from, weights int) rowSet {
	s := rowSet{to: to, from: from}
	for r := range l.rows {
		s.biases = append(s.biases, bias[to+r*l.to])
		var row []int64
		walk(l.terms, func(o []int) { row = append(row, data[weights+r*l.weight+o[1]]) })
		s.weights = append(s.weights, row)
	}
	return s
}

// lane returns the bits that the sums of s need, for cells in r: the contract demands that the sums and
// the sum of the magnitudes of the weights lie in [−2^(L−1), 2^(L−1)).
func (s rowSet) lane(r ir.Range) int {
	need := 0
	for i, row := range s.weights {
		var positive, negative big.Int
		for _, w := range row {
			if w > 0 {
				positive.Add(&positive, big.NewInt(w))
			} else {
				negative.Sub(&negative, big.NewInt(w))
			}
		}
		product := func(x *big.Int, y int64) *big.Int { return new(big.Int).Mul(x, big.NewInt(y)) }
		most := product(&positive, r.Hi)
		most.Sub(most, product(&negative, r.Lo)).Add(most, big.NewInt(s.biases[i]))
		least := product(&positive, r.Lo)
		least.Sub(least, product(&negative, r.Hi)).Add(least, big.NewInt(s.biases[i]))
		least.Not(least) // −1 − least is as long as least needs
		for _, x := range []*big.Int{most, least, positive.Add(&positive, &negative)} {
			need = max(need, signedBits(x))
		}
	}
	return need
}

// split cuts s into parts that each fit a transaction.
func (s rowSet) split(l rowLayout, lane int) []rowSet {
	perWord, terms := 256/lane, len(s.weights[0])
	words := max(1, min(maxWords/terms, maxProducts*l.together(lane, len(s.weights))/(terms*indices(l.places))))
	var out []rowSet
	for from := 0; from < len(s.weights); from += words * perWord {
		to := min(from+words*perWord, len(s.weights))
		out = append(out, rowSet{s.to + from*l.to, s.from, s.biases[from:to], s.weights[from:to]})
	}
	return out
}

// together returns at how many places a word of weights is multiplied at once.
func (l rowLayout) together(lane, rows int) int {
	places := merge(l.places)
	if n := len(places); n > 0 && places[n-1].strides[1] > 0 {
		return max(1, min(256/(lane*rows), places[n-1].extent))
	}
	return 1
}

// signedBits returns the least L with x < 2^(L−1), for x that counts where it is positive.
func signedBits(x *big.Int) int {
	if x.Sign() <= 0 {
		return 1
	}
	return x.BitLen() + 1
}

// rowsOp emits the dense op of one group.
func (e *encoder) rowsOp(id ir.ID, l rowLayout, s rowSet, lane int, source, to region, r ir.Range, t mapping) {
	words := s.pack(lane)
	at := e.blob(words)
	places, terms := merge(l.places), merge(l.terms)
	cells := e.regions[source].cells
	rows := len(s.weights)
	macs := rows * indices(places) * indices(terms)
	e.emit(id, macs, []region{source, to}, func(w *writer, cell func(region) int) {
		w.u8(opDense)
		w.u32(cell(source))
		w.u32(cells)
		w.i64(r.Lo)
		w.i64(r.Hi)
		w.u32(cell(source) + l.base + s.from)
		w.u32(cell(to) + s.to)
		w.u32(rows)
		w.u32(l.to)
		w.u8(lane)
		w.u8(l.together(lane, rows))
		w.axes(strides(terms, 0))
		w.axes(strides(places, 1, 0))
		w.u32(at)
		t.write(w)
	})
}

// strides returns axes with some of their strides.
func strides(axes []axis, which ...int) []axis {
	var out []axis
	for _, a := range axes {
		b := axis{extent: a.extent}
		for _, i := range which {
			b.strides = append(b.strides, a.strides[i])
		}
		out = append(out, b)
	}
	return out
}

// pack writes biases and weights in lanes, in the order of OnchainModelLayers.
func (s rowSet) pack(lane int) []byte {
	perWord := 256 / lane
	rows := make([]int, len(s.weights))
	for i := range rows {
		rows[i] = i
	}
	words := slices.Collect(slices.Chunk(rows, perWord))
	var out []byte
	half := new(big.Int).Lsh(big.NewInt(1), uint(lane-1))
	for len(words) > 0 {
		set := words[:min(1<<(bits.Len(uint(len(words)))-1), 4)]
		words = words[len(set):]
		put := func(digit func(row int) *big.Int) {
			for _, rows := range set {
				sum := new(big.Int)
				for i, row := range rows {
					sum.Add(sum, new(big.Int).Lsh(digit(row), uint(i*lane)))
				}
				sum.Mod(sum, wordModulus)
				out = append(out, sum.FillBytes(make([]byte, 32))...)
			}
		}
		put(func(row int) *big.Int { return new(big.Int).Add(big.NewInt(s.biases[row]), half) })
		for k := range s.weights[0] {
			put(func(row int) *big.Int { return big.NewInt(s.weights[row][k]) })
		}
	}
	return out
}

var wordModulus = new(big.Int).Lsh(big.NewInt(1), 256)
