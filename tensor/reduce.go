// SPDX-License-Identifier: Apache-2.0

package tensor

import (
	"fmt"
	"slices"
)

// ReduceShape returns the shape of s without axes.
func ReduceShape(s Shape, axes []int) (Shape, error) {
	drop := make([]bool, len(s))
	for _, a := range axes {
		if a < 0 || a >= len(s) || drop[a] {
			return nil, fmt.Errorf("bad or repeated axis %d for shape %v", a, s)
		}
		drop[a] = true
	}
	kept := Shape{}
	for d, extent := range s {
		if !drop[d] {
			kept = append(kept, extent)
		}
	}
	return kept, nil
}

// Reduce returns the shape of s without axes and, for each element of s in
// row-major order, the flat index of the element it reduces into.
func Reduce(s Shape, axes []int) (Shape, []int32, error) {
	kept, err := ReduceShape(s, axes)
	if err != nil {
		return nil, nil, err
	}
	v := View{From: kept, Axes: s, To: s}
	for d := range s {
		if !slices.Contains(axes, d) {
			v.Index = append(v.Index, axis(d))
		}
	}
	return kept, v.Table(), nil
}
