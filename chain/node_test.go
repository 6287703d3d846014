// SPDX-License-Identifier: Apache-2.0

package chain_test

import (
	"errors"
	"math/big"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/crypto"

	"github.com/zkml-go/zkml/chain"
)

// TestNode sends transactions over HTTP to a node in this process.
func TestNode(t *testing.T) {
	t.Parallel()
	key, err := crypto.GenerateKey()
	if err != nil {
		t.Fatal(err)
	}
	n, err := chain.StartNode("127.0.0.1:0", crypto.PubkeyToAddress(key.PublicKey))
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := n.Close(); err != nil {
			t.Error(err)
		}
		if _, err := chain.Dial(t.Context(), n.URL(), key); !errors.Is(err, chain.ErrUnreachable) {
			t.Errorf("after Close: got error %v, want ErrUnreachable", err)
		}
	}()
	if !strings.HasPrefix(n.URL(), "http://127.0.0.1:") {
		t.Errorf("the node is at %s, want the loopback interface", n.URL())
	}
	c, err := chain.Dial(t.Context(), n.URL(), key)
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	a := verifier(t)
	contract, err := c.Deploy(t.Context(), a)
	if err != nil {
		t.Fatal(err)
	}
	code, err := c.Code(t.Context(), contract.Address)
	if err != nil || len(code) != len(a.DeployedBytecode) {
		t.Errorf("got %d bytes of code and error %v, want %d", len(code), err, len(a.DeployedBytecode))
	}
	for range 3 {
		if _, err := c.Send(t.Context(), chain.Draft{To: &common.Address{1}, Value: big.NewInt(1)}); err != nil {
			t.Fatal(err)
		}
	}
	if wei, err := c.BalanceAt(t.Context(), common.Address{1}); err != nil || wei.Int64() != 3 {
		t.Errorf("got balance %s and error %v, want 3", wei, err)
	}

	// Two nodes with the same accounts are two chains.
	other, err := chain.StartNode("127.0.0.1:0", c.From())
	if err != nil {
		t.Fatal(err)
	}
	defer other.Close()
	d, err := chain.Dial(t.Context(), other.URL(), key)
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	mine, err := c.Header(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	theirs, err := d.Header(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if mine.Genesis == theirs.Genesis || mine.ChainID != theirs.ChainID {
		t.Errorf("chains %+v and %+v: want one id and two geneses", mine, theirs)
	}
}

// TestUnreachable wants the host and the cause in the error of a node that does not answer, and none of
// the secrets that a URL may have.
func TestUnreachable(t *testing.T) {
	t.Parallel()
	key, err := crypto.GenerateKey()
	if err != nil {
		t.Fatal(err)
	}
	refused, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	closed := refused.Addr().String()
	refused.Close()
	web := httptest.NewServer(http.NotFoundHandler())
	defer web.Close()
	for _, host := range []string{closed, strings.TrimPrefix(web.URL, "http://")} {
		_, err := chain.Dial(t.Context(), "http://user:hunter2@"+host+"/v3/s3cret?key=k3y", key)
		if !errors.Is(err, chain.ErrUnreachable) || !strings.Contains(err.Error(), host) {
			t.Errorf("got error %v, want ErrUnreachable and %s", err, host)
		}
		for _, secret := range []string{"hunter2", "s3cret", "k3y"} {
			if strings.Contains(err.Error(), secret) {
				t.Errorf("error %q tells %q", err, secret)
			}
		}
	}
	for _, url := range []string{"gopher://localhost/s3cret", "localhost:8545/s3cret", "node.example/v3/s3cret", "https://node.example:s3cret/"} {
		if _, err := chain.Dial(t.Context(), url, key); !errors.Is(err, chain.ErrUnreachable) || strings.Contains(err.Error(), "s3cret") {
			t.Errorf("%s: got error %v, want ErrUnreachable without the secret", url, err)
		}
	}
}
