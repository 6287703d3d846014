// SPDX-License-Identifier: Apache-2.0

package parallel_test

import (
	"runtime"
	"sync/atomic"
	"testing"

	"github.com/zkml-go/zkml/internal/parallel"
)

// TestFor checks that every task runs once, that a worker runs one at a time
// and that a panic reaches the caller.
func TestFor(t *testing.T) {
	t.Parallel()
	for _, workers := range []int{0, 1, 3, 8} {
		var times [100]atomic.Int32
		busy := make([]atomic.Int32, max(workers, 1))
		parallel.For(len(times), workers, func(worker, task int) {
			if busy[worker].Add(1) != 1 {
				t.Errorf("worker %d runs two tasks", worker)
			}
			runtime.Gosched()
			times[task].Add(1)
			busy[worker].Add(-1)
		})
		for i := range times {
			if n := times[i].Load(); n != 1 {
				t.Errorf("%d workers: task %d runs %d times", workers, i, n)
			}
		}
		func() {
			defer func() {
				if r := recover(); r != "planted" {
					t.Errorf("%d workers: recovered %v", workers, r)
				}
			}()
			parallel.For(9, workers, func(_, task int) {
				if task == 4 {
					panic("planted")
				}
			})
		}()
	}
}
