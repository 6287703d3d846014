// SPDX-License-Identifier: Apache-2.0

package main

import (
	"flag"
	"fmt"

	"github.com/zkml-go/zkml/accel/devices"
	"github.com/zkml-go/zkml/accel/selftest"
)

var devicesCommand = &command{
	name:  "devices",
	short: "list what --device can name, and test it",
	args:  "",
	long: `
Devices lists the CPU and every device of ICICLE, whose libraries are found at run
time: set ICICLE_BACKEND_INSTALL_DIR to the directory that has its backend. Each
device is opened in a process of its own and has to pass the test that it has to
pass before each use: sums of points and transforms whose results are known.

A device that is there and cannot be used is listed with the reason; zkml proves
without it. With --repeat every device, the CPU too, has to pass all cases that
there are, among them skewed scalars and many threads, with all work on the device;
the exit code is 1 if one does not. --log-size makes these larger or smaller.`,
	setup: func(fs *flag.FlagSet) func(*env, []string) error {
		repeat := fs.Int("repeat", 0, "run all test `cases` this many times, with other numbers each time")
		logSize := fs.Int("log-size", 0, "repeat sums of at most 2^`LOG` points and transforms of 2^LOG elements (0 is 2^10 and 2^12)")
		return func(e *env, args []string) error {
			if len(args) > 0 {
				return usagef("unexpected argument %q", args[0])
			}
			if *repeat < 0 {
				return usagef("--repeat %d: want 0 or more", *repeat)
			}
			if *logSize != 0 && (*logSize < 5 || *logSize > 24) {
				return usagef("--log-size %d: want 5 to 24", *logSize)
			}
			var o devices.Options
			if *logSize != 0 {
				o.Cases = selftest.Options{Points: 1 << *logSize, LogNTT: *logSize}
			}
			var found []devices.Found
			var missing []devices.Missing
			if _, err := e.step("testing the devices", func() (err error) {
				found, missing, err = deviceKinds.List(e.ctx, o, *repeat)
				return err
			}); err != nil {
				return err
			}
			out := newDevicesResult(found, missing)
			if err := e.result(out, out.rows()); err != nil {
				return err
			}
			for _, f := range found {
				if f.Unequal {
					return fmt.Errorf("%s: %w", f.Name, f.Err)
				}
			}
			return nil
		}
	},
}

// A devicesResult is what devices prints.
type devicesResult struct {
	Devices []deviceEntry  `json:"devices"`
	Missing []missingEntry `json:"missing"`
}

type deviceEntry struct {
	Name        string `json:"name"`
	Usable      bool   `json:"usable"`
	Description string `json:"description,omitempty"`
	Libraries   string `json:"libraries,omitempty"`
	Error       string `json:"error,omitempty"`
	Repeats     int    `json:"repeats"`
	Seconds     struct {
		Open      float64 `json:"open"`
		Test      float64 `json:"test"`
		Repeating float64 `json:"repeating"`
	} `json:"seconds"`
}

type missingEntry struct {
	Kind   string `json:"kind"`
	Reason string `json:"reason"`
}

func newDevicesResult(found []devices.Found, missing []devices.Missing) *devicesResult {
	out := &devicesResult{Devices: []deviceEntry{}, Missing: []missingEntry{}}
	for _, f := range found {
		d := deviceEntry{Name: f.Name, Usable: f.Err == nil, Description: f.Description, Libraries: f.Libraries, Repeats: f.Repeats}
		if f.Err != nil {
			d.Error = f.Err.Error()
		}
		d.Seconds.Open, d.Seconds.Test = f.Opening.Seconds(), f.Test.Seconds()
		d.Seconds.Repeating = f.Repeating.Seconds()
		out.Devices = append(out.Devices, d)
	}
	for _, m := range missing {
		out.Missing = append(out.Missing, missingEntry{m.Kind, m.Err.Error()})
	}
	return out
}

func (out *devicesResult) rows() (rows []row) {
	for _, d := range out.Devices {
		passed := ""
		if d.Repeats > 0 {
			passed = fmt.Sprintf("; passed all cases %d times in %s", d.Repeats, duration(d.Seconds.Repeating))
		}
		switch {
		case d.Error != "" && d.Libraries == "":
			rows = append(rows, row{d.Name, "not usable: " + d.Error})
		case d.Error != "":
			rows = append(rows, row{d.Name, fmt.Sprintf("not usable, libraries in %s: %s", d.Libraries, d.Error)})
		case d.Libraries == "":
			rows = append(rows, row{d.Name, d.Description + passed})
		default:
			rows = append(rows, row{d.Name, fmt.Sprintf("%s; libraries in %s; opened in %s, passed its test in %s%s",
				d.Description, d.Libraries, duration(d.Seconds.Open), duration(d.Seconds.Test), passed)})
		}
	}
	for _, m := range out.Missing {
		rows = append(rows, row{m.Kind, m.Reason})
	}
	return rows
}
