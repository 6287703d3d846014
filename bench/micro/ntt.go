// SPDX-License-Identifier: Apache-2.0

package micro

import (
	"strconv"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr/fft"
	"github.com/consensys/gnark-crypto/utils"
	"github.com/consensys/gnark-crypto/utils/cpu"

	"github.com/zkml-go/zkml/accel"
	"github.com/zkml-go/zkml/bench"
	"github.com/zkml-go/zkml/bench/measure"
)

// ntt are the transforms, to and back, at roots of unity and at those of a coset, with
// coefficients in their natural order.
func ntt() []kernel {
	sizes := []int{10, 14, 16, 18}
	var out []kernel
	for _, coset := range []bool{false, true} {
		for _, inverse := range []bool{false, true} {
			name := "NTT"
			if inverse {
				name = "INTT"
			}
			form := accel.Form{Coset: coset}
			out = append(out, kernel{name: bench.With(name, "coset", strconv.FormatBool(coset)), sizes: sizes, onDevice: true,
				prepare: func(d accel.Device, n int) (*measure.Operation, error) {
					r := newResident(d, n)
					do := func() error { return r.x.NTT(form) }
					if inverse {
						do = func() error { return r.x.INTT(form) }
					}
					return r.operation(transformWork(n, coset, inverse), do, func(x, _ fr.Vector, times int) {
						transform := reference(n, coset, inverse)
						for range times {
							transform(x)
						}
					}), nil
				}})
		}
	}
	return out
}

// transformWork adds to the butterflies a multiplication of each element by a power of the
// shift of the coset, and one by 1/n on the way back.
func transformWork(n int, coset, inverse bool) bench.Work {
	w := transform(n, cpu.SupportAVX512IFMA)
	extra := 0
	if coset {
		extra += n
	}
	if inverse {
		extra += n
	}
	w.Mul64 += float64(extra) * mulWords
	return w
}

// reference returns a transform of n elements by gnark-crypto.
func reference(n int, coset, inverse bool) func(fr.Vector) {
	shift, err := fft.Generator(2 * uint64(n))
	if err != nil {
		panic("zkml: internal error: " + err.Error()) // sizes are at most 2²⁷
	}
	d := fft.NewDomain(uint64(n), fft.WithShift(shift))
	var options []fft.Option
	if coset {
		options = append(options, fft.OnCoset())
	}
	if inverse {
		return func(x fr.Vector) {
			d.FFTInverse(x, fft.DIF, options...)
			utils.BitReverse(x)
		}
	}
	return func(x fr.Vector) {
		utils.BitReverse(x)
		d.FFT(x, fft.DIT, options...)
	}
}
