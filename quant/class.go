// SPDX-License-Identifier: Apache-2.0

package quant

import (
	"math/bits"

	"github.com/zkml-go/zkml/graph"
)

// A class says at which scales a function is looked up.
type class int

const (
	// curved functions take a finer argument than an activation; their result is
	// clamped to an activation.
	curved class = iota
	// lines, whose pieces have slopes of at most 1 or so, take the argument at the
	// scale of their result.
	lines
	// counts have integers as values. Their scale is 1, they are not clamped, and
	// they take the argument as it is, so that comparisons are exact.
	counts
	// rounded functions have a scale of their own.
	rounded
)

var classes = map[string]class{
	"relu": lines, "clip": lines, "leakyrelu": lines, "abs": lines, "threshold": lines,
	"step": counts, "sign": counts, "iszero": counts,
	"floor": counts, "ceil": counts, "trunc": counts, "round": counts,
	"fakequant": rounded,
}

// monotone lists functions that never fall, or never rise: to move an argument
// beyond the last place where the table changes to that place changes nothing.
var monotone = map[string]bool{
	"relu": true, "clip": true, "step": true, "sign": true, "fakequant": true,
	"floor": true, "ceil": true, "trunc": true, "round": true,
	"sigmoid": true, "tanh": true, "exp": true, "softplus": true, "softsign": true, "erf": true,
	"atan": true, "sinh": true,
	"log": true, "sqrt": true, "rsqrt": true,
}

// periodic lists functions whose arguments cannot be clamped.
var periodic = map[string]bool{"sin": true, "cos": true, "tan": true}

// fineBits is how many bits more than an activation the operands of a division
// and the results of functions have that are divided or multiplied next, up to
// fineLimit: relative errors are what counts there.
const (
	fineBits  = 6
	fineLimit = 16
)

// fine is the width of such values beside an activation of the given width.
func fine(bits int) int { return max(bits, min(bits+fineBits, fineLimit)) }

// width returns the width of value id as an activation.
func (c *compiler) width(id graph.ID) int {
	op, ok := c.g.Nodes[id].Op.(graph.Map)
	if !ok {
		return c.bits[id]
	}
	if p := c.rounding(id); p != nil && classes[op.Func.Name] == lines {
		// The levels of what rounds the result, on both sides of 0.
		return bits.Len64(uint64(max(p[3]-p[1], p[1]-p[2]))) + 1
	}
	switch op.Func.Name {
	case "sqrt", "rsqrt", "reciprocal":
		return fine(c.bits[id])
	case "exp":
		if c.normalized(id) {
			return fine(c.bits[id])
		}
	}
	return c.bits[id]
}

// normalized reports whether value id only enters sums and divisions, as in a
// softmax.
func (c *compiler) normalized(id graph.ID) bool {
	for _, u := range c.uses[id] {
		n := &c.g.Nodes[u]
		switch n.Op.(type) {
		case graph.View:
			if !c.normalized(u) {
				return false
			}
		case graph.Contract:
			if c.unit(n) == 0 {
				return false
			}
		case graph.Linear, graph.Divide:
		default:
			return false
		}
	}
	return len(c.uses[id]) > 0
}
