// SPDX-License-Identifier: Apache-2.0

package contracts_test

import (
	"math/big"
	"strings"
	"sync"
	"testing"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/consensys/gnark/backend/solidity"

	"github.com/zkml-go/zkml/chain"
	"github.com/zkml-go/zkml/contracts"
	"github.com/zkml-go/zkml/internal/evmtest"
)

// gnarkContract is the contract that gnark writes for one circuit.
type gnarkContract struct {
	chain    *chain.Chain
	contract chain.Contract
}

// gnarkArtifacts are the contracts of the circuits by the names of their shapes: keys are the same each
// time, and the compiler is slow.
var gnarkArtifacts struct {
	sync.Mutex
	byShape map[string]contracts.Artifact
}

// deployGnark deploys the contract that gnark writes for the prover's circuit. It skips the test if it
// has to compile it and there is no compiler or no time.
func deployGnark(t testing.TB, c *chain.Chain, p *plonkProver) gnarkContract {
	t.Helper()
	gnarkArtifacts.Lock()
	defer gnarkArtifacts.Unlock()
	a, ok := gnarkArtifacts.byShape[p.shape.name]
	if !ok {
		if testing.Short() {
			t.Skip("compiles a contract")
		}
		var source strings.Builder
		if err := p.vk.ExportSolidity(&source, solidity.WithPragmaVersion("0.8.37")); err != nil {
			t.Fatal(err)
		}
		a = evmtest.Compile(t, map[string]string{"Gnark.sol": source.String()})["PlonkVerifier"]
		if gnarkArtifacts.byShape == nil {
			gnarkArtifacts.byShape = map[string]contracts.Artifact{}
		}
		gnarkArtifacts.byShape[p.shape.name] = a
	}
	return gnarkContract{c, deploy(t, c, a)}
}

// data returns the calldata for public inputs that need not be below the field order.
func (g gnarkContract) data(t testing.TB, public [3]*big.Int, proof []byte) []byte {
	t.Helper()
	data, err := g.contract.ABI.Pack("Verify", proof, public[:])
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// accepts is the contract's verdict: it reverts on some false proofs and returns false on others.
func (g gnarkContract) accepts(t testing.TB, public [3]*big.Int, proof []byte) bool {
	t.Helper()
	result, err := g.chain.Call(t.Context(), g.contract, g.data(t, public, proof))
	return err == nil && new(big.Int).SetBytes(result).Cmp(big.NewInt(1)) == 0
}

// rawPublic returns D, Z and E of a call as a contract sees them, Z not reduced.
func rawPublic(t testing.TB, c evmtest.Call) [3]*big.Int {
	t.Helper()
	z := new(big.Int).SetBytes(c.Proof[:32])
	var reduced fr.Element
	reduced.SetBigInt(z)
	c.Proof = reduced.Marshal()
	public, err := c.Public()
	if err != nil {
		t.Fatal(err)
	}
	return [3]*big.Int{public[0].BigInt(new(big.Int)), z, public[2].BigInt(new(big.Int))}
}

// TestPlonkGas compares the verifier of all circuits with the contracts that gnark writes for one: the
// key in calldata and the statement must cost no more than 8 % of the transaction.
func TestPlonkGas(t *testing.T) {
	t.Parallel()
	c := evmtest.Embedded(t)
	contract := deploy(t, c, plonkArtifact(t))
	for _, shape := range []plonkShape{plonkShapes[1], plonkShapes[3]} {
		p := newPlonkProver(t, shape)
		g := deployGnark(t, c, p)
		v := p.inference(t, 31, 1, 0)
		gas, err := c.Transact(t.Context(), contract, v.Calldata())
		if err != nil {
			t.Fatal(err)
		}
		reference, err := c.Transact(t.Context(), g.contract, g.data(t, rawPublic(t, evmtest.NewCall(v)), v.Proof))
		if err != nil {
			t.Fatal(err)
		}
		t.Logf("%s: %d gas, gnark's contract %d", shape.name, gas, reference)
		if 100*gas > 108*reference {
			t.Errorf("%s: %d gas, more than 8 %% above gnark's %d", shape.name, gas, reference)
		}
	}
}
