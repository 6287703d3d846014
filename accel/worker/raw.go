// SPDX-License-Identifier: Apache-2.0

package worker

import (
	"unsafe"

	curve "github.com/consensys/gnark-crypto/ecc/bn254"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
)

// Sizes in memory, in bytes.
const (
	elementSize = int(unsafe.Sizeof(fr.Element{}))
	g1Size      = int(unsafe.Sizeof(curve.G1Affine{}))
	g2Size      = int(unsafe.Sizeof(curve.G2Affine{}))
)

// raw are types that are what their bytes are: any bytes of the right number are a value.
type raw interface {
	int8 | int16 | int32 | int64 | fr.Element | curve.G1Affine | curve.G2Affine
}

// bytesOf returns the memory of x.
func bytesOf[T raw](x []T) []byte {
	if len(x) == 0 {
		return nil
	}
	return unsafe.Slice((*byte)(unsafe.Pointer(&x[0])), len(x)*int(unsafe.Sizeof(x[0])))
}

// valuesOf returns b, whose address and length are multiples of those of T, as values.
func valuesOf[T raw](b []byte) []T {
	if len(b) == 0 {
		return nil
	}
	var t T
	size, at := unsafe.Sizeof(t), unsafe.Pointer(&b[0])
	if uintptr(len(b))%size != 0 || uintptr(at)%unsafe.Alignof(t) != 0 {
		panic("zkml: internal error: misaligned memory")
	}
	return unsafe.Slice((*T)(at), uintptr(len(b))/size)
}

// sizeOf returns the number of bytes of a T.
func sizeOf[T raw]() int {
	var t T
	return int(unsafe.Sizeof(t))
}

// newBytes returns n bytes that are aligned for all types of raw.
func newBytes(n int) []byte { return bytesOf(make([]int64, (n+7)/8))[:n:n] }
