// SPDX-License-Identifier: Apache-2.0

package circuits

import (
	"fmt"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/consensys/gnark/frontend"

	"github.com/zkml-go/zkml/ir"
	"github.com/zkml-go/zkml/protocol/sponge"
	"github.com/zkml-go/zkml/relation"
	"github.com/zkml-go/zkml/statement"
)

// NewSalts draws the salts of the committed tensors.
func (m *Model) NewSalts() ([]fr.Element, error) {
	salts := make([]fr.Element, len(m.salts))
	for i := range salts {
		if _, err := salts[i].SetRandom(); err != nil {
			return nil, err
		}
	}
	return salts, nil
}

// Claim returns the statement of a run: what its tensors look like from outside.
func (m *Model) Claim(trace ir.Trace, salts []fr.Element) (*statement.Claim, error) {
	if len(salts) != len(m.salts) {
		return nil, fmt.Errorf("%d salts for %d committed tensors", len(salts), len(m.salts))
	}
	c, err := m.PublicClaim(trace)
	if err != nil {
		return nil, err
	}
	for k, t := range m.salts {
		enc, err := m.System.Program.Nodes[t.id].Range.Encoding()
		if err != nil {
			return nil, err
		}
		c.Commitments = append(c.Commitments, Commit(salts[k], enc.Put(nil, trace[t.id])))
	}
	return c, nil
}

// PublicClaim returns the statement of a run without its commitments.
func (m *Model) PublicClaim(trace ir.Trace) (*statement.Claim, error) {
	c := &statement.Claim{}
	for _, t := range m.tensors() {
		if t.visibility != ir.Public {
			continue
		}
		side := &c.Input
		if t.output {
			side = &c.Output
		}
		if err := put(side, &m.System.Program.Nodes[t.id], trace[t.id]); err != nil {
			return nil, err
		}
	}
	return c, nil
}

// PublicInput returns the bytes of the public inputs of a program, as a claim has them.
func PublicInput(p *ir.Program, inputs [][]int64) ([]byte, error) {
	if len(inputs) != len(p.Inputs) {
		return nil, fmt.Errorf("%d inputs, want %d", len(inputs), len(p.Inputs))
	}
	var data []byte
	for i, id := range p.Inputs {
		if p.Input(id).Visibility != ir.Public {
			continue
		}
		if err := put(&data, &p.Nodes[id], inputs[i]); err != nil {
			return nil, err
		}
	}
	return data, nil
}

// put adds the elements x of a public tensor to a side of a statement.
func put(side *[]byte, n *ir.Node, x []int64) error {
	enc, err := n.Range.Encoding()
	if err == nil {
		*side = enc.Put(statement.Align(*side), x)
	}
	return err
}

// Commit returns the salted commitment to a tensor's bytes. It hides them as
// long as the salt is secret and uniform.
func Commit(salt fr.Element, data []byte) fr.Element {
	return CommitWords(salt, statement.Words(data, nil, nil)[1:])
}

// CommitWords is Commit for the words of the bytes. The salt is in the place of their
// length, which the circuit fixes.
func CommitWords(salt fr.Element, words []fr.Element) fr.Element {
	return sponge.Hash(sponge.Commitment, append([]fr.Element{salt}, words...)...)
}

// Assign returns the circuit with the values of a run. trace is not judged: a
// forged one is assigned as a dishonest prover would, and proving it fails.
func (m *Model) Assign(trace ir.Trace, claim *statement.Claim, salts []fr.Element, d fr.Element) (*Circuit, error) {
	return m.AssignWitness(m.System.Witness(trace), claim, salts, d)
}

// AssignWitness is Assign for given witness columns.
func (m *Model) AssignWitness(witness map[relation.ColumnID][]int64, claim *statement.Claim, salts []fr.Element, d fr.Element) (*Circuit, error) {
	counts, err := m.System.Multiplicities(witness)
	if err != nil {
		return nil, err
	}
	public := claim.Public(d)
	c := &Circuit{D: public[0], Z: public[1], E: public[2], model: m}
	for _, id := range m.witness {
		lo := m.System.Columns[id].Range.Lo
		col := make([]frontend.Variable, len(witness[id]))
		for i, x := range witness[id] {
			col[i] = x - lo
		}
		c.Columns = append(c.Columns, col)
	}
	for _, m := range counts {
		col := make([]frontend.Variable, len(m))
		for i, x := range m {
			col[i] = x
		}
		c.Counts = append(c.Counts, col)
	}
	for _, s := range salts {
		c.Salts = append(c.Salts, s)
	}
	return c, nil
}
