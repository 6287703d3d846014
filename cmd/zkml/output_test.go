// SPDX-License-Identifier: Apache-2.0

package main

import (
	"bytes"
	"errors"
	"strings"
	"testing"
	"time"
)

func TestFormats(t *testing.T) {
	t.Parallel()
	for _, c := range [][2]string{
		{thousands(0), "0"}, {thousands(999), "999"}, {thousands(1000), "1,000"}, {thousands(-1234567), "-1,234,567"},
		{bytesize(1023), "1,023 B"}, {bytesize(1 << 20), "1.0 MiB"}, {bytesize(3 << 29), "1.50 GiB"},
		{seconds(1500 * time.Microsecond), "1.5 ms"}, {seconds(100 * time.Millisecond), "0.10 s"}, {seconds(61 * time.Second), "61.00 s"},
		{percent(0.98765), "98.77 %"}, {percent(1), "100.00 %"},
		{printable("plain ± ×2 …"), "plain ± ×2 …"}, {printable("a\tb\nc\x1b[2J\x7f"), `a\tb\nc\x1b[2J\x7f`},
		{printable("a\xffb\ufffd\u202e"), "a\\xffb\ufffd\\u202e"},
	} {
		if c[0] != c[1] {
			t.Errorf("got %q, want %q", c[0], c[1])
		}
	}
}

// TestResultEscapes prints a model's hostile names.
func TestResultEscapes(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	e := &env{stdout: &out}
	if err := e.result(nil, []row{{"a", "1"}, {"long\x1b[1m", "x\ty\nz"}}); err != nil {
		t.Fatal(err)
	}
	if want := "a            1\nlong\\x1b[1m  x\\ty\\nz\n"; out.String() != want {
		t.Errorf("got %q, want %q", out.String(), want)
	}
}

// TestStep wants a word on standard error of whatever takes a second, the error
// and the panic of the action.
func TestStep(t *testing.T) {
	t.Parallel()
	var stderr bytes.Buffer
	e := &env{ctx: t.Context(), stderr: &stderr}
	failed := errors.New("failed")
	if took, err := e.step("quick", func() error { return failed }); err != failed || took > 30*time.Second || stderr.Len() > 0 {
		t.Errorf("%v after %v: %s", err, took, stderr.String())
	}
	took, err := e.step("slow", func() error {
		time.Sleep(1100 * time.Millisecond)
		return nil
	})
	if err != nil || took < time.Second {
		t.Errorf("%v after %v", err, took)
	}
	if s := stderr.String(); !strings.HasPrefix(s, "zkml: slow …\nzkml: slow: 1.") || !strings.HasSuffix(s, " s\n") {
		t.Errorf("on standard error: %q", s)
	}
	defer func() {
		c := crashed(recover())
		if c.value != "boom" || !bytes.Contains(c.stack, []byte("TestStep")) {
			t.Errorf("recovered %v at %s", c.value, c.stack)
		}
	}()
	_, err = e.step("crash", func() error { panic("boom") })
	t.Errorf("no panic but %v", err)
}

// TestOnlySteps tells steps from everything else on standard error.
func TestOnlySteps(t *testing.T) {
	t.Parallel()
	for stderr, ok := range map[string]bool{
		"": true,
		"zkml: compiling …\nzkml: compiling: 1.25 s\n": true,
		"zkml: compiling …\n":                          false,
		"zkml: compiling: 1.25 s\n":                    false,
		"zkml: warning: careful …\n":                   false,
		"zkml: compiling …\nzkml: hint: wait\n":        false,
		"\n": false,
	} {
		if err := onlySteps(stderr); (err == nil) != ok {
			t.Errorf("%q: %v", stderr, err)
		}
	}
}
