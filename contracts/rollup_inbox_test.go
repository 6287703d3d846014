// SPDX-License-Identifier: Apache-2.0

package contracts_test

import (
	"math/big"
	"slices"
	"testing"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/crypto/kzg4844"

	"github.com/zkml-go/zkml/chain"
	"github.com/zkml-go/zkml/circuits"
	"github.com/zkml-go/zkml/contracts/bindings/rollupinbox"
	"github.com/zkml-go/zkml/examples"
	"github.com/zkml-go/zkml/internal/evmtest"
	"github.com/zkml-go/zkml/internal/exemplar"
	"github.com/zkml-go/zkml/quant"
	"github.com/zkml-go/zkml/statement"
)

// following is a deployed RollupInbox, its sequencer, and what a follower of the rollup knows.
type following struct {
	*testing.T
	c        *chain.Chain
	platform evmtest.Platform
	network  *network
	id       *big.Int
	contract chain.Contract
}

func newFollowing(t *testing.T, c *chain.Chain, n *network) *following {
	t.Helper()
	f := &following{T: t, c: c, network: n, platform: evmtest.NewPlatform(t, c, statement.Groth16, nil)}
	f.id = f.platform.Register(t, c, n.Model)
	f.contract = evmtest.Deploy(t, c, "RollupInbox", f.platform.Market.Address, f.id, n.Name(), c.From())
	return f
}

func (f *following) head() [32]byte {
	f.Helper()
	return evmtest.Method(f.contract, "head").Ask(f.T, f.c)[0].([32]byte)
}

// published returns the data of a run: the salt and the bytes of the input.
func (f *following) published(r *run) []byte {
	f.Helper()
	in := f.network.program.Inputs[0]
	encoding, err := f.network.program.Nodes[in].Range.Encoding()
	if err != nil {
		f.Fatal(err)
	}
	return encoding.Put(r.salts[0].Marshal(), r.trace[in])
}

// opens is the rule of the rollup by which results are skipped.
func opens(data []byte, commitment [32]byte) bool {
	var salt fr.Element
	if len(data) < fr.Bytes || salt.SetBytesCanonical(data[:fr.Bytes]) != nil {
		return false
	}
	c := circuits.Commit(salt, data[fr.Bytes:])
	return c.Bytes() == commitment
}

// prove proves a run as the result that follows parent, of data with a hash.
func (f *following) prove(r *run, parent, dataHash [32]byte) evmtest.Attestation {
	f.Helper()
	nonce := statement.Keccak(parent[:], dataHash[:])
	return r.attestation(f.T, f.c, f.platform, f.id, f.contract.Address, new(big.Int).SetBytes(nonce[:]))
}

func (f *following) submit(parent [32]byte, data []byte, r *run, a evmtest.Attestation) evmtest.Message {
	return evmtest.Method(f.contract, "submit", parent, data, r.commitment(), a.Output, encoded(f.T, a))
}

// TestRollupInbox has the sequencer of a rollup submit what a network reads in pictures of digits, with the
// pictures as calldata and as a blob, and a follower derive the results from the chain.
func TestRollupInbox(t *testing.T) {
	t.Parallel()
	skipProofs(t)
	n := newNetwork(t, exemplar.Committed(t, examples.MLP()))
	digits := exemplar.Digits(t)
	runs := make([]*run, 3)
	for i := range runs {
		input, err := quant.QuantizeInput(n.program.Input(n.program.Inputs[0]), digits[i][0])
		if err != nil {
			t.Fatal(err)
		}
		runs[i] = n.run(t, input)
	}
	other := newNetwork(t, n.program)
	evmtest.Each(t, func(t *testing.T, c *chain.Chain) {
		f := newFollowing(t, c, n)
		verdict := func(name, want string, m evmtest.Message, from *chain.Chain) {
			t.Helper()
			if got := m.Verdict(t, from); got != want {
				t.Errorf("%s: got %q, want %q", name, got, want)
			}
		}
		genesis := f.head()
		data := f.published(runs[0])
		hash := statement.Keccak(data)
		first := f.prove(runs[0], genesis, hash)
		good := f.submit(genesis, data, runs[0], first)

		stranger := evmtest.Account(t, c)
		verdict("not the sequencer", "NotSequencer", good, stranger)
		verdict("no data", "DataInvalid", f.submit(genesis, nil, runs[0], first), c)
		tampered := slices.Clone(data)
		tampered[len(tampered)-1] ^= 1
		verdict("other data", "InputCommitmentMismatch", f.submit(genesis, tampered, runs[0], first), c)
		verdict("another commitment", "InputCommitmentMismatch", f.submit(genesis, data, runs[1], first), c)
		forged := first
		forged.Output = slices.Clone(first.Output)
		forged.Output[0] ^= 1
		verdict("another output", "ProofInvalid", f.submit(genesis, data, runs[0], forged), c)
		wrong := f.platform.Register(t, c, other.Model)
		otherRun := &run{other, runs[0].trace, runs[0].salts, runs[0].claim}
		verdict("another model", "ModelMismatch", f.submit(genesis, data, otherRun, f.prove(otherRun, genesis, hash)), c)
		refusesModel(t, c, "RollupInbox", f.platform.Market.Address, wrong, n.Name(), c.From())
		own := runs[0].attestation(t, c, f.platform, f.id, c.From(), first.Proof.Nonce)
		f.platform.Call(t, "attest", own).Do(t, c)
		verdict("an account's attestation", "ProofInvalid", f.submit(genesis, data, runs[0], own), c)

		event := f.accepted(good.Do(t, c))
		if !opens(data, event.Commitment) || event.DataHash != hash || string(event.Output) != string(first.Output) {
			t.Errorf("got event %+v of the first result", event)
		}
		verdict("replayed", "HeadMoved", good, c)
		verdict("replayed on the new head", "InputCommitmentMismatch", f.submit(f.head(), data, runs[0], first), c)
		late := f.prove(runs[1], genesis, statement.Keccak(f.published(runs[1])))
		verdict("stale", "HeadMoved", f.submit(genesis, f.published(runs[1]), runs[1], late), c)

		// The same picture again is another result.
		again := f.prove(runs[0], f.head(), hash)
		f.submit(f.head(), data, runs[0], again).Do(t, c)

		// Data that do not open the commitment are accepted, and skipped by who follows.
		lie := statement.Keccak(tampered)
		event = f.accepted(f.submit(f.head(), tampered, runs[0], f.prove(runs[0], f.head(), lie)).Do(t, c))
		if opens(tampered, event.Commitment) {
			t.Error("tampered data open the commitment")
		}

		f.blob(runs[2])
		equal(t, "results", evmtest.Method(f.contract, "count").Ask(t, c)[0], big.NewInt(4))
	})
}

// accepted returns the event of a submission.
func (f *following) accepted(receipt *types.Receipt) *rollupinbox.RollupInboxResultAccepted {
	f.Helper()
	inbox := rollupinbox.NewRollupInbox()
	for _, log := range receipt.Logs {
		if log.Address != f.contract.Address {
			continue
		}
		event, err := inbox.UnpackResultAcceptedEvent(log)
		if err != nil {
			f.Fatal(err)
		}
		return event
	}
	f.Fatal("no event of the inbox")
	return nil
}

// blob submits a result whose data are a blob.
func (f *following) blob(r *run) {
	f.Helper()
	data := f.published(r)
	var blob kzg4844.Blob
	for i := 0; i*31 < len(data); i++ { // 31 bytes to a field element
		copy(blob[32*i+1:32*i+32], data[31*i:])
	}
	sidecar := newSidecar(f.T, &blob)
	versioned := sidecar.BlobHashes()[0]
	parent, hash := f.head(), statement.Keccak(versioned[:])
	a := f.prove(r, parent, hash)
	message := f.submit(parent, nil, r, a)
	draft := chain.Draft{To: &f.contract.Address, Data: message.Data(f.T), ABI: f.contract.ABI, Blobs: sidecar}
	receipt, err := f.c.Send(f.Context(), draft)
	if err != nil {
		f.Fatalf("result with a blob: %v", err)
	}
	if event := f.accepted(receipt); event.DataHash != hash || event.Commitment != r.commitment() {
		f.Errorf("got event %+v of the blob", event)
	}
	// The same data as calldata are other data.
	if got := f.submit(f.head(), data, r, a).Verdict(f.T, f.c); got != "InputCommitmentMismatch" {
		f.Errorf("a blob's proof with calldata: got %q, want InputCommitmentMismatch", got)
	}
}

func newSidecar(t testing.TB, blob *kzg4844.Blob) *types.BlobTxSidecar {
	t.Helper()
	commitment, err := kzg4844.BlobToCommitment(blob)
	if err != nil {
		t.Fatal(err)
	}
	proofs, err := kzg4844.ComputeCellProofs(blob)
	if err != nil {
		t.Fatal(err)
	}
	return types.NewBlobTxSidecar(types.BlobSidecarVersion1, []kzg4844.Blob{*blob}, []kzg4844.Commitment{commitment}, proofs)
}
