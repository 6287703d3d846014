// SPDX-License-Identifier: Apache-2.0

package contracts_test

import (
	"math/big"
	"slices"
	"testing"

	"github.com/ethereum/go-ethereum/common"

	"github.com/zkml-go/zkml/chain"
	"github.com/zkml-go/zkml/internal/evmtest"
	"github.com/zkml-go/zkml/internal/onnxwrite"
	"github.com/zkml-go/zkml/ir"
	"github.com/zkml-go/zkml/quant"
	"github.com/zkml-go/zkml/statement"
)

// gameLines are the lines of noughts and crosses.
var gameLines = [][3]int{{0, 1, 2}, {3, 4, 5}, {6, 7, 8}, {0, 3, 6}, {1, 4, 7}, {2, 5, 8}, {0, 4, 8}, {2, 4, 6}}

// gameNetwork is a network of 18, 48 and 9 neurons that completes its lines, then blocks those of the player,
// then likes the middle and the corners. A hidden neuron is a side, a line, and a square of it: it is active
// when the side has the other two.
func gameNetwork() onnxwrite.Model {
	const hidden = 48
	first, second := make([]float64, 18*hidden), make([]float64, hidden*9)
	firstBias, likes := make([]float64, hidden), []float64{2, 1, 2, 1, 4, 1, 2, 1, 2}
	unit := 0
	for side, worth := range []float64{50, 10} { // own, the player's
		for _, line := range gameLines {
			for _, square := range line {
				for _, other := range line {
					if other != square {
						first[(9*side+other)*hidden+unit] = 1
					}
				}
				firstBias[unit] = -1
				second[unit*9+square] = worth
				unit++
			}
		}
	}
	tensor := func(name string, data []float64, dims ...int64) onnxwrite.Tensor {
		return onnxwrite.Tensor{Name: name, Type: onnxwrite.Types["float"], Dims: dims, Data: data}
	}
	return onnxwrite.Model{
		IRVersion: 8, Opsets: map[string]int64{"": 17},
		Inputs:  []onnxwrite.Value{{Name: "board", Type: onnxwrite.Types["int64"], Dims: []any{1, 18}}},
		Outputs: []onnxwrite.Value{{Name: "scores", Type: onnxwrite.Types["float"], Dims: []any{1, 9}}},
		Inits: []onnxwrite.Tensor{
			tensor("w1", first, 18, hidden), tensor("b1", firstBias, hidden),
			tensor("w2", second, hidden, 9), tensor("b2", likes, 9),
		},
		Nodes: []onnxwrite.Node{
			{Op: "Cast", In: []string{"board"}, Out: []string{"x"}, Attrs: map[string]any{"to": int64(onnxwrite.Types["float"])}},
			{Op: "Gemm", In: []string{"x", "w1", "b1"}, Out: []string{"sums"}},
			{Op: "Relu", In: []string{"sums"}, Out: []string{"active"}},
			{Op: "Gemm", In: []string{"active", "w2", "b2"}, Out: []string{"scores"}},
		},
	}
}

// A board is what NetworkGame keeps of a game.
type board struct{ theirs, ours uint16 }

// input returns the network's input.
func (b board) input() []int64 {
	input := make([]int64, 18)
	for i := range 9 {
		input[i], input[9+i] = int64(b.ours>>i&1), int64(b.theirs>>i&1)
	}
	return input
}

// best returns the empty square that the rules of gameNetwork want.
func (b board) best() int {
	best, highest := -1, -1
	for square := range 9 {
		if (b.theirs|b.ours)>>square&1 == 1 {
			continue
		}
		score := []int{2, 1, 2, 1, 4, 1, 2, 1, 2}[square]
		for _, line := range gameLines {
			if !slices.Contains(line[:], square) {
				continue
			}
			var others uint16
			for _, other := range line {
				if other != square {
					others |= 1 << other
				}
			}
			if b.ours&others == others {
				score += 50
			}
			if b.theirs&others == others {
				score += 10
			}
		}
		if score > highest {
			best, highest = square, score
		}
	}
	return best
}

// playing is a deployed NetworkGame and its network.
type playing struct {
	*testing.T
	c        *chain.Chain
	platform evmtest.Platform
	network  *network
	id       *big.Int
	contract chain.Contract
}

func newPlaying(t *testing.T, c *chain.Chain, n *network) *playing {
	t.Helper()
	p := &playing{T: t, c: c, network: n, platform: evmtest.NewPlatform(t, c, statement.Groth16, nil)}
	p.id = p.platform.Register(t, c, n.Model)
	p.contract = evmtest.Deploy(t, c, "NetworkGame", p.platform.Market.Address, p.id, n.Name())
	return p
}

// reply proves what the network makes of a board, for the nonce that a game has now.
func (p *playing) reply(game int64, b board) evmtest.Attestation {
	p.Helper()
	nonce := evmtest.Method(p.contract, "nonceOf", big.NewInt(game)).Ask(p.T, p.c)[0].(*big.Int)
	return p.network.run(p.T, b.input()).attestation(p.T, p.c, p.platform, p.id, p.contract.Address, nonce)
}

func (p *playing) send(game int64, a evmtest.Attestation) evmtest.Message {
	return evmtest.Method(p.contract, "reply", big.NewInt(game), a.Output, encoded(p.T, a))
}

// board returns what the contract has of a game.
func (p *playing) board(game int64) (b board, result uint8) {
	p.Helper()
	values := evmtest.Method(p.contract, "games", big.NewInt(game)).Ask(p.T, p.c)
	return board{values[1].(uint16), values[2].(uint16)}, values[3].(uint8)
}

// Results of a game.
const playerWon, networkWon, drawn = 1, 2, 3

// TestNetworkGame plays games against a network until each is over, every move of which is the one that the
// network's rules want.
func TestNetworkGame(t *testing.T) {
	t.Parallel()
	skipProofs(t)
	n := newNetwork(t, compileModel(t, gameNetwork(), 1, gameSamples(), ir.Public))
	c := evmtest.Embedded(t)
	p := newPlaying(t, c, n)
	for game, test := range []struct {
		moves  []int64
		result uint8
	}{
		{[]int64{0, 1, 3}, networkWon},
		{[]int64{0, 1, 6, 5, 7}, drawn},
		{[]int64{0, 8, 6, 7}, playerWon}, // a fork, which the network does not see
	} {
		result := uint8(0)
		for i, move := range test.moves {
			call := evmtest.Method(p.contract, "move", big.NewInt(int64(game)), big.NewInt(move))
			if i == 0 {
				call = evmtest.Method(p.contract, "start", big.NewInt(move))
			}
			call.Do(t, c)
			var b board
			if b, result = p.board(int64(game)); result != 0 {
				break
			}
			p.send(int64(game), p.reply(int64(game), b)).Do(t, c)
			want := b.ours | 1<<b.best()
			if b, result = p.board(int64(game)); b.ours != want {
				t.Fatalf("game %d, reply %d: the network has %09b, want %09b", game, i, b.ours, want)
			}
		}
		if result != test.result {
			t.Errorf("game %d: got result %d, want %d", game, result, test.result)
		}
		over := evmtest.Method(p.contract, "move", big.NewInt(int64(game)), big.NewInt(8))
		if got := over.Verdict(t, c); got != "NotPlaying" {
			t.Errorf("game %d: a move after the end: got %q, want NotPlaying", game, got)
		}
	}
}

// gameSamples are boards that occur.
func gameSamples() (samples []quant.Sample) {
	for _, b := range []board{{1, 0}, {1 | 2, 16}, {1 | 2 | 32, 16 | 4}, {4 | 64, 16}, {1 | 8 | 128, 4 | 16}, {32, 0}} {
		x := make([]float64, 18)
		for i, v := range b.input() {
			x[i] = float64(v)
		}
		samples = append(samples, quant.Sample{x})
	}
	return samples
}

// TestNetworkGameMisuse tries to have the network make moves that are not its own.
func TestNetworkGameMisuse(t *testing.T) {
	t.Parallel()
	skipProofs(t)
	n := newNetwork(t, compileModel(t, gameNetwork(), 1, gameSamples(), ir.Public))
	other := newNetwork(t, n.program)
	evmtest.Each(t, func(t *testing.T, c *chain.Chain) {
		p := newPlaying(t, c, n)
		verdict := func(name, want string, m evmtest.Message, from *chain.Chain) {
			t.Helper()
			if got := m.Verdict(t, from); got != want {
				t.Errorf("%s: got %q, want %q", name, got, want)
			}
		}
		stranger := evmtest.Account(t, c)
		start, move := func(square int64) evmtest.Message { return evmtest.Method(p.contract, "start", big.NewInt(square)) },
			func(game, square int64) evmtest.Message {
				return evmtest.Method(p.contract, "move", big.NewInt(game), big.NewInt(square))
			}
		verdict("no such square", "SquareTaken", start(9), c)
		start(0).Do(t, c)
		start(0).Do(t, stranger) // the same board in game 1
		b := board{theirs: 1}
		first := p.reply(0, b)

		verdict("two moves in a row", "NotYourTurn", move(0, 1), c)
		verdict("no such game", "NotPlaying", p.send(7, first), c)
		verdict("a reply to another game", "InputCommitmentMismatch", p.send(1, first), c)
		verdict("a reply to another board", "InputCommitmentMismatch", p.send(0, p.reply(0, board{theirs: 2})), c)
		forged := first
		forged.Output = slices.Clone(first.Output)
		forged.Output[len(forged.Output)-1] ^= 0x7f
		verdict("other scores", "ProofInvalid", p.send(0, forged), c)

		wrong := p.platform.Register(t, c, other.Model)
		nonce := first.Proof.Nonce
		run := other.run(t, b.input())
		verdict("another model's scores", "ModelMismatch",
			p.send(0, run.attestation(t, c, p.platform, p.id, p.contract.Address, nonce)), c)
		verdict("another model's id", "ModelMismatch",
			p.send(0, run.attestation(t, c, p.platform, wrong, p.contract.Address, nonce)), c)
		refusesModel(t, c, "NetworkGame", p.platform.Market.Address, wrong, n.Name())

		// The market attests the board to an account, which moves nothing and is in nobody's way.
		own := n.run(t, b.input()).attestation(t, c, p.platform, p.id, c.From(), nonce)
		p.platform.Call(t, "attest", own).Do(t, c)
		verdict("an account's attestation", "ProofInvalid", p.send(0, own), c)

		// Anyone may bring the reply.
		// ... and pays for it, all of it and no more. The context of the proof does not bind what it pays.
		evmtest.Method(p.platform.Registry, "setFee", p.id, evmtest.Ether(2)).Do(t, c)
		first.Proof.MaxFee = evmtest.Ether(2)
		for _, value := range []int64{0, 1, 3} {
			verdict("a reply with another fee", "FeeInvalid", p.send(0, first).With(evmtest.Ether(value)), stranger)
		}
		verdict("the network's move", "", p.send(0, first).With(evmtest.Ether(2)), stranger)
		credit := func(of common.Address) any {
			return evmtest.Method(p.platform.Market, "creditOf", of).Ask(t, c)[0]
		}
		equal(t, "credit of the network's owner", credit(c.From()), any(evmtest.Ether(2)))
		equal(t, "credit of the game", credit(p.contract.Address), any(new(big.Int)))
		evmtest.Method(p.platform.Registry, "setFee", p.id, new(big.Int)).Do(t, c)
		got, _ := p.board(0)
		equal(t, "the network's squares", got.ours, uint16(1<<b.best()))
		verdict("the same reply again", "NotYourTurn", p.send(0, first), stranger)
		verdict("another's game", "NotPlaying", move(0, 1), stranger)
		verdict("a taken square", "SquareTaken", move(0, int64(b.best())), c)
		move(0, 1).Do(t, c)
		verdict("a stale reply", "InputCommitmentMismatch", p.send(0, first), stranger)
	})
}
