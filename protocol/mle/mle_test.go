// SPDX-License-Identifier: Apache-2.0

package mle_test

import (
	"testing"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"github.com/zkml-go/zkml/protocol/arith"
	"github.com/zkml-go/zkml/protocol/mle"
)

var f arith.Field[fr.Element] = &arith.Native{}

func random(n int) []fr.Element {
	out := make([]fr.Element, n)
	for i := range out {
		out[i].MustSetRandom()
	}
	return out
}

// naiveEq evaluates the definition of eq at an index.
func naiveEq(p []fr.Element, i int) fr.Element {
	out := fr.One()
	for k, x := range p {
		if i>>k&1 == 0 {
			one := fr.One()
			x.Sub(&one, &x)
		}
		out.Mul(&out, &x)
	}
	return out
}

// TestTruncated compares every closed form with the sum that it stands for, for all
// truncations of up to four variables.
func TestTruncated(t *testing.T) {
	for vars := range 5 {
		p, q := random(vars), random(vars)
		table := mle.EqTable(f, p)
		for n := range 1<<vars + 1 {
			var eq, sum, index fr.Element
			for i := range n {
				a, b := naiveEq(p, i), naiveEq(q, i)
				if !table[i].Equal(&a) {
					t.Fatalf("EqTable of %d variables differs at %d", vars, i)
				}
				if c := mle.EqIndex(f, p, i); !c.Equal(&a) {
					t.Fatalf("EqIndex of %d variables differs at %d", vars, i)
				}
				sum.Add(&sum, &a)
				b.Mul(&b, &a)
				eq.Add(&eq, &b)
				b.SetInt64(int64(i))
				b.Mul(&b, &a)
				index.Add(&index, &b)
			}
			for _, c := range []struct {
				name      string
				got, want fr.Element
			}{
				{"EqBelow", mle.EqBelow(f, p, q, n), eq},
				{"SumBelow", mle.SumBelow(f, p, n), sum},
				{"IndexBelow", mle.IndexBelow(f, p, n), index},
			} {
				if !c.got.Equal(&c.want) {
					t.Errorf("%s of %d variables below %d differs from its sum", c.name, vars, n)
				}
			}
		}
	}
}

// TestEvaluate checks that an extension agrees with its table on the hypercube and is
// linear in each variable.
func TestEvaluate(t *testing.T) {
	const vars = 3
	table := random(1<<vars - 2)
	for i := range 1 << vars {
		p := make([]fr.Element, vars)
		for k := range p {
			p[k].SetInt64(int64(i >> k & 1))
		}
		var want fr.Element
		if i < len(table) {
			want = table[i]
		}
		if got := mle.Evaluate(f, p, table); !got.Equal(&want) {
			t.Errorf("the extension at index %d is not the table", i)
		}
	}
	p := random(vars)
	at := func(k int, x int64) fr.Element {
		q := append([]fr.Element(nil), p...)
		q[k].SetInt64(x)
		return mle.Evaluate(f, q, table)
	}
	for k := range p {
		lo, hi, two := at(k, 0), at(k, 1), at(k, 2)
		hi.Double(&hi).Sub(&hi, &lo)
		if !hi.Equal(&two) {
			t.Errorf("the extension is not linear in variable %d", k)
		}
	}
}

// TestEqBelowOfAll checks that nothing is truncated at a power of two.
func TestEqBelowOfAll(t *testing.T) {
	p, q := random(5), random(5)
	a, b := mle.Eq(f, p, q), mle.EqBelow(f, p, q, 32)
	if !a.Equal(&b) {
		t.Error("EqBelow of all indices is not Eq")
	}
}

func TestBits(t *testing.T) {
	for n, want := range map[int]int{1: 0, 2: 1, 3: 2, 4: 2, 5: 3, 1000: 10, 1024: 10} {
		if got := mle.Bits(n); got != want {
			t.Errorf("Bits(%d) = %d, want %d", n, got, want)
		}
	}
}
