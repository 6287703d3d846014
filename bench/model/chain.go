// SPDX-License-Identifier: Apache-2.0

package model

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/consensys/gnark/frontend"

	"github.com/zkml-go/zkml/accel"
	"github.com/zkml-go/zkml/bench"
	"github.com/zkml-go/zkml/bench/measure"
	"github.com/zkml-go/zkml/prover/snark"
	vsnark "github.com/zkml-go/zkml/verifier/snark"
)

// chainPrefix is that of the names of circuits that are no models.
const chainPrefix = "circuit-"

// maxChain is the largest logarithm of the length of a chain.
const maxChain = 26

// chainLength returns the logarithm in the name of a chain, and whether it is one.
func chainLength(name string) (k int, ok bool, err error) {
	digits, ok := strings.CutPrefix(name, chainPrefix)
	if !ok {
		return 0, false, nil
	}
	if k, err = strconv.Atoi(digits); err != nil || k < 2 || k > maxChain {
		return 0, true, fmt.Errorf("no model %q: want %s2 to %s%d, circuits of so many constraints, as powers of two", name, chainPrefix, chainPrefix, maxChain)
	}
	return k, true, nil
}

// A chain is a circuit of as many constraints as are asked for, in Groth16: a device is
// compared at sizes that are powers of two, with a witness of which no element is small.
//
// Public: D, Z and E. Private: x₀. It proves that E = xₙ where xᵢ₊₁ = xᵢ·(xᵢ + D) for even i
// and xᵢ·(xᵢ + Z) for odd i: n + 1 constraints.
type chain struct {
	D, Z, E frontend.Variable `gnark:",public"`
	X       frontend.Variable
	n       int
}

// Define implements frontend.Circuit.
func (c *chain) Define(api frontend.API) error {
	x := c.X
	for i := range c.n {
		x = api.Mul(x, api.Add(x, []frontend.Variable{c.D, c.Z}[i%2]))
	}
	api.AssertIsEqual(x, c.E)
	return nil
}

// assigned returns a satisfying assignment of a chain of n steps.
func assigned(n int) *chain {
	var d, z, first fr.Element
	d.SetUint64(seed)
	d.Inverse(d.Double(&d))
	z.Square(&d).Add(&z, &d)
	first.Square(&z).Add(&first, &d)
	x := first
	for i := range n {
		y := d
		if i%2 == 1 {
			y = z
		}
		x.Mul(&x, y.Add(&y, &x))
	}
	return &chain{D: d, Z: z, E: x, X: first}
}

// A chained job proves a chain.
type chained struct {
	ctx        context.Context
	device     accel.Device
	system     vsnark.System
	steps      int
	cs         *snark.ConstraintSystem
	key        *snark.ProvingKey
	assignment *chain
	proof      *vsnark.Proof
}

func chainSystem(s vsnark.System) func(context.Context, accel.Device, int) job {
	return func(ctx context.Context, d accel.Device, k int) job {
		return &chained{ctx: ctx, device: d, system: s, steps: 1<<k - 1}
	}
}

func (c *chained) circuit() (err error) {
	c.assignment = assigned(c.steps)
	c.cs, err = snark.Compile(&chain{n: c.steps}, c.system)
	return err
}

func (c *chained) setup() (err error) {
	c.key, _, err = snark.Setup(c.ctx, c.cs, snark.SetupOptions{Insecure: true})
	return err
}

func (c *chained) prove() ([]measure.Phase, error) {
	proof, s, err := snark.Prove(c.ctx, c.device, c.cs, c.key, c.assignment)
	if err != nil {
		return nil, err
	}
	c.proof = proof
	return []measure.Phase{{Name: "witness", Time: s.Witness}, {Name: "solve", Time: s.Solve}, {Name: "prove", Time: s.Prove}, {Name: "verify", Time: s.Verify, Outside: true}}, nil
}

func (c *chained) metrics() []bench.Metric {
	return []bench.Metric{{Unit: "constraints", Value: float64(c.cs.NumConstraints())}, {Unit: "proof-B", Value: float64(len(c.proof.Calldata()))}}
}
