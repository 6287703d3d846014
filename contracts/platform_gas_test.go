// SPDX-License-Identifier: Apache-2.0

package contracts_test

import (
	"errors"
	"fmt"
	"io/fs"
	"math/big"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/crypto"
	"github.com/google/go-cmp/cmp"

	"github.com/zkml-go/zkml/chain"
	"github.com/zkml-go/zkml/contracts"
	"github.com/zkml-go/zkml/export"
	"github.com/zkml-go/zkml/internal/evmtest"
	"github.com/zkml-go/zkml/statement"
)

const (
	registerBudget = 150_000
	attestBudget   = 430_000
	// modelURI is as long as the address of a file in IPFS.
	modelURI = "ipfs://bafybeigdyrzt5sfp7udm7hu76uh7y26nf3efuylqabf3oclgtqy55fbzdi"
)

// attested are the rows of attestations: each with a proof that stays, of the inference that `fixtures` has,
// for the context of the market that the test deploys.
var attested = []struct {
	name  string
	model func(t testing.TB) evmtest.Model
}{
	{"groth16-plain", func(t testing.TB) evmtest.Model { return evmtest.NewGroth16(t, false).Model(t) }},
	{"groth16-committed", func(t testing.TB) evmtest.Model { return evmtest.NewGroth16(t, true).Model(t) }},
	{"plonk-plain", func(t testing.TB) evmtest.Model { return newPlonkProver(t, plonkShapes[1]).model() }},
	{"plonk-committed", func(t testing.TB) evmtest.Model { return newPlonkProver(t, plonkShapes[4]).model() }},
}

// model returns a made-up model with the key of the prover.
func (p *plonkProver) model() evmtest.Model {
	return evmtest.Model{
		System: statement.Plonk, Digest: statement.Keccak(p.key), Key: p.key,
		Prove: func(t testing.TB, public [3]fr.Element) []byte { return p.prove(t, public) },
	}
}

// gasSetting makes addresses, and so contexts, those of the kept proofs.
func gasSetting(t testing.TB) evmtest.Setting {
	t.Helper()
	key, err := crypto.ToECDSA(crypto.Keccak256([]byte("the account of the gas table")))
	if err != nil {
		t.Fatal(err)
	}
	return evmtest.Setting{ChainID: 1337, Key: key}
}

func attestedFile(name string) string { return filepath.Join("testdata", "attest-"+name+".json") }

// makeAttested writes the fixture of a row.
func makeAttested(t testing.TB, c *chain.Chain, file string, m evmtest.Model) {
	t.Helper()
	p := evmtest.NewPlatform(t, c, m.System, nil)
	a := p.AttestSize(t, c, big.NewInt(1), m, inputBytes, outputBytes)
	v := export.Inference{
		ModelDigest: m.Digest, System: m.System, Key: m.Key, Input: a.Proof.Input, Output: a.Output,
		Context:     contracts.MarketContext(c.ID(), p.Market.Address, a.Model, a.InputCommitment),
		Commitments: make([]fr.Element, 1), Proof: a.Proof.Proof[fr.Bytes:],
	}
	v.Commitments[0].SetBytes(a.Proof.Commitments[0][:])
	v.Z.SetBytes(a.Proof.Proof[:fr.Bytes])
	evmtest.Fixture{Inference: v}.Write(t, file)
}

// TestPlatformGas compares the gas of every use of the platform, to the unit, with testdata/platform-gas.csv.
func TestPlatformGas(t *testing.T) {
	t.Parallel()
	setting := gasSetting(t)
	table := filepath.Join("testdata", "platform-gas.csv")
	if *update {
		evmtest.EachStart(t, func(t *testing.T, start func(evmtest.Setting) *chain.Chain) {
			if !strings.HasSuffix(t.Name(), "go-ethereum") {
				return
			}
			for _, row := range attested {
				if _, err := os.Stat(attestedFile(row.name)); errors.Is(err, fs.ErrNotExist) {
					makeAttested(t, start(setting), attestedFile(row.name), row.model(t))
				}
			}
			text := platformGasTable(t, func() *chain.Chain { return start(setting) })
			if err := os.WriteFile(table, []byte(text), 0o644); err != nil {
				t.Fatal(err)
			}
		})
	}
	want, err := os.ReadFile(table)
	if err != nil {
		t.Fatal(err)
	}
	evmtest.EachStart(t, func(t *testing.T, start func(evmtest.Setting) *chain.Chain) {
		got := platformGasTable(t, func() *chain.Chain { return start(setting) })
		if diff := cmp.Diff(string(want), got); diff != "" {
			t.Errorf("gas changed; go test ./contracts -run TestPlatformGas -update blesses it (-want +got):\n%s", diff)
		}
	})
}

func platformGasTable(t testing.TB, start func() *chain.Chain) string {
	t.Helper()
	table := "case,gas,calldata_bytes,runtime_bytes\n"
	row := func(name string, receipt *types.Receipt, budget uint64, calldata int) {
		t.Helper()
		if receipt.GasUsed > budget {
			t.Errorf("%s uses %d gas, budget %d", name, receipt.GasUsed, budget)
		}
		table += fmt.Sprintf("%s,%d,%d,\n", name, receipt.GasUsed, calldata)
	}
	c := start()
	p := evmtest.NewPlatform(t, c, statement.Groth16, nil)
	lock := evmtest.Deploy(t, c, "VerifierTimelock", big.NewInt(86_400), []common.Address{c.From()}, []common.Address{{}})
	v := evmtest.ReadFixture(t, attestedFile("groth16-plain")).Inference
	m := evmtest.Model{System: v.System, Digest: v.ModelDigest, Key: v.Key}
	first := evmtest.Method(p.Registry, "registerModel", m.Commitment(modelURI))
	row("register (first of an owner)", first.Do(t, c), registerBudget, len(first.Data(t)))
	token := evmtest.Deploy(t, c, "AigcToken", p.Registry.Address, p.Router.Address, big.NewInt(1), "Content", "AIGC")
	for _, d := range []struct {
		name     string
		contract chain.Contract
	}{
		{"VerifierStop", p.Stop}, {"VerifierRouter", p.Router}, {"VerifierTimelock", lock},
		{"ModelRegistry", p.Registry}, {"InferenceMarket", p.Market}, {"AigcToken", token},
	} {
		a, err := contracts.Load(d.name)
		if err != nil {
			t.Fatal(err)
		}
		table += fmt.Sprintf("deploy %s,%d,,%d\n", d.name, d.contract.GasUsed, len(a.DeployedBytecode))
	}
	for _, r := range []struct{ name, uri string }{{"register", modelURI}, {"register (no uri)", ""}} {
		message := evmtest.Method(p.Registry, "registerModel", m.Commitment(r.uri))
		row(r.name, message.Do(t, c), registerBudget, len(message.Data(t)))
	}
	version := evmtest.Method(p.Registry, "updateModel", big.NewInt(1), m.Commitment(modelURI))
	row("update", version.Do(t, c), registerBudget+50_000, len(version.Data(t)))
	for _, kept := range attested {
		for _, method := range methods {
			receipt, calldata := attestKept(t, start(), kept.name, method, 0)
			budget := uint64(attestBudget)
			if method == "verifyAndStoreInference" {
				budget += 55_000
			}
			row(method+" "+kept.name, receipt, budget, calldata)
		}
	}
	receipt, calldata := attestKept(t, start(), "groth16-committed", "attest", 1)
	row("attest groth16-committed (first fee of an owner)", receipt, attestBudget+40_000, calldata)
	return table
}

// attestKept deploys a platform, registers the model of a fixture and has the market attest it.
func attestKept(t testing.TB, c *chain.Chain, name, method string, fee int64) (receipt *types.Receipt, calldata int) {
	t.Helper()
	v := evmtest.ReadFixture(t, attestedFile(name)).Inference
	p := evmtest.NewPlatform(t, c, v.System, nil)
	call := evmtest.NewCall(&v)
	a := evmtest.Attestation{Output: v.Output, Proof: contracts.InferenceProof{
		Nonce: new(big.Int), MaxFee: evmtest.Ether(fee), Input: v.Input, Commitments: call.Commitments, Key: v.Key, Proof: call.Proof,
	}}
	a.Model = p.Register(t, c, evmtest.Model{System: v.System, Digest: v.ModelDigest, Key: v.Key})
	a.InputCommitment = contracts.InputCommitment(v.Input, call.Commitments, c.From(), a.Proof.Nonce)
	if got := contracts.MarketContext(c.ID(), p.Market.Address, a.Model, a.InputCommitment); got != v.Context {
		t.Fatalf("%s is for the context %x, the market has %x: remove it and run with -update", attestedFile(name), v.Context, got)
	}
	message := p.Call(t, method, a)
	if fee > 0 {
		evmtest.Method(p.Registry, "setFee", a.Model, evmtest.Ether(fee)).Do(t, c)
		evmtest.Method(p.Registry, "transferFrom", c.From(), common.Address{0: 1, 19: 1}, a.Model).Do(t, c)
		message = message.With(evmtest.Ether(fee))
	}
	return message.Do(t, c), len(message.Data(t))
}
