// SPDX-License-Identifier: Apache-2.0

package wrap

import (
	"math/big"

	"github.com/consensys/gnark/frontend"

	"github.com/zkml-go/zkml/circuits"
	"github.com/zkml-go/zkml/statement"
)

// commitments returns the commitments of the statement: the hashes of the words, and for
// tensors with a column of their own whatever the prover says, if it has the first byte of
// such a commitment. By that byte verifiers tell which commitments to compare with columns:
// with another one, a commitment would be compared with nothing.
func (c *Circuit) commitments(api frontend.API) ([]frontend.Variable, error) {
	column := statement.ColumnKind()
	kind := column.BigInt(new(big.Int))
	salts, words, own := c.Salts, c.Tensors, c.Own
	var out []frontend.Variable
	for _, t := range c.tensors {
		if t.Own {
			api.ToBinary(own[0], columnBits)
			out = append(out, api.Add(own[0], kind))
			own = own[1:]
			continue
		}
		h, err := circuits.Commitment(api, salts[0], words[0])
		if err != nil {
			return nil, err
		}
		out = append(out, h)
		salts, words = salts[1:], words[1:]
	}
	return out, nil
}

// columnBits is the number of bits after the first byte.
const columnBits = 8 * 31
