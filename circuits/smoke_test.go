// SPDX-License-Identifier: Apache-2.0

package circuits_test

import (
	"testing"

	"github.com/consensys/gnark-crypto/ecc"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/consensys/gnark/frontend"
	"github.com/consensys/gnark/frontend/cs/r1cs"
	"github.com/consensys/gnark/test"

	"github.com/zkml-go/zkml/circuits"
	"github.com/zkml-go/zkml/ir"
	"github.com/zkml-go/zkml/relation"
	"github.com/zkml-go/zkml/tensor"
)

func TestSmoke(t *testing.T) {
	p := &ir.Program{}
	must := func(id ir.ID, err error) ir.ID {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return id
	}
	relu := ir.Table{Name: "relu", Lo: -300}
	for x := int64(-300); x <= 300; x++ {
		relu.Values = append(relu.Values, min(max(x, 0), 127))
	}
	p.Tables = append(p.Tables, relu)
	x := must(p.Add("x", ir.Input{Name: "x", Shape: tensor.Shape{8}, Declared: ir.Range{Lo: 0, Hi: 255}, Scale: 1, Visibility: ir.Public}))
	w := must(p.Add("w", ir.Const{Shape: tensor.Shape{8, 4}, Data: []int64{1, -2, 3, 4, 5, -6, 7, 8, 1, 2, 3, 4, 5, 6, -7, 8, 1, 2, 3, 4, 5, 6, 7, 8, 1, 2, 3, -4, 5, 6, 7, 8}}))
	a := must(p.Add("dense", ir.Contract{Contraction: tensor.Contraction{Extents: []int{8, 4}, A: []int{0}, B: []int{0, 1}, Out: []int{1}}}, x, w))
	q := must(p.Add("dense", ir.Rescale{Multiplier: 3, Shift: 7}, a))
	y := must(p.Add("relu", ir.Lookup{Table: 0}, q))
	m := must(p.Add("max", ir.Max{Axes: []int{0}}, y))
	p.Outputs = []ir.Output{{Name: "y", ID: y, Scale: 1, Visibility: ir.Public}, {Name: "m", ID: m, Scale: 1, Visibility: ir.Committed}}
	trace, err := p.Run([][]int64{{1, 2, 3, 4, 250, 255, 0, 9}})
	if err != nil {
		t.Fatal(err)
	}
	t.Log(trace[q], trace[y], trace[m], p.Nodes[q].Range)
	model, err := circuits.NewModel(p, relation.Options{TableBits: 4})
	if err != nil {
		t.Fatal(err)
	}
	if err := model.System.Check(model.System.Witness(trace)); err != nil {
		t.Fatal(err)
	}
	salts, _ := model.NewSalts()
	claim, err := model.Claim(trace, salts)
	if err != nil {
		t.Fatal(err)
	}
	var d fr.Element
	d.SetUint64(77)
	a1, err := model.Assign(trace, claim, salts, d)
	if err != nil {
		t.Fatal(err)
	}
	if err := test.IsSolved(model.Circuit(), a1, ecc.BN254.ScalarField()); err != nil {
		t.Fatal(err)
	}
	ccs, err := frontend.Compile(ecc.BN254.ScalarField(), r1cs.NewBuilder, model.Circuit())
	if err != nil {
		t.Fatal(err)
	}
	t.Log(ccs.GetNbConstraints())
	trace[y][0]++
	if err := model.System.Check(model.System.Witness(trace)); err == nil {
		t.Fatal("accepted")
	} else {
		t.Log(err)
	}
	a1, _ = model.Assign(trace, claim, salts, d)
	if err := test.IsSolved(model.Circuit(), a1, ecc.BN254.ScalarField()); err == nil {
		t.Fatal("accepted")
	}
}
