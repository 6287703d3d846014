// SPDX-License-Identifier: Apache-2.0

package contracts_test

import (
	"fmt"
	"math/big"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/ethereum/go-ethereum/common"
	"github.com/google/go-cmp/cmp"

	"github.com/zkml-go/zkml/chain"
	"github.com/zkml-go/zkml/contracts"
	"github.com/zkml-go/zkml/internal/evmtest"
	"github.com/zkml-go/zkml/statement"
)

// A world is a platform with a registered model, in which an attack happens. The chain's account owns the
// model.
type world struct {
	testing.TB
	c *chain.Chain
	evmtest.Platform
	model   evmtest.Model
	id      *big.Int
	prover  *evmtest.Groth16
	patched map[string]contracts.Artifact
}

func newWorld(t testing.TB, c *chain.Chain, prover *evmtest.Groth16, patched map[string]contracts.Artifact) *world {
	t.Helper()
	w := &world{TB: t, c: c, prover: prover, patched: patched}
	w.Platform = evmtest.NewPlatform(t, c, statement.Groth16, patched)
	w.model = prover.Model(t)
	w.id = w.Register(t, c, w.model)
	return w
}

// stranger returns another account on the chain.
func (w *world) stranger() *chain.Chain {
	w.Helper()
	return evmtest.Account(w, w.c)
}

// attestation returns one that the market accepts from an account.
func (w *world) attestation(from *chain.Chain) evmtest.Attestation {
	w.Helper()
	return w.Attest(w, from, w.id, w.model)
}

// do sends a call that must be accepted.
func (w *world) do(from *chain.Chain, to chain.Contract, method string, args ...any) {
	w.Helper()
	evmtest.Method(to, method, args...).Do(w, from)
}

// verdict sends a call and returns the name of the error, or "".
func (w *world) verdict(from *chain.Chain, to chain.Contract, method string, args ...any) string {
	w.Helper()
	return evmtest.Method(to, method, args...).Verdict(w, from)
}

// attest gives an attestation to the market and returns its verdict.
func (w *world) attest(from *chain.Chain, a evmtest.Attestation) string {
	w.Helper()
	return w.Call(w, "attest", a).Verdict(w, from)
}

// credit returns what an account has in the market.
func (w *world) credit(account common.Address) *big.Int {
	w.Helper()
	return evmtest.Method(w.Market, "creditOf", account).Ask(w, w.c)[0].(*big.Int)
}

// deploy deploys a contract of the platform, or what replaces it.
func (w *world) deploy(name string, args ...any) chain.Contract {
	w.Helper()
	if a, ok := w.patched[name]; ok {
		return evmtest.DeployArtifact(w, w.c, a, args...)
	}
	return evmtest.Deploy(w, w.c, name, args...)
}

// A platformFault removes a defence of a contract. The attack returns the verdict of the contract that is
// to refuse it: `want` from the true one, and "" from the one without the defence.
type platformFault struct {
	name     string
	contract string
	file     string   // where the defence is; "" for the contract's own file
	patch    []string // old, new, old, new ...
	want     string
	attack   func(w *world) string
}

// testAttacks makes the attacks on the true contracts, on every EVM.
func testAttacks(t *testing.T, faults []platformFault) {
	t.Parallel()
	prover := evmtest.NewGroth16(t, false)
	evmtest.Each(t, func(t *testing.T, c *chain.Chain) {
		for _, f := range faults {
			if got := f.attack(newWorld(t, c, prover, nil)); got != f.want {
				t.Errorf("%s: got verdict %q, want %q", f.name, got, f.want)
			}
		}
	})
}

// A compiler compiles sources, as evmtest.Compile does.
type compiler func(t testing.TB, sources map[string]string) map[string]contracts.Artifact

// testPlanted makes every attack on a contract that lacks the defence against it.
func testPlanted(t *testing.T, faults []platformFault, compile compiler) {
	t.Parallel()
	if testing.Short() {
		t.Skip("compiles a contract for every fault")
	}
	sources := map[string]string{}
	for i, f := range faults {
		plant(t, sources, fmt.Sprintf("Planted%d", i), f)
	}
	artifacts := compile(t, sources)
	prover := evmtest.NewGroth16(t, false)
	c := evmtest.Embedded(t)
	for i, f := range faults {
		patched := map[string]contracts.Artifact{f.contract: artifacts[fmt.Sprintf("Planted%d", i)]}
		if got := f.attack(newWorld(t, c, prover, patched)); got != "" {
			t.Errorf("%s: got verdict %q of the faulty contract, want it to accept", f.name, got)
		}
	}
}

// plant adds the sources of a contract with a fault to those to compile, and all true sources.
func plant(t testing.TB, sources map[string]string, name string, f platformFault) {
	t.Helper()
	addTrueSources(t, sources)
	file := f.contract + ".sol"
	text, patched := readSource(t, file), f.file
	if patched == "" || patched == file {
		text = applyPatch(t, f, text)
	} else {
		sources["../"+name+"/"+patched] = strings.ReplaceAll(applyPatch(t, f, readSource(t, patched)), `"./`, `"../true/`)
		text = strings.ReplaceAll(text, `"./`+patched, `"../`+name+"/"+patched)
	}
	header := "contract " + f.contract + " is"
	if strings.Count(text, header) != 1 {
		t.Fatalf("%s: no contract %s", f.name, f.contract)
	}
	text = strings.Replace(text, header, "contract "+name+" is", 1)
	sources[name+".sol"] = strings.ReplaceAll(text, `"./`, `"../true/`)
}

func applyPatch(t testing.TB, f platformFault, text string) string {
	t.Helper()
	for i := 0; i < len(f.patch); i += 2 {
		if n := strings.Count(text, f.patch[i]); n != 1 {
			t.Fatalf("%s: the code to replace occurs %d times: %s", f.name, n, f.patch[i])
		}
		text = strings.Replace(text, f.patch[i], f.patch[i+1], 1)
	}
	return text
}

func addTrueSources(t testing.TB, sources map[string]string) {
	t.Helper()
	files, err := filepath.Glob("src/*.sol")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		sources["../true/"+filepath.Base(file)] = readSource(t, filepath.Base(file))
	}
}

func readSource(t testing.TB, name string) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("src", name))
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// attackers are the contracts of testdata/attackers.sol.
var attackers struct {
	sync.Once
	artifacts map[string]contracts.Artifact
}

// attacker deploys a contract that attacks ours.
func (w *world) attacker(name string, args ...any) chain.Contract {
	w.Helper()
	attackers.Do(func() {
		text, err := os.ReadFile(filepath.Join("testdata", "attackers.sol"))
		if err != nil {
			w.Fatal(err)
		}
		attackers.artifacts = evmtest.Compile(w, map[string]string{"attackers.sol": string(text)})
	})
	a, ok := attackers.artifacts[name]
	if !ok {
		evmtest.Compile(w, nil) // skips
		w.Fatalf("no attacker %s", name)
	}
	return evmtest.DeployArtifact(w, w.c, a, args...)
}

// equal reports a difference between what a contract says and what it should say.
func equal(t testing.TB, what string, got, want any) {
	t.Helper()
	bigs := cmp.Comparer(func(a, b *big.Int) bool { return a.Cmp(b) == 0 })
	if diff := cmp.Diff(want, got, bigs); diff != "" {
		t.Errorf("%s (-want +got):\n%s", what, diff)
	}
}
