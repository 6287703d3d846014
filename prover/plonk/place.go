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

// A place is a circuit with its key on one device.
type place struct {
	device      accel.Device
	commitments constraint.PlonkCommitments
	vk          *gnark.VerifyingKey

	n      int          // rows, a power of two
	rows   int          // those of public inputs and gates: the others repeat the first input
	public int          // the first rows, one for each public input
	roots  []fr.Element // ωⁱ
	k      fr.Element   // H, kH and k²H are disjoint

	powers   []curve.G1Affine // [τⁱ]₁, n + 3 of them
	monomial accel.G1         // the same
	basis    []curve.G1Affine // [Lᵢ(τ)]₁
	lagrange accel.G1         // the same
	padding  curve.G1Affine   // their sum over the rows that repeat the first input

	columns
}

func (p *place) load(device accel.Device, gates *cs.SparseR1CS, pk *gnark.ProvingKey) error {
	var ok bool
	if p.commitments, ok = gates.CommitmentInfo.(constraint.PlonkCommitments); !ok {
		return fmt.Errorf("a circuit with commitments of type %T", gates.CommitmentInfo)
	}
	p.device, p.vk, p.k = device, pk.Vk, pk.Vk.CosetShift
	p.n, p.public, p.rows = int(pk.Vk.Size), len(gates.Public), len(gates.Public)+gates.GetNbConstraints()
	p.roots = make([]fr.Element, p.n)
	fft.BuildExpTable(pk.Vk.Generator, p.roots)
	p.powers, p.basis = pk.Kzg.G1, pk.KzgLagrange.G1
	for _, s := range []struct {
		to     *accel.G1
		points []curve.G1Affine
	}{{&p.monomial, pk.Kzg.G1}, {&p.lagrange, pk.KzgLagrange.G1}} {
		points, err := device.G1(s.points)
		if err != nil {
			return err // whatever points are now, they are nothing to free
		}
		*s.to = points
	}
	if err := p.sumPadding(); err != nil {
		return err
	}
	return p.interpolateColumns(gates)
}

// sumPadding adds up the points of the rows that no public input or gate has.
func (p *place) sumPadding() error {
	if p.rows == p.n {
		return nil
	}
	ones := make(accel.Ints[int8], p.n-p.rows)
	for i := range ones {
		ones[i] = 1
	}
	out, err := sums(p.lagrange, p.rows, ones)
	if err != nil {
		return err
	}
	p.padding = out[0]
	return nil
}

func (p *place) free() {
	for _, points := range []accel.G1{p.monomial, p.lagrange} {
		if points != nil {
			points.Free()
		}
	}
	p.columns.free()
	*p = place{}
}
