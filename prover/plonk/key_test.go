// SPDX-License-Identifier: Apache-2.0

package plonk

import (
	"errors"
	"fmt"
	"runtime"
	"testing"
	"time"

	"github.com/zkml-go/zkml/accel"
	"github.com/zkml-go/zkml/accel/acceltest"
	"github.com/zkml-go/zkml/accel/guard"
)

// proves makes a proof with a key that may be on the device already.
func (c *circuit) proves(t *testing.T, key *Key, device accel.Device) {
	t.Helper()
	s, err := key.Solve(device, c.full, forContracts)
	if err != nil {
		t.Error(err)
		return
	}
	proof, err := s.Prove(t.Context())
	if err != nil {
		t.Error(err)
	} else if err := c.verify(proof); err != nil {
		t.Error(err)
	}
}

// A device that panics in any call that brings a key to it is left with nothing of the key,
// which is brought there as a whole the next time.
func TestPanicWhileLoading(t *testing.T) {
	t.Parallel()
	f := newCircuit(t, &powers{Size: 5, Commitments: 1}, newPowers(3, 5))
	nothing := func(*place) error { return nil }
	for _, options := range []Options{{}, {Extended: true}} {
		honest := new(acceltest.Fake)
		if err := NewKey(f.gates, f.pk, options).use(honest, nothing); err != nil {
			t.Fatal(err)
		}
		for _, kind := range kinds {
			for k := 1; k <= honest.Count(kind); k++ {
				device := acceltest.Panicking(acceltest.Nth(kind, k))
				key := NewKey(f.gates, f.pk, options)
				func() {
					defer func() {
						if recover() == nil {
							t.Errorf("call %d of %s did not panic", k, kind)
						}
					}()
					_ = key.use(device, nothing)
				}()
				if device.Bytes() != 0 {
					t.Errorf("a panic in call %d of %s leaves %d bytes", k, kind, device.Bytes())
				}
				f.proves(t, key, device)
			}
		}
	}
}

// What a device held of a key when it was given up for another is known to be lost before
// a proof is made.
func TestGivenUpForAnotherKey(t *testing.T) {
	t.Parallel()
	f := newCircuit(t, &powers{Size: 20}, newPowers(3, 20))
	device, err := guard.New(new(acceltest.Fake), guard.Options{})
	if err != nil {
		t.Fatal(err)
	}
	key := NewKey(f.gates, f.pk, Options{})
	f.proves(t, key, device)
	if device.Distrust(fmt.Errorf("%w: of another key", accel.ErrWrong)) != accel.Device(device) {
		t.Fatal("another device replaces it")
	}
	f.proves(t, key, device)
	f.proves(t, key, device)
	if err := device.Close(); err != nil {
		t.Error(err)
	}
}

// Of two proofs that fail with the same place, the second leaves what the first's second
// attempt has brought to the device.
func TestDropOfAPlace(t *testing.T) {
	t.Parallel()
	f := newCircuit(t, &powers{Size: 20, Commitments: 1}, newPowers(3, 20))
	device := new(acceltest.Fake)
	key := NewKey(f.gates, f.pk, Options{})
	var failed [2]*Solution
	for i := range failed {
		s, err := key.Solve(device, f.full, forContracts)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := s.Prove(t.Context()); err != nil {
			t.Fatal(err)
		}
		failed[i] = s
	}
	failed[0].Discard()
	if device.Bytes() != 0 {
		t.Errorf("%d bytes are left of what was discarded", device.Bytes())
	}
	f.proves(t, key, device)
	held := device.Bytes()
	failed[1].Discard()
	if device.Bytes() != held || held == 0 {
		t.Errorf("%d bytes are left of %d that another proof uses", device.Bytes(), held)
	}
	if err := key.use(device, func(*place) error { return accel.ErrFault }); !errors.Is(err, accel.ErrFault) {
		t.Error(err)
	}
	if device.Bytes() != 0 {
		t.Errorf("%d bytes are left by a device that failed", device.Bytes())
	}
	f.proves(t, key, device)
	key.DropAll()
	if device.Bytes() != 0 {
		t.Errorf("%d bytes are left after all was dropped", device.Bytes())
	}
}

// A key that nobody has any more leaves its devices, and one that does not answer then
// holds up nobody's cleanup.
func TestCleanup(t *testing.T) {
	t.Parallel()
	f := newCircuit(t, &powers{Size: 5}, newPowers(3, 5))
	release := make(chan struct{})
	device := acceltest.Staller(func(c acceltest.Call) bool { return c.Kind == "Free" }, release)
	func() {
		if err := NewKey(f.gates, f.pk, Options{}).use(device, func(*place) error { return nil }); err != nil {
			t.Fatal(err)
		}
	}()
	collected := func(what string, done func() bool) {
		for end := time.Now().Add(20 * time.Second); !done(); time.Sleep(time.Millisecond) {
			if time.Now().After(end) {
				t.Fatal(what)
			}
			runtime.GC()
		}
	}
	before := device.Count("Free")
	collected("the key was not freed", func() bool { return device.Count("Free") > before })
	other := make(chan struct{})
	runtime.AddCleanup(new([64]byte), func(c chan struct{}) { close(c) }, other)
	collected("another cleanup was held up", func() bool {
		select {
		case <-other:
			return true
		default:
			return false
		}
	})
	close(release)
	collected("bytes are left", func() bool { return device.Bytes() == 0 })
}
