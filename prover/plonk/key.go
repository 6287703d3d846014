// SPDX-License-Identifier: Apache-2.0

package plonk

import (
	"errors"
	"maps"
	"runtime"
	"slices"
	"sync"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
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
	runtime.AddCleanup(k, func(on *places) { go on.dropAll() }, k.on) // other cleanups do not wait for devices
	return k
}

// Drop frees what a device holds of the key, once no proof is being made with it.
func (k *Key) Drop(device accel.Device) { k.on.drop(device, nil) }

// DropAll frees what all devices hold of the key, each once no proof is being made with it.
func (k *Key) DropAll() { k.on.dropAll() }

// drop frees the place that is given, or whatever there is for nil. One that has replaced
// it since, for another proof that noticed first, stays.
func (on *places) drop(device accel.Device, p *place) {
	on.Lock()
	now := on.by[device]
	if p == nil || p == now {
		p = now
		delete(on.by, device)
	}
	on.Unlock()
	if p != nil {
		p.using.Lock()
		defer p.using.Unlock()
		p.free()
	}
}

func (on *places) dropAll() {
	on.Lock()
	devices := slices.Collect(maps.Keys(on.by))
	on.Unlock()
	for _, d := range devices {
		on.drop(d, nil)
	}
}

// bring brings the key to a device. What is there already may have been lost with a device
// that was given up for another key: then it is brought there again, before anybody waits
// for a proof that cannot be made.
func (k *Key) bring(device accel.Device) error {
	k.on.Lock()
	known := k.on.by[device] != nil
	k.on.Unlock()
	if known {
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
	p, err := k.on.use(device, k, do)
	if err != nil && lost(err) {
		k.on.drop(device, p)
	}
	return err
}

func (on *places) use(device accel.Device, k *Key, do func(*place) error) (*place, error) {
	on.Lock()
	p := on.by[device]
	if p == nil {
		p = new(place)
		on.by[device] = p
	}
	p.using.RLock() // before anybody can drop it
	on.Unlock()
	defer p.using.RUnlock()
	if err := p.ready(device, k); err != nil {
		return p, err
	}
	return p, do(p)
}

func (p *place) ready(device accel.Device, k *Key) error {
	p.loading.Lock()
	defer p.loading.Unlock()
	if p.loaded {
		return nil
	}
	defer func() {
		if !p.loaded { // by an error or a panic
			p.free()
		}
	}()
	if err := p.load(device, k.gates, k.pk); err != nil {
		return err
	}
	if k.options.Extended {
		if err := p.extend(); err != nil {
			return err
		}
	}
	p.loaded = true
	return nil
}

// check has the device answer with what only it holds.
func (p *place) check() error { return p.x.Read(make([]fr.Element, p.n)) }
