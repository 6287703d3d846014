// SPDX-License-Identifier: Apache-2.0

package icicle

import (
	"encoding/binary"
	"math/big"
	"math/bits"
	"slices"
	"unsafe"

	"github.com/consensys/gnark-crypto/ecc"
	curve "github.com/consensys/gnark-crypto/ecc/bn254"
	"github.com/consensys/gnark-crypto/ecc/bn254/fp"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr/fft"
	"github.com/consensys/gnark-crypto/utils"
	"github.com/ebitengine/purego"
)

type limbs = [4]uint64

const invalidArgument = 11

// lie changes what the stub returns for a sum, if it is set.
var lie func(out []limbs)

// domainRoot is the root that the stub was given.
var domainRoot fr.Element

// orders counts transforms by how their elements lie.
var orders [6]int

// answers returns the functions that compute for the stub, with gnark-crypto. Elements are
// in the form that ICICLE's headers promise, unless nothing depends on it.
func answers() (msm, ntt, vec, root uintptr) {
	return purego.NewCallback(answerMSM), purego.NewCallback(answerNTT),
		purego.NewCallback(answerVector), purego.NewCallback(answerRoot)
}

func bytesOf(x limbs) (b [32]byte) {
	for i, l := range x {
		binary.LittleEndian.PutUint64(b[8*i:], l)
	}
	return b
}

// scalar reads an element in standard form, which must be reduced.
func scalar(x limbs) (fr.Element, bool) {
	b := bytesOf(x)
	e, err := fr.LittleEndian.Element(&b)
	return e, err == nil
}

func coordinate(x limbs) (fp.Element, bool) {
	b := bytesOf(x)
	e, err := fp.LittleEndian.Element(&b)
	return e, err == nil
}

func answerMSM(g2 int32, scalars, points *limbs, n, batch, width, montgomery int32, out *limbs) int32 {
	x := unsafe.Slice(scalars, int(n)*int(batch))
	e := make([]fr.Element, len(x))
	for i := range x {
		ok := true
		if e[i] = fr.Element(x[i]); montgomery == 0 {
			e[i], ok = scalar(x[i])
		}
		standard := e[i].Bits()
		if !ok || standardBits(standard) > int(width) {
			return invalidArgument
		}
	}
	size := 2 + 2*int(g2)
	coordinates := make([]fp.Element, size*int(n))
	for i, c := range unsafe.Slice(points, len(coordinates)) {
		var ok bool
		if coordinates[i], ok = coordinate(c); !ok {
			return invalidArgument
		}
	}
	result := unsafe.Slice(out, 3*size/2*int(batch))
	for k := range int(batch) {
		part, to := e[k*int(n):(k+1)*int(n)], result[k*3*size/2:]
		if slices.Max(nonZero(part)) == 0 {
			return invalidArgument // CUDA's library sorts no buckets
		}
		if g2 == 0 {
			if !sumG1(coordinates, part, to) {
				return invalidArgument
			}
		} else if !sumG2(coordinates, part, to) {
			return invalidArgument
		}
	}
	if lie != nil {
		lie(result)
	}
	return 0
}

func nonZero(x []fr.Element) []int {
	out := make([]int, len(x))
	for i := range x {
		if !x[i].IsZero() {
			out[i] = 1
		}
	}
	return out
}

func standardBits(x limbs) int {
	for i := 3; i >= 0; i-- {
		if x[i] != 0 {
			return 64*i + bits.Len64(x[i])
		}
	}
	return 0
}

// z is what results are multiplied with, to be projective.
var z = fp.NewElement(0x1234567)

func sumG1(c []fp.Element, x []fr.Element, out []limbs) bool {
	points := make([]curve.G1Affine, len(x))
	for i := range points {
		if points[i] = (curve.G1Affine{X: c[2*i], Y: c[2*i+1]}); !points[i].IsOnCurve() {
			return false
		}
	}
	var sum curve.G1Affine
	if _, err := sum.MultiExp(points, x, ecc.MultiExpConfig{}); err != nil {
		return false
	}
	coordinates := []fp.Element{{}, fp.One(), {}}
	if !sum.IsInfinity() {
		coordinates = []fp.Element{*sum.X.Mul(&sum.X, &z), *sum.Y.Mul(&sum.Y, &z), z}
	}
	for i := range coordinates {
		out[i] = coordinates[i].Bits()
	}
	return true
}

func sumG2(c []fp.Element, x []fr.Element, out []limbs) bool {
	points := make([]curve.G2Affine, len(x))
	for i := range points {
		points[i] = curve.G2Affine{X: curve.E2{A0: c[4*i], A1: c[4*i+1]}, Y: curve.E2{A0: c[4*i+2], A1: c[4*i+3]}}
		if !points[i].IsOnCurve() {
			return false
		}
	}
	var sum curve.G2Affine
	if _, err := sum.MultiExp(points, x, ecc.MultiExpConfig{}); err != nil {
		return false
	}
	coordinates := []fp.Element{{}, {}, fp.One(), {}, {}, {}}
	if !sum.IsInfinity() {
		w := curve.E2{A0: z, A1: fp.One()}
		sum.X.Mul(&sum.X, &w)
		sum.Y.Mul(&sum.Y, &w)
		coordinates = []fp.Element{sum.X.A0, sum.X.A1, sum.Y.A0, sum.Y.A1, w.A0, w.A1}
	}
	for i := range coordinates {
		out[i] = coordinates[i].Bits()
	}
	return true
}

// answerRoot returns the logarithm of the order of a root in standard form, or -1.
func answerRoot(root *limbs) int32 {
	e, ok := scalar(*root)
	if !ok {
		return -1
	}
	domainRoot = e
	for k := range int32(29) {
		if e.IsOne() {
			return k
		}
		e.Square(&e)
	}
	return -1
}

// answerNTT transforms. Elements may be in any form: that is linear. The mixed order is
// one that nobody else has.
func answerNTT(in *limbs, n, inv, order int32, coset *limbs, out *limbs) int32 {
	shift, ok := scalar(*coset)
	if !ok || !isFast(shift) {
		return invalidArgument
	}
	x := make([]fr.Element, n)
	for i, l := range unsafe.Slice(in, n) {
		x[i] = fr.Element(l)
	}
	orders[order]++
	if ordering(order) == mixedToNatural {
		x = mixed(x)
	}
	domain := fft.NewDomain(uint64(n), fft.WithShift(shift))
	if inv == 0 {
		domain.FFT(x, fft.DIF, fft.OnCoset())
	} else {
		domain.FFTInverse(x, fft.DIF, fft.OnCoset())
	}
	utils.BitReverse(x)
	if ordering(order) == naturalToMixed {
		x = mixed(x)
	}
	to := unsafe.Slice(out, n)
	for i := range x {
		to[i] = limbs(x[i])
	}
	return 0
}

// mixed reverses the order of elements, which undoes itself.
func mixed(x []fr.Element) []fr.Element {
	slices.Reverse(x)
	return x
}

// isFast says whether the library has the powers of a coset's generator: those of the root
// of its domain squared any number of times.
func isFast(shift fr.Element) bool {
	for e := domainRoot; ; e.Square(&e) {
		if e.Equal(&shift) {
			return true
		}
		if e.IsOne() {
			return false
		}
	}
}

// answerVector computes on elements in standard form.
func answerVector(op int32, a, b *limbs, n uint64, out *limbs) int32 {
	y, to := unsafe.Slice(b, n), unsafe.Slice(out, n)
	x := unsafe.Slice(a, 1)
	if op != 's' {
		x = unsafe.Slice(a, n)
	}
	r := new(big.Int).Lsh(big.NewInt(1), 256)
	var radix fr.Element
	radix.SetBigInt(r)
	for i := range to {
		u, ok := scalar(x[min(i, len(x)-1)])
		v, okToo := scalar(y[i])
		if !ok || !okToo {
			return invalidArgument
		}
		switch op {
		case '+':
			u.Add(&u, &v)
		case '-':
			u.Sub(&u, &v)
		case '*', 's':
			u.Mul(&u, &v)
		case 'i':
			u.Mul(&u, &radix)
		case 'o':
			u.Div(&u, &radix)
		default:
			return invalidArgument
		}
		to[i] = u.Bits()
	}
	return 0
}
