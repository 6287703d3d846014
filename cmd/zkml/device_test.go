// SPDX-License-Identifier: Apache-2.0

package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strconv"
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
		case fault == "stall at once":
			return testDevice{id: id, fault: "stall"}, nil
		case id == 1 || fault == "wrong at once":
			return testDevice{id: id, fault: "lie", least: 0}, nil
		default:
			return testDevice{id: id, fault: fault, least: 1025}, nil // the self-test has fewer points
		}
	},
	Guard: guard.Options{LeastG1: 1 << 8, LeastG2: 1 << 8, Limit: 5 * time.Second, Startup: time.Minute},
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
	case "stall":
		select {}
	}
	return out, nil
}

// TestInterruptedDevice interrupts a command whose device does not answer: the command ends at
// once and says nothing of the device, which ends too.
func TestInterruptedDevice(t *testing.T) {
	t.Parallel()
	if runtime.GOOS != "linux" {
		t.Skip("it sends a signal and looks at /proc")
	}
	dir, input, _ := proved(t, "both")
	cmd := exec.Command("zkml", "prove", dir, "--input", input, "-o", filepath.Join(t.TempDir(), "p"), "--device", "test") // TestMain puts it into the path
	cmd.Env = append(os.Environ(), "ZKML_TEST_DEVICE=stall at once")
	var stderr strings.Builder
	cmd.Stderr = &stderr
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	device := 0
	for range 400 {
		if device = child(cmd.Process.Pid, []byte("ZKML_TEST_DEVICE=stall")); device > 0 {
			break
		}
		time.Sleep(25 * time.Millisecond)
	}
	if device == 0 {
		t.Error("no worker")
	}
	begin := time.Now()
	if err := cmd.Process.Signal(os.Interrupt); err != nil {
		t.Fatal(err)
	}
	var exit *exec.ExitError
	if err := cmd.Wait(); !errors.As(err, &exit) || exit.ExitCode() != exitInterrupted {
		t.Errorf("it ended with %v, want exit code %d", err, exitInterrupted)
	}
	if took := time.Since(begin); took > 20*time.Second { // the device is tested for a minute
		t.Errorf("it took %v", took)
	}
	if said := stderr.String(); !strings.HasSuffix(said, "zkml: error: interrupted\n") || strings.Contains(said, "warning") {
		t.Errorf("it said %q", said)
	}
	for range 200 {
		stat, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", device))
		if err != nil || bytes.Contains(stat, []byte(") Z ")) {
			return
		}
		time.Sleep(25 * time.Millisecond)
	}
	t.Errorf("the worker %d lives on", device)
}

// child returns the process of a parent whose environment has a mark, or 0.
func child(parent int, mark []byte) int {
	stats, _ := filepath.Glob("/proc/[0-9]*/stat")
	for _, path := range stats {
		stat, _ := os.ReadFile(path)
		_, rest, _ := strings.Cut(string(stat), ") ")
		f := strings.Fields(rest)
		if len(f) < 2 || f[1] != strconv.Itoa(parent) {
			continue
		}
		if env, _ := os.ReadFile(filepath.Join(filepath.Dir(path), "environ")); bytes.Contains(env, mark) {
			pid, _ := strconv.Atoi(filepath.Base(filepath.Dir(path)))
			return pid
		}
	}
	return 0
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
