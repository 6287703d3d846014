// SPDX-License-Identifier: Apache-2.0

package bench

import (
	"fmt"
	"math"
	"slices"
	"strconv"
)

// Work is what an operation takes at least. Counts leave out what depends on chance or is
// small, so that a share of a ceiling is what the kernel surely reaches, and never more
// than 100 %: see package micro for the formulas.
type Work struct {
	// Mul64 is products of 64-bit words, by the integer unit.
	Mul64 float64 `json:"mul64,omitempty"`
	// Mul52 is halves of products of 52-bit words, by the vector unit.
	Mul52 float64 `json:"mul52,omitempty"`
	// Bytes are what must be read and written.
	Bytes float64 `json:"bytes,omitempty"`
	// WorkingSet is the size of the memory in which these bytes are. 0 means Bytes.
	WorkingSet float64 `json:"working_set,omitempty"`
	// Single is true of what one thread does; other work may use all.
	Single bool `json:"single,omitempty"`
}

// A Share is how much of a ceiling a row reaches.
type Share struct {
	// Ceiling is mul64, mul52 or memory.
	Ceiling string
	// Of is the share, 1 if nothing faster is possible.
	Of float64
}

// String returns the share in percent.
func (s Share) String() string { return fmt.Sprintf("%.0f %% %s", 100*s.Of, s.Ceiling) }

// CeilingName is the name of the benchmark that measures a ceiling of a kind with one
// thread or all, and for memory at a working set.
func CeilingName(kind string, single bool, workingSet int) string {
	name := With(ceiling, "kind", kind)
	if workingSet > 0 {
		name = With(name, "bytes", strconv.Itoa(workingSet))
	}
	threads := "all"
	if single {
		threads = "1"
	}
	return With(name, "threads", threads)
}

// Ceilings are what a machine does at best, per second.
type Ceilings struct {
	products map[bool]map[string]float64 // by Single and kind
	memory   map[bool][]bandwidth        // by Single, of rising working sets
}

type bandwidth struct{ bytes, rate float64 }

// Ceilings returns the ceilings among the rows. The best sample is the ceiling.
func (r *Report) Ceilings() *Ceilings {
	c := &Ceilings{map[bool]map[string]float64{true: {}, false: {}}, map[bool][]bandwidth{}}
	for i := range r.Rows {
		row := &r.Rows[i]
		if row.Base() != ceiling || len(row.Samples) == 0 || row.Failure != "" {
			continue
		}
		single, kind, best := row.Param("threads") == "1", row.Param("kind"), slices.Max(row.Samples)
		if size, err := strconv.ParseFloat(row.Param("bytes"), 64); err == nil {
			c.memory[single] = append(c.memory[single], bandwidth{size, best})
			continue
		}
		c.products[single][kind] = best
	}
	return c
}

// rate returns the highest bandwidth at the largest measured working set that is not
// larger than size, and at all above it: smaller ones are in faster memory, which a larger
// one cannot be in.
func (c *Ceilings) rate(single bool, size float64) float64 {
	from := math.Inf(1)
	for _, b := range c.memory[single] {
		from = min(from, b.bytes)
	}
	for _, b := range c.memory[single] {
		if b.bytes <= size {
			from = max(from, b.bytes)
		}
	}
	best := 0.0
	for _, b := range c.memory[single] {
		if b.bytes >= from {
			best = max(best, b.rate)
		}
	}
	return best
}

// Share returns the largest share that the median of a row has of a ceiling, and false if
// there is none to speak of: nothing was counted, the row is of another device than the
// CPU, or the ceilings were not measured.
//
// An error says that the share is more than 100 %. Then the count is wrong, or the machine
// was busier when its ceilings were measured, and no share of the run can be believed.
func (c *Ceilings) Share(row *Row) (share Share, ok bool, err error) {
	device := row.Param("device")
	if len(row.Samples) == 0 || row.Failure != "" || row.Unit != Seconds || (device != "" && device != "cpu") {
		return share, false, nil
	}
	w, took := &row.Work, row.Value()
	size := w.WorkingSet
	if size == 0 {
		size = w.Bytes
	}
	for _, x := range []struct {
		name         string
		amount, rate float64
	}{
		{"mul64", w.Mul64, c.products[w.Single]["mul64"]},
		{"mul52", w.Mul52, c.products[w.Single]["mul52"]},
		{"memory", w.Bytes, c.rate(w.Single, size)},
	} {
		if x.amount == 0 || x.rate == 0 {
			continue
		}
		if of := x.amount / took / x.rate; !ok || of > share.Of {
			share, ok = Share{x.name, of}, true
		}
	}
	if share.Of > 1 {
		err = fmt.Errorf("%s: %.1f %% of the %s ceiling: the count is wrong, or the machine was busier when its ceilings were measured",
			row.Name, 100*share.Of, share.Ceiling)
	}
	return share, ok, err
}
