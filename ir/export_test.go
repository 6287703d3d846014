// SPDX-License-Identifier: Apache-2.0

package ir

import "fmt"

// Paths counts how the stages of a plan are computed.
func (plan *Plan) Paths() map[string]int {
	paths := map[string]int{}
	for _, s := range plan.stages {
		switch h := s.head.(type) {
		case nil:
			paths["elementwise"]++
		case *contractHead:
			paths["contract "+h.c.Method()]++
		case *maxHead:
			paths["max "+h.m.Method()]++
		default:
			paths[fmt.Sprintf("%T", h)]++
		}
		if len(s.steps) > 1 && s.head != nil {
			paths["tail"]++
		}
		for _, st := range s.steps {
			if st.read != nil && st.read.id != st.id {
				paths["read through a view"]++
			}
		}
	}
	for id, root := range plan.root {
		if ID(id) != root {
			paths["regrouping view"]++
		}
	}
	return paths
}

// Held returns the nodes whose values a run holds.
func (r *Run) Held() []ID {
	var out []ID
	for id, v := range r.values {
		if v != nil {
			out = append(out, ID(id))
		}
	}
	return out
}
