// SPDX-License-Identifier: Apache-2.0

package fraction

import (
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"github.com/zkml-go/zkml/protocol/arith"
	"github.com/zkml-go/zkml/protocol/mle"
)

// An eqTable is eq(w, t) for all t, as the product of a table for the low bits of t, of at
// most a segment, and one for the others: about √ of the memory of one table, and the
// outer factor is multiplied once for a segment (Dao and Thaler,
// https://eprint.iacr.org/2024/1210).
type eqTable struct{ in, out fr.Vector }

func newEqTable(w []fr.Element) *eqTable {
	f := &arith.Native{}
	k := min(len(w), mle.Bits(segment))
	return &eqTable{mle.EqTable(f, w[:k]), mle.EqTable(f, w[k:])}
}

// segments calls f for the segments of the n entries from first on, with their weights:
// those of in times out. n and first are multiples of a power of two that is at least n
// or a segment.
func (e *eqTable) segments(first, n int, f func(first int, in fr.Vector, out *fr.Element)) {
	for end := first + n; first < end; {
		at := first & (len(e.in) - 1)
		count := min(len(e.in)-at, end-first)
		f(first, e.in[at:at+count], &e.out[first/len(e.in)])
		first += count
	}
}

// sums are a round's sums over the units that a worker has seen.
type sums struct {
	zero, lead fr.Element // the polynomial's value at 0 and leading coefficient
	weight     fr.Element
}

// add adds a segment's inner sums, whose weights are those of in times out.
func (s *sums) add(in fr.Vector, out, zero, lead *fr.Element) {
	var x fr.Element
	s.zero.Add(&s.zero, x.Mul(zero, out))
	s.lead.Add(&s.lead, x.Mul(lead, out))
	weight := in.Sum()
	s.weight.Add(&s.weight, x.Mul(&weight, out))
}

// total returns and clears the sums of all workers. What none has seen is λ everywhere,
// as p₀q₁ + p₁q₀ + λ·q₀q₁ is for leaves 0/1; all weights sum to 1.
func (y *layer) total() (zero, lead fr.Element) {
	rest := fr.One()
	for _, w := range y.workers {
		zero.Add(&zero, &w.sums.zero)
		lead.Add(&lead, &w.sums.lead)
		rest.Sub(&rest, &w.sums.weight)
		w.sums = sums{}
	}
	rest.Mul(&rest, &y.lambda)
	zero.Add(&zero, &rest)
	return zero, lead
}
