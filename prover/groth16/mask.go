// SPDX-License-Identifier: Apache-2.0

package groth16

import (
	"fmt"

	curve "github.com/consensys/gnark-crypto/ecc/bn254"
	"github.com/consensys/gnark/constraint"
)

// What hides the wires of a commitment D is its mask, a random wire in no row but mask·1 = mask.
// That row holds for every mask, for 0 as well: a device that took it for 0 in D, E, u and h
// would make a proof that verifies, whose D anybody can compare with that of wires they guess.
//
// So the terms of the mask in D and in E are not the device's. When it says what the others are
// in D it has not been shown the mask, which is drawn anew by every solver: whatever it says, D
// is as random as the mask is. So are A and B, by r and s, and E and C are determined by these if
// the proof verifies: a proof that does shows nothing of the witness, be the device as it may. One
// that goes on without the mask in u or in h spoils the proof.

// masked checks that the last wire of each commitment is its mask, and that the key has its
// points. gnark numbers wires as a circuit makes them, and sorts those of a commitment. Between
// the mask and the commitment itself, which are made after all that is committed to, it makes
// none: see Commit in package r1cs.
func (k *Key) masked(info constraint.Groth16Commitments) error {
	if got, want := len(k.pk.CommitmentKeys), len(info); got != want {
		return fmt.Errorf("a key of %d commitments, want %d", got, want)
	}
	for i := range info {
		wires := info[i].PrivateCommitted
		n := len(wires)
		if n == 0 || wires[n-1] != info[i].CommitmentIndex-1 {
			return fmt.Errorf("zkml: internal error: commitment %d has no mask", i)
		}
		if len(k.pk.CommitmentKeys[i].Basis) != n || len(k.pk.CommitmentKeys[i].BasisExpSigma) != n {
			return fmt.Errorf("a key with %d and %d points of commitment %d, want %d",
				len(k.pk.CommitmentKeys[i].Basis), len(k.pk.CommitmentKeys[i].BasisExpSigma), i, n)
		}
	}
	return nil
}

// mask adds the term of a commitment's mask to a sum over points.
func (s *Solution) mask(sum *curve.G1Affine, points []curve.G1Affine, i int) {
	var term curve.G1Affine
	term.ScalarMultiplication(&points[len(points)-1], &s.masks[i])
	sum.Add(sum, &term)
}
