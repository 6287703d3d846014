// SPDX-License-Identifier: Apache-2.0

package scenario

import (
	"fmt"
	"math/big"
	"math/bits"
	"strings"

	"github.com/zkml-go/zkml/relation"
)

// A split is an expression in limbs: its witness columns above the virtual
// lowest one, with the bit at which each starts.
type split struct {
	low   relation.ColumnID
	limbs []relation.ColumnID
	at    []uint
	size  int // in bits
}

// splits finds the splits of a system.
func splits(s *relation.System) []split {
	var out []split
	at := uint(0)
	for id, c := range s.Columns {
		_, limb, ok := strings.Cut(c.Name, " limb ")
		if !ok {
			continue
		}
		if limb == "0" {
			out = append(out, split{low: relation.ColumnID(id)})
			at = 0
		} else {
			last := &out[len(out)-1]
			last.limbs = append(last.limbs, relation.ColumnID(id))
			last.at = append(last.at, at)
		}
		width := bits.Len64(uint64(c.Range.Hi))
		at += uint(width)
		out[len(out)-1].size += width
	}
	return out
}

// carry rewrites a split so that limb k, not the lowest, holds what makes an
// element too large or negative, and the other limbs are digits. It reports
// whether there was such an element.
func (r *Run) carry(s split, k int) bool {
	values := r.Values()
	found := false
	for i := range values[s.low] {
		e := toInt(&values[s.low][i])
		for j, id := range s.limbs {
			e.Add(e, new(big.Int).Lsh(toInt(&values[id][i]), s.at[j]))
		}
		if e.Sign() >= 0 && e.BitLen() <= s.size {
			continue
		}
		found = true
		for j, id := range s.limbs {
			digit := new(big.Int).Rsh(e, s.at[j]) // rounds down
			switch {
			case j > k:
				digit.SetInt64(0)
			case j < k:
				mask := big.NewInt(r.Model.System.Columns[id].Range.Hi)
				digit.And(digit, mask)
			}
			r.Columns()[id][i].SetBigInt(digit)
		}
	}
	return found
}

// carried returns, for every lie that puts the expression of a split out of
// range, the variants that let another limb than the lowest carry it.
func (s *Scenario) carried() []Forged {
	var out []Forged
	m := s.Model()
	for n, sp := range splits(m.System) {
		for k := range sp.limbs {
			for _, f := range s.told() {
				r := s.Forge(m, f)
				if !r.carry(sp, k) {
					continue
				}
				out = append(out, Forged{
					Name: fmt.Sprintf("%s, carried by limb %d of split %d", f.Name, k+1, n),
					Lie: func(r *Run) {
						f.Lie(r)
						r.carry(sp, k)
					},
				})
			}
		}
	}
	return out
}
