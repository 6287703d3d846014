// SPDX-License-Identifier: Apache-2.0

package sumcheck

import (
	"sync"

	"github.com/zkml-go/zkml/accel"
	"github.com/zkml-go/zkml/accel/cpu"
	"github.com/zkml-go/zkml/accel/resident"
	"github.com/zkml-go/zkml/prover/opening"
)

// powers are those of a key on devices: all proofs with the key use them. They stay until the
// key is dropped, by Drop or for good, or the device is closed.
type powers struct {
	once sync.Once
	on   *resident.Set[opening.Key]
}

// on returns the powers on a device, which is given them once. They stay there until release
// is called, once, at least.
func (ck *CommitmentKey) on(device accel.Device) (key opening.Key, release func(), err error) {
	k, release, err := ck.places().Hold(device)
	if err != nil {
		return opening.Key{}, nil, err
	}
	return *k, release, nil
}

// Drop frees what a device holds of the key, once no proof is being made with it.
func (ck *CommitmentKey) Drop(device accel.Device) { ck.places().Drop(device) }

func (ck *CommitmentKey) places() *resident.Set[opening.Key] {
	ck.powers.once.Do(func() {
		srs := ck.srs
		ck.powers.on = resident.New(ck, func(d accel.Device, k *opening.Key) (err error) {
			loaded, err := opening.NewKey(d, srs.G1)
			if err == nil {
				*k = loaded // else whatever comes with the error is nothing to free
			}
			return err
		}, func(k *opening.Key) {
			if k.Points != nil {
				k.Points.Free()
			}
			*k = opening.Key{}
		})
	})
	return ck.powers.on
}

// orCPU returns the device, or the CPU for nil.
func orCPU(d accel.Device) accel.Device {
	if d == nil {
		return cpu.Device{}
	}
	return d
}
