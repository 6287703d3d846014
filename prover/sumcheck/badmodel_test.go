// SPDX-License-Identifier: Apache-2.0

package sumcheck_test

import (
	"errors"
	"math/big"
	"slices"
	"testing"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"github.com/zkml-go/zkml/internal/reference"
	"github.com/zkml-go/zkml/ir"
	"github.com/zkml-go/zkml/protocol/reduction"
	"github.com/zkml-go/zkml/relation"
	"github.com/zkml-go/zkml/statement"
	"github.com/zkml-go/zkml/verifier"
	vsumcheck "github.com/zkml-go/zkml/verifier/sumcheck"
)

func integer(x int64) (e fr.Element) {
	e.SetInt64(x)
	return e
}

// half is 1/2, which is no integer.
func half() (e fr.Element) {
	e.SetInt64(2)
	e.Inverse(&e)
	return e
}

// inputsOf returns the elements of the inputs of a model check: the model of plan.
func inputsOf(plan *reduction.Plan) [][]fr.Element {
	var out [][]fr.Element
	for _, t := range plan.Tensors {
		switch {
		case !t.Model:
		case t.Column >= 0:
			out = append(out, reference.Field(plan.System.Columns[t.Column].Data))
		default:
			out = append(out, reference.Field(plan.System.Tables[t.Table].Columns[t.TableColumn]))
		}
	}
	return out
}

// completed returns the witness of a check with the given inputs: limbs are the digits
// of elements that are integers, and the lowest limb is what is then missing.
func completed(t *testing.T, check *reduction.Plan, inputs [][]fr.Element) *reference.Witness {
	t.Helper()
	s := check.System
	// Integers, as well as they can be had, for the limbs.
	trace := make(ir.Trace, len(inputs))
	for k, in := range inputs {
		trace[k] = make([]int64, len(in))
		for i := range in {
			if in[i].IsUint64() {
				trace[k][i] = int64(in[i].Uint64())
			} else if n := new(fr.Element).Neg(&in[i]); n.IsUint64() {
				trace[k][i] = -int64(n.Uint64())
			}
		}
	}
	witness := map[relation.ColumnID][]fr.Element{}
	for id, data := range s.Witness(trace) {
		witness[id] = reference.Field(data)
		if int(id) < len(inputs) {
			witness[id] = inputs[id]
		}
	}
	values, err := relation.Interpret(s, tracer{}, witness)
	if err != nil {
		t.Fatal(err)
	}
	return reference.NewWitness(check, values, nil)
}

// tracer computes columns over the field and judges nothing.
type tracer struct{}

func (tracer) Int(c int64) fr.Element { return integer(c) }

func (tracer) Combine(bias int64, terms []relation.Term[fr.Element]) fr.Element {
	sum := integer(bias)
	for _, t := range terms {
		c := integer(t.Coef)
		sum.Add(&sum, c.Mul(&c, &t.X))
	}
	return sum
}

func (tracer) Mul(a, b fr.Element) fr.Element { return *a.Mul(&a, &b) }

func (tracer) Zero(fr.Element, ir.ID) error                       { return nil }
func (tracer) Member(relation.TableID, []fr.Element, ir.ID) error { return nil }

// lenient returns the check with 0 in the memberships of an input instead of the input,
// and with forged as the table that it must equal.
func lenient(t *testing.T, plan *reduction.Plan, name string, forged []fr.Element) *reduction.Plan {
	t.Helper()
	check, err := reduction.NewModelCheck(plan)
	if err != nil {
		t.Fatal(err)
	}
	s := check.System
	for i, r := range s.Relations {
		if m, ok := r.(relation.Member); ok && s.Program.Nodes[m.Node].Name == name {
			m.Tuple = []relation.Expr{relation.Int(0)}
			s.Relations[i] = m
		}
	}
	for id := range s.Columns {
		if c := &s.Columns[id]; c.Kind == relation.Const && c.Name == name {
			c.Data = slices.Clone(c.Data)
			for i := range c.Data {
				c.Data[i] = int64(forged[i].Uint64())
			}
		}
	}
	return check
}

// TestBadModels registers models that are none of integers, or have other tables. All
// that follows is computed from them. A check that lacks the defence takes the proof.
func TestBadModels(t *testing.T) {
	t.Parallel()
	_, plan := planOf(t, network(t))
	check, err := reduction.NewModelCheck(plan)
	if err != nil {
		t.Fatal(err)
	}
	id := [32]byte{1}
	verify := func(r *registrant, check *reduction.Plan, p *vsumcheck.Plain) error {
		key, err := vsumcheck.ModelCheckKey(r.key, check)
		if err != nil {
			t.Fatal(err)
		}
		return vsumcheck.VerifyPlain(key, check, vsumcheck.ModelCheckID(id), [32]byte{}, &statement.Claim{}, p)
	}
	large := fr.NewElement(3)
	large.Exp(large, big.NewInt(1<<40))
	for _, c := range []struct {
		lie, tensor string
		index       int
		value       fr.Element
	}{
		{"just above the range", "weights", 5, integer(128)},
		{"just below the range", "weights", 1199, integer(-128)},
		{"a half", "weights", 0, half()},
		{"an element of the field", "weights", 600, large},
		{"the order of the field less a large integer", "weights", 7, integer(-1 << 40)},
		{"a wide range, above", "bias", 3, integer(1 << 19)},
		{"a wide range, below", "bias", 39, integer(-1<<19 - 1)},
		{"a wide range, a half", "bias", 39, half()},
		{"another table", "table relu, column 1", 0, integer(1)},
		{"a table with a large value", "table relu, column 1", 70, integer(4000)},
	} {
		t.Run(c.lie, func(t *testing.T) {
			t.Parallel()
			inputs := inputsOf(plan)
			k := slices.IndexFunc(check.Tensors, func(x reduction.Tensor) bool { return x.Name == c.tensor })
			if k < 0 || k >= len(inputs) {
				t.Fatalf("no tensor %s", c.tensor)
			}
			inputs[k][c.index] = c.value
			w := completed(t, check, inputs)
			r := newRegistrant(t, w)
			proof := r.prove(t, w, vsumcheck.ModelCheckID(id), &statement.Claim{})
			if err := vsumcheck.VerifyModel(r.key, plan, id, proof); !errors.Is(err, verifier.ErrRejected) {
				t.Errorf("%v, want a rejection", err)
			}
			without := lenient(t, plan, c.tensor, inputs[k])
			w = completed(t, without, inputs)
			proof = r.prove(t, w, vsumcheck.ModelCheckID(id), &statement.Claim{})
			if err := verify(r, without, proof); err != nil {
				t.Errorf("without the defence: %v", err)
			}
		})
	}
}
