// SPDX-License-Identifier: Apache-2.0

package export_test

import (
	"bytes"
	"errors"
	"math/big"
	"slices"
	"testing"

	"github.com/consensys/gnark-crypto/ecc"
	curve "github.com/consensys/gnark-crypto/ecc/bn254"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/consensys/gnark/backend/groth16"
	groth16_bn254 "github.com/consensys/gnark/backend/groth16/bn254"
	"github.com/consensys/gnark/frontend"

	"github.com/zkml-go/zkml/export"
	"github.com/zkml-go/zkml/statement"
)

// multiples returns the first n multiples of the generator of G1.
func multiples(n int) []curve.G1Affine {
	_, _, g, _ := curve.Generators()
	list := make([]curve.G1Affine, n)
	for i := range list {
		list[i].ScalarMultiplication(&g, big.NewInt(int64(i+1)))
	}
	return list
}

func wrapKey(t testing.TB, id ecc.ID, publicInputs, commitments int) groth16.VerifyingKey {
	t.Helper()
	circuit := &shaped{Public: make([]frontend.Variable, publicInputs), commitments: commitments}
	_, vk, err := groth16.Setup(compile(t, id, circuit))
	if err != nil {
		t.Fatal(err)
	}
	return vk
}

func TestSumcheckKey(t *testing.T) {
	t.Parallel()
	_, _, _, g2 := curve.Generators()
	wrap := wrapKey(t, ecc.BN254, 3, 0)
	vk := wrap.(*groth16_bn254.VerifyingKey)
	for _, m := range []int{0, 1, 5} {
		model := multiples(m)
		system, key, err := export.SumcheckKey(wrap, export.Columns{Tau: g2, NumVars: 17, NumWitness: 0x102, Model: model})
		if err != nil || system != statement.Sumcheck {
			t.Fatalf("system %q, error %v", system, err)
		}
		if want := 0x360 + 64*m; len(key) != want {
			t.Fatalf("%d model columns: got %d bytes, want %d", m, len(key), want)
		}
		negated := func(p curve.G2Affine) []byte { p.Neg(&p); return g2Words(&p) }
		for at, want := range map[int][]byte{
			0x000: negated(vk.G2.Delta), 0x080: g1Words(&vk.G1.Alpha), 0x0c0: negated(vk.G2.Beta), 0x140: negated(vk.G2.Gamma),
			0x1c0: g1Words(&vk.G1.K[0]), 0x280: g1Words(&vk.G1.K[3]), 0x2c0: negated(g2),
			0x340: append(make([]byte, 24), 0, 0, 0, 17, 0, 8, 1, 2),
		} {
			if got := key[at : at+len(want)]; !bytes.Equal(got, want) {
				t.Errorf("at %#x: got %x, want %x", at, got, want)
			}
		}
		for i := range model {
			if got, want := key[0x360+64*i:][:64], g1Words(&model[i]); !bytes.Equal(got, want) {
				t.Errorf("model column %d: got %x, want %x", i, got, want)
			}
		}
	}
}

// TestSumcheckPlonkKey has the key of a PLONK wrap and then what a Groth16 one has after [τ]₂.
func TestSumcheckPlonkKey(t *testing.T) {
	t.Parallel()
	wrap, _ := provePlonk(t, 0)
	columns := export.Columns{Tau: wrap.Kzg.G2[1], NumVars: 17, NumWitness: 0x102, Model: multiples(2)}
	system, key, err := export.SumcheckKey(wrap, columns)
	if err != nil || system != statement.SumcheckPlonk {
		t.Fatalf("system %q, error %v", system, err)
	}
	own, err := export.PlonkKey(wrap)
	if err != nil {
		t.Fatal(err)
	}
	_, other, err := export.SumcheckKey(wrapKey(t, ecc.BN254, 3, 0), columns)
	if err != nil {
		t.Fatal(err)
	}
	if want := slices.Concat(own, other[0x340:]); !bytes.Equal(key, want) {
		t.Errorf("got key %x, want %x", key, want)
	}
}

func g1Words(p *curve.G1Affine) []byte {
	b := p.RawBytes() // x‖y, with flags that are zero for a finite point
	return b[:]
}

func g2Words(p *curve.G2Affine) []byte {
	b := p.RawBytes() // x₁‖x₀‖y₁‖y₀, likewise
	return b[:]
}

func TestSumcheckKeyRefuses(t *testing.T) {
	t.Parallel()
	_, _, _, g2 := curve.Generators()
	good := wrapKey(t, ecc.BN254, 3, 0)
	plonk, _ := provePlonk(t, 0)
	committed, _ := provePlonk(t, 1)
	tests := []struct {
		name            string
		wrap            export.VerifyingKey
		tau             curve.G2Affine
		numVars, number int
		ok              bool
	}{
		{"least", good, g2, 2, 1, true},
		{"most", good, g2, 28, 65535, true},
		{"1 variable", good, g2, 1, 1, false},
		{"29 variables", good, g2, 29, 1, false},
		{"no witness column", good, g2, 4, 0, false},
		{"65,536 witness columns", good, g2, 4, 65536, false},
		{"tau at infinity", good, curve.G2Affine{}, 4, 1, false},
		{"2 public inputs", wrapKey(t, ecc.BN254, 2, 0), g2, 4, 1, false},
		{"10 public inputs", wrapKey(t, ecc.BN254, 10, 0), g2, 4, 1, false},
		{"commitment", wrapKey(t, ecc.BN254, 3, 1), g2, 4, 1, false},
		{"another curve", wrapKey(t, ecc.BLS12_381, 3, 0), g2, 4, 1, false},
		{"plonk", plonk, plonk.Kzg.G2[1], 4, 1, true},
		{"plonk over another SRS", plonk, g2, 4, 1, false},
		{"plonk with a commitment", committed, committed.Kzg.G2[1], 4, 1, false},
	}
	for _, test := range tests {
		_, _, err := export.SumcheckKey(test.wrap, export.Columns{Tau: test.tau, NumVars: test.numVars, NumWitness: test.number})
		if test.ok != (err == nil) || !test.ok && !errors.Is(err, export.ErrUnsupported) {
			t.Errorf("%s: got error %v", test.name, err)
		}
	}
}

// TestSumcheckProof finds every part of a proof where SumcheckVerifier.sol has it.
func TestSumcheckProof(t *testing.T) {
	t.Parallel()
	for _, n := range []int{256, 768} {
		testSumcheckProof(t, bytes.Repeat([]byte{7}, n))
	}
	for _, n := range []int{0, 255, 257, 384, 800, 864} {
		if _, err := export.SumcheckProof(nil, &export.Opening{}, &export.WrapWords{}, make([]byte, n)); !errors.Is(err, export.ErrUnsupported) {
			t.Errorf("wrap of %d bytes: got error %v, want ErrUnsupported", n, err)
		}
	}
}

func testSumcheckProof(t *testing.T, wrap []byte) {
	t.Helper()
	p := multiples(14)
	s := make([]fr.Element, 14)
	for i := range s {
		s[i].SetInt64(int64(i + 1)).Neg(&s[i])
	}
	b, err := export.SumcheckProof(p[12:14], &export.Opening{
		H: p[0], Q: p[1], G: p[2], HAtAlpha: s[0], S: p[3], D: p[4],
		GAtZeta: s[1], GAtZetaInverse: s[2], HAtZeta: s[3], HAtZetaInverse: s[4], SAtZeta: s[5], SAtZetaInverse: s[6],
		Quotient: p[5], BatchQuotient: p[6], LinQuotient: p[7],
	}, &export.WrapWords{
		V: s[7], Rho: s[8], P1AtZeta: s[9], P1AtZetaInverse: s[10], P2AtZeta: s[11], P2AtZetaInverse: s[12], Z: s[13],
	}, wrap)
	if err != nil {
		t.Fatal(err)
	}
	if want := 128 + 960 + len(wrap); len(b) != want {
		t.Fatalf("got %d bytes, want %d", len(b), want)
	}
	points := map[int]int{
		-0x80: 12, -0x40: 13, 0x000: 0, 0x040: 1, 0x080: 2, 0x0e0: 3, 0x120: 4, 0x220: 5, 0x260: 6, 0x2a0: 7,
	}
	for at, i := range points {
		if got, want := b[128+at:][:64], g1Words(&p[i]); !bytes.Equal(got, want) {
			t.Errorf("point at %#x: got %x, want %x", at, got, want)
		}
	}
	for i, at := range []int{0x0c0, 0x160, 0x180, 0x1a0, 0x1c0, 0x1e0, 0x200, 0x2e0, 0x300, 0x320, 0x340, 0x360, 0x380, 0x3a0} {
		if got, want := b[128+at:][:32], s[i].Marshal(); !bytes.Equal(got, want) {
			t.Errorf("scalar at %#x: got %x, want %x", at, got, want)
		}
	}
	if got := b[128+0x3c0:]; !bytes.Equal(got, wrap) {
		t.Errorf("wrap: got %x, want %x", got, wrap)
	}
}
