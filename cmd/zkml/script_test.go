// SPDX-License-Identifier: Apache-2.0

package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"regexp"
	"strconv"
	"strings"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/testscript"

	"github.com/zkml-go/zkml/accel/icicle"
)

// scriptCommands are the commands of scripts; testdata/script/README.md explains
// them.
var scriptCommands = map[string]func(ts *testscript.TestScript, neg bool, args []string){
	"exits":     exits,
	"quiet":     quiet,
	"jsonfield": jsonField,
	"bundle": func(ts *testscript.TestScript, _ bool, args []string) {
		ts.Check(copyBundle(args[0], ts.MkAbs(args[1])))
	},
	"onnx":     writeONNX,
	"array":    writeArray,
	"picture":  writePicture,
	"srs":      writeSRS,
	"ptau":     writePtau,
	"sha256":   hashFile,
	"flip":     flip,
	"edit":     edit,
	"other":    other,
	"mode":     mode,
	"repeat":   repeat,
	"borrow":   borrow,
	"same":     same,
	"node":     startNode,
	"remember": remember,
	"setmode":  setMode,
}

func condition(name string) (bool, error) {
	switch name {
	case "root": // whom no file mode stops
		return os.Getuid() == 0, nil
	case "icicle": // whose libraries there are
		_, err := icicle.Installed()
		return err == nil, nil
	}
	return false, fmt.Errorf("unknown condition %q", name)
}

// messageLine is what a line on standard error looks like.
var messageLine = regexp.MustCompile(`^zkml: .*\S$`)

// exits CODE COMMAND ARGS... runs a command, wants its exit code and that it
// keeps the rules for standard error.
func exits(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: exits code command args...")
	}
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	got := 0
	var exit *exec.ExitError
	if err := ts.Exec(args[1], args[2:]...); errors.As(err, &exit) {
		got = exit.ExitCode()
	} else if err != nil {
		ts.Fatalf("%v", err)
	}
	if got != want {
		ts.Fatalf("exit code %d, want %d", got, want)
	}
	if err := checkMessages(got, ts.ReadFile("stderr")); err != nil {
		ts.Fatalf("%v", err)
	}
}

// checkMessages checks standard error: lines that start with "zkml:", an error if
// and only if the command failed, no trace of a panic. A command line without a
// command gets the list of commands instead.
func checkMessages(code int, stderr string) error {
	if strings.HasPrefix(stderr, "zkml proves") {
		return nil
	}
	mistakes := 0
	for line := range strings.Lines(stderr) {
		line = strings.TrimSuffix(line, "\n")
		if !messageLine.MatchString(line) {
			return fmt.Errorf("line on standard error: %q", line)
		}
		if strings.HasPrefix(line, "zkml: error: ") {
			mistakes++
		}
		if strings.Contains(line, "internal error") || strings.Contains(line, "panic") {
			return fmt.Errorf("a crash: %s", line)
		}
	}
	if want := min(code, 1); mistakes != want {
		return fmt.Errorf("exit code %d with %d errors on standard error, want %d", code, mistakes, want)
	}
	return nil
}

// quiet wants nothing on standard error of the last command, but for what the
// command says of steps that took a second, as they do on a busy machine.
func quiet(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) > 0 {
		ts.Fatalf("usage: quiet")
	}
	if err := onlySteps(ts.ReadFile("stderr")); err != nil {
		ts.Fatalf("%v", err)
	}
}

var stepBegins, stepEnds = regexp.MustCompile(`^zkml: ([^:]+) …$`), regexp.MustCompile(`^zkml: ([^:]+): \d+\.\d\d s$`)

// onlySteps wants no line on standard error but the begins of steps and their ends.
func onlySteps(stderr string) error {
	open := map[string]bool{}
	for line := range strings.Lines(stderr) {
		line = strings.TrimSuffix(line, "\n")
		if m := stepBegins.FindStringSubmatch(line); m != nil {
			open[m[1]] = true
		} else if m := stepEnds.FindStringSubmatch(line); m != nil && open[m[1]] {
			delete(open, m[1])
		} else {
			return fmt.Errorf("line on standard error: %q", line)
		}
	}
	if len(open) > 0 {
		return fmt.Errorf("steps without an end on standard error: %v", open)
	}
	return nil
}

// flip FILE OFFSET flips the lowest bit of a byte; a negative offset counts from
// the end.
func flip(ts *testscript.TestScript, _ bool, args []string) {
	at, err := strconv.Atoi(args[1])
	ts.Check(err)
	data := []byte(ts.ReadFile(args[0]))
	if at < 0 {
		at += len(data)
	}
	data[at] ^= 1
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), data, 0o666))
}

// edit FILE REGEXP TEXT replaces the only match of a regular expression.
func edit(ts *testscript.TestScript, _ bool, args []string) {
	re, err := regexp.Compile(args[1])
	ts.Check(err)
	old := ts.ReadFile(args[0])
	if n := len(re.FindAllString(old, -1)); n != 1 {
		ts.Fatalf("%d matches of %s, want 1", n, args[1])
	}
	text := re.ReplaceAllString(old, args[2])
	if text == old {
		ts.Fatalf("nothing changed")
	}
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), []byte(text), 0o666))
}

// other FILE FIELD flips the last bit of a hexadecimal string of a JSON text: what
// is there is random where it is salted, so no text put in its place is sure to differ.
func other(ts *testscript.TestScript, _ bool, args []string) {
	re := regexp.MustCompile(`"` + args[1] + `": "0x[0-9a-f]*([0-9a-f])"`)
	text := []byte(ts.ReadFile(args[0]))
	at := re.FindAllSubmatchIndex(text, -1)
	if len(at) != 1 {
		ts.Fatalf("%d fields %q, want 1", len(at), args[1])
	}
	const digits = "0123456789abcdef"
	digit := &text[at[0][2]]
	*digit = digits[strings.IndexByte(digits, *digit)^1]
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), text, 0o666))
}

// borrow FIELD FROM TO copies a field of one JSON text, a string that stands on a
// line of its own, to another.
func borrow(ts *testscript.TestScript, _ bool, args []string) {
	re := regexp.MustCompile(`(?m)^  "` + args[0] + `": ".*"`)
	from := re.FindString(ts.ReadFile(args[1]))
	to := ts.ReadFile(args[2])
	if from == "" || len(re.FindAllString(to, -1)) != 1 {
		ts.Fatalf("no field %q in both files", args[0])
	}
	ts.Check(os.WriteFile(ts.MkAbs(args[2]), []byte(re.ReplaceAllLiteralString(to, from)), 0o666))
}

// same FIELD FILE FILE wants the same value in two JSON texts.
func same(ts *testscript.TestScript, _ bool, args []string) {
	var v [2]any
	for i, file := range args[1:] {
		ts.Check(json.Unmarshal([]byte(ts.ReadFile(file)), &v[i]))
		var err error
		v[i], err = lookUp(v[i], args[0])
		ts.Check(err)
	}
	if d := cmp.Diff(v[0], v[1]); d != "" {
		ts.Fatalf("%s differs (-%s +%s):\n%s", args[0], args[1], args[2], d)
	}
}

// mode FILE MODE wants the permissions of a file, in octal.
func mode(ts *testscript.TestScript, _ bool, args []string) {
	info, err := os.Stat(ts.MkAbs(args[0]))
	ts.Check(err)
	if got := fmt.Sprintf("%04o", info.Mode().Perm()); got != args[1] {
		ts.Fatalf("mode %s, want %s", got, args[1])
	}
}

// repeat FILE N TEXT writes a text N times.
func repeat(ts *testscript.TestScript, _ bool, args []string) {
	n, err := strconv.Atoi(args[1])
	ts.Check(err)
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), []byte(strings.Repeat(args[2], n)), 0o666))
}
