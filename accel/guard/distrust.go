// SPDX-License-Identifier: Apache-2.0

package guard

import (
	"fmt"
	"strings"
	"time"

	"github.com/zkml-go/zkml/accel"
)

// Distrust implements accel.Fallible. It returns the same device, which from now on is the
// CPU: points can be used as before, vectors that were on the device return ErrFault.
func (d *Device) Distrust(why error) accel.Device {
	d.giveUp(why)
	return d
}

// Instead implements accel.Fallible. It returns the CPU, which takes no points and vectors of
// the device.
func (d *Device) Instead() accel.Device { return d.host }

// giveUp gives the device up, and says so, if it was not already.
func (d *Device) giveUp(why error) {
	d.mu.Lock()
	first := d.bad == nil
	if first {
		d.bad = fmt.Errorf("%w and was given up: %v", accel.ErrFault, why)
		close(d.givenUp)
	}
	d.mu.Unlock()
	if !first {
		return
	}
	if d.o.Report != nil {
		text := strings.Join(strings.Fields(why.Error()), " ")
		d.o.Report(fmt.Sprintf("%s is given up, the CPU goes on: %s", d.name, text))
	}
	go d.closeLater()
}

// closeLater closes the inner device when its calls have ended, or are not going to.
func (d *Device) closeLater() {
	ended := make(chan struct{})
	go func() {
		d.idle.Wait()
		close(ended)
	}()
	select {
	case <-ended:
	case <-time.After(d.o.Limit):
	}
	d.closeInner()
}

// why returns why the device is given up, or nil.
func (d *Device) why() error {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.bad
}
