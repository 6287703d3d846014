// SPDX-License-Identifier: Apache-2.0

package main

import (
	"encoding/json"
	"fmt"
	"strings"
	"text/tabwriter"
	"time"
)

// A row is one line of a result table.
type row struct{ key, value string }

// result prints v as JSON, or the rows as a table.
func (e *env) result(v any, rows []row) error {
	if e.json {
		enc := json.NewEncoder(e.stdout)
		enc.SetIndent("", "  ")
		return enc.Encode(v)
	}
	w := tabwriter.NewWriter(e.stdout, 0, 0, 2, ' ', 0)
	for _, r := range rows {
		fmt.Fprintf(w, "%s\t%s\n", r.key, r.value)
	}
	return w.Flush()
}

// step runs one long action. It says on standard error what goes on once the
// action has taken a second, and how long it took.
func (e *env) step(what string, action func() error) (time.Duration, error) {
	start := time.Now()
	said := make(chan struct{})
	timer := time.AfterFunc(time.Second, func() {
		fmt.Fprintf(e.stderr, "zkml: %s …\n", what)
		close(said)
	})
	err := action()
	took := time.Since(start)
	if !timer.Stop() {
		<-said
		if err == nil {
			fmt.Fprintf(e.stderr, "zkml: %s: %s\n", what, seconds(took))
		}
	}
	return took, err
}

// seconds formats a duration for people.
func seconds(d time.Duration) string {
	if d < 100*time.Millisecond {
		return fmt.Sprintf("%.1f ms", float64(d.Microseconds())/1000)
	}
	return fmt.Sprintf("%.2f s", d.Seconds())
}

// bytesize formats a number of bytes for people.
func bytesize(n int64) string {
	switch {
	case n >= 1<<30:
		return fmt.Sprintf("%.2f GiB", float64(n)/(1<<30))
	case n >= 1<<20:
		return fmt.Sprintf("%.1f MiB", float64(n)/(1<<20))
	}
	return thousands(n) + " B"
}

// thousands groups the digits of n.
func thousands[I ~int | ~int64 | ~uint64](n I) string {
	s := fmt.Sprint(n)
	sign := ""
	if strings.HasPrefix(s, "-") {
		sign, s = "-", s[1:]
	}
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return sign + s
}

// percent formats a share.
func percent(x float64) string { return fmt.Sprintf("%.2f %%", 100*x) }
