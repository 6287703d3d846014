// SPDX-License-Identifier: Apache-2.0

package acceltest_test

import (
	"context"
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	curve "github.com/consensys/gnark-crypto/ecc/bn254"

	"github.com/zkml-go/zkml/accel"
	"github.com/zkml-go/zkml/accel/acceltest"
	"github.com/zkml-go/zkml/accel/cpu"
	"github.com/zkml-go/zkml/accel/selftest"
)

// TestPlantedFaults checks that each promise of a device is one that some case checks: for
// each there is a device that breaks it alone.
func TestPlantedFaults(t *testing.T) {
	t.Parallel()
	cases := selftest.Cases(selftest.Options{Points: 24, LogNTT: 4})
	for name, c := range map[string]struct {
		d        accel.Device
		in, says string // the case, and its error
	}{
		"no name": {nameless{}, "it has a name", "it has not"},
		"ignores the offset": {flaws{msm: func(p accel.G1, from int, x []accel.Scalars) ([]curve.G1Affine, error) {
			if _, err := p.MSM(from, x...); err != nil {
				return nil, err
			}
			return p.MSM(0, x...)
		}}, "G1, offsets", "wrong sum"},
		"does not know that −128 has no opposite": {flaws{msm: func(p accel.G1, from int, x []accel.Scalars) ([]curve.G1Affine, error) {
			for k := range x {
				if y, ok := x[k].(accel.Ints[int8]); ok {
					z := make(accel.Ints[int16], len(y))
					for i, v := range y {
						if z[i] = int16(v); v == math.MinInt8 {
							z[i] = -math.MinInt8
						}
					}
					x[k] = z
				}
			}
			return p.MSM(from, x...)
		}}, "G1, 24 points, distinct", "int8"},
		"takes all lists for as long as the first": {flaws{msm: func(p accel.G1, from int, x []accel.Scalars) ([]curve.G1Affine, error) {
			for k := range x {
				if y, ok := x[k].(accel.Elements); ok && len(y) > x[0].Len() {
					x[k] = y[:x[0].Len()]
				}
			}
			return p.MSM(from, x...)
		}}, "G1, batches", "wrong sum"},
		"writes to scalars": {flaws{msm: func(p accel.G1, from int, x []accel.Scalars) ([]curve.G1Affine, error) {
			out, err := p.MSM(from, x...)
			for _, y := range x {
				if y, ok := y.(accel.Elements); ok && err == nil {
					clear(y)
				}
			}
			return out, err
		}}, "inputs stay", "wrote to its input"},
		"leaves out what it has no points for": {flaws{msm: func(p accel.G1, from int, x []accel.Scalars) ([]curve.G1Affine, error) {
			for k := range x {
				if y, ok := x[k].(accel.Ints[int16]); ok && from >= 0 && from+len(y) > p.Len() {
					x[k] = y[:max(0, p.Len()-from)]
				}
			}
			return p.MSM(from, x...)
		}}, "G1, refusals", "too many integers: accepted"},
		"takes mistakes for its own": {flaws{msm: func(p accel.G1, from int, x []accel.Scalars) ([]curve.G1Affine, error) {
			out, err := p.MSM(from, x...)
			if err != nil {
				err = fmt.Errorf("%w: %w", accel.ErrFault, err)
			}
			return out, err
		}}, "G1, refusals", "the device is blamed"},
		"mixes up calls":                   {flaws{msm: mixing()}, "all at once", "wrong sum"},
		"forgets the coset":                {flaws{ntt: noCoset}, "transforms of 2^2", "on the coset"},
		"forgets the coset of the inverse": {flaws{intt: noCoset}, "transforms of 2^2", "on the coset"},
		"does not know its own order":      {flaws{ntt: inOrder}, "transforms of 2^2", "shuffled"},
		"shuffles always":                  {flaws{intt: outOfOrder}, "transforms of 2^2", "INTT on the roots"},
		"keeps what is the caller's":       {flaws{aliases: true}, "a vector is a copy", "wrong element"},
		"writes to operands":               {flaws{spoils: true}, "operations of two vectors", "wrong element"},
		"reads as much as there is":        {flaws{lax: true}, "refusals of vectors", "read of 0 elements of 64: accepted"},
		"frees what has taken its place":   {flaws{frees: new(slot)}, "freed twice", "wrong element"},
		"returns fewer sums":               {&acceltest.Fake{Fewer: acceltest.From("MSM", 1)}, "G1, lengths", "sums over G1"},
	} {
		some := slices.DeleteFunc(slices.Clone(cases), func(x selftest.Case) bool { return !strings.Contains(x.Name, c.in) })
		if err := selftest.Check(context.Background(), cpu.Device{}, some); err != nil || len(some) == 0 {
			t.Errorf("%d cases of %q: %v", len(some), c.in, err)
		}
		err := selftest.Check(context.Background(), c.d, some)
		if err == nil || !strings.Contains(err.Error(), c.says) {
			t.Errorf("a device that %s: got %v, want an error with %q", name, err, c.says)
		}
	}
}
