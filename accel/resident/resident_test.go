// SPDX-License-Identifier: Apache-2.0

package resident_test

import (
	"errors"
	"runtime"
	"sync"
	"testing"
	"time"

	"github.com/zkml-go/zkml/accel"
	"github.com/zkml-go/zkml/accel/acceltest"
	"github.com/zkml-go/zkml/accel/resident"
)

// key is what others use a set for: it counts what of it is on devices.
type key struct {
	on    *resident.Set[int]
	count *counts
}

type counts struct {
	sync.Mutex
	loaded, held int
	load         func(accel.Device) error // before it counts as loaded
	free         func()
}

func newKey() *key {
	c := &counts{load: func(accel.Device) error { return nil }, free: func() {}}
	k := &key{count: c}
	k.on = resident.New(k, func(d accel.Device, n *int) error {
		*n = 1 // in part
		c.add(0, 1)
		if err := c.load(d); err != nil {
			return err
		}
		*n = 2
		c.add(1, 1)
		return nil
	}, func(n *int) {
		c.free()
		c.add(0, -*n)
		*n = 0
	})
	return k
}

func (c *counts) add(loaded, held int) {
	c.Lock()
	defer c.Unlock()
	c.loaded, c.held = c.loaded+loaded, c.held+held
}

func (c *counts) want(t *testing.T, what string, loaded, held int) {
	t.Helper()
	c.Lock()
	defer c.Unlock()
	if c.loaded != loaded || c.held != held {
		t.Errorf("%s: loaded %d times with %d held, want %d and %d", what, c.loaded, c.held, loaded, held)
	}
}

func whole(t *testing.T) func(*int) error {
	return func(n *int) error {
		if *n != 2 {
			t.Errorf("used with %d of 2 loaded", *n)
		}
		return nil
	}
}

func TestLoadsOnce(t *testing.T) {
	t.Parallel()
	k := newKey()
	a, b := new(acceltest.Fake), new(acceltest.Fake)
	var wg sync.WaitGroup
	for range 50 {
		for _, d := range []accel.Device{a, b} {
			wg.Go(func() {
				if err := k.on.Use(d, whole(t)); err != nil {
					t.Error(err)
				}
			})
		}
	}
	wg.Wait()
	k.count.want(t, "two devices", 2, 4)
	k.on.Drop(a)
	k.count.want(t, "one dropped", 2, 2)
	if k.on.Has(a) || !k.on.Has(b) {
		t.Error("it has what was dropped, or not the other")
	}
	if err := k.on.Use(a, whole(t)); err != nil {
		t.Error(err)
	}
	k.on.DropAll()
	k.on.DropAll()
	k.count.want(t, "all dropped", 3, 0)
	runtime.KeepAlive(k)
}

// What was loaded in part is freed, and loaded as a whole the next time.
func TestFailsToLoad(t *testing.T) {
	t.Parallel()
	k, d := newKey(), new(acceltest.Fake)
	k.count.load = func(accel.Device) error { return accel.ErrMemory }
	if err := k.on.Use(d, whole(t)); !errors.Is(err, accel.ErrMemory) {
		t.Error(err)
	}
	k.count.want(t, "after an error", 0, 0)
	k.count.load = func(accel.Device) error { panic("while loading") }
	func() {
		defer func() {
			if recover() == nil {
				t.Error("no panic")
			}
		}()
		k.on.Use(d, whole(t)) //nolint:errcheck // it panics
	}()
	k.count.want(t, "after a panic", 0, 0)
	k.count.load = func(accel.Device) error { return nil }
	if err := k.on.Use(d, whole(t)); err != nil {
		t.Error(err)
	}
	k.on.Drop(d) // nobody holds it, whatever has failed
	k.count.want(t, "dropped", 1, 0)
}

// Drop waits for who holds a value, and for nobody else.
func TestDropWaits(t *testing.T) {
	t.Parallel()
	k, d := newKey(), new(acceltest.Fake)
	_, release, err := k.on.Hold(d)
	if err != nil {
		t.Fatal(err)
	}
	dropped := make(chan struct{})
	go func() {
		k.on.Drop(d)
		close(dropped)
	}()
	for k.on.Has(d) {
		time.Sleep(time.Millisecond)
	}
	if err := k.on.Use(d, whole(t)); err != nil { // in another place
		t.Error(err)
	}
	select {
	case <-dropped:
		t.Error("dropped while it was held")
	case <-time.After(20 * time.Millisecond):
	}
	k.count.want(t, "two places", 2, 4)
	release()
	<-dropped
	k.count.want(t, "the new one", 2, 2)
	runtime.KeepAlive(k)
}

// Of two who discard one value, the second leaves what has come in its place.
func TestDiscard(t *testing.T) {
	t.Parallel()
	k, d := newKey(), new(acceltest.Fake)
	var old *int
	use := func() {
		if err := k.on.Use(d, func(n *int) error { old = n; return nil }); err != nil {
			t.Error(err)
		}
	}
	use()
	first := old
	k.on.Discard(d, first)
	k.count.want(t, "discarded", 1, 0)
	use()
	k.on.Discard(d, first)
	k.count.want(t, "another in its place", 2, 2)
	k.on.Discard(d, old)
	k.count.want(t, "that one, too", 2, 0)
	runtime.KeepAlive(k)
}

// A device that takes long to load holds up nobody who uses another.
func TestSlowToLoad(t *testing.T) {
	t.Parallel()
	k := newKey()
	slow, quick := new(acceltest.Fake), new(acceltest.Fake)
	started, answer := make(chan struct{}), make(chan struct{})
	k.count.load = func(d accel.Device) error {
		if d == accel.Device(slow) {
			close(started)
			<-answer
		}
		return nil
	}
	done := make(chan error)
	go func() { done <- k.on.Use(slow, whole(t)) }()
	<-started
	if err := k.on.Use(quick, whole(t)); err != nil {
		t.Error(err)
	}
	k.on.Drop(quick)
	close(answer)
	if err := <-done; err != nil {
		t.Error(err)
	}
}

// All that a key has on devices is freed when nobody has the key, and a device that does not
// answer then holds up no other cleanup.
func TestGarbage(t *testing.T) {
	t.Parallel()
	answer := make(chan struct{})
	counts := func() *counts {
		k := newKey()
		k.count.free = func() { <-answer }
		for range 3 {
			if err := k.on.Use(new(acceltest.Fake), whole(t)); err != nil {
				t.Error(err)
			}
		}
		return k.count
	}()
	other := make(chan struct{})
	runtime.AddCleanup(new([64]byte), func(c chan struct{}) { close(c) }, other)
	await(t, "another cleanup is held up", func() bool {
		select {
		case <-other:
			return true
		default:
			return false
		}
	})
	close(answer)
	await(t, "something is left", func() bool {
		counts.Lock()
		defer counts.Unlock()
		return counts.held == 0
	})
}

func await(t *testing.T, what string, done func() bool) {
	t.Helper()
	for end := time.Now().Add(20 * time.Second); !done(); time.Sleep(time.Millisecond) {
		if time.Now().After(end) {
			t.Fatal(what)
		}
		runtime.GC()
	}
}
