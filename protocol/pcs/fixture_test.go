// SPDX-License-Identifier: Apache-2.0

package pcs_test

import (
	"context"
	"math/rand/v2"
	"testing"

	curve "github.com/consensys/gnark-crypto/ecc/bn254"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/consensys/gnark-crypto/ecc/bn254/kzg"

	"github.com/zkml-go/zkml/accel/cpu"
	"github.com/zkml-go/zkml/internal/unsafesetup"
	"github.com/zkml-go/zkml/protocol/arith"
	"github.com/zkml-go/zkml/protocol/pcs"
	"github.com/zkml-go/zkml/prover/opening"
)

// A fixture is an honest opening. It is the same in every run: the secret of its SRS is 7.
type fixture struct {
	pcs.Params
	srs         *kzg.SRS
	key         opening.Key
	columns     []opening.Column
	commitments []curve.G1Affine
	u           []fr.Element
	s           pcs.Statement
	proof       pcs.Proof
}

func element(x uint64) (e fr.Element) { return *e.SetUint64(x) }

func newFixture(t testing.TB, vars int) *fixture {
	t.Helper()
	f := &fixture{Params: pcs.Params{Vars: vars}}
	var err error
	if f.srs, _, err = unsafesetup.SRSOf(uint64(f.Size()), element(7)); err != nil {
		t.Fatal(err)
	}
	if f.key, err = opening.NewKey(cpu.Device{}, f.srs.Pk.G1); err != nil {
		t.Fatal(err)
	}
	rnd := rand.New(rand.NewPCG(1, uint64(vars)))
	for range 3 {
		x := make(opening.Ints[int16], f.Size())
		for i := range x {
			x[i] = int16(rnd.Uint64())
		}
		f.columns = append(f.columns, opening.Column{Values: x, Blind: element(rnd.Uint64())})
	}
	f.commit(t)
	for range vars {
		f.u = append(f.u, element(rnd.Uint64()))
	}
	f.s = pcs.Statement{D: element(rnd.Uint64()), Rho: element(rnd.Uint64())}
	f.open(t, f.columns)
	return f
}

// commit makes the commitments to the columns.
func (f *fixture) commit(t testing.TB) {
	t.Helper()
	var err error
	if f.commitments, err = opening.Commit(context.Background(), f.key, f.Params, f.columns); err != nil {
		t.Fatal(err)
	}
}

// open makes the proof of the given columns.
func (f *fixture) open(t testing.TB, columns []opening.Column) {
	t.Helper()
	o, err := opening.Open(context.Background(), f.key, f.Params, columns, f.u, f.s.D, f.s.Rho)
	if err != nil {
		t.Fatal(err)
	}
	f.s, f.proof = o.Statement, o.Proof
}

// verify is the whole verifier.
func (f *fixture) verify() error {
	return pcs.Verify(f.Params, &f.srs.Vk, f.commitments, f.s, f.u, &f.proof)
}

func (f *fixture) point(zeta fr.Element) pcs.Point[fr.Element] {
	return pcs.PointAt(new(arith.Native), f.Params, f.u, zeta)
}
