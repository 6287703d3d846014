// SPDX-License-Identifier: Apache-2.0

package selftest

import (
	"errors"
	"fmt"
	"sync"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"github.com/zkml-go/zkml/accel"
)

func lifeCases(o Options) []Case {
	n := min(o.points(), 256)
	return []Case{
		{"it has a name and a description", func(d accel.Device) error {
			if d.String() == "" || d.Describe() == "" {
				return errors.New("it has not")
			}
			return nil
		}},
		{"a vector is a copy", func(d accel.Device) error {
			e := randoms(source(o.Seed, 400), n)
			given := append([]fr.Element(nil), e...)
			return on(d, given, func(v accel.Vector) error {
				clear(given)
				if err := holds(v, e); err != nil {
					return err
				}
				out := make([]fr.Element, n)
				if err := v.Read(out); err != nil {
					return err
				}
				clear(out)
				return holds(v, e)
			})
		}},
		{"inputs stay what they were", func(d accel.Device) error {
			return errors.Join(inputsStay(d, groupG1, o.Seed, n), inputsStay(d, groupG2, o.Seed, n))
		}},
		{"freed twice", func(d accel.Device) error { return freedTwice(d, o.Seed, n) }},
		{"all at once", func(d accel.Device) error { return together(d, o.Seed, n) }},
		{"again and again", func(d accel.Device) error {
			return errors.Join(again(d, groupG1, o.Seed, n), again(d, groupG2, o.Seed, n))
		}},
	}
}

// inputsStay checks that sums write neither to points nor to scalars.
func inputsStay[P comparable](d accel.Device, g group[P], seed uint64, n int) error {
	b, err := g.hold(d, randoms(source(seed, 401), n))
	if err != nil {
		return err
	}
	defer b.held.Free()
	e := fills[len(fills)-1].elements(source(seed, 402), n)
	x := append(accel.Elements(nil), e...)
	if _, err := b.held.MSM(0, x); err != nil {
		return err
	}
	points := g.many(b.logs)
	for i := range e {
		if x[i] != e[i] || b.points[i] != points[i] {
			return fmt.Errorf("a sum over %s wrote to its input %d", g.name, i)
		}
	}
	return nil
}

// freedTwice frees things again when others have taken their place.
func freedTwice(d accel.Device, seed uint64, n int) error {
	e := randoms(source(seed, 403), n)
	first, err := d.Vector(make([]fr.Element, n))
	if err != nil {
		return err
	}
	p, err := groupG1.hold(d, make([]fr.Element, n))
	if err != nil {
		return err
	}
	q, err := groupG2.hold(d, make([]fr.Element, n))
	if err != nil {
		return err
	}
	free := func() {
		first.Free()
		p.held.Free()
		q.held.Free()
	}
	free()
	return on(d, e, func(v accel.Vector) error {
		r, err := groupG1.hold(d, e)
		if err != nil {
			return err
		}
		defer r.held.Free()
		free()
		return errors.Join(holds(v, e), r.check(0, given{"a vector", v, e}))
	})
}

// together uses the same points and the same scalars from many goroutines.
func together(d accel.Device, seed uint64, n int) error {
	p, err := groupG1.hold(d, randoms(source(seed, 404), n))
	if err != nil {
		return err
	}
	defer p.held.Free()
	q, err := groupG2.hold(d, randoms(source(seed, 405), n))
	if err != nil {
		return err
	}
	defer q.held.Free()
	e := randoms(source(seed, 406), n)
	return on(d, e, func(shared accel.Vector) error {
		errs := make([]error, 8)
		var all sync.WaitGroup
		for k := range errs {
			all.Go(func() {
				rnd := source(seed, 410+k)
				small := kinds(rnd, n)
				for i := range 3 {
					errs[k] = errors.Join(errs[k],
						p.check(0, given{"a shared vector", shared, e}, small[(5*k+i)%len(small)]),
						q.check(0, elements(fills[k].name, fills[k].elements(rnd, n/2)), given{"a shared vector", shared, e}),
						checkTransforms(d, randoms(rnd, 64)),
						checkOperation(d, operations[k%3], e, randoms(rnd, n)),
						holds(shared, e))
				}
			})
		}
		all.Wait()
		return errors.Join(errs...)
	})
}

// again asks for the same sums many times.
func again[P comparable](d accel.Device, g group[P], seed uint64, n int) error {
	b, err := g.hold(d, randoms(source(seed, 407), n))
	if err != nil {
		return err
	}
	defer b.held.Free()
	rnd := source(seed, 408)
	for _, f := range fills {
		x := elements(f.name, f.elements(rnd, n))
		for k := range 4 {
			if err := b.check(0, x); err != nil {
				return fmt.Errorf("for the time %d: %w", k+1, err)
			}
		}
	}
	return nil
}
