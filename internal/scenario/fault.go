// SPDX-License-Identifier: Apache-2.0

package scenario

import (
	"fmt"
	"slices"

	"github.com/zkml-go/zkml/circuits"
	"github.com/zkml-go/zkml/relation"
)

// A Fault is a model from whose system one relation is missing, as if its author
// had forgotten it.
type Fault struct {
	Name  string
	Model *circuits.Model
}

// Faults returns one fault for every relation of s that only checks. Relations
// that determine a virtual column cannot be forgotten.
func (s *Scenario) Faults() []Fault {
	var out []Fault
	for i, rel := range s.Model().System.Relations {
		m := s.Model()
		what := ""
		switch rel := rel.(type) {
		case relation.Member:
			what = "membership in " + m.System.Tables[rel.Table].Name
		case relation.Zero:
			if rel.Pivot != nil {
				continue
			}
			what = "zero relation"
		default:
			continue
		}
		m.System.Relations = slices.Delete(m.System.Relations, i, i+1)
		name := fmt.Sprintf("relation %d: %s of %s", i, what, m.System.Program.Nodes[rel.From()].Name)
		out = append(out, Fault{name, m})
	}
	return out
}

// Exploits returns the lies that the fault lets pass, told on its model.
func (s *Scenario) Exploits(f Fault) []*Run {
	var out []*Run
	for _, lie := range slices.Concat(s.told(), s.carried()) {
		r := s.Forge(f.Model, lie)
		if r.Relations && Check(f.Model.System, r.Columns()) == nil {
			out = append(out, r)
		}
	}
	return out
}
