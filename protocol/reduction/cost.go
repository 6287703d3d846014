// SPDX-License-Identifier: Apache-2.0

package reduction

import (
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"github.com/zkml-go/zkml/protocol/sponge"
	"github.com/zkml-go/zkml/protocol/transcript"
)

// A Cost is what a part of the verifier's work is in a circuit.
type Cost struct {
	// Step is the last message or challenge before it, the seed for the first.
	Step string
	// Products are multiplications of two variables, inverses and equations: one
	// constraint each. Hashes are constraints of permutations.
	Products, Hashes int
}

// Costs returns what the verifier of p does, by step, in the order in which steps first
// occur: the constraints of the wrap but for those of the statement's commitments and of
// the opening's point.
func (p *Plan) Costs() ([]Cost, error) {
	c := &counter{at: map[string]int{}}
	c.step("seed")
	tensors, err := CommittedTensors(p)
	if err != nil {
		return nil, err
	}
	t := transcript.New[counted](c, c)
	t.Observe = func(e transcript.Event) {
		label := e.Label
		if e.Challenge {
			label += " drawn"
		}
		c.step(label)
	}
	variables := func(n int) []counted {
		out := make([]counted, n)
		for i := range out {
			out[i] = true
		}
		return out
	}
	t.Absorb("seed", variables(2)...)
	statement := Statement[counted]{Evaluate: func(counted) counted { return true }, Commitments: variables(len(tensors))}
	for _, x := range tensors {
		if !x.Own {
			statement.Committed = append(statement.Committed, variables(x.NumWords))
		}
	}
	party := &Reader[counted]{Plan: p, Field: c, Transcript: t, Next: func(n int) ([]counted, error) { return variables(n), nil }}
	_, err = Run(p, c, t, statement, party)
	return c.costs, err
}

// NumConstraints returns the sum of p's costs.
func (p *Plan) NumConstraints() (int, error) {
	costs, err := p.Costs()
	n := 0
	for _, c := range costs {
		n += c.Products + c.Hashes
	}
	return n, err
}

// counted tells whether a value is a variable: constants cost nothing.
type counted bool

// A counter is arithmetic that counts.
type counter struct {
	costs []Cost
	at    map[string]int
	now   int
}

func (c *counter) step(label string) {
	i, ok := c.at[label]
	if !ok {
		i = len(c.costs)
		c.at[label] = i
		c.costs = append(c.costs, Cost{Step: label})
	}
	c.now = i
}

func (c *counter) product() { c.costs[c.now].Products++ }

func (*counter) Const(fr.Element) counted { return false }
func (*counter) Add(a, b counted) counted { return a || b }
func (*counter) Sub(a, b counted) counted { return a || b }
func (c *counter) Mul(a, b counted) counted {
	if a && b {
		c.product()
	}
	return a || b
}
func (*counter) Sum(xs []counted) counted {
	for _, x := range xs {
		if x {
			return true
		}
	}
	return false
}
func (c *counter) Inverse(a counted) counted {
	c.product()
	return a
}
func (c *counter) AssertEqual(_, _ counted, _ string) { c.product() }

// Constraints of a permutation.
const (
	narrowConstraints = 264 // of width 4
	wideConstraints   = 556 // of width 16
)

func (c *counter) Permute(state []counted) {
	n := narrowConstraints
	if len(state) == sponge.Width {
		n = wideConstraints
	}
	c.costs[c.now].Hashes += n
	for i := range state {
		state[i] = true
	}
}
