// SPDX-License-Identifier: Apache-2.0

package measure

import (
	"context"
	"sync"
	"time"

	"github.com/zkml-go/zkml/accel"
	"github.com/zkml-go/zkml/bench"
)

// A Case is something to measure in a process of its own.
type Case struct {
	// Name is the name of the benchmark and its parameters, without device and state.
	Name string
	// OnDevice is true of what a device computes: it is measured on each that is asked for.
	// Other cases are the CPU's.
	OnDevice bool
	// Proofs is true of a case that uses the device as provers do, see Use.
	Proofs bool
	// Run measures, and reports rows to s. nil measures how long the device takes to open.
	Run func(s *Measurement) error
}

// A Spec says what a child measures, and how.
type Spec struct {
	Case   string `json:"case"`
	Device string `json:"device,omitempty"`
	// Count is the number of samples of what is warm, 0 for cold ones only.
	Count int `json:"count"`
	// Time is how long a sample takes at least: shorter operations are repeated.
	Time time.Duration `json:"time"`
	// Limit is when no further sample of a row begins, 0 for never.
	Limit time.Duration `json:"limit,omitempty"`
	// Cold asks for a cold sample.
	Cold bool `json:"cold"`
	// Sizes are the logarithms of sizes to measure kernels at, empty for their own, and
	// Models the models to prove: the lists that the case is found in.
	Sizes  []int    `json:"sizes,omitempty"`
	Models []string `json:"models,omitempty"`
}

// Name returns the name of the case with its device.
func (s *Spec) Name() string {
	if s.Device == "" {
		return s.Case
	}
	return bench.With(s.Case, "device", s.Device)
}

// A Measurement is one case in its process.
type Measurement struct {
	Spec
	Context context.Context
	// Device is what computes, if the case is OnDevice. It is there once a row began: one
	// that cannot be opened fails in the name of the first row.
	Device accel.Device

	meter meter
	clock clock
	send  func(message) error

	open  func() error // opens Device, until it was called
	begun string       // the row that began last

	mu   sync.Mutex
	lost string // why the device is no longer used
}

// A message is what a child tells its parent: that a row begins, or a row.
type message struct {
	Begin string     `json:"begin,omitempty"`
	Row   *bench.Row `json:"row,omitempty"`
}

// Row returns a row of the case, of a name with the device and the state added.
func (s *Measurement) Row(name, state string) bench.Row {
	if s.Spec.Device != "" {
		name = bench.With(name, "device", s.Spec.Device)
	}
	if state != "" {
		name = bench.With(name, "state", state)
	}
	return bench.Row{Name: name, Unit: bench.Seconds}
}

// Begin says that a row is about to be measured: should the process end before Report,
// that row is the one that failed.
func (s *Measurement) Begin(name string) error {
	if err := s.send(message{Begin: name}); err != nil {
		return err
	}
	s.begun = name
	if open := s.open; open != nil {
		s.open = nil
		return open()
	}
	return nil
}

// Report hands a row over. If the CPU went on in place of the device, the row failed: it is
// not of the device that its name says.
func (s *Measurement) Report(row bench.Row) error {
	s.mu.Lock()
	if s.lost != "" && row.Failure == "" {
		row.Failure, row.Samples, row.Iterations = s.lost, nil, nil
	}
	s.mu.Unlock()
	return s.send(message{Row: &row})
}

// gaveUp is a Use's.
func (s *Measurement) gaveUp(why string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.lost == "" {
		s.lost = why
	}
}

// Fail reports that a row failed.
func (s *Measurement) Fail(row bench.Row, why error) error {
	row.Failure, row.Samples, row.Iterations = why.Error(), nil, nil
	return s.Report(row)
}
