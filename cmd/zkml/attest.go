// SPDX-License-Identifier: Apache-2.0

package main

import (
	"bytes"
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"math/big"
	"os"
	"path/filepath"
	"slices"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/common/hexutil"

	"github.com/zkml-go/zkml/artifact"
	"github.com/zkml-go/zkml/chain/platform"
	"github.com/zkml-go/zkml/circuits"
	"github.com/zkml-go/zkml/contracts"
	"github.com/zkml-go/zkml/ir"
	"github.com/zkml-go/zkml/statement"
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
		f.StringVar(&o.pay, "pay", "0wei", "the most to pay the owner of the model, an `AMOUNT`")
		f.BoolVar(&o.store, "store", false, "have the market keep the inference, for contracts to read")
		f.StringVar(&o.publish, "publish", "none", "publish committed inputs as `calldata`, blob or none")
		return func(e *env, args []string) error {
			if err := o.check(); err != nil {
				return usageError{err}
			}
			b, err := openBundle(args)
			if err != nil {
				return err
			}
			system, err := systemOf(b, o.system)
			if err != nil {
				return err
			}
			k, err := readKeyed(b, system)
			if err != nil {
				return err
			}
			return e.withChain(&o.chainOptions, false, func(c *connection) error {
				return (&attesting{env: e, c: c, b: b, k: k, system: system, o: o}).run()
			})
		}
	},
}

type attestOptions struct {
	chainOptions
	input, out, proof, nonce, system, pay, publish string
	model                                          uint64
	store                                          bool

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
	c      *connection
	b      *artifact.Bundle
	k      *keyed
	system proofSystem
	o      *attestOptions

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

func (a *attesting) findModel() error {
	m := a.k.commitment("")
	if id := a.o.model; id != 0 {
		model, err := a.c.d.Model(a.ctx, a.c.Chain, id)
		if err != nil {
			return err
		}
		if !model.Is(m) {
			return hinted("zkml status --model shows a model", fmt.Errorf("model %d is not that of %s with its %s keys", id, a.b.Dir(), a.k.user.name()))
		}
		a.model = model
	} else {
		found, err := a.c.d.Find(a.ctx, a.c.Chain, m)
		if err != nil {
			return err
		}
		if a.model, err = choose(found, a.c.From()); err != nil {
			return fmt.Errorf("%s with its %s keys: %w", a.b.Dir(), a.k.user.name(), err)
		}
	}
	if a.model.Deprecated {
		return badf("the owner of model %d asks not to use it any more", a.model.ID)
	}
	if a.model.Fee.Cmp(a.o.most) > 0 {
		return hinted(fmt.Sprintf("--pay %swei pays it", a.model.Fee),
			fmt.Errorf("an attestation of model %d costs %s, --pay is %s", a.model.ID, amount(a.model.Fee), amount(a.o.most)))
	}
	return nil
}

// choose returns the model to attest with if the user names none: the newest of the account's own, or else the
// newest, if it has one owner. Anyone can register a commitment again, with a fee.
func choose(found []*platform.Model, account common.Address) (*platform.Model, error) {
	found = slices.DeleteFunc(found, func(m *platform.Model) bool { return m.Deprecated })
	if i := slices.IndexFunc(found, func(m *platform.Model) bool { return m.Owner == account }); i >= 0 {
		return found[i], nil
	}
	if len(found) == 0 {
		return nil, hinted("zkml register registers it", errors.New("the model is not registered on this chain"))
	}
	for _, m := range found {
		if m.Owner != found[0].Owner {
			return nil, hinted("--model-id says which; ask those whom the attestation is for", fmt.Errorf("models %d of %s and %d of %s are the same: which one?",
				found[0].ID, found[0].Owner, m.ID, m.Owner))
		}
	}
	return found[0], nil
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

// prove makes the proof, unless it is there.
func (a *attesting) prove() error {
	_, err := os.Lstat(a.path)
	switch {
	case err == nil:
	case errors.Is(err, fs.ErrNotExist) && a.o.proof == "":
		if err := a.newProof(); err != nil {
			return err
		}
	default:
		return bad(err)
	}
	c, k, err := readProof(a.b, a.path)
	if err != nil {
		return err
	}
	if k.id != a.k.id {
		return badf("%s is a %s proof, want one with the %s keys", a.path, k.user.name(), a.k.user.name())
	}
	inputCommitment, proofContext := a.order.bind(c.claim)
	if c.context != proofContext {
		return hinted("prove it with --context "+hexutil.Encode(proofContext[:]),
			fmt.Errorf("%s is bound to context %x, want that of model %d for %s with this nonce, %x", a.path, c.context, a.model.ID, a.c.From(), proofContext))
	}
	a.proof, a.out.InputCommitment = c, inputCommitment
	if err := a.sameInput(); err != nil {
		return err
	}
	return c.verify(k)
}

// sameInput reports an error if the proof is of another public input than that which is given.
func (a *attesting) sameInput() error {
	if a.o.input == "" {
		return nil
	}
	p := a.b.Program()
	in, err := readQuantized(a.o.input, p)
	if err != nil {
		return err
	}
	data, err := circuits.PublicInput(p, in)
	if err != nil {
		return err
	}
	if !bytes.Equal(data, a.proof.claim.Input) {
		return hinted("choose another -o", fmt.Errorf("%s proves another input than %s", a.path, a.o.input))
	}
	return nil
}

func (a *attesting) newProof() error {
	if err := writableProof(a.path, a.b.Program()); err != nil {
		return err
	}
	in, err := readQuantized(a.o.input, a.b.Program())
	if err != nil {
		return err
	}
	var j job
	if _, err := a.step("reading the keys", func() (err error) {
		j, err = a.system.readJob(a.b, a.k, &proveOptions{})
		return err
	}); err != nil {
		return err
	}
	var r *provedRun
	if _, err := a.step(fmt.Sprintf("proving %s constraints", thousands(j.constraints())), func() (err error) {
		r, err = j.prove(a.ctx, in, func(claim *statement.Claim) [32]byte {
			_, proofContext := a.order.bind(claim)
			return proofContext
		})
		return err
	}); errors.Is(err, ir.ErrInput) {
		return bad(err)
	} else if err != nil {
		return fmt.Errorf("%s: %w", a.b.Dir(), err)
	}
	a.out.Opening, err = saveProof(a.path, a.b, a.system, a.k, r)
	return err
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

// found reports an attestation that is on the chain and not in the journal.
func (a *attesting) found() error {
	i, err := a.c.d.Inference(a.ctx, a.c.Chain, a.what.ID(), new(big.Int))
	if err != nil {
		return err
	}
	a.out.Existing, a.out.Transaction, a.out.Block = true, i.Transaction, i.Block
	return a.result(&a.out, a.out.rows())
}

// terms fixes what is paid: the transaction of an earlier run that may still be mined is taken as it is.
func (a *attesting) terms() error {
	if a.order.Terms == nil || !a.c.begun("attest") && !a.c.begun("deposit") {
		credit, err := a.c.d.Credit(a.ctx, a.c.Chain, a.c.From())
		if err != nil {
			return err
		}
		value := new(big.Int).Sub(a.model.Fee, credit)
		if value.Sign() < 0 {
			value.SetInt64(0)
		}
		a.order.Terms = &orderTerms{MaxFee: (*hexutil.Big)(a.o.most), Value: (*hexutil.Big)(value), Store: a.o.store}
		if err := a.order.write(a.path); err != nil {
			return err
		}
	}
	a.what.Proof.MaxFee = a.order.Terms.MaxFee.ToInt()
	return nil
}

// send sends what there is to send.
func (a *attesting) send() error {
	if a.c.o.dryRun && a.c.node == nil {
		return a.quote()
	}
	if err := a.publish(); err != nil {
		return err
	}
	value := a.order.Terms.Value.ToInt()
	if a.order.Terms.Store && value.Sign() > 0 {
		// The function that stores takes no ether, by its standard.
		draft, err := a.c.d.Deposit(value)
		if err != nil {
			return err
		}
		r, err := a.c.Send(a.ctx, draft)
		if err != nil {
			return err
		}
		a.out.GasDeposit, value = r.GasUsed, new(big.Int)
	}
	draft, err := a.c.d.Attest(a.what, value, a.order.Terms.Store)
	if err != nil {
		return err
	}
	if a.out.Existing = a.order.Done != nil; a.out.Existing && len(a.out.Data) == 0 {
		a.out.Data = a.order.Done.Data
	}
	r, err := a.c.Send(a.ctx, draft)
	if err != nil {
		return err
	}
	a.out.Transaction, a.out.Block, a.out.GasUsed = r.TxHash, r.BlockNumber.Uint64(), r.GasUsed
	a.order.Done = &orderDone{a.out.InferenceID, a.out.InputCommitment, r.TxHash, a.out.Block, r.GasUsed, a.out.Data}
	if err := a.order.write(a.path); err != nil {
		return err
	}
	return a.result(&a.out, a.out.rows())
}

// quote says what sending would cost.
func (a *attesting) quote() error {
	value := a.order.Terms.Value.ToInt()
	if a.order.Terms.Store && value.Sign() > 0 {
		return hinted("leave out --store, or buy credit first", errors.New("a dry run cannot tell the gas of an attestation that is stored and paid for: it takes two transactions"))
	}
	draft, err := a.c.d.Attest(a.what, value, a.order.Terms.Store)
	if err != nil {
		return err
	}
	return a.dryRun(a.c, draft)
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
