// SPDX-License-Identifier: Apache-2.0

package measure

import (
	"runtime/debug"
	"time"

	"github.com/zkml-go/zkml/bench"
	"github.com/zkml-go/zkml/bench/machine"
)

// A Phase is how long a part took.
type Phase struct {
	Name string
	Time time.Duration
	// Device is how much of it a device computed.
	Device time.Duration
	// Outside is true of what is no part of the total: that a prover verifies its proof,
	// say.
	Outside bool
}

// Total is the phase that is the sum of all others.
const Total = "total"

// A Process is something that is prepared in stages and then done in phases.
type Process struct {
	// Prepare does the stages: each calls stage with its name, and does it there.
	Prepare func(stage func(name string, do func() error) error) error
	// Do does all phases.
	Do func() ([]Phase, error)
	// Metrics are facts of what was done.
	Metrics func() []bench.Metric
}

// once is the state of what is prepared once for all operations.
const once = "once"

// MeasurePhases measures a process: a row for each stage, and for each phase and Total, cold
// and warm. Peak memory, energy and metrics are of Total.
func (s *Measurement) MeasurePhases(name string, p *Process) error {
	row := func(phase, state string) bench.Row { return s.Row(bench.With(name, "phase", phase), state) }
	failed := false
	err := p.Prepare(func(stage string, do func() error) error {
		r := row(stage, once)
		if err := s.Begin(r.Name); err != nil {
			return err
		}
		machine.ResetPeak()
		s.meter.Start()
		start := s.clock()
		err := do()
		took := s.clock().Sub(start)
		r.Energy = s.meter.Stop()
		if err != nil {
			failed = true
			return s.Fail(r, err)
		}
		r.Samples, r.Iterations, r.PeakBytes = []float64{took.Seconds()}, []int{1}, machine.PeakMemory()
		return s.Report(r)
	})
	if err != nil || failed {
		return err
	}
	debug.FreeOSMemory()
	machine.ResetPeak()
	// The first is the cold one, whether a cold sample is asked for or not.
	n := map[string]int{"cold": 1, "warm": s.Count}
	for _, state := range []string{"cold", "warm"} {
		if n[state] == 0 {
			continue
		}
		if err := s.Begin(row(Total, state).Name); err != nil {
			return err
		}
		c := &collection{rows: map[string]*bench.Row{}, device: map[string]float64{}}
		s.meter.Start()
		first, done := s.clock(), 0
		for ; done < n[state] && !s.late(first, done); done++ {
			phases, err := p.Do()
			if err != nil {
				return s.Fail(row(Total, state), err)
			}
			c.add(phases, func(phase string) bench.Row { return row(phase, state) })
			if err := s.Context.Err(); err != nil {
				return err
			}
		}
		total := c.rows[Total]
		total.Energy, total.PeakBytes = perOperation(s.meter.Stop(), done), machine.PeakMemory()
		if p.Metrics != nil {
			total.Metrics = p.Metrics()
		}
		c.shares()
		if state == "cold" && !s.Cold {
			continue
		}
		for _, phase := range c.order {
			if err := s.Report(*c.rows[phase]); err != nil {
				return err
			}
		}
	}
	return nil
}

// A collection is rows by phase.
type collection struct {
	order  []string
	rows   map[string]*bench.Row
	device map[string]float64 // seconds, of all samples
}

// share is the unit of how much of a phase a device computed.
const share = "device-%"

// shares adds to each row how much of it a device computed, if it did.
func (c *collection) shares() {
	for phase, seconds := range c.device {
		all := 0.0
		for _, x := range c.rows[phase].Samples {
			all += x
		}
		if seconds > 0 {
			r := c.rows[phase]
			r.Metrics = append(r.Metrics, bench.Metric{Unit: share, Value: 100 * seconds / all})
		}
	}
}

// add adds the phases of one operation, and Total.
func (c *collection) add(phases []Phase, row func(phase string) bench.Row) {
	total, onDevice := time.Duration(0), time.Duration(0)
	one := func(name string, took, device time.Duration) {
		r, ok := c.rows[name]
		if !ok {
			fresh := row(name)
			r = &fresh
			c.rows[name], c.order = r, append(c.order, name)
		}
		r.Samples, r.Iterations = append(r.Samples, took.Seconds()), append(r.Iterations, 1)
		c.device[name] += device.Seconds()
	}
	for _, p := range phases {
		one(p.Name, p.Time, p.Device)
		if !p.Outside {
			total += p.Time
			onDevice += p.Device
		}
	}
	one(Total, total, onDevice)
}
