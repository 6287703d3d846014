// SPDX-License-Identifier: Apache-2.0

package need

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestFind(t *testing.T) {
	t.Parallel()
	root := t.TempDir()
	for _, tool := range []string{"anvil", "no-such-tool-anywhere"} {
		if path, hint := find(root, tool); hint == "" {
			t.Errorf("%s is found at %s in an empty directory", tool, path)
		}
	}
	at := filepath.Join(root, "contracts", "node_modules", "@foundry-rs", "anvil-linux-amd64", "bin")
	if err := os.MkdirAll(at, 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(at, "anvil"), nil, 0o755); err != nil {
		t.Fatal(err)
	}
	if path, hint := find(root, "anvil"); hint != "" || path != filepath.Join(at, "anvil") {
		t.Errorf("got path %q and hint %q", path, hint)
	}
	if path, hint := find(root, "go"); hint != "" {
		t.Errorf("go, which runs this test, is not found: %s (path %q)", hint, path)
	}
}

// recorder notes how a test ends.
type recorder struct {
	testing.TB
	skipped, failed string
}

func (r *recorder) Helper() {}

func (r *recorder) Skipf(format string, args ...any) { r.skipped = format }

func (r *recorder) Fatalf(format string, args ...any) {
	r.failed = format
	panic(r) // Fatalf does not return
}

// TestToolSkipsOrFails checks that ZKML_CI=1 turns a skip into a failure, but for want of a compiler.
func TestToolSkipsOrFails(t *testing.T) {
	run := func(tool string) (r *recorder) {
		r = &recorder{TB: t}
		defer func() {
			if p := recover(); p != nil && p != any(r) {
				panic(p)
			}
		}()
		Tool(r, tool)
		return r
	}
	const none = "no-such-tool-anywhere"
	t.Setenv("ZKML_CI", "")
	if r := run(none); !strings.Contains(r.skipped, "%s") || r.failed != "" {
		t.Errorf("without ZKML_CI: skipped %q, failed %q", r.skipped, r.failed)
	}
	t.Setenv("ZKML_CI", "1")
	if r := run(none); r.failed == "" || r.skipped != "" {
		t.Errorf("with ZKML_CI=1: skipped %q, failed %q", r.skipped, r.failed)
	}
	t.Setenv("PATH", t.TempDir())
	for _, compiler := range []string{"gcc", "g++"} {
		if r := run(compiler); r.skipped == "" || r.failed != "" {
			t.Errorf("with ZKML_CI=1 and without %s: skipped %q, failed %q", compiler, r.skipped, r.failed)
		}
	}
}
