// SPDX-License-Identifier: Apache-2.0

package accel

import "errors"

// A Fallible is a Device that something can replace. Package guard makes them.
type Fallible interface {
	Device
	// Distrust gives the device up for the rest of the program and returns what to use
	// instead. It says so once, to whoever watches the device.
	Distrust(why error) Device
}

// Attempt calls do with a device. If it fails and the device is to blame, because the
// error wraps ErrMemory, ErrFault or ErrWrong, it gives the device up and calls do again
// with what replaces it.
//
// NB! do must verify what it makes, and wrap ErrWrong if that fails: nothing else finds
// out that a device computes wrongly.
func Attempt(d Device, do func(Device) error) error {
	err := do(d)
	if err == nil || !blames(err) {
		return err
	}
	f, ok := d.(Fallible)
	if !ok {
		return err
	}
	return do(f.Distrust(err))
}

func blames(err error) bool {
	return errors.Is(err, ErrMemory) || errors.Is(err, ErrFault) || errors.Is(err, ErrWrong)
}
