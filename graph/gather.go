// SPDX-License-Identifier: Apache-2.0

package graph

import (
	"fmt"
	"math"

	"github.com/zkml-go/zkml/tensor"
)

// Gather picks rows of args[0], of shape B ++ [V] ++ R, by the indices args[1], of
// shape B ++ I, where B is Batch axes. An index is rounded to an integer in
// [−V, V); a negative one counts from the end. The row of any other is NaN.
type Gather struct{ Batch int }

// Kind implements Op.
func (Gather) Kind() string { return "gather" }

// Infer implements Op.
func (o Gather) Infer(args []tensor.Shape) (tensor.Shape, error) {
	_, s, err := tensor.NewPick(args[0], args[1], o.Batch)
	return s, err
}

// Eval implements Op.
func (o Gather) Eval(args []Tensor) []float64 {
	p, s, _ := tensor.NewPick(args[0].Shape, args[1].Shape, o.Batch)
	out := make([]float64, s.Size())
	p.Walk(func(i, first int) {
		y := out[i*p.Width : (i+1)*p.Width]
		x := math.Floor(args[1].Data[i] + 0.5)
		if x < 0 {
			x += float64(p.Rows)
		}
		if !(x >= 0 && x < float64(p.Rows)) {
			for k := range y {
				y[k] = math.NaN()
			}
			return
		}
		copy(y, args[0].Data[(first+int(x))*p.Width:])
	})
	return out
}

// String formats the number of axes that both arguments share, if there are any.
func (o Gather) String() string {
	if o.Batch == 0 {
		return ""
	}
	return fmt.Sprintf("batch %d", o.Batch)
}

// Gather adds the rows of data that index names; see the op.
func (b *Builder) Gather(data, index ID, batch int) ID {
	return b.Add(Gather{Batch: batch}, data, index)
}
