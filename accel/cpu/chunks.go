// SPDX-License-Identifier: Apache-2.0

package cpu

import "github.com/zkml-go/zkml/internal/parallel"

// chunk is how many elements a task has: they fit the second cache.
const chunk = 1 << 12

// chunks calls do for the parts of [0, n), on all processors.
func chunks(n int, do func(from, to int)) {
	parallel.For((n+chunk-1)/chunk, parallel.Workers(), func(_, k int) {
		do(k*chunk, min((k+1)*chunk, n))
	})
}
