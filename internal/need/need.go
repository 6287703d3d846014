// SPDX-License-Identifier: Apache-2.0

// Package need finds the tools that some tests want and a fresh clone may lack. A test without its tool
// is skipped with one line that names it, or fails when the environment variable ZKML_CI is 1.
package need

import (
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// Root returns the root directory of the repository that holds the test.
func Root(t testing.TB) string {
	t.Helper()
	dir, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			return dir
		}
		parent := filepath.Dir(dir)
		if parent == dir {
			t.Fatal("no go.mod in this directory or above")
		}
		dir = parent
	}
}

// Tool returns the path of a tool, or skips the test. "solc" is the directory of the pinned Solidity
// compiler, "ethereumjs" that of the third EVM, "viem" that of a library for clients, "onnxruntime" that of
// ONNX Runtime and "snarkjs" the snarkjs command, which all need node in the path as well, and "anvil" is the
// second EVM; `make tools` installs them all. Any other name is looked up in the path. Without a compiler of C or
// C++, which nothing installs, the test is skipped whatever ZKML_CI is.
func Tool(t testing.TB, name string) string {
	t.Helper()
	path, hint := find(Root(t), name)
	if hint == "" {
		return path
	}
	if os.Getenv("ZKML_CI") == "1" && !compilers[name] {
		t.Fatalf("needs %s and ZKML_CI=1 forbids skipping: %s", name, hint)
	}
	t.Skipf("needs %s: %s", name, hint)
	return ""
}

// compilers are of C and C++. The project is built and used without.
var compilers = map[string]bool{"gcc": true, "g++": true}

// packages are the tools that npm installs.
var packages = map[string]struct {
	folder, path string // of package.json, and below its node_modules
	binary       bool   // runs without node
}{
	"solc":        {"contracts", "solc", false},
	"anvil":       {"contracts", "@foundry-rs/anvil-linux-amd64/bin/anvil", true},
	"ethereumjs":  {"internal/evmtest", "@ethereumjs/vm", false},
	"viem":        {"examples/attestation", "viem", false},
	"snarkjs":     {"ceremony/ptau", "snarkjs/build/cli.cjs", false},
	"onnxruntime": {"internal/ort", "onnxruntime-node", false},
}

// find returns the path of a tool or, if it is not there, how to get it.
func find(root, name string) (path, hint string) {
	p, ok := packages[name]
	if !ok {
		path, err := exec.LookPath(name)
		if err != nil {
			return "", "install " + name
		}
		return path, ""
	}
	if !p.binary {
		if _, hint := find(root, "node"); hint != "" {
			return "", hint
		}
	}
	path = filepath.Join(root, filepath.FromSlash(p.folder), "node_modules", filepath.FromSlash(p.path))
	if _, err := os.Stat(path); err != nil {
		return "", "run npm ci in the directory " + p.folder
	}
	return path, ""
}
