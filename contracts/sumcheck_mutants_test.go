// SPDX-License-Identifier: Apache-2.0

package contracts_test

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"math/big"
	"slices"
	"testing"

	curve "github.com/consensys/gnark-crypto/ecc/bn254"
	"github.com/consensys/gnark-crypto/ecc/bn254/fp"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"github.com/zkml-go/zkml/chain"
	"github.com/zkml-go/zkml/internal/evmtest"
	"github.com/zkml-go/zkml/statement"
)

// sumcheckScalars are where the scalars of a proof are, after the witness columns.
var sumcheckScalars = []int{
	0x0c0, 0x160, 0x180, 0x1a0, 0x1c0, 0x1e0, 0x200, 0x2e0, 0x300, 0x320, 0x340, 0x360, 0x380, 0x3a0,
}

// sumcheckPoints are where the points of G1 of a proof are, after the witness columns and but for the wrap.
var sumcheckPoints = []int{0x000, 0x040, 0x080, 0x0e0, 0x120, 0x220, 0x260, 0x2a0}

// points are where the points of G1 of a proof are, after the witness columns.
func (k wrapKeys) points() []int {
	if k.system == statement.Sumcheck {
		return append(slices.Clone(sumcheckPoints), 0x3c0, 0x480)
	}
	list := slices.Clone(sumcheckPoints)
	for at := 0; at < 0x300; at += 32 {
		if isPlonkPoint(at) {
			list = append(list, 0x3c0+at)
		}
	}
	return list
}

// sumcheckWant is the error that a changed proof must give: scalars are compared with r first, then what
// leads to ζ breaks (1), unless all in it is zero, then precompiles refuse points.
func (k wrapKeys) sumcheckWant(honest, proof []byte, columns int) string {
	honest, proof = honest[32:], proof[32:]
	columns -= 32
	zero := true
	for _, position := range sumcheckScalars {
		word := proof[columns+position:][:32]
		if new(big.Int).SetBytes(word).Cmp(fr.Modulus()) >= 0 {
			return "ScalarNotInField"
		}
		zero = zero && bytes.Equal(word, make([]byte, 32))
	}
	same := func(from, to int) bool { return bytes.Equal(honest[from:to], proof[from:to]) }
	if !zero && (!same(0, columns+0x220) || !same(columns+0x2e0, columns+0x3a0)) {
		return "ValuesInvalid"
	}
	d := &decoder{b: proof[columns+0x220:]}
	d.points(3)
	if d.err != nil {
		return "PointInvalid"
	}
	return k.wrapWant(proof[columns+0x3c0:])
}

// wrapWant is the error that a false proof of the wrap must give.
func (k wrapKeys) wrapWant(proof []byte) string {
	d := &decoder{b: proof}
	if k.system == statement.Sumcheck {
		d.g1()
		d.g2()
		d.g1()
	}
	for at := 0; at < len(proof) && k.system == statement.SumcheckPlonk; at += 32 {
		switch {
		case isPlonkValue(at):
			if new(big.Int).SetBytes(proof[at:at+32]).Cmp(fr.Modulus()) >= 0 {
				return "OpeningNotInField"
			}
		case isPlonkPoint(at):
			d.b = proof[at:]
			d.g1()
		}
	}
	if d.err != nil {
		return "PointInvalid"
	}
	return "ProofInvalid"
}

// sumcheckMutants changes a call everywhere: its statement as evmtest.Mutants does, its proof word by
// word and point by point. other is a proof under the same key.
func (k wrapKeys) sumcheckMutants(c evmtest.Call, other evmtest.Call) []evmtest.Mutant {
	columns := 32 + 64*int(binary.BigEndian.Uint16(c.Key[k.keyBytes+0x1e:])) // where the proof has the opening
	var list []evmtest.Mutant
	for _, m := range evmtest.Mutants(c) {
		if m.Want == "ProofInvalid" {
			switch {
			case !bytes.Equal(m.Call.Proof[32:], c.Proof[32:]):
				m.Want = k.sumcheckWant(c.Proof, m.Call.Proof, columns)
			case digest(m.Call) != digest(c):
				m.Want = "ValuesInvalid" // another d and other challenges
			}
		}
		list = append(list, m)
	}
	add := func(change func(proof []byte), format string, args ...any) {
		m := c
		m.Proof = bytes.Clone(c.Proof)
		change(m.Proof)
		want := k.sumcheckWant(c.Proof, m.Proof, columns)
		list = append(list, evmtest.Mutant{Name: fmt.Sprintf(format, args...), Call: m, Want: want})
	}
	points := k.points()
	for at := 32 - columns; at < 0; at += 64 {
		points = append(points, at)
	}
	for _, position := range points {
		at := columns + position
		add(func(proof []byte) { copy(proof[at:at+64], other.Proof[at:]) },
			"point at %#x of another proof", position)
		add(func(proof []byte) {
			y := new(big.Int).SetBytes(proof[at+32 : at+64])
			y.Sub(fp.Modulus(), y).FillBytes(proof[at+32 : at+64])
		}, "point at %#x negated", position)
	}
	for _, position := range sumcheckScalars {
		at := columns + position
		add(func(proof []byte) { copy(proof[at:], plusWord(proof[at:at+32], fr.Modulus())) },
			"scalar at %#x + r", position)
		add(func(proof []byte) { fr.Modulus().FillBytes(proof[at : at+32]) }, "scalar at %#x = r", position)
		add(func(proof []byte) { copy(proof[at:at+32], other.Proof[at:]) }, "scalar at %#x of another proof", position)
	}
	add(func(proof []byte) {
		copy(proof[32:], c.Proof[96:160])
		copy(proof[96:], c.Proof[32:96])
	}, "witness columns swapped")
	for _, n := range []int{64, 32, 1} {
		m := c
		m.Proof = c.Proof[:len(c.Proof)-n]
		list = append(list, evmtest.Mutant{Name: fmt.Sprintf("without the last %d bytes", n), Call: m, Want: "ProofLengthInvalid"})
		m.Proof = append(bytes.Clone(c.Proof), make([]byte, n)...)
		list = append(list, evmtest.Mutant{Name: fmt.Sprintf("with %d bytes more", n), Call: m, Want: "ProofLengthInvalid"})
	}
	return list
}

// TestSumcheckRejectsMutants gives false proofs to the contract on every EVM and to the verifier in Go.
func TestSumcheckRejectsMutants(t *testing.T) {
	t.Parallel()
	for _, keys := range wraps(t)[1:] {
		t.Run(keys.name, func(t *testing.T) { testSumcheckMutants(t, keys) })
	}
}

func testSumcheckMutants(t *testing.T, keys wrapKeys) {
	a := keys.artifact(t)
	p := newSumcheckProver(t, keys, 5, 2, 2)
	honest := evmtest.NewCall(p.inference(t, 50, 40, 1))
	if err := keys.verifySumcheck(honest); err != nil {
		t.Fatalf("the verifier in Go rejects the honest proof: %v", err)
	}
	second := *p
	second.witness = [][]fr.Element{randomScalars(1<<5 + 1), randomScalars(1<<5 + 1)}
	mutants := keys.sumcheckMutants(honest, evmtest.NewCall(second.inference(t, 50, 40, 1)))
	if floor := 1500; len(mutants) < floor {
		t.Fatalf("%d mutants, want %d", len(mutants), floor)
	}
	vk := nativeKey(t, p)
	if err := keys.nativeVerdict(vk, p.key, honest); err != nil {
		t.Fatalf("verifier/sumcheck rejects the honest proof: %v", err)
	}
	for _, m := range mutants {
		if keys.verifySumcheck(m.Call) == nil {
			t.Errorf("%s: accepted by the verifier in Go", m.Name)
		}
		if keys.nativeVerdict(vk, p.key, m.Call) == nil {
			t.Errorf("%s: accepted by verifier/sumcheck", m.Name)
		}
	}
	evmtest.Each(t, func(t *testing.T, c *chain.Chain) {
		contract := deploy(t, c, a)
		for _, m := range mutants {
			if got := evmtest.Verdict(t, c, contract, m.Call.Pack(t, a)); got != m.Want {
				t.Errorf("%s: got verdict %q, want %q", m.Name, got, m.Want)
			}
		}
		if got := evmtest.Verdict(t, c, contract, honest.Pack(t, a)); got != "" {
			t.Errorf("honest proof refused with %s", got)
		}
	})
}

// TestSumcheckKeyIsChecked presents honest proofs under corrupt keys, each with the name of the model that
// the corrupt key belongs to.
func TestSumcheckKeyIsChecked(t *testing.T) {
	t.Parallel()
	for _, keys := range []wrapKeys{drawnKeys(), plonkKeys(t)} {
		t.Run(keys.name, func(t *testing.T) { testSumcheckKey(t, keys) })
	}
}

func testSumcheckKey(t *testing.T, keys wrapKeys) {
	a := keys.artifact(t)
	p := newSumcheckProver(t, keys, 5, 2, 2)
	parameters, columns := keys.keyBytes, keys.keyBytes+0x20
	g1, g2 := []int{0x080, 0x1c0, 0x200, 0x280}, []int{0, 0x0c0, 0x140, 0x2c0}
	if keys.system == statement.SumcheckPlonk {
		g1, g2 = []int{0, 0x040, 0x080, 0x0c0, 0x100, 0x140, 0x180, 0x1c0}, []int{0x200}
	}
	type test struct {
		name, want string
		call       evmtest.Call
	}
	var tests []test
	add := func(want string, change func(key []byte) []byte, format string, args ...any) {
		v := p.statement(5, 5, 1)
		v.Key = change(bytes.Clone(p.key))
		v.Proof = p.prove(t, v)
		tests = append(tests, test{fmt.Sprintf(format, args...), want, evmtest.NewCall(v)})
	}
	for at := 0; at < len(p.key); at += 32 {
		want := "PointInvalid"
		switch {
		case at == parameters:
			continue
		case keys.system == statement.Sumcheck || at < 0x200 || at > parameters:
		case at < 0x280: // -[τ]₂
			want = "PrecompileFailed"
		default: // n, ω
			want = "ProofInvalid"
		}
		add(want, func(key []byte) []byte { key[at+31] ^= 1; return key }, "word at %#x", at)
		add(want, func(key []byte) []byte { copy(key[at:], plusWord(key[at:at+32], fp.Modulus())); return key }, "word at %#x + p", at)
	}
	// Infinity and the generator are points, of another key.
	for _, at := range append(g1, columns, columns+0x40) {
		add("ProofInvalid", func(key []byte) []byte { clear(key[at : at+64]); return key }, "point at %#x infinity", at)
	}
	_, _, _, generator := curve.Generators()
	for _, at := range g2 {
		add("ProofInvalid", func(key []byte) []byte { clear(key[at : at+128]); return key }, "point at %#x infinity", at)
		add("ProofInvalid", func(key []byte) []byte { copy(key[at:at+128], g2Bytes(generator)); return key }, "point at %#x another", at)
	}
	add("ProofInvalid", func(key []byte) []byte {
		return slices.Concat(key[:columns], key[columns+0x40:], key[columns:columns+0x40])
	}, "model columns swapped")
	add("ProofInvalid", func(key []byte) []byte { return key[:len(key)-64] }, "without a model column")
	add("ProofInvalid", func(key []byte) []byte { return append(key, key[columns:columns+0x40]...) }, "with a model column more")
	for _, n := range []int{0, 1, 32, parameters - 1, parameters, columns - 1, columns + 1, columns + 0x20, len(p.key) - 1, len(p.key) - 32} {
		add("KeyLengthInvalid", func(key []byte) []byte { return key[:n] }, "%d bytes", n)
	}
	add("KeyLengthInvalid", func(key []byte) []byte { return append(key, make([]byte, 32)...) }, "32 bytes more")
	for _, w := range []struct {
		n, t1, columns uint64
		want           string
	}{
		{5, 3, 2, "KeyParametersInvalid"}, {5, 1, 2, "KeyParametersInvalid"}, {5, 0, 2, "KeyParametersInvalid"},
		{1, 0, 2, "KeyParametersInvalid"}, {0, 0, 2, "KeyParametersInvalid"}, {29, 14, 2, "KeyParametersInvalid"},
		{1 << 16, 1 << 15, 2, "KeyParametersInvalid"}, {5, 2, 0, "KeyParametersInvalid"},
		{5 + 1<<32, 2, 2, "KeyParametersInvalid"},
		{5, 2, 1, "ProofLengthInvalid"}, {5, 2, 3, "ProofLengthInvalid"}, {5, 2, 0xffff, "ProofLengthInvalid"},
		{6, 3, 2, "ProofInvalid"},
	} {
		add(w.want, func(key []byte) []byte {
			word := key[parameters:columns]
			clear(word)
			binary.BigEndian.PutUint64(word[20:], w.n)
			binary.BigEndian.PutUint16(word[28:], uint16(w.t1))
			binary.BigEndian.PutUint16(word[30:], uint16(w.columns))
			return key
		}, "parameters %+v", w)
	}
	for _, at := range []int{0, 23} {
		add("KeyParametersInvalid", func(key []byte) []byte { key[parameters+at] = 1; return key }, "byte %d of the parameters", at)
	}
	for _, test := range tests {
		if keys.verifySumcheck(test.call) == nil {
			t.Errorf("%s: accepted by the verifier in Go", test.name)
		}
	}
	evmtest.Each(t, func(t *testing.T, c *chain.Chain) {
		contract := deploy(t, c, a)
		for _, test := range tests {
			if got := evmtest.Verdict(t, c, contract, test.call.Pack(t, a)); got != test.want {
				t.Errorf("%s: got verdict %q, want %q", test.name, got, test.want)
			}
		}
	})
}

// TestSumcheckOtherModel presents proofs under the keys of other models.
func TestSumcheckOtherModel(t *testing.T) {
	t.Parallel()
	a := drawnKeys().artifact(t)
	p := newSumcheckProver(t, drawnKeys(), 4, 2, 1)
	other := newSumcheckProver(t, ceremonyKeys(), 4, 2, 1)
	under := func(key []byte, system string) evmtest.Call {
		v := p.statement(5, 5, 1)
		v.Key, v.System = key, system
		v.Proof = p.prove(t, v)
		return evmtest.NewCall(v)
	}
	tests := []struct {
		name, want string
		call       evmtest.Call
	}{
		{"own key", "", under(p.key, statement.Sumcheck)},
		{"other key", "ProofInvalid", under(other.key, statement.Sumcheck)},
		{"other model columns", "ProofInvalid", under(slices.Concat(p.key[:0x360], other.key[0x360:]), statement.Sumcheck)},
		{"name of another system", "ModelMismatch", under(p.key, statement.Groth16)},
		{"name of another wrap", "ModelMismatch", under(p.key, statement.SumcheckPlonk)},
	}
	evmtest.Each(t, func(t *testing.T, c *chain.Chain) {
		contract := deploy(t, c, a)
		for _, test := range tests {
			if got := evmtest.Verdict(t, c, contract, test.call.Pack(t, a)); got != test.want {
				t.Errorf("%s: got verdict %q, want %q", test.name, got, test.want)
			}
		}
	})
}

// TestSumcheckNames compares system and modelId with their native counterparts.
func TestSumcheckNames(t *testing.T) {
	t.Parallel()
	c := evmtest.Embedded(t)
	for _, name := range []string{"sumcheck-groth16-bn254-v1", "sumcheck-plonk-bn254-v1"} {
		a := wrapKeys{system: name}.artifact(t)
		contract := deploy(t, c, a)
		data, err := a.ABI.Pack("system")
		if err != nil {
			t.Fatal(err)
		}
		system, err := c.Call(t.Context(), contract, data)
		if err != nil {
			t.Fatal(err)
		}
		if want := statement.Keccak([]byte(name)); [32]byte(system) != want {
			t.Errorf("got system %x, want %x", system, want)
		}
	}
}

func g2Bytes(p curve.G2Affine) []byte {
	b := p.RawBytes() // x₁‖x₀‖y₁‖y₀, with flags that are zero for a finite point
	return b[:]
}
