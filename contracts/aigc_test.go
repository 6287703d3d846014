// SPDX-License-Identifier: Apache-2.0

package contracts_test

import (
	"math/big"
	"testing"

	"github.com/ethereum/go-ethereum/common"

	"github.com/zkml-go/zkml/chain"
	"github.com/zkml-go/zkml/contracts"
	"github.com/zkml-go/zkml/internal/evmtest"
	"github.com/zkml-go/zkml/statement"
)

// content is what a token is minted of.
type content struct {
	to           common.Address
	prompt, data string
	uri          string
	proof        contracts.AigcProof
}

// token deploys the contract of tokens of the world's model.
func (w *world) token() chain.Contract {
	w.Helper()
	return w.deploy("AigcToken", w.Registry.Address, w.Router.Address, w.id, "Content", "AIGC")
}

// content makes what a token contract accepts, proved for the context that it says it wants.
func (w *world) content(token chain.Contract, to common.Address, prompt, data, uri string) content {
	w.Helper()
	c := content{to: to, prompt: prompt, data: data, uri: uri}
	c.proof = contracts.AigcProof{To: to, URIHash: statement.Keccak([]byte(uri)), Commitments: [][32]byte{{31: 9}}, Key: w.model.Key}
	context := evmtest.Method(token, "contextOf", to, c.proof.URIHash).Ask(w, w.c)[0].([32]byte)
	c.proof.Proof = w.model.Statement(w, context, []byte(prompt), []byte(data), c.proof.Commitments)
	return c
}

func (c content) encoded(t testing.TB) []byte {
	t.Helper()
	proof, err := c.proof.Encode()
	if err != nil {
		t.Fatal(err)
	}
	return proof
}

func (c content) mint(t testing.TB, token chain.Contract) evmtest.Message {
	t.Helper()
	return evmtest.Method(token, "mint", c.to, []byte(c.prompt), []byte(c.data), c.uri, c.encoded(t))
}

func (c content) verify(t testing.TB, from *chain.Chain, token chain.Contract) bool {
	t.Helper()
	return evmtest.Method(token, "verify", []byte(c.prompt), []byte(c.data), c.encoded(t)).Ask(t, from)[0].(bool)
}

const aigcContext = "CONTEXT_TAG, block.chainid, address(this), modelId, to, uriHash"

// aigcFaults are attempts to mint what another proved.
var aigcFaults = []platformFault{
	{
		name: "another receiver", contract: "AigcToken", want: "MintMismatch",
		patch: []string{"p.to != to || ", ""},
		attack: func(w *world) string {
			token := w.token()
			c := w.content(token, w.c.From(), "prompt", "data", "uri")
			thief := w.stranger()
			c.to = thief.From()
			return c.mint(w, token).Verdict(w, thief)
		},
	},
	{
		name: "another receiver, in the proof as well", contract: "AigcToken", want: "ProofInvalid",
		patch: []string{aigcContext, "CONTEXT_TAG, block.chainid, address(this), modelId, to == to, uriHash"},
		attack: func(w *world) string {
			token := w.token()
			c := w.content(token, w.c.From(), "prompt", "data", "uri")
			thief := w.stranger()
			c.to, c.proof.To = thief.From(), thief.From()
			return c.mint(w, token).Verdict(w, thief)
		},
	},
	{
		name: "another uri", contract: "AigcToken", want: "MintMismatch",
		patch: []string{" || p.uriHash != keccak256(bytes(uri))", ""},
		attack: func(w *world) string {
			token := w.token()
			c := w.content(token, w.c.From(), "prompt", "data", "uri")
			c.uri = "evil"
			return c.mint(w, token).Verdict(w, w.stranger())
		},
	},
	{
		name: "another uri, in the proof as well", contract: "AigcToken", want: "ProofInvalid",
		patch: []string{aigcContext, "CONTEXT_TAG, block.chainid, address(this), modelId, to, uriHash == uriHash"},
		attack: func(w *world) string {
			token := w.token()
			c := w.content(token, w.c.From(), "prompt", "data", "uri")
			c.uri, c.proof.URIHash = "evil", statement.Keccak([]byte("evil"))
			return c.mint(w, token).Verdict(w, w.stranger())
		},
	},
	{
		name: "another contract of tokens", contract: "AigcToken", want: "ProofInvalid",
		patch: []string{aigcContext, "CONTEXT_TAG, block.chainid, address(0), modelId, to, uriHash"},
		attack: func(w *world) string {
			c := w.content(w.token(), w.c.From(), "prompt", "data", "uri")
			return c.mint(w, w.token()).Verdict(w, w.stranger())
		},
	},
	{
		name: "false content", contract: "AigcToken", want: "ProofInvalid",
		patch: []string{"requireProof(prompt, aigcData, proof);\n        tokenId", "tokenId"},
		attack: func(w *world) string {
			token := w.token()
			c := w.content(token, w.c.From(), "prompt", "data", "uri")
			c.data = "DATA"
			return c.mint(w, token).Verdict(w, w.c)
		},
	},
	{
		name: "deprecated model", contract: "AigcToken", want: "ModelDeprecated",
		patch: []string{"if (registry.termsOf(modelId).deprecated) revert ModelDeprecated(modelId);", ""},
		attack: func(w *world) string {
			token := w.token()
			c := w.content(token, w.c.From(), "prompt", "data", "uri")
			w.do(w.c, w.Registry, "deprecateModel", w.id)
			return c.mint(w, token).Verdict(w, w.c)
		},
	},
	{
		name: "second token of a prompt", contract: "AigcToken", want: "ERC721InvalidSender",
		patch: []string{"_mint(to, tokenId);", "_update(to, tokenId, address(0));"},
		attack: func(w *world) string {
			token := w.token()
			w.content(token, w.c.From(), "prompt", "data", "uri").mint(w, token).Do(w, w.c)
			thief := w.stranger()
			return w.content(token, thief.From(), "prompt", "data", "uri").mint(w, token).Verdict(w, thief)
		},
	},
}

func TestAigcAttacks(t *testing.T)        { testAttacks(t, aigcFaults) }
func TestAigcAttacksPlanted(t *testing.T) { testPlanted(t, aigcFaults, evmtest.CompileQuick) }

func TestAigcToken(t *testing.T) {
	t.Parallel()
	evmtest.All(t, func(t *testing.T, c *chain.Chain) {
		w := newWorld(t, c, evmtest.NewGroth16(t, false), nil)
		token := w.token()
		ask := func(method string, args ...any) any {
			t.Helper()
			return evmtest.Method(token, method, args...).Ask(t, c)[0]
		}
		to := w.stranger()
		made := w.content(token, to.From(), "prompt", "data", "ipfs://uri")
		equal(t, "contextOf", ask("contextOf", to.From(), made.proof.URIHash),
			contracts.AigcContext(c.ID(), token.Address, w.id, to.From(), made.proof.URIHash))

		// verify says of a proof what is true; it is false for what does not even decode.
		equal(t, "verify", made.verify(t, c, token), true)
		for name, change := range map[string]func(c *content){
			"prompt":   func(c *content) { c.prompt += " " },
			"data":     func(c *content) { c.data = "" },
			"receiver": func(c *content) { c.proof.To[0] ^= 1 },
			"uri":      func(c *content) { c.proof.URIHash[0] ^= 1 },
			"key":      func(c *content) { c.proof.Key = c.proof.Key[1:] },
			"proof":    func(c *content) { c.proof.Proof = nil },
		} {
			other := made
			change(&other)
			if other.verify(t, c, token) {
				t.Errorf("verify accepts another %s", name)
			}
		}
		equal(t, "verify of no proof", ask("verify", []byte(made.prompt), []byte(made.data), []byte{}), false)

		// Anyone may bring what `to` is to have.
		receipt := made.mint(t, token).Do(t, c)
		id := statement.Keccak([]byte(made.prompt))
		tokenID := new(big.Int).SetBytes(id[:])
		equal(t, "tokenIdOf", ask("tokenIdOf", []byte(made.prompt)), tokenID)
		equal(t, "ownerOf", ask("ownerOf", tokenID), to.From())
		equal(t, "tokenURI", ask("tokenURI", tokenID), made.uri)
		equal(t, "name", ask("name"), "Content")
		equal(t, "symbol", ask("symbol"), "AIGC")
		last := receipt.Logs[len(receipt.Logs)-1]
		equal(t, "topics", last.Topics, []common.Hash{
			token.ABI.Events["Mint"].ID, common.BytesToHash(to.From().Bytes()), id, statement.Keccak([]byte(made.prompt)),
		})
		var event struct {
			AigcData, Proof []byte
			Uri             string
		}
		if err := token.ABI.UnpackIntoInterface(&event, "Mint", last.Data); err != nil {
			t.Fatal(err)
		}
		equal(t, "event", []any{event.AigcData, event.Uri, event.Proof}, []any{[]byte(made.data), made.uri, made.encoded(t)})

		for id, want := range map[[4]byte]bool{
			{0x01, 0xff, 0xc9, 0xa7}: true,  // ERC-165
			{0x80, 0xac, 0x58, 0xcd}: true,  // ERC-721
			{0x5b, 0x5e, 0x13, 0x9f}: true,  // its metadata
			{0x7e, 0x52, 0xe4, 0x23}: true,  // ERC-7007 by its text
			{0x2a, 0x8a, 0xb5, 0x91}: true,  // ERC-7007 by its functions
			{0xfa, 0x1a, 0x55, 0x7a}: false, // its enumeration
			{0xff, 0xff, 0xff, 0xff}: false,
		} {
			equal(t, "supportsInterface", ask("supportsInterface", id), want)
		}

		w.do(c, w.Stop, "stop")
		equal(t, "verify with a stopped verifier", made.verify(t, c, token), false)
		other := w.content(token, to.From(), "other prompt", "data", "uri")
		equal(t, "mint with a stopped verifier", other.mint(t, token).Verdict(t, c), "VerifierStopped")
		w.do(c, w.Router, "removeVerifier", groth16Selector)
		equal(t, "verify with a removed verifier", made.verify(t, c, token), false)
		equal(t, "mint with a removed verifier", other.mint(t, token).Verdict(t, c), "SelectorRemoved")
		equal(t, "the token stays", ask("ownerOf", tokenID), to.From())

		a, err := contracts.Load("AigcToken")
		if err != nil {
			t.Fatal(err)
		}
		equal(t, "a token of no model", evmtest.DeployVerdict(t, c, a, w.Registry.Address, w.Router.Address, big.NewInt(77), "", ""), "ModelNotFound")
	})
}
