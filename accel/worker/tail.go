// SPDX-License-Identifier: Apache-2.0

package worker

import (
	"bytes"
	"strconv"
	"strings"
	"sync"
	"unicode/utf8"
)

const (
	tailLines = 6
	lineBytes = 160
)

// A tail keeps the last lines that are written to it, up to the trace of a crash of Go.
type tail struct {
	mu    sync.Mutex
	lines []string
	line  []byte // the last, which has no end yet
	over  bool
}

func (t *tail) Write(p []byte) (int, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	for part := range bytes.Lines(p) {
		whole := part[len(part)-1] == '\n'
		t.line = append(t.line, part[:min(len(part), lineBytes-len(t.line))]...)
		if whole {
			t.end()
		}
	}
	return len(p), nil
}

// end ends a line.
func (t *tail) end() {
	line := bytes.TrimSpace(t.line)
	t.over = t.over || bytes.HasPrefix(line, []byte("goroutine ")) || bytes.HasPrefix(line, []byte("PC=0x"))
	if !t.over && len(line) > 0 {
		t.lines = append(t.lines, printable(string(line)))
		t.lines = t.lines[max(0, len(t.lines)-tailLines):]
	}
	t.line = t.line[:0]
}

// String returns the lines, on one and as printable characters.
func (t *tail) String() string {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.end()
	return strings.Join(t.lines, "; ")
}

// printable returns s on one line, without what could move a cursor.
func printable(s string) string {
	return strings.Map(func(r rune) rune {
		if r == '\n' || r == '\r' || r == '\t' {
			return ' '
		}
		if r == utf8.RuneError || !strconv.IsPrint(r) {
			return '?'
		}
		return r
	}, s)
}
