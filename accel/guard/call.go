// SPDX-License-Identifier: Apache-2.0

package guard

import (
	"errors"
	"fmt"
	"time"

	"github.com/zkml-go/zkml/accel"
)

// call asks the inner device for something of n elements. A fault, a panic and no answer
// in time give the device up, and whoever waits for it gets ErrFault at once.
//
// What the device made is passed on and not written to variables of the caller: an answer
// that comes too late is dropped. A call that hangs may still read what it was given.
func call[T any](d *Device, kind Kind, n int, do func() (T, error)) (T, error) {
	limit, err := d.enter(n)
	if err != nil {
		var none T
		return none, err
	}
	begin := time.Now()
	out, err := within(limit, d.givenUp, func() (T, error) {
		defer d.leave(n)
		return do()
	})
	switch {
	case err == nil:
		d.stats.add(kind, true, n, time.Since(begin))
	case errors.Is(err, errGivenUp):
		err = d.why()
	case errors.Is(err, accel.ErrFault):
		d.giveUp(fmt.Errorf("%s of %d elements: %w", kind, n, err))
	}
	return out, err
}

// ask is call for what has no result but an error.
func (d *Device) ask(kind Kind, n int, do func() error) error {
	_, err := call(d, kind, n, func() (struct{}, error) { return struct{}{}, do() })
	return err
}

// enter begins a call, unless the device is given up, and returns how long it may take:
// the device may do first what it was asked before.
func (d *Device) enter(n int) (time.Duration, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	switch {
	case d.bad != nil:
		return 0, d.bad
	case d.shut:
		return 0, errClosed
	}
	d.calls++
	d.elements += n
	d.idle.Add(1)
	return time.Duration(d.calls)*d.o.Limit + time.Duration(d.elements)*d.o.PerElement, nil
}

func (d *Device) leave(n int) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.calls--
	d.elements -= n
	d.idle.Done()
}

// within calls do and waits for it until a time has passed or stop is closed. It does not
// end do, which has no way to be ended.
func within[T any](limit time.Duration, stop <-chan struct{}, do func() (T, error)) (T, error) {
	type answer struct {
		out T
		err error
	}
	answers := make(chan answer, 1)
	go func() {
		out, err := protect(do)
		answers <- answer{out, err}
	}()
	timer := time.NewTimer(limit)
	defer timer.Stop()
	var none T
	select {
	case a := <-answers:
		return a.out, a.err
	case <-stop:
		return none, errGivenUp
	case <-timer.C:
		return none, fmt.Errorf("%w: no answer in %v", accel.ErrFault, limit)
	}
}

var errClosed = errors.New("a device that was closed")

var errGivenUp = errors.New("the device was given up")

// protect makes a panic of the device a fault.
func protect[T any](do func() (T, error)) (out T, err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("%w: %v", accel.ErrFault, r)
		}
	}()
	return do()
}
