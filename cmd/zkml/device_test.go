// SPDX-License-Identifier: Apache-2.0

package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	curve "github.com/consensys/gnark-crypto/ecc/bn254"

	"github.com/zkml-go/zkml/accel"
	"github.com/zkml-go/zkml/accel/cpu"
	"github.com/zkml-go/zkml/accel/devices"
	"github.com/zkml-go/zkml/accel/guard"
)

// testKind is devices for tests, in a process of their own as all: the CPU, with the fault that
// the environment names. Without one there is no library for them.
var testKind = devices.Kind{
	Name: "test",
	Installed: func() (string, error) {
		if testFault() == "" {
			return "", errors.New("no test: set ZKML_TEST_DEVICE")
		}
		return "/somewhere", nil
	},
	Open: func(id int) (accel.Device, error) {
		switch fault := testFault(); {
		case id > 1 || fault == "":
			return nil, fmt.Errorf("there is no test device %d", id)
		case fault == "absent":
			return nil, errors.New("the driver is too old")
		case id == 1 || fault == "wrong at once":
			return testDevice{id: id, fault: "lie", least: 0}, nil
		default:
			return testDevice{id: id, fault: fault, least: 1025}, nil // the self-test has fewer points
		}
	},
	Guard: guard.Options{LeastG1: 1 << 8, LeastG2: 1 << 8, Limit: 5 * time.Second},
}

func testFault() string { return os.Getenv("ZKML_TEST_DEVICE") }

// A testDevice has a fault in sums of at least so many scalars.
type testDevice struct {
	cpu.Device
	id    int
	fault string
	least int
}

func (d testDevice) String() string { return fmt.Sprintf("test:%d", d.id) }

func (d testDevice) Describe() string { return "the CPU as a device" }

func (d testDevice) G1(points []curve.G1Affine) (accel.G1, error) {
	p, err := d.Device.G1(points)
	return testPoints{p, d}, err
}

type testPoints struct {
	accel.G1
	d testDevice
}

func (p testPoints) MSM(from int, x ...accel.Scalars) ([]curve.G1Affine, error) {
	out, err := p.G1.MSM(from, x...)
	if p.Len() < p.d.least || err != nil {
		return out, err
	}
	switch p.d.fault {
	case "lie":
		out[0].Double(&out[0])
	case "die":
		os.Exit(1)
	}
	return out, nil
}

// TestDeviceChoice opens devices in this process: the worker ends with the command.
func TestDeviceChoice(t *testing.T) {
	t.Setenv("ZKML_TEST_DEVICE", "none")
	dir, input, _ := proved(t, "both")
	out := t.TempDir()
	r := zkml(t.Context(), "prove", dir, "--input", input, "-o", out+"/a.zkp", "--device", "test", "--system", "groth16")
	if r.code != exitOK || !strings.Contains(r.stdout, "test:0 (the CPU as a device)") {
		t.Errorf("%+v", r)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if r := zkml(ctx, "devices"); r.code != exitInterrupted || r.stdout != "" || r.stderr != "zkml: error: interrupted\n" {
		t.Errorf("%+v", r)
	}
}
