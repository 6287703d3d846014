// SPDX-License-Identifier: Apache-2.0

//go:build icicle

package gnarkicicle

import (
	"errors"
	"fmt"
	"sync"

	"github.com/consensys/gnark/backend"
	"github.com/consensys/gnark/backend/accelerated/icicle"
	accelerated "github.com/consensys/gnark/backend/accelerated/icicle/groth16/bn254"
	groth16 "github.com/consensys/gnark/backend/groth16/bn254"
	"github.com/consensys/gnark/backend/solidity"
	"github.com/consensys/gnark/backend/witness"
	cs "github.com/consensys/gnark/constraint/bn254"
	"github.com/ingonyama-zk/icicle-gnark/v3/wrappers/golang/runtime"
)

// A Prover proves with a key on a device. Its proofs are made one after the other.
type Prover struct {
	pk     accelerated.ProvingKey
	config *icicle.Config
}

// loaded loads ICICLE's backends, from where ICICLE looks for them.
var loaded = sync.OnceValue(func() error {
	if code := runtime.LoadBackendFromEnvOrDefault(); code != runtime.Success {
		return fmt.Errorf("load ICICLE's backends: %s", code.AsString())
	}
	return nil
})

// New returns a prover whose key stays on a device. The hash from commitments to the field
// is that of gnark's contracts.
func New(pk *groth16.ProvingKey, kind Kind, id int) (*Prover, error) {
	if err := loaded(); err != nil {
		return nil, errors.Join(ErrNoDevice, err)
	}
	// A device that is not there must not be set: that ends the program.
	device := runtime.CreateDevice(string(kind), id)
	if !runtime.IsDeviceAvailable(&device) {
		return nil, fmt.Errorf("%w: %s:%d", ErrNoDevice, kind, id)
	}
	of := map[Kind]icicle.Backend{CUDA: icicle.CUDA, CPU: icicle.CPU}
	config, err := icicle.NewConfig(icicle.WithBackend(of[kind]), icicle.WithDeviceID(id), icicle.WithPinKeysToGPU(true),
		icicle.WithProverOptions(solidity.WithProverTargetSolidityVerifier(backend.GROTH16)))
	if err != nil {
		return nil, err
	}
	return &Prover{accelerated.ProvingKey{ProvingKey: *pk}, config}, nil
}

// Prove solves and proves. A panic in this thread is returned as an error.
func (p *Prover) Prove(c *cs.R1CS, full witness.Witness) (proof *groth16.Proof, err error) {
	defer func() {
		if r := recover(); r != nil {
			proof, err = nil, fmt.Errorf("gnark's accelerated prover panicked: %v", r)
		}
	}()
	return accelerated.Prove(c, &p.pk, full, p.config)
}
