// SPDX-License-Identifier: Apache-2.0

package quant_test

import (
	"math"
	"testing"

	"github.com/zkml-go/zkml/quant"
	"github.com/zkml-go/zkml/tensor"
)

// TestMSE: the span of MSE calibration has a smaller error than any of a grid of
// others, worked out on the elements themselves; it drops an outlier at few bits and
// keeps more of it at many.
func TestMSE(t *testing.T) {
	t.Parallel()
	const count = 20000
	n := newNet(t, 1)
	g := n.done(n.Linear(0, []float64{2}, n.Input("x", tensor.Shape{count})))
	x := make([]float64, count)
	for i := range x {
		x[i] = n.rng.NormFloat64()
	}
	x[7] = 20
	squares := func(limit, levels float64) float64 {
		step, sum := limit/levels, 0.0
		for _, v := range x {
			v *= 2
			e := v - min(max(step*math.Floor(v/step+0.5), -limit), limit)
			sum += e * e
		}
		return sum
	}
	var limits []float64
	for _, bits := range []int{4, 8, 12} {
		cal, err := quant.CalibrateMSE(g, []quant.Sample{{x}}, bits)
		if err != nil {
			t.Fatal(err)
		}
		if cal.Spans[0].Hi != 20 {
			t.Errorf("%d bits: the span of the input is %v", bits, cal.Spans[0])
		}
		s, levels := cal.Spans[len(cal.Spans)-1], math.Ldexp(1, bits-1)-1
		limit := max(-s.Lo, s.Hi)
		got := squares(limit, levels)
		for other := 2.0; other <= 40; other += 0.5 {
			if want := squares(other, levels); got > 1.02*want {
				t.Errorf("%d bits: span %v has the squared error %g, and %g has %g", bits, s, got, other, want)
			}
		}
		limits = append(limits, limit)
	}
	if !(limits[0] < limits[1] && limits[1] < limits[2] && limits[0] < 10) {
		t.Errorf("limits %v at 4, 8 and 12 bits", limits)
	}
	if _, err := quant.CalibrateMSE(g, []quant.Sample{{x}}, 17); err == nil {
		t.Error("17 bits were accepted")
	}
	if _, err := quant.CalibrateMSE(g, nil, 8); err == nil {
		t.Error("no samples were accepted")
	}
}
