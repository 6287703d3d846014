// SPDX-License-Identifier: Apache-2.0

package tensor

import "slices"

// A part is a factor that an axis of each of two shapes has in common: the index
// along axis axisA is ∑ strideA · (index along the part) over its parts, and so
// for B.
type part struct {
	extent         int
	axisA, strideA int
	axisB, strideB int
}

// refine returns the coarsest shape that both a and b, of one size, are groupings
// of, outermost part first, without parts of extent 1; false if there is none,
// as for [2,3] and [3,2].
func refine(a, b Shape) ([]part, bool) {
	var parts []part
	i, j := len(a)-1, len(b)-1
	doneA, doneB := 1, 1 // of axis i and of axis j
	for {
		for i >= 0 && doneA == a[i] {
			i, doneA = i-1, 1
		}
		for j >= 0 && doneB == b[j] {
			j, doneB = j-1, 1
		}
		if i < 0 || j < 0 {
			break
		}
		restA, restB := a[i]/doneA, b[j]/doneB
		extent := min(restA, restB)
		if restA%extent != 0 || restB%extent != 0 {
			return nil, false
		}
		parts = append(parts, part{extent, i, doneA, j, doneB})
		doneA, doneB = doneA*extent, doneB*extent
	}
	slices.Reverse(parts)
	return parts, true
}
