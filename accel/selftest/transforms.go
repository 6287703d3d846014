// SPDX-License-Identifier: Apache-2.0

package selftest

import (
	"errors"
	"fmt"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"github.com/zkml-go/zkml/accel"
)

// forms are all that a transform can be asked.
var forms = []accel.Form{{}, {Coset: true}, {Shuffled: true}, {Coset: true, Shuffled: true}}

func transformCases(o Options) []Case {
	var cases []Case
	for log := range o.logNTT() + 1 {
		cases = append(cases, transformsOf(log, o.Seed)...)
	}
	return append(cases, Case{"transforms of lengths that are no powers of two", func(d accel.Device) error {
		for _, n := range []int{0, 3, 5, 6, 7, 12, 1000, 3 << o.logNTT()} {
			e := randoms(source(o.Seed, n), n)
			err := on(d, e, func(v accel.Vector) error {
				for _, f := range forms {
					if err := refused(fmt.Sprintf("%+v of %d elements", f, n), v.NTT(f)); err != nil {
						return err
					}
					if err := refused(fmt.Sprintf("inverse %+v of %d elements", f, n), v.INTT(f)); err != nil {
						return err
					}
				}
				return holds(v, e)
			})
			if err != nil {
				return err
			}
		}
		return nil
	}})
}

// transformsOf are those of 2ᶫᵒᵍ elements: random and skewed.
func transformsOf(log int, seed uint64) []Case {
	return []Case{{fmt.Sprintf("transforms of 2^%d elements", log), func(d accel.Device) error {
		if err := rootsAreOfTheirOrder(log); err != nil {
			return err
		}
		for k, f := range fills {
			e := f.elements(source(seed, 200+log+100*k), 1<<log)
			if err := checkTransforms(d, e); err != nil {
				return fmt.Errorf("%s: %w", f.name, err)
			}
		}
		return nil
	}}}
}

// checkTransforms compares all forms of the transforms of a vector, and their
// compositions, with values of the polynomial.
func checkTransforms(d accel.Device, e []fr.Element) error {
	for _, coset := range []bool{false, true} {
		values := evaluate(e, coset)
		plain, shuffled := accel.Form{Coset: coset}, accel.Form{Coset: coset, Shuffled: true}
		other := accel.Form{Coset: !coset, Shuffled: true}
		err := errors.Join(
			stays(d, e, values, "NTT "+name(plain), func(v accel.Vector) error { return v.NTT(plain) }),
			stays(d, values, e, "INTT "+name(plain), func(v accel.Vector) error { return v.INTT(plain) }),
			stays(d, e, e, "INTT of NTT "+name(plain), func(v accel.Vector) error {
				return errors.Join(v.NTT(plain), v.INTT(plain))
			}),
			stays(d, values, values, "NTT of INTT "+name(shuffled), func(v accel.Vector) error {
				return errors.Join(v.INTT(shuffled), v.NTT(shuffled))
			}),
			stays(d, values, evaluate(e, !coset), "NTT "+name(other)+" of INTT "+name(shuffled), func(v accel.Vector) error {
				return errors.Join(v.INTT(shuffled), v.NTT(other))
			}),
			checkShuffledLinear(d, values, e, coset),
		)
		if err != nil {
			return err
		}
	}
	return nil
}

// checkShuffledLinear computes with coefficients in the device's own order: 3·(f + g) − g
// for f of values and g of coefficients 1, 2, 3, …, evaluated on the other coset.
func checkShuffledLinear(d accel.Device, values, e []fr.Element, coset bool) error {
	g, want := make([]fr.Element, len(e)), make([]fr.Element, len(e))
	three := small(3)
	for i := range g {
		g[i] = small(int64(i + 1))
		want[i].Add(&e[i], &g[i]).Mul(&want[i], &three).Sub(&want[i], &g[i])
	}
	form := accel.Form{Coset: coset, Shuffled: true}
	return on(d, evaluate(g, coset), func(w accel.Vector) error {
		if err := w.INTT(form); err != nil {
			return err
		}
		return stays(d, values, evaluate(want, !coset), "3·(f + g) − g "+name(form), func(v accel.Vector) error {
			return errors.Join(v.INTT(form), v.Add(w), v.Scale(&three), v.Sub(w),
				v.NTT(accel.Form{Coset: !coset, Shuffled: true}))
		})
	})
}

func name(f accel.Form) string {
	out := "on the roots"
	if f.Coset {
		out = "on the coset"
	}
	if f.Shuffled {
		out += ", shuffled"
	}
	return out
}
