// SPDX-License-Identifier: Apache-2.0

package main

import (
	"context"
	"fmt"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"github.com/zkml-go/zkml/chain"
	"github.com/zkml-go/zkml/contracts"
	"github.com/zkml-go/zkml/export"
	"github.com/zkml-go/zkml/statement"
)

// A keyed is a model with the verifying key that its proofs are checked with.
type keyed struct {
	digest   [32]byte    // of the integer program
	user     proofSystem // as users name it
	vk       verifyingKey
	system   string // as contracts name it
	calldata []byte // the key for the contracts
	id       [32]byte
}

func newKeyed(digest [32]byte, user proofSystem, vk verifyingKey) (*keyed, error) {
	system, calldata, err := vk.onChain()
	if err != nil {
		return nil, err
	}
	return &keyed{digest: digest, user: user, vk: vk, system: system, calldata: calldata,
		id: statement.ModelID(digest, system, calldata)}, nil
}

// inference returns the call of a contract that checks a proof.
func (k *keyed) inference(claim *statement.Claim, proofContext [32]byte, z fr.Element, p proof) (*export.Inference, error) {
	data, err := p.onChain()
	if err != nil {
		return nil, err
	}
	return &export.Inference{
		ModelDigest: k.digest, Context: proofContext, System: k.system, Key: k.calldata,
		Input: claim.Input, Output: claim.Output, Commitments: claim.Commitments,
		Z: z, Proof: data,
	}, nil
}

// An evmVerdict is what an EVM says of a proof.
type evmVerdict struct {
	Accepted      bool   `json:"accepted"`
	Reason        string `json:"reason,omitempty"`
	GasVerify     uint64 `json:"gas_verify"`
	GasDeploy     uint64 `json:"gas_deploy"`
	CalldataBytes int    `json:"calldata_bytes"`
	ContractBytes int    `json:"contract_bytes"`
}

// An evm is an embedded EVM with the verifier of one proof system on it.
type evm struct {
	chain    *chain.Chain
	artifact contracts.Artifact
	contract chain.Contract
}

func newEVM(ctx context.Context, system string) (*evm, error) {
	a, err := contracts.ForSystem(system)
	if err != nil {
		return nil, err
	}
	c, err := chain.NewEmbedded(ctx)
	if err != nil {
		return nil, fmt.Errorf("embedded EVM: %w", err)
	}
	at, err := c.Deploy(ctx, a)
	if err != nil {
		return nil, fmt.Errorf("deploy %s: %w", a.Name, err)
	}
	return &evm{chain: c, artifact: a, contract: at}, nil
}

// verify sends the calldata of an inference as a transaction.
func (v *evm) verify(ctx context.Context, calldata []byte) (*evmVerdict, error) {
	out := &evmVerdict{GasDeploy: v.contract.GasUsed, CalldataBytes: len(calldata), ContractBytes: len(v.artifact.DeployedBytecode)}
	gas, err := v.chain.Transact(ctx, v.contract, calldata)
	if reason, ok := asRevert(err); ok {
		out.Reason = reason
		return out, nil
	}
	out.Accepted, out.GasVerify = err == nil, gas
	return out, err
}
