// SPDX-License-Identifier: Apache-2.0

package cpu_test

import (
	"testing"

	"github.com/zkml-go/zkml/accel"
	"github.com/zkml-go/zkml/accel/acceltest"
	"github.com/zkml-go/zkml/accel/cpu"
	"github.com/zkml-go/zkml/accel/selftest"
)

func TestConformance(t *testing.T) {
	acceltest.Conformance(t, func() (accel.Device, error) { return cpu.Device{}, nil }, selftest.Options{})
}
