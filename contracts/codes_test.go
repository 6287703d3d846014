// SPDX-License-Identifier: Apache-2.0

package contracts_test

import (
	"bytes"
	"math/big"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/crypto"

	"github.com/zkml-go/zkml/chain"
	"github.com/zkml-go/zkml/contracts"
	"github.com/zkml-go/zkml/internal/evmtest"
)

// TestCodeStorage writes bytes of all lengths and contents as code and reads them where addressOf says.
func TestCodeStorage(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile(filepath.Join("testdata", "codes.sol"))
	if err != nil {
		t.Fatal(err)
	}
	sources := map[string]string{"codes.sol": string(text)}
	addTrueSources(t, sources)
	artifact := evmtest.CompileQuick(t, sources)["Codes"]
	evmtest.All(t, func(t *testing.T, c *chain.Chain) {
		codes := evmtest.DeployArtifact(t, c, artifact)
		at := func(creator common.Address, nonce uint64) common.Address {
			t.Helper()
			return evmtest.Method(codes, "addressOf", creator, nonce).Ask(t, c)[0].(common.Address)
		}
		written := uint64(0)
		for _, data := range [][]byte{
			{}, {0xef}, {0xff}, {0}, bytes.Repeat([]byte{1}, 31), bytes.Repeat([]byte{2}, 32), bytes.Repeat([]byte{3}, 33),
			bytes.Repeat([]byte{4}, 24_575),
		} {
			evmtest.Method(codes, "write", data).Do(t, c)
			written++
			where := evmtest.Method(codes, "last").Ask(t, c)[0].(common.Address)
			equal(t, "address", at(codes.Address, written), where)
			equal(t, "data", evmtest.Method(codes, "read", where).Ask(t, c)[0], data)
			// Code that stops: a call of it does nothing.
			if _, err := c.Call(t.Context(), chain.Contract{Address: where}, []byte{1, 2, 3, 4}); err != nil {
				t.Errorf("call of stored data: %v", err)
			}
		}
		long := evmtest.Method(codes, "write", bytes.Repeat([]byte{5}, 24_576))
		equal(t, "too long", long.Reason(t, c), "CodeNotStored(24576)")

		// The nonces where the length of their encoding changes, and some between.
		nonces := []uint64{1, 0x7f, 0x80, 0xff, 1<<64 - 2}
		for bits := 8; bits < 64; bits += 8 {
			nonces = append(nonces, 1<<bits-1, 1<<bits, 1<<bits+rand.Uint64N(1<<bits))
		}
		for _, nonce := range nonces {
			equal(t, "address", at(c.From(), nonce), crypto.CreateAddress(c.From(), nonce))
		}
	})
}

// TestRegistryManyModels registers more models than fit in the shortest encodings of nonces.
func TestRegistryManyModels(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("registers 260 models")
	}
	c := evmtest.Embedded(t)
	w := newWorld(t, c, evmtest.NewGroth16(t, false), nil)
	want := []contracts.ModelCommitment{w.model.Commitment("")}
	for len(want) < 260 {
		commitment := w.prover.Model(t).Commitment(strings.Repeat("u", len(want)%40))
		w.do(c, w.Registry, "registerModel", commitment)
		want = append(want, commitment)
	}
	for i, commitment := range want {
		w.checkModel(big.NewInt(int64(i+1)), commitment, c.From(), false, 0, 0)
	}
}

// TestRegistryElsewhere registers on a registry whose counter is not the nonce of its creations, as it would
// be on a chain that derives addresses in another way.
func TestRegistryElsewhere(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("compiles two contracts")
	}
	elsewhere := []string{"uint64 private _next = 1;", "uint64 private _next = 2;"}
	assertion := []string{"assert(where == CodeStorage.addressOf(address(this), uint64(modelId)));", "where;"}
	sources := map[string]string{}
	plant(t, sources, "Elsewhere", platformFault{name: "elsewhere", contract: "ModelRegistry", patch: elsewhere})
	plant(t, sources, "Careless", platformFault{name: "careless", contract: "ModelRegistry", patch: append(elsewhere, assertion...)})
	artifacts := evmtest.CompileQuick(t, sources)
	c := evmtest.Embedded(t)
	m := evmtest.NewGroth16(t, false).Model(t)
	for name, want := range map[string]string{"Elsewhere": "Panic", "Careless": ""} {
		p := evmtest.NewPlatform(t, c, m.System, map[string]contracts.Artifact{"ModelRegistry": artifacts[name]})
		equal(t, name, evmtest.Method(p.Registry, "registerModel", m.Commitment("")).Verdict(t, c), want)
	}
}
