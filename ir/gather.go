// SPDX-License-Identifier: Apache-2.0

package ir

import (
	"fmt"

	"github.com/zkml-go/zkml/tensor"
)

// Gather picks rows by indices that the network computes. The first argument has
// shape B ++ [V] ++ R, the second, the indices, B ++ I, where B is Batch axes:
//
//	y[b, i, r] = data[b, index[b, i], r]
//
// The range of the indices must lie in [0, V): no index can miss.
type Gather struct {
	Batch int `json:"batch"`
}

// Kind implements Op.
func (Gather) Kind() string { return "gather" }

// Infer implements Op.
func (o Gather) Infer(_ *Program, args []Arg) (tensor.Shape, Range, error) {
	data, index := args[0], args[1]
	p, s, err := tensor.NewPick(data.Shape, index.Shape, o.Batch)
	if err != nil {
		return nil, Range{}, err
	}
	if rows := (Range{0, int64(p.Rows) - 1}); !index.Range.Within(rows) {
		return nil, Range{}, fmt.Errorf("indices in %v leave the rows %v", index.Range, rows)
	}
	return s, data.Range, nil
}

// Eval implements Op. A forged run may have an index that no row has: the row is
// then 0, and no proof of it exists.
func (o Gather) Eval(_ *Program, args []Tensor) []int64 {
	p, s, _ := tensor.NewPick(args[0].Shape, args[1].Shape, o.Batch)
	out := make([]int64, s.Size())
	p.Walk(func(i, first int) {
		if row := args[1].Data[i]; row >= 0 && row < int64(p.Rows) {
			copy(out[i*p.Width:(i+1)*p.Width], args[0].Data[(first+int(row))*p.Width:])
		}
	})
	return out
}
