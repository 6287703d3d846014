// SPDX-License-Identifier: Apache-2.0

package measure

import (
	"context"
	"errors"
	"slices"
	"testing"
	"time"

	"github.com/zkml-go/zkml/bench"
	"github.com/zkml-go/zkml/bench/machine"
)

// A stopwatch is a clock that operations advance, and a meter of a watt.
type stopwatch struct {
	now   time.Time
	start time.Time
}

func (w *stopwatch) Start() { w.start = w.now }

func (w *stopwatch) Stop() []machine.Joules {
	return []machine.Joules{{Source: "cpu", Joules: w.now.Sub(w.start).Seconds()}}
}

// measurement returns a measurement by a stopwatch, and the rows that it reports.
func measurement(s Spec) (*Measurement, *stopwatch, *[]bench.Row) {
	w := &stopwatch{now: time.Unix(0, 0)}
	var rows []bench.Row
	return &Measurement{Spec: s, Context: context.Background(), meter: w, clock: func() time.Time { return w.now }, send: func(m message) error {
		if m.Row != nil {
			rows = append(rows, *m.Row)
		}
		return nil
	}}, w, &rows
}

func TestMeasure(t *testing.T) {
	t.Parallel()
	s, w, rows := measurement(Spec{Device: "cpu", Count: 2, Cold: true, Time: 10 * time.Millisecond})
	// Cold it takes a second, warm a millisecond.
	var done []int
	op := &Operation{
		Cold: func() error { w.now = w.now.Add(time.Second); return nil },
		Warm: func(n int) error {
			w.now = w.now.Add(time.Duration(n) * time.Millisecond)
			done = append(done, n)
			return nil
		},
		Elements: 7,
	}
	if err := s.Measure("K/log2n=3", func() (*Operation, error) { return op, nil }); err != nil {
		t.Fatal(err)
	}
	if len(*rows) != 2 {
		t.Fatalf("%d rows, want 2", len(*rows))
	}
	cold, warm := (*rows)[0], (*rows)[1]
	if cold.Name != "K/log2n=3/device=cpu/state=cold" || !slices.Equal(cold.Samples, []float64{1}) || cold.Energy[0].Joules != 1 {
		t.Errorf("cold %+v", cold)
	}
	// One is too short; a fifth more than ten are not. Then two samples.
	if want := []int{1, 12, 12, 12}; !slices.Equal(done, want) {
		t.Errorf("repetitions %v, want %v", done, want)
	}
	if warm.Name != "K/log2n=3/device=cpu/state=warm" || !slices.Equal(warm.Samples, []float64{0.001, 0.001}) || !slices.Equal(warm.Iterations, []int{12, 12}) || warm.Elements != 7 {
		t.Errorf("warm %+v", warm)
	}
	if j := warm.Energy[0].Joules; j < 0.000999 || j > 0.001001 {
		t.Errorf("%v joules for an operation of a millisecond at a watt", j)
	}
}

// Rates are what is done in a second; an operation without a cold part is done once.
func TestMeasureRate(t *testing.T) {
	t.Parallel()
	s, w, rows := measurement(Spec{Count: 1, Cold: true})
	op := &Operation{Warm: func(n int) error { w.now = w.now.Add(time.Duration(n) * time.Second / 4); return nil }, Rate: 100, RateUnit: "B/s"}
	prepare := func() (*Operation, error) { return op, nil }
	if err := s.Measure("C", prepare); err != nil {
		t.Fatal(err)
	}
	if err := s.MeasureWarm(s.Row("D", ""), prepare); err != nil {
		t.Fatal(err)
	}
	if outline(*rows) != "C/state=cold; C/state=warm; D" {
		t.Fatalf("rows %s", outline(*rows))
	}
	for _, r := range *rows {
		if r.Unit != "B/s" || !slices.Equal(r.Samples, []float64{400}) {
			t.Errorf("row %+v", r)
		}
	}
}

func TestMeasureColdOnly(t *testing.T) {
	t.Parallel()
	none, _, reported := measurement(Spec{Cold: true})
	begun := 0
	none.send = func(message) error { begun++; return nil }
	if err := none.MeasureWarm(none.Row("W", "warm"), func() (*Operation, error) { return nil, errors.New("there is nothing to measure") }); err != nil || begun != 0 || len(*reported) != 0 {
		t.Errorf("%d messages of a row that has no cold samples, %v", begun, err)
	}
	s, _, rows := measurement(Spec{Cold: true})
	closed := false
	op := &Operation{Cold: func() error { return nil }, Warm: func(int) error { return errors.New("it is not to be warm") }, Close: func() { closed = true }}
	if err := s.Measure("K", func() (*Operation, error) { return op, nil }); err != nil || outline(*rows) != "K/state=cold" || !closed {
		t.Errorf("rows %s, closed %t, %v", outline(*rows), closed, err)
	}
}

// A row of long samples has fewer.
func TestMeasureLimit(t *testing.T) {
	t.Parallel()
	s, w, rows := measurement(Spec{Count: 9, Limit: 5 * time.Second})
	second := func(n int) error { w.now = w.now.Add(2 * time.Second * time.Duration(n)); return nil }
	if err := s.Measure("K", func() (*Operation, error) { return &Operation{Warm: second}, nil }); err != nil {
		t.Fatal(err)
	}
	p := &Process{Prepare: func(func(string, func() error) error) error { return nil }, Do: func() ([]Phase, error) {
		return []Phase{{Name: "prove", Time: 2 * time.Second, Device: time.Second}}, second(1)
	}}
	if err := s.MeasurePhases("M", p); err != nil {
		t.Fatal(err)
	}
	if outline(*rows) != "K/state=warm; M/phase=prove/state=warm; M/phase=total/state=warm" {
		t.Fatalf("rows %s", outline(*rows))
	}
	for _, r := range *rows {
		if len(r.Samples) != 3 || r.Energy != nil && r.Energy[0].Joules != 2 {
			t.Errorf("%s: %d samples of two seconds, want three: %+v", r.Name, len(r.Samples), r)
		}
	}
	for _, r := range (*rows)[1:] {
		if len(r.Metrics) != 1 || r.Metrics[0] != (bench.Metric{Unit: share, Value: 50}) {
			t.Errorf("%s: metrics %v, want half by the device", r.Name, r.Metrics)
		}
	}
}

// What fails warm leaves the cold row.
func TestMeasureFailsLater(t *testing.T) {
	t.Parallel()
	s, _, rows := measurement(Spec{Cold: true, Count: 1})
	checks := 0
	op := &Operation{Warm: func(int) error { return nil }, Check: func() error {
		if checks++; checks > 1 {
			return Wrong("of the second kind")
		}
		return nil
	}}
	if err := s.Measure("K", func() (*Operation, error) { return op, nil }); err != nil {
		t.Fatal(err)
	}
	if want := "K/state=cold; K/state=warm: wrong result: of the second kind"; outline(*rows) != want {
		t.Errorf("got %s, want %s", outline(*rows), want)
	}
}

func TestMeasurePhases(t *testing.T) {
	t.Parallel()
	s, w, rows := measurement(Spec{Cold: true, Count: 2})
	n := 0
	p := &Process{
		Prepare: func(stage func(string, func() error) error) error {
			return stage("setup", func() error { w.now = w.now.Add(3 * time.Second); return nil })
		},
		Do: func() ([]Phase, error) {
			n++
			took := time.Duration(n) * time.Second
			w.now = w.now.Add(2 * took)
			return []Phase{{Name: "prove", Time: took}, {Name: "wrap", Time: took}, {Name: "verify", Time: time.Second, Outside: true}}, nil
		},
		Metrics: func() []bench.Metric { return []bench.Metric{{Unit: "constraints", Value: 5}} },
	}
	if err := s.MeasurePhases("M/model=x", p); err != nil {
		t.Fatal(err)
	}
	want := map[string][]float64{
		"setup/state=once": {3}, "prove/state=cold": {1}, "wrap/state=cold": {1}, "verify/state=cold": {1}, "total/state=cold": {2},
		"prove/state=warm": {2, 3}, "wrap/state=warm": {2, 3}, "verify/state=warm": {1, 1}, "total/state=warm": {4, 6},
	}
	if len(*rows) != len(want) {
		t.Errorf("%d rows, want %d", len(*rows), len(want))
	}
	for _, r := range *rows {
		name := r.Name[len("M/model=x/phase="):]
		if !slices.Equal(r.Samples, want[name]) {
			t.Errorf("%s: samples %v, want %v", name, r.Samples, want[name])
		}
		if total := r.Param("phase") == Total; total != (len(r.Metrics) == 1) {
			t.Errorf("%s: metrics %v", name, r.Metrics)
		}
		if name == "total/state=warm" && r.Energy[0].Joules != 5 {
			t.Errorf("%v joules, want the mean of 4 and 6", r.Energy[0].Joules)
		}
	}
}

// A stage that fails is the last row.
func TestMeasurePhasesFails(t *testing.T) {
	t.Parallel()
	s, _, rows := measurement(Spec{Cold: true, Count: 1})
	p := &Process{Prepare: func(stage func(string, func() error) error) error {
		if err := stage("compile", func() error { return nil }); err != nil {
			return err
		}
		return stage("setup", func() error { return errors.New("too large") })
	}, Do: func() ([]Phase, error) { return nil, errors.New("there is nothing to do") }}
	if err := s.MeasurePhases("M", p); err != nil {
		t.Fatal(err)
	}
	if want := "M/phase=compile/state=once; M/phase=setup/state=once: too large"; outline(*rows) != want {
		t.Errorf("got %s, want %s", outline(*rows), want)
	}
}
