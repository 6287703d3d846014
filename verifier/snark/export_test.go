// SPDX-License-Identifier: Apache-2.0

package snark

import (
	groth16 "github.com/consensys/gnark/backend/groth16/bn254"
	plonk "github.com/consensys/gnark/backend/plonk/bn254"
)

// LintWithout is Lint with rules disabled.
var LintWithout = lintWithout

// Guarded is what Verify runs gnark in.
var Guarded = guarded

// Rules returns the names of the rules of both systems.
func Rules() map[System][]string {
	rules := make(map[System][]string)
	for _, r := range groth16Rules {
		rules[Groth16] = append(rules[Groth16], r.name)
	}
	for _, r := range plonkRules {
		rules[Plonk] = append(rules[Plonk], r.name)
	}
	return rules
}

// UncheckedGroth16 returns a key that Lint has not seen.
func UncheckedGroth16(key *groth16.VerifyingKey) (*VerifyingKey, error) {
	c := cloneGroth16(key)
	return &VerifyingKey{groth16: c}, c.Precompute()
}

// UncheckedPlonk returns a key that Lint has not seen.
func UncheckedPlonk(key *plonk.VerifyingKey) *VerifyingKey {
	return &VerifyingKey{plonk: clonePlonk(key)}
}
