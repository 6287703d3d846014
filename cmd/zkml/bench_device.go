// SPDX-License-Identifier: Apache-2.0

package main

import (
	"github.com/zkml-go/zkml/accel"
	"github.com/zkml-go/zkml/accel/cpu"
	"github.com/zkml-go/zkml/bench"
	"github.com/zkml-go/zkml/bench/measure"
)

// openBenchDevice opens a device by name. The CPU is opened bare, without what checks and
// replaces devices: it is what others are compared with.
var openBenchDevice measure.Open = func(name string) (accel.Device, error) {
	if name == measure.CPU {
		return cpu.Device{}, nil
	}
	return nil, usagef("--device %q: this build has no other than cpu", name)
}

// describe opens all devices and closes them again.
func (p *benchPlan) describe() ([]bench.Device, error) {
	var out []bench.Device
	for _, name := range p.devices {
		d, err := openBenchDevice(name)
		if err != nil {
			return nil, err
		}
		out = append(out, bench.Device{Name: name, Description: d.Describe()})
		if err := d.Close(); err != nil {
			return nil, err
		}
	}
	return out, nil
}
