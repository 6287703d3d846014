// SPDX-License-Identifier: Apache-2.0

// Package tokenizer turns text into the numbers of tokens that a language model
// takes, and back: byte-level byte pair encoding as GPT-2 introduced it, read from
// the tokenizer.json of Hugging Face's tokenizers.
//
// Text is cut into pieces (words with the space before them, numbers, runs of
// other signs, white space), each piece into bytes, and neighbours are merged in
// the order that training found, so every string has exactly one encoding, whatever
// its bytes.
//
//   - A. Radford et al., Language Models are Unsupervised Multitask Learners, 2019, §2.2
//   - R. Sennrich et al., https://arxiv.org/abs/1508.07909
package tokenizer

import (
	"fmt"
	"strings"
)

// A Tokenizer is immutable and safe for concurrent use.
type Tokenizer struct {
	tokens  []string       // by number: the bytes that a token stands for
	numbers map[string]int // of the tokens that merges make, by bytes
	bytes   [256]int       // the token of each byte
	merges  map[pair]merge
	added   []added // the tokens that are looked for before anything else
}

// A pair is two neighbouring tokens.
type pair struct{ left, right int }

// A merge puts a token in the place of a pair; the lowest rank goes first.
type merge struct{ rank, token int }

// An added token is taken from the text as it is.
type added struct {
	content string
	number  int
}

// Size returns the number of tokens; their numbers are 0 to Size()−1.
func (t *Tokenizer) Size() int { return len(t.tokens) }

// Special returns the number of a token, such as <|endoftext|>, that the
// vocabulary lists apart.
func (t *Tokenizer) Special(content string) (int, bool) {
	for _, a := range t.added {
		if a.content == content {
			return a.number, true
		}
	}
	return 0, false
}

// Encode returns the tokens of text. A special token that is spelled out in text
// is that token.
func (t *Tokenizer) Encode(text string) []int {
	var out []int
	for len(text) > 0 {
		at, a := t.nextAdded(text)
		for rest := text[:at]; len(rest) > 0; {
			n := piece(rest)
			out = t.appendMerged(out, rest[:n])
			rest = rest[n:]
		}
		if a == nil {
			break
		}
		out = append(out, a.number)
		text = text[at+len(a.content):]
	}
	return out
}

// nextAdded returns the first added token in text, the longest of those at one
// place, and where it is; or nil and the length of text.
func (t *Tokenizer) nextAdded(text string) (int, *added) {
	at, found := len(text), (*added)(nil)
	for i := range t.added {
		a := &t.added[i]
		if k := strings.Index(text, a.content); k >= 0 && (k < at || k == at && found != nil && len(a.content) > len(found.content)) {
			at, found = k, a
		}
	}
	return at, found
}

// Decode returns the text of tokens. It need not be valid UTF-8: a character may
// be split over several tokens.
func (t *Tokenizer) Decode(tokens []int) (string, error) {
	var out strings.Builder
	for i, n := range tokens {
		if n < 0 || n >= len(t.tokens) {
			return "", fmt.Errorf("token %d is %d, want 0 to %d", i, n, len(t.tokens)-1)
		}
		out.WriteString(t.tokens[n])
	}
	return out.String(), nil
}
