// SPDX-License-Identifier: Apache-2.0

package accel

import "github.com/consensys/gnark-crypto/ecc/bn254/fr"

// Scalars is what points are multiplied with: Elements, Ints of a width, or a Vector of
// the device that holds the points.
type Scalars interface{ Len() int }

// Elements are scalars in the memory of the program. Large ones are slow even where they
// stand for small negative integers: those should be Ints.
type Elements []fr.Element

// Len implements Scalars.
func (x Elements) Len() int { return len(x) }

// Ints are small integers in the memory of the program, signed, of the narrowest type
// that holds them.
type Ints[I Int] []I

// Len implements Scalars.
func (x Ints[I]) Len() int { return len(x) }

// Int is a machine integer.
type Int interface{ int8 | int16 | int32 | int64 }
