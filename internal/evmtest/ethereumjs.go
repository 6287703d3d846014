// SPDX-License-Identifier: Apache-2.0

package evmtest

import (
	"context"
	"os/exec"
	"path/filepath"
	"strconv"
	"testing"
	"time"

	"github.com/ethereum/go-ethereum/crypto"
	"github.com/ethereum/go-ethereum/ethclient"
	"github.com/ethereum/go-ethereum/rpc"

	"github.com/zkml-go/zkml/chain"
	"github.com/zkml-go/zkml/internal/need"
)

// EthereumJS starts ethereumjs for the time of the test, or skips the test.
func EthereumJS(t testing.TB) *chain.Chain {
	t.Helper()
	return startEthereumJS(t, RandomSetting(t))
}

// startEthereumJS starts ethereumjs under the rules of Osaka. It is JavaScript down to the pairings and
// shares no code with the other two.
func startEthereumJS(t testing.TB, s Setting) *chain.Chain {
	t.Helper()
	need.Tool(t, "ethereumjs")
	script := filepath.Join(need.Root(t), "internal", "evmtest", "node.mjs")
	account := crypto.PubkeyToAddress(s.Key.PublicKey)
	cmd := exec.Command(need.Tool(t, "node"), script, account.Hex(), strconv.FormatInt(s.ChainID, 10))
	requests, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	answers, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	stderr := new(limitedBuffer)
	cmd.Stderr = stderr
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	client, err := rpc.DialIO(ctx, answers, requests)
	t.Cleanup(func() {
		requests.Close() // the script ends with its input, and the client with the script
		if client != nil {
			client.Close()
		}
		cmd.Wait()
		if t.Failed() && len(stderr.data) > 0 {
			t.Logf("node.mjs: %s", stderr.data)
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	c, err := chain.New(ctx, ethclient.NewClient(client), s.Key)
	if err != nil {
		t.Fatalf("node.mjs: %v", err)
	}
	return c
}

// A limitedBuffer keeps the first bytes that are written to it.
type limitedBuffer struct{ data []byte }

func (b *limitedBuffer) Write(p []byte) (int, error) {
	const limit = 4096
	b.data = append(b.data, p[:min(len(p), limit-len(b.data))]...)
	return len(p), nil
}
