// SPDX-License-Identifier: Apache-2.0

package plonk

import (
	"fmt"

	curve "github.com/consensys/gnark-crypto/ecc/bn254"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr/fft"
	gnark "github.com/consensys/gnark/backend/plonk/bn254"
	"github.com/consensys/gnark/constraint"
	cs "github.com/consensys/gnark/constraint/bn254"

	"github.com/zkml-go/zkml/accel"
)

// A Key is what all proofs of one circuit on one device share. It is safe for concurrent
// use, but gnark solves one proof of a constraint system at a time.
type Key struct {
	gates       *cs.SparseR1CS
	commitments constraint.PlonkCommitments
	vk          *gnark.VerifyingKey
	device      accel.Device

	n      int          // rows, a power of two
	rows   int          // those of public inputs and gates: the others repeat the first input
	public int          // the first rows, one for each public input
	roots  []fr.Element // ωⁱ
	k      fr.Element   // H, kH and k²H are disjoint

	powers   []curve.G1Affine // [τⁱ]₁, n + 3 of them
	monomial accel.G1         // the same
	lagrange accel.G1         // [Lᵢ(τ)]₁
	padding  curve.G1Affine   // their sum over the rows that repeat the first input

	columns
}

// NewKey makes a proving key of gnark ready for a device. The key must be of the
// circuit: its lengths are trusted. It takes about 12 elements for each row.
func NewKey(device accel.Device, gates *cs.SparseR1CS, pk *gnark.ProvingKey) (*Key, error) {
	k, err := newKey(device, gates, pk)
	if err != nil {
		k.Free()
		return nil, fmt.Errorf("plonk: proving key: %w", err)
	}
	return k, nil
}

func newKey(device accel.Device, gates *cs.SparseR1CS, pk *gnark.ProvingKey) (*Key, error) {
	k := &Key{
		gates:  gates,
		vk:     pk.Vk,
		device: device,
		n:      int(pk.Vk.Size),
		public: len(gates.Public),
		rows:   len(gates.Public) + gates.GetNbConstraints(),
		powers: pk.Kzg.G1,
		k:      pk.Vk.CosetShift,
	}
	var ok bool
	if k.commitments, ok = gates.CommitmentInfo.(constraint.PlonkCommitments); !ok {
		return k, fmt.Errorf("commitments of type %T", gates.CommitmentInfo)
	}
	k.roots = make([]fr.Element, k.n)
	fft.BuildExpTable(pk.Vk.Generator, k.roots)
	var err error
	if k.monomial, err = device.G1(pk.Kzg.G1); err != nil {
		return k, err
	}
	if k.lagrange, err = device.G1(pk.KzgLagrange.G1); err != nil {
		return k, err
	}
	ones := make(accel.Ints[int8], k.n-k.rows)
	for i := range ones {
		ones[i] = 1
	}
	sums, err := k.lagrange.MSM(k.rows, ones)
	if err != nil {
		return k, err
	}
	k.padding = sums[0]
	return k, k.newColumns()
}

// Free gives back what the key holds on the device. The key may not be used afterwards.
func (k *Key) Free() {
	for _, points := range []accel.G1{k.monomial, k.lagrange} {
		if points != nil {
			points.Free()
		}
	}
	k.columns.free()
}
