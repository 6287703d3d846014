// SPDX-License-Identifier: Apache-2.0

package sumcheck

import (
	"sync"

	"github.com/zkml-go/zkml/circuits/wrap"
	"github.com/zkml-go/zkml/prover/argument"
	"github.com/zkml-go/zkml/prover/opening"
)

// shared is what all proofs of a job use and none changes. What a proof needs of it is
// computed by the first one.
type shared struct {
	columns sync.Once
	model   []opening.Column

	circuit sync.Once
	blank   *wrap.Circuit
	err     error
}

// modelColumns returns the columns of the model with their blinds, in the fewest bytes that
// hold the model. w is the witness of any proof: all have the same model.
func (j *Job) modelColumns(w *argument.Witness) []opening.Column {
	s := &j.shared
	s.columns.Do(func() {
		s.model = columns(j.Plan, w, 0, j.Plan.Layout.Model)
		for k := range s.model {
			s.model[k].Blind = j.Key.ck.blinds[k]
		}
	})
	return s.model
}

// blank returns the circuit of the wrap, to be assigned.
func (j *Job) blank() (*wrap.Circuit, error) {
	s := &j.shared
	s.circuit.Do(func() { s.blank, s.err = wrap.New(j.Plan) })
	if s.err != nil {
		return nil, s.err
	}
	return s.blank.Blank(), nil
}
