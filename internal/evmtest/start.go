// SPDX-License-Identifier: Apache-2.0

package evmtest

import (
	"bufio"
	"context"
	"crypto/ecdsa"
	"math/big"
	"os/exec"
	"regexp"
	"strconv"
	"testing"
	"time"

	"github.com/ethereum/go-ethereum/crypto"
	"github.com/ethereum/go-ethereum/ethclient"
	"github.com/ethereum/go-ethereum/rpc"

	"github.com/zkml-go/zkml/chain"
	"github.com/zkml-go/zkml/internal/need"
)

// A Setting is what two chains must share for the same transactions to make the same contracts at the same
// addresses.
type Setting struct {
	ChainID int64
	Key     *ecdsa.PrivateKey // of the account that pays
}

// RandomSetting returns the id of development chains and a new account.
func RandomSetting(t testing.TB) Setting {
	t.Helper()
	key, err := crypto.GenerateKey()
	if err != nil {
		t.Fatal(err)
	}
	return Setting{1337, key}
}

// EachStart runs a test on every EVM, as a subtest of its name. The test starts the chains that it needs.
func EachStart(t *testing.T, test func(t *testing.T, start func(Setting) *chain.Chain)) {
	t.Helper()
	t.Run("go-ethereum", func(t *testing.T) {
		test(t, func(s Setting) *chain.Chain { return startEmbedded(t, s) })
	})
	t.Run("anvil", func(t *testing.T) {
		test(t, func(s Setting) *chain.Chain { return startAnvil(t, s) })
	})
	t.Run("ethereumjs", func(t *testing.T) {
		test(t, func(s Setting) *chain.Chain { return startEthereumJS(t, s) })
	})
}

// startEmbedded starts go-ethereum's EVM.
func startEmbedded(t testing.TB, s Setting) *chain.Chain {
	t.Helper()
	c, err := chain.NewEmbeddedOf(t.Context(), s.Key, big.NewInt(s.ChainID))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := c.Close(); err != nil {
			t.Error(err)
		}
	})
	return c
}

var listening = regexp.MustCompile(`^Listening on (127\.0\.0\.1:\d+)`)

// startAnvil starts anvil under the rules of Osaka, on a free port of the loopback interface, or skips the
// test.
func startAnvil(t testing.TB, s Setting) *chain.Chain {
	t.Helper()
	client, err := rpc.DialContext(t.Context(), AnvilURL(t, s))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(client.Close)
	c, err := chain.New(t.Context(), ethclient.NewClient(client), s.Key)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// AnvilURL starts anvil for the time of the test and returns where it serves JSON-RPC, or skips the test.
func AnvilURL(t testing.TB, s Setting) string {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 30*time.Second)
	defer cancel()

	cmd := exec.Command(need.Tool(t, "anvil"), "--host", "127.0.0.1", "--port", "0", "--hardfork", "osaka",
		"--chain-id", strconv.FormatInt(s.ChainID, 10))
	stdout, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		cmd.Process.Kill()
		cmd.Wait()
	})
	address := make(chan string, 1)
	go func() {
		defer close(address)
		lines := bufio.NewScanner(stdout)
		for lines.Scan() {
			if m := listening.FindStringSubmatch(lines.Text()); m != nil {
				address <- m[1]
			}
		}
	}()
	var url string
	select {
	case at, ok := <-address:
		if !ok {
			t.Fatal("anvil ended before it listened")
		}
		url = "http://" + at
	case <-ctx.Done():
		t.Fatal("anvil does not listen")
	}
	client, err := rpc.DialContext(ctx, url)
	if err != nil {
		t.Fatal(err)
	}
	defer client.Close()
	from := crypto.PubkeyToAddress(s.Key.PublicKey)
	if err := client.CallContext(ctx, nil, "anvil_setBalance", from, "0x10000000000000000000000000"); err != nil {
		t.Fatal(err)
	}
	return url
}
