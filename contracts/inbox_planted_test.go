// SPDX-License-Identifier: Apache-2.0

package contracts_test

import (
	"math/big"

	"github.com/zkml-go/zkml/chain"
	"github.com/zkml-go/zkml/internal/evmtest"
	"github.com/zkml-go/zkml/statement"
)

// An inboxWorld is a RollupInbox whose sequencer is the chain's account. Its model says what it is asked to.
type inboxWorld struct {
	*consumer
	contract chain.Contract
}

func (w *consumer) sequence() inboxWorld {
	w.Helper()
	return inboxWorld{w, w.deploy(w.c.From())}
}

// A submission is a result. Nothing in it need fit.
type submission struct {
	parent     [32]byte
	data       string
	commitment [32]byte
	proof      evmtest.Attestation
}

// result proves what a good submission needs.
func (x inboxWorld) result(parent [32]byte, data string) submission {
	x.Helper()
	return x.proved(submission{parent: parent, data: data, commitment: figures}, parent, statement.Keccak([]byte(data)), figures)
}

// proved proves a result that says it follows parent, of data with a hash and of a commitment.
func (x inboxWorld) proved(s submission, parent, dataHash, commitment [32]byte) submission {
	x.Helper()
	nonce := statement.Keccak(parent[:], dataHash[:])
	s.proof = x.prove(x.contract.Address, new(big.Int).SetBytes(nonce[:]), nil, []byte{1}, commitment)
	return s
}

func (x inboxWorld) submit(from *chain.Chain, s submission) string {
	x.Helper()
	return evmtest.Method(x.contract, "submit", s.parent, []byte(s.data), s.commitment, s.proof.Output,
		encoded(x.T, s.proof)).Verdict(x.T, from)
}

// after submits a first result and returns the head.
func (x inboxWorld) after() [32]byte {
	x.Helper()
	if got := x.submit(x.c, x.result([32]byte{}, "first")); got != "" {
		x.Fatalf("first result: %s", got)
	}
	return evmtest.Method(x.contract, "head").Ask(x.T, x.c)[0].([32]byte)
}

var inboxFaults = []consumerFault{
	{
		name: "another model", old: wrongModel, new: "registered; model;", want: "WrongModel",
		attack: func(w *consumer) string { return refusal(w, w.Market.Address, w.id, [32]byte{1}, w.c.From()) },
	},
	{
		name: "not the sequencer", old: "if (msg.sender != sequencer) revert NotSequencer(msg.sender);", new: "", want: "NotSequencer",
		attack: func(w *consumer) string {
			x := w.sequence()
			return x.submit(w.other, x.result([32]byte{}, "data"))
		},
	},
	{
		name: "a stale result", old: "if (parent != head) revert HeadMoved(head);", new: "", want: "HeadMoved",
		attack: func(w *consumer) string {
			x := w.sequence()
			x.after()
			return x.submit(w.c, x.result([32]byte{}, "second"))
		},
	},
	{
		name: "a result that followed another", old: "keccak256(abi.encode(parent, dataHash))",
		new: "keccak256(abi.encode(parent ^ parent, dataHash))", want: "InputCommitmentMismatch",
		attack: func(w *consumer) string {
			x := w.sequence()
			s := submission{parent: x.after(), data: "second", commitment: figures}
			return x.submit(w.c, x.proved(s, [32]byte{}, statement.Keccak([]byte(s.data)), figures))
		},
	},
	{
		name: "other data", old: "keccak256(abi.encode(parent, dataHash))",
		new: "keccak256(abi.encode(parent, dataHash ^ dataHash))", want: "InputCommitmentMismatch",
		attack: func(w *consumer) string {
			x := w.sequence()
			return x.submit(w.c, x.proved(submission{data: "data", commitment: figures}, [32]byte{}, [32]byte{}, figures))
		},
	},
	{
		name: "no data", old: "if ((hashes.length == 0) == (data.length == 0)) revert DataInvalid();", new: "", want: "DataInvalid",
		attack: func(w *consumer) string {
			x := w.sequence()
			return x.submit(w.c, x.result([32]byte{}, ""))
		},
	},
	{
		name: "another commitment", old: "commitments[0] = commitment;", new: "commitment; commitments[0] = bytes32(uint256(8));",
		want: "InputCommitmentMismatch",
		attack: func(w *consumer) string {
			x := w.sequence()
			s := submission{data: "data", commitment: figures}
			return x.submit(w.c, x.proved(s, [32]byte{}, statement.Keccak([]byte(s.data)), [32]byte{31: 8}))
		},
	},
	{
		name: "another output",
		old:  "market.attest{value: msg.value}(modelId, inputCommitmentOf(parent, dataHash, commitment), output, proof);",
		new:  "proof;", want: "ProofInvalid",
		attack: func(w *consumer) string {
			x := w.sequence()
			s := x.result([32]byte{}, "data")
			s.proof.Output = []byte{2}
			return x.submit(w.c, s)
		},
	},
}
