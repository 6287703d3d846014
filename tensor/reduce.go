// SPDX-License-Identifier: Apache-2.0

package tensor

import "fmt"

// Reduce returns the shape of s without axes and, for each element of s in
// row-major order, the flat index of the element it reduces into.
func Reduce(s Shape, axes []int) (Shape, []int32, error) {
	drop := make([]bool, len(s))
	for _, a := range axes {
		if a < 0 || a >= len(s) || drop[a] {
			return nil, nil, fmt.Errorf("bad or repeated axis %d for shape %v", a, s)
		}
		drop[a] = true
	}
	kept := Shape{}
	v := View{From: Shape{}, Axes: s, To: s}
	for d := range s {
		if !drop[d] {
			kept = append(kept, s[d])
			v.Index = append(v.Index, axis(d))
		}
	}
	v.From = kept
	return kept, v.Table(), nil
}
