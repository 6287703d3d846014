// SPDX-License-Identifier: Apache-2.0

//go:build icicle

package gnarkicicle_test

import (
	"errors"
	"fmt"
	"os"
	"slices"
	"testing"
	"time"

	"github.com/consensys/gnark-crypto/ecc"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/consensys/gnark/backend"
	gnark "github.com/consensys/gnark/backend/groth16/bn254"
	"github.com/consensys/gnark/backend/solidity"
	"github.com/consensys/gnark/backend/witness"
	cs "github.com/consensys/gnark/constraint/bn254"
	"github.com/consensys/gnark/frontend"
	"github.com/consensys/gnark/frontend/cs/r1cs"

	"github.com/zkml-go/zkml/accel/devices"
	"github.com/zkml-go/zkml/prover/groth16"
	"github.com/zkml-go/zkml/prover/groth16/gnarkicicle"
)

// TestMain makes the test the process that serves a device, if it was started for that.
func TestMain(m *testing.M) {
	devices.Standard().Main()
	os.Exit(m.Run())
}

// tower proves that Y = X^(2^(Pairs+1) − 1), by two products for each of Pairs, whose factors
// are not small.
type tower struct {
	X frontend.Variable
	Y frontend.Variable `gnark:",public"`

	Pairs int `gnark:"-"`
}

func (c *tower) Define(api frontend.API) error {
	y := c.X
	for range c.Pairs {
		y = api.Mul(y, y, c.X)
	}
	api.AssertIsEqual(y, c.Y)
	return nil
}

func newTower(pairs int) *tower {
	x := fr.NewElement(3)
	y := x
	for range pairs {
		y.Square(&y)
		y.Mul(&y, &x)
	}
	return &tower{X: x, Y: y, Pairs: pairs}
}

// BenchmarkTurns proves by turns with gnark's accelerated prover and with package groth16, on
// the same GPU, with one key and one witness, solving included. Both keep the key on the GPU.
// The ratio is the median of ours to gnark's. The last proof of each is verified.
func BenchmarkTurns(b *testing.B) {
	for _, k := range []int{16, 18, 20} {
		b.Run(fmt.Sprintf("constraints=2^%d", k), func(b *testing.B) { turns(b, 1<<(k-1)) })
	}
}

func turns(b *testing.B, pairs int) {
	compiled, err := frontend.Compile(ecc.BN254.ScalarField(), r1cs.NewBuilder, &tower{Pairs: pairs})
	if err != nil {
		b.Fatal(err)
	}
	system, pk, vk := compiled.(*cs.R1CS), new(gnark.ProvingKey), new(gnark.VerifyingKey)
	if err := gnark.Setup(system, pk, vk); err != nil {
		b.Fatal(err)
	}
	full, err := frontend.NewWitness(newTower(pairs), ecc.BN254.ScalarField())
	if err != nil {
		b.Fatal(err)
	}
	theirs, err := gnarkicicle.New(pk, gnarkicicle.CUDA, 0)
	if errors.Is(err, gnarkicicle.ErrNoDevice) {
		b.Skip(err)
	} else if err != nil {
		b.Fatal(err)
	}
	lost := ""
	device, line, err := devices.Standard().Open(b.Context(), "icicle:0", devices.Options{Report: func(why string) { lost = why }})
	if err != nil {
		b.Fatal(err)
	}
	defer device.Close() //nolint:errcheck // the process ends
	b.Log(line)
	ours := groth16.NewKey(pk)
	provers := []func() (*gnark.Proof, error){
		func() (*gnark.Proof, error) { return theirs.Prove(system, full) },
		func() (*gnark.Proof, error) {
			solution, err := ours.Solve(device, system, full)
			if err != nil {
				return nil, err
			}
			return solution.Prove()
		},
	}
	var took [2][]float64
	var last [2]*gnark.Proof
	round := func() {
		for i, prove := range provers {
			start := time.Now()
			if last[i], err = prove(); err != nil {
				b.Fatal(err)
			}
			took[i] = append(took[i], time.Since(start).Seconds())
		}
	}
	round() // the key goes to the GPU
	took = [2][]float64{}
	for b.Loop() {
		round()
	}
	if lost != "" {
		b.Fatalf("the CPU went on: %s", lost)
	}
	for i, proof := range last {
		if err := verified(vk, full, proof); err != nil {
			b.Fatalf("proof %d of gnark and ours: %v", i, err)
		}
	}
	ratios := make([]float64, len(took[0]))
	for i := range ratios {
		ratios[i] = took[1][i] / took[0][i]
	}
	b.ReportMetric(0, "ns/op")
	b.ReportMetric(float64(system.GetNbConstraints()), "constraints")
	b.ReportMetric(middle(took[0]), "gnark-sec")
	b.ReportMetric(middle(took[1]), "ours-sec")
	b.ReportMetric(middle(ratios), "ratio")
}

func verified(vk *gnark.VerifyingKey, full witness.Witness, proof *gnark.Proof) error {
	public, err := full.Public()
	if err != nil {
		return err
	}
	return gnark.Verify(proof, vk, public.Vector().(fr.Vector), solidity.WithVerifierTargetSolidityVerifier(backend.GROTH16))
}

// middle returns the median.
func middle(x []float64) float64 {
	x = slices.Sorted(slices.Values(x))
	return (x[len(x)/2] + x[(len(x)-1)/2]) / 2
}
