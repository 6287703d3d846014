// SPDX-License-Identifier: Apache-2.0

package contracts_test

import (
	"fmt"
	"math/big"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/ethereum/go-ethereum/common"

	"github.com/zkml-go/zkml/chain"
	"github.com/zkml-go/zkml/contracts"
	"github.com/zkml-go/zkml/internal/evmtest"
	"github.com/zkml-go/zkml/statement"
)

// A consumer is a market, a made-up model whose prover proves whatever it is asked, and a contract that uses
// what the market attests.
type consumer struct {
	*testing.T
	c, other *chain.Chain
	evmtest.Platform
	model    evmtest.Model
	id       *big.Int
	artifact contracts.Artifact // of the contract, or of one with a fault
}

// deploy deploys the contract for the model.
func (w *consumer) deploy(args ...any) chain.Contract {
	w.Helper()
	args = append([]any{w.Market.Address, w.id, w.model.Name()}, args...)
	return evmtest.DeployArtifact(w.T, w.c, w.artifact, args...)
}

// prove proves a made-up inference for a caller of the market.
func (w *consumer) prove(caller common.Address, nonce *big.Int, input, output []byte, commitments ...[32]byte) evmtest.Attestation {
	w.Helper()
	a := evmtest.Attestation{Model: w.id, Output: output, Proof: contracts.InferenceProof{
		Nonce: nonce, MaxFee: new(big.Int), Input: input, Commitments: commitments, Key: w.model.Key,
	}}
	a.InputCommitment = contracts.InputCommitment(input, commitments, caller, nonce)
	context := contracts.MarketContext(w.c.ID(), w.Market.Address, w.id, a.InputCommitment)
	a.Proof.Proof = w.model.Statement(w.T, context, input, output, commitments)
	return a
}

// A consumerFault removes a defence of an example. The attack returns the verdict on what the defence is to
// refuse: `want` of the true contract, and "" of the one without the defence.
type consumerFault struct {
	name, contract string
	old, new       string
	want           string
	attack         func(w *consumer) string
}

// TestConsumersRefuse makes all attacks on the true contracts.
func TestConsumersRefuse(t *testing.T) {
	t.Parallel()
	prover := evmtest.NewGroth16(t, false)
	evmtest.Each(t, func(t *testing.T, c *chain.Chain) {
		w := newConsumer(t, c, prover)
		for _, f := range consumerFaults() {
			a, err := contracts.Load(f.contract)
			if err != nil {
				t.Fatal(err)
			}
			w.artifact = a
			if got := f.attack(w); got != f.want {
				t.Errorf("%s: got verdict %q, want %q", f.name, got, f.want)
			}
		}
	})
}

// TestConsumersPlanted makes every attack on a contract that lacks the defence against it.
func TestConsumersPlanted(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("compiles a contract for every fault")
	}
	sources := map[string]string{}
	addTrueSources(t, sources)
	faults := consumerFaults()
	for i, f := range faults {
		text, err := os.ReadFile(filepath.Join("src", "examples", f.contract+".sol"))
		if err != nil {
			t.Fatal(err)
		}
		name := fmt.Sprintf("Planted%d", i)
		faulty := string(text)
		for _, change := range [][2]string{{f.old, f.new}, {"contract " + f.contract + " {", "contract " + name + " {"}} {
			if n := strings.Count(faulty, change[0]); n != 1 {
				t.Fatalf("%s: the code to replace occurs %d times: %s", f.name, n, change[0])
			}
			faulty = strings.Replace(faulty, change[0], change[1], 1)
		}
		sources[name+".sol"] = strings.ReplaceAll(faulty, `"../`, `"../true/`)
	}
	artifacts := evmtest.CompileQuick(t, sources)
	w := newConsumer(t, evmtest.Embedded(t), evmtest.NewGroth16(t, false))
	for i, f := range faults {
		w.artifact = artifacts[fmt.Sprintf("Planted%d", i)]
		if got := f.attack(w); got != "" {
			t.Errorf("%s: got verdict %q of the faulty contract, want it to accept", f.name, got)
		}
	}
}

func newConsumer(t *testing.T, c *chain.Chain, prover *evmtest.Groth16) *consumer {
	t.Helper()
	w := &consumer{T: t, c: c, other: evmtest.Account(t, c), Platform: evmtest.NewPlatform(t, c, statement.Groth16, nil)}
	w.model = prover.Model(t)
	w.id = w.Register(t, c, w.model)
	return w
}

func consumerFaults() []consumerFault {
	var all []consumerFault
	for contract, faults := range map[string][]consumerFault{
		"CreditLending": lendingFaults, "NetworkGame": gameFaults, "RollupInbox": inboxFaults,
	} {
		for _, f := range faults {
			f.contract, f.name = contract, contract+": "+f.name
			all = append(all, f)
		}
	}
	return all
}

// wrongModel is the check of every constructor.
const wrongModel = "if (registered != model) revert WrongModel(registered);"

// refusal deploys the contract and returns the verdict.
func refusal(w *consumer, args ...any) string {
	w.Helper()
	return evmtest.DeployVerdict(w.T, w.c, w.artifact, args...)
}
