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
// compiler, "onnxruntime" that of ONNX Runtime and "snarkjs" the snarkjs command, which all also need node in
// the path, and "anvil" is the second EVM; `make tools` installs all four. Any other name is looked up in
// the path.
func Tool(t testing.TB, name string) string {
	t.Helper()
	path, hint := find(Root(t), name)
	if hint == "" {
		return path
	}
	if os.Getenv("ZKML_CI") == "1" {
		t.Fatalf("needs %s and ZKML_CI=1 forbids skipping: %s", name, hint)
	}
	t.Skipf("needs %s: %s", name, hint)
	return ""
}

// find returns the path of a tool or, if it is not there, how to get it.
func find(root, name string) (path, hint string) {
	modules := filepath.Join(root, "contracts", "node_modules")
	const install = "run npm ci in the directory contracts"
	switch name {
	case "solc":
		if _, hint := find(root, "node"); hint != "" {
			return "", hint
		}
		path, hint = filepath.Join(modules, "solc"), install
	case "onnxruntime":
		if _, hint := find(root, "node"); hint != "" {
			return "", hint
		}
		path, hint = filepath.Join(root, "internal", "ort", "node_modules", "onnxruntime-node"), "run npm ci in the directory internal/ort"
	case "snarkjs":
		if _, hint := find(root, "node"); hint != "" {
			return "", hint
		}
		path, hint = filepath.Join(root, "ceremony", "ptau", "node_modules", "snarkjs", "build", "cli.cjs"), "run npm ci in the directory ceremony/ptau"
	case "anvil":
		path, hint = filepath.Join(modules, "@foundry-rs", "anvil-linux-amd64", "bin", "anvil"), install
	default:
		path, err := exec.LookPath(name)
		if err != nil {
			return "", "install " + name
		}
		return path, ""
	}
	if _, err := os.Stat(path); err != nil {
		return "", hint
	}
	return path, ""
}
