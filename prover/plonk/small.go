// SPDX-License-Identifier: Apache-2.0

package plonk

import (
	"math"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"github.com/zkml-go/zkml/accel"
)

// split writes the elements of a column as small integers and the rest, either of which
// may be nil: most wires of a quantized network are small, and many of them negative,
// which as elements of the field are as long as any.
func split(x []fr.Element) (ints accel.Scalars, rest accel.Elements) {
	values, widths := make([]int64, len(x)), make([]uint8, len(x))
	chunks(len(x), func(from, to int) {
		for i := from; i < to; i++ {
			values[i], widths[i] = small(&x[i])
		}
	})
	width := best(widths)
	switch width {
	case 0:
		return nil, x
	case 1:
		ints = narrow[int8](values, widths, width)
	case 2:
		ints = narrow[int16](values, widths, width)
	case 4:
		ints = narrow[int32](values, widths, width)
	default:
		ints = narrow[int64](values, widths, width)
	}
	for i, w := range widths {
		if w > width {
			if rest == nil {
				rest = make(accel.Elements, len(x))
			}
			rest[i] = x[i]
		}
	}
	return ints, rest
}

// fieldBytes is the width of what is no small integer.
const fieldBytes = fr.Bytes

// small returns the integer in the middle of the field that x stands for, and its width in
// bytes: 0 for 0.
func small(x *fr.Element) (int64, uint8) {
	b := x.Bits()
	sign := int64(1)
	if b[1]|b[2]|b[3] != 0 {
		var minus fr.Element
		minus.Neg(x)
		b, sign = minus.Bits(), -1
	}
	if b[1]|b[2]|b[3] != 0 || b[0] > math.MaxInt64 {
		return 0, fieldBytes
	}
	v := sign * int64(b[0])
	switch {
	case v == 0:
		return v, 0
	case v == int64(int8(v)):
		return v, 1
	case v == int64(int16(v)):
		return v, 2
	case v == int64(int32(v)):
		return v, 4
	}
	return v, 8
}

// best returns the width of integers that leaves the least to add up: the work for a
// number is as its bytes are.
func best(widths []uint8) (width uint8) {
	var count [fieldBytes + 1]int
	for _, w := range widths {
		count[w]++
	}
	least := math.MaxInt
	for _, w := range []int{0, 1, 2, 4, 8} {
		work := 0
		for i, n := range count {
			if i == 0 {
				continue
			}
			if i <= w {
				work += n * w
			} else {
				work += n * fieldBytes
			}
		}
		if work < least {
			least, width = work, uint8(w)
		}
	}
	return width
}

func narrow[I accel.Int](values []int64, widths []uint8, width uint8) accel.Ints[I] {
	out := make(accel.Ints[I], len(values))
	for i, v := range values {
		if widths[i] <= width {
			out[i] = I(v)
		}
	}
	return out
}
