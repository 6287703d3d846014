// SPDX-License-Identifier: Apache-2.0

package acceltest

import (
	"fmt"
	"sync"

	curve "github.com/consensys/gnark-crypto/ecc/bn254"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"github.com/zkml-go/zkml/accel"
	"github.com/zkml-go/zkml/accel/cpu"
)

// A Fake is a device that behaves like one with memory of its own, computes on the CPU and
// does so badly. The zero value does it well. Its fields are set before it is used.
type Fake struct {
	// Before is called before a call. If it returns an error, that is what the call
	// returns; it may also wait, and panic.
	Before func(Call) error
	// Lies chooses calls that return something else: a sum that is one generator too
	// large, a vector whose first element is.
	Lies When
	// Garbage chooses sums that are no points of the curve.
	Garbage When
	// Fewer chooses sums of which the last is missing.
	Fewer When
	// Held is how many bytes points and vectors may take together, and Once how many one
	// call may have beside them. 0 is without end.
	Held, Once int

	mu     sync.Mutex
	count  map[string]int
	bytes  int
	closed bool
}

var _ accel.Device = (*Fake)(nil)

// String implements accel.Device.
func (*Fake) String() string { return "fake:0" }

// Describe implements accel.Device.
func (*Fake) Describe() string { return "a CPU that pretends" }

// Count is how many calls of a kind there were.
func (f *Fake) Count(kind string) int {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.count[kind]
}

// Bytes is how many bytes points and vectors take now.
func (f *Fake) Bytes() int {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.bytes
}

// SetHeld changes Held while the device is in use.
func (f *Fake) SetHeld(bytes int) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.Held = bytes
}

// Closed reports whether Close was called.
func (f *Fake) Closed() bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.closed
}

const (
	bytesG1      = 64
	bytesG2      = 128
	bytesElement = 32
)

// call counts a call that keeps bytes and takes others while it lasts.
func (f *Fake) call(kind string, elements, keep, take int, scalars ...accel.Scalars) (Call, error) {
	f.mu.Lock()
	if f.count == nil {
		f.count = map[string]int{}
	}
	f.count[kind]++
	c := Call{Kind: kind, Number: f.count[kind], Elements: elements}
	f.mu.Unlock()
	for _, x := range scalars {
		c.Skewed = c.Skewed || skewed(x)
	}
	if f.Before != nil {
		if err := f.Before(c); err != nil {
			return c, err
		}
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.Held > 0 && f.bytes+keep > f.Held || f.Once > 0 && take > f.Once {
		return c, fmt.Errorf("%s of %d elements: %w", kind, elements, accel.ErrMemory)
	}
	f.bytes += keep
	return c, nil
}

func (f *Fake) chosen(w When, c Call) bool { return w != nil && w(c) }

// release gives bytes back, if these were not already.
func (f *Fake) release(bytes *int) {
	f.call("Free", 0, 0, 0)
	f.mu.Lock()
	defer f.mu.Unlock()
	f.bytes -= *bytes
	*bytes = 0
}

// G1 implements accel.Device.
func (f *Fake) G1(p []curve.G1Affine) (accel.G1, error) {
	if _, err := f.call("G1", len(p), bytesG1*len(p), 0); err != nil {
		return nil, err
	}
	inner, err := cpu.Device{}.G1(p)
	return &fakePoints[curve.G1Affine]{f, "MSM", inner, bytesG1 * len(p), moreG1}, err
}

// G2 implements accel.Device.
func (f *Fake) G2(p []curve.G2Affine) (accel.G2, error) {
	if _, err := f.call("G2", len(p), bytesG2*len(p), 0); err != nil {
		return nil, err
	}
	inner, err := cpu.Device{}.G2(p)
	return &fakePoints[curve.G2Affine]{f, "MSM2", inner, bytesG2 * len(p), moreG2}, err
}

// Vector implements accel.Device.
func (f *Fake) Vector(x []fr.Element) (accel.Vector, error) {
	c, err := f.call("Vector", len(x), bytesElement*len(x), 0)
	if err != nil {
		return nil, err
	}
	inner, err := cpu.Device{}.Vector(x)
	v := &fakeVector{Vector: inner, f: f, bytes: bytesElement * len(x)}
	if err == nil && f.chosen(f.Lies, c) {
		err = v.lie()
	}
	return v, err
}

// Close implements accel.Device.
func (f *Fake) Close() error {
	f.mu.Lock()
	f.closed = true
	f.mu.Unlock()
	_, err := f.call("Close", 0, 0, 0)
	return err
}
