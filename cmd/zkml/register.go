// SPDX-License-Identifier: Apache-2.0

package main

import (
	"context"
	"encoding/base64"
	"errors"
	"flag"
	"fmt"
	"math/big"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/common/hexutil"

	"github.com/zkml-go/zkml/chain"
	"github.com/zkml-go/zkml/chain/platform"
	"github.com/zkml-go/zkml/contracts"
)

var registerCommand = &command{
	name:  "register",
	short: "register a compiled model on a chain",
	args:  "DIR.zkml [--rpc URL --key-file FILE]",
	long: `
Register registers the model of a bundle with its verifying key. It becomes a
token of the account, and its id what others ask for. A new version of a model
is registered with --supersedes; the old one stays what it is. A model that the
account has registered in the same way before is not registered again.

Keys that zkml setup marked as insecure are refused unless --insecure-setup is
given here, too.

` + chainHelp,
	setup: func(f *flag.FlagSet) func(*env, []string) error {
		o := &registerOptions{}
		o.declare(f)
		f.StringVar(&o.system, "system", "", "the proof `SYSTEM`; default: the one that the bundle has keys for")
		f.StringVar(&o.uri, "uri", "", "the `URI` of a description; default: one that names the program by its hash (RFC 6920)")
		f.StringVar(&o.fee, "fee", "", "what the account earns for an attestation, an `AMOUNT` such as 0.001ether")
		f.Uint64Var(&o.supersedes, "supersedes", 0, "the `ID` of the model that this is a new version of")
		f.BoolVar(&o.insecure, "insecure-setup", false, "register keys that are marked as insecure")
		return func(e *env, args []string) error {
			fee, err := parseAmount(o.fee)
			if err != nil {
				return usageError{fmt.Errorf("--fee: %w", err)}
			}
			b, k, err := openKeyed(args, o.system)
			if err != nil {
				return err
			}
			if err := o.secure(k, b.Dir()); err != nil {
				return err
			}
			return e.withChain(&o.chainOptions, false, func(c *connection) error { return e.register(c, k, o, fee) })
		}
	},
}

type registerOptions struct {
	chainOptions
	system, uri, fee string
	supersedes       uint64
	insecure         bool
}

// secure refuses keys whose maker can forge proofs, unless it is told not to.
func (o *registerOptions) secure(k *keyed, dir string) error {
	if !k.vk.Insecure() || o.insecure {
		return nil
	}
	return hinted("--insecure-setup registers them all the same",
		fmt.Errorf("the %s keys of %s are insecure: whoever made them can forge proofs", k.user.name(), dir))
}

// commitment returns what a registry has of the model. Its URI is uri or, if that is empty, a name of the
// program by its SHA-256 (RFC 6920), under which anyone may offer it.
func (k *keyed) commitment(uri string) contracts.ModelCommitment {
	if uri == "" {
		uri = "ni:///sha-256;" + base64.RawURLEncoding.EncodeToString(k.digest[:])
	}
	return contracts.NewModelCommitment(k.digest, k.system, k.calldata, uri)
}

// A registerResult is what register prints.
type registerResult struct {
	ModelID       uint64         `json:"model_id"`
	Owner         common.Address `json:"owner"`
	ChainID       string         `json:"chain_id"`
	Registry      common.Address `json:"registry"`
	ModelHash     hexutil.Bytes  `json:"model_hash"`
	CircuitHash   hexutil.Bytes  `json:"circuit_hash"`
	KeyHash       hexutil.Bytes  `json:"vk_hash"`
	ProofSystemID hexutil.Bytes  `json:"proof_system_id"`
	URI           string         `json:"uri"`
	Fee           *big.Int       `json:"fee"` // in wei
	Supersedes    uint64         `json:"supersedes,omitempty"`
	Existing      bool           `json:"existing"` // it was registered before
	Embedded      bool           `json:"embedded"`
	Transaction   *common.Hash   `json:"transaction,omitempty"`
	GasUsed       uint64         `json:"gas_used"`
	Insecure      bool           `json:"insecure"`
}

func (e *env) register(c *connection, k *keyed, o *registerOptions, fee *big.Int) error {
	if err := e.needDeployment(c, k.system); err != nil {
		return err
	}
	if err := c.keepBesideDeployment(e.ctx); err != nil {
		return err
	}
	m := k.commitment(o.uri)
	model, err := c.registeredBefore(e, m, o.supersedes)
	if err != nil {
		return err
	}
	out := &registerResult{Owner: c.From(), ChainID: c.ID().String(), Registry: c.d.Registry.Address, ModelHash: m.ModelHash[:], CircuitHash: m.CircuitHash[:],
		KeyHash: m.KeyHash[:], ProofSystemID: m.ProofSystem[:], URI: m.URI, Fee: new(big.Int), Supersedes: o.supersedes, Embedded: c.node != nil, Insecure: k.vk.Insecure()}
	if model != nil {
		out.ModelID, out.Existing, out.Fee = model.ID, true, model.Fee
	} else {
		draft, err := c.d.Register(m, o.supersedes)
		if err != nil {
			return err
		}
		if c.o.dryRun && c.node == nil {
			more, err := rehearsedFee(e.ctx, k.system, m, fee)
			if err != nil {
				return err
			}
			return e.dryRun(c, []chain.Draft{draft}, more...)
		}
		draft.Step = c.occurrence(draft.Step)
		r, err := c.Send(e.ctx, draft)
		if err != nil {
			return err
		}
		if out.ModelID, err = c.d.Registered(r); err != nil {
			return err
		}
		out.Transaction, out.GasUsed = &r.TxHash, r.GasUsed
	}
	draft, err := c.feeDraft(out, fee)
	switch {
	case err != nil:
		return err
	case draft == nil:
	case c.o.dryRun && c.node == nil:
		return e.dryRun(c, []chain.Draft{*draft})
	default:
		r, err := c.Send(e.ctx, *draft)
		if err != nil {
			return err
		}
		out.Fee, out.GasUsed = fee, out.GasUsed+r.GasUsed
	}
	return e.result(out, out.rows())
}

// registeredBefore returns the model that the account registered with a commitment, or nil.
func (c *connection) registeredBefore(e *env, m contracts.ModelCommitment, supersedes uint64) (*platform.Model, error) {
	found, err := c.d.Find(e.ctx, c.Chain, m)
	if err != nil {
		return nil, err
	}
	for _, model := range found {
		if model.Owner == c.From() && model.Commitment.URI == m.URI && model.Supersedes == supersedes && !model.Deprecated {
			return model, nil
		}
	}
	return nil, nil
}

// feeDraft returns what sets the fee of a model, nil if there is nothing to set.
func (c *connection) feeDraft(out *registerResult, fee *big.Int) (*chain.Draft, error) {
	if fee == nil {
		return nil, nil
	}
	draft, err := c.d.SetFee(out.ModelID, fee)
	if err != nil {
		return nil, err
	}
	draft.Step = c.occurrence(draft.Step)
	if fee.Cmp(out.Fee) == 0 && !c.begun(draft.Step) {
		return nil, nil
	}
	return &draft, nil
}

// rehearsedFee returns what setting the first fee of a model takes, on a node in this process: where the model
// is not registered yet, nothing can tell.
func rehearsedFee(ctx context.Context, system string, m contracts.ModelCommitment, fee *big.Int) (steps []quotedStep, err error) {
	if fee == nil || fee.Sign() == 0 {
		return nil, nil
	}
	c, err := chain.NewEmbedded(ctx)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, c.Close()) }()
	d, err := platform.Deploy(ctx, c, platform.Plan{Systems: []string{system}})
	if err != nil {
		return nil, err
	}
	draft, err := d.Register(m, 0)
	if err != nil {
		return nil, err
	}
	r, err := c.Send(ctx, draft)
	if err != nil {
		return nil, err
	}
	id, err := d.Registered(r)
	if err != nil {
		return nil, err
	}
	if draft, err = d.SetFee(id, fee); err != nil {
		return nil, err
	}
	if r, err = c.Send(ctx, draft); err != nil {
		return nil, err
	}
	return []quotedStep{{draft.Step, r.GasUsed}}, nil
}

func (r *registerResult) rows() []row {
	rows := []row{{"model id", fmt.Sprint(r.ModelID)}, {"owner", r.Owner.String()}, {"chain", r.ChainID}, {"registry", r.Registry.String()},
		{"program", r.ModelHash.String()}, {"model on chain", r.CircuitHash.String()}, {"key", r.KeyHash.String()}, {"proof system", r.ProofSystemID.String()},
		{"uri", r.URI}, {"fee", amount(r.Fee)}}
	if r.Supersedes != 0 {
		rows = append(rows, row{"supersedes", fmt.Sprint(r.Supersedes)})
	}
	if r.Transaction != nil {
		rows = append(rows, row{"transaction", r.Transaction.String()})
	}
	if r.GasUsed > 0 {
		rows = append(rows, row{"gas", thousands(r.GasUsed)})
	}
	if r.Existing {
		rows = append(rows, row{"note", "registered before"})
	}
	if r.Embedded {
		rows = append(rows, row{"note", "on a node in this process, which is gone now"})
	}
	if r.Insecure {
		rows = append(rows, row{"warning", "insecure keys: whoever made them can forge proofs"})
	}
	return rows
}
