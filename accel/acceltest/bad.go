// SPDX-License-Identifier: Apache-2.0

package acceltest

import (
	"fmt"

	"github.com/zkml-go/zkml/accel"
)

// Liar returns a device that computes wrongly in some calls, and does not notice.
func Liar(when When) *Fake { return &Fake{Lies: when} }

// Staller returns a device that does not answer some calls before a channel is closed.
func Staller(when When, release <-chan struct{}) *Fake {
	return &Fake{Before: func(c Call) error {
		if when(c) {
			<-release
		}
		return nil
	}}
}

// Failing returns a device that reports a fault in some calls.
func Failing(when When) *Fake {
	return &Fake{Before: func(c Call) error {
		if when(c) {
			return fmt.Errorf("%w: call %d of %s", accel.ErrFault, c.Number, c.Kind)
		}
		return nil
	}}
}

// Panicking returns a device that panics in some calls.
func Panicking(when When) *Fake {
	return &Fake{Before: func(c Call) error {
		if when(c) {
			panic(fmt.Sprintf("call %d of %s", c.Number, c.Kind))
		}
		return nil
	}}
}

// Small returns a device whose points and vectors may take some bytes together, and what
// one call has beside them others. 0 is without end.
func Small(held, once int) *Fake { return &Fake{Held: held, Once: once} }
