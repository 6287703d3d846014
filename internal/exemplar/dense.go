// SPDX-License-Identifier: Apache-2.0

package exemplar

import (
	"github.com/zkml-go/zkml/ir"
	"github.com/zkml-go/zkml/tensor"
)

// Dense returns a layer of 64 weights, which are more than verifiers of tests take as they are (TableBits 4),
// so that there are columns of the model.
func Dense() (*ir.Program, error) {
	p := &ir.Program{}
	x, err := p.Add("x", ir.Input{Name: "x", Shape: tensor.Shape{8}, Declared: ir.Range{Lo: -4, Hi: 4}, Scale: 1, Visibility: ir.Public})
	if err != nil {
		return nil, err
	}
	weights := make([]int64, 64)
	for i := range weights {
		weights[i] = int64(i*i%7) - 3
	}
	w, err := p.Add("w", ir.NewConst(tensor.Shape{8, 8}, weights))
	if err != nil {
		return nil, err
	}
	sum, err := p.Add("sum", ir.Contract{Contraction: tensor.Contraction{
		Extents: []int{8, 8}, A: []int{0}, B: []int{0, 1}, Out: []int{1}}}, x, w)
	if err != nil {
		return nil, err
	}
	y, err := p.Add("y", ir.Rescale{Multiplier: 1, Shift: 3}, sum)
	p.Outputs = []ir.Output{{Name: "y", ID: y, Scale: 1, Visibility: ir.Public}}
	return p, err
}
