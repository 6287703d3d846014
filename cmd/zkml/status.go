// SPDX-License-Identifier: Apache-2.0

package main

import (
	"encoding/hex"
	"errors"
	"flag"
	"fmt"
	"math/big"
	"strings"
	"time"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/common/hexutil"

	"github.com/zkml-go/zkml/artifact"
	"github.com/zkml-go/zkml/chain/platform"
	"github.com/zkml-go/zkml/chain/publish"
	"github.com/zkml-go/zkml/verifier"
)

var statusCommand = &command{
	name:  "status",
	short: "say what is on a chain: contracts, a model, an attested inference",
	args:  "[DIR.zkml] --rpc URL [--model ID] [--inference ID [--data TX,...]]",
	long: `
Status checks that the contracts of a deployment are there, with exactly the code
that they should have, and says whether verifiers were stopped or removed. It
needs no key.

--model shows a registered model. --inference shows an attested inference. With
--data it fetches what zkml attest published, from calldata or, if it is in
blobs, from a beacon node or a copy (--beacon, --data-file), checks it against the
chain and says whether it opens the commitment of the inference. The exit code is
1 if it does not. With the bundle of the model it also checks the sizes and ranges
of the tensors; large ones of the sumcheck system cannot be checked without.`,
	setup: func(f *flag.FlagSet) func(*env, []string) error {
		o := &statusOptions{}
		o.declareNode(f)
		f.Uint64Var(&o.model, "model", 0, "the `ID` of a model")
		f.StringVar(&o.inference, "inference", "", "the `ID` of an inference, 64 hexadecimal digits")
		f.StringVar(&o.data, "data", "", "the `TRANSACTIONS` that published the input of the inference, with commas")
		f.StringVar(&o.dataFile, "data-file", "", "a copy of data that are in blobs, a `FILE`")
		f.StringVar(&o.beacon, "beacon", "", "fetch blobs from the beacon node at a `URL`")
		f.StringVar(&o.out, "o", "", "write the data that open the commitment to a `FILE`")
		f.Uint64Var(&o.from, "from-block", 0, "look for the inference from block `N` on")
		return func(e *env, args []string) error {
			if err := o.check(args); err != nil {
				return usageError{err}
			}
			if len(args) > 0 {
				b, err := openBundle(args)
				if err != nil {
					return err
				}
				o.bundle = b
			}
			return e.withChain(&o.chainOptions, true, func(c *connection) error { return e.status(c, o) })
		}
	},
}

type statusOptions struct {
	chainOptions
	model, from                    uint64
	inference, data, dataFile, out string
	beacon                         string

	id     common.Hash
	txs    []common.Hash
	bundle *artifact.Bundle // nil if there is none
}

func (o *statusOptions) check(args []string) (err error) {
	switch {
	case len(args) > 1:
		return fmt.Errorf("unexpected argument %q", args[1])
	case len(args) > 0 && o.data == "":
		return errors.New("a bundle is for --data")
	case o.rpc == "":
		return errors.New("no node: give --rpc URL")
	case o.data != "" && o.inference == "":
		return errors.New("--data is for --inference")
	case (o.dataFile != "" || o.beacon != "" || o.out != "") && o.data == "":
		return errors.New("--data-file, --beacon and -o are for --data")
	case o.dataFile != "" && o.beacon != "":
		return errors.New("--data-file and --beacon exclude each other")
	}
	if o.inference != "" {
		if o.id, err = parseWord(o.inference); err != nil {
			return fmt.Errorf("--inference: %w", err)
		}
	}
	if o.data != "" {
		for _, text := range strings.Split(o.data, ",") {
			h, err := parseWord(text)
			if err != nil {
				return fmt.Errorf("--data: %w", err)
			}
			o.txs = append(o.txs, h)
		}
	}
	return nil
}

func parseWord(s string) (common.Hash, error) {
	data, err := hex.DecodeString(strings.TrimPrefix(s, "0x"))
	if err != nil || len(data) != 32 {
		return common.Hash{}, fmt.Errorf("%q, want 64 hexadecimal digits", s)
	}
	return common.Hash(data), nil
}

// A statusResult is what status prints.
type statusResult struct {
	ChainID   string           `json:"chain_id"`
	Checked   bool             `json:"checked"` // all contracts are there
	Router    common.Address   `json:"router"`
	Owner     common.Address   `json:"owner"` // of the router
	Timelock  common.Address   `json:"timelock"`
	Delay     uint64           `json:"delay"` // of the timelock, in seconds
	Registry  common.Address   `json:"registry"`
	Market    common.Address   `json:"market"`
	Models    uint64           `json:"models"`
	Systems   []statusSystem   `json:"systems"`
	Model     *statusModel     `json:"model,omitempty"`
	Inference *statusInference `json:"inference,omitempty"`
}

type statusSystem struct {
	Name     string         `json:"name"`
	Verifier common.Address `json:"verifier"`
	Stop     common.Address `json:"stop"`
	Stopped  bool           `json:"stopped"`
	Removed  bool           `json:"removed"`
	Routed   bool           `json:"routed"` // the router has this deployment's
}

type statusModel struct {
	ID            uint64         `json:"id"`
	Owner         common.Address `json:"owner"`
	ModelHash     hexutil.Bytes  `json:"model_hash"`
	CircuitHash   hexutil.Bytes  `json:"circuit_hash"`
	KeyHash       hexutil.Bytes  `json:"vk_hash"`
	ProofSystemID hexutil.Bytes  `json:"proof_system_id"`
	URI           string         `json:"uri"`
	Fee           *big.Int       `json:"fee"` // in wei
	Deprecated    bool           `json:"deprecated"`
	Supersedes    uint64         `json:"supersedes,omitempty"`
	SupersededBy  uint64         `json:"superseded_by,omitempty"`
}

type statusInference struct {
	ID              common.Hash    `json:"id"`
	ModelID         uint64         `json:"model_id"`
	InputCommitment common.Hash    `json:"input_commitment"`
	Output          hexutil.Bytes  `json:"output"`
	Caller          common.Address `json:"caller"`
	Transaction     common.Hash    `json:"transaction"`
	Block           uint64         `json:"block"`
	Input           hexutil.Bytes  `json:"input,omitempty"` // public bytes
	Commitments     int            `json:"commitments,omitempty"`
	Opened          *bool          `json:"opened,omitempty"` // by the data
	Reason          string         `json:"reason,omitempty"` // why not
	DataBytes       int            `json:"data_bytes,omitempty"`
}

func (e *env) status(c *connection, o *statusOptions) error {
	if err := c.readDeployment(e.ctx); err != nil {
		return err
	}
	s, err := c.d.State(e.ctx, c.Chain)
	if err != nil {
		return err
	}
	d := c.d
	out := &statusResult{ChainID: d.ChainID, Checked: true, Router: d.Router.Address, Owner: s.Owner, Timelock: d.Timelock.Address, Delay: s.Delay,
		Registry: d.Registry.Address, Market: d.Market.Address, Models: s.Models}
	for i, system := range d.Systems {
		state := s.Systems[i]
		out.Systems = append(out.Systems, statusSystem{system.Name, system.Verifier.Address, system.Stop.Address,
			state.Stopped, state.Removed, state.Route == system.Stop.Address})
	}
	if o.model != 0 {
		m, err := d.Model(e.ctx, c.Chain, o.model)
		if err != nil {
			return err
		}
		out.Model = newStatusModel(m)
	}
	var refusal error
	if o.inference != "" {
		i, err := d.Inference(e.ctx, c.Chain, o.id, new(big.Int).SetUint64(o.from))
		if err != nil {
			return err
		}
		out.Inference = newStatusInference(i)
		if len(o.txs) > 0 {
			if refusal, err = e.openPublished(c, o, i, out.Inference); err != nil {
				return err
			}
		}
	}
	if err := e.result(out, out.rows()); err != nil {
		return err
	}
	return refusal
}

// openPublished fetches the data of an inference and says what they open. refusal says that they do not.
func (e *env) openPublished(c *connection, o *statusOptions, i *platform.Inference, out *statusInference) (refusal, err error) {
	data, err := o.fetch(e, c)
	var opening *publish.Opening
	if err == nil {
		opening, err = publish.Decode(data)
	}
	if err == nil {
		err = o.openWith(e, c, i, opening)
	}
	opened := err == nil
	switch {
	case opened:
		out.DataBytes = len(data)
	case errors.Is(err, publish.ErrRefused):
		out.Reason = err.Error()
	case errors.Is(err, publish.ErrNeedsData):
		return nil, hinted("--beacon fetches them; --data-file names a copy, such as that which zkml attest wrote", err)
	default:
		return nil, err
	}
	out.Opened = &opened
	if !opened {
		return fmt.Errorf("%w: %w", verifier.ErrRejected, err), nil
	}
	if o.out != "" {
		return nil, writeFile(o.out, data)
	}
	return nil, nil
}

// fetch returns the data that were published.
func (o *statusOptions) fetch(e *env, c *connection) (data []byte, err error) {
	var local []byte
	switch {
	case o.dataFile != "":
		local, err = readFile(o.dataFile, 1<<28)
	case o.beacon != "":
		local, err = publish.Beacon{URL: o.beacon}.Fetch(e.ctx, c.Chain, o.txs)
	}
	if err != nil {
		return nil, err
	}
	return publish.Fetch(e.ctx, c.Chain, o.txs, local)
}

// openWith checks an opening: without a bundle as salted hashes, with it as its model commits.
func (o *statusOptions) openWith(e *env, c *connection, i *platform.Inference, opening *publish.Opening) error {
	if o.bundle == nil {
		err := opening.Check(i.InputCommitment, publish.Hash)
		if err != nil && opening.Of(i.InputCommitment) && opening.HasColumns() {
			return hinted("give the bundle of the model: zkml status DIR.zkml …", errors.New("a commitment may be one to a column, which is not opened without the model"))
		}
		return err
	}
	m, err := c.d.Model(e.ctx, c.Chain, i.Model)
	if err != nil {
		return err
	}
	for _, system := range systems {
		if _, ok := o.bundle.Keys(system.name()); !ok {
			continue
		}
		k, err := readKeyed(o.bundle, system)
		if err != nil {
			return err
		}
		if !m.Is(k.commitment("")) {
			continue
		}
		open, err := opener(o.bundle, k)
		if err != nil {
			return err
		}
		return opening.Check(i.InputCommitment, open)
	}
	return badf("%s is not the bundle of model %d, or has other keys", o.bundle.Dir(), i.Model)
}

func newStatusModel(m *platform.Model) *statusModel {
	k := &m.Commitment
	return &statusModel{m.ID, m.Owner, k.ModelHash[:], k.CircuitHash[:], k.KeyHash[:], k.ProofSystem[:], k.URI, m.Fee, m.Deprecated, m.Supersedes, m.SupersededBy}
}

func newStatusInference(i *platform.Inference) *statusInference {
	out := &statusInference{ID: i.ID, ModelID: i.Model, InputCommitment: i.InputCommitment, Output: i.Output, Caller: i.Caller, Transaction: i.Transaction, Block: i.Block}
	if i.Proof != nil {
		out.Input, out.Commitments = i.Proof.Input, len(i.Proof.Commitments)
	}
	return out
}

func (r *statusResult) rows() []row {
	owner := fmt.Sprintf("%s, delay %s", r.Owner, time.Duration(r.Delay)*time.Second)
	if r.Owner != r.Timelock { // which can have happened since the deployment
		owner = fmt.Sprintf("%s, NOT the timelock: it changes the router at once", r.Owner)
	}
	rows := []row{{"chain", r.ChainID}, {"contracts", "all there, with the code that they should have"}, {"router", r.Router.String()},
		{"owner", owner}, {"registry", r.Registry.String()}, {"market", r.Market.String()}}
	for _, s := range r.Systems {
		state := "in use"
		switch {
		case s.Stopped:
			state = "STOPPED"
		case s.Removed:
			state = "REMOVED from the router"
		case !s.Routed:
			state = "NOT in the router"
		}
		rows = append(rows, row{s.Name, state + ", " + s.Stop.String()})
	}
	rows = append(rows, row{"models", thousands(r.Models)})
	if r.Model != nil {
		rows = append(rows, r.Model.rows()...)
	}
	if r.Inference != nil {
		rows = append(rows, r.Inference.rows()...)
	}
	return rows
}

func (m *statusModel) rows() []row {
	rows := []row{{"model id", fmt.Sprint(m.ID)}, {"model owner", m.Owner.String()}, {"program", m.ModelHash.String()}, {"model on chain", m.CircuitHash.String()},
		{"key", m.KeyHash.String()}, {"proof system", m.ProofSystemID.String()}, {"uri", m.URI}, {"fee", amount(m.Fee)}}
	if m.Supersedes != 0 {
		rows = append(rows, row{"supersedes", fmt.Sprint(m.Supersedes)})
	}
	if m.SupersededBy != 0 {
		rows = append(rows, row{"superseded by", fmt.Sprint(m.SupersededBy)})
	}
	if m.Deprecated {
		rows = append(rows, row{"note", "its owner asks not to use it any more"})
	}
	return rows
}

func (i *statusInference) rows() []row {
	rows := []row{{"inference", i.ID.String()}, {"of model", fmt.Sprint(i.ModelID)}, {"input commitment", i.InputCommitment.String()},
		{"output", i.Output.String()}, {"caller", i.Caller.String()}, {"transaction", fmt.Sprintf("%s in block %d", i.Transaction, i.Block)}}
	if len(i.Input) > 0 {
		rows = append(rows, row{"public input", bytesize(int64(len(i.Input)))})
	}
	switch {
	case i.Opened == nil:
	case *i.Opened:
		rows = append(rows, row{"data", fmt.Sprintf("open the commitment, %s", bytesize(int64(i.DataBytes)))})
	default:
		rows = append(rows, row{"data", "REFUSED: " + i.Reason})
	}
	return rows
}
