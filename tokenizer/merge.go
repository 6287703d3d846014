// SPDX-License-Identifier: Apache-2.0

package tokenizer

import "container/heap"

// appendMerged appends the tokens of one piece: those of its bytes, with the pair
// of the lowest rank merged, the first of equals, until no pair can be.
func (t *Tokenizer) appendMerged(out []int, piece string) []int {
	w := &word{t: t, symbols: make([]symbol, len(piece))}
	for i := range w.symbols {
		w.symbols[i] = symbol{token: t.bytes[piece[i]], before: i - 1, after: i + 1}
	}
	for i := range w.symbols {
		w.propose(i)
	}
	for w.Len() > 0 {
		w.apply(heap.Pop(w).(candidate))
	}
	for i := 0; i < len(w.symbols); i = w.symbols[i].after {
		out = append(out, w.symbols[i].token)
	}
	return out
}

// A symbol is a token of a word, linked to its neighbours by their indices.
type symbol struct{ token, before, after int }

// A candidate is a merge of the symbol at an index with the one after it, as they
// were when it was proposed.
type candidate struct {
	merge
	at   int
	pair pair
}

// A word is the symbols of a piece and, as a heap, the merges that may follow.
type word struct {
	t          *Tokenizer
	symbols    []symbol
	candidates []candidate
}

// propose adds the merge of symbol i with the one after it, if there is one.
func (w *word) propose(i int) {
	if i < 0 || w.symbols[i].after >= len(w.symbols) {
		return
	}
	p := pair{w.symbols[i].token, w.symbols[w.symbols[i].after].token}
	if m, ok := w.t.merges[p]; ok {
		heap.Push(w, candidate{m, i, p})
	}
}

// gone is the token of a symbol that was merged into the one before it.
const gone = -1

// apply merges what c proposes if the symbols are still there.
func (w *word) apply(c candidate) {
	left := &w.symbols[c.at]
	if left.token != c.pair.left || left.after >= len(w.symbols) || w.symbols[left.after].token != c.pair.right {
		return
	}
	right := &w.symbols[left.after]
	left.token, left.after = c.token, right.after
	right.token = gone
	if left.after < len(w.symbols) {
		w.symbols[left.after].before = c.at
	}
	w.propose(left.before)
	w.propose(c.at)
}

// Len, Less, Swap, Push and Pop implement heap.Interface.
func (w *word) Len() int { return len(w.candidates) }

func (w *word) Less(i, j int) bool {
	a, b := &w.candidates[i], &w.candidates[j]
	return a.rank < b.rank || a.rank == b.rank && a.at < b.at
}

func (w *word) Swap(i, j int) { w.candidates[i], w.candidates[j] = w.candidates[j], w.candidates[i] }

func (w *word) Push(x any) { w.candidates = append(w.candidates, x.(candidate)) }

func (w *word) Pop() any {
	last := w.candidates[len(w.candidates)-1]
	w.candidates = w.candidates[:len(w.candidates)-1]
	return last
}
