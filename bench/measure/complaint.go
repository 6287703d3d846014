// SPDX-License-Identifier: Apache-2.0

package measure

import (
	"bytes"
	"strings"
)

// maxComplaint is how much of what a child complains of is kept.
const maxComplaint = 1 << 16

// A complaint is the beginning of what a child writes to standard error: a crash says what it
// is first, and then where every goroutine was.
type complaint struct{ kept bytes.Buffer }

// Write implements io.Writer.
func (c *complaint) Write(p []byte) (int, error) {
	c.kept.Write(p[:min(len(p), maxComplaint-c.kept.Len())])
	return len(p), nil
}

// line returns the line that says most: the first of a crash, or the first.
func (c *complaint) line() string {
	first := ""
	for l := range strings.Lines(c.kept.String()) {
		l = strings.TrimSpace(l)
		if strings.HasPrefix(l, "panic: ") || strings.HasPrefix(l, "fatal error: ") || strings.HasPrefix(l, "zkml: error: ") {
			return strings.TrimPrefix(l, "zkml: error: ")
		}
		if first == "" {
			first = l
		}
	}
	return first
}
