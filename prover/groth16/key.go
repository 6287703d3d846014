// SPDX-License-Identifier: Apache-2.0

package groth16

import (
	"math/bits"

	curve "github.com/consensys/gnark-crypto/ecc/bn254"
	groth16 "github.com/consensys/gnark/backend/groth16/bn254"

	"github.com/zkml-go/zkml/accel"
	"github.com/zkml-go/zkml/accel/cpu"
	"github.com/zkml-go/zkml/accel/resident"
)

// A Key is a proving key and its points on the devices that it was used with. They stay
// there until the key is dropped, by Drop or for good, or the device is closed. It is safe
// for concurrent use.
type Key struct {
	pk *groth16.ProvingKey
	on *resident.Set[place]
}

// NewKey returns a key. The slices of pk must have the lengths that the circuits need which
// it is used with, and must not be changed.
func NewKey(pk *groth16.ProvingKey) *Key {
	k := &Key{pk: pk}
	k.on = resident.New(k, func(d accel.Device, p *place) error { return p.load(d, pk) }, (*place).free)
	return k
}

// Drop frees what a device holds of the key, once no proof is being made with it.
func (k *Key) Drop(device accel.Device) { k.on.Drop(device) }

// A place is the points of a key on one device. Sets without points are nil.
type place struct {
	a, b, k, z   accel.G1
	b2           accel.G2
	basis, sigma []accel.G1 // of each commitment: its points, and σ times these

	// reversed says that Z is in the order of reversed bits, without a last point that
	// nothing is multiplied with.
	reversed bool
}

func (p *place) load(device accel.Device, pk *groth16.ProvingKey) (err error) {
	g1 := func(to *accel.G1, points []curve.G1Affine) {
		if err != nil || len(points) == 0 {
			return
		}
		var out accel.G1
		if out, err = device.G1(points); err == nil { // else whatever comes with it is nothing to free
			*to = out // one by one: the next may panic
		}
	}
	z := pk.G1.Z
	if _, p.reversed = device.(cpu.Device); !p.reversed {
		z = natural(z)
	}
	g1(&p.a, pk.G1.A)
	g1(&p.b, pk.G1.B)
	g1(&p.k, pk.G1.K)
	g1(&p.z, z)
	if err == nil && len(pk.G2.B) > 0 {
		if p.b2, err = device.G2(pk.G2.B); err != nil {
			p.b2 = nil
		}
	}
	p.basis, p.sigma = make([]accel.G1, len(pk.CommitmentKeys)), make([]accel.G1, len(pk.CommitmentKeys))
	for i := range pk.CommitmentKeys {
		g1(&p.basis[i], pk.CommitmentKeys[i].Basis)
		g1(&p.sigma[i], pk.CommitmentKeys[i].BasisExpSigma)
	}
	return err
}

// natural returns the points of Z in the order of their exponents, and one at infinity: as
// many as a polynomial of n coefficients takes, whose last one is zero.
func natural(z []curve.G1Affine) []curve.G1Affine {
	if len(z) == 0 {
		return nil
	}
	n := len(z) + 1
	shift := 64 - bits.TrailingZeros(uint(n))
	out := make([]curve.G1Affine, n)
	for i := range z { // n − 1 reversed is itself
		out[bits.Reverse64(uint64(i))>>shift] = z[i]
	}
	return out
}

func (p *place) free() {
	sets := append([]accel.G1{p.a, p.b, p.k, p.z}, p.basis...)
	for _, s := range append(sets, p.sigma...) {
		if s != nil {
			s.Free()
		}
	}
	if p.b2 != nil {
		p.b2.Free()
	}
	*p = place{}
}
