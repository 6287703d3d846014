// SPDX-License-Identifier: Apache-2.0

package ir

// usage is what a run needs of a plan.
type usage struct {
	stored []bool   // by root: kept, or read by a later stage
	live   [][]bool // by stage and step: computed
	free   [][]ID   // by stage: roots that no later one reads and that are not kept
}

// usage returns what is needed for the outputs and for the nodes that keep asks for.
func (plan *Plan) usage(keep func(ID) bool) *usage {
	u := &usage{
		stored: make([]bool, len(plan.root)),
		live:   make([][]bool, len(plan.stages)),
		free:   make([][]ID, len(plan.stages)),
	}
	for id, root := range plan.root {
		if keep != nil && keep(ID(id)) {
			u.stored[root] = true
		}
	}
	for _, o := range plan.p.Outputs {
		u.stored[plan.root[o.ID]] = true
	}
	// Backward: a value that is not stored when the first reader is met dies there.
	for i := len(plan.stages) - 1; i >= 0; i-- {
		s := &plan.stages[i]
		read := func(id ID) {
			if !u.stored[id] {
				u.stored[id] = true
				u.free[i] = append(u.free[i], id)
			}
		}
		live := make([]bool, len(s.steps))
		for k := len(s.steps) - 1; k >= 0; k-- {
			st := &s.steps[k]
			live[k] = live[k] || st.read == nil && u.stored[st.id]
			if !live[k] {
				continue
			}
			for _, r := range st.args {
				live[r] = true
			}
			if st.read != nil {
				read(st.read.id)
			}
			if st.isHead {
				for _, id := range s.head.reads() {
					read(id)
				}
			}
		}
		u.live[i] = live
	}
	return u
}
