// SPDX-License-Identifier: Apache-2.0

package sponge

import (
	"math/rand/v2"
	"testing"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr/poseidon2"
)

// m4 is the matrix of Poseidon2 for blocks of four, https://eprint.iacr.org/2023/323 section 5.1.
var m4 = [4][4]int64{{5, 7, 1, 3}, {4, 6, 1, 1}, {1, 3, 5, 7}, {1, 1, 4, 6}}

// reference is the hash by the book: matrices are written out, the message is
// padded to whole blocks.
func reference(d Domain, elements []fr.Element) fr.Element {
	p := poseidon2.NewParameters(Width, FullRounds, PartialRounds)
	var external, internal [Width][Width]fr.Element
	for i := range Width {
		for j := range Width {
			external[i][j].SetInt64(m4[i%4][j%4])
			if i/4 == j/4 {
				external[i][j].Double(&external[i][j])
			}
			internal[i][j].SetOne()
			if i == j {
				internal[i][j].Add(&internal[i][j], &p.DiagM1[i])
			}
		}
	}
	state := make([]fr.Element, Width)
	state[Rate].SetString("18446744073709551616") // 2⁶⁴
	tag := element(uint64(d))
	state[Rate].Mul(&state[Rate], &tag)
	n := element(uint64(len(elements)))
	state[Rate].Add(&state[Rate], &n)

	blocks := max(1, (len(elements)+Rate-1)/Rate)
	padded := append(append([]fr.Element{}, elements...), make([]fr.Element, blocks*Rate-len(elements))...)
	for b := range blocks {
		for i := range Rate {
			state[i].Add(&state[i], &padded[b*Rate+i])
		}
		state = apply(&external, state)
		for round := range FullRounds + PartialRounds {
			full := round < FullRounds/2 || round >= FullRounds/2+PartialRounds
			for i := range state {
				if i < len(p.RoundKeys[round]) {
					state[i].Add(&state[i], &p.RoundKeys[round][i])
				}
				if full || i == 0 {
					x := state[i]
					state[i].Square(&x).Square(&state[i]).Mul(&state[i], &x)
				}
			}
			if full {
				state = apply(&external, state)
			} else {
				state = apply(&internal, state)
			}
		}
	}
	return state[0]
}

func apply(m *[Width][Width]fr.Element, x []fr.Element) []fr.Element {
	out := make([]fr.Element, Width)
	for i := range out {
		for j := range x {
			var t fr.Element
			out[i].Add(&out[i], t.Mul(&m[i][j], &x[j]))
		}
	}
	return out
}

func element(x uint64) (e fr.Element) {
	e.SetUint64(x)
	return e
}

// counting returns the elements 1, 2, … n.
func counting(n int) []fr.Element {
	out := make([]fr.Element, n)
	for i := range out {
		out[i] = element(uint64(i + 1))
	}
	return out
}

func TestHashIsTheReference(t *testing.T) {
	t.Parallel()
	rng := rand.New(rand.NewPCG(3, 4))
	for n := range 41 {
		elements := make([]fr.Element, n)
		for i := range elements {
			elements[i].SetUint64(rng.Uint64())
			elements[i].Square(&elements[i]).Square(&elements[i])
		}
		d := Domain(rng.Uint64())
		if got, want := Hash(d, elements...), reference(d, elements); !got.Equal(&want) {
			t.Errorf("domain %d, %d elements: %s, want %s", d, n, got.String(), want.String())
		}
	}
}

// TestVectors pins the hash: its values are in commitments that outlive a
// version.
func TestVectors(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		d    Domain
		n    int // the elements 1 … n
		want string
	}{
		{Statement, 0, "296077ef7bc89395dd98356eb32ccc8e10a1b98bf7c08aaf5d9618a674a691d6"},
		{Statement, 1, "4dbf37515bd01ddbe6a02306afe8fa35f49689485e09d8cf5e7a27aa7e5b1f5"},
		{Statement, 15, "a61e7bec68a1b50e49a815e6172f52c4c78dbb7a072de9745af1c008d093f7a"},
		{Statement, 16, "10cd4ab9e0e2dd43775b8ff27eab20067070c23207a9524823734ac0046486cd"},
		{Commitment, 1, "e0359c8671c750da541dd8a105ce87c3da9be9a8a5c6ebed26ee102b88dd88c"},
		{Commitment, 31, "2fbc27a39977334ea6d6242883d7626e089fde80ce22b81dc305d6439a3759cc"},
	} {
		h := Hash(c.d, counting(c.n)...)
		if got := h.Text(16); got != c.want {
			t.Errorf("domain %d, %d elements: %s, want %s", c.d, c.n, got, c.want)
		}
	}
}

// TestSeparation: purposes, lengths, orders and positions have hashes of their own.
func TestSeparation(t *testing.T) {
	t.Parallel()
	one, two, zero := element(1), element(2), element(0)
	seen := map[fr.Element]string{}
	for _, c := range []struct {
		name     string
		d        Domain
		elements []fr.Element
	}{
		{"nothing", Statement, nil},
		{"nothing, to commit", Commitment, nil},
		{"1", Statement, []fr.Element{one}},
		{"1, to commit", Commitment, []fr.Element{one}},
		{"0", Statement, []fr.Element{zero}},
		{"1 0", Statement, []fr.Element{one, zero}},
		{"0 1", Statement, []fr.Element{zero, one}},
		{"1 2", Statement, []fr.Element{one, two}},
		{"2 1", Statement, []fr.Element{two, one}},
		{"a block", Statement, counting(15)},
		{"a block and 0", Statement, append(counting(15), zero)},
		{"a block and 16", Statement, counting(16)},
		{"two blocks of 0", Statement, make([]fr.Element, 30)},
		{"a block of 0", Statement, make([]fr.Element, 15)},
	} {
		h := Hash(c.d, c.elements...)
		if other, ok := seen[h]; ok {
			t.Errorf("%q and %q have the same hash", c.name, other)
		}
		seen[h] = c.name
	}
}

// TestCapacity: domain·2⁶⁴ + n.
func TestCapacity(t *testing.T) {
	t.Parallel()
	if got := Capacity(Commitment, 5); got.String() != "36893488147419103237" {
		t.Errorf("capacity of 5 elements to commit: %s", got.String())
	}
}
