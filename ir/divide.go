// SPDX-License-Identifier: Apache-2.0

package ir

import (
	"fmt"

	"github.com/zkml-go/zkml/tensor"
)

// Divide is q = ⌊a/b⌋, elementwise, for b > 0: the range of b must exclude 0 and
// everything below. Rounding to the nearest is ⌊(2·a + b)/(2·b)⌋.
type Divide struct{}

// Kind implements Op.
func (Divide) Kind() string { return "divide" }

// Infer implements Op.
func (Divide) Infer(_ *Program, args []Arg) (tensor.Shape, Range, error) {
	a, b := args[0], args[1]
	if !a.Shape.Equal(b.Shape) {
		return nil, Range{}, fmt.Errorf("arguments of shapes %v and %v", a.Shape, b.Shape)
	}
	if b.Range.Lo < 1 {
		return nil, Range{}, fmt.Errorf("the divisor has range %v, want positive integers only", b.Range)
	}
	// ⌊a/b⌋ grows with a, and with b it moves toward 0.
	lo := Range{floorDiv(a.Range.Lo, b.Range.Lo), floorDiv(a.Range.Hi, b.Range.Lo)}
	hi := Range{floorDiv(a.Range.Lo, b.Range.Hi), floorDiv(a.Range.Hi, b.Range.Hi)}
	return a.Shape, lo.Union(hi), nil
}

// Eval implements Op.
func (o Divide) Eval(p *Program, args []Tensor) []int64 { return evalEach(o, p, args) }

func (Divide) each(_ *Program, dst []int64, args [][]int64) {
	b := args[1][:len(dst)]
	for i, a := range args[0][:len(dst)] {
		dst[i] = floorDiv(a, b[i])
	}
}

// floorDiv returns ⌊a/b⌋ for b > 0. Go's division rounds toward 0. A forged run
// may divide by 0: the result is then 0, and no proof of it exists.
func floorDiv(a, b int64) int64 {
	if b == 0 {
		return 0
	}
	q := a / b
	if a%b < 0 {
		q--
	}
	return q
}
