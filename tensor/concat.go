// SPDX-License-Identifier: Apache-2.0

package tensor

import "fmt"

// Concat returns the shape of the tensors of the given shapes joined along axis.
func Concat(axis int, shapes []Shape) (Shape, error) {
	if len(shapes) == 0 {
		return nil, fmt.Errorf("concat of no tensors")
	}
	out := shapes[0].Clone()
	if axis < 0 || axis >= len(out) {
		return nil, fmt.Errorf("concat along axis %d of shape %v", axis, out)
	}
	for i, s := range shapes[1:] {
		if len(s) != len(out) {
			return nil, fmt.Errorf("concat of shapes %v and %v", shapes[0], s)
		}
		for d := range s {
			if d != axis && s[d] != out[d] {
				return nil, fmt.Errorf("concat along axis %d of %v and (argument %d) %v", axis, shapes[0], i+1, s)
			}
		}
		out[axis] += s[axis]
	}
	return out, nil
}

// WalkConcat calls visit with the runs of each argument, in the order in which
// they make up the joined tensor.
func WalkConcat(axis int, shapes []Shape, visit func(arg, from, to int)) {
	outer := shapes[0][:axis].Size()
	for o := range outer {
		for i, s := range shapes {
			run := s[axis:].Size()
			visit(i, o*run, (o+1)*run)
		}
	}
}
