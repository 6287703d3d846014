// SPDX-License-Identifier: Apache-2.0

package contracts_test

import (
	"math/big"
	"strings"
	"testing"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/types"

	"github.com/zkml-go/zkml/chain"
	"github.com/zkml-go/zkml/contracts"
	"github.com/zkml-go/zkml/internal/evmtest"
	"github.com/zkml-go/zkml/statement"
)

// ask asks the registry.
func (w *world) ask(method string, args ...any) []any {
	w.Helper()
	return evmtest.Method(w.Registry, method, args...).Ask(w, w.c)
}

// checkModel compares all that the registry says of a model with what it should say.
func (w *world) checkModel(id *big.Int, want contracts.ModelCommitment, owner common.Address, deprecated bool, supersedes, supersededBy int64) {
	w.Helper()
	var got struct {
		Commitment contracts.ModelCommitment
		Deprecated bool
		Owner      common.Address
	}
	data, err := w.c.Call(w.Context(), w.Registry, evmtest.Method(w.Registry, "getModel", id).Data(w))
	if err != nil {
		w.Fatal(err)
	}
	if err := w.Registry.ABI.UnpackIntoInterface(&got, "getModel", data); err != nil {
		w.Fatal(err)
	}
	equal(w, "commitment", got.Commitment, want)
	equal(w, "deprecated", got.Deprecated, deprecated)
	equal(w, "owner", got.Owner, owner)
	equal(w, "ownerOf", w.ask("ownerOf", id)[0], owner)
	equal(w, "tokenURI", w.ask("tokenURI", id)[0], want.URI)
	equal(w, "supersedes", w.ask("supersedes", id)[0], big.NewInt(supersedes))
	equal(w, "supersededBy", w.ask("supersededBy", id)[0], big.NewInt(supersededBy))

	var terms struct {
		Terms struct {
			ModelHash, CircuitHash [32]byte
			ProofSystemId          [4]byte
			Deprecated             bool
			Owner                  common.Address
			Fee                    *big.Int
		}
	}
	if data, err = w.c.Call(w.Context(), w.Registry, evmtest.Method(w.Registry, "termsOf", id).Data(w)); err != nil {
		w.Fatal(err)
	}
	if err := w.Registry.ABI.UnpackIntoInterface(&terms, "termsOf", data); err != nil {
		w.Fatal(err)
	}
	equal(w, "terms", []any{terms.Terms.ModelHash, terms.Terms.CircuitHash, terms.Terms.ProofSystemId, terms.Terms.Deprecated, terms.Terms.Owner},
		[]any{want.ModelHash, want.CircuitHash, want.ProofSystem, deprecated, owner})
	equal(w, "fee", terms.Terms.Fee, w.ask("feeOf", id)[0])
}

// topics returns the topics of a receipt's logs: names of events of the registry with their indexed words.
func (w *world) topics(receipt *types.Receipt) (list [][]any) {
	w.Helper()
	for _, log := range receipt.Logs {
		event, err := w.Registry.ABI.EventByID(log.Topics[0])
		if err != nil {
			w.Fatal(err)
		}
		entry := []any{event.Name}
		for _, topic := range log.Topics[1:] {
			entry = append(entry, topic.Big())
		}
		list = append(list, entry)
	}
	return list
}

func number(a common.Address) *big.Int { return new(big.Int).SetBytes(a[:]) }

// TestRegistry registers models of all shapes, and versions of them.
func TestRegistry(t *testing.T) {
	t.Parallel()
	evmtest.All(t, func(t *testing.T, c *chain.Chain) {
		w := newWorld(t, c, evmtest.NewGroth16(t, false), nil)
		anyone := w.stranger()
		id := int64(1)
		for _, uri := range []string{"", "a", strings.Repeat("b", 31), strings.Repeat("c", 32), "ipfs://ü", strings.Repeat("d", 1000)} {
			id++
			m := w.prover.Model(t)
			receipt := evmtest.Method(w.Registry, "registerModel", m.Commitment(uri)).Do(t, anyone)
			equal(t, "events", w.topics(receipt), [][]any{
				{"Transfer", new(big.Int), number(anyone.From()), big.NewInt(id)},
				{"ModelRegistered", big.NewInt(id), number(anyone.From())},
			})
			var event struct{ Commitment contracts.ModelCommitment }
			if err := w.Registry.ABI.UnpackIntoInterface(&event, "ModelRegistered", receipt.Logs[1].Data); err != nil {
				t.Fatal(err)
			}
			equal(t, "commitment of the event", event.Commitment, m.Commitment(uri))
			w.checkModel(big.NewInt(id), m.Commitment(uri), anyone.From(), false, 0, 0)
		}
		equal(t, "modelCount", w.ask("modelCount")[0], uint64(id))
		equal(t, "balanceOf", w.ask("balanceOf", anyone.From())[0], big.NewInt(id-1))

		// Digests that would be no code: EIP-3541 refuses what starts with 0xef.
		for _, first := range []byte{0xef, 0xff, 0x00} {
			m := w.prover.Model(t)
			m.Digest[0] = first
			w.checkModel(w.Register(t, c, m), m.Commitment(""), c.From(), false, 0, 0)
		}
	})
}

func TestRegistryVersions(t *testing.T) {
	t.Parallel()
	evmtest.All(t, func(t *testing.T, c *chain.Chain) {
		w := newWorld(t, c, evmtest.NewGroth16(t, false), nil)
		second, third := w.prover.Model(t), w.prover.Model(t)
		old := w.attestation(c)

		receipt := evmtest.Method(w.Registry, "updateModel", w.id, second.Commitment("2")).Do(t, c)
		equal(t, "events", w.topics(receipt), [][]any{
			{"Transfer", new(big.Int), number(c.From()), big.NewInt(2)},
			{"ModelRegistered", big.NewInt(2), number(c.From())},
			{"ModelUpdated", big.NewInt(1)},
			{"ModelSuperseded", big.NewInt(1), big.NewInt(2)},
		})
		var event struct{ OldCommitment, NewCommitment contracts.ModelCommitment }
		if err := w.Registry.ABI.UnpackIntoInterface(&event, "ModelUpdated", receipt.Logs[2].Data); err != nil {
			t.Fatal(err)
		}
		equal(t, "commitments of the event", event, struct{ OldCommitment, NewCommitment contracts.ModelCommitment }{
			w.model.Commitment(""), second.Commitment("2"),
		})
		w.checkModel(w.id, w.model.Commitment(""), c.From(), false, 0, 2)
		w.checkModel(big.NewInt(2), second.Commitment("2"), c.From(), false, 1, 0)
		again := evmtest.Method(w.Registry, "registerVersion", w.id, third.Commitment("3"))
		equal(t, "second successor", again.Reason(t, c), "AlreadySuperseded(1, 2)")

		// A deprecated model can have a new version, and one without a successor its own owner.
		w.do(c, w.Registry, "deprecateModel", big.NewInt(2))
		equal(t, "deprecated twice", w.verdict(c, w.Registry, "deprecateModel", big.NewInt(2)), "AlreadyDeprecated")
		buyer := w.stranger()
		w.do(c, w.Registry, "safeTransferFrom", c.From(), buyer.From(), big.NewInt(2))
		w.do(buyer, w.Registry, "registerVersion", big.NewInt(2), third.Commitment("3"))
		w.checkModel(big.NewInt(2), second.Commitment("2"), buyer.From(), true, 1, 3)
		w.checkModel(big.NewInt(3), third.Commitment("3"), buyer.From(), false, 2, 0)

		equal(t, "attestation of the superseded model", w.attest(c, old), "")
	})
}

// registryFaults are attempts of those who do not own a model, and of owners at what must not change.
var registryFaults = []platformFault{
	{
		name: "version by a stranger", contract: "ModelRegistry", want: "NotModelOwner",
		patch: []string{"_requireOwned(superseded, msg.sender);", ""},
		attack: func(w *world) string {
			return w.verdict(w.stranger(), w.Registry, "updateModel", w.id, w.prover.Model(w).Commitment(""))
		},
	},
	{
		name: "deprecation by a stranger", contract: "ModelRegistry", want: "NotModelOwner",
		patch:  []string{"_requireOwned(modelId, msg.sender);\n        if (_states", "if (_states"},
		attack: func(w *world) string { return w.verdict(w.stranger(), w.Registry, "deprecateModel", w.id) },
	},
	{
		name: "fee by a stranger", contract: "ModelRegistry", want: "NotModelOwner",
		patch:  []string{"_requireOwned(modelId, msg.sender);\n        _states[modelId].fee", "_states[modelId].fee"},
		attack: func(w *world) string { return w.verdict(w.stranger(), w.Registry, "setFee", w.id, big.NewInt(1)) },
	},
	{
		name: "royalty by a stranger", contract: "ModelRegistry", want: "NotModelOwner",
		patch: []string{"_requireOwned(modelId, msg.sender);\n        (address set,)", "(address set,)"},
		attack: func(w *world) string {
			return w.verdict(w.stranger(), w.Registry, "setRoyalty", w.id, w.c.From(), big.NewInt(1))
		},
	},
	{
		name: "fee by an approved account", contract: "ModelRegistry", want: "NotModelOwner",
		patch: []string{"if (_ownerOfModel(modelId) != caller)", "if (!_isAuthorized(_ownerOfModel(modelId), caller, modelId))"},
		attack: func(w *world) string {
			operator := w.stranger()
			w.do(w.c, w.Registry, "setApprovalForAll", operator.From(), true)
			return w.verdict(operator, w.Registry, "setFee", w.id, big.NewInt(1))
		},
	},
	{
		name: "fee by who sold the model", contract: "ModelRegistry", want: "NotModelOwner",
		patch: []string{"if (_ownerOfModel(modelId) != caller) revert NotModelOwner(modelId, caller);", "_ownerOfModel(modelId); caller;"},
		attack: func(w *world) string {
			w.do(w.c, w.Registry, "transferFrom", w.c.From(), w.stranger().From(), w.id)
			return w.verdict(w.c, w.Registry, "setFee", w.id, big.NewInt(1))
		},
	},
	{
		name: "second successor", contract: "ModelRegistry", want: "AlreadySuperseded",
		patch: []string{"if (state.successor != 0) revert AlreadySuperseded(superseded, state.successor);", ""},
		attack: func(w *world) string {
			w.do(w.c, w.Registry, "updateModel", w.id, w.prover.Model(w).Commitment(""))
			return w.verdict(w.c, w.Registry, "updateModel", w.id, w.prover.Model(w).Commitment(""))
		},
	},
	{
		name: "second royalty", contract: "ModelRegistry", want: "RoyaltyAlreadySet",
		patch: []string{"if (set != address(0)) revert RoyaltyAlreadySet(modelId);", "set;"},
		attack: func(w *world) string {
			w.do(w.c, w.Registry, "setRoyalty", w.id, w.c.From(), big.NewInt(100))
			return w.verdict(w.c, w.Registry, "setRoyalty", w.id, w.c.From(), big.NewInt(10_000))
		},
	},
	{
		name: "name of another model", contract: "ModelRegistry", want: "CircuitHashMismatch",
		patch: []string{"if (c.circuitHash != expected) revert CircuitHashMismatch(expected, c.circuitHash);", "expected;"},
		attack: func(w *world) string {
			commitment := w.prover.Model(w).Commitment("")
			commitment.CircuitHash = w.model.Name()
			return w.verdict(w.stranger(), w.Registry, "registerModel", commitment)
		},
	},
	{
		name: "model of a removed system", contract: "ModelRegistry", want: "ProofSystemUnknown",
		patch: []string{"if (system == 0 || removed)", "removed; if (system == 0)"},
		attack: func(w *world) string {
			w.do(w.c, w.Router, "removeVerifier", groth16Selector)
			return w.verdict(w.c, w.Registry, "registerModel", w.model.Commitment(""))
		},
	},
	{
		name: "model of an unknown system", contract: "ModelRegistry", want: "ProofSystemUnknown",
		patch: []string{"if (system == 0 || removed)", "if (removed)"},
		attack: func(w *world) string {
			commitment := w.model.Commitment("")
			commitment.ProofSystem = [4]byte{1, 2, 3, 4}
			commitment.CircuitHash = nameOf(commitment, [32]byte{})
			return w.verdict(w.c, w.Registry, "registerModel", commitment)
		},
	},
	{
		name: "commitment longer than code may be", contract: "ModelRegistry", file: "CodeStorage.sol", want: "CodeNotStored",
		// The registry's look at the address would find it as well.
		patch: []string{"if (where == address(0)) revert CodeNotStored(data.length);", "if (where == address(0)) where = addressOf(address(this), 2);"},
		attack: func(w *world) string {
			return w.verdict(w.c, w.Registry, "registerModel", w.model.Commitment(strings.Repeat("x", 24_576-76)))
		},
	},
}

func TestRegistryAttacks(t *testing.T)        { testAttacks(t, registryFaults) }
func TestRegistryAttacksPlanted(t *testing.T) { testPlanted(t, registryFaults, evmtest.CompileQuick) }

// TestRegistryUnknownModels asks for models that there are not.
func TestRegistryUnknownModels(t *testing.T) {
	t.Parallel()
	c := evmtest.Embedded(t)
	w := newWorld(t, c, evmtest.NewGroth16(t, false), nil)
	huge := new(big.Int).Lsh(big.NewInt(1), 64)
	for _, id := range []*big.Int{new(big.Int), big.NewInt(2), huge, huge.Add(huge, big.NewInt(1))} {
		for method, args := range map[string][]any{
			"getModel": nil, "termsOf": nil, "feeOf": nil, "supersedes": nil, "supersededBy": nil, "tokenURI": nil,
			"deprecateModel": nil, "setFee": {big.NewInt(1)}, "setRoyalty": {c.From(), big.NewInt(1)},
			"updateModel": {w.model.Commitment("")}, "registerVersion": {w.model.Commitment("")},
		} {
			message := evmtest.Method(w.Registry, method, append([]any{id}, args...)...)
			equal(t, method, message.Reason(t, c), "ModelNotFound("+id.String()+")")
		}
		equal(t, "ownerOf", w.verdict(c, w.Registry, "ownerOf", id), "ERC721NonexistentToken")
	}
}

// TestRegistryCopies registers a commitment that is registered: the first one stays what it was.
func TestRegistryCopies(t *testing.T) {
	t.Parallel()
	evmtest.Each(t, func(t *testing.T, c *chain.Chain) {
		w := newWorld(t, c, evmtest.NewGroth16(t, false), nil)
		w.do(c, w.Registry, "setFee", w.id, evmtest.Ether(1))
		thief := w.stranger()
		id := w.Register(t, thief, w.model)
		w.do(thief, w.Registry, "setFee", id, evmtest.Ether(100))
		w.do(thief, w.Registry, "deprecateModel", id)
		w.do(thief, w.Registry, "updateModel", id, w.prover.Model(t).Commitment(""))

		w.checkModel(w.id, w.model.Commitment(""), c.From(), false, 0, 0)
		equal(t, "fee", w.ask("feeOf", w.id)[0], evmtest.Ether(1))
		a := w.paying(c, 1)
		w.Call(t, "attest", a).With(evmtest.Ether(1)).Do(t, c)
		equal(t, "credit of the first", w.credit(c.From()), evmtest.Ether(1))
		equal(t, "credit of the thief", w.credit(thief.From()), new(big.Int))
	})
}

// TestRegistryFees sets fees, and looks at what shares their slot.
func TestRegistryFees(t *testing.T) {
	t.Parallel()
	evmtest.Each(t, func(t *testing.T, c *chain.Chain) {
		w := newWorld(t, c, evmtest.NewGroth16(t, false), nil)
		most := new(big.Int).Sub(new(big.Int).Lsh(big.NewInt(1), 96), big.NewInt(1))
		equal(t, "no fee", w.ask("feeOf", w.id)[0], new(big.Int))
		receipt := evmtest.Method(w.Registry, "setFee", w.id, most).Do(t, c)
		equal(t, "events", w.topics(receipt), [][]any{{"FeeSet", w.id}})
		w.do(c, w.Registry, "deprecateModel", w.id)
		w.do(c, w.Registry, "updateModel", w.id, w.model.Commitment(""))
		// Fee, deprecation and successor share a slot.
		equal(t, "largest fee", w.ask("feeOf", w.id)[0], most)
		w.checkModel(w.id, w.model.Commitment(""), c.From(), true, 0, 2)
		equal(t, "fee of the successor", w.ask("feeOf", big.NewInt(2))[0], new(big.Int))
		w.do(c, w.Registry, "setFee", w.id, new(big.Int))
		w.checkModel(w.id, w.model.Commitment(""), c.From(), true, 0, 2)
	})
}

// nameOf returns the name of a model under a name of a proof system.
func nameOf(c contracts.ModelCommitment, system [32]byte) [32]byte {
	tag := statement.Keccak([]byte("zkml.model.v1"))
	return statement.Keccak(tag[:], c.ModelHash[:], system[:], c.KeyHash[:])
}
