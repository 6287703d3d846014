// SPDX-License-Identifier: Apache-2.0

// Package gnarkicicle makes Groth16 proofs with gnark's own acceleration, which is built on
// the official Go bindings of ICICLE: a second implementation to compare with. It is there
// if the program is built with the tag icicle, and then linked to ICICLE's libraries.
//
// NB! ICICLE ends the program where it cannot go on, and gnark panics in threads of its own.
// Proofs are not verified here.
package gnarkicicle

import "errors"

// ErrNotBuilt is returned if the program was built without the tag icicle.
var ErrNotBuilt = errors.New("built without the tag icicle")

// ErrNoDevice is wrapped if ICICLE has no such device on this machine.
var ErrNoDevice = errors.New("no such device of ICICLE")

// A Kind is the name that ICICLE has for a kind of device.
type Kind string

// The kinds of devices that gnark can use. ICICLE's CPU is slow: it is for comparison.
const (
	CUDA Kind = "CUDA"
	CPU  Kind = "CPU"
)
