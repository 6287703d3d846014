// SPDX-License-Identifier: Apache-2.0

package main

import (
	"context"
	"errors"
	"slices"

	"github.com/zkml-go/zkml/accel"
	"github.com/zkml-go/zkml/accel/cpu"
	"github.com/zkml-go/zkml/accel/devices"
	"github.com/zkml-go/zkml/bench"
	"github.com/zkml-go/zkml/bench/measure"
)

// openBenchDevice opens a device by name. The CPU is opened bare: it is what others are
// compared with.
func openBenchDevice(ctx context.Context, name string, use measure.Use) (accel.Device, error) {
	if name == measure.CPU {
		return cpu.Device{}, nil
	}
	kinds := slices.Clone(deviceKinds)
	if !use.Proofs {
		for i := range kinds {
			g := &kinds[i].Guard
			g.LeastG1, g.LeastG2, g.LeastVector = 0, 0, 0
		}
	}
	d, _, err := kinds.Open(ctx, name, devices.Options{Report: use.GaveUp})
	return d, err
}

// describe opens all devices and closes them again. Rows name a device as it names itself:
// auto is the one that was chosen.
func (p *benchPlan) describe(ctx context.Context) ([]bench.Device, error) {
	var out []bench.Device
	for _, name := range p.devices {
		d, err := openBenchDevice(ctx, name, measure.Use{})
		switch {
		case errors.Is(err, devices.ErrName):
			return nil, usageError{err}
		case err != nil:
			return nil, hinted("zkml devices says what there is", err)
		}
		found := bench.Device{Name: d.String(), Description: d.Describe()}
		if !slices.Contains(out, found) {
			out = append(out, found)
		}
		if err := d.Close(); err != nil {
			return nil, err
		}
	}
	p.devices = p.devices[:0:0]
	for _, d := range out {
		p.devices = append(p.devices, d.Name)
	}
	return out, nil
}
