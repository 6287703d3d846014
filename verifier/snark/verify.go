// SPDX-License-Identifier: Apache-2.0

package snark

import (
	"fmt"
	"slices"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/consensys/gnark/backend"
	groth16 "github.com/consensys/gnark/backend/groth16/bn254"
	plonk "github.com/consensys/gnark/backend/plonk/bn254"
	"github.com/consensys/gnark/backend/solidity"

	"github.com/zkml-go/zkml/verifier"
)

// Verify checks that proof proves the statement with the given public inputs under vk. It returns nil or
// an error that wraps verifier.ErrRejected, never anything else, and it never panics. It is safe for
// concurrent use.
//
// The hash from commitments to the field is that of the contracts: keccak256 for Groth16, RFC 9380 with
// SHA-256 for PLONK.
func Verify(vk *VerifyingKey, proof *Proof, public PublicInputs) error {
	if vk == nil || vk.System() == "" {
		return reject("no verifying key")
	}
	if proof == nil || proof.System() == "" {
		return reject("no proof")
	}
	if got, want := proof.System(), vk.System(); got != want {
		return reject("%s proof, want %s", got, want)
	}
	if got, want := proof.NumCommitments(), vk.NumCommitments(); got != want {
		return reject("proof with %d commitments, want %d", got, want)
	}
	if got, want := len(public), vk.NumPublicInputs(); got != want {
		return reject("%d public inputs, want %d", got, want)
	}
	err := guarded(func() error {
		if vk.groth16 != nil {
			return verifyGroth16(vk.groth16, proof.groth16, public)
		}
		return verifyPlonk(vk.plonk, proof.plonk, public)
	})
	if err != nil {
		return reject("%v", err)
	}
	return nil
}

func reject(format string, args ...any) error {
	return &verifier.RejectError{Reason: fmt.Sprintf(format, args...)}
}

// guarded runs gnark's verification and makes an error of a panic. The shapes of keys and proofs are
// checked before, so nothing is known that panics; a verifier does not rely on that.
func guarded(verify func() error) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("verification panicked: %v", p)
		}
	}()
	return verify()
}

// verifyGroth16 calls gnark, which appends to the slice of public inputs.
func verifyGroth16(key *groth16.VerifyingKey, proof *groth16.Proof, public PublicInputs) error {
	return groth16.Verify(proof, key, slices.Clip(fr.Vector(public)),
		solidity.WithVerifierTargetSolidityVerifier(backend.GROTH16))
}

// verifyPlonk calls gnark, which appends to the slice of commitments: the clip makes it copy.
func verifyPlonk(key *plonk.VerifyingKey, proof *plonk.Proof, public PublicInputs) error {
	p := *proof
	p.Bsb22Commitments = slices.Clip(p.Bsb22Commitments)
	return plonk.Verify(&p, key, slices.Clip(fr.Vector(public)),
		solidity.WithVerifierTargetSolidityVerifier(backend.PLONK))
}
