// SPDX-License-Identifier: Apache-2.0

// Package parallel spreads tasks over processors. Every loop of this module that uses more
// than one goes through it: results never depend on how tasks are spread, and a panic of
// a task is one of its caller.
package parallel

import (
	"runtime"
	"sync"
	"sync/atomic"
)

// Workers returns the number of threads that For is to use at most.
func Workers() int { return runtime.GOMAXPROCS(0) }

// For calls do for every task in [0, tasks), on up to workers threads at a
// time. Calls with the same worker, which is in [0, workers), follow one another.
// A panic of do is a panic of For.
func For(tasks, workers int, do func(worker, task int)) {
	if workers = min(workers, tasks); workers <= 1 {
		for t := range tasks {
			do(0, t)
		}
		return
	}
	var next atomic.Int64
	var wg sync.WaitGroup
	var failure atomic.Value
	for w := range workers {
		wg.Go(func() {
			defer func() {
				if r := recover(); r != nil {
					failure.CompareAndSwap(nil, failed{r})
				}
			}()
			for {
				t := int(next.Add(1)) - 1
				if t >= tasks {
					return
				}
				do(w, t)
			}
		})
	}
	wg.Wait()
	if f, ok := failure.Load().(failed); ok {
		panic(f.reason)
	}
}

// failed carries the reason of a panic to the caller's thread.
type failed struct{ reason any }
