// SPDX-License-Identifier: Apache-2.0

package fraction

import "github.com/zkml-go/zkml/internal/parallel"

// Units of 2^leafLog leaves are live or not. A table some of whose units are dead is
// filled up before its units would be less than 2^minLog entries.
const (
	leafLog  = 13
	minLog   = 8
	denseLog = 10
)

// units are the parts of a table that are worked on: those of 2^log entries with the
// given numbers, in ascending order.
type units struct {
	log int
	ids []int
}

// dense returns all units of a table of 2^vars entries.
func dense(vars int) units {
	u := units{log: min(vars, denseLog)}
	u.ids = make([]int, 1<<(vars-u.log))
	for i := range u.ids {
		u.ids[i] = i
	}
	return u
}

// all reports whether a table of 2^vars entries has no other units.
func (u units) all(vars int) bool { return len(u.ids) == 1<<(vars-u.log) }

// toFill reports whether a level with these units is filled up before the one above it is made:
// the first fold of the layer between the two takes two bits of the nodes.
func (u units) toFill() bool { return u.log-1 < minLog+2 }

// extent returns how many of its 2^vars nodes a level with these units needs memory for. Tables
// of half as many variables, twice as many of them, have units half as large, so that those of a
// level that is not filled up end where its own do.
func (u units) extent(vars int) int {
	if u.toFill() || u.all(vars) {
		return 1 << vars
	}
	if len(u.ids) == 0 {
		return 0
	}
	return (u.ids[len(u.ids)-1] + 1) << u.log
}

// halved returns the units of a table of 2^(vars−1) entries, each made of two of one
// that has the units u.
func (u units) halved(vars int) units {
	if u.all(vars) {
		return dense(vars - 1)
	}
	return units{u.log - 1, u.ids}
}

// dead calls f for the ranges of a table of 2^vars entries outside of all units.
func (u units) dead(vars int, f func(from, to int)) {
	at := 0
	for _, id := range u.ids {
		if from := id << u.log; at < from {
			f(at, from)
		}
		at = (id + 1) << u.log
	}
	if at < 1<<vars {
		f(at, 1<<vars)
	}
}

// each calls f once for every unit, on all workers.
func each(workers []*worker, u units, f func(w *worker, id int)) {
	parallel.For(len(u.ids), len(workers), func(w, i int) { f(workers[w], u.ids[i]) })
}
