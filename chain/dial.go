// SPDX-License-Identifier: Apache-2.0

package chain

import (
	"context"
	"crypto/ecdsa"
	"errors"
	"fmt"
	"math/big"
	"net"
	"net/http"
	"net/url"
	"slices"
	"time"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/ethclient"
	"github.com/ethereum/go-ethereum/rpc"

	"github.com/zkml-go/zkml/chain/journal"
)

// ErrUnreachable says that no node answers at an address.
var ErrUnreachable = errors.New("no Ethereum node answers")

// dialTimeout bounds the first call of a node.
const dialTimeout = 15 * time.Second

// Dial returns the chain of the node at a URL, with key as the account that pays. An error that wraps
// ErrUnreachable says why no node answered, and never the URL, which may have a secret in it.
func Dial(ctx context.Context, rawURL string, key *ecdsa.PrivateKey) (*Chain, error) {
	first, cancel := context.WithTimeout(ctx, dialTimeout)
	defer cancel()
	// Anything else, such as a URL without its scheme, would be taken for the path of a socket, and shown.
	u, err := url.Parse(rawURL)
	if err != nil || !slices.Contains([]string{"http", "https", "ws", "wss"}, u.Scheme) || u.Host == "" {
		return nil, fmt.Errorf("%w: the URL is none of http, https, ws or wss", ErrUnreachable)
	}
	shown, options := shownURL(u)
	client, err := rpc.DialOptions(first, shown, options...)
	if err != nil {
		return nil, unreachable(u, err)
	}
	c, err := New(first, ethclient.NewClient(client), key)
	if err != nil {
		client.Close()
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		return nil, unreachable(u, err)
	}
	c.close = func() error { client.Close(); return nil }
	return c, nil
}

// shownURL returns the URL to give to a client, whose errors show it. For HTTP that is the host alone: the
// rest, which providers put keys in, is put back on the way.
func shownURL(u *url.URL) (string, []rpc.ClientOption) {
	if u.Scheme != "http" && u.Scheme != "https" {
		return u.String(), nil
	}
	return u.Scheme + "://" + u.Host, []rpc.ClientOption{rpc.WithHTTPClient(&http.Client{Transport: full{u}})}
}

// full is a transport that sends every request to one URL.
type full struct{ *url.URL }

func (f full) RoundTrip(r *http.Request) (*http.Response, error) {
	r = r.Clone(r.Context())
	r.URL, r.Host = f.URL, f.Host
	if f.User != nil {
		password, _ := f.User.Password()
		r.SetBasicAuth(f.User.Username(), password)
	}
	return http.DefaultTransport.RoundTrip(r)
}

// unreachable names the host and what is wrong, without the rest of the URL.
func unreachable(u *url.URL, err error) error {
	return fmt.Errorf("%w at %s: %w", ErrUnreachable, u.Host, bare(err))
}

// bare returns an error without the URL that was asked for.
func bare(err error) error {
	var u *url.Error
	if errors.As(err, &u) {
		return u.Err
	}
	var h rpc.HTTPError
	if errors.As(err, &h) {
		return errors.New(h.Status)
	}
	return err
}

// isTransport reports whether an error is of the way to the node, not of the node's answer.
func isTransport(err error) bool {
	var n net.Error
	return errors.As(err, &n) || errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded)
}

// Header returns whose journal one of this account on this chain is.
func (c *Chain) Header(ctx context.Context) (journal.Header, error) {
	genesis, err := c.backend.HeaderByNumber(ctx, new(big.Int))
	if err != nil {
		return journal.Header{}, fmt.Errorf("block 0: %w", err)
	}
	return journal.Header{ChainID: c.id.String(), Genesis: genesis.Hash(), From: c.From()}, nil
}

// Code returns the code at an address, empty if there is none.
func (c *Chain) Code(ctx context.Context, at common.Address) ([]byte, error) {
	code, err := c.backend.CodeAt(ctx, at, nil)
	if err != nil {
		return nil, fmt.Errorf("code at %s: %w", at, err)
	}
	return code, nil
}
