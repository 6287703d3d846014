// SPDX-License-Identifier: Apache-2.0

package selftest

import (
	"fmt"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"github.com/zkml-go/zkml/accel"
)

// sumCases are sums of points of a group.
func sumCases[P comparable](o Options, g group[P]) []Case {
	cases := skewCases(o.points(), o.Seed, g)
	with := func(name string, run func(accel.Device, *basis[P]) error) {
		cases = append(cases, Case{g.name + ", " + name, func(d accel.Device) error {
			b, err := g.hold(d, randoms(source(o.Seed, 1), o.points()))
			if err != nil {
				return err
			}
			defer b.held.Free()
			return run(d, b)
		}})
	}
	with("lengths", func(_ accel.Device, b *basis[P]) error {
		rnd := source(o.Seed, 2)
		n := o.points()
		for _, n := range []int{0, 1, 2, 3, 5, 31, 32, 33, 100, 255, 257, n/2 - 1, n - 1, n} {
			if n < 0 || n > len(b.logs) {
				continue
			}
			if err := b.check(0, elements("random", randoms(rnd, n))); err != nil {
				return err
			}
		}
		return nil
	})
	with("offsets", func(_ accel.Device, b *basis[P]) error {
		rnd := source(o.Seed, 3)
		n := o.points()
		for _, from := range []int{0, 1, 7, n / 2, n - 1, n} {
			for _, m := range []int{0, 1, 17, n - from} {
				if m > n-from {
					continue
				}
				x := append([]given{elements("random", randoms(rnd, m))}, kinds(rnd, m)[:2]...)
				if err := b.check(from, x...); err != nil {
					return err
				}
			}
		}
		return nil
	})
	with("batches", func(d accel.Device, b *basis[P]) error {
		if err := b.check(0); err != nil {
			return err
		}
		rnd := source(o.Seed, 4)
		n := o.points() - 3
		var same, mixed []given
		for k := range 5 {
			same = append(same, elements("random", randoms(rnd, n)))
			mixed = append(mixed, elements("random", randoms(rnd, n*k/4)))
		}
		for k, x := range kinds(rnd, n) {
			if k%3 == 0 {
				mixed = append(mixed, x)
			}
		}
		e := randoms(rnd, n/2)
		v, err := d.Vector(e)
		if err != nil {
			return err
		}
		defer v.Free()
		mixed = append(mixed, given{"a vector", v, e}, elements("none", nil))
		if err := b.check(3, same...); err != nil {
			return err
		}
		return b.check(1, mixed...)
	})
	with("vectors", func(d accel.Device, b *basis[P]) error { return checkVectorSums(o, d, b) })
	with("refusals", func(d accel.Device, b *basis[P]) error { return checkRefusals(d, b) })
	return append(cases, Case{g.name + ", no points", func(d accel.Device) error {
		b, err := g.hold(d, nil)
		if err != nil {
			return err
		}
		defer b.held.Free()
		return b.check(0, elements("none", nil), given{"none", accel.Ints[int8]{}, nil})
	}})
}

// skewCases are sums over n points of each placing.
func skewCases[P comparable](n int, seed uint64, g group[P]) []Case {
	var cases []Case
	for k := range placings {
		cases = append(cases, skewCase(n, seed, g, k, 4))
	}
	return cases
}

// skewCase is sums over n points, for scalars of each distribution, one sum at a time, and
// for integers of the narrowest widths, in one batch.
func skewCase[P comparable](n int, seed uint64, g group[P], placing, widths int) Case {
	place := placings[placing]
	return Case{fmt.Sprintf("%s, %d points, %s", g.name, n, place.name), func(d accel.Device) error {
		rnd := source(seed, 100+placing)
		b, err := g.hold(d, place.elements(rnd, n))
		if err != nil {
			return err
		}
		defer b.held.Free()
		for _, f := range fills {
			if err := b.check(0, elements(f.name, f.elements(rnd, n))); err != nil {
				return err
			}
		}
		all := kinds(rnd, n)
		return b.check(0, all[:len(all)*widths/4]...)
	}}
}

// checkVectorSums takes scalars that are on the device already, also after a transform.
func checkVectorSums[P comparable](o Options, d accel.Device, b *basis[P]) error {
	rnd := source(o.Seed, 5)
	for _, n := range []int{0, 1, 100, 128, len(b.logs)} {
		if n > len(b.logs) {
			continue
		}
		e := randoms(rnd, n)
		v, err := d.Vector(e)
		if err != nil {
			return err
		}
		defer v.Free()
		if err := b.check(0, given{"a vector", v, e}, given{"the vector again", v, e}); err != nil {
			return err
		}
		if n == 128 {
			if err := v.NTT(accel.Form{}); err != nil {
				return err
			}
			e = evaluate(e, false)
			if err := b.check(len(b.logs)-n, given{"a transformed vector", v, e}); err != nil {
				return err
			}
		}
		if err := holds(v, e); err != nil {
			return fmt.Errorf("a vector after it was summed: %w", err)
		}
	}
	return nil
}

// checkRefusals asks for what there is not. The caller is to blame, not the device.
func checkRefusals[P comparable](d accel.Device, b *basis[P]) error {
	n := len(b.logs)
	v, err := d.Vector(make([]fr.Element, 2))
	if err != nil {
		return err
	}
	defer v.Free()
	none := accel.Elements{}
	for _, c := range []struct {
		what    string
		from    int
		scalars []accel.Scalars
	}{
		{"too many scalars", 0, []accel.Scalars{make(accel.Elements, n+1)}},
		{"too many integers", 0, []accel.Scalars{make(accel.Ints[int16], n+1)}},
		{"scalars beyond the last point", n - 1, []accel.Scalars{v}},
		{"an offset beyond the last point", n + 1, []accel.Scalars{none}},
		{"a negative offset", -1, []accel.Scalars{none}},
		{"one too long in a batch", 1, []accel.Scalars{none, make(accel.Ints[int8], n)}},
		{"a foreign vector", 0, []accel.Scalars{foreign{}}},
		{"an unknown kind of scalars", 0, []accel.Scalars{unknown{}}},
	} {
		_, err := b.held.MSM(c.from, c.scalars...)
		if err := refused(c.what, err); err != nil {
			return err
		}
	}
	return b.check(0, elements("one", []fr.Element{fr.One()}))
}
