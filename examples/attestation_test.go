// SPDX-License-Identifier: Apache-2.0

package examples_test

import (
	"bytes"
	"encoding/json"
	"math/big"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/common/hexutil"
	"github.com/ethereum/go-ethereum/crypto"

	"github.com/zkml-go/zkml/chain"
	"github.com/zkml-go/zkml/internal/evmtest"
	"github.com/zkml-go/zkml/internal/need"
	"github.com/zkml-go/zkml/statement"
)

// TestAttestationInJavaScript has a market attest an inference and lets attestation/verify.mjs judge it, in
// Node with viem, over HTTP.
func TestAttestationInJavaScript(t *testing.T) {
	t.Parallel()
	need.Tool(t, "viem")
	key, err := crypto.GenerateKey()
	if err != nil {
		t.Fatal(err)
	}
	node, err := chain.StartNode("127.0.0.1:0", crypto.PubkeyToAddress(key.PublicKey))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { node.Close() })
	c, err := chain.Dial(t.Context(), node.URL(), key)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { c.Close() })

	p := evmtest.NewPlatform(t, c, statement.Groth16, nil)
	model := evmtest.NewGroth16(t, true).Model(t)
	id := p.Register(t, c, model)
	attested := p.Attest(t, c, id, model)
	hash := p.Call(t, "attest", attested).Do(t, c).TxHash
	deposit := evmtest.Method(p.Market, "deposit").With(big.NewInt(1)).Do(t, c).TxHash
	second := evmtest.Deploy(t, c, "InferenceMarket", p.Registry.Address, p.Router.Address)
	p.Register(t, c, model)

	name := hexutil.Encode(bytes.Clone(nameOf(model)))
	arguments := func(market common.Address, model, name string, tx common.Hash) []string {
		return []string{"--rpc", node.URL(), "--market", market.Hex(), "--model", model, "--name", name, "--transaction", tx.Hex()}
	}
	good := arguments(p.Market.Address, id.String(), name, hash)

	stdout, stderr := verify(t, good...)
	if stderr != "" {
		t.Fatalf("the attestation is refused: %s", stderr)
	}
	var got struct {
		Model, Name, Caller, Input, Output, InferenceID string
		ProofChecked                                    bool
	}
	if err := json.Unmarshal([]byte(stdout), &got); err != nil {
		t.Fatalf("%v: %s", err, stdout)
	}
	inference := attested.ID()
	want := got
	want.Model, want.Name, want.ProofChecked = id.String(), name, true
	want.Caller, want.InferenceID = c.From().Hex(), hexutil.Encode(inference[:])
	want.Input, want.Output = hexutil.Encode(attested.Proof.Input), hexutil.Encode(attested.Output)
	if got != want {
		t.Errorf("got %+v, want %+v", got, want)
	}

	for _, test := range []struct {
		name string
		args []string
		want string
	}{
		{"another model", arguments(p.Market.Address, "2", name, hash), "attests 0 inferences"},
		{"another name", arguments(p.Market.Address, id.String(), "0x"+strings.Repeat("00", 32), hash), "the model's name is " + name},
		{"another market", arguments(second.Address, id.String(), name, hash), "attests 0 inferences"},
		{"another transaction", arguments(p.Market.Address, id.String(), name, deposit), "attests 0 inferences"},
		{"no transaction", arguments(p.Market.Address, id.String(), name, common.Hash{1}), "could not be found"},
		{"no market", good[2:], "--rpc is missing"},
	} {
		if _, stderr := verify(t, test.args...); !strings.Contains(stderr, test.want) {
			t.Errorf("%s: got error %q, want one with %q", test.name, stderr, test.want)
		}
	}

	// The event of a verifier that was stopped later is not enough.
	evmtest.Method(p.Stop, "stop").Do(t, c)
	if _, stderr := verify(t, good...); !strings.Contains(stderr, "VerifierStopped") {
		t.Errorf("stopped verifier: got error %q, want VerifierStopped", stderr)
	}
}

func nameOf(m evmtest.Model) []byte {
	name := m.Name()
	return name[:]
}

// verify runs verify.mjs and returns what it wrote.
func verify(t testing.TB, args ...string) (stdout, stderr string) {
	t.Helper()
	script := filepath.Join(need.Root(t), "examples", "attestation", "verify.mjs")
	cmd := exec.CommandContext(t.Context(), need.Tool(t, "node"), append([]string{script}, args...)...)
	var out, errs strings.Builder
	cmd.Stdout, cmd.Stderr = &out, &errs
	err := cmd.Run()
	if (err == nil) != (errs.Len() == 0) {
		t.Fatalf("verify.mjs ended with %v and wrote %q", err, errs.String())
	}
	return out.String(), errs.String()
}
