// SPDX-License-Identifier: Apache-2.0

// Package cpu is the device that every machine has: gnark-crypto, and package msm for
// small integers. It keeps no copies of points.
package cpu

import (
	"fmt"
	"runtime"

	curve "github.com/consensys/gnark-crypto/ecc/bn254"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"github.com/zkml-go/zkml/accel"
)

// A Device computes in the calling process, with as many threads as Go uses.
type Device struct{}

var _ accel.Device = Device{}

// String implements accel.Device.
func (Device) String() string { return "cpu" }

// Describe implements accel.Device.
func (Device) Describe() string {
	return fmt.Sprintf("gnark-crypto on %d threads, %s", runtime.GOMAXPROCS(0), runtime.GOARCH)
}

// G1 implements accel.Device.
func (Device) G1(points []curve.G1Affine) (accel.G1, error) { return g1(points), nil }

// G2 implements accel.Device.
func (Device) G2(points []curve.G2Affine) (accel.G2, error) { return g2(points), nil }

// Vector implements accel.Device.
func (Device) Vector(x []fr.Element) (accel.Vector, error) {
	return &vector{e: append(make([]fr.Element, 0, len(x)), x...)}, nil
}

// Close implements accel.Device.
func (Device) Close() error { return nil }
