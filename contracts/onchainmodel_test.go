// SPDX-License-Identifier: Apache-2.0

package contracts_test

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/zkml-go/zkml/chain"
	"github.com/zkml-go/zkml/examples"
	"github.com/zkml-go/zkml/export/onchain"
	"github.com/zkml-go/zkml/internal/evmtest"
	"github.com/zkml-go/zkml/internal/exemplar"
	"github.com/zkml-go/zkml/internal/oracle"
	"github.com/zkml-go/zkml/ir"
)

// TestOnchainExamples runs the example networks on the chain.
func TestOnchainExamples(t *testing.T) {
	t.Parallel()
	evmtest.Each(t, func(t *testing.T, c *chain.Chain) {
		x := evmtest.NewExecutor(t, c)
		for _, p := range map[string]*ir.Program{
			"mlp": exemplar.Program(t, examples.MLP()), "lenet5": exemplar.Program(t, examples.LeNet5()),
			"tree": exemplar.Forest(t, 1, 4), "forest": exemplar.Forest(t, 8, 3),
		} {
			d := x.Upload(t, evmtest.Encode(t, p))
			rng := rand.New(rand.NewPCG(5, 5))
			for k := range 4 {
				d.Compare(t, p, oracle.Inputs(rng, p), k == 0)
			}
		}
	})
}

// TestOnchainRandom runs random programs of all primitives on the chain.
func TestOnchainRandom(t *testing.T) {
	t.Parallel()
	programs := uint64(400)
	if testing.Short() {
		programs = 40
	}
	x := evmtest.NewExecutor(t, evmtest.Embedded(t))
	refused := 0
	for seed := range programs {
		rng := rand.New(rand.NewPCG(seed, 11))
		p := oracle.Random(rng, 3+rng.IntN(20))
		m, err := onchain.Encode(p)
		if err != nil {
			t.Logf("seed %d: %v", seed, err)
			refused++
			continue
		}
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			d := x.Upload(t, m)
			for range 4 {
				d.Compare(t, p, oracle.Inputs(rng, p), true)
			}
		})
	}
	if refused > int(programs)/50 {
		t.Errorf("%d of %d programs are refused", refused, programs)
	}
}
