// SPDX-License-Identifier: Apache-2.0

package quant

import (
	"fmt"

	"github.com/zkml-go/zkml/ir"
)

// Options are the choices of a compilation.
type Options struct {
	// ActBits is the width of an activation, in bits: 4 to 16. 0 means 8.
	ActBits int
	// WeightBits, if not 0, is the width of weights, in bits: 2 to 16. Each channel has
	// a scale of its own, and the accumulator is multiplied by a 16-bit integer per
	// channel. 0 lets the weights absorb the ratio of the scales, which takes as many
	// bits as that needs and no multiplier.
	WeightBits int
	// Scales says which numbers the scales of activations may be; "" is affine.
	Scales Scales
	// Overrides are applied in order to the nodes that they name.
	Overrides []Override
	// InputRange, if not nil, is the declared real range of every input; nil
	// takes the range that calibration saw.
	InputRange *Span
	// InputVisibility and OutputVisibility default to public.
	InputVisibility, OutputVisibility ir.Visibility
}

// Scales is a kind of scale.
type Scales string

// The kinds of scales.
const (
	// AffineScales are any positive numbers.
	AffineScales Scales = "affine"
	// PowerOfTwoScales are powers of two: at most one bit of an activation is lost.
	// Those of a quantized model stay.
	PowerOfTwoScales Scales = "pow2"
)

// The widths that an activation may have, in bits.
const minActBits, maxActBits = 4, 16

// minWeightWidth is the least width of weights: −1, 0 and 1.
const minWeightWidth = 2

// The resolution of accumulators and weights.
const (
	// accumulatorShift is the least number of bits that a rescale drops:
	// accumulators are that much finer than the activation they become. At 11 bits
	// a remainder is one element of a table of 2048 rows.
	accumulatorShift = 11
	// activationShift is the same beyond the width of an activation, so that wide
	// activations get weights that deserve them.
	activationShift = 3
	// givenShift is the same for a quantized model, whose roundings are to come out
	// as its own: with per-channel weights of 8 bits it is as good as a multiplier of
	// 16 bits or more per channel. It is a remainder of two table elements.
	givenShift = 2 * accumulatorShift
	// maxShift is the largest such number.
	maxShift = 24
	// minWeightBits is the least width that the largest weight of a layer may
	// get; the layer's shift grows until it does.
	minWeightBits = 8
	// freeWeightBits is the width of weights whose accumulator no activation
	// asks for, such as those of the last layer.
	freeWeightBits = 12
	// selectedBits is the same where the operand is 0 or 1: the weights are values
	// that are selected, such as thresholds, and their products stay small.
	selectedBits = 24
)

// accumulatorBits returns the number of bits that a rescale to an activation of the
// given width drops if nothing asks for more.
func accumulatorBits(bits int) int { return max(accumulatorShift, bits+activationShift) }

func (o *Options) setDefaults() error {
	if o.ActBits == 0 {
		o.ActBits = 8
	}
	if o.ActBits < minActBits || o.ActBits > maxActBits {
		return fmt.Errorf("activations of %d bits, want %d to %d", o.ActBits, minActBits, maxActBits)
	}
	if o.WeightBits != 0 && (o.WeightBits < minWeightWidth || o.WeightBits > maxActBits) {
		return fmt.Errorf("weights of %d bits, want %d to %d", o.WeightBits, minWeightWidth, maxActBits)
	}
	if o.Scales != "" && o.Scales != AffineScales && o.Scales != PowerOfTwoScales {
		return fmt.Errorf("scales %q, want %s or %s", o.Scales, AffineScales, PowerOfTwoScales)
	}
	for _, v := range []*ir.Visibility{&o.InputVisibility, &o.OutputVisibility} {
		if *v == "" {
			*v = ir.Public
		}
		if err := v.Check(); err != nil {
			return err
		}
	}
	if r := o.InputRange; r != nil && !(r.Lo < r.Hi && finite([]float64{r.Lo, r.Hi})) {
		return fmt.Errorf("input range [%v, %v] is not an interval", r.Lo, r.Hi)
	}
	return nil
}
