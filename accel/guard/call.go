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

// enter begins a call, unless the device is given up or closed. It returns how long no call
// at all may be answered, since the device may do one after the other, in any order: the
// time that all calls that are under way may take. Asked again when that has passed, it
// returns 0 if none was, or if the call was overtaken for too long: after overtaken such
// times, by more calls than were before it.
func (d *Device) enter(n int) (limit func() time.Duration, err error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	switch {
	case d.bad != nil:
		return nil, d.bad
	case d.shut:
		return nil, errClosed
	}
	d.calls++
	d.elements += n
	d.idle.Add(1)
	last := d.answered + d.calls // when all that are under way are answered
	seen, times := d.answered-1, 0
	return func() time.Duration {
		d.mu.Lock()
		defer d.mu.Unlock()
		if seen == d.answered || times >= overtaken && d.answered > last {
			return 0
		}
		seen = d.answered
		times++
		return time.Duration(d.calls)*d.o.Limit + time.Duration(d.elements)*d.o.PerElement
	}, nil
}

// overtaken is how many times to wait for a call while others are answered.
const overtaken = 4

func (d *Device) leave(n int) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.calls--
	d.elements -= n
	d.answered++
	d.idle.Done()
}

// within calls do and waits for it until limit returns 0 or stop is closed: it is called
// for a time to wait, and again whenever that has passed. It does not end do, which has no
// way to be ended.
func within[T any](limit func() time.Duration, stop <-chan struct{}, do func() (T, error)) (T, error) {
	type answer struct {
		out T
		err error
	}
	answers := make(chan answer, 1)
	timer := time.NewTimer(limit())
	defer timer.Stop()
	begin := time.Now()
	go func() {
		out, err := protect(do)
		answers <- answer{out, err}
	}()
	var none T
	for {
		select {
		case a := <-answers:
			return a.out, a.err
		case <-stop:
			return none, errGivenUp
		case <-timer.C:
			more := limit()
			if more == 0 {
				return none, fmt.Errorf("%w: no answer in %v", accel.ErrFault, time.Since(begin).Round(time.Millisecond))
			}
			timer.Reset(more)
		}
	}
}

// once returns a limit that does not grow.
func once(limit time.Duration) func() time.Duration {
	return func() time.Duration {
		out := limit
		limit = 0
		return out
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
