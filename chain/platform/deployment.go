// SPDX-License-Identifier: Apache-2.0

// Package platform deploys the contracts of the chain side together, keeps where they are in a file, and
// calls them.
//
// Behind a market and a registry of models stands a router, which finds the verifier of a proof system. A
// timelock owns it. In front of each verifier is a stop, which its guardian can pull, once.
package platform

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"math/big"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/common/hexutil"

	"github.com/zkml-go/zkml/chain"
	"github.com/zkml-go/zkml/contracts"
)

const (
	format  = "zkml-deployment"
	version = 1
)

// ErrCorrupt says that a file is no deployment.
var ErrCorrupt = errors.New("not a deployment")

// A Deployment says where the contracts are.
type Deployment struct {
	ChainID  string         `json:"chainId"` // decimal
	Genesis  common.Hash    `json:"genesis"` // of block 0: test chains share their ids
	Deployer common.Address `json:"deployer"`
	Guardian common.Address `json:"guardian"` // may stop verifiers
	Admin    common.Address `json:"admin"`    // proposes to the timelock, cancels there and executes
	Delay    uint64         `json:"delay"`    // of the timelock, in seconds
	Canary   common.Hash    `json:"canary"`   // model whose contradictions stop verifiers, 0 if none
	Systems  []System       `json:"systems"`
	Router   Contract       `json:"router"`
	Timelock Contract       `json:"timelock"`
	Registry Contract       `json:"registry"`
	Market   Contract       `json:"market"`
}

// A System is the verifier of a proof system.
type System struct {
	Name     string   `json:"name"` // as package statement has it
	Verifier Contract `json:"verifier"`
	Stop     Contract `json:"stop"`
}

// A Contract is a deployed contract.
type Contract struct {
	Name        string         `json:"name"` // of its artifact
	Address     common.Address `json:"address"`
	Arguments   hexutil.Bytes  `json:"arguments"` // of the constructor
	CodeHash    common.Hash    `json:"codeHash"`  // keccak256 of the code
	Transaction common.Hash    `json:"transaction"`
	GasUsed     uint64         `json:"gasUsed"`
}

// at returns the contract with its ABI, for calls.
func (c Contract) at() (chain.Contract, error) {
	a, err := contracts.Load(c.Name)
	if err != nil {
		return chain.Contract{}, err
	}
	return chain.Contract{Address: c.Address, ABI: a.ABI}, nil
}

// A Role is a contract of a deployment by what it is for.
type Role struct {
	Name string // such as "router", "stop groth16-bn254-v1"
	Contract
}

// Roles returns all contracts in the order in which they were deployed.
func (d *Deployment) Roles() []Role {
	var list []Role
	for _, s := range d.Systems {
		list = append(list, Role{"verifier " + s.Name, s.Verifier}, Role{"stop " + s.Name, s.Stop})
	}
	return append(list, Role{"router", d.Router}, Role{"timelock", d.Timelock}, Role{"registry", d.Registry}, Role{"market", d.Market})
}

// System returns the verifier of a proof system.
func (d *Deployment) System(name string) (System, bool) {
	for _, s := range d.Systems {
		if s.Name == name {
			return s, true
		}
	}
	return System{}, false
}

// ID returns the chain id.
func (d *Deployment) ID() *big.Int {
	id, ok := new(big.Int).SetString(d.ChainID, 10)
	if !ok {
		return new(big.Int)
	}
	return id
}

type file struct {
	Format  string `json:"format"`
	Version int    `json:"version"`
	*Deployment
}

// Encode returns the deployment as a file has it.
func (d *Deployment) Encode() ([]byte, error) {
	data, err := json.MarshalIndent(file{format, version, d}, "", "  ")
	return append(data, '\n'), err
}

// Decode reads a deployment. It checks the form; whether the contracts are there is for Check to say.
func Decode(data []byte) (*Deployment, error) {
	f := file{Deployment: &Deployment{}}
	dec := json.NewDecoder(bytes.NewReader(data))
	dec.DisallowUnknownFields()
	if err := dec.Decode(&f); err != nil {
		return nil, fmt.Errorf("%w: %w", ErrCorrupt, err)
	}
	if f.Format != format || f.Version != version {
		return nil, fmt.Errorf("%w: format %q, version %d", ErrCorrupt, f.Format, f.Version)
	}
	if f.ID().Sign() <= 0 {
		return nil, fmt.Errorf("%w: chain id %q", ErrCorrupt, f.ChainID)
	}
	for _, r := range f.Roles() {
		if _, err := contracts.Load(r.Contract.Name); err != nil || r.Address == (common.Address{}) {
			return nil, fmt.Errorf("%w: %s: contract %q at %s", ErrCorrupt, r.Name, r.Contract.Name, r.Address)
		}
	}
	return f.Deployment, nil
}
