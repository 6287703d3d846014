// SPDX-License-Identifier: Apache-2.0

package main

import (
	"errors"
	"flag"
	"fmt"
	"io/fs"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/crypto"

	"github.com/zkml-go/zkml/chain"
	"github.com/zkml-go/zkml/chain/keyfile"
)

var nodeCommand = &command{
	name:  "node",
	short: "serve a chain of its own on this machine, for trying things out",
	args:  "--key-file FILE [--listen 127.0.0.1:8545]",
	long: `
Node runs an Ethereum node with a chain of its own, which is in memory, until it
is interrupted. It serves JSON-RPC over HTTP and seals a block for every
transaction. The account of the key file is rich there. If there is no such file
node makes one, with a key that is for nothing else.`,
	setup: func(f *flag.FlagSet) func(*env, []string) error {
		listen := f.String("listen", "127.0.0.1:8545", "the `ADDRESS` to serve at; port 0 is any free one")
		key := f.String("key-file", "", "the key of the rich account, a `FILE` to read or to write")
		password := f.String("password-file", "", "a `FILE` with the password of a keystore file")
		return func(e *env, args []string) error {
			switch {
			case len(args) > 0:
				return usagef("unexpected argument %q", args[0])
			case *key == "":
				return usagef("no account: give --key-file FILE")
			}
			return e.node(*listen, *key, *password)
		}
	},
}

// A nodeResult is what node prints when it serves.
type nodeResult struct {
	RPC     string         `json:"rpc"`
	ChainID string         `json:"chain_id"`
	Account common.Address `json:"account"`
	KeyFile string         `json:"key_file"`
}

func (e *env) node(listen, path, password string) error {
	key, err := readKeyFile(path, password)
	if errors.Is(err, fs.ErrNotExist) && password == "" {
		if key, err = crypto.GenerateKey(); err == nil {
			err = bad(keyfile.Write(path, key))
		}
	}
	if err != nil {
		return err
	}
	account := crypto.PubkeyToAddress(key.PublicKey)
	node, err := chain.StartNode(listen, account)
	if err != nil {
		return bad(err)
	}
	c, err := chain.Dial(e.ctx, node.URL(), key)
	if err != nil {
		return errors.Join(err, node.Close())
	}
	out := &nodeResult{RPC: node.URL(), ChainID: c.ID().String(), Account: account, KeyFile: path}
	err = e.result(out, []row{{"rpc", out.RPC}, {"chain id", out.ChainID}, {"account", fmt.Sprintf("%s, which has 1,000,000 ether here", account)},
		{"key file", path}, {"note", "interrupt it to end it; its chain is gone then"}})
	if err == nil {
		<-e.ctx.Done() // which is how it ends when all is well
	}
	return errors.Join(err, c.Close(), node.Close())
}
