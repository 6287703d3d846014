// SPDX-License-Identifier: Apache-2.0

package plonk

import (
	"fmt"
	"math/big"

	curve "github.com/consensys/gnark-crypto/ecc/bn254"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/consensys/gnark-crypto/ecc/bn254/kzg"

	"github.com/zkml-go/zkml/accel"
)

// A Committer commits to polynomials with points on a device, which it does not own: the
// powers of τ for coefficients, or the values of Lagrange polynomials at τ for values.
type Committer struct{ Points accel.G1 }

var _ kzg.Committer = Committer{}

// Commit implements kzg.Committer.
func (c Committer) Commit(f []fr.Element) (kzg.Digest, error) {
	out, err := c.commit(f)
	if err != nil {
		return kzg.Digest{}, err
	}
	return out[0], nil
}

func (c Committer) commit(fs ...[]fr.Element) ([]kzg.Digest, error) {
	scalars := make([]accel.Scalars, len(fs))
	for i, f := range fs {
		if len(f) > c.Points.Len() {
			return nil, fmt.Errorf("%w: %d coefficients for %d powers", kzg.ErrInvalidPolynomialSize, len(f), c.Points.Len())
		}
		scalars[i] = accel.Elements(f)
	}
	return sums(c.Points, 0, scalars...)
}

// sums checks that there are as many sums as were asked for.
func sums(points accel.G1, from int, scalars ...accel.Scalars) ([]curve.G1Affine, error) {
	out, err := points.MSM(from, scalars...)
	if err == nil && len(out) != len(scalars) {
		err = fmt.Errorf("%d sums of points, want %d: %w", len(out), len(scalars), accel.ErrFault)
	}
	return out, err
}

// commitRows returns the commitments to columns by their values in the first rows. In
// the rest, which the circuit does not use, all have the value last.
func (k *place) commitRows(last *fr.Element, columns ...[]fr.Element) ([]curve.G1Affine, error) {
	var scalars []accel.Scalars
	var of []int
	for i, x := range columns {
		ints, rest := split(x[:k.rows])
		if ints != nil {
			scalars, of = append(scalars, ints), append(of, i)
		}
		if rest != nil {
			scalars, of = append(scalars, rest), append(of, i)
		}
	}
	parts, err := sums(k.lagrange, 0, scalars...)
	if err != nil {
		return nil, err
	}
	var factor big.Int
	var padding curve.G1Affine
	padding.ScalarMultiplication(&k.padding, last.BigInt(&factor))
	out := make([]curve.G1Affine, len(columns))
	for i := range out {
		out[i] = padding
	}
	for j, i := range of {
		out[i].Add(&out[i], &parts[j])
	}
	return out, nil
}
