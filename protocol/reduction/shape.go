// SPDX-License-Identifier: Apache-2.0

package reduction

import (
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"github.com/zkml-go/zkml/protocol/transcript"
)

// A mark stands for a value where only the course of the reduction is of interest. It
// has a size, so that pieces of challenges differ in where they lie.
type mark int8

// marks is arithmetic without values.
type marks struct{}

func (marks) Const(fr.Element) mark           { return 0 }
func (marks) Add(_, _ mark) mark              { return 0 }
func (marks) Sub(_, _ mark) mark              { return 0 }
func (marks) Mul(_, _ mark) mark              { return 0 }
func (marks) Sum([]mark) mark                 { return 0 }
func (marks) Inverse(mark) mark               { return 0 }
func (marks) AssertEqual(_, _ mark, _ string) {}
func (marks) Permute([]mark)                  {}

// A Shape is what is the same for all proofs of a plan.
type Shape struct {
	// NumMessages is the number of field elements that a prover sends.
	NumMessages int
	// Events are the messages and challenges in order.
	Events []transcript.Event
	// LevelElements is the most field elements that a prover's tables of one level have.
	LevelElements int
}

// A surveyor is a verifier that looks at what levels are made of.
type surveyor struct {
	*Reader[mark]
	shape *Shape
}

// LevelSum implements Party.
func (s *surveyor) LevelSum(l *Level[mark]) (mark, error) {
	elements := 0
	for _, p := range l.Products {
		elements += (2 + min(1, len(p.Weights))) << p.Vars
	}
	for _, x := range l.Sums {
		elements += (1 + len(x.Atoms)) << x.Vars
	}
	s.shape.LevelElements = max(s.shape.LevelElements, elements)
	return s.Reader.LevelSum(l)
}

// Shape runs the reduction without values. It fails if the plan has a part that the
// reduction cannot prove.
func (p *Plan) Shape() (*Shape, error) {
	tensors, err := CommittedTensors(p)
	if err != nil {
		return nil, err
	}
	out := &Shape{}
	t := transcript.New[mark](marks{}, marks{})
	t.Observe = func(e transcript.Event) { out.Events = append(out.Events, e) }
	statement := Statement[mark]{Evaluate: func(mark) mark { return 0 }, Commitments: make([]mark, len(tensors))}
	for _, c := range tensors {
		if !c.Own {
			statement.Committed = append(statement.Committed, make([]mark, c.NumWords))
		}
	}
	party := &surveyor{&Reader[mark]{Plan: p, Field: marks{}, Transcript: t, Next: func(n int) ([]mark, error) {
		out.NumMessages += n
		return make([]mark, n), nil
	}}, out}
	_, err = Run(p, marks{}, t, statement, party)
	return out, err
}
