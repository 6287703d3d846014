// SPDX-License-Identifier: Apache-2.0

package sumcheck

import (
	"sync"

	"github.com/zkml-go/zkml/accel"
	"github.com/zkml-go/zkml/accel/cpu"
	"github.com/zkml-go/zkml/prover/opening"
)

// resident is the powers of a key on devices. They stay until the device is closed: all
// proofs with the key use them.
type resident struct {
	mu sync.Mutex
	on map[accel.Device]opening.Key
}

// on returns the powers on a device, which is given them once.
func (ck *CommitmentKey) on(device accel.Device) (opening.Key, error) {
	r := &ck.resident
	r.mu.Lock()
	defer r.mu.Unlock()
	if k, ok := r.on[device]; ok {
		return k, nil
	}
	k, err := opening.NewKey(device, ck.srs.G1)
	if err != nil {
		return k, err
	}
	if r.on == nil {
		r.on = map[accel.Device]opening.Key{}
	}
	r.on[device] = k
	return k, nil
}

// orCPU returns the device, or the CPU for nil.
func orCPU(d accel.Device) accel.Device {
	if d == nil {
		return cpu.Device{}
	}
	return d
}
