// SPDX-License-Identifier: Apache-2.0

package main

import (
	"errors"
	"flag"
	"strings"

	"github.com/zkml-go/zkml/accel"
	"github.com/zkml-go/zkml/accel/devices"
)

// deviceKinds are the devices besides the CPU.
var deviceKinds = devices.Standard()

// deviceFlag declares --device.
func deviceFlag(f *flag.FlagSet) *string {
	return f.String("device", devices.Auto, "compute on this `DEVICE`, "+devices.Standard().Names()+"; zkml devices lists them")
}

// checkDevice reports an error of the command line unless there can be a device of this name.
func checkDevice(name string) error {
	if err := deviceKinds.Check(name); err != nil {
		return usageError{err}
	}
	return nil
}

// An openDevice is the one that a command computes on.
type openDevice struct {
	inner accel.Device
	line  string // what was chosen, and why
}

// openDevice opens a device, which works until it is closed or the command is interrupted. If it
// fails while it is used, the CPU goes on and a line on standard error says so.
func (e *env) openDevice(name string) (*openDevice, error) {
	d := &openDevice{}
	_, err := e.step("opening the device", func() (err error) {
		d.inner, d.line, err = deviceKinds.Open(e.ctx, name, devices.Options{
			Report: func(line string) { e.message("warning", "%s", line) },
		})
		return err
	})
	switch {
	case err == nil:
		return d, nil
	case e.ctx.Err() != nil:
		return nil, e.ctx.Err()
	case errors.Is(err, devices.ErrName):
		return nil, usageError{err}
	}
	return nil, hinted("zkml devices says what there is; --device auto takes the CPU where there is no other", err)
}

// closeDevice closes the device. What it computed has been verified: a device that does not close
// is worth a line, and no more.
func (e *env) closeDevice(d *openDevice) {
	if err := d.inner.Close(); err != nil && e.ctx.Err() == nil {
		e.message("warning", "close the device: %v", err)
	}
}

// device returns the device for a prover, to which nil is the CPU.
func (d *openDevice) device() accel.Device {
	if d.name() == "cpu" {
		return nil
	}
	return d.inner
}

func (d *openDevice) name() string { return d.inner.String() }

// note says why the device was chosen or, if there was nothing to choose, what it is.
func (d *openDevice) note() string {
	if d.name() != "cpu" {
		return d.inner.Describe() // which may have changed
	}
	_, why, _ := strings.Cut(d.line, " (")
	return strings.TrimSuffix(why, ")")
}

// A deviceResult is what commands print of the device that they computed on.
type deviceResult struct {
	Device     string `json:"device,omitempty"`
	DeviceNote string `json:"device_note,omitempty"`
}

func (d *openDevice) result() deviceResult { return deviceResult{d.name(), d.note()} }

func (r deviceResult) row() row { return row{"device", r.Device + " (" + r.DeviceNote + ")"} }
