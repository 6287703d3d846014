// SPDX-License-Identifier: Apache-2.0

package measure

import (
	"fmt"
	"runtime/debug"
	"time"

	"github.com/zkml-go/zkml/bench"
	"github.com/zkml-go/zkml/bench/machine"
)

// An Operation is what a kernel does.
type Operation struct {
	// Cold does it for the first time, with everything that the first time takes: points
	// and vectors go to the device. nil is Warm(1).
	Cold func() error
	// Warm does it n times.
	Warm func(n int) error
	// Check says whether what Cold or Warm made since the last check is right, or at least
	// the last of it; it is not timed and does nothing over again. A row whose result is
	// wrong failed. nil is for what makes no result.
	Check func() error
	// Elements and Work are of a row.
	Elements int
	Work     bench.Work
	// Rate, if not 0, makes the samples Rate per second instead of seconds, with this unit.
	Rate     float64
	RateUnit string
	// Close gives back what was taken.
	Close func()
}

// Measure measures an operation cold and warm. prepare makes its inputs.
func (s *Measurement) Measure(name string, prepare func() (*Operation, error)) error {
	return s.measure(s.Row(name, "cold"), s.Row(name, "warm"), prepare)
}

// MeasureWarm is Measure of a row that is never cold.
func (s *Measurement) MeasureWarm(row bench.Row, prepare func() (*Operation, error)) error {
	if s.Cold = false; s.Count == 0 {
		return nil // a process that is there for a cold sample
	}
	return s.measure(row, row, prepare)
}

func (s *Measurement) measure(cold, warm bench.Row, prepare func() (*Operation, error)) error {
	first := cold
	if !s.Cold {
		first = warm
	}
	if err := s.Begin(first.Name); err != nil {
		return err
	}
	o, err := prepare()
	if err != nil {
		return s.Fail(first, err)
	}
	if o.Close != nil {
		defer o.Close()
	}
	debug.FreeOSMemory() // what making the inputs took is not of the operation
	machine.ResetPeak()
	if s.Cold {
		if ok, err := s.cold(cold, o); !ok {
			return err
		}
	}
	if s.Count == 0 {
		return nil
	}
	return s.warm(warm, o)
}

// cold measures a cold sample and reports whether there is more to measure.
func (s *Measurement) cold(row bench.Row, o *Operation) (more bool, err error) {
	do := o.Cold
	if do == nil {
		do = func() error { return o.Warm(1) }
	}
	s.meter.Start()
	start := s.clock()
	err = do()
	took := s.clock().Sub(start)
	energy := s.meter.Stop()
	if err == nil && o.Check != nil {
		err = o.Check()
	}
	if err != nil {
		return false, s.Fail(row, err)
	}
	row.Samples, row.Iterations = []float64{took.Seconds()}, []int{1}
	if o.Rate != 0 {
		row.Samples[0], row.Unit = o.Rate/took.Seconds(), o.RateUnit
	}
	row.Elements, row.Energy, row.PeakBytes = o.Elements, energy, machine.PeakMemory()
	return true, s.Report(row)
}

// warm measures all warm samples.
func (s *Measurement) warm(row bench.Row, o *Operation) error {
	if err := s.Begin(row.Name); err != nil {
		return err
	}
	n, err := s.repetitions(o.Warm)
	if err != nil {
		return s.Fail(row, err)
	}
	s.meter.Start()
	first := s.clock()
	for len(row.Samples) < s.Count && !s.late(first, len(row.Samples)) {
		start := s.clock()
		if err := o.Warm(n); err != nil {
			return s.Fail(row, err)
		}
		each := s.clock().Sub(start).Seconds() / float64(n)
		if o.Rate != 0 {
			each = o.Rate / each
		}
		row.Samples, row.Iterations = append(row.Samples, each), append(row.Iterations, n)
		if err := s.Context.Err(); err != nil {
			return err
		}
	}
	row.Energy = perOperation(s.meter.Stop(), n*len(row.Samples))
	if o.Check != nil {
		if err := o.Check(); err != nil {
			return s.Fail(row, err)
		}
	}
	if o.Rate != 0 {
		row.Unit = o.RateUnit
	}
	row.Elements, row.Work, row.PeakBytes = o.Elements, o.Work, machine.PeakMemory()
	return s.Report(row)
}

// late reports whether n samples, of which the first began then, are enough.
func (s *Measurement) late(first time.Time, n int) bool {
	return n > 0 && s.Limit > 0 && s.clock().Sub(first) >= s.Limit
}

// maxRepetitions bounds what a clock that stands still would ask for.
const maxRepetitions = 1 << 40

// repetitions returns how often an operation is done for a sample to take s.Time. As a
// side effect everything is warm.
func (s *Measurement) repetitions(do func(n int) error) (int, error) {
	for n := 1; ; {
		start := s.clock()
		if err := do(n); err != nil {
			return 0, err
		}
		took := s.clock().Sub(start)
		if took >= s.Time || n >= maxRepetitions {
			return n, nil
		}
		// A fifth more than it takes, and not far from what is known.
		next := float64(n) * 1.2 * float64(s.Time) / float64(max(took, 1))
		n = max(n+1, min(int(next), 100*n))
	}
}

func perOperation(all []machine.Joules, n int) []machine.Joules {
	for i := range all {
		all[i].Joules /= float64(n)
	}
	return all
}

// Wrong is the error of a result that is not right.
func Wrong(what string) error { return fmt.Errorf("wrong result: %s", what) }
