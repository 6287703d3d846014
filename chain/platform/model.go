// SPDX-License-Identifier: Apache-2.0

package platform

import (
	"context"
	"fmt"
	"math/big"

	"github.com/ethereum/go-ethereum/accounts/abi"
	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core/types"

	"github.com/zkml-go/zkml/chain"
	"github.com/zkml-go/zkml/contracts"
)

// A Model is a registered model.
type Model struct {
	ID           uint64
	Owner        common.Address
	Commitment   contracts.ModelCommitment
	Deprecated   bool
	Fee          *big.Int // of an attestation, in wei
	Supersedes   uint64   // 0 if none
	SupersededBy uint64   // 0 if none
}

// Model asks for a model. The error is a *chain.RevertError of ModelNotFound if there is none of this id.
func (d *Deployment) Model(ctx context.Context, c *chain.Chain, id uint64) (*Model, error) {
	n := new(big.Int).SetUint64(id)
	values, err := askAll(ctx, c, d.Registry, "getModel", n)
	if err != nil {
		return nil, err
	}
	m := &Model{ID: id, Commitment: *abi.ConvertType(values[0], new(contracts.ModelCommitment)).(*contracts.ModelCommitment)}
	m.Deprecated, m.Owner = values[1].(bool), values[2].(common.Address)
	if m.Fee, err = ask[*big.Int](ctx, c, d.Registry, "feeOf", n); err != nil {
		return nil, err
	}
	for method, to := range map[string]*uint64{"supersedes": &m.Supersedes, "supersededBy": &m.SupersededBy} {
		other, err := ask[*big.Int](ctx, c, d.Registry, method, n)
		if err != nil {
			return nil, err
		}
		*to = other.Uint64()
	}
	return m, nil
}

// maxScan bounds how many models Find looks at.
const maxScan = 2000

// Find returns the newest registered models, at most 2,000 ids back, that have a commitment but for its
// URI, the newest first.
func (d *Deployment) Find(ctx context.Context, c *chain.Chain, m contracts.ModelCommitment) ([]*Model, error) {
	last, err := ask[uint64](ctx, c, d.Registry, "modelCount")
	if err != nil {
		return nil, err
	}
	var found []*Model
	for id := last; id > 0 && id+maxScan > last; id-- {
		model, err := d.Model(ctx, c, id)
		if err != nil {
			return nil, err
		}
		if model.Is(m) {
			found = append(found, model)
		}
	}
	return found, nil
}

// Is reports whether a model has a commitment, whatever the URI.
func (m *Model) Is(c contracts.ModelCommitment) bool {
	c.URI = m.Commitment.URI
	return m.Commitment == c
}

// Register returns the draft that registers a model, or a new version of one if supersedes is not 0.
func (d *Deployment) Register(m contracts.ModelCommitment, supersedes uint64) (chain.Draft, error) {
	step := fmt.Sprintf("register %x %q", m.CircuitHash, m.URI)
	if supersedes == 0 {
		return d.Registry.draft(step, "registerModel", m)
	}
	return d.Registry.draft(fmt.Sprintf("%s superseding %d", step, supersedes), "registerVersion", new(big.Int).SetUint64(supersedes), m)
}

// Registered returns the id of the model that a transaction registered.
func (d *Deployment) Registered(r *types.Receipt) (uint64, error) {
	log, err := d.Registry.event(r, "ModelRegistered")
	if err != nil {
		return 0, err
	}
	return log.Topics[1].Big().Uint64(), nil
}

// draft returns the draft of a call of a method.
func (c Contract) draft(step, method string, args ...any) (chain.Draft, error) {
	at, err := c.at()
	if err != nil {
		return chain.Draft{}, err
	}
	data, err := at.ABI.Pack(method, args...)
	if err != nil {
		return chain.Draft{}, fmt.Errorf("%s of %s: %w", method, c.Name, err)
	}
	return chain.Draft{Step: step, To: &at.Address, Data: data, ABI: at.ABI}, nil
}

// event returns the first event of a name that a contract emitted in a transaction, topics and all.
func (c Contract) event(r *types.Receipt, name string) (*types.Log, error) {
	at, err := c.at()
	if err != nil {
		return nil, err
	}
	for _, log := range r.Logs {
		if log.Address == c.Address && len(log.Topics) > 1 && log.Topics[0] == at.ABI.Events[name].ID {
			return log, nil
		}
	}
	return nil, fmt.Errorf("transaction %s has no event %s of %s", r.TxHash, name, c.Address)
}

// SetFee returns the draft that sets the fee of an attestation, in wei.
func (d *Deployment) SetFee(id uint64, fee *big.Int) (chain.Draft, error) {
	return d.Registry.draft(fmt.Sprintf("fee %d %s", id, fee), "setFee", new(big.Int).SetUint64(id), fee)
}
