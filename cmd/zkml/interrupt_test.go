// SPDX-License-Identifier: Apache-2.0

package main

import (
	"bufio"
	"context"
	"errors"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/zkml-go/zkml/examples"
)

// content returns the names and contents of the files of a directory.
func content(t *testing.T, dir string) map[string]string {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	m := map[string]string{}
	for _, e := range entries {
		data, err := os.ReadFile(filepath.Join(dir, e.Name()))
		if err != nil {
			t.Fatal(err)
		}
		m[e.Name()] = string(data)
	}
	return m
}

// TestCancelled runs commands whose context has ended: they write nothing.
func TestCancelled(t *testing.T) {
	t.Parallel()
	dir, input, _ := proved(t, "both")
	before := content(t, dir)
	out := t.TempDir()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	for _, args := range [][]string{
		{"inspect", write(t, "m.onnx", examples.MLP())},
		{"compile", write(t, "m.onnx", model(models["tiny"])), "-o", filepath.Join(out, "m.zkml"), "--calibration-random", "5", "--input-range", "0,1"},
		{"setup", dir, "--insecure-setup"},
		{"run", dir, "--input", input},
		{"prove", dir, "--input", input, "-o", filepath.Join(out, "a.zkp")},
		{"demo"},
	} {
		r := zkml(ctx, args...)
		if r.code != exitInterrupted || r.stdout != "" || r.stderr != "zkml: error: interrupted\n" {
			t.Errorf("%v: %+v", args, r)
		}
	}
	if d := cmp.Diff(before, content(t, dir)); d != "" {
		t.Errorf("the bundle has changed:\n%s", d)
	}
	if c := content(t, out); len(c) > 0 {
		t.Errorf("files were written: %v", c)
	}
}

// TestCancelledSetup ends the context at moments all over a setup: the bundle
// has its old keys or its new ones.
func TestCancelledSetup(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("it starts a setup many times")
	}
	dir, input, proof := proved(t, "both")
	before := content(t, dir)
	interrupted := false
	for wait := time.Millisecond; wait < 10*time.Second; wait *= 4 {
		ctx, cancel := context.WithTimeout(t.Context(), wait)
		r := zkml(ctx, "setup", dir, "--insecure-setup")
		cancel()
		if r.code == exitOK {
			break
		}
		interrupted = true
		if r.code != exitInterrupted || r.stdout != "" {
			t.Errorf("after %v: %+v", wait, r)
		}
		if d := cmp.Diff(before, content(t, dir)); d != "" {
			t.Errorf("after %v the bundle has changed:\n%s", wait, d)
		}
	}
	if !interrupted {
		t.Error("no setup was interrupted")
	}
	if r := zkml(t.Context(), "verify", dir, "--proof", proof); r.code != exitInput {
		t.Errorf("a proof of the old keys: %+v", r)
	}
	if r := zkml(t.Context(), "prove", dir, "--input", input, "-o", proof); r.code != exitOK {
		t.Errorf("a proof of the new keys: %+v", r)
	}
}

// TestInterruptedProcess interrupts a process that is deep in a computation: it
// ends soon.
func TestInterruptedProcess(t *testing.T) {
	t.Parallel()
	if testing.Short() || runtime.GOOS == "windows" {
		t.Skip("it waits for a computation of some seconds, and sends a signal")
	}
	dir := filepath.Join(t.TempDir(), "m.zkml")
	if r := zkml(t.Context(), "compile", write(t, "m.onnx", examples.LeNet5()), "-o", dir, "--calibration-random", "2", "--input-range", "0,1"); r.code != exitOK {
		t.Fatalf("%+v", r)
	}
	before := content(t, dir)
	cmd := exec.CommandContext(t.Context(), "zkml", "setup", dir, "--insecure-setup") // TestMain puts it into the path
	stderr, err := cmd.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewScanner(stderr)
	for lines.Scan() && !strings.HasPrefix(lines.Text(), "zkml: making groth16 keys") {
	}
	start := time.Now()
	if err := cmd.Process.Signal(os.Interrupt); err != nil {
		t.Fatal(err)
	}
	rest, err := io.ReadAll(stderr)
	if err != nil {
		t.Fatal(err)
	}
	var exit *exec.ExitError
	if err := cmd.Wait(); !errors.As(err, &exit) || exit.ExitCode() != exitInterrupted {
		t.Errorf("it ended with %v, want exit code %d", err, exitInterrupted)
	}
	if string(rest) != "zkml: error: interrupted\n" {
		t.Errorf("it said %q", rest)
	}
	if took := time.Since(start); took > 10*time.Second {
		t.Errorf("it ended after %v", took)
	}
	if d := cmp.Diff(before, content(t, dir)); d != "" {
		t.Errorf("the bundle has changed:\n%s", d)
	}
}
