// SPDX-License-Identifier: Apache-2.0

// Package resident keeps what belongs to a key on the devices that it is used with, from the
// first use until the key is dropped, by a call or because nobody has it any more, or the
// device is closed.
package resident

import (
	"maps"
	"runtime"
	"slices"
	"sync"

	"github.com/zkml-go/zkml/accel"
)

// A Set is what a key has on devices: a T on each. It is safe for concurrent use.
type Set[T any] struct {
	load func(accel.Device, *T) error
	free func(*T)

	mu sync.Mutex
	by map[accel.Device]*place[T]
}

// A place is what is on one device. Each has locks of its own: a device that loads slowly
// holds up nobody who uses another.
type place[T any] struct {
	loading sync.Mutex
	loaded  bool
	using   sync.RWMutex
	value   T
}

// New returns what a key has on devices: nothing yet. All is freed when the key is garbage.
//
// load fills an empty T from a device. free gives back what there is of one, be it in part: it
// is called if load fails or panics, too. It has the T empty afterwards.
//
// NB! Neither function may refer to the key, which would never be garbage.
func New[K, T any](key *K, load func(accel.Device, *T) error, free func(*T)) *Set[T] {
	s := &Set[T]{load: load, free: free, by: map[accel.Device]*place[T]{}}
	runtime.AddCleanup(key, func(s *Set[T]) { go s.DropAll() }, s) // other cleanups do not wait for devices
	return s
}

// Hold returns what is on a device, which is loaded if this is the first time or the last
// time failed. It stays there until release is called, once, at least.
func (s *Set[T]) Hold(device accel.Device) (value *T, release func(), err error) {
	s.mu.Lock()
	p := s.by[device]
	if p == nil {
		p = new(place[T])
		s.by[device] = p
	}
	p.using.RLock() // before anybody can drop it
	s.mu.Unlock()
	held := false
	defer func() {
		if !held { // by an error or a panic
			p.using.RUnlock()
		}
	}()
	if err := s.ready(device, p); err != nil {
		return nil, nil, err
	}
	held = true
	return &p.value, p.using.RUnlock, nil
}

// Use calls do with what is on a device, as Hold returns it.
func (s *Set[T]) Use(device accel.Device, do func(*T) error) error {
	value, release, err := s.Hold(device)
	if err != nil {
		return err
	}
	defer release()
	return do(value)
}

func (s *Set[T]) ready(device accel.Device, p *place[T]) error {
	p.loading.Lock()
	defer p.loading.Unlock()
	if p.loaded {
		return nil
	}
	defer func() {
		if !p.loaded { // by an error or a panic
			s.free(&p.value)
		}
	}()
	err := s.load(device, &p.value)
	p.loaded = err == nil
	return err
}

// Has reports whether anything was brought to a device and not dropped since.
func (s *Set[T]) Has(device accel.Device) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.by[device] != nil
}

// Drop frees what is on a device, once nobody holds it.
func (s *Set[T]) Drop(device accel.Device) { s.drop(device, nil) }

// Discard drops a value that Hold returned, unless it was dropped before: what has come to
// the device in its place stays.
func (s *Set[T]) Discard(device accel.Device, value *T) { s.drop(device, value) }

// DropAll frees what is on all devices, each once nobody holds it.
func (s *Set[T]) DropAll() {
	s.mu.Lock()
	devices := slices.Collect(maps.Keys(s.by))
	s.mu.Unlock()
	for _, d := range devices {
		s.Drop(d)
	}
}

func (s *Set[T]) drop(device accel.Device, value *T) {
	s.mu.Lock()
	p := s.by[device]
	if p == nil || value != nil && value != &p.value {
		s.mu.Unlock()
		return
	}
	delete(s.by, device)
	s.mu.Unlock()
	p.using.Lock()
	defer p.using.Unlock()
	s.free(&p.value)
}
