// SPDX-License-Identifier: Apache-2.0

package sumcheck

import (
	"runtime"
	"sync"

	"github.com/zkml-go/zkml/accel"
	"github.com/zkml-go/zkml/accel/cpu"
	"github.com/zkml-go/zkml/prover/opening"
)

// resident is the powers of a key on devices: all proofs with the key use them. They stay until
// the key is dropped, by Drop or for good, or the device is closed.
type resident struct {
	once sync.Once
	on   *places
}

// places are the powers of a key by device. They outlive the key for as long as it takes to
// free them.
type places struct {
	sync.Mutex
	by map[accel.Device]*place
}

// A place is the powers on one device.
type place struct {
	loading sync.Mutex
	key     opening.Key // without points until they are loaded
	using   sync.RWMutex
}

// on returns the powers on a device, which is given them once. They stay there until release
// is called, once, at least.
func (ck *CommitmentKey) on(device accel.Device) (key opening.Key, release func(), err error) {
	on := ck.places()
	on.Lock()
	p := on.by[device]
	if p == nil {
		p = new(place)
		on.by[device] = p
	}
	p.using.RLock() // before anybody can drop it
	on.Unlock()
	release = func() {
		p.using.RUnlock()
		runtime.KeepAlive(ck)
	}
	if err := p.load(device, ck); err != nil {
		release()
		return opening.Key{}, nil, err
	}
	return p.key, release, nil
}

func (p *place) load(device accel.Device, ck *CommitmentKey) error {
	p.loading.Lock()
	defer p.loading.Unlock()
	if p.key.Points != nil {
		return nil
	}
	k, err := opening.NewKey(device, ck.srs.G1)
	if err == nil {
		p.key = k // else whatever comes with the error is nothing to free
	}
	return err
}

// Drop frees what a device holds of the key, once no proof is being made with it.
func (ck *CommitmentKey) Drop(device accel.Device) { ck.places().drop(device) }

func (ck *CommitmentKey) places() *places {
	ck.resident.once.Do(func() {
		ck.resident.on = &places{by: map[accel.Device]*place{}}
		runtime.AddCleanup(ck, func(on *places) {
			go func() { // other cleanups do not wait for devices
				for d := range on.by {
					on.drop(d)
				}
			}()
		}, ck.resident.on)
	})
	return ck.resident.on
}

func (on *places) drop(device accel.Device) {
	on.Lock()
	p := on.by[device]
	delete(on.by, device)
	on.Unlock()
	if p != nil {
		p.using.Lock()
		defer p.using.Unlock()
		if p.key.Points != nil {
			p.key.Points.Free()
		}
	}
}

// orCPU returns the device, or the CPU for nil.
func orCPU(d accel.Device) accel.Device {
	if d == nil {
		return cpu.Device{}
	}
	return d
}
