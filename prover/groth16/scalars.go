// SPDX-License-Identifier: Apache-2.0

package groth16

import (
	"math"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"github.com/zkml-go/zkml/accel"
	"github.com/zkml-go/zkml/internal/parallel"
)

// Values are field elements, most of which stand for small integers, as the wires of a
// neural network do.
type values struct {
	x     []fr.Element
	small []int32 // the same, or large
}

// large marks an element that is no integer of 32 bits.
const large = math.MinInt32

// minusOne is the standard form of −1.
var minusOne = func() [4]uint64 {
	var e fr.Element
	e.SetInt64(-1)
	return e.Bits()
}()

// integer returns the integer in (−2³¹, 2³¹) that x stands for, or large.
func integer(x *fr.Element) int32 {
	b := x.Bits()
	if b[1]|b[2]|b[3] == 0 && b[0] <= math.MaxInt32 {
		return int32(b[0])
	}
	// −k is −1 − (k−1), which borrows nothing from the upper words.
	if k := minusOne[0] - b[0]; b[0] <= minusOne[0] && k < math.MaxInt32 &&
		b[1] == minusOne[1] && b[2] == minusOne[2] && b[3] == minusOne[3] {
		return -int32(k) - 1
	}
	return large
}

func newValues(x []fr.Element) values {
	const chunk = 1 << 12
	v := values{x: x, small: make([]int32, len(x))}
	parallel.For((len(x)+chunk-1)/chunk, parallel.Workers(), func(_, k int) {
		for i := k * chunk; i < min((k+1)*chunk, len(x)); i++ {
			v.small[i] = integer(&x[i])
		}
	})
	return v
}

// without returns the values at and after an index that skip, of the same length, does not
// name.
func (v values) without(skip []bool, from int) []accel.Scalars {
	n := 0
	for _, s := range skip[from:] {
		if !s {
			n++
		}
	}
	kept := values{x: make([]fr.Element, 0, n), small: make([]int32, 0, n)}
	for i := from; i < len(v.x); i++ {
		if !skip[i] {
			kept.x = append(kept.x, v.x[i])
			kept.small = append(kept.small, v.small[i])
		}
	}
	return kept.split()
}

// A sum of its own costs as much as some additions of points. It saves one for each small
// integer, and for one that is negative as many as a large element has digits.
const (
	additions = 3000
	perDigits = 20
)

// split returns vectors whose sum the values are: one of the narrowest integers that hold
// all small ones, and one of all others, with zeros in the other's places. Vectors of zeros
// are left out, and all is one vector if that is faster. It writes to v.
func (v values) split() []accel.Scalars {
	var lo, hi int32
	larges, ints, saved := 0, 0, 0
	for _, s := range v.small {
		switch {
		case s == 0:
		case s == large:
			larges++
		case s < 0:
			ints++
			saved += perDigits
			lo = min(lo, s)
		default:
			ints++
			saved++
			hi = max(hi, s)
		}
	}
	if larges > 0 && saved <= additions {
		return []accel.Scalars{accel.Elements(v.x)}
	}
	var out []accel.Scalars
	if larges > 0 {
		for i, s := range v.small {
			if s == large {
				v.small[i] = 0
			} else {
				v.x[i] = fr.Element{}
			}
		}
		out = append(out, accel.Elements(v.x))
	}
	switch {
	case ints == 0:
	case lo >= math.MinInt8 && hi <= math.MaxInt8:
		out = append(out, narrow[int8](v.small))
	case lo >= math.MinInt16 && hi <= math.MaxInt16:
		out = append(out, narrow[int16](v.small))
	default:
		out = append(out, accel.Ints[int32](v.small))
	}
	return out
}

func narrow[I accel.Int](x []int32) accel.Ints[I] {
	out := make(accel.Ints[I], len(x))
	for i, v := range x {
		out[i] = I(v)
	}
	return out
}
