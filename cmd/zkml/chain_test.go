// SPDX-License-Identifier: Apache-2.0

package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"

	"github.com/ethereum/go-ethereum/common"
	"github.com/ethereum/go-ethereum/crypto"
	"github.com/ethereum/go-ethereum/ethclient"

	"github.com/zkml-go/zkml/chain"
	"github.com/zkml-go/zkml/chain/keyfile"
	"github.com/zkml-go/zkml/chain/platform"
	"github.com/zkml-go/zkml/contracts"
	"github.com/zkml-go/zkml/internal/evmtest"
)

// A town is a node with a rich account, and a directory for the files of commands.
type town struct {
	url, dir, key string
	account       common.Address
}

// newTown starts a node: anvil, or the one of this program.
func newTown(t *testing.T, anvil bool) *town {
	t.Helper()
	s := evmtest.RandomSetting(t)
	x := &town{dir: t.TempDir(), account: crypto.PubkeyToAddress(s.Key.PublicKey)}
	x.key = filepath.Join(x.dir, "key")
	if err := keyfile.Write(x.key, s.Key); err != nil {
		t.Fatal(err)
	}
	if anvil {
		x.url = evmtest.AnvilURL(t, s)
		return x
	}
	n, err := chain.StartNode("127.0.0.1:0", x.account)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := n.Close(); err != nil {
			t.Error(err)
		}
	})
	x.url = n.URL()
	return x
}

// nonce returns how many transactions of the account were mined.
func (x *town) nonce(t *testing.T) uint64 {
	t.Helper()
	c, err := ethclient.DialContext(t.Context(), x.url)
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	n, err := c.NonceAt(t.Context(), x.account, nil)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// paying returns the arguments of a command that sends transactions over a URL.
func (x *town) paying(url string, args ...string) []string {
	return append(args, "--rpc", url, "--key-file", x.key, "--deployment", filepath.Join(x.dir, "d.json"), "--json")
}

// do runs a command line, which must succeed, and returns its result.
func do(t *testing.T, args ...string) map[string]any {
	t.Helper()
	r := zkml(t.Context(), args...)
	if r.code != exitOK {
		t.Fatalf("zkml %s: exit code %d\n%s", strings.Join(args, " "), r.code, r.stderr)
	}
	var v map[string]any
	if err := json.Unmarshal([]byte(r.stdout), &v); err != nil {
		t.Fatal(err)
	}
	return v
}

// TestChainLife goes from a bundle to an attested inference and its published input on two nodes of other
// authors.
func TestChainLife(t *testing.T) {
	t.Parallel()
	dir := bundle(t, "committed")
	input := write(t, "x.json", []byte("[0,0.25,0.5,1]"))
	for name, anvil := range map[string]bool{"go-ethereum": false, "anvil": true} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			x := newTown(t, anvil)
			proof := filepath.Join(x.dir, "a.zkp")
			steps := do(t, x.paying(x.url, "deploy", "--system", "groth16")...)["steps"].([]any)
			do(t, x.paying(x.url, "deploy", "--system", "groth16")...)
			registered := do(t, x.paying(x.url, "register", dir, "--insecure-setup", "--fee", "2gwei")...)
			do(t, x.paying(x.url, "register", dir, "--insecure-setup", "--fee", "2gwei")...)
			attest := x.paying(x.url, "attest", dir, "--input", input, "-o", proof, "--pay", "2gwei", "--store", "--publish", "calldata")
			attested := do(t, attest...)
			do(t, attest...)
			if registered["model_id"] != 1.0 || attested["existing"] != false || attested["gas_used"].(float64) < 200_000 {
				t.Errorf("registered %v, attested %v", registered, attested)
			}
			// Registration and fee; data, deposit and attestation.
			if got, want := x.nonce(t), uint64(len(steps)+2+3); got != want {
				t.Errorf("%d transactions were mined, want %d", got, want)
			}
			status := do(t, "status", "--rpc", x.url, "--deployment", filepath.Join(x.dir, "d.json"), "--json",
				"--model", "1", "--inference", fmt.Sprint(attested["inference_id"]), "--data", fmt.Sprint(attested["data"].([]any)[0]))
			inference := status["inference"].(map[string]any)
			if inference["opened"] != true || inference["transaction"] != attested["transaction"] || status["model"].(map[string]any)["fee"] != 2e9 {
				t.Errorf("status %v", status)
			}
		})
	}
}

// TestStopped wants the reason from a verifier that its guardian stopped, before anything is sent.
func TestStopped(t *testing.T) {
	t.Parallel()
	dir := bundle(t, "tiny")
	x := newTown(t, false)
	do(t, x.paying(x.url, "deploy", "--system", "groth16")...)
	do(t, x.paying(x.url, "register", dir, "--insecure-setup")...)
	stop(t, x)
	before := x.nonce(t)
	input := write(t, "x.json", []byte("[[[[0,0.25,0.5,1],[0,0.25,0.5,1],[0,0.25,0.5,1],[0,0.25,0.5,1]]]]"))
	r := zkml(t.Context(), x.paying(x.url, "attest", dir, "--input", input, "-o", filepath.Join(x.dir, "a.zkp"))...)
	if r.code != exitInput || !strings.Contains(r.stderr, "reverted with VerifierStopped()") || !strings.Contains(r.stderr, "hint: the verifier was stopped for good") {
		t.Errorf("attest: %+v", r)
	}
	if n := x.nonce(t); n != before {
		t.Errorf("%d transactions were sent", n-before)
	}
	status := do(t, "status", "--rpc", x.url, "--deployment", filepath.Join(x.dir, "d.json"), "--json")
	if system := status["systems"].([]any)[0].(map[string]any); system["stopped"] != true || system["routed"] != true {
		t.Errorf("status %v", status)
	}
}

// stop stops the verifiers of a town.
func stop(t *testing.T, x *town) {
	t.Helper()
	key, err := keyfile.Read(x.key, "")
	if err != nil {
		t.Fatal(err)
	}
	c, err := chain.Dial(t.Context(), x.url, key)
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	data, err := os.ReadFile(filepath.Join(x.dir, "d.json"))
	if err != nil {
		t.Fatal(err)
	}
	d, err := platform.Decode(data)
	if err != nil {
		t.Fatal(err)
	}
	a, err := contracts.Load("VerifierStop")
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range d.Systems {
		evmtest.Method(chain.Contract{Address: s.Stop.Address, ABI: a.ABI}, "stop").Do(t, c)
	}
}

// TestNodeCommand has a node serve until it is interrupted, and deploys on it.
func TestNodeCommand(t *testing.T) {
	t.Parallel()
	x := &town{dir: t.TempDir()}
	x.key = filepath.Join(x.dir, "key")
	for range 2 { // the second time with the key of the first
		ctx, cancel := context.WithCancel(t.Context())
		out, in := io.Pipe()
		var stderr bytes.Buffer
		code := make(chan int, 1)
		go func() {
			code <- run(ctx, []string{"node", "--key-file", x.key, "--listen", "127.0.0.1:0", "--json"}, in, &stderr)
			in.Close()
		}()
		var served struct{ RPC, Account string }
		if err := json.NewDecoder(out).Decode(&served); err != nil {
			t.Fatalf("%v: %s", err, stderr.Bytes())
		}
		deployed := do(t, "deploy", "--rpc", served.RPC, "--key-file", x.key, "--system", "groth16", "--deployment", filepath.Join(t.TempDir(), "d.json"), "--json")
		if !strings.EqualFold(fmt.Sprint(deployed["deployer"]), served.Account) {
			t.Errorf("%v deployed, want %s", deployed["deployer"], served.Account)
		}
		cancel()
		go io.Copy(io.Discard, out)
		if got := <-code; got != exitOK || stderr.Len() > 0 {
			t.Errorf("it ended with %d: %s", got, stderr.Bytes())
		}
	}
}

// limited returns the URL of a node that stops answering after so many calls.
func (x *town) limited(t *testing.T) (at string, calls, limit *atomic.Int64) {
	t.Helper()
	target, err := url.Parse(x.url)
	if err != nil {
		t.Fatal(err)
	}
	calls, limit = new(atomic.Int64), new(atomic.Int64)
	proxy := httputil.NewSingleHostReverseProxy(target)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if calls.Add(1) > limit.Load() {
			panic(http.ErrAbortHandler)
		}
		proxy.ServeHTTP(w, r)
	}))
	t.Cleanup(server.Close)
	return server.URL, calls, limit
}

// TestLostNode has a node stop answering at every call of a deployment: the error says what to do, and the
// deployment is finished when the node is back.
func TestLostNode(t *testing.T) {
	t.Parallel()
	x := newTown(t, false)
	at, calls, limit := x.limited(t)
	failed := 0
	for n := int64(0); ; n += 7 {
		calls.Store(0)
		limit.Store(n)
		r := zkml(t.Context(), x.paying(at, "deploy", "--system", "groth16")...)
		if r.code == exitOK {
			break
		}
		failed++
		hint := "stopped answering; the same command goes on"
		if n == 0 {
			hint = "check --rpc"
		}
		if r.code != exitInput || !strings.Contains(r.stderr, hint) {
			t.Fatalf("lost after %d calls: %+v", n, r)
		}
	}
	if got := x.nonce(t); got != 10 || failed < 5 {
		t.Errorf("%d transactions were mined, want 10; %d runs failed", got, failed)
	}
}

// TestLostAdding has a node stop answering while a verifier is looked at: that is not the verifier's fault.
func TestLostAdding(t *testing.T) {
	t.Parallel()
	x := newTown(t, false)
	r := zkml(t.Context(), x.paying(x.url, "deploy", "--system", "groth16")...)
	data, err := os.ReadFile(filepath.Join(x.dir, "d.json"))
	if err != nil {
		t.Fatalf("%v: %+v", err, r)
	}
	d, err := platform.Decode(data)
	if err != nil {
		t.Fatal(err)
	}
	for address, says := range map[string]string{
		d.Systems[0].Stop.Address.String(): "never given another",
		x.account.String():                 "is no verifier", // no code
		d.Router.Address.String():          "is no verifier", // no such method
	} {
		at, calls, limit := x.limited(t)
		for n := int64(0); ; n++ {
			calls.Store(0)
			limit.Store(n)
			r := zkml(t.Context(), x.paying(at, "router", "add", address, "--schedule")...)
			if strings.Contains(r.stderr, says) {
				if r.code != exitInput || strings.Contains(r.stderr, "stopped") || n < 3 {
					t.Errorf("%s after %d calls: %+v", address, n, r)
				}
				break
			}
			if hint := "stopped answering; the same command goes on"; n > 0 && !strings.Contains(r.stderr, hint) || n > 50 {
				t.Fatalf("%s, lost after %d calls: %+v", address, n, r)
			}
		}
	}
}

// A killer passes calls on to a node, and kills a process at one of its transactions: before the node has it
// or, if late, after, but before the answer.
type killer struct {
	node string
	kill int // which transaction, from 1; 0 for none
	late bool

	mu      sync.Mutex
	sent    map[string]int // by raw transaction
	count   int
	process *os.Process
}

func (k *killer) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return
	}
	var call struct {
		Method string
		Params []json.RawMessage
	}
	fatal := false
	if json.Unmarshal(body, &call) == nil && call.Method == "eth_sendRawTransaction" {
		k.mu.Lock()
		k.count++
		fatal = k.count == k.kill
		if !fatal || k.late {
			k.sent[string(call.Params[0])]++
		}
		process := k.process
		k.mu.Unlock()
		if fatal && !k.late {
			process.Kill()
			panic(http.ErrAbortHandler)
		}
	}
	answer, err := http.Post(k.node, "application/json", bytes.NewReader(body))
	if fatal {
		k.mu.Lock()
		k.process.Kill()
		k.mu.Unlock()
		panic(http.ErrAbortHandler)
	}
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadGateway)
		return
	}
	defer answer.Body.Close()
	w.Header().Set("Content-Type", "application/json")
	io.Copy(w, answer.Body)
}

// run runs a command line in a process of its own, which the killer may kill.
func (k *killer) run(t *testing.T, args ...string) (killed bool) {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), "zkml", args...) // TestMain puts it into the path
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	k.mu.Lock() // until the process is known
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	k.process = cmd.Process
	k.mu.Unlock()
	err := cmd.Wait()
	var exit *exec.ExitError
	if errors.As(err, &exit) {
		if status, ok := exit.Sys().(syscall.WaitStatus); ok && status.Signaled() {
			return true
		}
	}
	if err != nil {
		t.Fatalf("zkml %s: %v\n%s", strings.Join(args, " "), err, stderr.Bytes())
	}
	return false
}

// TestKilledCommands kills processes at every transaction that they send, before and after the node has it,
// and wants that the same command line finishes the work and nothing is sent twice.
func TestKilledCommands(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("it starts many processes")
	}
	dir := bundle(t, "committed")
	input := write(t, "x.json", []byte("[0,0.25,0.5,1]"))
	for _, late := range []bool{false, true} {
		t.Run(fmt.Sprintf("late=%t", late), func(t *testing.T) {
			t.Parallel()
			x := newTown(t, false)
			total := 0
			for _, args := range [][]string{
				{"deploy", "--system", "groth16"},
				{"register", dir, "--insecure-setup", "--fee", "2gwei"},
				{"attest", dir, "--input", input, "-o", filepath.Join(x.dir, "a.zkp"), "--pay", "2gwei", "--store", "--publish", "calldata"},
				{"router", "remove", "groth16", "--schedule"},
				{"stop", "groth16"},
			} {
				// A run is killed at the first new transaction that it sends, time and again. One that was
				// killed early sends its transaction again first.
				for n := 0; ; n++ {
					k := &killer{node: x.url, kill: 1, late: late, sent: map[string]int{}}
					if !late && n > 0 {
						k.kill = 2
					}
					server := httptest.NewServer(k)
					killed := k.run(t, x.paying(server.URL, args...)...)
					server.Close()
					if !killed {
						break
					}
					total++
					if n > 40 {
						t.Fatalf("%s does not get on", args[0])
					}
				}
			}
			const want = 10 + 2 + 3 + 1 + 1 // see TestChainLife
			if got := x.nonce(t); got != want {
				t.Errorf("%d transactions were mined, want %d", got, want)
			}
			if total < want-3 {
				t.Errorf("%d processes were killed: the harness kills too few", total)
			}
		})
	}
}
