// SPDX-License-Identifier: Apache-2.0

package measure

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"time"

	"github.com/zkml-go/zkml/accel"
	"github.com/zkml-go/zkml/bench/machine"
)

type clock func() time.Time

type meter interface {
	Start()
	Stop() []machine.Joules
}

// An Open opens a device by the name that --device takes, until ctx ends.
type Open func(ctx context.Context, name string, use Use) (accel.Device, error)

// Use says what a device is opened for.
type Use struct {
	// Proofs is how provers use it: what is not worth the device is the CPU's. Otherwise
	// everything is the device's, however small.
	Proofs bool
	// GaveUp is to be called when the CPU goes on in place of the device, with the reason.
	GaveUp func(why string)
}

// CPU is the name of the device that is not opened: what is measured on it is measured
// without whatever wraps devices.
const CPU = "cpu"

// Serve is a child: it reads a Spec, measures, and writes messages. cases returns the
// cases of a spec.
func Serve(ctx context.Context, in io.Reader, out io.Writer, cases func(Spec) ([]Case, error), open Open) error {
	machine.Sacrifice()
	var spec Spec
	if err := json.NewDecoder(in).Decode(&spec); err != nil {
		return fmt.Errorf("specification of a measurement: %w", err)
	}
	all, err := cases(spec)
	if err != nil {
		return err
	}
	i := slices.IndexFunc(all, func(c Case) bool { return c.Name == spec.Case })
	if i < 0 {
		return fmt.Errorf("no case %q", spec.Case)
	}
	encoder := json.NewEncoder(out)
	s := &Measurement{Spec: spec, Context: ctx, clock: time.Now, send: func(m message) error { return encoder.Encode(m) },
		meter: machine.NewMeter(spec.Device != "" && spec.Device != CPU)}
	c := &all[i]
	if c.Run == nil {
		c.Run = func(s *Measurement) error { return s.opening(open) }
	} else if c.OnDevice {
		s.open = func() (err error) {
			s.Device, err = open(ctx, spec.Device, Use{Proofs: c.Proofs, GaveUp: s.gaveUp})
			return err
		}
		defer func() {
			if s.Device != nil {
				s.Device.Close()
			}
		}()
	}
	if err := c.Run(s); err != nil {
		row := s.Row(spec.Case, "")
		row.Name = cmp.Or(s.begun, row.Name)
		return s.Fail(row, err)
	}
	return nil
}

// Opening is the case of opening a device: what the first user of a program waits for. It
// is cold only.
var Opening = Case{Name: "Open", OnDevice: true}

func (s *Measurement) opening(open Open) error {
	s.Count = 0
	return s.Measure(Opening.Name, func() (*Operation, error) {
		return &Operation{
			Cold: func() (err error) {
				s.Device, err = open(s.Context, s.Spec.Device, Use{GaveUp: s.gaveUp})
				return err
			},
			Close: func() {
				if s.Device != nil {
					s.Device.Close()
				}
			},
		}, nil
	})
}
