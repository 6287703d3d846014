// SPDX-License-Identifier: Apache-2.0

package icicle

import (
	"fmt"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr/fft"

	"github.com/zkml-go/zkml/accel"
)

// domain sees to it that the device has a domain for transforms of 2ᵏ elements and for
// their coset, whose generator is a root of order 2ᵏ⁺¹: that of the domain must be of this
// order at least, or the library would compute all powers of the generator on one thread
// of the CPU. The domain is made at the first transform, as large as it will ever be:
// making it anew leaks, and releasing it is for the library not to leave memory behind.
func (d *Device) domain(k int) error {
	key := *newDevice(d.options.Type, d.options.ID)
	order, ok := d.lib.domains[key]
	if !ok {
		var err error
		if order, err = d.makeDomain(); err != nil {
			return err
		}
		d.lib.domains[key] = order
	}
	if k >= order {
		return fmt.Errorf("icicle: a transform of 2^%d elements, the device has roots for 2^%d: %w",
			k, order-1, accel.ErrMemory)
	}
	return nil
}

// makeDomain hands the root to the device that its options ask for, or a smaller one if
// its powers would take more than an eighth of the memory.
func (d *Device) makeDomain() (order int, err error) {
	free, err := d.memory.available()
	if err != nil {
		return 0, err
	}
	order = d.options.Transform + 1
	for order > 1 && elementSize<<order > free/8 {
		order--
	}
	root, err := fft.Generator(1 << order)
	if err != nil {
		return 0, err
	}
	bits := root.Bits()
	return order, check("bn254_ntt_init_domain", d.lib.initDomain(&bits, &domainConfig{}))
}
