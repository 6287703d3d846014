// SPDX-License-Identifier: Apache-2.0

package contracts_test

import (
	"errors"
	"slices"
	"testing"

	curve "github.com/consensys/gnark-crypto/ecc/bn254"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"github.com/zkml-go/zkml/internal/evmtest"
)

// ownCommitment is the commitment of a statement to a column.
func ownCommitment(column curve.G1Affine) (out [32]byte) {
	copy(out[:], keccak(append(keccak([]byte("zkml.sumcheck.column.v1")), g1Bytes(column)...)))
	out[0] = 0x20
	return out
}

// checkOwnColumns compares the commitments of a statement that begin with 0x20 with the columns of the
// witness, the first of which is no tensor's.
func checkOwnColumns(commitments [][32]byte, witness []curve.G1Affine) error {
	next := 1
	for _, c := range commitments {
		if c[0] != 0x20 {
			continue
		}
		if next >= len(witness) || c != ownCommitment(witness[next]) {
			return errors.New("a commitment is to another column")
		}
		next++
	}
	return nil
}

// claimsColumns presents a statement with commitments to columns of the witness, given by number. The
// free wrap proves any statement: that these are not the commitments that it should have, the contract
// alone can see.
func claimsColumns(numbers ...int) sumcheckForger {
	return func(t testing.TB, p *sumcheckProver) evmtest.Call {
		v := p.statement(5, 5, 1)
		points := p.commitAll(p.witness)
		for _, k := range numbers {
			var e fr.Element
			c := ownCommitment(points[k])
			e.SetBytes(c[:])
			v.Commitments = append(v.Commitments, e)
		}
		v.Proof = p.prove(t, v)
		return evmtest.NewCall(v)
	}
}

// claimsBeyond presents a statement with a commitment to every column of the witness after the first, and one
// to the 64 bytes after the last, which are [h]. The free wrap lets the prover fix u and ρ, and with them [h],
// before the statement.
func claimsBeyond(t testing.TB, p *sumcheckProver) evmtest.Call {
	v := p.statement(5, 5, 0)
	rest := p.commitAll(p.witness)[1:]
	u, rho := randomScalars(p.n), randomScalar()
	_, _, w := p.mercuryProver.open(slices.Concat(p.witness, p.model), u, fr.Element{}, rho)
	for _, point := range append(rest, p.commit(w.h)) {
		var e fr.Element
		c := ownCommitment(point)
		e.SetBytes(c[:])
		v.Commitments = append(v.Commitments, e)
	}
	v.Proof = p.openAt(v.PublicInputs(), u, rho).encode(t, p.keys)
	return evmtest.NewCall(v)
}

// TestSumcheckTakesColumns: the commitments to the second and third column of the witness are accepted,
// in this order and among others.
func TestSumcheckTakesColumns(t *testing.T) {
	t.Parallel()
	keys := drawnKeys()
	a := keys.artifact(t)
	c := evmtest.Embedded(t)
	contract := deploy(t, c, a)
	check := func(what any, p *sumcheckProver, call evmtest.Call, want string) {
		t.Helper()
		if got := evmtest.Verdict(t, c, contract, call.Pack(t, a)); got != want {
			t.Errorf("columns %v: got verdict %q, want %q", what, got, want)
		}
		if err := keys.verifySumcheck(call); (err == nil) != (want == "") {
			t.Errorf("columns %v: the verifier in Go: %v", what, err)
		}
		if err := keys.nativeVerdict(nativeKey(t, p), p.key, call); (err == nil) != (want == "") {
			t.Errorf("columns %v: verifier/sumcheck: %v", what, err)
		}
	}
	for _, test := range []struct {
		numbers []int
		want    string
	}{
		{nil, ""}, {[]int{1}, ""}, {[]int{1, 2}, ""},
		{[]int{2, 1}, "CommitmentInvalid"}, {[]int{0}, "CommitmentInvalid"}, {[]int{2}, "CommitmentInvalid"},
		{[]int{1, 1}, "CommitmentInvalid"}, {[]int{1, 2, 1}, "CommitmentInvalid"},
	} {
		p := newSumcheckProver(t, keys, 5, 3, 1)
		check(test.numbers, p, claimsColumns(test.numbers...)(t, p), test.want)
	}
	p := newSumcheckProver(t, keys, 5, 3, 1)
	check("beyond the last", p, claimsBeyond(t, p), "CommitmentInvalid")
}
