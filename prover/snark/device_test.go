// SPDX-License-Identifier: Apache-2.0

package snark_test

import (
	"errors"
	"fmt"
	"math/big"
	"sync/atomic"
	"testing"

	"github.com/consensys/gnark/constraint/solver"

	"github.com/zkml-go/zkml/accel"
	"github.com/zkml-go/zkml/accel/acceltest"
	"github.com/zkml-go/zkml/accel/cpu"
	"github.com/zkml-go/zkml/accel/guard"
	prover "github.com/zkml-go/zkml/prover/snark"
	"github.com/zkml-go/zkml/verifier/snark"
)

// replaceable is a device that the CPU replaces.
type replaceable struct {
	*acceltest.Fake
	given atomic.Int32 // how often it was given up
}

func (d *replaceable) Instead() accel.Device { return cpu.Device{} }

func (d *replaceable) Distrust(error) accel.Device {
	d.given.Add(1)
	return cpu.Device{}
}

// counted counts how often a circuit is solved.
func counted(n *atomic.Int32) solver.Option {
	return solver.OverrideHint(solver.GetHintID(divide), func(field *big.Int, in, out []*big.Int) error {
		n.Add(1)
		return divide(field, in, out)
	})
}

// kinds are the calls that a Groth16 proof makes.
var kinds = []string{"G1", "G2", "Vector", "MSM", "MSM2", "NTT", "INTT", "Sub", "Mul", "Scale"}

// TestProveOnBadDevices has a device fail, run out of memory or lie in every call that a
// proof makes, one after the other: there is a proof, which Prove has verified, and the
// device is given up. The circuit is solved again only where the commitment was wrong.
func TestProveOnBadDevices(t *testing.T) {
	t.Parallel()
	for _, committed := range []bool{false, true} {
		f := &fixture{name: fmt.Sprintf("range %v", committed)}
		var err error
		// With some multiplications, no polynomial is constant: every lie matters.
		if f.cs, err = prover.Compile(&quotient{Range: committed, Size: 6}, snark.Groth16); err != nil {
			t.Fatal(err)
		}
		if f.pk, f.vk, err = prover.Setup(t.Context(), f.cs, prover.SetupOptions{Insecure: true}); err != nil {
			t.Fatal(err)
		}
		honest := &replaceable{Fake: new(acceltest.Fake)}
		if _, _, err := prover.Prove(t.Context(), honest, f.cs, f.pk, divided(47)); err != nil || honest.given.Load() > 0 {
			t.Fatalf("%s: an honest device: %v, given up %d times", f.name, err, honest.given.Load())
		}
		for _, kind := range kinds {
			calls := honest.Count(kind)
			if calls == 0 {
				t.Errorf("%s: no call of %s: this test misses what is called", f.name, kind)
			}
			for k := 1; k <= calls; k++ {
				for name, fake := range map[string]*acceltest.Fake{
					"fails":  acceltest.Failing(acceltest.Nth(kind, k)),
					"is out": {Before: outOfMemory(acceltest.Nth(kind, k))},
					"lies":   acceltest.Liar(acceltest.Nth(kind, k)),
				} {
					if name == "lies" && (kind == "G1" || kind == "G2") {
						continue // they return nothing to lie about
					}
					bad := &replaceable{Fake: fake}
					var solved atomic.Int32
					_, _, err := prover.Prove(t.Context(), bad, f.cs, f.pk, divided(47), counted(&solved))
					if err != nil {
						t.Errorf("%s: %s in call %d of %s: %v", f.name, name, k, kind, err)
					}
					if bad.given.Load() != 1 {
						t.Errorf("%s: %s in call %d of %s: given up %d times", f.name, name, k, kind, bad.given.Load())
					}
					want := int32(1)
					if name == "lies" && kind == "MSM" && k == 1 && f.cs.NumCommitments() == 1 {
						want = 2
					}
					if solved.Load() != want {
						t.Errorf("%s: %s in call %d of %s: solved %d times, want %d", f.name, name, k, kind, solved.Load(), want)
					}
					if bad.Bytes() != 0 {
						t.Errorf("%s: %s in call %d of %s: %d bytes are left on the device", f.name, name, k, kind, bad.Bytes())
					}
				}
			}
		}
	}
}

func outOfMemory(when acceltest.When) func(acceltest.Call) error {
	return func(c acceltest.Call) error {
		if when(c) {
			return fmt.Errorf("%s: %w", c.Kind, accel.ErrMemory)
		}
		return nil
	}
}

// An assignment that is to blame is no reason to give a device up, or to solve again.
func TestProveUnsatisfiedOnDevices(t *testing.T) {
	t.Parallel()
	f := fixtures(t)[1]
	wrong := divided(47)
	wrong.Z = 10
	device := &replaceable{Fake: acceltest.Liar(func(acceltest.Call) bool { return true })}
	var solved atomic.Int32
	if _, _, err := prover.Prove(t.Context(), device, f.cs, f.pk, wrong, counted(&solved)); !errors.Is(err, prover.ErrUnsatisfied) {
		t.Errorf("got %v, want ErrUnsatisfied", err)
	}
	if device.given.Load() != 0 || solved.Load() > 1 {
		t.Errorf("given up %d times, solved %d times", device.given.Load(), solved.Load())
	}
}

// A device that nothing replaces makes no proof, and says why.
func TestProveOnBadDeviceAlone(t *testing.T) {
	t.Parallel()
	f := fixtures(t)[1]
	for name, c := range map[string]struct {
		device *acceltest.Fake
		want   error
	}{
		"fails to commit": {acceltest.Failing(acceltest.Nth("MSM", 1)), accel.ErrFault},
		"fails":           {acceltest.Failing(acceltest.Nth("Mul", 1)), accel.ErrFault},
		"no memory":       {acceltest.Small(1000, 0), accel.ErrMemory},
		"lies":            {acceltest.Liar(acceltest.Nth("MSM2", 1)), accel.ErrWrong},
		"makes no points": {&acceltest.Fake{Garbage: acceltest.Nth("MSM2", 1)}, accel.ErrWrong},
		"makes too few":   {&acceltest.Fake{Fewer: acceltest.Nth("MSM2", 1)}, accel.ErrFault},
	} {
		_, _, err := prover.Prove(t.Context(), c.device, f.cs, f.pk, divided(47))
		if !errors.Is(err, c.want) || errors.Is(err, prover.ErrUnsatisfied) {
			t.Errorf("%s: got %v, want %v", name, err, c.want)
		}
	}
}

// Keys stay on a device, and nothing else does.
func TestKeysAreResident(t *testing.T) {
	t.Parallel()
	f := fixtures(t)[1]
	device := new(acceltest.Fake)
	var bytes, uploads int
	for i := range 3 {
		if _, _, err := prover.Prove(t.Context(), device, f.cs, f.pk, divided(100+i)); err != nil {
			t.Fatal(err)
		}
		if i == 0 {
			bytes, uploads = device.Bytes(), device.Count("G1")+device.Count("G2")
		}
		if got := device.Count("G1") + device.Count("G2"); got != uploads || device.Bytes() != bytes || bytes == 0 {
			t.Errorf("proof %d: %d sets of points brought there, %d bytes held, want %d and %d", i, got, device.Bytes(), uploads, bytes)
		}
	}
}

// TestProveOnGuardedDevices proves on devices as the command makes them, which go bad after
// their first test.
func TestProveOnGuardedDevices(t *testing.T) {
	t.Parallel()
	f := fixtures(t)[1]
	for name, c := range map[string]struct {
		fake    func(armed acceltest.When) *acceltest.Fake
		givenUp bool
	}{
		"honest":             {func(acceltest.When) *acceltest.Fake { return new(acceltest.Fake) }, false},
		"lies":               {acceltest.Liar, true},
		"fails":              {acceltest.Failing, true},
		"panics":             {acceltest.Panicking, true},
		"runs out of memory": {func(w acceltest.When) *acceltest.Fake { return &acceltest.Fake{Before: outOfMemory(w)} }, false},
	} {
		var armed atomic.Bool
		var given atomic.Int32
		fake := c.fake(func(call acceltest.Call) bool { return armed.Load() && call.Kind != "Free" && call.Kind != "Close" })
		device, err := guard.New(fake, guard.Options{Report: func(string) { given.Add(1) }})
		if err != nil {
			t.Fatal(err)
		}
		if name != "honest" {
			armed.Store(true)
		}
		for range 2 {
			if _, _, err := prover.Prove(t.Context(), device, f.cs, f.pk, divided(47)); err != nil {
				t.Errorf("%s: %v", name, err)
			}
		}
		if (given.Load() == 1) != c.givenUp {
			t.Errorf("%s: given up %d times", name, given.Load())
		}
		if err := device.Close(); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestWrongKeyOnDevices proves with the key of another circuit, of the same shape, as a part of
// another attempt does: the device is not given up, and the proof is made again once.
func TestWrongKeyOnDevices(t *testing.T) {
	t.Parallel()
	for _, system := range []snark.System{snark.Groth16, snark.Plonk} {
		five, err := prover.Compile(&linear{Factor: 5}, system)
		if err != nil {
			t.Fatal(err)
		}
		seven, err := prover.Compile(&linear{Factor: 7}, system)
		if err != nil {
			t.Fatal(err)
		}
		pk, _, err := prover.Setup(t.Context(), five, prover.SetupOptions{Insecure: true})
		if err != nil {
			t.Fatal(err)
		}
		device := &replaceable{Fake: new(acceltest.Fake)}
		runs := 0
		err = accel.Attempt(device, func(d accel.Device) error {
			runs++
			_, _, err := prover.Prove(t.Context(), d, seven, pk, &linear{D: 3, Z: 4, E: 12 * 7})
			return err
		})
		if err == nil || errors.Is(err, accel.ErrWrong) || runs != 1 || device.given.Load() != 0 {
			t.Errorf("%s: got %v after %d runs, given up %d times", system, err, runs, device.given.Load())
		}
		asked := device.Count("MSM")
		if _, _, err := prover.Prove(t.Context(), device, five, pk, &linear{D: 3, Z: 4, E: 12 * 5}); err != nil || device.Count("MSM") == asked {
			t.Errorf("%s: with its circuit: %v, after %d sums, %d before", system, err, device.Count("MSM"), asked)
		}
	}
}
