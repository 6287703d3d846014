// SPDX-License-Identifier: Apache-2.0

package guard

import (
	"sync"
	"time"
)

// A Kind is one of the things that a device is asked.
type Kind int

// The kinds of calls.
const (
	KeepG1   Kind = iota // G1: points are copied
	KeepG2               // G2
	Keep                 // Vector: elements are copied
	Read                 // Vector.Read
	MSMG1                // G1.MSM
	MSMG2                // G2.MSM
	NTT                  // Vector.NTT and Vector.INTT
	Elements             // Vector.Add, Sub, Mul and Scale
	Free
	numKinds
)

var kindNames = [numKinds]string{"points of G1", "points of G2", "vector", "read", "MSM G1", "MSM G2", "NTT", "elements", "free"}

// String is the name of a kind, for people.
func (k Kind) String() string { return kindNames[k] }

// Work is what was done of a kind.
type Work struct {
	Calls int
	// Elements is the number of points, scalars or elements of all calls together.
	Elements int
	// Time is from the question to the answer, waiting included.
	Time time.Duration
}

// Share is what the device and what the CPU did of a kind. Calls that failed do not count.
type Share struct {
	Kind        Kind
	Device, CPU Work
}

// Stats returns what was done since the device was made, without its test: one share for
// each kind, in order.
func (d *Device) Stats() []Share {
	d.stats.mu.Lock()
	defer d.stats.mu.Unlock()
	out := make([]Share, numKinds)
	for k := range out {
		out[k] = d.stats.shares[k]
		out[k].Kind = Kind(k)
	}
	return out
}

type statistics struct {
	mu     sync.Mutex
	shares [numKinds]Share
}

func (s *statistics) add(k Kind, device bool, n int, t time.Duration) {
	s.mu.Lock()
	defer s.mu.Unlock()
	w := &s.shares[k].CPU
	if device {
		w = &s.shares[k].Device
	}
	w.Calls++
	w.Elements += n
	w.Time += t
}

// onCPU counts what the CPU does in place of the device.
func onCPU[T any](d *Device, kind Kind, n int, do func() (T, error)) (T, error) {
	begin := time.Now()
	out, err := do()
	if err == nil {
		d.stats.add(kind, false, n, time.Since(begin))
	}
	return out, err
}
