// SPDX-License-Identifier: Apache-2.0

package plonk

import (
	"runtime"
	"sync"

	gnark "github.com/consensys/gnark/backend/plonk/bn254"
	cs "github.com/consensys/gnark/constraint/bn254"

	"github.com/zkml-go/zkml/accel"
)

// A Key is what all proofs of one circuit share, and what devices keep of it: they do
// until it is dropped, by Drop or for good, or the device is closed. It is safe for
// concurrent use, but gnark solves one proof of a constraint system at a time.
type Key struct {
	gates   *cs.SparseR1CS
	pk      *gnark.ProvingKey
	options Options
	on      *places
}

// Options trade memory for time.
type Options struct {
	// Extended has devices keep the polynomials that the circuit fixes in all points where
	// a proof takes their values: proofs are faster, and in addition to about 12 elements
	// for each row of the circuit a device keeps 21, and 3 for each commitment.
	Extended bool
}

// places are what devices keep of a key. They outlive the key for as long as it takes to
// free them.
type places struct {
	sync.Mutex
	by map[accel.Device]*place
}

// NewKey returns a key of a circuit. The slices of pk must have the lengths that the
// circuit needs. Neither may be changed.
func NewKey(gates *cs.SparseR1CS, pk *gnark.ProvingKey, options Options) *Key {
	k := &Key{gates: gates, pk: pk, options: options, on: &places{by: map[accel.Device]*place{}}}
	runtime.AddCleanup(k, func(on *places) {
		for d := range on.by {
			on.drop(d)
		}
	}, k.on)
	return k
}

// Drop frees what a device holds of the key, once no proof is being made with it.
func (k *Key) Drop(device accel.Device) { k.on.drop(device) }

func (on *places) drop(device accel.Device) {
	on.Lock()
	p := on.by[device]
	delete(on.by, device)
	on.Unlock()
	if p != nil {
		p.using.Lock()
		defer p.using.Unlock()
		p.free()
	}
}

// use calls do with what a device keeps. It is brought there if this is the first time.
func (k *Key) use(device accel.Device, do func(*place) error) error {
	k.on.Lock()
	p := k.on.by[device]
	if p == nil {
		p = new(place)
		k.on.by[device] = p
	}
	p.using.RLock() // before anybody can drop it
	k.on.Unlock()
	defer p.using.RUnlock()
	if err := p.ready(device, k); err != nil {
		return err
	}
	return do(p)
}

func (p *place) ready(device accel.Device, k *Key) error {
	p.loading.Lock()
	defer p.loading.Unlock()
	if p.device != nil {
		return nil
	}
	err := p.load(device, k.gates, k.pk)
	if err == nil && k.options.Extended {
		err = p.extend()
	}
	if err != nil {
		p.free()
		p.device = nil
	}
	return err
}
