// SPDX-License-Identifier: Apache-2.0

package tokenizer

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
)

// ErrFormat is wrapped by every complaint of Parse.
var ErrFormat = errors.New("bad tokenizer")

// file is what Parse reads of a tokenizer.json.
type file struct {
	AddedTokens []struct {
		ID         int
		Content    string
		SingleWord bool `json:"single_word"`
		LStrip     bool
		RStrip     bool
	} `json:"added_tokens"`
	Normalizer   *kind
	PreTokenizer *struct {
		kind
		AddPrefixSpace bool  `json:"add_prefix_space"`
		UseRegex       *bool `json:"use_regex"`
	} `json:"pre_tokenizer"`
	PostProcessor *kind `json:"post_processor"`
	Decoder       *kind
	Model         struct {
		kind
		Dropout                 *float64
		ContinuingSubwordPrefix string `json:"continuing_subword_prefix"`
		EndOfWordSuffix         string `json:"end_of_word_suffix"`
		ByteFallback            bool   `json:"byte_fallback"`
		IgnoreMerges            bool   `json:"ignore_merges"`
		Vocab                   map[string]int
		Merges                  []mergeText
	}
}

type kind struct{ Type string }

// mergeText is "left right" or ["left", "right"].
type mergeText struct{ left, right string }

// UnmarshalJSON implements json.Unmarshaler.
func (m *mergeText) UnmarshalJSON(data []byte) error {
	var s string
	if json.Unmarshal(data, &s) == nil {
		var ok bool
		if m.left, m.right, ok = strings.Cut(s, " "); !ok {
			return fmt.Errorf("merge %q, want two tokens", s)
		}
		return nil
	}
	var two []string
	if err := json.Unmarshal(data, &two); err != nil || len(two) != 2 {
		return fmt.Errorf("merge %s, want two tokens", data)
	}
	m.left, m.right = two[0], two[1]
	return nil
}

// Parse reads a tokenizer.json that describes byte-level byte pair encoding, and
// refuses all others by name. Errors wrap ErrFormat.
func Parse(data []byte) (*Tokenizer, error) {
	var f file
	if err := json.Unmarshal(data, &f); err != nil {
		return nil, fmt.Errorf("%w: %w", ErrFormat, err)
	}
	t, err := f.tokenizer()
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrFormat, err)
	}
	return t, nil
}

// supported refuses what would make other tokens.
func (f *file) supported() error {
	const level = "ByteLevel"
	m := &f.Model
	switch {
	case m.Type != "BPE":
		return fmt.Errorf("model %q, want BPE", m.Type)
	case f.Normalizer != nil:
		return fmt.Errorf("normalizer %q is not supported", f.Normalizer.Type)
	case f.PreTokenizer == nil || f.PreTokenizer.Type != level:
		return errors.New("the pre-tokenizer is not ByteLevel")
	case f.PreTokenizer.AddPrefixSpace || f.PreTokenizer.UseRegex != nil && !*f.PreTokenizer.UseRegex:
		return errors.New("a ByteLevel pre-tokenizer with add_prefix_space or without use_regex is not supported")
	case f.PostProcessor != nil && f.PostProcessor.Type != level:
		return fmt.Errorf("post-processor %q is not supported", f.PostProcessor.Type)
	case f.Decoder == nil || f.Decoder.Type != level:
		return errors.New("the decoder is not ByteLevel")
	case m.Dropout != nil && *m.Dropout != 0, m.ContinuingSubwordPrefix != "", m.EndOfWordSuffix != "", m.ByteFallback, m.IgnoreMerges:
		return errors.New("dropout, subword prefixes and suffixes, byte_fallback and ignore_merges are not supported")
	}
	return nil
}

func (f *file) tokenizer() (*Tokenizer, error) {
	if err := f.supported(); err != nil {
		return nil, err
	}
	all, err := f.numbers()
	if err != nil {
		return nil, err
	}
	t := &Tokenizer{tokens: make([]string, len(all)), numbers: map[string]int{}, merges: map[pair]merge{}}
	taken := make([]bool, len(all))
	for text, n := range all {
		if n < 0 || n >= len(all) || taken[n] {
			return nil, fmt.Errorf("%d tokens are not numbered from 0: %q is %d", len(all), text, n)
		}
		taken[n] = true
		if t.tokens[n], err = f.bytes(text); err != nil {
			return nil, err
		}
	}
	for text, n := range f.Model.Vocab {
		if b, err := fromRunes(text); err == nil {
			t.numbers[b] = n
		}
	}
	for b := range t.bytes {
		n, ok := t.numbers[string([]byte{byte(b)})]
		if !ok {
			return nil, fmt.Errorf("no token stands for byte %#02x", b)
		}
		t.bytes[b] = n
	}
	for _, a := range f.AddedTokens {
		t.added = append(t.added, added{a.Content, a.ID})
	}
	return t, t.addMerges(f.Model.Merges)
}

// numbers returns the numbers of the vocabulary and of the added tokens.
func (f *file) numbers() (map[string]int, error) {
	all := make(map[string]int, len(f.Model.Vocab))
	for text, n := range f.Model.Vocab {
		all[text] = n
	}
	for _, a := range f.AddedTokens {
		if n, ok := all[a.Content]; ok && n != a.ID || a.Content == "" {
			return nil, fmt.Errorf("added token %q is %d and %d", a.Content, a.ID, n)
		}
		if a.SingleWord || a.LStrip || a.RStrip {
			return nil, fmt.Errorf("added token %q takes more than its own text, which is not supported", a.Content)
		}
		all[a.Content] = a.ID
	}
	return all, nil
}

// bytes returns what a token stands for: an added one for its text.
func (f *file) bytes(text string) (string, error) {
	for _, a := range f.AddedTokens {
		if a.Content == text {
			return text, nil
		}
	}
	return fromRunes(text)
}

func (t *Tokenizer) addMerges(merges []mergeText) error {
	for rank, m := range merges {
		left, err1 := fromRunes(m.left)
		right, err2 := fromRunes(m.right)
		a, ok1 := t.numbers[left]
		b, ok2 := t.numbers[right]
		c, ok3 := t.numbers[left+right]
		if err1 != nil || err2 != nil || !ok1 || !ok2 || !ok3 {
			return fmt.Errorf("merge %d of %q and %q: not all of them are tokens", rank, m.left, m.right)
		}
		if _, twice := t.merges[pair{a, b}]; twice {
			return fmt.Errorf("merge %d of %q and %q: it is listed twice", rank, m.left, m.right)
		}
		t.merges[pair{a, b}] = merge{rank, c}
	}
	return nil
}
