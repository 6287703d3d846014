// SPDX-License-Identifier: Apache-2.0

package plonk

import (
	"errors"
	"math/big"
	"slices"
	"sync"
	"testing"

	curve "github.com/consensys/gnark-crypto/ecc/bn254"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/consensys/gnark/backend"

	"github.com/zkml-go/zkml/accel"
	"github.com/zkml-go/zkml/accel/cpu"
)

// hanging is a device that goes on reading what it was given in vectors and sums. Its last
// vector is said to have failed.
type hanging struct {
	cpu.Device
	mu      sync.Mutex
	vectors int
	last    int
	given   [][]fr.Element
	was     [][]fr.Element
}

func (d *hanging) give(x []fr.Element) {
	d.given, d.was = append(d.given, x), append(d.was, slices.Clone(x))
}

func (d *hanging) Vector(x []fr.Element) (accel.Vector, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.give(x)
	if d.vectors++; d.vectors == d.last {
		return nil, accel.ErrFault
	}
	return d.Device.Vector(x)
}

func (d *hanging) G1(points []curve.G1Affine) (accel.G1, error) {
	g, err := d.Device.G1(points)
	return &hangingPoints{g, d}, err
}

type hangingPoints struct {
	accel.G1
	d *hanging
}

func (p *hangingPoints) MSM(from int, scalars ...accel.Scalars) ([]curve.G1Affine, error) {
	p.d.mu.Lock()
	defer p.d.mu.Unlock()
	for _, x := range scalars {
		if e, ok := x.(accel.Elements); ok {
			p.d.give(e)
		}
	}
	return p.G1.MSM(from, scalars...)
}

// TestGivenIsLeft looks at all elements that a device was given, after a proof and after
// each vector that failed: a call that has not answered in time may still read them, and
// a sum that it owes is made by the CPU meanwhile.
func TestGivenIsLeft(t *testing.T) {
	t.Parallel()
	x := random(t, 1)[0] // so large that the commitment is to the elements themselves
	var y fr.Element
	y.Exp(x, big.NewInt(2+5)).Neg(&y)
	f := newCircuit(t, &powers{Size: 5, Commitments: 1}, &powers{X: x, Y: y})
	with := func(last int) *hanging {
		d := &hanging{last: last}
		s, err := NewKey(f.gates, f.pk, Options{}).Solve(d, f.full, backend.WithStatisticalZeroKnowledge())
		if err == nil {
			_, err = s.Prove(t.Context())
		}
		if last == 0 && err != nil || last > 0 && !errors.Is(err, accel.ErrFault) {
			t.Errorf("vector %d fails: %v", last, err)
		}
		for i := range d.given {
			if !slices.Equal(d.given[i], d.was[i]) {
				t.Errorf("vector %d fails: what was given as number %d of %d was written to", last, i+1, len(d.given))
			}
		}
		return d
	}
	for last := range with(0).vectors {
		with(last + 1)
	}
}
