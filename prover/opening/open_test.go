// SPDX-License-Identifier: Apache-2.0

package opening_test

import (
	"context"
	"errors"
	"math"
	"math/rand/v2"
	"testing"

	curve "github.com/consensys/gnark-crypto/ecc/bn254"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/consensys/gnark-crypto/ecc/bn254/kzg"

	"github.com/zkml-go/zkml/accel"
	"github.com/zkml-go/zkml/accel/cpu"
	"github.com/zkml-go/zkml/internal/unsafesetup"
	"github.com/zkml-go/zkml/protocol/arith"
	"github.com/zkml-go/zkml/protocol/mle"
	"github.com/zkml-go/zkml/protocol/pcs"
	"github.com/zkml-go/zkml/prover/opening"
)

func random() fr.Element {
	var x fr.Element
	return *x.MustSetRandom()
}

// A fixture is columns of all kinds, committed to.
type fixture struct {
	pcs.Params
	srs         *kzg.SRS
	key         opening.Key
	columns     []opening.Column
	commitments []curve.G1Affine
	u           []fr.Element
	d, rho      fr.Element
}

func newFixture(t testing.TB, vars int) *fixture {
	t.Helper()
	f := &fixture{Params: pcs.Params{Vars: vars}, d: random(), rho: random()}
	n := f.Size()
	srs, _, err := unsafesetup.SRS(uint64(n))
	if err != nil {
		t.Fatal(err)
	}
	f.srs = srs
	if f.key, err = opening.NewKey(cpu.Device{}, srs.Pk.G1); err != nil {
		t.Fatal(err)
	}
	mask, err := opening.Mask(f.Params)
	if err != nil {
		t.Fatal(err)
	}
	rnd := rand.New(rand.NewPCG(1, uint64(vars)))
	narrow, wide, short := make(opening.Ints[int8], n), make(opening.Ints[int64], n), make(opening.Ints[int16], n/2)
	for i := range n {
		narrow[i], wide[i] = int8(rnd.Uint64()), int64(rnd.Uint64())
		short[i/2] = int16(rnd.Uint64())
	}
	f.columns = []opening.Column{
		mask,
		{Values: narrow, Blind: random()},
		{Values: wide, Blind: random(), Extra: []opening.Coefficient{{Index: n - 1, Value: random()}}},
		{Values: short},
	}
	if f.commitments, err = opening.Commit(context.Background(), f.key, f.Params, f.columns); err != nil {
		t.Fatal(err)
	}
	for range vars {
		f.u = append(f.u, random())
	}
	return f
}

func (f *fixture) open(t testing.TB) *opening.Opening {
	t.Helper()
	o, err := opening.Open(context.Background(), f.key, f.Params, f.columns, f.u, f.d, f.rho)
	if err != nil {
		t.Fatal(err)
	}
	return o
}

// table returns the values of a column as field elements, by its definition.
func (f *fixture) table(k int) []fr.Element {
	out := make([]fr.Element, f.Size())
	set := func(i int, v int64) { out[i].SetInt64(v) }
	switch v := f.columns[k].Values.(type) {
	case opening.Ints[int8]:
		for i, x := range v {
			set(i, int64(x))
		}
	case opening.Ints[int16]:
		for i, x := range v {
			set(i, int64(x))
		}
	case opening.Ints[int64]:
		for i, x := range v {
			set(i, x)
		}
	}
	for _, e := range f.columns[k].Extra {
		out[e.Index].Add(&out[e.Index], &e.Value)
	}
	return out
}

// Openings of columns of all sizes are accepted, and the value is that of the columns at u
// by the definition of a multilinear extension.
func TestOpen(t *testing.T) {
	t.Parallel()
	for vars := 1; vars <= 11; vars++ {
		f := newFixture(t, vars)
		o := f.open(t)
		var want fr.Element
		for k := len(f.columns) - 1; k >= 0; k-- {
			v := mle.Evaluate(new(arith.Native), f.u, f.table(k))
			want.Mul(&want, &f.rho).Add(&want, &v)
		}
		if !o.Statement.V.Equal(&want) {
			t.Errorf("%d variables: the value is not that of the columns", vars)
		}
		if err := pcs.Verify(f.Params, &f.srs.Vk, f.commitments, o.Statement, f.u, &o.Proof); err != nil {
			t.Errorf("%d variables: %v", vars, err)
		}
		if c := pcs.Derive(o.Statement, &o.Proof); c != o.Challenges {
			t.Errorf("%d variables: the prover's challenges are not the verifier's", vars)
		}
		decoded, err := pcs.DecodeProof(o.Proof.Bytes())
		if err != nil || *decoded != o.Proof {
			t.Errorf("%d variables: the encoding does not decode to the proof: %v", vars, err)
		}
	}
}

// A commitment is that of the polynomial's coefficients, expanded.
func TestCommit(t *testing.T) {
	t.Parallel()
	f := newFixture(t, 7)
	for k := range f.columns {
		want, err := kzg.Commit(append(f.table(k), f.columns[k].Blind), f.srs.Pk)
		if err != nil {
			t.Fatal(err)
		}
		if !f.commitments[k].Equal(&want) {
			t.Errorf("column %d: another commitment than kzg.Commit's", k)
		}
	}
}

// Columns of zeros open: every commitment is at infinity.
func TestOpenZeros(t *testing.T) {
	t.Parallel()
	f := newFixture(t, 4)
	f.columns, f.commitments = []opening.Column{{}}, []curve.G1Affine{{}}
	o := f.open(t)
	if err := pcs.Verify(f.Params, &f.srs.Vk, f.commitments, o.Statement, f.u, &o.Proof); err != nil {
		t.Error(err)
	}
}

func TestOpenErrors(t *testing.T) {
	t.Parallel()
	f := newFixture(t, 4)
	short, err := opening.NewKey(cpu.Device{}, f.srs.Pk.G1[:f.Size()])
	if err != nil {
		t.Fatal(err)
	}
	done, cancel := context.WithCancel(context.Background())
	cancel()
	_, err = opening.Open(done, f.key, f.Params, f.columns, f.u, f.d, f.rho)
	if !errors.Is(err, context.Canceled) {
		t.Errorf("a cancelled opening: got %v", err)
	}
	if _, err := opening.Commit(done, f.key, f.Params, f.columns); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled commitments: got %v", err)
	}
	if _, err := opening.Commit(context.Background(), short, f.Params, f.columns); err == nil {
		t.Error("commit: an SRS of N powers is accepted")
	}
	for what, o := range map[string]func() error{
		"an SRS of N powers": func() error {
			_, err := opening.Open(context.Background(), short, f.Params, f.columns, f.u, f.d, f.rho)
			return err
		},
		"a short point": func() error {
			_, err := opening.Open(context.Background(), f.key, f.Params, f.columns, f.u[1:], f.d, f.rho)
			return err
		},
		"no columns": func() error {
			_, err := opening.Open(context.Background(), f.key, f.Params, nil, f.u, f.d, f.rho)
			return err
		},
		"a long column": func() error {
			c := []opening.Column{{Values: make(opening.Ints[int8], f.Size()+1)}}
			_, err := opening.Open(context.Background(), f.key, f.Params, c, f.u, f.d, f.rho)
			return err
		},
		"a coefficient at N": func() error {
			c := []opening.Column{{Extra: []opening.Coefficient{{Index: f.Size(), Value: random()}}}}
			_, err := opening.Open(context.Background(), f.key, f.Params, c, f.u, f.d, f.rho)
			return err
		},
	} {
		if o() == nil {
			t.Errorf("%s: accepted", what)
		}
	}
}

// interrupted is points of a device whose first result comes with a cancellation.
type interrupted struct {
	cancel func()
	calls  int
}

func (d *interrupted) Len() int { return math.MaxInt }

func (d *interrupted) Free() {}

func (d *interrupted) MSM(int, ...accel.Scalars) ([]curve.G1Affine, error) {
	d.calls++
	d.cancel()
	return make([]curve.G1Affine, 1), nil
}

// A cancelled opening computes no further multi-exponentiation.
func TestOpenStops(t *testing.T) {
	t.Parallel()
	f := newFixture(t, 6)
	ctx, cancel := context.WithCancel(context.Background())
	d := &interrupted{cancel: cancel}
	_, err := opening.Open(ctx, opening.Key{Powers: f.srs.Pk.G1, Points: d}, f.Params, f.columns, f.u, f.d, f.rho)
	if !errors.Is(err, context.Canceled) || d.calls != 1 {
		t.Errorf("got %v after %d multi-exponentiations, want a cancellation after 1", err, d.calls)
	}
}
