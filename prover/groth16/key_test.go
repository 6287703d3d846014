// SPDX-License-Identifier: Apache-2.0

package groth16

import (
	"errors"
	"runtime"
	"testing"
	"time"

	"github.com/zkml-go/zkml/accel"
	"github.com/zkml-go/zkml/accel/acceltest"
)

// TestKeyIsFreed has the points of a key leave a device when the key is dropped.
func TestKeyIsFreed(t *testing.T) {
	t.Parallel()
	s := newSetup(t, &powers{Size: 10, Commitments: 1})
	full := fullWitness(t, newPowers(2, 10))
	prove := func(key *Key, device accel.Device) {
		t.Helper()
		solution, err := key.Solve(device, s.cs, full)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := solution.Prove(); err != nil {
			t.Fatal(err)
		}
	}
	for name, drop := range map[string]func(key **Key, device accel.Device){
		"dropped":   func(key **Key, device accel.Device) { (*key).Drop(device) },
		"forgotten": func(key **Key, _ accel.Device) { *key = nil },
	} {
		device, other := new(acceltest.Fake), new(acceltest.Fake)
		key := NewKey(s.pk)
		prove(key, device)
		prove(key, other)
		if device.Bytes() == 0 {
			t.Errorf("%s: the key is not on the device", name)
		}
		drop(&key, device)
		for range 100 {
			if device.Bytes() == 0 {
				break
			}
			runtime.GC()
			time.Sleep(10 * time.Millisecond)
		}
		if n := device.Bytes(); n != 0 {
			t.Errorf("%s: %d bytes are left", name, n)
		}
		if key != nil {
			if other.Bytes() == 0 {
				t.Errorf("%s: the key left the other device, too", name)
			}
			prove(key, device) // it comes back
			if device.Bytes() == 0 {
				t.Errorf("%s: the key is not on the device again", name)
			}
		}
	}
}

// TestKeyThatDoesNotFit leaves nothing on a device, which may have the memory next time.
func TestKeyThatDoesNotFit(t *testing.T) {
	t.Parallel()
	s := newSetup(t, &powers{Size: 10, Commitments: 1})
	full := fullWitness(t, newPowers(2, 10))
	key := NewKey(s.pk)
	device := acceltest.Small(3000, 0)
	if _, err := key.Solve(device, s.cs, full); !errors.Is(err, accel.ErrMemory) || !errors.As(err, new(*DeviceError)) {
		t.Errorf("got %v, want a DeviceError for lack of memory", err)
	}
	if n := device.Bytes(); n != 0 {
		t.Errorf("%d bytes are left", n)
	}
	device.SetHeld(0)
	if _, err := key.Solve(device, s.cs, full); err != nil {
		t.Error(err)
	}
}
