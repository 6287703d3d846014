// SPDX-License-Identifier: Apache-2.0

package main

import (
	"bytes"
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/zkml-go/zkml/verifier"
)

// TestHelp compares the help text of every command with testdata/help.txt, so
// that a change of the command line is a change that somebody reads.
func TestHelp(t *testing.T) {
	t.Parallel()
	var got strings.Builder
	pages := [][]string{{"help"}}
	for _, c := range commands {
		pages = append(pages, []string{c.name, "-h"})
	}
	for _, args := range pages {
		r := zkml(t.Context(), args...)
		if r.code != exitOK || r.stderr != "" {
			t.Errorf("zkml %v: exit code %d, %s", args, r.code, r.stderr)
		}
		fmt.Fprintf(&got, "$ zkml %s\n%s\n", strings.Join(args, " "), r.stdout)
		for _, line := range strings.Split(r.stdout, "\n") {
			if strings.TrimRight(line, " ") != line {
				t.Errorf("zkml %v: space at the end of %q", args, line)
			}
		}
	}
	path := filepath.Join("testdata", "help.txt")
	if *update {
		if err := os.WriteFile(path, []byte(got.String()), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(string(want), got.String()); d != "" {
		t.Errorf("the help texts differ from %s, go test ./cmd/zkml -update blesses them (-want +got):\n%s", path, d)
	}
}

func TestParse(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		args, positional, n string
		on                  bool
	}{
		{"", "", "", false},
		{"a b", "a b", "", false},
		{"--n 1 a", "a", "1", false},
		{"a --n 1", "a", "1", false},
		{"a --n=1 b --on", "a b", "1", true},
		{"a -on=false b", "a b", "", false},
		{"--n 1 a --n 2", "a", "2", false},
		{"--n -1 a", "a", "-1", false},
		{"--n -- a", "a", "--", false},
		{"-- --n 1", "--n 1", "", false},
		{"a -- --n -- b", "a --n -- b", "", false},
		{"a --on -- b --on", "a b --on", "", true},
		{"--", "", "", false},
		{"a --", "a", "", false},
		{"- a", "- a", "", false},
	} {
		f := flag.NewFlagSet("", flag.ContinueOnError)
		f.SetOutput(io.Discard)
		n, on := f.String("n", "", ""), f.Bool("on", false, "")
		got, err := parse(f, strings.Fields(c.args))
		if err != nil {
			t.Errorf("%q: %v", c.args, err)
			continue
		}
		if strings.Join(got, " ") != c.positional || *n != c.n || *on != c.on {
			t.Errorf("%q: arguments %q, n %q, on %t", c.args, got, *n, *on)
		}
	}
	for _, args := range []string{"--other", "a --other", "a --n", "--on=perhaps", "---n 1", "--=1"} {
		f := flag.NewFlagSet("", flag.ContinueOnError)
		f.SetOutput(io.Discard)
		f.String("n", "", "")
		f.Bool("on", false, "")
		if got, err := parse(f, strings.Fields(args)); err == nil {
			t.Errorf("%q: accepted as %q", args, got)
		}
	}
}

// TestReport says which error has which exit code.
func TestReport(t *testing.T) {
	t.Parallel()
	cancelled, cancel := context.WithCancel(t.Context())
	cancel()
	rejected := fmt.Errorf("a.zkp: %w", &verifier.RejectError{Reason: "no"})
	for _, c := range []struct {
		ctx  context.Context
		err  error
		code int
		want string
	}{
		{t.Context(), nil, exitOK, ""},
		{t.Context(), rejected, exitRejected, "zkml: error: a.zkp: proof rejected: no\n"},
		{t.Context(), usagef("what"), exitUsage, "zkml: error: what\nzkml: hint: usage: zkml version; zkml version -h explains it\n"},
		{t.Context(), badf("off"), exitInput, "zkml: error: off\n"},
		{t.Context(), fmt.Errorf("x: %w", hinted("do", errors.New("off"))), exitInput, "zkml: error: x: off\nzkml: hint: do\n"},
		{t.Context(), bad(rejected), exitInput, "zkml: error: a.zkp: proof rejected: no\n"},
		{t.Context(), errors.New("broken"), exitInternal, "zkml: error: broken\n"},
		{t.Context(), errors.Join(errors.New("a"), errors.New("b\x1b[2J")), exitInternal, "zkml: error: a; b\\x1b[2J\n"},
		{t.Context(), context.Canceled, exitInternal, "zkml: error: context canceled\n"},
		{cancelled, bad(fmt.Errorf("setup: %w", context.Canceled)), exitInterrupted, "zkml: error: interrupted\n"},
		{cancelled, rejected, exitRejected, "zkml: error: a.zkp: proof rejected: no\n"},
	} {
		var stderr bytes.Buffer
		e := &env{ctx: c.ctx, stderr: &stderr}
		if code := e.report(versionCommand, c.err); code != c.code || stderr.String() != c.want {
			t.Errorf("%v: exit code %d and %q, want %d and %q", c.err, code, stderr.String(), c.code, c.want)
		}
	}
}

// full is a device without space.
type full struct{}

func (full) Write([]byte) (int, error) { return 0, errors.New("no space left on device") }

// TestFullOutput wants a failure when a result cannot be printed.
func TestFullOutput(t *testing.T) {
	t.Parallel()
	for _, args := range [][]string{{"version"}, {"version", "--json"}, {"export", "abi", bundle(t, "both")}} {
		var stderr bytes.Buffer
		if code := run(t.Context(), args, full{}, &stderr); code != exitInput || stderr.String() != "zkml: error: no space left on device\n" {
			t.Errorf("%v: exit code %d, %q", args, code, stderr.String())
		}
	}
}

// crashing panics when it is written to.
type crashing struct{}

func (crashing) Write([]byte) (int, error) { panic("out of order") }

// TestCrash wants a trace and the exit code of a bug.
func TestCrash(t *testing.T) {
	t.Parallel()
	var stderr bytes.Buffer
	code := run(t.Context(), []string{"version", "--json"}, crashing{}, &stderr)
	if s := stderr.String(); code != exitInternal || !strings.HasPrefix(s, "zkml: error: internal error: out of order\nzkml: hint: ") ||
		!strings.Contains(s, "crashing.Write") {
		t.Errorf("exit code %d: %s", code, s)
	}
}
