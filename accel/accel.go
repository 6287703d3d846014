// SPDX-License-Identifier: Apache-2.0

// Package accel is what a prover can hand to a device: sums of points, number-theoretic
// transforms and operations on vectors, over BN254, of data that stays on the device.
//
// Everything that a device returns is a claim. Whoever uses a Device verifies what comes
// out in the end, and runs it with Attempt, which falls back to the CPU.
package accel

import (
	"fmt"

	curve "github.com/consensys/gnark-crypto/ecc/bn254"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
)

// A Device keeps points and vectors and computes on them. It can be compared with ==. It is safe for concurrent use;
// what it is asked at once it may do one after the other. An error wraps ErrMemory,
// ErrFault or neither, if the caller is to blame.
type Device interface {
	// String is the name that --device takes: cpu, icicle:0.
	fmt.Stringer
	// Describe says what the device is, for people: its model and its library.
	Describe() string
	// G1 keeps points of the group: the device may read the slice until they are freed.
	G1(points []curve.G1Affine) (G1, error)
	// G2 keeps points of the group: the device may read the slice until they are freed.
	G2(points []curve.G2Affine) (G2, error)
	// Vector keeps a copy of elements.
	Vector(x []fr.Element) (Vector, error)
	// Close gives back all that the device holds. Nothing of it may be used afterwards;
	// Free does nothing then.
	Close() error
}

// G1 is points on a device.
type G1 interface {
	Len() int
	// MSM returns ∑ᵢ x[i]·P[from+i] for each x of scalars: one multi-exponentiation, or a
	// batch over the same points. Scalars may be of different lengths, and empty.
	MSM(from int, scalars ...Scalars) ([]curve.G1Affine, error)
	// Free gives the memory back. The points may not be used afterwards.
	Free()
}

// G2 is points of the twist on a device.
type G2 interface {
	Len() int
	// MSM returns ∑ᵢ x[i]·P[from+i] for each x of scalars.
	MSM(from int, scalars ...Scalars) ([]curve.G2Affine, error)
	// Free gives the memory back. The points may not be used afterwards.
	Free()
}

// A Vector is field elements on a device. Its operations write to it; vectors they take
// are of the same device and length.
type Vector interface {
	Scalars
	// Read copies the elements to out, which has the length of the vector.
	Read(out []fr.Element) error
	// NTT evaluates the polynomial whose coefficients the vector is, at the n-th roots
	// of unity in their order, ω⁰, ω¹, … n is the length, a power of two.
	NTT(Form) error
	// INTT interpolates: the inverse of NTT.
	INTT(Form) error
	// Add, Sub and Mul take another vector, element by element.
	Add(Vector) error
	Sub(Vector) error
	Mul(Vector) error
	// Scale multiplies all elements by one.
	Scale(*fr.Element) error
	// Free gives the memory back. The vector may not be used afterwards.
	Free()
}

// A Writable vector can take other elements, which spares its device a new one.
type Writable interface {
	Vector
	// Write copies elements to the vector, of whose length they are.
	Write(x []fr.Element) error
}

// A Form says where a polynomial of n coefficients is evaluated and how these lie in
// memory.
type Form struct {
	// Coset: at the points ω₂ₙ·ωⁱ instead of ωⁱ, for the root ω₂ₙ of order 2n whose
	// square is ω. On these points Xⁿ − 1 is −2.
	Coset bool
	// Shuffled: the coefficients are in the device's own order, which spares it a
	// permutation. Only NTT, element-wise operations and Scale understand them.
	Shuffled bool
}
