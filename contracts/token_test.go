// SPDX-License-Identifier: Apache-2.0

package contracts_test

import (
	"math/big"
	"testing"

	"github.com/ethereum/go-ethereum/common"

	"github.com/zkml-go/zkml/chain"
	"github.com/zkml-go/zkml/internal/evmtest"
)

// TestModelToken uses a model as what it is to wallets: an ERC-721 token with an ERC-2981 royalty.
func TestModelToken(t *testing.T) {
	t.Parallel()
	evmtest.All(t, func(t *testing.T, c *chain.Chain) {
		w := newWorld(t, c, evmtest.NewGroth16(t, false), nil)
		buyer, operator, stranger := w.stranger(), w.stranger(), w.stranger()
		for id, want := range map[[4]byte]bool{
			{0x01, 0xff, 0xc9, 0xa7}: true,  // ERC-165
			{0x80, 0xac, 0x58, 0xcd}: true,  // ERC-721
			{0x5b, 0x5e, 0x13, 0x9f}: true,  // its metadata
			{0x2a, 0x55, 0x20, 0x5a}: true,  // ERC-2981
			{0xd2, 0x85, 0x19, 0xb1}: true,  // ERC-7992, the registry
			{0x5d, 0xf6, 0x54, 0x72}: false, // the verifier
			{0xff, 0xff, 0xff, 0xff}: false,
		} {
			equal(t, "supportsInterface", w.ask("supportsInterface", id)[0], want)
		}
		equal(t, "name", w.ask("name")[0], "zkml model")
		equal(t, "symbol", w.ask("symbol")[0], "ZKML")

		transfer := func(from *chain.Chain, owner, to common.Address) string {
			t.Helper()
			return w.verdict(from, w.Registry, "transferFrom", owner, to, w.id)
		}
		equal(t, "transfer by a stranger", transfer(stranger, c.From(), stranger.From()), "ERC721InsufficientApproval")
		equal(t, "transfer from another", transfer(c, stranger.From(), buyer.From()), "ERC721IncorrectOwner")
		equal(t, "transfer to nobody", transfer(c, c.From(), common.Address{}), "ERC721InvalidReceiver")
		equal(t, "approval by a stranger", w.verdict(stranger, w.Registry, "approve", stranger.From(), w.id), "ERC721InvalidApprover")
		w.do(c, w.Registry, "approve", operator.From(), w.id)
		equal(t, "getApproved", w.ask("getApproved", w.id)[0], operator.From())
		equal(t, "transfer by who is approved", transfer(operator, c.From(), buyer.From()), "")
		equal(t, "ownerOf", w.ask("ownerOf", w.id)[0], buyer.From())
		equal(t, "balance of the seller", w.ask("balanceOf", c.From())[0], new(big.Int))
		equal(t, "balance of the buyer", w.ask("balanceOf", buyer.From())[0], big.NewInt(1))
		equal(t, "approval is gone", w.ask("getApproved", w.id)[0], common.Address{})
		equal(t, "second transfer", transfer(operator, buyer.From(), operator.From()), "ERC721InsufficientApproval")
		// A market takes no tokens.
		equal(t, "safe transfer to a contract", w.verdict(buyer, w.Registry, "safeTransferFrom", buyer.From(), w.Market.Address, w.id), "ERC721InvalidReceiver")

		// Rights go with the token.
		equal(t, "fee by the seller", w.verdict(c, w.Registry, "setFee", w.id, big.NewInt(1)), "NotModelOwner")
		equal(t, "fee by the buyer", w.verdict(buyer, w.Registry, "setFee", w.id, big.NewInt(1)), "")

		royalty := func(price int64) []any { return w.ask("royaltyInfo", w.id, big.NewInt(price)) }
		equal(t, "no royalty", royalty(10_000), []any{common.Address{}, new(big.Int)})
		equal(t, "royalty above the price", w.verdict(buyer, w.Registry, "setRoyalty", w.id, c.From(), big.NewInt(10_001)), "ERC2981InvalidTokenRoyalty")
		equal(t, "royalty to nobody", w.verdict(buyer, w.Registry, "setRoyalty", w.id, common.Address{}, big.NewInt(1)), "ERC2981InvalidTokenRoyaltyReceiver")
		receipt := evmtest.Method(w.Registry, "setRoyalty", w.id, c.From(), big.NewInt(250)).Do(t, buyer)
		equal(t, "events", w.topics(receipt), [][]any{{"RoyaltySet", w.id, number(c.From())}})
		equal(t, "royalty", royalty(10_000), []any{c.From(), big.NewInt(250)})
		equal(t, "royalty of a small price", royalty(39), []any{c.From(), new(big.Int)})
		equal(t, "royalty of another model", w.ask("royaltyInfo", w.Register(t, c, w.model), big.NewInt(10_000)), []any{common.Address{}, new(big.Int)})
	})
}
