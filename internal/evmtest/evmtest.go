// SPDX-License-Identifier: Apache-2.0

// Package evmtest runs the contracts in tests: on go-ethereum's EVM, which is always there, and on two of
// other authors and in other languages, anvil and ethereumjs, when they are installed. It makes proofs to
// give them, and forged ones.
package evmtest

import (
	"bytes"
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"github.com/zkml-go/zkml/chain"
	"github.com/zkml-go/zkml/contracts"
	"github.com/zkml-go/zkml/internal/need"
)

// Each runs a test on every EVM that is fast, as a subtest of its name.
func Each(t *testing.T, test func(t *testing.T, c *chain.Chain)) {
	t.Helper()
	t.Run("go-ethereum", func(t *testing.T) { test(t, Embedded(t)) })
	t.Run("anvil", func(t *testing.T) { test(t, Anvil(t)) })
}

// All runs a test on every EVM, as a subtest of its name. Pairings take ethereumjs a tenth of a second,
// so a test should hold no more than some dozens of them.
func All(t *testing.T, test func(t *testing.T, c *chain.Chain)) {
	t.Helper()
	Each(t, test)
	t.Run("ethereumjs", func(t *testing.T) { test(t, EthereumJS(t)) })
}

// Embedded starts go-ethereum's EVM for the time of the test.
func Embedded(t testing.TB) *chain.Chain {
	t.Helper()
	return startEmbedded(t, RandomSetting(t))
}

// Anvil starts anvil for the time of the test, or skips the test.
func Anvil(t testing.TB) *chain.Chain {
	t.Helper()
	return startAnvil(t, RandomSetting(t))
}

// Compile compiles Solidity sources, by file name, with the compiler and the settings of the repository,
// and returns the contracts that can be deployed, by name. A name such as "../true/X.sol" is that of a source
// that others import and that gives no contract of its own. It skips the test if there is no compiler.
func Compile(t testing.TB, sources map[string]string) map[string]contracts.Artifact {
	t.Helper()
	return compile(t, sources)
}

// CompileQuick is Compile without the compiler's IR pipeline, in a third of the time: for contracts with
// planted faults, of which there are many and whose gas is nobody's concern.
func CompileQuick(t testing.TB, sources map[string]string) map[string]contracts.Artifact {
	t.Helper()
	return compile(t, sources, "quick")
}

func compile(t testing.TB, sources map[string]string, args ...string) map[string]contracts.Artifact {
	t.Helper()
	need.Tool(t, "solc")
	root := t.TempDir()
	out := filepath.Join(root, "artifacts")
	if err := os.Mkdir(filepath.Join(root, "src"), 0o755); err != nil {
		t.Fatal(err)
	}
	for name, text := range sources {
		file := filepath.Join(root, "src", name)
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	Build(t, append([]string{out, root}, args...)...)
	files, err := filepath.Glob(filepath.Join(out, "*.json"))
	if err != nil {
		t.Fatal(err)
	}
	artifacts := map[string]contracts.Artifact{}
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		a, err := contracts.Parse(data)
		if err != nil {
			t.Fatal(err)
		}
		artifacts[a.Name] = a
	}
	return artifacts
}

// Build runs contracts/build.mjs with the given arguments, or skips the test if there is no compiler.
func Build(t testing.TB, args ...string) {
	t.Helper()
	need.Tool(t, "solc")
	script := filepath.Join(need.Root(t), "contracts", "build.mjs")
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Minute)
	defer cancel()
	cmd := exec.CommandContext(ctx, need.Tool(t, "node"), append([]string{script}, args...)...)
	var output bytes.Buffer
	cmd.Stdout, cmd.Stderr = &output, &output
	if err := cmd.Run(); err != nil {
		t.Fatalf("build.mjs: %v\n%s", err, output.Bytes())
	}
}
