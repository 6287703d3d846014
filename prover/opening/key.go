// SPDX-License-Identifier: Apache-2.0

package opening

import (
	"context"
	"fmt"
	"math/big"

	curve "github.com/consensys/gnark-crypto/ecc/bn254"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"github.com/zkml-go/zkml/accel"
	"github.com/zkml-go/zkml/protocol/pcs"
)

// A Key is what columns of N elements are committed to and opened with: at least N + 1 powers
// of τ, and the same points on a device. Whoever made Points frees them.
type Key struct {
	Powers []curve.G1Affine
	Points accel.G1
}

// NewKey puts powers on a device.
func NewKey(device accel.Device, powers []curve.G1Affine) (Key, error) {
	points, err := device.G1(powers)
	return Key{powers, points}, err
}

func (k Key) check(p pcs.Params) error {
	if err := p.Check(); err != nil {
		return err
	}
	if n := min(len(k.Powers), k.Points.Len()); n < p.Size()+1 {
		return fmt.Errorf("an SRS of %d powers for columns of %d, want one more", n, p.Size())
	}
	return nil
}

// sum returns one sum of the powers for each of scalars. What the device says is not checked
// but for how many there are.
func (k Key) sum(ctx context.Context, scalars ...accel.Scalars) ([]curve.G1Affine, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	sums, err := k.Points.MSM(0, scalars...)
	if err == nil && len(sums) != len(scalars) {
		err = fmt.Errorf("%w: %d sums of points, want %d", accel.ErrFault, len(sums), len(scalars))
	}
	return sums, err
}

// batchElements is about the most integers that a device is given at once: what it holds of
// each may be as large as a field element.
const batchElements = 1 << 24

// Commit returns the commitments to columns. It stops between calls of the device when ctx is
// done.
//
// Values go to the device, columns of one width together; blinds and other single coefficients
// do not leave the CPU.
func Commit(ctx context.Context, k Key, p pcs.Params, columns []Column) ([]curve.G1Affine, error) {
	if err := k.check(p); err != nil {
		return nil, err
	}
	for i := range columns {
		if err := columns[i].check(p); err != nil {
			return nil, fmt.Errorf("column %d: %w", i, err)
		}
	}
	out := make([]curve.G1Affine, len(columns))
	for _, batch := range batches(p, columns) {
		scalars := make([]accel.Scalars, len(batch))
		for i, c := range batch {
			scalars[i] = columns[c].Values.scalars()
		}
		sums, err := k.sum(ctx, scalars...)
		if err != nil {
			return nil, err
		}
		for i, c := range batch {
			out[c] = sums[i]
		}
	}
	for i := range columns {
		k.addSingle(&out[i], p, &columns[i])
	}
	return out, nil
}

// batches returns the columns that are given to the device at once, those without values left
// out.
func batches(p pcs.Params, columns []Column) [][]int {
	most := max(1, batchElements/p.Size())
	var out [][]int
	for width := 1; width <= 8; width *= 2 {
		var batch []int
		for i := range columns {
			if v := columns[i].Values; v == nil || v.len() == 0 || v.width() != width {
				continue
			}
			if batch = append(batch, i); len(batch) == most {
				out, batch = append(out, batch), nil
			}
		}
		if len(batch) > 0 {
			out = append(out, batch)
		}
	}
	return out
}

// addSingle adds the coefficients of c that are field elements to the commitment to its values.
func (k Key) addSingle(to *curve.G1Affine, p pcs.Params, c *Column) {
	var sum curve.G1Jac
	sum.FromAffine(to)
	add := func(i int, x *fr.Element) {
		if x.IsZero() {
			return
		}
		var q curve.G1Jac
		q.FromAffine(&k.Powers[i])
		q.ScalarMultiplication(&q, x.BigInt(new(big.Int)))
		sum.AddAssign(&q)
	}
	for i := range c.Extra {
		add(c.Extra[i].Index, &c.Extra[i].Value)
	}
	add(p.Size(), &c.Blind)
	to.FromJacobian(&sum)
}
