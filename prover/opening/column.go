// SPDX-License-Identifier: Apache-2.0

package opening

import (
	"fmt"
	"unsafe"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"github.com/zkml-go/zkml/accel"
	"github.com/zkml-go/zkml/protocol/arith"
	"github.com/zkml-go/zkml/protocol/mle"
	"github.com/zkml-go/zkml/protocol/pcs"
	"github.com/zkml-go/zkml/prover/mac"
)

// A Column is a polynomial of N + 1 coefficients:
//
//	∑_{i<N} Values[i]·Xⁱ + ∑ Extra + Blind·X^N
//
// A column of fewer than N values ends in zeros; nil is a column of zeros.
type Column struct {
	Values Values
	Blind  fr.Element
	Extra  []Coefficient
}

// Values is the integers of a column: Ints of any width.
type Values interface {
	// Vector returns the integers.
	Vector() mac.Vector
	len() int
	width() int // bytes of an integer
	scalars() accel.Scalars
	// addScaled adds w times the values from index from on to the sums.
	addScaled(s mac.Sums, from int, w *fr.Element)
}

// Ints is integers of one width, which should be the narrowest that holds them: a
// commitment costs one addition of points per byte.
type Ints[I mac.Int] []I

// Vector implements Values.
func (x Ints[I]) Vector() mac.Vector { return mac.Ints[I](x) }

func (x Ints[I]) len() int { return len(x) }

func (x Ints[I]) width() int {
	var i I
	return int(unsafe.Sizeof(i))
}

func (x Ints[I]) scalars() accel.Scalars { return accel.Ints[I](x) }

func (x Ints[I]) addScaled(s mac.Sums, from int, w *fr.Element) {
	if from < len(x) {
		mac.AddScaled(s, x[from:min(from+len(s), len(x))], w)
	}
}

// A Coefficient is added to a column at an index below N.
type Coefficient struct {
	Index int
	Value fr.Element
}

// maskEntries is the most coefficients of a mask: 18 values that depend on the columns are
// published, of rank 12.
const maskEntries = 64

// Mask returns a column that hides the others of an opening: random at i·b + (i mod b) for
// i < min(64, B), or everywhere if N ≤ 64, and blinded. It must be fresh for every opening.
//
// NB! The places matter: as many at the start of the column would not hide.
func Mask(p pcs.Params) (Column, error) {
	var c Column
	if err := p.Check(); err != nil {
		return c, err
	}
	if _, err := c.Blind.SetRandom(); err != nil {
		return c, err
	}
	entries := min(maskEntries, p.Rows())
	if p.Size() <= maskEntries {
		entries = p.Size()
	}
	for i := range entries {
		e := Coefficient{Index: i}
		if entries < p.Size() {
			e.Index = i*p.Cols() + i%p.Cols()
		}
		if _, err := e.Value.SetRandom(); err != nil {
			return c, err
		}
		c.Extra = append(c.Extra, e)
	}
	return c, nil
}

func (c *Column) check(p pcs.Params) error {
	if c.Values != nil && c.Values.len() > p.Size() {
		return fmt.Errorf("%d values in a column of %d", c.Values.len(), p.Size())
	}
	for _, e := range c.Extra {
		if e.Index < 0 || e.Index >= p.Size() {
			return fmt.Errorf("coefficient %d in a column of %d", e.Index, p.Size())
		}
	}
	return nil
}

// Evaluate returns the multilinear extension of the sparse coefficients of c at a point.
// It is for masks, which have no others.
func Evaluate(c *Column, point []fr.Element) fr.Element {
	f := new(arith.Native)
	var out fr.Element
	for i := range c.Extra {
		out = f.Add(out, f.Mul(c.Extra[i].Value, mle.EqIndex(f, point, c.Extra[i].Index)))
	}
	return out
}
