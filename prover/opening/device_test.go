// SPDX-License-Identifier: Apache-2.0

package opening_test

import (
	"context"
	"errors"
	"testing"

	"github.com/consensys/gnark-crypto/ecc"
	curve "github.com/consensys/gnark-crypto/ecc/bn254"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/google/go-cmp/cmp"

	"github.com/zkml-go/zkml/accel"
	"github.com/zkml-go/zkml/prover/opening"
)

// expanding is points of a device that has no integers: it makes field elements of them.
type expanding struct {
	points []curve.G1Affine
	calls  [][]int // lengths of scalars
	short  int     // results that it leaves out
}

func (d *expanding) Len() int { return len(d.points) }

func (d *expanding) Free() {}

func (d *expanding) MSM(from int, scalars ...accel.Scalars) ([]curve.G1Affine, error) {
	var lengths []int
	out := make([]curve.G1Affine, len(scalars))
	for k, x := range scalars {
		lengths = append(lengths, x.Len())
		if _, err := out[k].MultiExp(d.points[from:from+x.Len()], expanded(x), ecc.MultiExpConfig{}); err != nil {
			return nil, err
		}
	}
	d.calls = append(d.calls, lengths)
	return out[:len(out)-d.short], nil
}

func expanded(x accel.Scalars) []fr.Element {
	out := make([]fr.Element, x.Len())
	switch x := x.(type) {
	case accel.Elements:
		copy(out, x)
	case accel.Ints[int8]:
		for i, v := range x {
			out[i].SetInt64(int64(v))
		}
	case accel.Ints[int16]:
		for i, v := range x {
			out[i].SetInt64(int64(v))
		}
	case accel.Ints[int64]:
		for i, v := range x {
			out[i].SetInt64(v)
		}
	}
	return out
}

// Commitments and openings of two devices are equal. Columns of one width are given to a device
// together; those without values are not given to it.
func TestDevices(t *testing.T) {
	t.Parallel()
	f := newFixture(t, 6)
	f.columns = append(f.columns, opening.Column{Values: make(opening.Ints[int8], 3)}, opening.Column{Values: opening.Ints[int8]{}, Blind: random()})
	commit := func(k opening.Key) []curve.G1Affine {
		c, err := opening.Commit(t.Context(), k, f.Params, f.columns)
		if err != nil {
			t.Fatal(err)
		}
		return c
	}
	d := &expanding{points: f.key.Powers}
	k := opening.Key{Powers: f.key.Powers, Points: d}
	want, got := commit(f.key), commit(k)
	for i := range want {
		if !got[i].Equal(&want[i]) {
			t.Errorf("column %d: another commitment", i)
		}
	}
	n := f.Size()
	if diff := cmp.Diff([][]int{{n, 3}, {n / 2}, {n}}, d.calls); diff != "" {
		t.Errorf("lengths of the columns that the device was given:\n%s", diff)
	}
	o, err := opening.Open(t.Context(), k, f.Params, f.columns, f.u, f.d, f.rho)
	if err != nil {
		t.Fatal(err)
	}
	if f.open(t).Proof != o.Proof {
		t.Error("another opening")
	}
}

// A device with fewer results than it was asked for has failed.
func TestShortResults(t *testing.T) {
	t.Parallel()
	f := newFixture(t, 6)
	k := opening.Key{Powers: f.key.Powers, Points: &expanding{points: f.key.Powers, short: 1}}
	if _, err := opening.Commit(t.Context(), k, f.Params, f.columns); !errors.Is(err, accel.ErrFault) {
		t.Errorf("commit: got %v, want %v", err, accel.ErrFault)
	}
	if _, err := opening.Open(context.Background(), k, f.Params, f.columns, f.u, f.d, f.rho); !errors.Is(err, accel.ErrFault) {
		t.Errorf("open: got %v, want %v", err, accel.ErrFault)
	}
}

// Commitments are checked against columns: any one that is another is found.
func TestCheck(t *testing.T) {
	t.Parallel()
	f := newFixture(t, 6)
	check := func() error { return opening.Check(t.Context(), f.key, f.Params, f.columns, f.commitments) }
	if err := check(); err != nil {
		t.Error(err)
	}
	_, _, generator, _ := curve.Generators()
	for i := range f.commitments {
		honest := f.commitments[i]
		f.commitments[i].Add(&honest, &generator)
		if err := check(); !errors.Is(err, accel.ErrWrong) {
			t.Errorf("another commitment %d: got %v, want %v", i, err, accel.ErrWrong)
		}
		f.commitments[i].X.SetOne()
		f.commitments[i].Y.SetOne()
		if err := check(); !errors.Is(err, accel.ErrWrong) {
			t.Errorf("commitment %d off the curve: got %v, want %v", i, err, accel.ErrWrong)
		}
		f.commitments[i] = honest
	}
	f.commitments[1], f.commitments[2] = f.commitments[2], f.commitments[1]
	if err := check(); !errors.Is(err, accel.ErrWrong) {
		t.Errorf("commitments exchanged: got %v, want %v", err, accel.ErrWrong)
	}
	f.commitments = f.commitments[1:]
	if check() == nil {
		t.Error("a commitment too few is accepted")
	}
}
