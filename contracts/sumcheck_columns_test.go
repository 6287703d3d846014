// SPDX-License-Identifier: Apache-2.0

package contracts_test

import (
	"errors"
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

// TestSumcheckTakesColumns: the commitments to the second and third column of the witness are accepted,
// in this order and among others.
func TestSumcheckTakesColumns(t *testing.T) {
	t.Parallel()
	keys := drawnKeys()
	a := keys.artifact(t)
	c := evmtest.Embedded(t)
	contract := deploy(t, c, a)
	for _, test := range []struct {
		numbers []int
		want    string
	}{
		{nil, ""}, {[]int{1}, ""}, {[]int{1, 2}, ""},
		{[]int{2, 1}, "CommitmentInvalid"}, {[]int{0}, "CommitmentInvalid"}, {[]int{2}, "CommitmentInvalid"},
		{[]int{1, 1}, "CommitmentInvalid"}, {[]int{1, 2, 1}, "CommitmentInvalid"},
	} {
		p := newSumcheckProver(t, keys, 5, 3, 1)
		call := claimsColumns(test.numbers...)(t, p)
		if got := evmtest.Verdict(t, c, contract, call.Pack(t, a)); got != test.want {
			t.Errorf("columns %v: got verdict %q, want %q", test.numbers, got, test.want)
		}
		if err := keys.verifySumcheck(call); (err == nil) != (test.want == "") {
			t.Errorf("columns %v: the verifier in Go: %v", test.numbers, err)
		}
		if err := keys.nativeVerdict(nativeKey(t, p), p.key, call); (err == nil) != (test.want == "") {
			t.Errorf("columns %v: verifier/sumcheck: %v", test.numbers, err)
		}
	}
}
