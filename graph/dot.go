// SPDX-License-Identifier: Apache-2.0

package graph

import "github.com/zkml-go/zkml/tensor"

// dot sums the products of one run. The conversions keep the compiler from fusing
// a product with the sum, which some machines do and others cannot: calibration
// sees the same numbers everywhere.
func dot(r tensor.Runs, x, y []float64) float64 {
	if r.StrideA != 1 || r.StrideB != 1 {
		sum := 0.0
		for k := range r.Length {
			sum += float64(x[k*r.StrideA] * y[k*r.StrideB])
		}
		return sum
	}
	x, y = x[:r.Length], y[:r.Length]
	// Four sums, so that an addition does not wait for the one before.
	var s0, s1, s2, s3 float64
	for len(x) >= 4 && len(y) >= 4 {
		s0 += float64(x[0] * y[0])
		s1 += float64(x[1] * y[1])
		s2 += float64(x[2] * y[2])
		s3 += float64(x[3] * y[3])
		x, y = x[4:], y[4:]
	}
	for k := range x {
		s0 += float64(x[k] * y[k])
	}
	return s0 + s1 + s2 + s3
}
