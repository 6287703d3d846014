// SPDX-License-Identifier: Apache-2.0

// Package acceltest checks that a device computes what gnark-crypto does, and has devices
// that do not.
package acceltest

import (
	"testing"

	curve "github.com/consensys/gnark-crypto/ecc/bn254"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"github.com/zkml-go/zkml/accel"
	"github.com/zkml-go/zkml/accel/selftest"
)

// Conformance runs all cases of package selftest on a device that open makes, and checks
// that one can be closed while it holds things, which may be freed later, and another be
// opened afterwards.
func Conformance(t *testing.T, open func() (accel.Device, error), o selftest.Options) {
	t.Helper()
	d, err := open()
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range selftest.Cases(o) {
		t.Run(c.Name, func(t *testing.T) {
			if err := c.Run(d); err != nil {
				t.Error(err)
			}
		})
	}
	t.Run("Close", func(t *testing.T) {
		_, _, p, q := curve.Generators()
		for range 2 {
			g1, err := d.G1([]curve.G1Affine{p})
			if err != nil {
				t.Fatal(err)
			}
			g2, err := d.G2([]curve.G2Affine{q})
			if err != nil {
				t.Fatal(err)
			}
			v, err := d.Vector(make([]fr.Element, 8))
			if err != nil {
				t.Fatal(err)
			}
			if err := d.Close(); err != nil {
				t.Errorf("a device that holds things does not close: %v", err)
			}
			g1.Free()
			g2.Free()
			v.Free()
			if d, err = open(); err != nil {
				t.Fatal(err)
			}
		}
		if err := d.Close(); err != nil {
			t.Error(err)
		}
	})
}
