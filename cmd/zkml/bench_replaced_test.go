// SPDX-License-Identifier: Apache-2.0

package main

import (
	"bufio"
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
)

// All processes of a run are one program, even if another takes the place of its file.
func TestBenchReplaced(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("other systems than Linux find a program by its path only")
	}
	t.Parallel()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(self)
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "zkml") // as which the test is the command
	if err := os.WriteFile(path, data, 0o755); err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), path, "bench", "--run", "Field/.*/op=mul", "--count", "1", "--models", "none", "--roofline=false")
	var out bytes.Buffer
	cmd.Stdout = &out
	progress, err := cmd.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewScanner(progress)
	for first := true; lines.Scan(); first = false {
		if first { // and one more process is to come
			if err := os.Remove(path); err != nil {
				t.Error(err)
			}
			if err := os.WriteFile(path, []byte("#!/bin/sh\nexit 7\n"), 0o755); err != nil {
				t.Error(err)
			}
		}
		if strings.Contains(lines.Text(), "failed") {
			t.Error(lines.Text())
		}
	}
	if err := cmd.Wait(); err != nil || strings.Count(out.String(), "op=mul") != 2 || strings.Contains(out.String(), "FAILED") {
		t.Errorf("%v: %s", err, out.String())
	}
}
