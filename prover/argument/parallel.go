// SPDX-License-Identifier: Apache-2.0

package argument

import "github.com/zkml-go/zkml/internal/parallel"

// spread calls do with 0 … tasks−1, on all processors if work, a number of field
// operations, is worth it. Neighbouring tasks go together, as they may be small.
func spread(tasks, work int, do func(task int)) {
	workers := parallel.Workers()
	if work < 1<<12 {
		workers = 1
	}
	step := max(1, tasks/(16*workers))
	parallel.For((tasks+step-1)/step, workers, func(_, part int) {
		for i := part * step; i < min(tasks, (part+1)*step); i++ {
			do(i)
		}
	})
}
