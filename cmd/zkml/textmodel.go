// SPDX-License-Identifier: Apache-2.0

package main

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/zkml-go/zkml/ir"
	"github.com/zkml-go/zkml/quant"
)

// A textModel is a program that takes window tokens and returns for each the
// scores of classes tokens.
type textModel struct {
	plan            *ir.Plan
	in              ir.Input
	window, classes int
	tokens          int // of the tokenizer: more scores than that are not looked at
}

// newTextModel checks that p is the program of a language model for a number of
// tokens. That it is causal shows when it runs.
func newTextModel(p *ir.Program, tokens int) (*textModel, error) {
	if len(p.Inputs) != 1 || len(p.Outputs) != 1 {
		return nil, fmt.Errorf("the network has %d inputs and %d outputs, want one of tokens and one of scores", len(p.Inputs), len(p.Outputs))
	}
	m := &textModel{plan: p.Plan(), in: p.Input(p.Inputs[0]), tokens: tokens}
	m.window = m.in.Shape.Size()
	if lo, hi := quant.RealRange(m.in); m.in.Scale != 1 || lo > 0 || hi < float64(tokens-1) {
		return nil, fmt.Errorf("input %s is not for the numbers of %d tokens: it takes %.4g to %.4g in steps of %.4g", m.in.Name, tokens, lo, hi, m.in.Scale)
	}
	o := p.Outputs[0]
	s := p.Nodes[o.ID].Shape
	if len(s) == 0 || s.Size() != m.window*s[len(s)-1] || s[len(s)-1] < tokens {
		return nil, fmt.Errorf("output %s has shape %v, want scores of %d tokens or more for each of the %d of the input", o.Name, s, tokens, m.window)
	}
	m.classes = s[len(s)-1]
	return m, nil
}

// errNotCausal says that the network's scores depend on what follows.
var errNotCausal = errors.New("the network is not causal: what comes after a token changes its scores")

// extend calls visit with the next tokens after text, which is not empty, one by
// one, until it returns false or count tokens are there.
func (m *textModel) extend(ctx context.Context, text []int, count int, visit func(token int) bool) error {
	text = slices.Clone(text)
	for range count {
		if err := ctx.Err(); err != nil {
			return err
		}
		from := max(0, len(text)-m.window)
		scores, err := m.scores(text[from:], 0)
		if err != nil {
			return err
		}
		if len(text) < m.window {
			again, err := m.scores(text[from:], m.tokens-1)
			if err != nil {
				return err
			}
			if !slices.Equal(scores, again) {
				return errNotCausal
			}
		}
		next := quant.Argmax(scores)
		if !visit(next) {
			return nil
		}
		text = append(text, next)
	}
	return nil
}

// scores returns those of the token after text, with the rest of the window
// filled with one token.
func (m *textModel) scores(text []int, filler int) ([]int64, error) {
	in := make([]int64, m.window)
	for i := range in {
		in[i] = int64(filler) + m.in.Zero
		if i < len(text) {
			in[i] = int64(text[i]) + m.in.Zero
		}
	}
	run, err := m.plan.Execute([][]int64{in}, nil)
	if err != nil {
		return nil, err
	}
	last := run.Outputs()[0][(len(text)-1)*m.classes:]
	return last[:m.tokens], nil
}
