// SPDX-License-Identifier: Apache-2.0

package main

import (
	"context"
	"crypto/ecdsa"
	"errors"
	"flag"
	"fmt"
	"math/big"
	"os"
	"time"

	"github.com/ethereum/go-ethereum/crypto"

	"github.com/zkml-go/zkml/chain"
	"github.com/zkml-go/zkml/chain/journal"
	"github.com/zkml-go/zkml/chain/keyfile"
	"github.com/zkml-go/zkml/chain/platform"
)

// chainOptions are the options of the commands that talk to a node.
type chainOptions struct {
	rpc, keyFile, password string
	chainID                uint64
	deployment             string
	maxFee, priorityFee    string
	confirmations          uint64
	timeout                time.Duration
	replace, dryRun        bool
}

const defaultDeployment = "zkml-deployment.json"

// declareNode declares the flags for which node, and which contracts.
func (o *chainOptions) declareNode(f *flag.FlagSet) {
	f.StringVar(&o.rpc, "rpc", "", "the `URL` of an Ethereum node's JSON-RPC; default: a node in this process")
	f.Uint64Var(&o.chainID, "chain-id", 0, "refuse a node whose chain has another `ID`")
	f.StringVar(&o.deployment, "deployment", defaultDeployment, "where the contracts are, a `FILE` that zkml deploy writes")
}

// declare declares the flags of commands that send transactions.
func (o *chainOptions) declare(f *flag.FlagSet) {
	o.declareNode(f)
	f.StringVar(&o.keyFile, "key-file", "", "the key of the account that pays, a `FILE` of 64 hexadecimal digits or a keystore file")
	f.StringVar(&o.password, "password-file", "", "a `FILE` with the password of a keystore file")
	f.StringVar(&o.maxFee, "max-fee", "", "the most to pay for a unit of gas, an `AMOUNT` such as 30gwei")
	f.StringVar(&o.priorityFee, "priority-fee", "", "the most of it for who seals the block, an `AMOUNT`")
	f.Uint64Var(&o.confirmations, "confirmations", 1, "wait for `N` blocks, that of the transaction included")
	f.DurationVar(&o.timeout, "timeout", 5*time.Minute, "wait so `LONG` for each transaction")
	f.BoolVar(&o.replace, "replace", false, "send again at a higher fee what an earlier run sent and is not mined")
	f.BoolVar(&o.dryRun, "dry-run", false, "say what it would cost and send nothing")
}

// declareRemote is declare for commands that have nothing to do on a node in this process.
func (o *chainOptions) declareRemote(f *flag.FlagSet) {
	o.declare(f)
	f.Lookup("rpc").Usage = "the `URL` of an Ethereum node's JSON-RPC"
}

const chainHelp = `Without --rpc the command runs on a node in this process, which is gone when it
ends: it deploys what it needs there, and shows what would happen and the gas.

A transaction is tried without being sent first, and written to a journal beside
the file that the command makes before a node sees it. A run that was stopped at
any point goes on when it is run again, and sends nothing twice. Key files must
be closed to other users (mode 0600).`

// A connection is a chain with, if it is known, where the contracts are.
type connection struct {
	*chain.Chain
	o *chainOptions
	// node is in this process, nil if the chain is elsewhere.
	node *chain.Node
	d    *platform.Deployment
	// temporary is a directory to remove at the end, "" for none.
	temporary string
}

// connect connects to the node that the options name, or to one in this process. The account is a new one
// without ether if the command only reads.
func (e *env) connect(o *chainOptions, reads bool) (*connection, error) {
	if o.rpc == "" {
		if o.keyFile != "" {
			return nil, usagef("--key-file is for --rpc: the node in this process has an account of its own")
		}
		return startConnection(e.ctx, o)
	}
	var key *ecdsa.PrivateKey
	var err error
	switch {
	case reads:
		key, err = crypto.GenerateKey()
	case o.keyFile == "":
		return nil, usagef("no account: give --key-file FILE")
	default:
		key, err = readKeyFile(o.keyFile, o.password)
	}
	if err != nil {
		return nil, err
	}
	return dialConnection(e.ctx, o, o.rpc, key)
}

func readKeyFile(path, password string) (*ecdsa.PrivateKey, error) {
	key, err := keyfile.Read(path, password)
	switch {
	case err == nil:
		return key, nil
	case errors.Is(err, keyfile.ErrMode):
		var p *os.PathError
		if errors.As(err, &p) {
			path = p.Path
		}
		return nil, hinted("chmod 600 "+path, err)
	case errors.Is(err, keyfile.ErrPassword) && password == "":
		return nil, hinted("give --password-file FILE", err)
	}
	return nil, bad(err)
}

// dialConnection connects to a node by its URL.
func dialConnection(ctx context.Context, o *chainOptions, url string, key *ecdsa.PrivateKey) (*connection, error) {
	options, err := o.parse()
	if err != nil {
		return nil, usageError{err}
	}
	c, err := chain.Dial(ctx, url, key)
	if err != nil {
		return nil, err
	}
	if id := c.ID(); o.chainID != 0 && id.Cmp(new(big.Int).SetUint64(o.chainID)) != 0 {
		c.Close()
		return nil, hinted("--rpc is the node of another chain", fmt.Errorf("the chain has id %s, --chain-id is %d", id, o.chainID))
	}
	c.Options = options
	return &connection{Chain: c, o: o}, nil
}

func (o *chainOptions) parse() (options chain.Options, err error) {
	if options.MaxFee, err = parseAmount(o.maxFee); err != nil {
		return options, fmt.Errorf("--max-fee: %w", err)
	}
	if options.MaxPriorityFee, err = parseAmount(o.priorityFee); err != nil {
		return options, fmt.Errorf("--priority-fee: %w", err)
	}
	options.Confirmations, options.Timeout, options.Replace = o.confirmations, o.timeout, o.replace
	return options, nil
}

// startConnection starts a node in this process, with an account.
func startConnection(ctx context.Context, o *chainOptions) (*connection, error) {
	key, err := crypto.GenerateKey()
	if err != nil {
		return nil, err
	}
	node, err := chain.StartNode("127.0.0.1:0", crypto.PubkeyToAddress(key.PublicKey))
	if err != nil {
		return nil, err
	}
	c, err := dialConnection(ctx, o, node.URL(), key)
	if err != nil {
		return nil, errors.Join(err, node.Close())
	}
	c.node = node
	c.Options.Confirmations = 1 // no block comes without a transaction
	return c, nil
}

// close ends the connection and, if it is in this process, the node.
func (c *connection) close() error {
	var err error
	if j := c.Options.Journal; j != nil {
		err = j.Close()
	}
	err = errors.Join(err, c.Close())
	if c.node != nil {
		err = errors.Join(err, c.node.Close())
	}
	if c.temporary != "" {
		err = errors.Join(err, os.RemoveAll(c.temporary))
	}
	return err
}

// keep has transactions recorded in the journal of a path. On a node in this process there is nothing to
// go on with.
func (c *connection) keep(ctx context.Context, path string) error {
	if c.node != nil || c.o.dryRun {
		return nil
	}
	h, err := c.Header(ctx)
	if err != nil {
		return err
	}
	c.Options.Journal, err = journal.Open(path+".journal", h)
	return err
}

// keepBesideDeployment has transactions recorded in the journal that the account has beside the deployment.
func (c *connection) keepBesideDeployment(ctx context.Context) error {
	return c.keep(ctx, fmt.Sprintf("%s.%x", c.o.deployment, c.From().Bytes()[:4]))
}

// occurrence returns the name of a step that may be done more than once: the first that the journal does not
// say is done.
func (c *connection) occurrence(step string) string {
	name := step
	for n := 2; c.Options.Journal != nil && c.Options.Journal.Step(name).Receipt != nil; n++ {
		name = fmt.Sprintf("%s, %d", step, n)
	}
	return name
}

// begun reports whether the journal has a transaction of a step.
func (c *connection) begun(step string) bool {
	return c.Options.Journal != nil && len(c.Options.Journal.Step(step).Signed) > 0
}

// withChain runs a command on a chain: it connects, and gives errors of the chain the advice that fits.
func (e *env) withChain(o *chainOptions, reads bool, action func(c *connection) error) error {
	c, err := e.connect(o, reads)
	if err != nil {
		return chainError(nil, err)
	}
	err = chainError(c, action(c))
	return errors.Join(err, c.close())
}
