// SPDX-License-Identifier: Apache-2.0

package contracts_test

import (
	"math/big"
	"slices"

	"github.com/zkml-go/zkml/chain"
	"github.com/zkml-go/zkml/internal/evmtest"
)

// A gameWorld is a NetworkGame with game 0 of the chain's account. Its network says what it is asked to.
type gameWorld struct {
	*consumer
	contract chain.Contract
}

// play starts game 0 in square 0.
func (w *consumer) play() gameWorld {
	w.Helper()
	g := gameWorld{w, w.deploy()}
	evmtest.Method(g.contract, "start", big.NewInt(0)).Do(w.T, w.c)
	return g
}

// wants returns scores of which that of a square is the highest.
func wants(square int) []byte {
	scores := make([]byte, 9)
	scores[square] = 1
	return scores
}

// thinks proves what the network thinks of an input in the game that the nonce is of.
func (g gameWorld) thinks(game int64, input []byte, square int) evmtest.Attestation {
	g.Helper()
	nonce := evmtest.Method(g.contract, "nonceOf", big.NewInt(game)).Ask(g.T, g.c)[0].(*big.Int)
	return g.prove(g.contract.Address, nonce, input, wants(square))
}

func (g gameWorld) input(game int64) []byte {
	g.Helper()
	return evmtest.Method(g.contract, "inputOf", big.NewInt(game)).Ask(g.T, g.c)[0].([]byte)
}

func (g gameWorld) send(game int64, a evmtest.Attestation) string {
	g.Helper()
	return g.pay(g.other, 0, game, a)
}

// pay brings a reply with some ether.
func (g gameWorld) pay(from *chain.Chain, ether, game int64, a evmtest.Attestation) string {
	g.Helper()
	return evmtest.Method(g.contract, "reply", big.NewInt(game), a.Output, encoded(g.T, a)).With(evmtest.Ether(ether)).Verdict(g.T, from)
}

// setFee sets the fee of the network.
func (g gameWorld) setFee(ether int64) {
	g.Helper()
	evmtest.Method(g.Registry, "setFee", g.id, evmtest.Ether(ether)).Do(g.T, g.c)
}

// reply has the network mark a square.
func (g gameWorld) reply(square int) string {
	g.Helper()
	return g.send(0, g.thinks(0, g.input(0), square))
}

func (g gameWorld) move(from *chain.Chain, square int64) string {
	g.Helper()
	return evmtest.Method(g.contract, "move", big.NewInt(0), big.NewInt(square)).Verdict(g.T, from)
}

var gameFaults = []consumerFault{
	{
		name: "another model", old: wrongModel, new: "registered; model;", want: "WrongModel",
		attack: func(w *consumer) string { return refusal(w, w.Market.Address, w.id, [32]byte{1}) },
	},
	{
		name: "two moves of the network", old: "if (!_networkIsNext(game)) revert NotYourTurn(game);", new: "", want: "NotYourTurn",
		attack: func(w *consumer) string {
			g := w.play()
			if got := g.reply(4); got != "" {
				return "first: " + got
			}
			return g.reply(5)
		},
	},
	{
		name: "two moves of the player", old: "if (_networkIsNext(game)) revert NotYourTurn(game);", new: "", want: "NotYourTurn",
		attack: func(w *consumer) string { return w.play().move(w.c, 1) },
	},
	{
		name: "a move of a stranger", old: " || games[game].player != msg.sender", new: "", want: "NotPlaying",
		attack: func(w *consumer) string {
			g := w.play()
			if got := g.reply(4); got != "" {
				return "reply: " + got
			}
			return g.move(w.other, 1)
		},
	},
	{
		name: "a taken square", old: " || ((g.theirs | g.ours) >> square) & 1 != 0", new: "", want: "SquareTaken",
		attack: func(w *consumer) string {
			g := w.play()
			if got := g.reply(4); got != "" {
				return "reply: " + got
			}
			return g.move(w.c, 4)
		},
	},
	{
		name: "a move after the end", old: "if (games[game].result != Result.Open) revert NotPlaying(game);", new: "", want: "NotPlaying",
		attack: func(w *consumer) string {
			g := w.play()
			for i, square := range []int{4, 5} {
				if got := g.reply(square) + g.move(w.c, int64(i+1)); got != "" {
					return "before: " + got
				}
			}
			return g.reply(3) // a line of its own, when the player has one
		},
	},
	{
		name: "other scores", old: "market.attest{value: fee}(modelId, inputCommitmentOf(game), output, proof);", new: "proof;",
		want: "ProofInvalid",
		attack: func(w *consumer) string {
			g := w.play()
			a := g.thinks(0, g.input(0), 4)
			a.Output = wants(8)
			return g.send(0, a)
		},
	},
	{
		name: "another board", old: "if ((games[game].theirs >> i) & 1 != 0) input[9 + i] = 0x01;", new: "", want: "InputCommitmentMismatch",
		attack: func(w *consumer) string {
			g := w.play()
			return g.send(0, g.thinks(0, make([]byte, 18), 4))
		},
	},
	{
		// The owner of the network raises the fee to what players left in the market, and brings a reply that
		// pays it.
		name: "a fee from credit", old: "if (msg.value != fee) revert FeeInvalid(fee, msg.value);\n        market.attest{value: fee}(",
		new: "fee;\n        market.attest{value: msg.value}(", want: "FeeInvalid",
		attack: func(w *consumer) string {
			g := w.play()
			g.setFee(1)
			defer g.setFee(0)
			a := g.thinks(0, g.input(0), 4)
			a.Proof.MaxFee = evmtest.Ether(9)
			if got := g.pay(w.other, 3, 0, a); got != "" {
				return got
			}
			if got := g.move(w.c, 1); got != "" {
				return "move: " + got
			}
			g.setFee(2)
			a = g.thinks(0, g.input(0), 5)
			a.Proof.MaxFee = evmtest.Ether(9)
			return g.pay(w.c, 0, 0, a)
		},
	},
	{
		name: "another game", old: "abi.encode(game, games[game].theirs", new: "abi.encode(games[game].theirs", want: "InputCommitmentMismatch",
		attack: func(w *consumer) string {
			g := w.play()
			evmtest.Method(g.contract, "start", big.NewInt(0)).Do(w.T, w.other) // the same board
			return g.send(1, g.thinks(0, slices.Clone(g.input(0)), 4))
		},
	},
}
