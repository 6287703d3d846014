// SPDX-License-Identifier: Apache-2.0

package devices

import (
	"context"
	"fmt"
	"time"

	"github.com/zkml-go/zkml/accel"
	"github.com/zkml-go/zkml/accel/cpu"
	"github.com/zkml-go/zkml/accel/selftest"
)

// A Found is a device that was looked at.
type Found struct {
	Name        string
	Description string
	Libraries   string        // the directory, "" of the CPU
	Opening     time.Duration // to start the worker and load the libraries
	Test        time.Duration
	Repeats     int           // of all cases of package selftest, that were passed
	Repeating   time.Duration // what these took
	// Unequal is set if a device that passed its first test failed a repeat.
	Unequal bool
	// Err is why the device cannot be used, nil if it can.
	Err error
}

// A Missing is a kind of which there is no library.
type Missing struct {
	Kind string
	Err  error // what to do to have it
}

// maxDevices is how many devices of a kind are looked at.
const maxDevices = 64

// List opens and tests every device there is, one after the other, the CPU without. Repeats
// is how many times each, the CPU too, has to pass all cases of package selftest, with other
// numbers each time and not behind a guard: the device does all of it.
func (kinds Kinds) List(ctx context.Context, o Options, repeats int) (found []Found, missing []Missing, err error) {
	host := Found{Name: "cpu", Description: cpu.Device{}.Describe()}
	host.repeat(ctx, cpu.Device{}, o, repeats)
	if ctx.Err() != nil {
		return nil, nil, ctx.Err()
	}
	found = append(found, host)
	for _, k := range kinds {
		where, err := k.Installed()
		if err != nil {
			missing = append(missing, Missing{k.Name, err})
			continue
		}
		for id := range maxDevices {
			f, there := k.look(ctx, id, o, repeats)
			if ctx.Err() != nil {
				return nil, nil, ctx.Err()
			}
			if !there && id > 0 { // the first one that is not there has a reason worth telling
				break
			}
			f.Libraries = where
			found = append(found, f)
			if !there {
				break
			}
		}
	}
	return found, missing, nil
}

// look opens and tests a device, and reports whether there is one of this number.
func (k Kind) look(ctx context.Context, id int, o Options, repeats int) (Found, bool) {
	f := Found{Name: fmt.Sprintf("%s:%d", k.Name, id)}
	begin := time.Now()
	d, err := k.work(ctx, id, o)
	f.Opening = time.Since(begin)
	if err != nil {
		f.Err = err
		return f, false
	}
	f.Description = oneLine(d.Describe())
	begin = time.Now()
	g, err := k.test(ctx, d, o)
	f.Test = time.Since(begin)
	if err != nil {
		f.Err = err
		return f, true
	}
	f.repeat(ctx, d, o, repeats)
	if err := g.Close(); f.Err == nil {
		f.Err = err
	}
	return f, true
}

// repeat runs all cases, until one fails.
func (f *Found) repeat(ctx context.Context, d accel.Device, o Options, repeats int) {
	begin := time.Now()
	for n := range repeats {
		o.Cases.Seed = uint64(n + 1)
		if err := selftest.Check(ctx, d, selftest.Cases(o.Cases)); err != nil {
			f.Unequal, f.Err = true, fmt.Errorf("repeat %d: %w", n+1, err)
			break
		}
		f.Repeats++
	}
	f.Repeating = time.Since(begin)
}
