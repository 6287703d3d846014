// SPDX-License-Identifier: Apache-2.0

// Package selftest is what any device must compute, as a list of cases that can run
// outside of tests: before a device is trusted at all, and many times over on a machine
// that has one.
//
// What is right is known without a second device. Points are known multiples of the
// generator, so that ∑ xᵢ·(aᵢ·G) is (∑ xᵢ·aᵢ)·G; transforms are those of gnark-crypto, and
// for few elements the values of the polynomial one by one.
package selftest

import (
	"context"
	"fmt"

	"github.com/zkml-go/zkml/accel"
)

// Options says how much is computed.
type Options struct {
	// Points is the most points of a sum. 0 means 2¹⁰.
	Points int
	// LogNTT is the logarithm of the longest transform. 0 means 12.
	LogNTT int
	// Seed is of the random scalars, points and vectors.
	Seed uint64
}

func (o Options) points() int {
	if o.Points > 0 {
		return o.Points
	}
	return 1 << 10
}

func (o Options) logNTT() int {
	if o.LogNTT > 0 {
		return o.LogNTT
	}
	return 12
}

// A Case is one thing that a device must do right, and what it says if it does not.
// It frees what it keeps on the device.
type Case struct {
	Name string
	Run  func(accel.Device) error
}

// Cases returns all that any device must do.
func Cases(o Options) []Case {
	var cases []Case
	cases = append(cases, sumCases(o, groupG1)...)
	cases = append(cases, sumCases(o, groupG2)...)
	cases = append(cases, transformCases(o)...)
	cases = append(cases, vectorCases(o)...)
	return append(cases, lifeCases(o)...)
}

// Startup returns what a device must do before it is used at all: sums of 2¹⁰ points of
// both groups, also for skewed scalars and points, and transforms of 2¹⁰ elements. It is
// short enough to run whenever a program starts.
func Startup() []Case {
	const n = 1 << 10
	return append([]Case{
		skewCase(n, 0, groupG1, 0, 2),
		skewCase(n, 0, groupG1, 1, 2),
		skewCase(n, 0, groupG2, 1, 1),
	}, transformsOf(10, 0)...)
}

// Check runs cases one after the other, until one fails.
func Check(ctx context.Context, d accel.Device, cases []Case) error {
	for _, c := range cases {
		if err := ctx.Err(); err != nil {
			return err
		}
		if err := c.Run(d); err != nil {
			return fmt.Errorf("%s: %w", c.Name, err)
		}
	}
	return nil
}
