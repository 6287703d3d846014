// SPDX-License-Identifier: Apache-2.0

package logup

import (
	"math/rand/v2"
	"testing"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"github.com/zkml-go/zkml/protocol/arith"
	"github.com/zkml-go/zkml/protocol/mle"
	"github.com/zkml-go/zkml/protocol/transcript"
)

func newTranscript(f arith.Field[fr.Element]) *transcript.Transcript[fr.Element] {
	t := transcript.New(f, transcript.Poseidon2{})
	t.Absorb("test", arith.Int(f, 7))
	return t
}

// leaves are those of 2^vars/2 lookups in a table of 2^vars/4 rows, the rest empty. A
// tree of one leaf is empty, one of two is a table and a lookup.
func leaves(rng *rand.Rand, vars int) (p, q []fr.Element) {
	p, q = make([]fr.Element, 1<<vars), make([]fr.Element, 1<<vars)
	for i := range q {
		q[i].SetOne()
	}
	lookups, rows := 1<<vars/2, max(1, 1<<vars/4)
	for i := range rows {
		if vars > 0 {
			q[lookups+i].MustSetRandom()
		}
	}
	for i := range lookups {
		row := lookups + rng.IntN(rows)
		p[i].SetInt64(-1)
		p[row].Sub(&p[row], &p[i])
		q[i] = q[row]
	}
	return p, q
}

// accepts reports whether a proof passes and its last claims are true of the leaves.
// Those whose check is planted away pass field and transcript.
func accepts(proof Proof[fr.Element], p, q []fr.Element) bool {
	n := &arith.Native{}
	ok := acceptsWith(n, newTranscript(n), proof, p, q)
	return ok && n.Err() == nil
}

func acceptsWith(f arith.Field[fr.Element], t *transcript.Transcript[fr.Element], proof Proof[fr.Element], p, q []fr.Element) bool {
	vars := mle.Bits(len(p))
	if CheckShape(proof, vars) != nil {
		return false
	}
	z, pz, qz := Verify(f, t, vars, proof)
	wantP, wantQ := mle.Evaluate(f, z, p), mle.Evaluate(f, z, q)
	return pz.Equal(&wantP) && qz.Equal(&wantQ)
}

func TestHonest(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	for vars := range 10 {
		p, q := leaves(rng, vars)
		if !accepts(Prove(newTranscript(&arith.Native{}), p, q), p, q) {
			t.Errorf("an honest proof for 2^%d leaves is rejected", vars)
		}
	}
}

// elements returns every element of a proof.
func elements(proof *Proof[fr.Element]) []*fr.Element {
	var out []*fr.Element
	for i := range proof.TopP {
		out = append(out, &proof.TopP[i], &proof.TopQ[i])
	}
	for i := range proof.Layers {
		layer := &proof.Layers[i]
		for _, round := range layer.Rounds {
			for j := range round {
				out = append(out, &round[j])
			}
		}
		out = append(out, &layer.P0, &layer.Q0, &layer.Q1)
	}
	return out
}

func TestForgedElements(t *testing.T) {
	const vars = 7
	p, q := leaves(rand.New(rand.NewPCG(3, 4)), vars)
	proof := Prove(newTranscript(&arith.Native{}), p, q)
	all := elements(&proof)
	if want := 2<<5 + (5+6)*Degree + 2*3; len(all) != want {
		t.Fatalf("%d elements, want %d", len(all), want)
	}
	for i, e := range all {
		for _, c := range []fr.Element{{}, *new(fr.Element).SetInt64(1)} {
			honest := *e
			e.Add(e, &honest).Add(e, &c) // doubled, or doubled and 1 more
			if accepts(proof, p, q) && !honest.Equal(e) {
				t.Errorf("element %d can be changed", i)
			}
			*e = honest
		}
	}
	if !accepts(proof, p, q) {
		t.Error("the proof was not restored")
	}
}

// TestForgedLeaves proves false statements by following the protocol.
func TestForgedLeaves(t *testing.T) {
	one := fr.One()
	for _, vars := range []int{1, 3, 7} {
		for name, lie := range map[string]func(p, q []fr.Element){
			"a multiplicity too large":          func(p, q []fr.Element) { k := len(p) / 2; p[k].Add(&p[k], &one) },
			"a lookup that is not in the table": func(p, q []fr.Element) { q[0].MustSetRandom() },
			"a lookup left out":                 func(p, q []fr.Element) { p[0].SetZero() },
			"a leaf with q = 0":                 func(p, q []fr.Element) { q[0].SetZero() },
			"all q = 0":                         func(p, q []fr.Element) { clear(q) },
		} {
			p, q := leaves(rand.New(rand.NewPCG(5, 6)), vars)
			lie(p, q)
			if accepts(Prove(newTranscript(&arith.Native{}), p, q), p, q) {
				t.Errorf("2^%d leaves: %s is accepted", vars, name)
			}
		}
	}
}

func TestForgedShape(t *testing.T) {
	p, q := leaves(rand.New(rand.NewPCG(7, 8)), 7)
	for name, edit := range map[string]func(*Proof[fr.Element]){
		"a layer too few":   func(p *Proof[fr.Element]) { p.Layers = p.Layers[:1] },
		"a layer too many":  func(p *Proof[fr.Element]) { p.Layers = append(p.Layers, p.Layers[1]) },
		"a round too few":   func(p *Proof[fr.Element]) { p.Layers[0].Rounds = p.Layers[0].Rounds[:4] },
		"a longer round":    func(p *Proof[fr.Element]) { p.Layers[1].Rounds[0] = make([]fr.Element, Degree+1) },
		"half of the top":   func(p *Proof[fr.Element]) { p.TopP = p.TopP[:16] },
		"an empty top of q": func(p *Proof[fr.Element]) { p.TopQ = nil },
		"nothing":           func(p *Proof[fr.Element]) { *p = Proof[fr.Element]{} },
	} {
		proof := Prove(newTranscript(&arith.Native{}), p, q)
		edit(&proof)
		if CheckShape(proof, 7) == nil {
			t.Errorf("%s has the right shape", name)
		}
	}
	for vars := range 12 {
		if err := CheckShape(Blank[fr.Element](vars), vars); err != nil {
			t.Errorf("Blank(%d): %v", vars, err)
		}
	}
}

// TestStaleChallenge replays a proof after another message.
func TestStaleChallenge(t *testing.T) {
	p, q := leaves(rand.New(rand.NewPCG(9, 10)), 6)
	proof := Prove(newTranscript(&arith.Native{}), p, q)
	n := &arith.Native{}
	tr := newTranscript(n)
	tr.Absorb("test", fr.One())
	if acceptsWith(n, tr, proof, p, q) && n.Err() == nil {
		t.Error("a proof is accepted after another message")
	}
}
