// SPDX-License-Identifier: Apache-2.0

package snark_test

import (
	"bytes"
	"errors"
	"testing"

	curve "github.com/consensys/gnark-crypto/ecc/bn254"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	groth16 "github.com/consensys/gnark/backend/groth16/bn254"
	plonk "github.com/consensys/gnark/backend/plonk/bn254"

	"github.com/zkml-go/zkml/verifier"
	"github.com/zkml-go/zkml/verifier/snark"
)

func TestProofEncoding(t *testing.T) {
	t.Parallel()
	length := map[string]int{"groth16": 256, "groth16-committed": 384, "plonk": 800, "plonk-committed": 896}
	for _, f := range fixtures(t) {
		data := marshal(t, f.proof)
		if len(data) != length[f.name] {
			t.Errorf("%s: %d bytes, want %d", f.name, len(data), length[f.name])
		}
		if got, want := f.system.ProofBytes(), length[string(f.system)]; got != want {
			t.Errorf("%s: ProofBytes %d, want %d", f.system, got, want)
		}
		back, err := snark.UnmarshalProof(f.system, data)
		if err != nil {
			t.Errorf("%s: %v", f.name, err)
			continue
		}
		if !bytes.Equal(marshal(t, back), data) {
			t.Errorf("%s: another encoding after decoding", f.name)
		}
		if err := snark.Verify(f.vk, back, f.public); err != nil {
			t.Errorf("%s: decoded proof: %v", f.name, err)
		}
	}
}

// Calldata is what gnark's exported contracts take.
func TestProofCalldataIsGnarks(t *testing.T) {
	t.Parallel()
	for _, f := range fixtures(t) {
		var want []byte
		if f.system == snark.Groth16 {
			want = f.proof.Groth16().MarshalSolidity()
		} else {
			want = f.proof.Plonk().MarshalSolidity()
		}
		if got := f.proof.Calldata(); !bytes.Equal(got, want) {
			t.Errorf("%s: calldata differs from gnark's:\n got %x\nwant %x", f.name, got, want)
		}
	}
}

// Every byte of a proof matters: whatever it is changed to, decoding or verification fails.
func TestEveryByteOfAProofMatters(t *testing.T) {
	t.Parallel()
	for _, f := range fixtures(t) {
		t.Run(f.name, func(t *testing.T) {
			t.Parallel()
			honest := marshal(t, f.proof)
			var decoded int
			for i := range honest {
				for _, mask := range []byte{0x01, 0x80} {
					mutant := bytes.Clone(honest)
					mutant[i] ^= mask
					proof, err := snark.UnmarshalProof(f.system, mutant)
					if err == nil {
						decoded++
						err = snark.Verify(f.vk, proof, f.public)
					}
					if !errors.Is(err, verifier.ErrRejected) {
						t.Errorf("byte %d ^ %#x: got %v, want a rejection", i, mask, err)
					}
				}
			}
			// Few mutants are points, but all scalars of PLONK are scalars.
			if f.system == snark.Plonk && decoded < 7*31 {
				t.Errorf("only %d mutants reached the verifier", decoded)
			}
		})
	}
}

// Each element of a proof is replaced by others of its type, which all decode.
func TestEveryElementOfAProofMatters(t *testing.T) {
	t.Parallel()
	for _, f := range fixtures(t) {
		for name, mutate := range elementMutations() {
			g1s, g2s, scalars, _ := elements(f.proof)
			for i := range len(g1s) + len(g2s) + len(scalars) {
				g1s, g2s, scalars, build := elements(f.proof)
				var changed bool
				switch {
				case i < len(g1s):
					changed = mutate.g1(g1s[i])
				case i < len(g1s)+len(g2s):
					changed = mutate.g2(g2s[i-len(g1s)])
				default:
					changed = mutate.scalar(scalars[i-len(g1s)-len(g2s)])
				}
				if !changed {
					t.Fatalf("%s: %s leaves element %d as it is", f.name, name, i)
				}
				proof, err := build()
				if err != nil {
					t.Fatalf("%s: %s of element %d: %v", f.name, name, i, err)
				}
				if err := snark.Verify(f.vk, proof, f.public); !errors.Is(err, verifier.ErrRejected) {
					t.Errorf("%s: %s of element %d: got %v, want a rejection", f.name, name, i, err)
				}
			}
		}
	}
}

// An elementMutation changes an element and reports whether it did.
type elementMutation struct {
	g1     func(*curve.G1Affine) bool
	g2     func(*curve.G2Affine) bool
	scalar func(*fr.Element) bool
}

func elementMutations() map[string]elementMutation {
	_, _, g1, g2 := curve.Generators()
	one := fr.One()
	return map[string]elementMutation{
		"zero": {
			g1:     func(p *curve.G1Affine) bool { old := *p; *p = curve.G1Affine{}; return *p != old },
			g2:     func(p *curve.G2Affine) bool { old := *p; *p = curve.G2Affine{}; return *p != old },
			scalar: func(s *fr.Element) bool { old := *s; s.SetZero(); return *s != old },
		},
		"negative": {
			g1:     func(p *curve.G1Affine) bool { old := *p; p.Neg(p); return *p != old },
			g2:     func(p *curve.G2Affine) bool { old := *p; p.Neg(p); return *p != old },
			scalar: func(s *fr.Element) bool { old := *s; s.Neg(s); return *s != old },
		},
		"successor": {
			g1:     func(p *curve.G1Affine) bool { old := *p; p.Add(p, &g1); return *p != old },
			g2:     func(p *curve.G2Affine) bool { old := *p; p.Add(p, &g2); return *p != old },
			scalar: func(s *fr.Element) bool { old := *s; s.Add(s, &one); return *s != old },
		},
	}
}

// elements returns pointers to all elements of a copy of a proof, and a function that makes a proof of
// the copy.
func elements(p *snark.Proof) (g1s []*curve.G1Affine, g2s []*curve.G2Affine, scalars []*fr.Element, build func() (*snark.Proof, error)) {
	if q := p.Groth16(); q != nil {
		g1s, g2s = []*curve.G1Affine{&q.Ar, &q.Krs}, []*curve.G2Affine{&q.Bs}
		if len(q.Commitments) > 0 {
			g1s = append(g1s, &q.Commitments[0], &q.CommitmentPok)
		}
		return g1s, g2s, nil, func() (*snark.Proof, error) { return snark.NewGroth16Proof(q) }
	}
	q := p.Plonk()
	g1s = []*curve.G1Affine{&q.Z, &q.BatchedProof.H, &q.ZShiftedOpening.H}
	for i := range q.LRO {
		g1s = append(g1s, &q.LRO[i], &q.H[i])
	}
	for i := range q.Bsb22Commitments {
		g1s = append(g1s, &q.Bsb22Commitments[i])
	}
	scalars = []*fr.Element{&q.ZShiftedOpening.ClaimedValue}
	for i := range q.BatchedProof.ClaimedValues {
		scalars = append(scalars, &q.BatchedProof.ClaimedValues[i])
	}
	return g1s, nil, scalars, func() (*snark.Proof, error) { return snark.NewPlonkProof(q) }
}

func TestUnmarshalProofRejectsOtherEncodings(t *testing.T) {
	t.Parallel()
	for _, f := range fixtures(t) {
		honest := marshal(t, f.proof)
		infinity := bytes.Clone(honest)
		copy(infinity, make([]byte, 64))
		infinity[0] = 0x40 // gnark's compressed infinity
		compressed := bytes.Clone(honest)
		compressed[0] |= 0x80
		modulus := bytes.Clone(honest)
		p := curve.ID.BaseField().Bytes()
		copy(modulus, p) // x = p, an alias of 0
		cases := map[string][]byte{
			"empty":                  nil,
			"short":                  honest[:len(honest)-1],
			"a word short":           honest[:len(honest)-32],
			"long":                   append(bytes.Clone(honest), 0),
			"a word long":            append(bytes.Clone(honest), make([]byte, 32)...),
			"compressed infinity":    infinity,
			"compressed flag":        compressed,
			"coordinate not below p": modulus,
		}
		if f.system == snark.Plonk {
			alias := bytes.Clone(honest)
			r := fr.Modulus().Bytes()
			copy(alias[len(alias)-32:], r)
			cases["scalar not below r"] = alias
		}
		for name, data := range cases {
			if _, err := snark.UnmarshalProof(f.system, data); !errors.Is(err, verifier.ErrRejected) {
				t.Errorf("%s: %s: got %v, want a rejection", f.name, name, err)
			}
		}
	}
}

// The point of B may lie on the twist and outside the subgroup: gnark's verifier would notice, the
// decoder notices first.
func TestUnmarshalProofChecksTheSubgroup(t *testing.T) {
	t.Parallel()
	f := namedFixture(t, "groth16")
	data := marshal(t, f.proof)
	raw := twistPoint.RawBytes()
	copy(data[64:], raw[:])
	if _, err := snark.UnmarshalProof(snark.Groth16, data); !errors.Is(err, verifier.ErrRejected) {
		t.Errorf("got %v, want a rejection", err)
	}
}

func TestUnmarshalProofOfUnknownSystem(t *testing.T) {
	t.Parallel()
	if _, err := snark.UnmarshalProof("stark", make([]byte, 256)); err == nil || errors.Is(err, verifier.ErrRejected) {
		t.Errorf("got %v, want an error that is no rejection", err)
	}
}

func TestNewProofRefusesShapes(t *testing.T) {
	t.Parallel()
	two := namedFixture(t, "groth16-committed").proof.Groth16()
	two.Commitments = append(two.Commitments, two.Commitments[0])
	stray := namedFixture(t, "groth16").proof.Groth16()
	_, _, stray.CommitmentPok, _ = curve.Generators()
	offCurve := namedFixture(t, "groth16").proof.Groth16()
	offCurve.Ar.X.Double(&offCurve.Ar.X)
	for name, proof := range map[string]*groth16.Proof{
		"nothing": nil, "two commitments": two, "stray proof of knowledge": stray, "a point off the curve": offCurve,
	} {
		if p, err := snark.NewGroth16Proof(proof); err == nil {
			t.Errorf("groth16 with %s accepted: %v", name, p)
		}
	}
	short := namedFixture(t, "plonk").proof.Plonk()
	short.BatchedProof.ClaimedValues = short.BatchedProof.ClaimedValues[:5]
	many := namedFixture(t, "plonk-committed").proof.Plonk()
	many.Bsb22Commitments = append(many.Bsb22Commitments, many.Z)
	many.BatchedProof.ClaimedValues = append(many.BatchedProof.ClaimedValues, fr.One())
	for name, proof := range map[string]*plonk.Proof{"nothing": nil, "five openings": short, "two commitments": many} {
		if p, err := snark.NewPlonkProof(proof); err == nil {
			t.Errorf("plonk with %s accepted: %v", name, p)
		}
	}
}

// Proofs are immutable: what accessors and constructors share with the caller is a copy.
func TestProofIsACopy(t *testing.T) {
	t.Parallel()
	f := namedFixture(t, "plonk-committed")
	before := marshal(t, f.proof)
	q := f.proof.Plonk()
	q.BatchedProof.ClaimedValues[0].SetZero()
	q.Bsb22Commitments[0] = q.Z
	g := namedFixture(t, "groth16-committed")
	beforeGroth16 := marshal(t, g.proof)
	p := g.proof.Groth16()
	p.Commitments[0] = p.Ar
	if !bytes.Equal(before, marshal(t, f.proof)) || !bytes.Equal(beforeGroth16, marshal(t, g.proof)) {
		t.Error("writing to a copy changed the proof")
	}
}
