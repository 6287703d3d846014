// SPDX-License-Identifier: Apache-2.0

package opening

import (
	"context"
	"fmt"

	"github.com/consensys/gnark-crypto/ecc"
	curve "github.com/consensys/gnark-crypto/ecc/bn254"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"github.com/zkml-go/zkml/accel"
	"github.com/zkml-go/zkml/protocol/pcs"
)

// CheckColumns is about how many columns of bytes take as long to commit to as Check: 27 of 2¹⁸
// elements, fewer of more.
const CheckColumns = 24

// Check reports an error, which wraps accel.ErrWrong, unless commitments are those to columns,
// by a random combination of them: it computes one sum of N + 1 points, with k, which is to be
// trusted. The chance that it errs is below the number of columns over r.
func Check(ctx context.Context, k Key, p pcs.Params, columns []Column, commitments []curve.G1Affine) error {
	if len(columns) != len(commitments) {
		return fmt.Errorf("%d commitments to %d columns", len(commitments), len(columns))
	}
	if err := k.check(p); err != nil {
		return err
	}
	for i := range columns {
		if err := columns[i].check(p); err != nil {
			return fmt.Errorf("column %d: %w", i, err)
		}
		if !commitments[i].IsOnCurve() {
			return fmt.Errorf("the commitment to column %d is not on the curve: %w", i, accel.ErrWrong)
		}
	}
	var rho fr.Element
	if _, err := rho.SetRandom(); err != nil {
		return err
	}
	f, powers := combine(p, columns, rho)
	want, err := k.sum(ctx, accel.Elements(f))
	if err != nil {
		return err
	}
	var got curve.G1Affine
	if _, err := got.MultiExp(commitments, powers, ecc.MultiExpConfig{}); err != nil {
		return err
	}
	if !got.Equal(&want[0]) {
		return fmt.Errorf("the commitments are not those to the columns: %w", accel.ErrWrong)
	}
	return nil
}
