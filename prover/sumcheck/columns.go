// SPDX-License-Identifier: Apache-2.0

package sumcheck

import (
	"math"

	"github.com/zkml-go/zkml/protocol/reduction"
	"github.com/zkml-go/zkml/prover/argument"
	"github.com/zkml-go/zkml/prover/mac"
	"github.com/zkml-go/zkml/prover/opening"
)

// columns lays out columns [from, to) of a plan.
func columns(p *reduction.Plan, w *argument.Witness, from, to int) []opening.Column {
	out := make([]opening.Column, to-from)
	var wide []int64
	for k := range out {
		wide = w.Column(from+k, wide)
		out[k].Values = narrow(wide)
	}
	return out
}

// narrow returns a copy of x in the fewest bytes that hold it.
func narrow(x []int64) opening.Values {
	lo, hi := int64(0), int64(0)
	for _, v := range x {
		lo, hi = min(lo, v), max(hi, v)
	}
	switch {
	case lo >= math.MinInt8 && hi <= math.MaxInt8:
		return as[int8](x)
	case lo >= math.MinInt16 && hi <= math.MaxInt16:
		return as[int16](x)
	case lo >= math.MinInt32 && hi <= math.MaxInt32:
		return as[int32](x)
	}
	return as[int64](x)
}

func as[I mac.Int](x []int64) opening.Ints[I] {
	out := make(opening.Ints[I], len(x))
	for i, v := range x {
		out[i] = I(v)
	}
	return out
}
