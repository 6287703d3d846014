// SPDX-License-Identifier: Apache-2.0

package evmtest

import (
	"fmt"
	"slices"
	"testing"
)

// TestCompare plants wrong and unequal answers, which must be noticed.
func TestCompare(t *testing.T) {
	t.Parallel()
	attempts := []Attempt{{Name: "honest", Want: Accepted}, {Name: "false", Want: "ProofInvalid"}, {Name: "odd"}}
	good := []answer{{Accepted, "0x"}, {"ProofInvalid", "0x01"}, {"PointInvalid", "0x02"}}
	if got := compare(attempts, good, good); got != nil {
		t.Errorf("got complaints %q of good answers", got)
	}
	for _, test := range []struct {
		at   int
		bad  answer
		want int // complaints by an EVM that agrees with nobody; one less if the first EVM is as bad
	}{
		{0, answer{"ProofInvalid", "0x01"}, 2},
		{1, answer{Accepted, "0x"}, 2},
		{1, answer{"PointInvalid", "0x02"}, 2},
		{1, answer{NoReason, ""}, 2},
		{2, answer{Accepted, "0x"}, 2},
		{2, answer{"ProofInvalid", "0x01"}, 1},
		{2, answer{"PointInvalid", "0x0203"}, 1},
	} {
		answers := slices.Clone(good)
		answers[test.at] = test.bad
		if got := compare(attempts, good, answers); len(got) != test.want {
			t.Errorf("%v instead of %v: got complaints %q, want %d", test.bad, good[test.at], got, test.want)
		}
		if got := compare(attempts, answers, answers); len(got) != test.want-1 {
			t.Errorf("%v on all EVMs: got complaints %q, want %d", test.bad, got, test.want-1)
		}
	}
}

func TestThin(t *testing.T) {
	t.Parallel()
	var mutants []Mutant
	for i := range 100 {
		mutants = append(mutants, Mutant{Name: fmt.Sprintf("byte %d", i)}, Mutant{Name: fmt.Sprintf("word at %#x", i)})
	}
	mutants = append(mutants, Mutant{Name: "no proof"}, Mutant{Name: "Z + 1"}, Mutant{Name: "Z + r"})
	count := map[string]int{}
	for _, m := range Thin(mutants, 4) {
		count[kind(m)]++
	}
	want := map[string]int{"byte #": 4, "word at #": 4, "no proof": 1, "Z + #": 1, "Z + r": 1}
	for k, n := range want {
		if count[k] != n {
			t.Errorf("%s: kept %d mutants, want %d", k, count[k], n)
		}
	}
	if len(count) != len(want) {
		t.Errorf("kept kinds %v, want %v", count, want)
	}
}
