// SPDX-License-Identifier: Apache-2.0

package sumcheck

import (
	curve "github.com/consensys/gnark-crypto/ecc/bn254"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"github.com/zkml-go/zkml/protocol/pcs"
	"github.com/zkml-go/zkml/statement"
)

// checkColumns rejects a claim unless its commitments to columns are those to the first
// columns of the proof after the mask, in order. Which commitments are of that kind the
// wrap's circuit says, by their first byte.
func checkColumns(commitments []fr.Element, columns []curve.G1Affine) error {
	next := 1
	for i := range commitments {
		if !statement.IsColumnCommitment(&commitments[i]) {
			continue
		}
		if next == len(columns) {
			return reject("commitment %d is to a column, and there is none", i)
		}
		if want := statement.ColumnCommitment(pcs.EncodePoint(&columns[next])); !commitments[i].Equal(&want) {
			return reject("commitment %d is not to column %d of the proof", i, next)
		}
		next++
	}
	return nil
}
