// SPDX-License-Identifier: Apache-2.0

// Package guard makes a device that can fail into one that a prover can use: it tests the
// device before it is used, leaves small tasks to the CPU, does not wait for answers
// forever, does with less memory what does not fit, and goes on with the CPU when the
// device cannot be trusted any more.
//
// NB! It does not find wrong results, but for those that are no points of the curve. That
// is for whoever calls accel.Attempt.
package guard

import (
	"context"
	"fmt"
	"sync"
	"time"

	curve "github.com/consensys/gnark-crypto/ecc/bn254"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"github.com/zkml-go/zkml/accel"
	"github.com/zkml-go/zkml/accel/cpu"
	"github.com/zkml-go/zkml/accel/selftest"
)

// Options says what the device is asked, and how long that may take.
type Options struct {
	// LeastG1 and LeastG2 are the fewest scalars, all those of a batch together, that are
	// worth the device; LeastVector is the fewest elements of a vector. 0 is all.
	LeastG1, LeastG2, LeastVector int
	// Limit is how long a call may take, PerElement how much longer for every point,
	// scalar or element, of all calls that are under way, and Startup how long the first
	// test may. 0 means 30 seconds, 20 microseconds and 2 minutes: a device that is slower
	// is none.
	Limit, PerElement, Startup time.Duration
	// Report is told, in one line, that the device was given up. nil is no one.
	Report func(line string)
}

// Defaults are options for a GPU, which takes milliseconds for the smallest sum.
func Defaults() Options {
	return Options{LeastG1: 1 << 14, LeastG2: 1 << 15, LeastVector: 1 << 14}
}

// A Device is another one and the CPU.
type Device struct {
	inner          accel.Device
	host           cpu.Device
	o              Options
	name, describe string // what the inner device said when it was well

	mu       sync.Mutex
	bad      error         // why the device is given up
	givenUp  chan struct{} // closed then
	calls    int           // that are under way
	elements int           // of these
	answered int           // calls that were, since the device was made
	idle     sync.WaitGroup

	shut    bool // it is closed, or about to be
	closing sync.Once
	closed  chan struct{} // when the inner device is
	close   error

	stats statistics
}

var _ accel.Fallible = (*Device)(nil)

// New guards a device, after it has passed a test. If it does not, it is for the caller to
// close.
func New(inner accel.Device, o Options) (*Device, error) {
	return start(inner, o, selftest.Startup())
}

func start(inner accel.Device, o Options, cases []selftest.Case) (*Device, error) {
	d := &Device{inner: inner, o: o, givenUp: make(chan struct{}), closed: make(chan struct{})}
	if d.o.Limit == 0 {
		d.o.Limit = 30 * time.Second
	}
	if d.o.PerElement == 0 {
		d.o.PerElement = 20 * time.Microsecond
	}
	if d.o.Startup == 0 {
		d.o.Startup = 2 * time.Minute
	}
	type said struct{ name, describe string }
	s, err := within(once(d.o.Startup), nil, func() (said, error) {
		err := selftest.Check(context.Background(), inner, cases)
		return said{inner.String(), inner.Describe()}, err
	})
	if err != nil {
		return nil, fmt.Errorf("the device did not pass its test: %w", err)
	}
	d.name, d.describe = s.name, s.describe
	return d, nil
}

// String implements accel.Device.
func (d *Device) String() string { return d.name }

// Describe implements accel.Device.
func (d *Device) Describe() string {
	if why := d.why(); why != nil {
		return d.host.Describe() + " in place of " + d.describe
	}
	return d.describe
}

// G1 implements accel.Device. Points that do not fit stay with the caller.
func (d *Device) G1(p []curve.G1Affine) (accel.G1, error) { return keep(d, groupG1, p, d.o.LeastG1) }

// G2 implements accel.Device. Points that do not fit stay with the caller.
func (d *Device) G2(p []curve.G2Affine) (accel.G2, error) { return keep(d, groupG2, p, d.o.LeastG2) }

// Vector implements accel.Device. One that does not fit is kept in the memory of the
// program.
func (d *Device) Vector(x []fr.Element) (accel.Vector, error) { return d.vector(x) }

// patience is how long a device that is given up may take to close.
const patience = 5 * time.Second

// Close implements accel.Device. A device that is given up always closes.
func (d *Device) Close() error {
	d.closeInner()
	bad := d.why() != nil
	limit := d.o.Limit
	if bad {
		limit = min(limit, patience)
	}
	var err error
	select {
	case <-d.closed:
		err = d.close
	case <-time.After(limit):
		err = fmt.Errorf("%w: it does not close", accel.ErrFault)
	}
	if bad {
		return nil
	}
	return err
}

// closeInner closes the inner device once, and does not wait for it.
func (d *Device) closeInner() {
	d.closing.Do(func() {
		d.mu.Lock()
		d.shut = true
		d.mu.Unlock()
		go func() {
			defer close(d.closed)
			_, d.close = protect(func() (struct{}, error) { return struct{}{}, d.inner.Close() })
		}()
	})
}
