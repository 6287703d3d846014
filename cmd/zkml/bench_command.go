// SPDX-License-Identifier: Apache-2.0

package main

import (
	"flag"
	"regexp"
	"strings"
)

// benchCommandLine returns a command line as a shell takes it, for the report: where the
// report is written is no part of how it was made.
func benchCommandLine(f *flag.FlagSet, args []string) string {
	words := []string{"zkml"}
	for i := 0; i < len(args); i++ {
		name, _, joined := strings.Cut(strings.TrimLeft(args[i], "-"), "=")
		var known *flag.Flag
		if strings.HasPrefix(args[i], "-") {
			known = f.Lookup(name)
		}
		whole := args[i : i+1]
		if known != nil && !joined && !switches(known) && i+1 < len(args) {
			whole = args[i : i+2]
			i++
		}
		if known != nil && known.Name == "o" {
			continue
		}
		for _, w := range whole {
			words = append(words, quoted(w))
		}
	}
	return strings.Join(words, " ")
}

// switches reports whether a flag takes no value.
func switches(f *flag.Flag) bool {
	b, ok := f.Value.(interface{ IsBoolFlag() bool })
	return ok && b.IsBoolFlag()
}

// plainWord is what no shell changes.
var plainWord = regexp.MustCompile(`^[A-Za-z0-9_@%+=:,./-]+$`)

// quoted returns a word for a shell.
func quoted(word string) string {
	if plainWord.MatchString(word) {
		return word
	}
	return "'" + strings.ReplaceAll(word, "'", `'\''`) + "'"
}
