// SPDX-License-Identifier: Apache-2.0

package main

import (
	"bytes"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"math/big"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/common/hexutil"

	"github.com/zkml-go/zkml/contracts"
	"github.com/zkml-go/zkml/statement"
)

// Format and version of the file of an attestation.
const (
	orderFormat  = "zkml-attestation"
	orderVersion = 1
)

// An order is what an attestation is bound to, and what became of it. It is written before the proof is made,
// for the proof is good for nothing else. Nothing in it is secret.
type order struct {
	Format  string         `json:"format"`
	Version int            `json:"version"`
	ChainID string         `json:"chain_id"`
	Genesis common.Hash    `json:"genesis"`
	Market  common.Address `json:"market"`
	ModelID uint64         `json:"model_id"`
	Caller  common.Address `json:"caller"`
	Nonce   *hexutil.Big   `json:"nonce"`
	// Terms are fixed before the transaction is signed.
	Terms *orderTerms `json:"terms,omitempty"`
	// Done is there once the transaction is confirmed.
	Done *orderDone `json:"done,omitempty"`
}

type orderTerms struct {
	MaxFee *hexutil.Big `json:"max_fee"` // in wei
	Value  *hexutil.Big `json:"value"`   // in wei
	Store  bool         `json:"store"`
}

type orderDone struct {
	InferenceID     common.Hash   `json:"inference_id"`
	InputCommitment common.Hash   `json:"input_commitment"`
	Transaction     common.Hash   `json:"transaction"`
	Block           uint64        `json:"block"`
	GasUsed         uint64        `json:"gas_used"`
	Data            []common.Hash `json:"data,omitempty"` // the transactions that publish the input
}

// orderPath names the file of the attestation with a proof.
func orderPath(proof string) string { return proof + ".attest" }

// newOrder returns the order of an attestation by the account of c, with a nonce that was never used.
func newOrder(c *connection, model uint64) (*order, error) {
	nonce, err := rand.Int(rand.Reader, new(big.Int).Lsh(big.NewInt(1), 256))
	if err != nil {
		return nil, err
	}
	return &order{Format: orderFormat, Version: orderVersion, ChainID: c.d.ChainID, Genesis: c.d.Genesis, Market: c.d.Market.Address,
		ModelID: model, Caller: c.From(), Nonce: (*hexutil.Big)(nonce)}, nil
}

// readOrder reads the order of the proof at a path, nil if there is none.
func readOrder(proof string) (*order, error) {
	data, err := readFile(orderPath(proof), 1<<20)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	o := &order{}
	dec := json.NewDecoder(bytes.NewReader(data))
	dec.DisallowUnknownFields()
	if err := dec.Decode(o); err != nil {
		return nil, badf("%s: not an attestation: %w", orderPath(proof), err)
	}
	if o.Format != orderFormat || o.Version != orderVersion || o.Nonce == nil || o.Terms != nil && (o.Terms.MaxFee == nil || o.Terms.Value == nil) {
		return nil, badf("%s: not an attestation of version %d", orderPath(proof), orderVersion)
	}
	return o, nil
}

// write writes the order of the proof at a path.
func (o *order) write(proof string) error {
	data, err := json.MarshalIndent(o, "", "  ")
	if err != nil {
		return err
	}
	return writeFile(orderPath(proof), append(data, '\n'))
}

// fits reports an error unless the order is one by the account of c for a model.
func (o *order) fits(c *connection, model uint64) error {
	want := [...]any{c.d.ChainID, c.d.Genesis, c.d.Market.Address, model, c.From()}
	got := [...]any{o.ChainID, o.Genesis, o.Market, o.ModelID, o.Caller}
	for i, what := range []string{"chain id", "block 0", "market", "model id", "caller"} {
		if got[i] != want[i] {
			return fmt.Errorf("it is bound to %s %v, this attestation to %v", what, got[i], want[i])
		}
	}
	return nil
}

// bind returns the commitment to the input, and the context, of a proof for the order.
func (o *order) bind(claim *statement.Claim) (inputCommitment, proofContext [32]byte) {
	inputCommitment = contracts.InputCommitment(claim.Input, commitmentsOf(claim), o.Caller, o.Nonce.ToInt())
	id, _ := new(big.Int).SetString(o.ChainID, 10)
	return inputCommitment, contracts.MarketContext(id, o.Market, new(big.Int).SetUint64(o.ModelID), inputCommitment)
}

// commitmentsOf returns the commitments of a claim as contracts take them.
func commitmentsOf(claim *statement.Claim) [][32]byte {
	list := make([][32]byte, len(claim.Commitments))
	for i := range claim.Commitments {
		list[i] = claim.Commitments[i].Bytes()
	}
	return list
}
