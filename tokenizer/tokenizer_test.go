// SPDX-License-Identifier: Apache-2.0

package tokenizer_test

import (
	"encoding/json"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/zkml-go/zkml/examples"
	"github.com/zkml-go/zkml/tokenizer"
)

func parse(t testing.TB) *tokenizer.Tokenizer {
	t.Helper()
	tok, err := tokenizer.Parse(examples.StoriesTokenizer())
	if err != nil {
		t.Fatal(err)
	}
	return tok
}

// TestGolden compares with what Hugging Face's tokenizers makes of each text:
// testdata/golden.py.
func TestGolden(t *testing.T) {
	t.Parallel()
	data, err := os.ReadFile("testdata/golden.json")
	if err != nil {
		t.Fatal(err)
	}
	var cases []struct {
		Text   string
		Tokens []int
	}
	if err := json.Unmarshal(data, &cases); err != nil {
		t.Fatal(err)
	}
	if len(cases) < 200 {
		t.Fatalf("%d cases, want at least 200", len(cases))
	}
	tok := parse(t)
	for _, c := range cases {
		got := tok.Encode(c.Text)
		if d := cmp.Diff(c.Tokens, got, cmpopts.EquateEmpty()); d != "" {
			t.Errorf("%q (-want +got)\n%s", c.Text, d)
		}
		if text, err := tok.Decode(got); err != nil || text != c.Text {
			t.Errorf("%q comes back as %q, %v", c.Text, text, err)
		}
	}
}

func TestVocabulary(t *testing.T) {
	t.Parallel()
	tok := parse(t)
	if n := tok.Size(); n != 640 {
		t.Errorf("%d tokens, want 640", n)
	}
	if n, ok := tok.Special("<|endoftext|>"); !ok || n != 0 {
		t.Errorf("the end of a text is %d, %v; want 0", n, ok)
	}
	if n, ok := tok.Special("the"); ok {
		t.Errorf("an ordinary token is special: %d", n)
	}
	for _, n := range []int{-1, 640} {
		if s, err := tok.Decode([]int{1, n}); err == nil || !strings.Contains(err.Error(), "token 1 is") {
			t.Errorf("token %d is %q, %v", n, s, err)
		}
	}
}

// TestLongPiece: a piece of a million letters takes no quadratic time.
func TestLongPiece(t *testing.T) {
	t.Parallel()
	tok := parse(t)
	text := strings.Repeat("the", 1<<20/3)
	start := time.Now()
	got, err := tok.Decode(tok.Encode(text))
	if err != nil || got != text {
		t.Errorf("%d letters come back as %d, %v", len(text), len(got), err)
	}
	if took := time.Since(start); took > time.Minute {
		t.Errorf("it took %v", took)
	}
}

// FuzzEncode: every string has one encoding, in tokens of the vocabulary, and
// comes back.
func FuzzEncode(f *testing.F) {
	for _, s := range []string{"Once upon a time", " \n \t", "it's", "\xff\xc3", "<|endoftext|>", "<|endof<|endoftext|>", "日本 ½"} {
		f.Add(s)
	}
	tok := parse(f)
	f.Fuzz(func(t *testing.T, text string) {
		tokens := tok.Encode(text)
		if len(tokens) > len(text) {
			t.Errorf("%d bytes have %d tokens", len(text), len(tokens))
		}
		if got, err := tok.Decode(tokens); err != nil || got != text {
			t.Errorf("%q comes back as %q, %v", text, got, err)
		}
	})
}
