// SPDX-License-Identifier: Apache-2.0

package micro

import (
	"fmt"
	"strconv"

	"github.com/zkml-go/zkml/accel"
	"github.com/zkml-go/zkml/bench"
	"github.com/zkml-go/zkml/bench/measure"
)

// A kernel is measured at sizes.
type kernel struct {
	name string // with parameters, but for the size
	// sizes are the logarithms of the sizes that it is measured at by default; a kernel
	// without sizes is measured warm only: what it does is over before a clock can tell.
	sizes []int
	// onDevice is true of what package accel has.
	onDevice bool
	// prepare makes the operation of n = 2^size elements. device is nil unless onDevice.
	prepare func(device accel.Device, n int) (*measure.Operation, error)
}

// maxLog is the largest logarithm of a size: the field has roots of unity of order 2²⁸, one
// more than cosets of 2²⁷ elements take.
const maxLog = 27

// Cases returns all kernels at their sizes, or at the sizes given. Kernels of ceilings
// come first.
func Cases(sizes []int) ([]measure.Case, error) {
	for _, s := range sizes {
		if s < 1 || s > maxLog {
			return nil, fmt.Errorf("size 2^%d, want 2^1 to 2^%d", s, maxLog)
		}
	}
	out := ceilings()
	for _, group := range [][]kernel{field(), poseidon(), msm(), ntt(), vectors(), fractions(), sums()} {
		for _, k := range group {
			out = append(out, k.cases(sizes)...)
		}
	}
	return out, nil
}

// cases returns a kernel at sizes, or at its own.
func (k *kernel) cases(sizes []int) []measure.Case {
	if k.sizes == nil {
		return []measure.Case{k.at(k.name, 1)}
	}
	if len(sizes) == 0 {
		sizes = k.sizes
	}
	var out []measure.Case
	for _, s := range sizes {
		out = append(out, k.at(bench.With(k.name, "log2n", strconv.Itoa(s)), 1<<s))
	}
	return out
}

func (k *kernel) at(name string, n int) measure.Case {
	return measure.Case{Name: name, OnDevice: k.onDevice, Run: func(s *measure.Measurement) error {
		prepare := func() (*measure.Operation, error) { return k.prepare(s.Device, n) }
		if k.sizes == nil {
			return s.MeasureWarm(s.Row(name, "warm"), prepare)
		}
		return s.Measure(name, prepare)
	}}
}

// repeat makes the warm part of an operation of what one repetition does.
func repeat(do func() error) func(int) error {
	return func(n int) error {
		for range n {
			if err := do(); err != nil {
				return err
			}
		}
		return nil
	}
}
