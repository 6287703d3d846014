// SPDX-License-Identifier: Apache-2.0

package accel

import "errors"

var (
	// ErrMemory is wrapped when a device has no memory for what it is asked. The call has
	// changed nothing, and the device can go on with less.
	ErrMemory = errors.New("out of device memory")
	// ErrFault is wrapped when a device fails in any other way, or does not answer in
	// time. It should not be used again.
	ErrFault = errors.New("the device failed")
	// ErrWrong is for callers: they wrap it when what they made with a device does not
	// verify.
	ErrWrong = errors.New("wrong results")
)
