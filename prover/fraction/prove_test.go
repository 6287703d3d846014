// SPDX-License-Identifier: Apache-2.0

package fraction

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"reflect"
	"runtime"
	"testing"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"github.com/zkml-go/zkml/protocol/arith"
	"github.com/zkml-go/zkml/protocol/logup"
	"github.com/zkml-go/zkml/protocol/mle"
	"github.com/zkml-go/zkml/protocol/transcript"
)

func newTranscript() *transcript.Transcript[fr.Element] {
	return transcript.New[fr.Element](&arith.Native{}, transcript.Poseidon2{})
}

// random returns n elements, quickly.
func random(rng *rand.Rand, n int) []fr.Element {
	out := make([]fr.Element, n)
	for i := range out {
		for k := range 4 {
			out[i][k] = rng.Uint64()
		}
		out[i][3] >>= 3 // below the modulus
	}
	return out
}

// A scene is regions and, worked out one by one, their leaves.
type scene struct {
	name    string
	vars    int
	regions []Region
	p, q    []fr.Element
}

// newScene returns lookups, of the given shapes at the given offsets, in a table of
// random numbers with rows rows at tableOffset.
func newScene(name string, vars int, offsets []int, shapes [][]int, tableOffset, rows int) scene {
	rng := rand.New(rand.NewPCG(uint64(vars), uint64(rows)))
	s := scene{name: name, vars: vars, p: make([]fr.Element, 1<<vars), q: make([]fr.Element, 1<<vars)}
	for i := range s.q {
		s.q[i].SetOne()
	}
	tableVars := mle.Bits(rows)
	values := random(rng, 1<<tableVars)
	counts := make([]uint32, 1<<tableVars)
	for k, shape := range shapes {
		size := 1
		for _, n := range shape {
			size <<= mle.Bits(n)
		}
		den := random(rng, size) // what padding holds must not matter
		for i := range size {
			at, valid := i, true
			for a := len(shape) - 1; a >= 0; a-- {
				b := mle.Bits(shape[a])
				valid = valid && at&(1<<b-1) < shape[a]
				at >>= b
			}
			if valid {
				row := rng.IntN(rows)
				counts[row]++
				den[i] = values[row]
				s.p[offsets[k]+i].SetInt64(-1)
				s.q[offsets[k]+i] = den[i]
			}
		}
		s.regions = append(s.regions, Region{Offset: offsets[k], Vars: mle.Bits(size), Shape: shape, Denominators: Stored(den)})
	}
	if rows > 0 {
		counts := append([]uint32(nil), counts...)
		for i := range rows {
			s.p[tableOffset+i].SetUint64(uint64(counts[i]))
			s.q[tableOffset+i] = values[i]
		}
		for i := rows; i < len(counts); i++ {
			counts[i] = 99 // padding, too
		}
		s.regions = append(s.regions, Region{Offset: tableOffset, Vars: tableVars, Shape: []int{rows}, Numerators: counts, Denominators: Stored(values)})
	}
	return s
}

func scenes() []scene {
	all := []scene{
		{name: "one leaf", vars: 0, p: make([]fr.Element, 1), q: []fr.Element{fr.One()}},
		newScene("two leaves", 1, []int{1}, [][]int{{1}}, 0, 1),
		newScene("four leaves", 2, []int{2}, [][]int{{2}}, 0, 2),
		newScene("the top only", 5, []int{16, 8}, [][]int{{3, 4}, {5}}, 0, 7),
		newScene("one layer", 6, []int{32}, [][]int{{3, 7}}, 16, 9),
		newScene("two layers", 7, []int{64, 32}, [][]int{{5, 6}, {32}}, 0, 17),
		newScene("nothing", 9, nil, nil, 0, 0),
		newScene("one region", 10, []int{0}, [][]int{{31, 15}}, 512, 512),
		newScene("single leaves", 11, []int{1, 5, 2047}, [][]int{{1}, {1}, {1, 1}}, 1024, 2),
		newScene("nothing much", 14, nil, nil, 0, 0),
		newScene("gaps", 15, []int{3 << 12, 5 << 10, 31 << 10}, [][]int{{3, 5, 7}, {1000}, {9, 60}}, 1<<14, 300),
		newScene("one unit of many", 17, []int{5 << 13}, [][]int{{7, 1, 9, 33}}, 3<<13, 1000),
		newScene("the last unit", 17, []int{15 << 13}, [][]int{{4096}}, 15<<13+4096, 4096),
		newScene("the first half", 16, []int{1 << 14}, [][]int{{100, 100}}, 0, 3000),
		newScene("the first unit", 17, []int{1 << 10}, [][]int{{30, 30}}, 0, 600),
		newScene("far apart", 18, []int{0, 1<<17 + 1<<15}, [][]int{{30, 30}, {8, 56, 56}}, 1<<18-1<<8, 200),
	}
	for seed := range uint64(20) {
		all = append(all, randomScene(seed))
	}
	return all
}

// randomScene places a table and up to twelve tensors of random shapes.
func randomScene(seed uint64) scene {
	rng := rand.New(rand.NewPCG(seed, 0))
	vars := 6 + rng.IntN(9)
	used := make([]bool, 1<<vars)
	place := func(size int) (offset int, ok bool) {
		offset = rng.IntN(len(used)/size) * size
		for _, u := range used[offset : offset+size] {
			if u {
				return 0, false
			}
		}
		for i := range size {
			used[offset+i] = true
		}
		return offset, true
	}
	rows := 1 + rng.IntN(1<<(vars-2))
	tableOffset, _ := place(1 << mle.Bits(rows))
	var offsets []int
	var shapes [][]int
	for range 12 {
		size := 1
		var shape []int
		for range 1 + rng.IntN(4) {
			shape = append(shape, 1+rng.IntN(9))
			size <<= mle.Bits(shape[len(shape)-1])
		}
		if size > len(used) {
			continue
		}
		if offset, ok := place(size); ok {
			offsets, shapes = append(offsets, offset), append(shapes, shape)
		}
	}
	return newScene(fmt.Sprintf("random %d", seed), vars, offsets, shapes, tableOffset, rows)
}

// TestProve compares proofs and claims with the reference prover and the verifier.
func TestProve(t *testing.T) {
	for _, s := range scenes() {
		if testing.Short() && s.vars > 15 {
			continue
		}
		want := logup.Prove(newTranscript(), s.p, s.q)
		for threads := 1; threads <= 3; threads += 2 {
			t.Run(fmt.Sprintf("%s/%d", s.name, threads), func(t *testing.T) {
				defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(threads))
				proof, claim, err := Prove(context.Background(), newTranscript(), s.vars, s.regions)
				if err != nil {
					t.Fatal(err)
				}
				if !reflect.DeepEqual(proof, want) {
					for i := range want.Layers {
						if !reflect.DeepEqual(proof.Layers[i], want.Layers[i]) {
							t.Fatalf("layer %d differs from the reference", i)
						}
					}
					t.Fatal("the proof differs from the reference")
				}
				f := &arith.Native{}
				if err := logup.CheckShape(proof, s.vars); err != nil {
					t.Error(err)
				}
				z, p, q := logup.Verify(f, newTranscript(), s.vars, proof)
				if f.Err() != nil || !reflect.DeepEqual(claim, Claim{z, p, q}) {
					t.Errorf("the verifier ends elsewhere: %v", f.Err())
				}
				wantP, wantQ := mle.Evaluate(f, z, s.p), mle.Evaluate(f, z, s.q)
				if !p.Equal(&wantP) || !q.Equal(&wantQ) {
					t.Error("the claims are false")
				}
			})
		}
	}
}

func TestProveFalse(t *testing.T) {
	base := newScene("", 8, []int{128}, [][]int{{9, 5}}, 64, 12)
	for name, c := range map[string]struct {
		lie  func([]Region)
		want error
	}{
		"a multiplicity": {func(r []Region) { r[1].Numerators[2]++ }, ErrSum},
		"a lookup":       {func(r []Region) { r[0].Shape = []int{9, 6} }, ErrSum},
		"a pole": {func(r []Region) {
			zero := make([]fr.Element, 128)
			r[0].Denominators = Stored(zero)
		}, ErrPole},
	} {
		regions := append([]Region(nil), base.regions...)
		for i := range regions {
			regions[i].Numerators = append([]uint32(nil), regions[i].Numerators...)
		}
		regions[0].Numerators = nil
		c.lie(regions)
		if _, _, err := Prove(context.Background(), newTranscript(), 8, regions); !errors.Is(err, c.want) {
			t.Errorf("%s: error %v, want %v", name, err, c.want)
		}
	}
}

func TestRegions(t *testing.T) {
	den := Stored(make([]fr.Element, 1<<10))
	for name, regions := range map[string][]Region{
		"misaligned":      {{Offset: 2, Vars: 2, Denominators: den}},
		"outside":         {{Offset: 256, Vars: 4, Denominators: den}},
		"too large":       {{Vars: 9, Denominators: den}},
		"overlapping":     {{Vars: 4, Denominators: den}, {Offset: 8, Vars: 3, Denominators: den}},
		"a short shape":   {{Vars: 4, Shape: []int{3, 2}, Denominators: den}},
		"an empty axis":   {{Vars: 0, Shape: []int{0}, Denominators: den}},
		"few numerators":  {{Vars: 4, Numerators: make([]uint32, 15), Denominators: den}},
		"no denominators": {{Vars: 4}},
	} {
		if _, _, err := Prove(context.Background(), newTranscript(), 8, regions); err == nil || errors.Is(err, ErrSum) || errors.Is(err, ErrPole) {
			t.Errorf("%s regions: error %v", name, err)
		}
	}
}

func TestCancel(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	s := newScene("", 8, []int{128}, [][]int{{9, 5}}, 64, 12)
	if _, _, err := Prove(ctx, newTranscript(), s.vars, s.regions); !errors.Is(err, context.Canceled) {
		t.Errorf("error %v, want %v", err, context.Canceled)
	}
}

// TestMemory: a tree that is hardly more than half full takes no memory for the other half, but in
// levels that are filled up.
func TestMemory(t *testing.T) {
	const vars = 18
	s := newScene("", vars, []int{1 << 16, 1 << 17}, [][]int{{1 << 16}, {1 << 10}}, 0, 1<<10)
	l, err := newLeaves(vars, s.regions)
	if err != nil {
		t.Fatal(err)
	}
	used := 1<<17 + 1<<leafLog
	levels, err := build(context.Background(), l, logup.TopVars(vars), newWorkers(1))
	if err != nil {
		t.Fatal(err)
	}
	elements := 0
	for i := range levels {
		elements += len(levels[i].p) + len(levels[i].q)
	}
	if got, most := fr.Bytes*elements, BytesPerLeaf*used+BytesPerPlace<<vars; got > most {
		t.Errorf("%d bytes for %d leaves in a tree of 2^%d, want at most %d", got, used, vars, most)
	}
}
