// SPDX-License-Identifier: Apache-2.0

package circuits

import (
	"bytes"
	"errors"
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/consensys/gnark/frontend"

	"github.com/zkml-go/zkml/ir"
	"github.com/zkml-go/zkml/relation"
	"github.com/zkml-go/zkml/statement"
	"github.com/zkml-go/zkml/tensor"
)

// sizes are ranges whose elements take 1, 2, 4 and 7 bytes, unsigned and not.
var sizes = []ir.Range{
	{Lo: 0, Hi: 255}, {Lo: -128, Hi: 127}, {Lo: 3, Hi: 3},
	{Lo: 0, Hi: 256}, {Lo: -129, Hi: 0}, {Lo: 1000, Hi: 65535}, {Lo: -32768, Hi: 32767},
	{Lo: 0, Hi: 65536}, {Lo: -40000, Hi: 5}, {Lo: -1 << 31, Hi: 1<<31 - 1}, {Lo: 0, Hi: 1<<32 - 1},
	{Lo: 0, Hi: 1 << 32}, {Lo: -1 << 55, Hi: 1<<55 - 1}, {Lo: 1 << 55, Hi: 1<<56 - 1},
}

// randomEcho returns a program whose outputs are some of its inputs, with random
// shapes, ranges and visibilities, and inputs for it.
func randomEcho(t *testing.T, rng *rand.Rand) (*ir.Program, [][]int64) {
	t.Helper()
	visibility := func() ir.Visibility {
		return []ir.Visibility{ir.Public, ir.Public, ir.Committed, ir.Private}[rng.IntN(4)]
	}
	p := &ir.Program{}
	var inputs [][]int64
	for i := range 1 + rng.IntN(4) {
		r := sizes[rng.IntN(len(sizes))]
		shape := tensor.Shape{1 + rng.IntN(40)}
		id, err := p.Add(fmt.Sprintf("x%d", i), ir.Input{Name: fmt.Sprintf("x%d", i), Shape: shape, Declared: r, Scale: 1, Visibility: visibility()})
		if err != nil {
			t.Fatal(err)
		}
		data := make([]int64, shape.Size())
		for k := range data {
			switch rng.IntN(3) {
			case 0:
				data[k] = r.Lo
			case 1:
				data[k] = r.Hi
			default:
				data[k] = r.Lo + rng.Int64N(r.Count())
			}
		}
		inputs = append(inputs, data)
		if rng.IntN(2) == 0 {
			p.Outputs = append(p.Outputs, ir.Output{Name: fmt.Sprintf("y%d", i), ID: id, Scale: 1, Visibility: visibility()})
		}
	}
	return p, inputs
}

// TestWords: the words of the circuit are those of package statement.
func TestWords(t *testing.T) {
	t.Parallel()
	rng := rand.New(rand.NewPCG(7, 8))
	rounds := 60
	if testing.Short() {
		rounds = 10
	}
	for range rounds {
		p, inputs := randomEcho(t, rng)
		m, err := NewModel(p, relation.Options{TableBits: 8})
		if err != nil {
			t.Fatal(err)
		}
		trace, err := p.Run(inputs)
		if err != nil {
			t.Fatal(err)
		}
		salts, err := m.NewSalts()
		if err != nil {
			t.Fatal(err)
		}
		claim, err := m.Claim(trace, salts)
		if err != nil {
			t.Fatal(err)
		}
		if data, err := PublicInput(p, inputs); err != nil || !bytes.Equal(data, claim.Input) {
			t.Errorf("public input %x and error %v, want %x as in the claim", data, err, claim.Input)
		}
		words := claim.Words()
		if n := statement.NumWords(len(claim.Input), len(claim.Output), m.NumSalts()); n != len(words) {
			t.Errorf("%d words, want %d", len(words), n)
		}
		d := element(99)
		a, err := m.Assign(trace, claim, salts, d)
		if err != nil {
			t.Fatal(err)
		}
		if !accepts(expecting(m, words), &loose{Circuit: *a}) {
			t.Errorf("the words of inputs %v, outputs %v differ", p.Nodes, p.Outputs)
		}
		k := rng.IntN(len(words))
		words[k].Add(&words[k], &d)
		if accepts(expecting(m, words), &loose{Circuit: *a}) {
			t.Errorf("the test passes with another word %d of %d", k, len(words))
		}
	}
}

// expecting is a circuit that asks for given words instead of D, Z and E.
func expecting(m *Model, want []fr.Element) *loose {
	how := binding(func(api frontend.API, _, _, _ frontend.Variable, words []frontend.Variable) error {
		if len(words) != len(want) {
			return errors.New("another number of words")
		}
		for i := range words {
			api.AssertIsEqual(words[i], want[i])
		}
		return nil
	})
	return &loose{Circuit: *m.Circuit(), how: &how}
}

// TestCommitmentHides: with another salt the same tensor has another commitment,
// and a claim with it is true as well.
func TestCommitmentHides(t *testing.T) {
	t.Parallel()
	m := committedBytes(t)
	trace, err := m.System.Program.Run([][]int64{{1, 2, 3}})
	if err != nil {
		t.Fatal(err)
	}
	seen := map[fr.Element]bool{}
	for range 4 {
		salts, err := m.NewSalts()
		if err != nil {
			t.Fatal(err)
		}
		claim, err := m.Claim(trace, salts)
		if err != nil {
			t.Fatal(err)
		}
		seen[claim.Commitments[0]] = true
		a, err := m.Assign(trace, claim, salts, element(1))
		if err != nil {
			t.Fatal(err)
		}
		if !accepts(m.Circuit(), a) {
			t.Error("a fresh salt is not accepted")
		}
		// The same commitment opened to another tensor.
		other, err := m.System.Program.Run([][]int64{{1, 2, 4}})
		if err != nil {
			t.Fatal(err)
		}
		if a, err = m.Assign(other, claim, salts, element(1)); err != nil {
			t.Fatal(err)
		}
		if accepts(m.Circuit(), a) {
			t.Error("a commitment opens to another tensor")
		}
	}
	if len(seen) != 4 {
		t.Errorf("%d commitments under 4 salts", len(seen))
	}
	// Whoever does not know the salt cannot try all tensors; without one he can.
	guess := func(c fr.Element) bool {
		for x := range 512 {
			data := []byte{byte(x >> 6), byte(x >> 3 & 7), byte(x & 7)}
			if h := Commit(fr.Element{}, data); h.Equal(&c) {
				return true
			}
		}
		return false
	}
	claim, err := m.Claim(trace, []fr.Element{{}})
	if err != nil {
		t.Fatal(err)
	}
	if !guess(claim.Commitments[0]) {
		t.Error("a commitment without salt is not guessed")
	}
	for c := range seen {
		if guess(c) {
			t.Error("a commitment is guessed")
		}
	}
}

func committedBytes(t *testing.T) *Model {
	t.Helper()
	p := &ir.Program{}
	x, err := p.Add("x", ir.Input{Name: "x", Shape: tensor.Shape{3}, Declared: ir.Range{Hi: 7}, Scale: 1, Visibility: ir.Committed})
	if err != nil {
		t.Fatal(err)
	}
	p.Outputs = []ir.Output{{Name: "y", ID: x, Scale: 1, Visibility: ir.Private}}
	m, err := NewModel(p, relation.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// TestClaimRefuses: salts for other tensors, elements that no encoding holds.
func TestClaimRefuses(t *testing.T) {
	t.Parallel()
	m := committedBytes(t)
	trace, err := m.System.Program.Run([][]int64{{1, 2, 3}})
	if err != nil {
		t.Fatal(err)
	}
	for n := range 3 {
		if _, err := m.Claim(trace, make([]fr.Element, n)); (err == nil) != (n == 1) {
			t.Errorf("%d salts: %v", n, err)
		}
	}
	m.System.Program.Nodes[0].Range = ir.Range{Hi: 1 << 57}
	if _, err := m.Claim(trace, make([]fr.Element, 1)); err == nil {
		t.Error("elements of 58 bits are accepted")
	}
}
