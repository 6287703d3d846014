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
// that one can be closed while it holds things, and another be opened afterwards.
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
			if _, err := d.G1([]curve.G1Affine{p}); err != nil {
				t.Error(err)
			}
			if _, err := d.G2([]curve.G2Affine{q}); err != nil {
				t.Error(err)
			}
			if _, err := d.Vector(make([]fr.Element, 8)); err != nil {
				t.Error(err)
			}
			if err := d.Close(); err != nil {
				t.Errorf("a device that holds things does not close: %v", err)
			}
			if d, err = open(); err != nil {
				t.Fatal(err)
			}
		}
		if err := d.Close(); err != nil {
			t.Error(err)
		}
	})
}
