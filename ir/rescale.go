// SPDX-License-Identifier: Apache-2.0

package ir

import (
	"fmt"

	"github.com/zkml-go/zkml/tensor"
)

// MaxShift is the largest shift of a Rescale, in bits.
const MaxShift = 48

// Rescale is the one rounding rule of a program:
//
//	q = ⌊(Multiplier·x + 2^(Shift−1)) / 2^Shift⌋
//
// that is, Multiplier·x/2^Shift rounded to the nearest integer, ties toward +∞.
// Nothing saturates here: clamping is a Lookup, and the range of q is proved.
type Rescale struct {
	Multiplier int64 `json:"multiplier"` // > 0
	Shift      int   `json:"shift"`      // 1 … MaxShift
}

// Kind implements Op.
func (Rescale) Kind() string { return "rescale" }

// Infer implements Op.
func (o Rescale) Infer(_ *Program, args []Arg) (tensor.Shape, Range, error) {
	if o.Multiplier <= 0 || o.Shift < 1 || o.Shift > MaxShift {
		return nil, Range{}, fmt.Errorf("multiplier %d, shift %d: want a positive multiplier and a shift in [1, %d]", o.Multiplier, o.Shift, MaxShift)
	}
	r, err := args[0].Range.scale(o.Multiplier)
	if err != nil {
		return nil, Range{}, err
	}
	return args[0].Shape, Range{o.round(args[0].Range.Lo), o.round(args[0].Range.Hi)}, r.Check()
}

// round applies the rule. Go's >> on negative numbers is ⌊·/2^Shift⌋.
func (o Rescale) round(x int64) int64 {
	return (o.Multiplier*x + int64(1)<<(o.Shift-1)) >> o.Shift
}

// Eval implements Op.
func (o Rescale) Eval(p *Program, args []Tensor) []int64 { return evalEach(o, p, args) }

func (o Rescale) each(_ *Program, dst []int64, args [][]int64) {
	m, half, shift := o.Multiplier, int64(1)<<(o.Shift-1), o.Shift&63
	for i, x := range args[0][:len(dst)] {
		dst[i] = (m*x + half) >> shift
	}
}
