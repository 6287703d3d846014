// SPDX-License-Identifier: Apache-2.0

package contracts_test

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"math/big"
	"slices"

	"github.com/consensys/gnark-crypto/ecc"
	curve "github.com/consensys/gnark-crypto/ecc/bn254"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/consensys/gnark/backend"
	"github.com/consensys/gnark/backend/plonk"
	plonk_bn254 "github.com/consensys/gnark/backend/plonk/bn254"
	"github.com/consensys/gnark/backend/solidity"
	"github.com/consensys/gnark/frontend"

	"github.com/zkml-go/zkml/internal/evmtest"
)

// plonkChallenges are the challenges of a proof up to ζ.
type plonkChallenges struct {
	gamma, beta, alpha, zeta fr.Element
	zetaDigest               []byte
}

// gammaMessage is what the first challenge hashes after its name.
func (p *plonkProver) gammaMessage(public [3]fr.Element, proof []byte) []byte {
	message := slices.Clone(p.key[:0x200])
	if p.shape.hasCommitment() {
		message = append(message, p.key[0x2c0:0x300]...)
	}
	for i := range public {
		message = append(message, public[i].Marshal()...)
	}
	return append(message, proof[:0xc0]...)
}

// challenges derives the challenges of a proof in its calldata form, given the message of the first.
func (p *plonkProver) challenges(gammaMessage, proof []byte) (c plonkChallenges) {
	digest := sha256.Sum256(slices.Concat([]byte("gamma"), gammaMessage))
	c.gamma.SetBytes(digest[:])
	digest = sha256.Sum256(slices.Concat([]byte("beta"), digest[:]))
	c.beta.SetBytes(digest[:])
	digest = sha256.Sum256(slices.Concat([]byte("alpha"), digest[:], p.bsb22(proof), proof[0x220:0x260]))
	c.alpha.SetBytes(digest[:])
	digest = sha256.Sum256(slices.Concat([]byte("zeta"), digest[:], proof[0xc0:0x180]))
	c.zeta.SetBytes(digest[:])
	c.zetaDigest = digest[:]
	return c
}

// bsb22 returns the commitment in a proof, or nothing.
func (p *plonkProver) bsb22(proof []byte) []byte {
	if !p.shape.hasCommitment() {
		return nil
	}
	return proof[0x320:0x360]
}

// lagrange returns Lᵢ(x).
func (p *plonkProver) lagrange(i int64, x fr.Element) fr.Element {
	var power, value, one fr.Element
	one.SetOne()
	power.Exp(p.vk.Generator, big.NewInt(i))
	value.Exp(x, new(big.Int).SetUint64(p.vk.Size)).Sub(&value, &one)
	value.Mul(&value, &power).Mul(&value, &p.vk.SizeInv)
	x.Sub(&x, &power)
	return *value.Div(&value, &x)
}

// publicPart returns PI.
func (p *plonkProver) publicPart(public [3]fr.Element, proof []byte, zeta fr.Element) (sum fr.Element) {
	for i := range public {
		term := p.lagrange(int64(i), zeta)
		sum.Add(&sum, term.Mul(&term, &public[i]))
	}
	if p.shape.hasCommitment() {
		h, err := fr.Hash(p.bsb22(proof), []byte("BSB22-Plonk"), 1)
		if err != nil {
			panic(err)
		}
		term := p.lagrange(3+int64(p.vk.CommitmentConstraintIndexes[0]), zeta)
		sum.Add(&sum, term.Mul(&term, &h[0]))
	}
	return sum
}

// linearValue returns f̄, the value that the linearized polynomial has if all constraints hold.
func (p *plonkProver) linearValue(public [3]fr.Element, proof []byte, c plonkChallenges) fr.Element {
	value := func(offset int) (e fr.Element) {
		e.SetBytes(proof[offset : offset+32])
		return e
	}
	// factor returns value + β⋅sigma + γ
	factor := func(value, sigma fr.Element) fr.Element {
		sigma.Mul(&sigma, &c.beta).Add(&sigma, &c.gamma)
		return *value.Add(&value, &sigma)
	}
	l, r := factor(value(0x180), value(0x1e0)), factor(value(0x1a0), value(0x200))
	o, z := factor(value(0x1c0), fr.Element{}), value(0x260)
	z.Mul(&z, &l).Mul(&z, &r).Mul(&z, &o).Mul(&z, &c.alpha)
	result := p.lagrange(0, c.zeta)
	result.Mul(&result, &c.alpha).Mul(&result, &c.alpha).Sub(&result, &z)
	public0 := p.publicPart(public, proof, c.zeta)
	return *result.Sub(&result, &public0)
}

// verify is the verdict of gnark's verifier on a call.
func (p *plonkProver) verify(c evmtest.Call) error {
	public, err := c.Public()
	if err != nil {
		return err
	}
	return p.verifyProof(public, c.Proof[32:])
}

// verifyProof is the verdict of gnark's verifier on the calldata form of a proof.
func (p *plonkProver) verifyProof(public [3]fr.Element, b []byte) error {
	proof, err := p.decode(public, b)
	if err != nil {
		return err
	}
	witness, err := frontend.NewWitness(
		&plonkCircuit{D: public[0], Z: public[1], E: public[2]}, ecc.BN254.ScalarField(), frontend.PublicOnly())
	if err != nil {
		return err
	}
	return plonk.Verify(proof, p.vk, witness, solidity.WithVerifierTargetSolidityVerifier(backend.PLONK))
}

var errPoint = errors.New("point or value not reduced, or not on the curve")

// decode reads the calldata form of a proof. The claimed value that it leaves out is put back.
func (p *plonkProver) decode(public [3]fr.Element, b []byte) (*plonk_bn254.Proof, error) {
	want := 0x300 + 0x60*len(p.vk.Qcp)
	if len(b) != want {
		return nil, fmt.Errorf("proof of %d bytes, want %d", len(b), want)
	}
	var failed error
	point := func(offset int) (q curve.G1Affine) {
		n, err := q.SetBytes(b[offset : offset+64])
		if err != nil || n != 64 {
			failed = errPoint
		}
		return q
	}
	value := func(offset int) (e fr.Element) {
		if e.SetBytesCanonical(b[offset:offset+32]) != nil {
			failed = errPoint
		}
		return e
	}
	proof := &plonk_bn254.Proof{Z: point(0x220)}
	for i := range 3 {
		proof.LRO[i], proof.H[i] = point(64*i), point(0xc0+64*i)
	}
	proof.BatchedProof.H, proof.ZShiftedOpening.H = point(0x280), point(0x2c0)
	proof.ZShiftedOpening.ClaimedValue = value(0x260)
	values := []fr.Element{p.linearValue(public, b, p.challenges(p.gammaMessage(public, b), b))}
	for i := range 5 {
		values = append(values, value(0x180+32*i))
	}
	if p.shape.hasCommitment() {
		values = append(values, value(0x300))
		proof.Bsb22Commitments = append(proof.Bsb22Commitments, point(0x320))
	}
	proof.BatchedProof.ClaimedValues = values
	return proof, failed
}
