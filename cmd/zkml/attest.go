// SPDX-License-Identifier: Apache-2.0

package main

import (
	"errors"
	"flag"
	"fmt"
	"math/big"
	"os"
	"path/filepath"
	"slices"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/common/hexutil"

	"github.com/zkml-go/zkml/artifact"
	"github.com/zkml-go/zkml/chain/platform"
	"github.com/zkml-go/zkml/contracts"
)

var attestCommand = &command{
	name:  "attest",
	short: "prove an inference and have the market on a chain attest it",
	args:  "DIR.zkml --input FILE -o PROOF [--rpc URL --key-file FILE]",
	long: `
Attest proves what the model of a bundle, which zkml register registered, says of
an input, and sends the proof to the market. The proof is bound to the chain, the
market, the model, the account and a nonce: it is good for nothing else.

The nonce is written to PROOF.attest before the proof is made, and what became of
the attestation after. If the files are there the command goes on with them. A
proof that was made elsewhere is given as --proof, with its PROOF.attest or its
--nonce. A model's fee is paid up to --pay.

--publish puts the committed inputs and what opens their commitments on the chain,
as calldata or in blobs, for everybody to read and zkml status to check.

` + chainHelp + "\n\n" + inputFormats,
	setup: func(f *flag.FlagSet) func(*env, []string) error {
		o := &attestOptions{}
		o.declare(f)
		f.StringVar(&o.input, "input", "", "the input, a `FILE`")
		f.StringVar(&o.out, "o", "", "the proof, a `FILE` to write")
		f.StringVar(&o.proof, "proof", "", "a proof that is there, a `FILE`, instead of --input and -o")
		f.StringVar(&o.nonce, "nonce", "", "the `NUMBER` that the context of --proof was made with")
		f.StringVar(&o.system, "system", "", "the proof `SYSTEM`; default: the one that the bundle has keys for")
		f.Uint64Var(&o.model, "model-id", 0, "the `ID` of the model; default: the newest that was registered with these keys")
		device := deviceFlag(f)
		f.StringVar(&o.pay, "pay", "0wei", "the most to pay the owner of the model, an `AMOUNT`")
		f.BoolVar(&o.store, "store", false, "have the market keep the inference, for contracts to read")
		f.StringVar(&o.publish, "publish", "none", "publish committed inputs as `calldata`, blob or none")
		return func(e *env, args []string) error {
			if err := o.check(); err != nil {
				return usageError{err}
			}
			if err := checkDevice(*device); err != nil {
				return err
			}
			o.device = *device
			b, k, err := openKeyed(args, o.system)
			if err != nil {
				return err
			}
			return e.withChain(&o.chainOptions, false, func(c *connection) error {
				return (&attesting{env: e, c: c, b: b, k: k, o: o}).run()
			})
		}
	},
}

type attestOptions struct {
	chainOptions
	input, out, proof, nonce, system, device, pay, publish string
	model                                                  uint64
	store                                                  bool

	most *big.Int // of pay
}

func (o *attestOptions) check() (err error) {
	if o.most, err = parseAmount(o.pay); err != nil || o.most == nil {
		return fmt.Errorf("--pay: %w", errors.Join(err, errors.New("want an amount")))
	}
	switch {
	case (o.input == "") == (o.proof == ""):
		return errors.New("give --input FILE or --proof PROOF")
	case o.proof != "" && o.out != "":
		return errors.New("-o is for --input: there is a proof already")
	case o.input != "" && o.out == "" && o.rpc != "":
		return errors.New("no output: give -o PROOF")
	case o.nonce != "" && o.proof == "":
		return errors.New("--nonce is for --proof: the nonce of a new proof is drawn")
	case !slices.Contains([]string{"none", "calldata", "blob"}, o.publish):
		return fmt.Errorf("--publish %q: want calldata, blob or none", o.publish)
	}
	return nil
}

// An attesting is one run of attest.
type attesting struct {
	*env
	c *connection
	b *artifact.Bundle
	k *keyed
	o *attestOptions

	path  string // of the proof
	model *platform.Model
	order *order
	proof *checkable
	what  *platform.Attestation
	out   attestResult
}

// An attestResult is what attest prints.
type attestResult struct {
	InferenceID     common.Hash    `json:"inference_id"`
	ModelID         uint64         `json:"model_id"`
	InputCommitment common.Hash    `json:"input_commitment"`
	Caller          common.Address `json:"caller"`
	ChainID         string         `json:"chain_id"`
	Market          common.Address `json:"market"`
	Transaction     common.Hash    `json:"transaction"`
	Block           uint64         `json:"block"`
	GasUsed         uint64         `json:"gas_used"`
	GasDeposit      uint64         `json:"gas_deposit,omitempty"`
	GasData         uint64         `json:"gas_data,omitempty"`
	Data            []common.Hash  `json:"data,omitempty"`
	DataBytes       int            `json:"data_bytes,omitempty"`
	Fee             *big.Int       `json:"fee"` // of the model, in wei
	Existing        bool           `json:"existing"`
	Embedded        bool           `json:"embedded"`
	Proof           string         `json:"proof,omitempty"`
	Opening         string         `json:"opening,omitempty"`
	deviceResult                   // of a new proof
	Output          []output       `json:"output"`
}

func (a *attesting) run() error {
	if err := a.prepare(); err != nil {
		return err
	}
	if err := a.c.keep(a.ctx, a.path); err != nil {
		return err
	}
	for _, stage := range []func() error{a.readOrder, a.prove, a.state} {
		if err := stage(); err != nil {
			return err
		}
	}
	verified, err := a.c.d.IsVerified(a.ctx, a.c.Chain, a.what.ID())
	if err != nil {
		return err
	}
	if verified && !a.c.begun("attest") && a.order.Done == nil {
		return a.found()
	}
	if err := a.terms(); err != nil {
		return err
	}
	return a.send()
}

// prepare finds the contracts and the model, and where the proof goes.
func (a *attesting) prepare() error {
	if err := a.needDeployment(a.c, a.k.system); err != nil {
		return err
	}
	a.path = a.o.out + a.o.proof // one of them
	if a.c.node != nil {
		if a.o.proof != "" {
			return usagef("--proof is for --rpc: no proof is bound to a node in this process")
		}
		if err := a.embedded(); err != nil {
			return err
		}
	}
	return a.findModel()
}

// embedded registers the model on a node in this process, and has the files of the attestation go with it.
func (a *attesting) embedded() error {
	draft, err := a.c.d.Register(a.k.commitment(""), 0)
	if err != nil {
		return err
	}
	if _, err := a.c.Send(a.ctx, draft); err != nil {
		return err
	}
	dir, err := os.MkdirTemp("", "zkml-attest-")
	if err != nil {
		return bad(err)
	}
	a.c.temporary = dir
	a.path = filepath.Join(dir, "proof")
	return nil
}

// readOrder reads the order of an earlier run, or writes a new one.
func (a *attesting) readOrder() (err error) {
	if a.order, err = readOrder(a.path); err != nil {
		return err
	}
	if a.order != nil {
		if err := a.order.fits(a.c, a.model.ID); err != nil {
			return hinted("choose another -o", fmt.Errorf("%s: %w", orderPath(a.path), err))
		}
		if nonce, ok := parseNonce(a.o.nonce); a.o.nonce != "" && (!ok || nonce.Cmp(a.order.Nonce.ToInt()) != 0) {
			return badf("%s has another nonce than --nonce", orderPath(a.path))
		}
		return nil
	}
	if a.order, err = newOrder(a.c, a.model.ID); err != nil {
		return err
	}
	if a.o.proof != "" {
		nonce, ok := parseNonce(a.o.nonce)
		if !ok {
			return usagef("--nonce %q: want the number that the context of %s was made with; there is no %s", a.o.nonce, a.path, orderPath(a.path))
		}
		a.order.Nonce = (*hexutil.Big)(nonce)
	} else if _, err := os.Lstat(a.path); err == nil {
		return hinted("give it as --proof with its --nonce, or choose another -o", badf("%s is there and has no %s", a.path, orderPath(a.path)))
	}
	return a.order.write(a.path)
}

func parseNonce(s string) (*big.Int, bool) {
	n, ok := new(big.Int).SetString(s, 0)
	return n, ok && n.Sign() >= 0 && n.BitLen() <= 256
}

// state makes the statement for the market.
func (a *attesting) state() error {
	data, err := a.proof.proof.onChain()
	if err != nil {
		return err
	}
	z := a.proof.z.Bytes()
	a.what = &platform.Attestation{
		Model: new(big.Int).SetUint64(a.model.ID), InputCommitment: a.out.InputCommitment, Output: a.proof.claim.Output,
		Proof: contracts.InferenceProof{Nonce: a.order.Nonce.ToInt(), MaxFee: new(big.Int), Input: a.proof.claim.Input,
			Commitments: commitmentsOf(a.proof.claim), Key: a.k.calldata, Proof: slices.Concat(z[:], data)},
	}
	if a.out.Output, err = publicOutputs(a.b.Program().Outline(), a.proof.claim); err != nil {
		return err
	}
	a.out.InferenceID, a.out.ModelID, a.out.Caller = a.what.ID(), a.model.ID, a.c.From()
	a.out.ChainID, a.out.Market, a.out.Fee, a.out.Embedded = a.c.d.ChainID, a.c.d.Market.Address, a.model.Fee, a.c.node != nil
	if a.c.node == nil {
		a.out.Proof = a.path
	}
	return nil
}

func (r *attestResult) rows() []row {
	rows := []row{{"inference", r.InferenceID.String()}, {"model id", fmt.Sprint(r.ModelID)}}
	rows = append(rows, outputRows(r.Output)...)
	rows = append(rows, row{"input commitment", r.InputCommitment.String()}, row{"caller", r.Caller.String()}, row{"chain", r.ChainID},
		row{"market", r.Market.String()}, row{"transaction", fmt.Sprintf("%s in block %d", r.Transaction, r.Block)})
	if r.GasUsed > 0 {
		rows = append(rows, row{"gas", thousands(r.GasUsed)})
	}
	if r.Fee.Sign() > 0 {
		rows = append(rows, row{"fee", amount(r.Fee)})
	}
	for _, h := range r.Data {
		rows = append(rows, row{"data", h.String()})
	}
	if r.DataBytes > 0 {
		rows = append(rows, row{"data size", fmt.Sprintf("%s, %s gas", bytesize(int64(r.DataBytes)), thousands(r.GasData))})
	}
	if r.Opening != "" && !r.Embedded {
		rows = append(rows, row{"opening", r.Opening + " (secret)"})
	}
	if r.Existing {
		rows = append(rows, row{"note", "attested before; nothing was sent"})
	}
	if r.Embedded {
		rows = append(rows, row{"note", "on a node in this process, which is gone now"})
	}
	return rows
}
