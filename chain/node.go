// SPDX-License-Identifier: Apache-2.0

package chain

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"math/big"
	"net"
	"strconv"
	"sync"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/core"
	"github.com/ethereum/go-ethereum/core/types"
	"github.com/ethereum/go-ethereum/eth"
	"github.com/ethereum/go-ethereum/eth/catalyst"
	"github.com/ethereum/go-ethereum/eth/ethconfig"
	"github.com/ethereum/go-ethereum/eth/filters"
	"github.com/ethereum/go-ethereum/node"
	"github.com/ethereum/go-ethereum/p2p"
	"github.com/ethereum/go-ethereum/rpc"
)

// A Node is go-ethereum in this process, with the rules of the Osaka fork and a chain of its own that is
// gone when it stops. It serves JSON-RPC over HTTP, on a loopback address unless told otherwise, and seals
// a block for every transaction.
type Node struct {
	stack  *node.Node
	beacon *catalyst.SimulatedBeacon
	stop   func()
	sealed sync.WaitGroup
}

// StartNode starts a node at an address, "127.0.0.1:0" for any free port, on whose chain the accounts of
// fund are rich.
func StartNode(address string, fund ...common.Address) (*Node, error) {
	n, err := startNode(address, fund)
	if err != nil {
		return nil, fmt.Errorf("node at %s: %w", address, err)
	}
	return n, nil
}

func startNode(address string, fund []common.Address) (_ *Node, err error) {
	host, service, err := net.SplitHostPort(address)
	if err != nil {
		return nil, err
	}
	port, err := strconv.ParseUint(service, 10, 16)
	if err != nil {
		return nil, fmt.Errorf("port %q", service)
	}
	config := node.DefaultConfig
	config.DataDir = "" // in memory
	config.P2P = p2p.Config{NoDiscovery: true, NoDial: true}
	config.HTTPHost, config.HTTPPort, config.HTTPModules = host, int(port), []string{"eth", "net", "web3"}
	config.AuthAddr, config.AuthPort = "127.0.0.1", 0
	stack, err := node.New(&config)
	if err != nil {
		return nil, err
	}
	n := &Node{stack: stack}
	defer func() {
		if err != nil {
			err = errors.Join(err, n.Close())
		}
	}()
	service2, err := eth.New(stack, ethereumConfig(fund))
	if err != nil {
		return nil, err
	}
	stack.RegisterAPIs([]rpc.API{{Namespace: "eth",
		Service: filters.NewFilterAPI(filters.NewFilterSystem(service2.APIBackend, filters.Config{}))}})
	if err := stack.Start(); err != nil {
		return nil, err
	}
	if n.beacon, err = catalyst.NewSimulatedBeacon(0, common.Address{}, service2); err != nil {
		return nil, err
	}
	// The library makes a first block of its own time; start from block 0 as it was asked for.
	if err := n.beacon.Fork(service2.BlockChain().GetCanonicalHash(0)); err != nil {
		return nil, err
	}
	n.seal(service2)
	return n, nil
}

// ethereumConfig returns the chain of a node.
func ethereumConfig(fund []common.Address) *ethconfig.Config {
	alloc := core.SystemContractAllocs()
	for _, a := range fund {
		alloc[a] = types.Account{Balance: new(big.Int).Mul(big.NewInt(1_000_000), big.NewInt(1e18))}
	}
	// Random, so that no two nodes have the same block 0.
	extra := make([]byte, 32)
	rand.Read(extra)
	config := ethconfig.Defaults
	config.Genesis = &core.Genesis{Config: osaka(), GasLimit: config.Miner.GasCeil, Alloc: alloc, ExtraData: extra}
	config.SyncMode = ethconfig.FullSync
	config.TxPool.NoLocals = true
	config.LogNoHistory = true
	return &config
}

// seal makes a block for every batch of transactions until the node stops.
func (n *Node) seal(service *eth.Ethereum) {
	events := make(chan core.NewTxsEvent, 64)
	subscription := service.TxPool().SubscribeTransactions(events, true)
	ctx, cancel := context.WithCancel(context.Background())
	n.stop = func() { cancel(); subscription.Unsubscribe() }
	n.sealed.Go(func() {
		for {
			select {
			case <-events:
				n.beacon.Commit()
			case <-ctx.Done():
				return
			}
		}
	})
}

// URL returns where the node serves JSON-RPC.
func (n *Node) URL() string { return n.stack.HTTPEndpoint() }

// Close stops the node. Its chain is gone.
func (n *Node) Close() error {
	if n.stop != nil {
		n.stop()
		n.sealed.Wait()
	}
	var err error
	if n.beacon != nil {
		err = n.beacon.Stop()
	}
	return errors.Join(err, n.stack.Close())
}
