// SPDX-License-Identifier: Apache-2.0

package tokenizer

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// contractions are pieces of their own wherever a piece starts with them.
var contractions = []string{"'s", "'t", "'re", "'ve", "'m", "'ll", "'d"}

// A class is what the characters of a piece have in common.
type class int

const (
	space class = iota
	letter
	number
	other
)

func classOf(r rune) class {
	switch {
	case unicode.IsSpace(r):
		return space
	case unicode.IsLetter(r):
		return letter
	case unicode.IsNumber(r):
		return number
	}
	return other
}

// piece returns the length in bytes of the first piece of text, which is not
// empty: what this expression matches, with invalid bytes as other signs.
//
//	's|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+
func piece(text string) int {
	for _, c := range contractions {
		if strings.HasPrefix(text, c) {
			return len(c)
		}
	}
	start := 0
	if text[0] == ' ' && len(text) > 1 {
		start = 1
	}
	r, _ := utf8.DecodeRuneInString(text[start:])
	if c := classOf(r); c != space {
		n, _ := run(text[start:], c)
		return start + n
	}
	n, last := run(text, space)
	// The last space goes to the word that it stands before.
	if n < len(text) && n > last {
		return n - last
	}
	return n
}

// run returns the length of the longest prefix of text whose characters are of one
// class, and that of its last character.
func run(text string, c class) (n, last int) {
	for n < len(text) {
		r, size := utf8.DecodeRuneInString(text[n:])
		if classOf(r) != c {
			break
		}
		n, last = n+size, size
	}
	return n, last
}
