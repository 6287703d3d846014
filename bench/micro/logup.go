// SPDX-License-Identifier: Apache-2.0

package micro

import (
	"context"
	"errors"
	"math/bits"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/consensys/gnark-crypto/utils/cpu"

	"github.com/zkml-go/zkml/accel"
	"github.com/zkml-go/zkml/bench"
	"github.com/zkml-go/zkml/bench/measure"
	"github.com/zkml-go/zkml/protocol/arith"
	"github.com/zkml-go/zkml/protocol/logup"
	"github.com/zkml-go/zkml/protocol/transcript"
	"github.com/zkml-go/zkml/prover/fraction"
)

// fractions proves a tree of n leaves, all layers: a table of 256 rows and lookups in it.
func fractions() []kernel {
	return []kernel{{name: "LogUp", sizes: []int{12, 14, 16, 18}, prepare: prepareFractions}}
}

func prepareFractions(_ accel.Device, n int) (*measure.Operation, error) {
	vars := bits.Len(uint(n)) - 1
	regions := lookups(vars)
	var proof logup.Proof[fr.Element]
	var claim fraction.Claim
	fresh := func(f arith.Field[fr.Element]) *transcript.Transcript[fr.Element] {
		return transcript.New(f, transcript.Poseidon2{})
	}
	return &measure.Operation{
		Elements: n, Work: fractionWork(vars, cpu.SupportAVX512IFMA),
		Warm: repeat(func() (err error) {
			proof, claim, err = fraction.Prove(context.Background(), fresh(&arith.Native{}), vars, regions)
			return err
		}),
		Check: func() error {
			f := &arith.Native{}
			z, p, q := logup.Verify(f, fresh(f), vars, proof)
			if err := f.Err(); err != nil {
				return errors.Join(measure.Wrong("the proof is rejected"), err)
			}
			if len(z) != vars || !p.Equal(&claim.P) || !q.Equal(&claim.Q) {
				return measure.Wrong("another claim than the verifier's")
			}
			return nil
		},
	}, nil
}

// lookups fills a tree of 2^vars leaves: the table has 2⁸ leaves or half the tree, the
// rest looks rows up.
func lookups(vars int) []fraction.Region {
	rng := seeded(12)
	tableVars := min(8, vars-1)
	table := elements(rng, 1<<tableVars)
	counts := make([]uint32, len(table))
	regions := []fraction.Region{{Vars: tableVars, Numerators: counts, Denominators: fraction.Stored(table)}}
	for m := tableVars; m < vars; m++ {
		looked := make([]fr.Element, 1<<m)
		for i := range looked {
			row := rng.IntN(len(table))
			looked[i] = table[row]
			counts[row]++
		}
		regions = append(regions, fraction.Region{Offset: 1 << m, Vars: m, Denominators: fraction.Stored(looked)})
	}
	return regions
}

// fractionWork counts the multiplications of fraction.Prove, all of vectors, but for inner
// products and for vectors that end up shorter than the vector unit's. A node above the
// leaves is one product, since the numerators of lookups are −1, and three elsewhere. A
// layer of 2ˡ nodes, by h = 2ˡ⁻¹ pairs, takes
//
//	3·h to sum the first round, 5·h to fold into h pairs and 2·h to sum the second,
//	4·s to fold into s = h/2, h/4, … pairs and 2·s to sum the round after it,
//
// and where the leaves are lookups 1·h and 3·h at first.
func fractionWork(vars int, ifma bool) bench.Work {
	top := logup.TopVars(vars)
	muls := 0
	for m := top; m < vars; m++ {
		nodes := 1 << m
		pairs := nodes / 2
		if m == vars-1 {
			muls += nodes + (1+3+2)*pairs
		} else {
			muls += 3*nodes + (3+5+2)*pairs
		}
		for s := pairs / 2; s >= lanes; s /= 2 {
			muls += (4 + 2) * s
		}
	}
	w := products(float64(muls))
	if ifma {
		w = bench.Work{Mul52: float64(muls * mulLanes)}
	}
	w.Bytes = word * float64(int(1)<<vars)
	return w
}
