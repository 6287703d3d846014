// SPDX-License-Identifier: Apache-2.0

package main

import (
	"flag"
	"testing"
)

func TestBenchCommandLine(t *testing.T) {
	t.Parallel()
	f := flag.NewFlagSet("bench", flag.ContinueOnError)
	f.String("run", "", "")
	f.String("o", "", "")
	f.Bool("text", false, "")
	for _, c := range []struct {
		args []string
		want string
	}{
		{[]string{"bench", "--run", "MSM|NTT", "-o", "a b", "--text"}, "zkml bench --run 'MSM|NTT' --text"},
		{[]string{"bench", "--text", "--o=x", "-run=.", "--o", "x"}, "zkml bench --text -run=."},
		{[]string{"bench", "--run", "-o", "--text"}, "zkml bench --run -o --text"},
		{[]string{"bench", "--run", "it's", "", "o"}, `zkml bench --run 'it'\''s' '' o`},
	} {
		if got := benchCommandLine(f, c.args); got != c.want {
			t.Errorf("%q: got %s, want %s", c.args, got, c.want)
		}
	}
}
