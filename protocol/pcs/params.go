// SPDX-License-Identifier: Apache-2.0

package pcs

import (
	"errors"
	"fmt"

	"github.com/zkml-go/zkml/protocol/arith"
)

// MaxVars is the largest number of variables: BN254 has powers of τ for 2²⁸.
const MaxVars = 28

// ErrRejected is the root of every error that means "this proof does not prove this
// statement".
var ErrRejected = errors.New("opening rejected")

func rejected(format string, args ...any) error {
	return fmt.Errorf("%w: %s", ErrRejected, fmt.Sprintf(format, args...))
}

// Params is the size of columns: 2^Vars coefficients, 1 ≤ Vars ≤ MaxVars.
type Params struct{ Vars int }

// Check returns an error if there are no such columns.
func (p Params) Check() error {
	if p.Vars < 1 || p.Vars > MaxVars {
		return fmt.Errorf("columns of %d variables, not of 1 to %d", p.Vars, MaxVars)
	}
	return nil
}

// Low returns t₁ = ⌊n/2⌋, the number of variables of g.
func (p Params) Low() int { return p.Vars / 2 }

// High returns t₂ = n − t₁, the number of variables of h.
func (p Params) High() int { return p.Vars - p.Low() }

// Rows and Cols are B = 2^t₂ and b = 2^t₁: coefficient i·b + j is in row i, column j.
func (p Params) Rows() int { return 1 << p.High() }

// Cols returns b = 2^t₁.
func (p Params) Cols() int { return 1 << p.Low() }

// Size returns N = 2ⁿ.
func (p Params) Size() int { return 1 << p.Vars }

// A Point is P1 and P2 at ζ and 1/ζ: all that a verifier knows of u.
type Point[T any] struct{ P1, P1Inv, P2, P2Inv T }

// PointAt evaluates P1 and P2 at zeta and its inverse, for u of n elements:
//
//	P1(X) = ∏_{i<t₁} (1−uᵢ + uᵢ·X^(2ⁱ)),  P2(X) = ∏_{i<t₂} (1−u_{t₁+i} + u_{t₁+i}·X^(2ⁱ))
func PointAt[T any](f arith.Field[T], p Params, u []T, zeta T) Point[T] {
	inverse := f.Inverse(zeta)
	lo, hi := u[:p.Low()], u[p.Low():p.Vars]
	return Point[T]{product(f, lo, zeta), product(f, lo, inverse), product(f, hi, zeta), product(f, hi, inverse)}
}

// product returns ∏ (1−uᵢ + uᵢ·x^(2ⁱ)).
func product[T any](f arith.Field[T], u []T, x T) T {
	one := arith.Int(f, 1)
	out := one
	for i, v := range u {
		out = f.Mul(out, f.Add(one, f.Mul(v, f.Sub(x, one))))
		if i+1 < len(u) {
			x = f.Mul(x, x)
		}
	}
	return out
}
