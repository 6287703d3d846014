// SPDX-License-Identifier: Apache-2.0

package plonk

import (
	"fmt"
	"math/big"
	"slices"

	"github.com/consensys/gnark-crypto/ecc"
	curve "github.com/consensys/gnark-crypto/ecc/bn254"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/consensys/gnark-crypto/ecc/bn254/kzg"
)

// committed is one commitment of [BSB22].
type committed struct {
	values    []fr.Element // of π
	digest    kzg.Digest
	challenge fr.Element // what the circuit takes for the hash of the commitment
}

// commit is the hint of a commitment: in[0] says which, the rest are the wires.
//
// π has the wires in the rows where q_P is 1. Two rows where it is 0 are random: that of
// the commitment itself, and the last gate, which is no wire that is committed to. No gate
// binds them, so that a proof verifies whatever is there: a device to which the commitment
// were left could leave them out, here and later, and nobody would notice that it hides
// nothing. What it commits to has zeros there; the mask is added here.
func (s *Solution) commit(k *place, in, out []*big.Int) error {
	if len(in) == 0 || len(out) != 1 || !in[0].IsInt64() || in[0].Sign() < 0 || in[0].Int64() >= int64(len(s.commitments)) {
		return fmt.Errorf("a commitment with %d inputs and %d outputs that is none of %d", len(in), len(out), len(s.commitments))
	}
	j := in[0].Int64()
	info, c := s.commitments[j], &s.committed[j]
	if len(info.Committed) != len(in)-1 {
		return fmt.Errorf("commitment %d to %d wires, want %d", j, len(in)-1, len(info.Committed))
	}
	masked := slices.Compact([]int{k.public + info.CommitmentIndex, k.rows - 1})
	values := make([]fr.Element, k.n)
	for i, row := range info.Committed {
		row += k.public
		if row < k.public || row >= k.rows || slices.Contains(masked, row) {
			return fmt.Errorf("commitment %d to row %d of %d", j, row, k.rows)
		}
		values[row].SetBigInt(in[1+i])
	}
	var zero fr.Element
	digests, err := k.commitRows(&zero, values)
	if err != nil {
		return err
	}
	c.values = slices.Clone(values) // which a call that hangs may still read
	mask, err := k.mask(c.values, masked)
	if err != nil {
		return err
	}
	c.digest.Add(&digests[0], &mask)
	h := s.config.HashToFieldFn
	h.Write(c.digest.Marshal())
	sum := h.Sum(nil)
	h.Reset()
	c.challenge.SetBytes(sum[:min(len(sum), fr.Bytes)])
	c.challenge.BigInt(out[0])
	return nil
}

// mask draws the values of some rows, and returns the commitment to these alone.
func (k *place) mask(values []fr.Element, rows []int) (out curve.G1Affine, err error) {
	points, scalars := make([]curve.G1Affine, len(rows)), make([]fr.Element, len(rows))
	for i, row := range rows {
		if row < k.public || row >= k.rows || row >= len(k.basis) {
			return out, fmt.Errorf("a mask in row %d of %d", row, k.rows)
		}
		if _, err = values[row].SetRandom(); err != nil {
			return out, err
		}
		points[i], scalars[i] = k.basis[row], values[row]
	}
	_, err = out.MultiExp(points, scalars, ecc.MultiExpConfig{})
	return out, err
}
