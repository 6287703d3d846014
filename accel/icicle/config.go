// SPDX-License-Identifier: Apache-2.0

package icicle

import "structs"

// The structures of the C interface, field by field as the headers have them. Streams and
// extensions are pointers of the library that this package leaves null; coset generators
// are in standard form.

// device is icicle::Device.
type device struct {
	_ structs.HostLayout

	name [64]byte
	id   int32
}

func newDevice(name string, id int) *device {
	d := &device{id: int32(id)}
	copy(d.name[:len(d.name)-1], name)
	return d
}

// msmConfig is icicle::MSMConfig.
type msmConfig struct {
	_ structs.HostLayout

	stream            uintptr
	precomputeFactor  int32
	window            int32
	bits              int32
	batch             int32
	sharedPoints      bool
	scalarsOnDevice   bool
	scalarsMontgomery bool
	pointsOnDevice    bool
	pointsMontgomery  bool
	resultsOnDevice   bool
	async             bool
	extension         uintptr
}

// An ordering is icicle::Ordering. The mixed order is the library's own.
type ordering int32

const (
	naturalToNatural ordering = 0
	naturalToMixed   ordering = 4
	mixedToNatural   ordering = 5
)

// A direction is icicle::NTTDir.
type direction int32

const (
	forward direction = 0
	inverse direction = 1
)

// nttConfig is icicle::NTTConfig<bn254::scalar_t>.
type nttConfig struct {
	_ structs.HostLayout

	stream         uintptr
	coset          [4]uint64
	batch          int32
	columns        bool
	order          ordering
	inputOnDevice  bool
	outputOnDevice bool
	async          bool
	extension      uintptr
}

// domainConfig is icicle::NTTInitDomainConfig.
type domainConfig struct {
	_ structs.HostLayout

	stream    uintptr
	async     bool
	extension uintptr
}

// vectorConfig is icicle::VecOpsConfig.
type vectorConfig struct {
	_ structs.HostLayout

	stream         uintptr
	aOnDevice      bool
	bOnDevice      bool
	resultOnDevice bool
	async          bool
	batch          int32
	columns        bool
	extension      uintptr
}
