// SPDX-License-Identifier: Apache-2.0

package statement_test

import (
	"bytes"
	"encoding/hex"
	"fmt"
	"math/big"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/google/go-cmp/cmp"

	"github.com/zkml-go/zkml/statement"
)

// wordsOf states the definition of the words in decimal strings and string operations only.
func wordsOf(input, output []byte, commitments []*big.Int) []*big.Int {
	number := func(hexDigits string) *big.Int {
		n, ok := new(big.Int).SetString(hexDigits, 16)
		if !ok {
			panic("not hexadecimal: " + hexDigits)
		}
		return n
	}
	words := []*big.Int{number(fmt.Sprintf("%016x%016x%016x", len(input), len(output), len(commitments)))}
	for _, b := range [][]byte{input, output} {
		digits := hex.EncodeToString(b)
		for len(digits)%56 != 0 {
			digits += "0"
		}
		for ; digits != ""; digits = digits[56:] {
			words = append(words, number(digits[:56]))
		}
	}
	return append(words, commitments...)
}

func TestWordsAndEvaluate(t *testing.T) {
	t.Parallel()
	rng := rand.NewChaCha8([32]byte{1})
	for _, size := range []struct{ input, output, commitments int }{
		{0, 0, 0}, {1, 0, 0}, {0, 1, 0}, {0, 0, 1}, {27, 28, 1}, {28, 29, 2}, {55, 56, 0}, {57, 84, 3}, {784, 40, 1},
	} {
		input, output := make([]byte, size.input), make([]byte, size.output)
		rng.Read(input)
		rng.Read(output)
		commitments := make([]fr.Element, size.commitments)
		values := make([]*big.Int, size.commitments)
		for i := range commitments {
			commitments[i].MustSetRandom()
			values[i] = commitments[i].BigInt(new(big.Int))
		}
		var z fr.Element
		z.MustSetRandom()

		words := statement.Words(input, output, commitments)
		if got, want := len(words), statement.NumWords(size.input, size.output, size.commitments); got != want {
			t.Errorf("%v: got %d words, NumWords says %d", size, got, want)
		}
		want := wordsOf(input, output, values)
		sum := new(big.Int)
		for j, w := range want {
			power := new(big.Int).Exp(z.BigInt(new(big.Int)), big.NewInt(int64(j)), fr.Modulus())
			sum.Add(sum, power.Mul(power, w))
		}
		sum.Mod(sum, fr.Modulus())
		if diff := cmp.Diff(decimals(want), elements(words)); diff != "" {
			t.Errorf("%v: words differ:\n%s", size, diff)
		}
		e := statement.Evaluate(words, z)
		if e.String() != sum.String() {
			t.Errorf("%v: got E = %s, want %s", size, e.String(), sum)
		}
	}
}

func decimals(values []*big.Int) []string {
	var s []string
	for _, v := range values {
		s = append(s, v.String())
	}
	return s
}

func elements(values []fr.Element) []string {
	var s []string
	for _, v := range values {
		s = append(s, v.BigInt(new(big.Int)).String())
	}
	return s
}

// TestWordsAreInjective moves a byte over every boundary that the lengths in w₀ must hold.
func TestWordsAreInjective(t *testing.T) {
	t.Parallel()
	one := fr.One()
	statements := map[string][]fr.Element{
		"empty":              statement.Words(nil, nil, nil),
		"zero input":         statement.Words([]byte{0}, nil, nil),
		"zero output":        statement.Words(nil, []byte{0}, nil),
		"two zeros in input": statement.Words([]byte{0, 0}, nil, nil),
		"28 zeros in input":  statement.Words(make([]byte, 28), nil, nil),
		"zero commitment":    statement.Words(nil, nil, make([]fr.Element, 1)),
		"one as input":       statement.Words(append(make([]byte, 30), 1), nil, nil),
		"one as output":      statement.Words(nil, append(make([]byte, 30), 1), nil),
		"one as commitment":  statement.Words(nil, nil, []fr.Element{one}),
	}
	seen := map[string]string{}
	for name, words := range statements {
		text := strings.Join(elements(words), " ")
		if other, ok := seen[text]; ok {
			t.Errorf("%q and %q have the same words: %s", name, other, text)
		}
		seen[text] = name
	}
}

// TestDigestBindsEverything changes each argument of Digest and of ModelID by one bit.
func TestDigestBindsEverything(t *testing.T) {
	t.Parallel()
	flip := func(b []byte) []byte {
		c := bytes.Clone(b)
		c[len(c)-1] ^= 1
		return c
	}
	input, output, commitments := []byte("input"), []byte("output"), []fr.Element{fr.NewElement(2)}
	digests := []fr.Element{
		statement.Digest([32]byte{1}, [32]byte{2}, input, output, commitments),
		statement.Digest([32]byte{0}, [32]byte{2}, input, output, commitments),
		statement.Digest([32]byte{1}, [32]byte{3}, input, output, commitments),
		statement.Digest([32]byte{2}, [32]byte{1}, input, output, commitments),
		statement.Digest([32]byte{1}, [32]byte{2}, flip(input), output, commitments),
		statement.Digest([32]byte{1}, [32]byte{2}, input, flip(output), commitments),
		statement.Digest([32]byte{1}, [32]byte{2}, output, input, commitments),
		statement.Digest([32]byte{1}, [32]byte{2}, append(input, 'o'), output[1:], commitments),
		statement.Digest([32]byte{1}, [32]byte{2}, input, output, []fr.Element{fr.NewElement(3)}),
		statement.Digest([32]byte{1}, [32]byte{2}, input, output, nil),
	}
	for i := range digests {
		for j := range i {
			if digests[i].Equal(&digests[j]) {
				t.Errorf("digests %d and %d are equal", i, j)
			}
		}
	}
	ids := [][32]byte{
		statement.ModelID([32]byte{1}, statement.Groth16, input),
		statement.ModelID([32]byte{2}, statement.Groth16, input),
		statement.ModelID([32]byte{1}, statement.Plonk, input),
		statement.ModelID([32]byte{1}, statement.Groth16, flip(input)),
	}
	for i := range ids {
		for j := range i {
			if ids[i] == ids[j] {
				t.Errorf("model ids %d and %d are equal", i, j)
			}
		}
	}
}

// TestKeccakVectors pins the hash to Keccak-256, not SHA3-256, by the hash of the empty string that the
// Ethereum yellow paper names.
func TestKeccakVectors(t *testing.T) {
	t.Parallel()
	got := statement.Keccak()
	want := "c5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470"
	if hex.EncodeToString(got[:]) != want {
		t.Errorf("got keccak256() = %x, want %s", got, want)
	}
}
