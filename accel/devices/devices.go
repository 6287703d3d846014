// SPDX-License-Identifier: Apache-2.0

// Package devices opens the device that a user names: cpu, icicle:0, or auto for the best
// there is. A device that can take the program with it runs in a process of its own (package
// worker), behind a guard that goes on with the CPU when it fails (package guard).
package devices

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/zkml-go/zkml/accel"
	"github.com/zkml-go/zkml/accel/cpu"
	"github.com/zkml-go/zkml/accel/guard"
	"github.com/zkml-go/zkml/accel/icicle"
	"github.com/zkml-go/zkml/accel/selftest"
	"github.com/zkml-go/zkml/accel/worker"
)

// Auto names the first device of the first kind that is there, or else the CPU.
const Auto = "auto"

// A Kind is the devices of one library.
type Kind struct {
	// Name is what users write before the number of a device.
	Name string
	// Installed returns where the library is, without loading it. An error says what to do
	// to have it.
	Installed func() (string, error)
	// Open opens the device of a number. It is called in a process of its own.
	Open func(id int) (accel.Device, error)
	// Guard says what the devices are asked.
	Guard guard.Options
}

// Kinds are the devices that a program knows besides the CPU.
type Kinds []Kind

// Standard returns the kinds that there are: ICICLE's GPUs.
func Standard() Kinds {
	return Kinds{{
		Name:      "icicle",
		Installed: icicle.Installed,
		Open: func(id int) (accel.Device, error) {
			d, err := icicle.Open(icicle.Options{ID: id})
			if err != nil {
				return nil, err
			}
			return icicleDevice{d}, nil
		},
		Guard: guard.Defaults(),
	}}
}

// icicleDevice is a device of ICICLE. Points go to its own memory.
type icicleDevice struct{ *icicle.Device }

func (icicleDevice) CopiesPoints() bool { return true }

// ErrName is wrapped when a name is that of no device.
var ErrName = errors.New("no such device")

// parse returns the kind and the number of a name.
func (kinds Kinds) parse(name string) (Kind, int, error) {
	family, number, numbered := strings.Cut(name, ":")
	i := slices.IndexFunc(kinds, func(k Kind) bool { return k.Name == family })
	id, err := 0, error(nil)
	if numbered {
		id, err = strconv.Atoi(number)
	}
	if i < 0 || err != nil || id < 0 || numbered && strconv.Itoa(id) != number {
		return Kind{}, 0, fmt.Errorf("%w: %q, want %s", ErrName, name, kinds.Names())
	}
	return kinds[i], id, nil
}

// Names says which names there are.
func (kinds Kinds) Names() string {
	names := []string{Auto, "cpu"}
	for _, k := range kinds {
		names = append(names, k.Name+"[:N]")
	}
	last := len(names) - 1
	return strings.Join(names[:last], ", ") + " or " + names[last]
}

// Check returns an error that wraps ErrName unless the name is one that Open knows.
func (kinds Kinds) Check(name string) error {
	if name == Auto || name == "cpu" {
		return nil
	}
	_, _, err := kinds.parse(name)
	return err
}

// Options are those of Open.
type Options struct {
	// Report is told, in one line, that the device was given up and the CPU goes on. nil
	// is no one.
	Report func(line string)
	Worker worker.Options
	// Cases is how much List computes in a repeat. Its seed is not used.
	Cases selftest.Options
}

// Open opens the device of a name, which works until it is closed or ctx ends, and says in
// one line which it is and why. A device that was asked for by its name and cannot be had
// is an error; auto is then the CPU.
func (kinds Kinds) Open(ctx context.Context, name string, o Options) (accel.Device, string, error) {
	switch name {
	case "cpu":
		return chosen(cpu.Device{}, "")
	case Auto:
		return kinds.auto(ctx, o)
	}
	k, id, err := kinds.parse(name)
	if err != nil {
		return nil, "", err
	}
	d, err := k.start(ctx, id, o)
	if err != nil {
		return nil, "", fmt.Errorf("%s:%d: %w", k.Name, id, err)
	}
	return chosen(d, "")
}

// auto opens the best device there is.
func (kinds Kinds) auto(ctx context.Context, o Options) (accel.Device, string, error) {
	var reasons []string
	for _, k := range kinds {
		_, err := k.Installed()
		if err != nil {
			reasons = append(reasons, err.Error())
			continue
		}
		d, err := k.start(ctx, 0, o)
		if err == nil {
			return chosen(d, "")
		}
		if ctx.Err() != nil {
			return nil, "", ctx.Err()
		}
		reasons = append(reasons, fmt.Sprintf("%s:0: %v", k.Name, err))
	}
	return chosen(cpu.Device{}, strings.Join(reasons, "; "))
}

// chosen returns a device and the line that says why.
func chosen(d accel.Device, why string) (accel.Device, string, error) {
	if why == "" {
		why = d.Describe()
	}
	return d, fmt.Sprintf("device: %s (%s)", d, oneLine(why)), nil
}

func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

// start starts a worker with a device, and guards it.
func (k Kind) start(ctx context.Context, id int, o Options) (*guard.Device, error) {
	d, err := k.work(ctx, id, o)
	if err != nil {
		return nil, err
	}
	return k.test(ctx, d, o)
}

// work starts a worker with a device.
func (k Kind) work(ctx context.Context, id int, o Options) (accel.Device, error) {
	cmd, err := worker.Self(fmt.Sprintf("%s:%d", k.Name, id))
	if err != nil {
		return nil, err
	}
	return worker.Start(ctx, cmd, o.Worker)
}

// test guards a device, if it passes its test, or else closes it.
func (k Kind) test(ctx context.Context, d accel.Device, o Options) (*guard.Device, error) {
	settings := k.Guard
	settings.Report = o.Report
	g, err := guard.New(d, settings)
	if err != nil {
		d.Close() //nolint:errcheck // it is not used
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		return nil, err
	}
	return g, nil
}

// Main serves a device and ends the process if it was started for that, and else returns at
// once. It is the first thing that a program calls that calls Open.
func (kinds Kinds) Main() {
	worker.Main(func(name string) (accel.Device, error) {
		k, id, err := kinds.parse(name)
		if err != nil {
			return nil, err
		}
		return k.Open(id)
	})
}
