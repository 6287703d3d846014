// SPDX-License-Identifier: Apache-2.0

package sumcheck

import (
	"errors"
	"fmt"

	curve "github.com/consensys/gnark-crypto/ecc/bn254"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/consensys/gnark-crypto/ecc/bn254/kzg"

	"github.com/zkml-go/zkml/protocol/reduction"
	"github.com/zkml-go/zkml/prover/snark"
	verifier "github.com/zkml-go/zkml/verifier/sumcheck"
)

// A ProvingKey is what proofs of a model are made with, besides its program. It is
// immutable and safe for concurrent use.
type ProvingKey struct {
	vk   *verifier.VerifyingKey
	ck   *CommitmentKey
	wrap *snark.ProvingKey // or nil: plain proofs only
}

// A CommitmentKey is what columns are committed to and opened with.
type CommitmentKey struct {
	// srs is the powers 0 … N of τ, for columns of N elements and a blind.
	srs *kzg.ProvingKey
	// blinds hide the columns of the model in their commitments. They are the
	// registrant's secret, if the weights are.
	blinds []fr.Element

	powers powers
}

var errOtherKey = errors.New("the parts of the proving key are not of one key")

// NewProvingKey puts a key together of its parts. Without the wrap's key it makes plain
// proofs only. It checks sizes, that the powers begin with the generator and the secret
// of the SRS in vk, and that the wrap's key belongs to vk; not that the other powers are
// powers, nor that the blinds are those of the commitments in vk: with wrong ones, no
// proof verifies.
func NewProvingKey(vk *verifier.VerifyingKey, ck *CommitmentKey, wrap *snark.ProvingKey) (*ProvingKey, error) {
	if got, want := len(ck.srs.G1), 1<<vk.Vars()+1; got != want {
		return nil, fmt.Errorf("%w: %d powers of tau, want %d", errOtherKey, got, want)
	}
	if got, want := len(ck.blinds), len(vk.Model()); got != want {
		return nil, fmt.Errorf("%w: blinds of %d columns, want %d", errOtherKey, got, want)
	}
	_, _, g1, g2 := curve.Generators()
	if !ck.srs.G1[0].Equal(&g1) {
		return nil, fmt.Errorf("%w: the powers of tau do not begin with the generator", errOtherKey)
	}
	var negative curve.G1Affine
	negative.Neg(&g1)
	if ok, err := curve.PairingCheck([]curve.G1Affine{ck.srs.G1[1], negative}, []curve.G2Affine{g2, vk.Tau()}); err != nil || !ok {
		return nil, errors.Join(fmt.Errorf("%w: the powers of tau are of another secret", errOtherKey), err)
	}
	if wrap != nil {
		own, err := vk.Wrap().Digest()
		if err != nil {
			return nil, err
		}
		if other, err := wrap.VerifyingKey().Digest(); err != nil || own != other {
			return nil, errors.Join(fmt.Errorf("%w: the key of the wrap is another", errOtherKey), err)
		}
	}
	return &ProvingKey{vk: vk, ck: ck, wrap: wrap}, nil
}

// VerifyingKey returns the key that proofs are checked with.
func (pk *ProvingKey) VerifyingKey() *verifier.VerifyingKey { return pk.vk }

// CommitmentKey returns the part of the key that columns are committed to with.
func (pk *ProvingKey) CommitmentKey() *CommitmentKey { return pk.ck }

// Wrap returns the proving key of the wrap, nil if there is none.
func (pk *ProvingKey) Wrap() *snark.ProvingKey { return pk.wrap }

// Fits reports an error unless p lays columns out as vk has them.
func Fits(vk *verifier.VerifyingKey, p *reduction.Plan) error {
	l := &p.Layout
	if l.Vars != vk.Vars() || 1+l.Witness != vk.NumWitness() || l.Model != len(vk.Model()) {
		return fmt.Errorf("the key is of another program: it has %d and %d columns of 2^%d elements, want %d and %d of 2^%d",
			len(vk.Model()), vk.NumWitness(), vk.Vars(), l.Model, 1+l.Witness, l.Vars)
	}
	return nil
}
