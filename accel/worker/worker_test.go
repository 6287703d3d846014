// SPDX-License-Identifier: Apache-2.0

//go:build unix

package worker_test

import (
	"context"
	"fmt"
	"os"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	curve "github.com/consensys/gnark-crypto/ecc/bn254"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"github.com/zkml-go/zkml/accel"
	"github.com/zkml-go/zkml/accel/cpu"
	"github.com/zkml-go/zkml/accel/worker"
)

// TestMain makes the test binary the worker of the tests.
func TestMain(m *testing.M) {
	worker.Main(openForTest)
	if os.Getenv(orphan) != "" {
		beParent()
		return
	}
	os.Exit(m.Run())
}

// openForTest opens the devices that tests name.
func openForTest(name string) (accel.Device, error) {
	fmt.Println("a library has something to say") // on standard output, as libraries do
	switch name {
	case "cpu":
		return cpu.Device{}, nil
	case "copier":
		return copier{}, nil
	case "idle":
		return idle{}, nil
	case "absent":
		return nil, fmt.Errorf("no device %q", name)
	case "full":
		return nil, fmt.Errorf("%w: for anything", accel.ErrMemory)
	case "asleep":
		select {}
	case "dead":
		fmt.Fprintln(os.Stderr, "CUDA error: no such thing")
		os.Exit(7)
	}
	if fault, ok := strings.CutPrefix(name, "faulty:"); ok {
		return faulty{fault: fault}, nil
	}
	if fault, ok := strings.CutPrefix(name, "late "); ok {
		return faulty{fault: fault, least: 1 << 12}, nil
	}
	panic("no device " + name)
}

// A copier is the CPU, with points of its own.
type copier struct{ cpu.Device }

func (copier) CopiesPoints() bool { return true }

func (d copier) G1(points []curve.G1Affine) (accel.G1, error) {
	return d.Device.G1(slices.Clone(points))
}

func (d copier) G2(points []curve.G2Affine) (accel.G2, error) {
	return d.Device.G2(slices.Clone(points))
}

// An idle device does not compute.
type idle struct{ cpu.Device }

func (idle) G1(points []curve.G1Affine) (accel.G1, error) { return idlePoints(len(points)), nil }

type idlePoints int

func (p idlePoints) Len() int { return int(p) }

func (idlePoints) Free() {}

func (idlePoints) MSM(_ int, x ...accel.Scalars) ([]curve.G1Affine, error) {
	return make([]curve.G1Affine, len(x)), nil
}

// A faulty device is the CPU until it is asked for a sum over so many points.
type faulty struct {
	cpu.Device
	fault string
	least int
}

func (d faulty) G1(points []curve.G1Affine) (accel.G1, error) {
	p, err := d.Device.G1(points)
	if len(points) < d.least {
		return p, err
	}
	return faultyPoints{p, d.fault}, err
}

func (d faulty) Close() error {
	switch d.fault {
	case "close":
		return fmt.Errorf("cannot close")
	case "endless close":
		select {}
	}
	return nil
}

type faultyPoints struct {
	accel.G1
	fault string
}

func (p faultyPoints) MSM(from int, x ...accel.Scalars) ([]curve.G1Affine, error) {
	switch p.fault {
	case "exit":
		fmt.Fprintln(os.Stderr, "terminate called after throwing an instance of 'IcicleError'")
		os.Exit(3)
	case "abort":
		fmt.Fprintln(os.Stderr, "terminate called after throwing an instance of 'IcicleError'")
		signalSelf(syscall.SIGABRT)
	case "kill":
		signalSelf(syscall.SIGKILL)
	case "panic":
		panic("an index")
	case "stall":
		select {}
	case "stop":
		signalSelf(syscall.SIGSTOP)
	case "garbage":
		os.NewFile(4, "answers").WriteString(strings.Repeat("garbage ", 100)) //nolint:errcheck // the parent may have left
	case "memory":
		return nil, fmt.Errorf("%w: icicle error 2", accel.ErrMemory)
	case "fault":
		return nil, fmt.Errorf("%w: icicle error 14", accel.ErrFault)
	case "caller":
		return nil, fmt.Errorf("icicle error 11\r\n\x1b[2J")
	case "few":
		return nil, nil
	case "off curve":
		out, err := p.G1.MSM(from, x...)
		out[0].X.SetOne()
		return out, err
	case "not reduced":
		out, err := p.G1.MSM(from, x...)
		out[0].X = [4]uint64{^uint64(0), ^uint64(0), ^uint64(0), ^uint64(0)}
		return out, err
	}
	return p.G1.MSM(from, x...)
}

func signalSelf(s syscall.Signal) {
	syscall.Kill(os.Getpid(), s) //nolint:errcheck // the test sees
	time.Sleep(time.Minute)
}

// begin starts a worker that ends with the test.
func begin(t testing.TB, name string, o worker.Options) accel.Device {
	t.Helper()
	d, err := start(t.Context(), name, o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { d.Close() })
	return d
}

func start(ctx context.Context, name string, o worker.Options) (accel.Device, error) {
	cmd, err := worker.Self(name)
	if err != nil {
		return nil, err
	}
	return worker.Start(ctx, cmd, o)
}

// points are n multiples of a generator.
func pointsOf(n int) []curve.G1Affine {
	_, _, g, _ := curve.Generators()
	return curve.BatchScalarMultiplicationG1(&g, elements(n))
}

func elements(n int) []fr.Element {
	x := make([]fr.Element, n)
	for i := range x {
		x[i].SetUint64(uint64(i)*0x9e3779b97f4a7c15 + 1)
		if i%3 == 0 {
			x[i].Inverse(&x[i])
		}
	}
	return x
}
