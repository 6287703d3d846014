// SPDX-License-Identifier: Apache-2.0

package plonk

import (
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr/fft"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr/iop"
	gnark "github.com/consensys/gnark/backend/plonk/bn254"
	cs "github.com/consensys/gnark/constraint/bn254"

	"github.com/zkml-go/zkml/accel"
)

// The polynomials that the circuit fixes.
const (
	qL = iota
	qR
	qM
	qO
	qC
	s1
	s2
	s3
	qP // the first of those of commitments
)

// columns are the polynomials that the circuit fixes, and others that only n fixes.
type columns struct {
	sigma []int64                // the permutation σ of 3n positions
	head  [3][blinded]fr.Element // the highest coefficients of S₁, S₂, S₃: see highest

	fixed    []accel.Vector              // coefficients, by qL, qR, …
	extended [len(cosets)][]accel.Vector // values on the cosets, or nil

	x       accel.Vector // ωⁱ
	shift   accel.Vector // ω₄ₙⁱ
	unshift accel.Vector // ω₄ₙ⁻ⁱ
}

// interpolateColumns has gnark rebuild the columns from the gates, as it does for its own
// proofs, and interpolates them.
func (k *place) interpolateColumns(gates *cs.SparseR1CS) error {
	trace := gnark.NewTrace(gates, fft.NewDomain(uint64(k.n), fft.WithoutPrecompute()))
	k.sigma = trace.S
	all := append([]*iop.Polynomial{trace.Ql, trace.Qr, trace.Qm, trace.Qo, trace.Qk, trace.S1, trace.S2, trace.S3}, trace.Qcp...)
	for i, column := range all {
		v, err := k.device.Vector(column.Coefficients())
		if err != nil {
			return err
		}
		k.fixed = append(k.fixed, v)
		if err := v.INTT(accel.Form{}); err != nil {
			return err
		}
		if s1 <= i && i <= s3 {
			coefficients := make([]fr.Element, k.n)
			if err := v.Read(coefficients); err != nil {
				return err
			}
			k.head[i-s1] = highest(coefficients, k.n+1)
		}
	}
	w, err := fft.Generator(4 * uint64(k.n))
	if err != nil {
		return err
	}
	var inverse fr.Element
	shift, unshift := make([]fr.Element, k.n), make([]fr.Element, k.n)
	fft.BuildExpTable(w, shift)
	fft.BuildExpTable(*inverse.Inverse(&w), unshift)
	for _, table := range []struct {
		to *accel.Vector
		x  []fr.Element
	}{{&k.x, k.roots}, {&k.shift, shift}, {&k.unshift, unshift}} {
		v, err := k.device.Vector(table.x)
		if err != nil {
			return err
		}
		*table.to = v
	}
	return nil
}

// extend keeps the values of the fixed columns on the cosets of round 3.
func (k *place) extend() error {
	for _, c := range cosets {
		if err := k.extendTo(c); err != nil {
			return err
		}
	}
	return nil
}

func (k *place) extendTo(c coset) error {
	o := k.ops()
	defer func() {
		if k.extended[c-1] == nil { // by an error or a panic
			o.release()
		}
	}()
	var values []accel.Vector
	for i, coefficients := range k.fixed {
		if i == qC { // it is joined with the public inputs before it is evaluated
			values = append(values, nil)
			continue
		}
		v := o.copy(coefficients)
		k.evaluate(o, v, c)
		values = append(values, v)
	}
	if o.err == nil {
		k.extended[c-1] = values
	}
	return o.err
}

func (c *columns) free() {
	for _, vs := range append(c.extended[:], c.fixed, []accel.Vector{c.x, c.shift, c.unshift}) {
		for _, v := range vs {
			if v != nil {
				v.Free()
			}
		}
	}
	*c = columns{}
}
