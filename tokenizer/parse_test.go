// SPDX-License-Identifier: Apache-2.0

package tokenizer_test

import (
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/zkml-go/zkml/examples"
	"github.com/zkml-go/zkml/tokenizer"
)

// edited returns the file of the example after a change.
func edited(t testing.TB, change func(f, model map[string]any)) []byte {
	t.Helper()
	var f map[string]any
	if err := json.Unmarshal(examples.StoriesTokenizer(), &f); err != nil {
		t.Fatal(err)
	}
	change(f, f["model"].(map[string]any))
	data, err := json.Marshal(f)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// TestParseRefuses names what a tokenizer has that would make other tokens.
func TestParseRefuses(t *testing.T) {
	t.Parallel()
	type object = map[string]any
	for want, change := range map[string]func(f, m object){
		`model "Unigram"`:                  func(_, m object) { m["type"] = "Unigram" },
		`normalizer "NFC"`:                 func(f, _ object) { f["normalizer"] = object{"type": "NFC"} },
		"the pre-tokenizer is not":         func(f, _ object) { f["pre_tokenizer"] = object{"type": "Whitespace"} },
		"pre-tokenizer is not ByteLevel":   func(f, _ object) { f["pre_tokenizer"] = nil },
		"add_prefix_space":                 func(f, _ object) { f["pre_tokenizer"].(object)["add_prefix_space"] = true },
		"use_regex":                        func(f, _ object) { f["pre_tokenizer"].(object)["use_regex"] = false },
		`post-processor "TemplateProc`:     func(f, _ object) { f["post_processor"] = object{"type": "TemplateProcessing"} },
		"the decoder is not":               func(f, _ object) { f["decoder"] = nil },
		"dropout":                          func(_, m object) { m["dropout"] = 0.1 },
		"prefixes":                         func(_, m object) { m["continuing_subword_prefix"] = "##" },
		"suffixes":                         func(_, m object) { m["end_of_word_suffix"] = "</w>" },
		"byte_fallback":                    func(_, m object) { m["byte_fallback"] = true },
		"ignore_merges":                    func(_, m object) { m["ignore_merges"] = true },
		"not numbered from 0":              func(_, m object) { m["vocab"].(object)["zz"] = 700 },
		`numbered from 0: "zz" is -1`:      func(_, m object) { m["vocab"].(object)["zz"] = -1 },
		"no token stands for byte 0x61":    func(_, m object) { rename(m, "a", "zzzz") },
		"stands for no byte":               func(_, m object) { rename(m, "Ġwas", "☃") },
		"stands for nothing":               func(_, m object) { rename(m, "Ġwas", "") },
		`merge 383 of "t" and "zz": not`:   func(_, m object) { m["merges"] = append(m["merges"].([]any), "t zz") },
		"listed twice":                     func(_, m object) { m["merges"] = append(m["merges"].([]any), "h e") },
		"want two tokens":                  func(_, m object) { m["merges"] = append(m["merges"].([]any), "t") },
		`merge ["t"], want two`:            func(_, m object) { m["merges"] = append(m["merges"].([]any), []any{"t"}) },
		`added token "<|endoftext|>" is 3`: func(f, _ object) { f["added_tokens"].([]any)[0].(object)["id"] = 3 },
		`"<|endoftext|>" takes more than`:  func(f, _ object) { f["added_tokens"].([]any)[0].(object)["lstrip"] = true },
		`added token "" is`:                func(f, _ object) { f["added_tokens"].([]any)[0].(object)["content"] = "" },
		"cannot unmarshal string into Go":  func(_, m object) { m["vocab"] = "abc" },
	} {
		if _, err := tokenizer.Parse(edited(t, change)); !errors.Is(err, tokenizer.ErrFormat) || !strings.Contains(err.Error(), want) {
			t.Errorf("error %v, want %q", err, want)
		}
	}
	for _, data := range []string{"", "{}", "[]", "null", "{"} {
		if _, err := tokenizer.Parse([]byte(data)); !errors.Is(err, tokenizer.ErrFormat) {
			t.Errorf("%q: error %v", data, err)
		}
	}
}

func rename(m map[string]any, from, to string) {
	v := m["vocab"].(map[string]any)
	v[to] = v[from]
	delete(v, from)
}

// TestParseReadsBothForms: merges are pairs in files of today, lines in older ones.
func TestParseReadsBothForms(t *testing.T) {
	t.Parallel()
	old, err := tokenizer.Parse(edited(t, func(f, m map[string]any) {
		for i, x := range m["merges"].([]any) {
			two := x.([]any)
			m["merges"].([]any)[i] = two[0].(string) + " " + two[1].(string)
		}
		delete(f["pre_tokenizer"].(map[string]any), "use_regex")
		f["post_processor"] = map[string]any{"type": "ByteLevel"}
	}))
	if err != nil {
		t.Fatal(err)
	}
	const text = "Once upon a time, there was a small boat."
	if got, want := old.Encode(text), parse(t).Encode(text); !slices.Equal(got, want) {
		t.Errorf("tokens %v, want %v", got, want)
	}
}

// FuzzParse: a file makes a tokenizer that gives back what it is given, or an error.
func FuzzParse(f *testing.F) {
	f.Add(edited(f, func(_, m map[string]any) { m["merges"] = m["merges"].([]any)[:3] }))
	f.Add([]byte(`{"model": {"type": "BPE", "vocab": {"a": 0}, "merges": [["a", "a"]]}}`))
	f.Add([]byte(`{"added_tokens": [{"id": 1073741824, "content": "x"}]}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		tok, err := tokenizer.Parse(data)
		if err != nil {
			if !errors.Is(err, tokenizer.ErrFormat) {
				t.Errorf("error %v is not ErrFormat", err)
			}
			return
		}
		const text = "the <|endoftext|>\xff"
		if got, err := tok.Decode(tok.Encode(text)); err != nil || got != text {
			t.Errorf("%q comes back as %q, %v", text, got, err)
		}
	})
}
