// SPDX-License-Identifier: Apache-2.0

package main

import (
	"flag"
	"fmt"
	"time"

	"github.com/zkml-go/zkml/tokenizer"
)

var generateCommand = &command{
	name:  "generate",
	short: "continue a text with the integer network of a language model",
	args:  "DIR.zkml --tokenizer FILE --prompt TEXT",
	long: `
Generate continues a text, one token at a time, with the likeliest next token
that the integer network of a bundle computes, ties to the lowest number. Each
step is a run of the network as it is proved, on the last tokens of the text.

The network must be causal: one input of T tokens and one output of T rows, where
row i scores each token as the one after token i and does not depend on later
ones. The tokenizer is a tokenizer.json of byte-level byte pair encoding.`,
	setup: func(f *flag.FlagSet) func(*env, []string) error {
		path := f.String("tokenizer", "", "the tokenizer.json of the model, a `FILE`")
		prompt := f.String("prompt", "", "the `TEXT` to continue")
		count := f.Int("tokens", 40, "stop after `N` tokens, 1 to 4096")
		stop := f.String("stop", "<|endoftext|>", "stop before this special `TOKEN`, if the tokenizer has it")
		return func(e *env, args []string) error {
			switch {
			case *path == "":
				return usageError{fmt.Errorf("no tokenizer: give --tokenizer FILE")}
			case *prompt == "":
				return usageError{fmt.Errorf("no text to continue: give --prompt TEXT")}
			case *count < 1 || *count > 4096:
				return usageError{fmt.Errorf("--tokens %d, want 1 to 4096", *count)}
			}
			b, err := openBundle(args)
			if err != nil {
				return err
			}
			data, err := readFile(*path, maxTokenizerFile)
			if err != nil {
				return err
			}
			t, err := tokenizer.Parse(data)
			if err != nil {
				return badf("%s: %w", *path, err)
			}
			m, err := newTextModel(b.Program(), t.Size())
			if err != nil {
				return bad(err)
			}
			g := &generated{Prompt: *prompt, PromptTokens: t.Encode(*prompt), Tokens: []int{}}
			end, stops := t.Special(*stop)
			took, err := e.step("generating", func() error {
				return m.extend(e.ctx, g.PromptTokens, *count, func(token int) bool {
					if stops && token == end {
						g.Stopped = true
						return false
					}
					g.Tokens = append(g.Tokens, token)
					return true
				})
			})
			if err != nil {
				return bad(err)
			}
			if g.Text, err = t.Decode(g.Tokens); err != nil {
				return bad(err)
			}
			return e.result(g, g.rows(took))
		}
	},
}

// maxTokenizerFile bounds a tokenizer file, in bytes.
const maxTokenizerFile = 64 << 20

// A generated is what generate prints: the prompt is not part of Text.
type generated struct {
	Prompt       string `json:"prompt"`
	PromptTokens []int  `json:"prompt_tokens"`
	Text         string `json:"text"`
	Tokens       []int  `json:"tokens"`
	Stopped      bool   `json:"stopped"` // before the end of a text
}

func (g *generated) rows(took time.Duration) []row {
	rows := []row{{"text", g.Prompt + g.Text}, {"tokens", fmt.Sprintf("%d + %d", len(g.PromptTokens), len(g.Tokens))}}
	if n := len(g.Tokens); n > 0 {
		rows = append(rows, row{"per token", seconds(took / time.Duration(n))})
	}
	return rows
}
