// SPDX-License-Identifier: Apache-2.0

package onnx

import (
	"math"

	"github.com/zkml-go/zkml/graph"
)

var _ = register("Mod", since(10), lowerMod, onHost(hostMod), note("by values that are never 0"))

// lowerMod takes the remainder of a division: of the sign of the divisor, or with
// fmod of the sign of the dividend.
//
//	mod(x, y) = x − y·⌊x/y⌋,  fmod(x, y) = x − y·trunc(x/y)
//
// https://onnx.ai/onnx/operators/onnx__Mod.html
func lowerMod(n *node) []*value {
	x, y := n.Real(0), n.Real(1)
	whole := "floor"
	if n.fmod() {
		whole = "trunc"
	}
	quotient := n.b.Map(n.quotient(x, y), graph.Func{Name: whole})
	return []*value{{dtype: n.Value(0).dtype, id: n.b.Linear(0, []float64{1, -1}, x, lowerMul(n, quotient, y))}}
}

// fmod reads the attribute fmod, which floating-point numbers need.
func (n *node) fmod() bool {
	fmod, t := n.Bool("fmod", false), n.Value(0).dtype
	if !fmod && t.IsFloat() {
		n.Failf("attribute \"fmod\" is 0, but the inputs hold %v", t)
	}
	return fmod
}

// quotient returns x/y. Integers are divided by an integer m > 0 that is known now
// as (x + 1/2)/m, of which the whole part is the same and no rounding moves.
func (n *node) quotient(x, y graph.ID) graph.ID {
	for i, m := range n.b.ConstData(y) {
		if m == 0 {
			n.Failf("element %d of the divisor is 0", i)
		}
	}
	if m, ok := n.scalar(x, y); ok && m > 0 && n.Value(0).dtype.IsInt() && !n.fmod() {
		return n.b.Linear(0.5/m, []float64{1 / m}, x)
	}
	return n.b.Divide(x, y)
}

// hostMod is lowerMod of numbers known now.
func hostMod(n *node) []*value {
	fmod := n.fmod()
	return hostBinary(func(n *node, x, y int64) int64 {
		if y == 0 {
			n.Failf("%d modulo 0", x)
		}
		if y == -1 { // the remainder of the least integer overflows
			return 0
		}
		r := x % y
		if !fmod && r != 0 && (r < 0) != (y < 0) {
			r += y
		}
		return r
	}, math.Mod)(n)
}
