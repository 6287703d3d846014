// SPDX-License-Identifier: Apache-2.0

package main

import (
	"flag"
	"fmt"
	"strconv"
	"strings"

	"github.com/zkml-go/zkml/graph"
	"github.com/zkml-go/zkml/quant"
)

// A calibrator chooses the span of every tensor.
type calibrator func(g *graph.Graph, samples []quant.Sample) (*quant.Calibration, error)

// maxAbs keeps every element that was seen.
func maxAbs(g *graph.Graph, samples []quant.Sample) (*quant.Calibration, error) {
	return quant.Calibrate(g, samples, 100)
}

// The methods of calibration, and the share that percentile calibration keeps if
// nothing else is said, in percent.
const (
	methodMaxAbs      = "max-abs"
	methodPercentile  = "percentile"
	methodMSE         = "mse"
	defaultPercentile = 99.99
)

// quantization declares the flags that choose scales.
func (o *compileOptions) quantization(f *flag.FlagSet) {
	f.StringVar(&o.calibration, "calibration", "", "sample inputs, a .npy or .npz `FILE`")
	f.IntVar(&o.random, "calibration-random", 0, "calibrate on `N` random inputs instead")
	f.Uint64Var(&o.seed, "seed", 1, "`SEED` of the random inputs")
	f.StringVar(&o.inputRange, "input-range", "", "`LO,HI`: the declared range of every input; default: what calibration saw")
	f.IntVar(&o.quant.ActBits, "act-bits", 8, "width of activations, in `BITS`: 4 to 16")
	f.Func("bits", "`NODE=BITS`: another width for the activations of a node, or NODE=BITS:LO,HI and another range; * in NODE stands for any characters; may be given more than once, the last counts", func(s string) error {
		v, err := parseOverride(s)
		o.quant.Overrides = append(o.quant.Overrides, v)
		return err
	})
	f.IntVar(&o.quant.WeightBits, "weight-bits", 0, "width of weights, in `BITS`: 2 to 16, with a scale for each channel; default: as many as make every rescaling a shift")
	f.StringVar((*string)(&o.quant.Scales), "scales", string(quant.AffineScales), "`KIND` of scales of activations: affine or pow2, powers of two")
	f.StringVar(&o.method, "calibration-method", "", "`METHOD` that chooses ranges: max-abs, percentile, or mse, the least mean squared error; default: max-abs, or percentile with --percentile")
	f.Float64Var(&o.percentile, "percentile", 0, "`PERCENT` of a tensor's elements that its range must hold; default: 99.99 with --calibration-method percentile")
	f.IntVar(&o.samples, "calibration-samples", 256, "use at most `N` of the samples to calibrate; all are compared")
	o.given = func(name string) (is bool) {
		f.Visit(func(x *flag.Flag) { is = is || x.Name == name })
		return is
	}
}

func (o *compileOptions) checkQuantization() (err error) {
	if (o.calibration == "") == (o.random == 0) {
		return fmt.Errorf("give either --calibration FILE or --calibration-random N")
	}
	if o.random < 0 || o.random > 1<<16 {
		return fmt.Errorf("--calibration-random %d, want 1 to 65536", o.random)
	}
	if o.samples < 1 {
		return fmt.Errorf("--calibration-samples %d, want at least 1", o.samples)
	}
	if b := o.quant.ActBits; b < 4 || b > 16 {
		return fmt.Errorf("--act-bits %d, want 4 to 16", b)
	}
	if b := o.quant.WeightBits; o.given("weight-bits") && (b < 2 || b > 16) {
		return fmt.Errorf("--weight-bits %d, want 2 to 16", b)
	}
	if s := o.quant.Scales; s != quant.AffineScales && s != quant.PowerOfTwoScales {
		return fmt.Errorf("--scales %s, want affine or pow2", s)
	}
	if err := o.checkMethod(); err != nil {
		return err
	}
	if o.inputRange != "" {
		if o.quant.InputRange, err = parseRange(o.inputRange); err != nil {
			return err
		}
	}
	if o.random != 0 && o.quant.InputRange == nil {
		return fmt.Errorf("--calibration-random needs --input-range LO,HI")
	}
	return nil
}

// checkMethod checks the method of calibration and settles what was left open.
func (o *compileOptions) checkMethod() error {
	given := o.given("percentile")
	if o.method == "" {
		o.method = methodMaxAbs
		if given {
			o.method = methodPercentile
		}
	}
	switch o.method {
	case methodPercentile:
		if !given {
			o.percentile = defaultPercentile
		}
		if !(o.percentile > 50 && o.percentile <= 100) {
			return fmt.Errorf("--percentile %v, want more than 50 and at most 100", o.percentile)
		}
		return nil
	case methodMaxAbs, methodMSE:
		if given {
			return fmt.Errorf("--percentile goes with --calibration-method percentile, not %s", o.method)
		}
		return nil
	}
	return fmt.Errorf("--calibration-method %s, want max-abs, percentile or mse", o.method)
}

func (o *compileOptions) calibrator() calibrator {
	return func(g *graph.Graph, samples []quant.Sample) (*quant.Calibration, error) {
		switch o.method {
		case methodPercentile:
			return quant.Calibrate(g, samples, o.percentile)
		case methodMSE:
			return quant.CalibrateMSE(g, samples, o.quant.ActBits)
		}
		return maxAbs(g, samples)
	}
}

// parseOverride reads NODE=BITS, NODE=BITS:LO,HI or NODE=:LO,HI. The name may hold
// equals signs, too.
func parseOverride(s string) (quant.Override, error) {
	k := strings.LastIndex(s, "=")
	if k < 1 {
		return quant.Override{}, fmt.Errorf("want NODE=BITS or NODE=BITS:LO,HI")
	}
	v := quant.Override{Nodes: s[:k]}
	bits, span, hasSpan := strings.Cut(s[k+1:], ":")
	if bits != "" || !hasSpan {
		var err error
		if v.Bits, err = strconv.Atoi(bits); err != nil || v.Bits < 4 || v.Bits > 16 {
			return v, fmt.Errorf("width %q, want 4 to 16", bits)
		}
	}
	if hasSpan {
		var err error
		if v.Span, err = parseRange(span); err != nil {
			return v, err
		}
	}
	return v, nil
}
