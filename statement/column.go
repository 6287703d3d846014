// SPDX-License-Identifier: Apache-2.0

package statement

import "github.com/consensys/gnark-crypto/ecc/bn254/fr"

// columnKind is the first byte of a commitment to a column. R begins with 0x30, so any 31
// bytes may follow.
const columnKind = 0x20

// ColumnKind is 2²⁵³: what a commitment to a column is added to its last 31 bytes.
func ColumnKind() fr.Element {
	return column([32]byte{})
}

// ColumnCommitment returns the commitment to a tensor that the sumcheck system binds by the
// polynomial commitment to a column of its own: the byte 0x20 and the last 31 bytes of
//
//	keccak256(keccak256("zkml.sumcheck.column.v1") ‖ point)
//
// where point is that commitment, x ‖ y.
func ColumnCommitment(point []byte) fr.Element {
	tag := Keccak([]byte("zkml.sumcheck.column.v1"))
	return column(Keccak(tag[:], point))
}

func column(h [32]byte) (c fr.Element) {
	h[0] = columnKind
	c.SetBytes(h[:])
	return c
}

// IsColumnCommitment reports whether a commitment is of that kind: verifiers of the sumcheck
// system take it for one. A salted hash is, by chance, with probability 1/48, and then the
// prover draws another salt.
func IsColumnCommitment(c *fr.Element) bool {
	b := c.Bytes()
	return b[0] == columnKind
}
