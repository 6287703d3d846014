// SPDX-License-Identifier: Apache-2.0

package ir

import (
	"encoding/binary"
	"fmt"
)

// An Encoding writes the elements of a tensor as bytes of the statement: element
// x is the big-endian unsigned integer x + Offset of Bytes bytes.
type Encoding struct {
	Bytes  int
	Offset int64
}

// encodingSizes are the sizes an element may have, in bytes. Each divides the 28
// bytes of a word of the statement (package statement), so no element straddles
// two words.
var encodingSizes = []int{1, 2, 4, 7}

// Encoding returns the smallest encoding of the integers in r: unsigned if r has
// no negative element, else excess 2^(8·Bytes−1). Ranges beyond 7 bytes have none.
func (r Range) Encoding() (Encoding, error) {
	for _, size := range encodingSizes {
		span := int64(1) << (8*size - 1)
		switch {
		case r.Lo >= 0 && r.Hi < 2*span:
			return Encoding{Bytes: size}, nil
		case r.Lo < 0 && r.Lo >= -span && r.Hi < span:
			return Encoding{Bytes: size, Offset: span}, nil
		}
	}
	return Encoding{}, fmt.Errorf("values in %v do not fit %d bytes", r, encodingSizes[len(encodingSizes)-1])
}

// Put appends the encoding of values to dst. Values outside the range of e wrap.
func (e Encoding) Put(dst []byte, values []int64) []byte {
	var b [8]byte
	for _, x := range values {
		binary.BigEndian.PutUint64(b[:], uint64(x+e.Offset))
		dst = append(dst, b[8-e.Bytes:]...)
	}
	return dst
}

// Get decodes data, which must hold whole elements only.
func (e Encoding) Get(data []byte) ([]int64, error) {
	if len(data)%e.Bytes != 0 {
		return nil, fmt.Errorf("%d bytes do not hold elements of %d bytes", len(data), e.Bytes)
	}
	out := make([]int64, len(data)/e.Bytes)
	for i := range out {
		var b [8]byte
		copy(b[8-e.Bytes:], data[i*e.Bytes:(i+1)*e.Bytes])
		out[i] = int64(binary.BigEndian.Uint64(b[:])) - e.Offset
	}
	return out, nil
}
