// SPDX-License-Identifier: Apache-2.0

package groth16

import (
	"slices"
	"testing"

	curve "github.com/consensys/gnark-crypto/ecc/bn254"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"github.com/zkml-go/zkml/accel"
	"github.com/zkml-go/zkml/accel/cpu"
)

// unmasking is a device that takes the mask of the only commitment for 0 wherever it sees it.
type unmasking struct {
	plain
	at  map[*curve.G1Affine]int // the mask among the scalars of these points
	row int                     // of the mask
}

func newUnmasking(t *testing.T, s *setup, mask, committed int) *unmasking {
	t.Helper()
	at := 0
	if s.pk.InfinityA[mask] || !s.pk.InfinityB[mask] {
		t.Fatal("the mask is in other columns than its row says")
	}
	for _, skip := range s.pk.InfinityA[:mask] {
		if !skip {
			at++
		}
	}
	c := s.pk.CommitmentKeys[0]
	d := &unmasking{row: -1, at: map[*curve.G1Affine]int{&s.pk.G1.A[0]: at, &c.Basis[0]: committed - 1, &c.BasisExpSigma[0]: committed - 1}}
	rows := s.cs.GetR1Cs()
	for i := range rows {
		for _, term := range rows[i].L {
			if term.WireID() == mask {
				if d.row >= 0 {
					t.Fatal("the mask is in two rows")
				}
				d.row = i
			}
		}
	}
	if d.row < 0 {
		t.Fatal("the mask is in no row")
	}
	return d
}

func (d *unmasking) G1(p []curve.G1Affine) (accel.G1, error) {
	held, err := d.plain.G1(p)
	at, ok := d.at[&p[0]]
	if !ok {
		at = -1
	}
	return unmaskingPoints{held, at}, err
}

func (d *unmasking) Vector(x []fr.Element) (accel.Vector, error) {
	x = slices.Clone(x)
	if !x[d.row].IsOne() { // of u and w
		x[d.row].SetZero()
	}
	return d.plain.Vector(x)
}

type unmaskingPoints struct {
	accel.G1
	at int
}

func (p unmaskingPoints) MSM(from int, scalars ...accel.Scalars) ([]curve.G1Affine, error) {
	own := slices.Clone(scalars)
	for k, x := range own {
		if e, ok := x.(accel.Elements); ok && p.at >= 0 && p.at < len(e) {
			e = slices.Clone(e)
			e[p.at].SetZero()
			own[k] = e
		}
	}
	return p.G1.MSM(from, own...)
}

// TestMaskIsNotTheDevices has a device leave the mask out of all that it computes: the commitment
// is masked nevertheless, and the proof does not verify. It does with a key that has no points for
// the mask: nothing else is wrong with it.
func TestMaskIsNotTheDevices(t *testing.T) {
	t.Parallel()
	const size = 20
	s := newSetup(t, &powers{Size: size, Commitments: 1})
	full := fullWitness(t, newPowers(5, size))
	key := NewKey(s.pk)
	honest, err := key.Solve(again{}, s.cs, full)
	if err != nil {
		t.Fatal(err)
	}
	wires := honest.info[0].PrivateCommitted
	last := len(wires) - 1
	device := newUnmasking(t, s, wires[last], len(wires))

	// The mask is the only wire that two solutions differ in, among those that are committed.
	other, err := key.Solve(again{}, s.cs, full)
	if err != nil {
		t.Fatal(err)
	}
	for k, wire := range wires {
		if honest.a[wire].Equal(&other.a[wire]) != (k < last) {
			t.Errorf("wire %d of %d: %v and %v", k, len(wires), &honest.a[wire], &other.a[wire])
		}
	}

	prove := func(pk bool, device accel.Device) (*Solution, bool) {
		t.Helper()
		key := key
		if !pk {
			bare := *s.pk
			bare.CommitmentKeys = slices.Clone(bare.CommitmentKeys)
			c := &bare.CommitmentKeys[0]
			c.Basis, c.BasisExpSigma = slices.Clone(c.Basis), slices.Clone(c.BasisExpSigma)
			c.Basis[last], c.BasisExpSigma[last] = curve.G1Affine{}, curve.G1Affine{}
			key = NewKey(&bare)
		}
		solution, err := key.Solve(device, s.cs, full)
		if err != nil {
			t.Fatal(err)
		}
		proof, err := solution.Prove()
		if err != nil {
			t.Fatal(err)
		}
		return solution, s.verify(t, full, proof) == nil
	}
	bare, err := cpu.Device{}.G1(s.pk.CommitmentKeys[0].Basis[:last])
	if err != nil {
		t.Fatal(err)
	}
	values := make(accel.Elements, last)
	for k := range values {
		values[k] = honest.a[wires[k]]
	}
	unmasked, err := sum1(bare, []accel.Scalars{values})
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		points               bool
		device               accel.Device
		verifies, isUnmasked bool
	}{
		"honest":                          {true, plain{}, true, false},
		"unmasking":                       {true, device, false, false},
		"unmasking, no points for a mask": {false, device, true, true},
		"honest, no points for a mask":    {false, plain{}, false, true},
	} {
		solution, ok := prove(c.points, c.device)
		if ok != c.verifies || solution.commitments[0].Equal(&unmasked) != c.isUnmasked {
			t.Errorf("%s: verifies %v, unmasked %v", name, ok, solution.commitments[0].Equal(&unmasked))
		}
	}
	for i := range 2 { // a key or a circuit without masks is refused
		broken := *s.pk
		broken.CommitmentKeys = slices.Clone(broken.CommitmentKeys)
		if c := &broken.CommitmentKeys[0]; i == 0 {
			c.Basis = c.Basis[1:]
		} else {
			c.BasisExpSigma = c.BasisExpSigma[1:]
		}
		if _, err := NewKey(&broken).Solve(plain{}, s.cs, full); err == nil {
			t.Error("a key with a point less")
		}
	}
}
