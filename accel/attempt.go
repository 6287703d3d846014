// SPDX-License-Identifier: Apache-2.0

package accel

import (
	"errors"
	"fmt"
)

// A Fallible is a Device that something can replace. Package guard makes them.
type Fallible interface {
	Device
	// Instead returns what can do the same once, without giving the device up.
	Instead() Device
	// Distrust gives the device up for the rest of the program and returns what to use
	// instead. It says so once, to whoever watches the device.
	Distrust(why error) Device
}

// Attempt calls do with a device. If it fails and the device may be to blame, it calls do
// again with what can replace the device, which it gives up: before that if the error wraps
// ErrMemory or ErrFault. If it wraps ErrWrong, do may have been given something wrong
// itself, a key of something else: the device is given up only if the second call comes out
// right. If a second call is wrong, the error of Attempt does not wrap ErrWrong: no other
// Attempt, of which this one is a part, has to find out the same.
//
// NB! do must verify what it makes, and wrap ErrWrong if that fails: nothing else finds
// out that a device computes wrongly.
func Attempt(d Device, do func(Device) error) error {
	err := do(d)
	f, ok := d.(Fallible)
	switch {
	case err == nil || !ok:
		return err
	case errors.Is(err, ErrMemory) || errors.Is(err, ErrFault):
		return blameless(do(f.Distrust(err)))
	case !errors.Is(err, ErrWrong):
		return err
	}
	again := do(f.Instead())
	if again == nil {
		f.Distrust(err)
	}
	return blameless(again)
}

// blameless returns an error that does not wrap ErrWrong, if it did.
func blameless(err error) error {
	if errors.Is(err, ErrWrong) {
		return fmt.Errorf("without the device: %v", err) // not wrapped
	}
	return err
}
