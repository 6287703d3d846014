// SPDX-License-Identifier: Apache-2.0

package plonk

import (
	"errors"
	"testing"

	gnark "github.com/consensys/gnark/backend/plonk/bn254"

	"github.com/zkml-go/zkml/accel"
	"github.com/zkml-go/zkml/accel/acceltest"
)

// kinds are the calls that a proof makes.
var kinds = []string{"G1", "Vector", "MSM", "NTT", "INTT", "Add", "Sub", "Mul", "Scale", "Read"}

// on proves with a device, and then has it forget the key.
func (c *circuit) on(t *testing.T, device accel.Device) (*gnark.Proof, error) {
	t.Helper()
	key := NewKey(c.gates, c.pk, Options{})
	defer key.Drop(device)
	s, err := key.Solve(device, c.full, forContracts)
	if err != nil {
		return nil, err
	}
	return s.Prove(t.Context())
}

// TestBadDevices has a device lie, or fail, in every call that a proof makes, one after the
// other. It fails with the device's error; a lie makes no proof; and nothing is left on the
// device.
func TestBadDevices(t *testing.T) {
	t.Parallel()
	f := newCircuit(t, &powers{Size: 5, Commitments: 1}, newPowers(3, 5))
	honest := new(acceltest.Fake)
	proof, err := f.on(t, honest)
	if err != nil || f.verify(proof) != nil {
		t.Fatalf("an honest device: %v", err)
	}
	if honest.Bytes() != 0 {
		t.Errorf("%d bytes are left on the device", honest.Bytes())
	}
	for _, kind := range kinds {
		calls := honest.Count(kind)
		if calls == 0 {
			t.Errorf("no call of %s: this test misses what is called", kind)
		}
		harmless := 0
		for k := 1; k <= calls; k++ {
			failing := acceltest.Failing(acceltest.Nth(kind, k))
			if _, err := f.on(t, failing); !errors.Is(err, accel.ErrFault) {
				t.Errorf("call %d of %s fails: %v", k, kind, err)
			}
			if failing.Bytes() != 0 {
				t.Errorf("call %d of %s fails: %d bytes are left on the device", k, kind, failing.Bytes())
			}
			if kind == "G1" {
				continue // it returns nothing to lie about
			}
			proof, err := f.on(t, acceltest.Liar(acceltest.Nth(kind, k)))
			if err != nil {
				t.Errorf("call %d of %s is a lie: %v", k, kind, err)
			} else if f.verify(proof) == nil {
				harmless++
			}
		}
		want := 0
		switch kind {
		case "Read":
			want = 3 // of S₁, S₂, S₃, of which only the highest coefficients are of interest
		case "Vector":
			want = 3 // which copies are written over, whatever they hold
		}
		if harmless != want {
			t.Errorf("%d lies of %d calls of %s make proofs, want %d", harmless, calls, kind, want)
		}
	}
	for k := 1; k <= honest.Count("MSM"); k++ {
		proof, err := f.on(t, &acceltest.Fake{Garbage: acceltest.Nth("MSM", k)})
		if err == nil && f.verify(proof) == nil {
			t.Errorf("sum %d is no point, and there is a proof", k)
		}
		if _, err := f.on(t, &acceltest.Fake{Fewer: acceltest.Nth("MSM", k)}); !errors.Is(err, accel.ErrFault) {
			t.Errorf("sum %d is missing: %v", k, err)
		}
	}
}

// A device that fails, or panics, in the solver is told from a witness that is to blame.
func TestFaultsInSolver(t *testing.T) {
	t.Parallel()
	f := newCircuit(t, &powers{Size: 20, Commitments: 1}, newPowers(3, 20))
	loading := new(acceltest.Fake)
	if err := NewKey(f.gates, f.pk, Options{}).use(loading, func(*place) error { return nil }); err != nil {
		t.Fatal(err)
	}
	sum := acceltest.Nth("MSM", loading.Count("MSM")+1)
	_, err := NewKey(f.gates, f.pk, Options{}).Solve(acceltest.Failing(sum), f.full)
	if errors.As(err, new(*WitnessError)) || !errors.Is(err, accel.ErrFault) {
		t.Errorf("it fails: %v", err)
	}
	_, err = NewKey(f.gates, f.pk, Options{}).Solve(acceltest.Panicking(sum), f.full)
	if errors.As(err, new(*WitnessError)) || err == nil {
		t.Errorf("it panics: %v", err)
	}
}

// A key is brought to a device once, and comes back after it was dropped.
func TestResidence(t *testing.T) {
	t.Parallel()
	f := newCircuit(t, &powers{Size: 20, Commitments: 1}, newPowers(3, 20))
	for _, options := range []Options{{}, {Extended: true}} {
		device := new(acceltest.Fake)
		key := NewKey(f.gates, f.pk, options)
		for range 2 {
			held := 0
			for i := range 2 {
				s, err := key.Solve(device, f.full, forContracts)
				if err != nil {
					t.Fatal(err)
				}
				proof, err := s.Prove(t.Context())
				if err != nil {
					t.Fatal(err)
				}
				if err := f.verify(proof); err != nil {
					t.Error(err)
				}
				if i > 0 && device.Bytes() != held {
					t.Errorf("%d bytes after a second proof, %d after the first", device.Bytes(), held)
				}
				held = device.Bytes()
			}
			rows, columns := int(f.pk.Vk.Size), 8+1+3
			if options.Extended {
				columns += 3 * (7 + 1)
			}
			if want := 64*(2*rows+3) + 32*rows*columns; held != want {
				t.Errorf("extended %v: %d bytes, want %d", options.Extended, held, want)
			}
			key.Drop(device)
			if device.Bytes() != 0 {
				t.Errorf("%d bytes are left after a drop", device.Bytes())
			}
		}
		if got := device.Count("G1"); got != 4 {
			t.Errorf("points were brought to the device %d times, want 4", got)
		}
	}
}

// TestCalls counts what a proof with a key that is on the device takes of it: docs/plonk.md
// has these numbers.
func TestCalls(t *testing.T) {
	t.Parallel()
	for commitments := range 3 {
		f := newCircuit(t, &powers{Size: 20, Commitments: commitments}, newPowers(-3, 20))
		for _, options := range []Options{{}, {Extended: true}} {
			device := new(acceltest.Fake)
			key := NewKey(f.gates, f.pk, options)
			var before, count [3]int
			for range 2 {
				before = count
				s, err := key.Solve(device, f.full)
				if err != nil {
					t.Fatal(err)
				}
				if _, err := s.Prove(t.Context()); err != nil {
					t.Fatal(err)
				}
				for i, kind := range []string{"NTT", "INTT", "MSM"} {
					count[i] = device.Count(kind)
				}
			}
			values := 12 + 2*commitments
			if options.Extended {
				values = 5 + commitments
			}
			want := [3]int{3 * values, 4 + 1 + 3 + commitments, 1 + 1 + 1 + 2 + commitments}
			for i := range want {
				if got := count[i] - before[i]; got != want[i] {
					t.Errorf("%d commitments, extended %v: %d calls of kind %d, want %d", commitments, options.Extended, got, i, want[i])
				}
			}
		}
	}
}
