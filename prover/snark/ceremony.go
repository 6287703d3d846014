// SPDX-License-Identifier: Apache-2.0

package snark

import (
	"fmt"

	groth16 "github.com/consensys/gnark/backend/groth16/bn254"
	cs "github.com/consensys/gnark/constraint/bn254"

	"github.com/zkml-go/zkml/verifier/snark"
)

// Rank1 returns the constraints in gnark's form, for a ceremony. They must not be changed. It returns nil
// for other systems than Groth16, which need none.
func (c *ConstraintSystem) Rank1() *cs.R1CS {
	if c.system != snark.Groth16 {
		return nil
	}
	return c.cs
}

// NewGroth16ProvingKey returns the keys of a circuit that a ceremony made: they are not marked as insecure.
// The verifying key has passed snark.Lint, and the proving key has the sizes that the circuit needs.
func NewGroth16ProvingKey(c *ConstraintSystem, pk *groth16.ProvingKey, vk *groth16.VerifyingKey) (*ProvingKey, error) {
	checked, err := snark.NewGroth16VerifyingKey(vk, false)
	if err != nil {
		return nil, fmt.Errorf("keys of a ceremony: %w", err)
	}
	key := &ProvingKey{vk: checked, groth16: pk}
	if err := key.Fits(c); err != nil {
		return nil, fmt.Errorf("keys of a ceremony: %w", err)
	}
	return key, nil
}
