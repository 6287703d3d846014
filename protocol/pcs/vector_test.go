// SPDX-License-Identifier: Apache-2.0

package pcs_test

import (
	"bytes"
	"encoding/hex"
	"encoding/json"
	"flag"
	"os"
	"testing"

	curve "github.com/consensys/gnark-crypto/ecc/bn254"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"github.com/zkml-go/zkml/protocol/pcs"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// A vector is an opening for other verifiers of the same proofs. The SRS has τ = 7.
type vector struct {
	Vars      int
	Columns   []string // x ‖ y
	D, Rho, V string
	U         []string
	Alpha     string
	Gamma     string
	Zeta      string
	Beta      string
	Y         string
	Delta     string
	P1, P1Inv string
	P2, P2Inv string
	Proof     string
}

// The encoding and the transcript are fixed: contracts verify the same bytes.
func TestVectors(t *testing.T) {
	t.Parallel()
	const path = "testdata/vectors.json"
	number := func(x fr.Element) string {
		b := x.Bytes()
		return hex.EncodeToString(b[:])
	}
	var vectors []vector
	for _, vars := range []int{1, 4, 5} {
		f := newFixture(t, vars)
		c := pcs.Derive(f.s, &f.proof)
		at := f.point(c.Zeta)
		v := vector{
			Vars: vars, D: number(f.s.D), Rho: number(f.s.Rho), V: number(f.s.V),
			Alpha: number(c.Alpha), Gamma: number(c.Gamma), Zeta: number(c.Zeta),
			Beta: number(c.Beta), Y: number(c.Y), Delta: number(c.Delta),
			P1: number(at.P1), P1Inv: number(at.P1Inv), P2: number(at.P2), P2Inv: number(at.P2Inv),
			Proof: hex.EncodeToString(f.proof.Bytes()),
		}
		for i := range f.commitments {
			v.Columns = append(v.Columns, hex.EncodeToString(pointBytes(&f.commitments[i])))
		}
		for _, x := range f.u {
			v.U = append(v.U, number(x))
		}
		vectors = append(vectors, v)
	}
	got, err := json.MarshalIndent(vectors, "", "\t")
	if err != nil {
		t.Fatal(err)
	}
	got = append(got, '\n')
	if *update {
		if err := os.WriteFile(path, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Errorf("openings are not those of %s: the transcript or the encoding has changed", path)
	}
}

func pointBytes(p *curve.G1Affine) []byte {
	x, y := p.X.Bytes(), p.Y.Bytes()
	return append(x[:], y[:]...)
}
