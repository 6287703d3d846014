// SPDX-License-Identifier: Apache-2.0

package evmtest

import (
	"errors"
	"fmt"
	"regexp"
	"testing"

	"github.com/ethereum/go-ethereum/common/hexutil"

	"github.com/zkml-go/zkml/chain"
	"github.com/zkml-go/zkml/contracts"
)

// An Attempt is calldata to give to a contract.
type Attempt struct {
	Name string
	Data []byte
	Want string // what the contract must answer, or "" if its error may be any
}

// What a contract answers besides the names of its errors.
const (
	Accepted    = "accepted"
	NoReason    = "no reason" // a revert without data: Solidity could not decode the arguments
	anyRejected = "any error"
)

// Attempts returns the honest call, which must be accepted, the mutants with the errors that they want,
// and calldata that differs from the encoding of the honest call.
func Attempts(t testing.TB, a contracts.Artifact, honest Call, mutants []Mutant) []Attempt {
	t.Helper()
	data := honest.Pack(t, a)
	attempts := []Attempt{{"the honest call", data, Accepted}}
	for _, m := range mutants {
		attempts = append(attempts, Attempt{m.Name, m.Call.Pack(t, a), m.Want})
	}
	cut := func(n int) []byte { return data[:n:n] }
	for _, n := range []int{0, 3, 4, 4 + 32, 4 + 8*32, len(data) / 2, len(data) - 32, len(data) - 1} {
		attempts = append(attempts, Attempt{fmt.Sprintf("calldata of %d bytes", n), cut(n), NoReason})
	}
	for _, n := range []int{1, 32, 1000} {
		attempts = append(attempts, Attempt{
			fmt.Sprintf("%d bytes after the calldata", n), append(cut(len(data)), make([]byte, n)...), Accepted,
		})
	}
	set := func(at int, value byte) []byte {
		b := append([]byte(nil), data...)
		b[at] = value
		return b
	}
	attempts = append(attempts, Attempt{"another function", set(0, ^data[0]), NoReason})
	for argument := 3; argument < 8; argument++ { // those of variable length, whose places the head names
		at := 4 + 32*argument
		attempts = append(attempts,
			Attempt{fmt.Sprintf("argument %d past 2⁶⁴", argument), set(at+23, 1), NoReason},
			Attempt{fmt.Sprintf("argument %d past the calldata", argument), set(at+28, 1), NoReason},
		)
	}
	return attempts
}

// Thin keeps n mutants, evenly spaced, of each kind: those whose names differ in numbers only.
func Thin(mutants []Mutant, n int) []Mutant {
	count := map[string]int{}
	for _, m := range mutants {
		count[kind(m)]++
	}
	seen := map[string]int{}
	var kept []Mutant
	for _, m := range mutants {
		k := kind(m)
		i, total := seen[k], count[k]
		seen[k]++
		if total <= n || i*n/total != (i+1)*n/total {
			kept = append(kept, m)
		}
	}
	return kept
}

var number = regexp.MustCompile(`0x[0-9a-f]+|[0-9]+`)

func kind(m Mutant) string { return number.ReplaceAllString(m.Name, "#") }

// Same gives the attempts to the contract on every EVM. Each must answer as the attempt wants, and all
// with the same bytes.
func Same(t *testing.T, a contracts.Artifact, attempts []Attempt) {
	t.Helper()
	var first []answer
	All(t, func(t *testing.T, c *chain.Chain) {
		contract, err := c.Deploy(t.Context(), a)
		if err != nil {
			t.Fatal(err)
		}
		answers := make([]answer, len(attempts))
		for i, attempt := range attempts {
			answers[i] = ask(t, c, contract, attempt)
		}
		if first == nil {
			first = answers
		}
		for _, complaint := range compare(attempts, first, answers) {
			t.Error(complaint)
		}
	})
}

// An answer is what a contract said to an attempt.
type answer struct {
	name string // Accepted, NoReason or that of an error
	data string // the reason as returned
}

func ask(t testing.TB, c *chain.Chain, contract chain.Contract, attempt Attempt) answer {
	t.Helper()
	result, err := c.Call(t.Context(), contract, attempt.Data)
	var revert *chain.RevertError
	switch {
	case err == nil:
		return answer{Accepted, hexutil.Encode(result)}
	case errors.As(err, &revert):
		return answer{revert.Name, hexutil.Encode(revert.Data)}
	case errors.Is(err, contracts.ErrNotDecodable):
		return answer{NoReason, ""}
	}
	t.Fatalf("%s: %v", attempt.Name, err)
	return answer{}
}

// compare says which answers are not what was wanted, or not what the first EVM gave.
func compare(attempts []Attempt, first, answers []answer) (complaints []string) {
	for i, attempt := range attempts {
		got, want := answers[i], attempt.Want
		if want == "" {
			want = anyRejected
		}
		if got.name != want && (want != anyRejected || got.name == Accepted) {
			complaints = append(complaints, fmt.Sprintf("%s: got %s, want %s", attempt.Name, got.name, want))
		}
		if got != first[i] {
			complaints = append(complaints, fmt.Sprintf("%s: got %s, the first EVM %s", attempt.Name, got, first[i]))
		}
	}
	return complaints
}
