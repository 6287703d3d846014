// SPDX-License-Identifier: Apache-2.0

package quant

import (
	"math"

	"github.com/zkml-go/zkml/graph"
)

// defined returns the integer nearest to q, at any scale, at which f is defined:
// a table is total, so where f has no value it repeats that of its nearest entry.
// log and rsqrt begin at 1, reciprocal leaves out 0, sqrt and powers that are not
// integers begin at 0 or 1. Of two equally near the positive one is taken.
func defined(f graph.Func, q int64) int64 {
	switch f.Name {
	case "log", "rsqrt":
		return max(q, 1)
	case "sqrt":
		return max(q, 0)
	case "reciprocal":
		if q == 0 {
			return 1
		}
	case "pow":
		e := f.Params[0]
		switch {
		case e < 0 && q == 0, e < 0 && q < 0 && e != math.Trunc(e):
			return 1
		case e != math.Trunc(e):
			return max(q, 0)
		}
	}
	return q
}
