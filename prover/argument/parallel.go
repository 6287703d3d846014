// SPDX-License-Identifier: Apache-2.0

package argument

import (
	"runtime"
	"sync"
	"sync/atomic"
)

// parallel calls do with 0 … tasks−1, on all processors if work, a number of field
// operations, is worth it. Results do not depend on how tasks are spread.
func parallel(tasks, work int, do func(task int)) {
	workers := min(runtime.GOMAXPROCS(0), tasks)
	if workers < 2 || work < 1<<12 {
		for i := range tasks {
			do(i)
		}
		return
	}
	var next atomic.Int64
	var wg sync.WaitGroup
	step := max(1, tasks/(16*workers))
	for range workers {
		wg.Go(func() {
			for {
				to := int(next.Add(int64(step)))
				for i := to - step; i < min(to, tasks); i++ {
					do(i)
				}
				if to >= tasks {
					return
				}
			}
		})
	}
	wg.Wait()
}
