// SPDX-License-Identifier: Apache-2.0

package accel_test

import (
	"errors"
	"fmt"
	"slices"
	"testing"

	"github.com/zkml-go/zkml/accel"
	"github.com/zkml-go/zkml/accel/cpu"
)

// fallible is a device with a replacement for one call of do, once, and one for good.
type fallible struct {
	cpu.Device
	name  string
	given *[]error // up for
}

func (d fallible) Instead() accel.Device { return fallible{cpu.Device{}, "instead", d.given} }

func (d fallible) Distrust(why error) accel.Device {
	*d.given = append(*d.given, why)
	return fallible{cpu.Device{}, "replacement", d.given}
}

// TestAttempt has do fail once or twice, for all reasons.
func TestAttempt(t *testing.T) {
	t.Parallel()
	wrong, fault, memory := fmt.Errorf("a: %w", accel.ErrWrong), fmt.Errorf("b: %w", accel.ErrFault), fmt.Errorf("c: %w", accel.ErrMemory)
	other := errors.New("the caller's mistake")
	for _, c := range []struct {
		name    string
		errs    []error
		on      []string // what do is called with
		given   error    // what the device is given up for
		want    error    // nil: another error, unless the last of errs is nil
		wrapped bool
	}{
		{"fine", []error{nil}, []string{"device"}, nil, nil, false},
		{"other", []error{other}, []string{"device"}, nil, other, true},
		{"fault", []error{fault, nil}, []string{"device", "replacement"}, fault, nil, false},
		{"memory", []error{memory, nil}, []string{"device", "replacement"}, memory, nil, false},
		{"fault twice", []error{fault, fault}, []string{"device", "replacement"}, fault, fault, true},
		{"fault, then wrong", []error{fault, wrong}, []string{"device", "replacement"}, fault, nil, false},
		{"wrong", []error{wrong, nil}, []string{"device", "instead"}, wrong, nil, false},
		{"wrong twice", []error{wrong, wrong}, []string{"device", "instead"}, nil, nil, false},
		{"wrong, then other", []error{wrong, other}, []string{"device", "instead"}, nil, other, true},
	} {
		var given []error
		var on []string
		err := accel.Attempt(fallible{cpu.Device{}, "device", &given}, func(d accel.Device) error {
			on = append(on, d.(fallible).name)
			return c.errs[len(on)-1]
		})
		if !slices.Equal(on, c.on) {
			t.Errorf("%s: on %v, want %v", c.name, on, c.on)
		}
		if c.given == nil && len(given) > 0 || c.given != nil && (len(given) != 1 || given[0] != c.given) {
			t.Errorf("%s: given up for %v, want %v", c.name, given, c.given)
		}
		switch last := c.errs[len(c.errs)-1]; {
		case last == nil:
			if err != nil {
				t.Errorf("%s: got %v", c.name, err)
			}
		case c.wrapped && !errors.Is(err, c.want), !c.wrapped && (err == nil || errors.Is(err, accel.ErrWrong)):
			t.Errorf("%s: got %v", c.name, err)
		}
	}
}

// TestAttemptWithin has one Attempt within another, as the wrap of a proof is, with a key that
// no device gets right: do is called twice, and nothing is given up.
func TestAttemptWithin(t *testing.T) {
	t.Parallel()
	var given []error
	calls := 0
	err := accel.Attempt(fallible{cpu.Device{}, "device", &given}, func(d accel.Device) error {
		return accel.Attempt(d, func(accel.Device) error {
			calls++
			return accel.ErrWrong
		})
	})
	if err == nil || calls != 2 || len(given) > 0 {
		t.Errorf("got %v after %d calls, given up for %v", err, calls, given)
	}
}
