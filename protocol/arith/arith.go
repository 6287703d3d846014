// SPDX-License-Identifier: Apache-2.0

// Package arith lets a verifier be written once and run twice: over field
// elements, and over the variables of a circuit.
//
// Code that is generic in T must not branch on values of type T: in a circuit
// they are not known when the code runs.
package arith

import (
	"errors"
	"fmt"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
)

// A Field is arithmetic in the scalar field of BN254 on values of type T.
type Field[T any] interface {
	// Const returns a constant.
	Const(c fr.Element) T
	Add(a, b T) T
	Sub(a, b T) T
	Mul(a, b T) T
	// Sum returns the sum of all xs: in a circuit one long sum is far cheaper to state
	// than many short ones.
	Sum(xs []T) T
	// Inverse returns 1/a. A zero a is an assertion that fails.
	Inverse(a T) T
	// AssertEqual states that a = b; what names the equation.
	AssertEqual(a, b T, what string)
}

// ErrFalse is wrapped by the error of an assertion that does not hold.
var ErrFalse = errors.New("equation does not hold")

// A Native is the Field of field elements. It remembers the first assertion that
// failed; whoever runs generic code asks for it afterwards.
type Native struct{ err error }

var _ Field[fr.Element] = (*Native)(nil)

// Const implements Field.
func (*Native) Const(c fr.Element) fr.Element { return c }

// Add implements Field.
func (*Native) Add(a, b fr.Element) fr.Element { return *a.Add(&a, &b) }

// Sub implements Field.
func (*Native) Sub(a, b fr.Element) fr.Element { return *a.Sub(&a, &b) }

// Mul implements Field.
func (*Native) Mul(a, b fr.Element) fr.Element { return *a.Mul(&a, &b) }

// Sum implements Field.
func (*Native) Sum(xs []fr.Element) fr.Element {
	var sum fr.Element
	for i := range xs {
		sum.Add(&sum, &xs[i])
	}
	return sum
}

// Inverse implements Field.
func (n *Native) Inverse(a fr.Element) fr.Element {
	if a.IsZero() {
		n.fail("an inverse of 0")
	}
	return *a.Inverse(&a)
}

// AssertEqual implements Field.
func (n *Native) AssertEqual(a, b fr.Element, what string) {
	if !a.Equal(&b) {
		n.fail(what)
	}
}

func (n *Native) fail(what string) {
	if n.err == nil {
		n.err = fmt.Errorf("%w: %s", ErrFalse, what)
	}
}

// Err returns the first assertion that failed, or nil. The error wraps ErrFalse.
func (n *Native) Err() error { return n.err }
