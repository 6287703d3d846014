// SPDX-License-Identifier: Apache-2.0

package icicle

import (
	"fmt"
	"unsafe"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"github.com/zkml-go/zkml/accel"
	"github.com/zkml-go/zkml/internal/parallel"
)

// A row is scalars that are not negative, all of one width. Field elements are one row;
// signed integers are two, of the absolute values of the positive and of the negative ones.
type row struct {
	sum        int // which sum it is of
	negative   bool
	n          int
	bits       int
	montgomery bool
	vector     *vector // holds the scalars, if they are on the device already

	// any says whether one of the scalars [from, to) is not zero.
	any func(from, to int) bool
	// read returns the scalars [from, from+len(buffer)), in the buffer or elsewhere.
	read func(buffer [][4]uint64, from int) [][4]uint64
}

// rows returns the rows of the scalars of a sum.
func rows(sum int, x accel.Scalars, d *Device) ([]row, error) {
	switch x := x.(type) {
	case accel.Elements:
		return []row{elementRow(sum, x)}, nil
	case *vector:
		if x.d != d {
			return nil, fmt.Errorf("icicle: scalars of another device, %s", x.d)
		}
		return []row{{sum: sum, n: x.n, bits: fr.Bits, montgomery: true, vector: x}}, nil
	case accel.Ints[int8]:
		return intRows(sum, 8, x), nil
	case accel.Ints[int16]:
		return intRows(sum, 16, x), nil
	case accel.Ints[int32]:
		return intRows(sum, 32, x), nil
	case accel.Ints[int64]:
		return intRows(sum, 64, x), nil
	}
	return nil, fmt.Errorf("icicle: scalars of type %T", x)
}

func elementRow(sum int, x accel.Elements) row {
	return row{
		sum: sum, n: len(x), bits: fr.Bits, montgomery: true,
		any: func(from, to int) bool {
			for i := from; i < to; i++ {
				if !x[i].IsZero() {
					return true
				}
			}
			return false
		},
		read: func(buffer [][4]uint64, from int) [][4]uint64 {
			return unsafe.Slice((*[4]uint64)(&x[from]), len(buffer))
		},
	}
}

func intRows[I accel.Int](sum, bits int, x accel.Ints[I]) []row {
	positive := row{
		sum: sum, n: len(x), bits: bits,
		any: func(from, to int) bool {
			for _, v := range x[from:to] {
				if v > 0 {
					return true
				}
			}
			return false
		},
		read: func(buffer [][4]uint64, from int) [][4]uint64 {
			return expand(buffer, x[from:], func(v I) uint64 { return uint64(max(v, 0)) })
		},
	}
	negative := row{
		sum: sum, n: len(x), bits: bits, negative: true,
		any: func(from, to int) bool {
			for _, v := range x[from:to] {
				if v < 0 {
					return true
				}
			}
			return false
		},
		read: func(buffer [][4]uint64, from int) [][4]uint64 {
			return expand(buffer, x[from:], func(v I) uint64 { return -uint64(min(v, 0)) })
		},
	}
	return []row{positive, negative}
}

// expand writes integers as field elements in standard form.
func expand[I accel.Int](buffer [][4]uint64, x []I, magnitude func(I) uint64) [][4]uint64 {
	const step = 1 << 13
	parallel.For((len(buffer)+step-1)/step, parallel.Workers(), func(_, k int) {
		for i := k * step; i < min((k+1)*step, len(buffer)); i++ {
			buffer[i] = [4]uint64{magnitude(x[i])}
		}
	})
	return buffer
}
