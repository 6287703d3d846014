// SPDX-License-Identifier: Apache-2.0

package snark_test

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"math/big"
	"sync"
	"testing"

	"github.com/consensys/gnark/constraint/solver"
	"github.com/consensys/gnark/frontend"
	"github.com/consensys/gnark/std/rangecheck"

	prover "github.com/zkml-go/zkml/prover/snark"
	"github.com/zkml-go/zkml/verifier/snark"
)

// quotient proves that Z = ⌊D/5⌋ and E = D mod 5, by a hint. With Range, remainder and quotient are range
// checked, which takes a commitment; without it the circuit is unsound, and smaller.
type quotient struct {
	D, Z, E frontend.Variable `gnark:",public"`
	Secret  frontend.Variable // 3 less than D

	Range bool `gnark:"-"`
	Size  int  `gnark:"-"` // so many multiplications more
}

func init() { solver.RegisterHint(divide) }

func divide(_ *big.Int, in, out []*big.Int) error {
	if in[1].Sign() == 0 {
		return fmt.Errorf("division of %v by 0", in[0])
	}
	out[0].QuoRem(in[0], in[1], out[1])
	return nil
}

func (c *quotient) Define(api frontend.API) error {
	api.AssertIsEqual(c.D, api.Add(c.Secret, 3))
	qr, err := api.Compiler().NewHint(divide, 2, c.D, 5)
	if err != nil {
		return err
	}
	api.AssertIsEqual(c.Z, qr[0])
	api.AssertIsEqual(c.E, qr[1])
	api.AssertIsEqual(c.D, api.Add(api.Mul(qr[0], 5), qr[1]))
	power := c.Secret
	for range c.Size {
		power = api.Mul(power, c.Secret)
	}
	api.AssertIsEqual(api.Mul(power, 0), 0)
	if c.Range {
		rc := rangecheck.New(api)
		rc.Check(qr[0], 16)
		rc.Check(qr[1], 3)
	}
	return nil
}

// divided returns the assignment of D = d.
func divided(d int) *quotient {
	return &quotient{D: d, Z: d / 5, E: d % 5, Secret: d - 3}
}

// A fixture is a circuit with keys.
type fixture struct {
	name string
	cs   *prover.ConstraintSystem
	pk   *prover.ProvingKey
	vk   *snark.VerifyingKey
}

// fixtures are all systems with and without a commitment.
func fixtures(t testing.TB) []*fixture {
	t.Helper()
	fs, err := makeFixtures()
	if err != nil {
		t.Fatal(err)
	}
	return fs
}

var makeFixtures = sync.OnceValues(func() ([]*fixture, error) {
	var fs []*fixture
	for _, system := range []snark.System{snark.Groth16, snark.Plonk} {
		for _, circuit := range []*quotient{{}, {Range: true}} {
			f := &fixture{name: fmt.Sprintf("%s, range %v", system, circuit.Range)}
			var err error
			if f.cs, err = prover.Compile(circuit, system); err != nil {
				return nil, err
			}
			f.pk, f.vk, err = prover.Setup(context.Background(), f.cs, prover.SetupOptions{Insecure: true})
			if err != nil {
				return nil, err
			}
			fs = append(fs, f)
		}
	}
	return fs, nil
})

func write(t testing.TB, v io.WriterTo) []byte {
	t.Helper()
	var b bytes.Buffer
	n, err := v.WriteTo(&b)
	if err != nil || n != int64(b.Len()) {
		t.Fatalf("wrote %d bytes and reported %d: %v", b.Len(), n, err)
	}
	return b.Bytes()
}
