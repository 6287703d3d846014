// SPDX-License-Identifier: Apache-2.0

package circuits_test

import (
	"bytes"
	"slices"
	"testing"

	"github.com/consensys/gnark/constraint"
	"github.com/consensys/gnark/frontend"

	"github.com/zkml-go/zkml/circuits"
	"github.com/zkml-go/zkml/internal/scenario"
	"github.com/zkml-go/zkml/ir"
	"github.com/zkml-go/zkml/relation"
	"github.com/zkml-go/zkml/tensor"
)

// lint checks what verifiers of every circuit rely on: three public inputs and
// one commitment, which holds every element of the columns and the
// multiplicities, and no salt.
func lint(t *testing.T, m *circuits.Model, ccs constraint.ConstraintSystem) {
	t.Helper()
	c := m.Circuit()
	elements := 0
	for _, part := range slices.Concat(c.Columns, c.Counts) {
		elements += len(part)
	}
	public := 3
	if commitments, ok := ccs.GetCommitments().(constraint.Groth16Commitments); ok {
		public++ // the constant wire
		if len(commitments) != 1 {
			t.Fatalf("%d commitments, want 1", len(commitments))
		}
		if n := len(commitments[0].PublicAndCommitmentCommitted); n != 0 {
			t.Errorf("%d public inputs are committed", n)
		}
		// The secret inputs are the columns, the multiplicities and the salts, in
		// this order; gnark adds a random mask, which makes the commitment hiding.
		got := commitments[0].PrivateCommitted
		for i := range elements {
			if i >= len(got) || got[i] != public+i {
				t.Fatalf("secret input %d of %d is not committed", i, elements)
			}
		}
		if len(got) != elements+1 {
			t.Errorf("%d wires are committed, want %d and a mask", len(got), elements)
		}
		if mask := got[len(got)-1]; mask < public+elements+m.NumSalts() {
			t.Errorf("the last committed wire, %d, is an input", mask)
		}
	} else {
		commitments := ccs.GetCommitments().(constraint.PlonkCommitments)
		if len(commitments) != 1 {
			t.Fatalf("%d commitments, want 1", len(commitments))
		}
		if n := len(commitments[0].Committed); n != elements {
			t.Errorf("%d elements are committed, want %d", n, elements)
		}
	}
	if n := ccs.GetNbPublicVariables(); n != public {
		t.Errorf("%d public variables, want %d", n, public)
	}
	if n := ccs.GetNbSecretVariables(); n != elements+m.NumSalts() {
		t.Errorf("%d secret variables, want %d", n, elements+m.NumSalts())
	}
}

// TestCommitsToEverything: see lint.
func TestCommitsToEverything(t *testing.T) {
	t.Parallel()
	for _, s := range scenario.All() {
		t.Run(s.Name, func(t *testing.T) {
			t.Parallel()
			m := s.Model()
			for name, b := range builders {
				if name == "scs" && testing.Short() {
					continue
				}
				lint(t, m, compile(t, m, b))
			}
		})
	}
}

// TestImpossibleRelations: a constant that is not 0, or not in its table, leaves
// no satisfying assignment.
func TestImpossibleRelations(t *testing.T) {
	t.Parallel()
	scalar := tensor.Shape{}
	for name, r := range map[string]relation.Relation{
		"zero":   relation.Zero{Domain: scalar, Expr: relation.Int(5)},
		"member": relation.Member{Domain: scalar, Tuple: []relation.Expr{relation.Int(14)}},
	} {
		s := scenario.Get("input")
		m := s.Model()
		m.System.Relations = append(m.System.Relations, r)
		run := s.Honest(m)
		if scenario.Check(m.System, run.Columns()) == nil {
			t.Errorf("%s: the checker accepts", name)
		}
		if engine(m)(run.Circuit()) == nil {
			t.Errorf("%s: the test engine accepts", name)
		}
		for _, b := range builders {
			ccs, err := frontend.Compile(field, b, m.Circuit())
			if err != nil {
				continue // refused before proving
			}
			if solve(ccs, run.Circuit()) == nil {
				t.Errorf("%s: the solver accepts", name)
			}
		}
	}
	// The same, possible.
	s := scenario.Get("input")
	m := s.Model()
	m.System.Relations = append(m.System.Relations, relation.Zero{Domain: scalar, Expr: relation.Int(0)},
		relation.Member{Domain: scalar, Tuple: []relation.Expr{relation.Int(13)}})
	if err := engine(m)(s.Honest(m).Circuit()); err != nil {
		t.Errorf("relations that hold are rejected: %v", err)
	}
}

// TestEmptyCircuit: without a witness there is nothing to prove.
func TestEmptyCircuit(t *testing.T) {
	t.Parallel()
	p := &ir.Program{}
	id, err := p.Add("w", ir.NewConst(tensor.Shape{1}, []int64{3}))
	if err != nil {
		t.Fatal(err)
	}
	p.Outputs = []ir.Output{{Name: "y", ID: id, Scale: 1, Visibility: ir.Public}}
	m, err := circuits.NewModel(p, relation.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := frontend.Compile(field, builders["r1cs"], m.Circuit()); err == nil {
		t.Error("a circuit without witness elements compiles")
	}
}

// TestWeightsAreInTheCircuit: programs that differ in one weight have different
// constraint systems, hence different keys.
func TestWeightsAreInTheCircuit(t *testing.T) {
	t.Parallel()
	for name, b := range builders {
		bytesWith := func(weight int64) []byte {
			p := &ir.Program{Nodes: slices.Clone(scenario.Get("contract/weights").Program.Nodes)}
			q := *scenario.Get("contract/weights").Program
			for id, n := range p.Nodes {
				if c, ok := n.Op.(ir.Const); ok {
					data := c.Data.Int64s()
					data[0] = weight
					p.Nodes[id].Op = ir.NewConst(c.Shape, data)
				}
			}
			q.Nodes = p.Nodes // the ranges are those of the original: only a weight differs
			m, err := circuits.NewModel(&q, relation.Options{TableBits: 4})
			if err != nil {
				t.Fatal(err)
			}
			var buf bytes.Buffer
			if _, err := compile(t, m, b).WriteTo(&buf); err != nil {
				t.Fatal(err)
			}
			return buf.Bytes()
		}
		original := bytesWith(3)
		if !bytes.Equal(original, bytesWith(3)) {
			t.Errorf("%s: compiling twice gives two constraint systems", name)
		}
		if bytes.Equal(original, bytesWith(2)) {
			t.Errorf("%s: another weight gives the same constraint system", name)
		}
	}
}
