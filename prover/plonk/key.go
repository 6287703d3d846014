// SPDX-License-Identifier: Apache-2.0

package plonk

import (
	"errors"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	gnark "github.com/consensys/gnark/backend/plonk/bn254"
	cs "github.com/consensys/gnark/constraint/bn254"

	"github.com/zkml-go/zkml/accel"
	"github.com/zkml-go/zkml/accel/resident"
)

// A Key is what all proofs of one circuit share, and what devices keep of it: they do
// until it is dropped, by Drop or for good, or the device is closed. It is safe for
// concurrent use, but gnark solves one proof of a constraint system at a time.
type Key struct {
	gates   *cs.SparseR1CS
	pk      *gnark.ProvingKey
	options Options
	on      *resident.Set[place]
}

// Options trade memory for time.
type Options struct {
	// Extended has devices keep the polynomials that the circuit fixes in all points where
	// a proof takes their values: proofs are faster, and in addition to about 12 elements
	// for each row of the circuit a device keeps 21, and 3 for each commitment.
	Extended bool
}

// NewKey returns a key of a circuit. The slices of pk must have the lengths that the
// circuit needs. Neither may be changed.
func NewKey(gates *cs.SparseR1CS, pk *gnark.ProvingKey, options Options) *Key {
	k := &Key{gates: gates, pk: pk, options: options}
	k.on = resident.New(k, func(d accel.Device, p *place) error {
		if err := p.load(d, gates, pk); err != nil || !options.Extended {
			return err
		}
		return p.extend()
	}, (*place).free)
	return k
}

// Drop frees what a device holds of the key, once no proof is being made with it.
func (k *Key) Drop(device accel.Device) { k.on.Drop(device) }

// DropAll frees what all devices hold of the key, each once no proof is being made with it.
func (k *Key) DropAll() { k.on.DropAll() }

// bring brings the key to a device. What is there already may have been lost with a device
// that was given up for another key: then it is brought there again, before anybody waits
// for a proof that cannot be made.
func (k *Key) bring(device accel.Device) error {
	if k.on.Has(device) {
		if err := k.use(device, (*place).check); err != nil && !lost(err) {
			return err
		}
	}
	return k.use(device, func(*place) error { return nil })
}

// lost reports whether an error says that what a device keeps is of no use any more.
func lost(err error) bool { return errors.Is(err, accel.ErrFault) || errors.Is(err, accel.ErrMemory) }

// use calls do with what a device keeps. It is brought there if this is the first time, and
// dropped if the device fails.
func (k *Key) use(device accel.Device, do func(*place) error) error {
	var used *place
	err := k.on.Use(device, func(p *place) error {
		used = p
		return do(p)
	})
	if used != nil && err != nil && lost(err) {
		k.on.Discard(device, used)
	}
	return err
}

// check has the device answer with what only it holds.
func (p *place) check() error { return p.x.Read(make([]fr.Element, p.n)) }
