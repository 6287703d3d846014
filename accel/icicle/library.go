// SPDX-License-Identifier: Apache-2.0

package icicle

import (
	"bytes"
	"fmt"
	"sync"
	"unsafe"
)

// A library is the functions that this package calls, in the loaded libraries. Memory of
// the device is a uintptr, memory of the program a pointer.
type library struct {
	mu      sync.Mutex     // held during every call
	domains map[device]int // logarithm of the order of the root given to each device

	dir    string
	family string

	loadBackend     func(path string, recursive bool) status
	isAvailable     func(*device) status
	setDevice       func(*device) status
	devices         func(out *byte, size uintptr) status
	malloc          func(out *uintptr, size uintptr) status
	free            func(uintptr) status
	copyToDevice    func(to uintptr, from unsafe.Pointer, size uintptr) status
	copyToHost      func(to unsafe.Pointer, from uintptr, size uintptr) status
	availableMemory func(total, free *uintptr) status

	initDomain     func(root *[4]uint64, c *domainConfig) status
	ntt            func(in uintptr, n int32, d direction, c *nttConfig, out uintptr) status
	vectorAdd      func(a, b uintptr, n uint64, c *vectorConfig, out uintptr) status
	vectorSub      func(a, b uintptr, n uint64, c *vectorConfig, out uintptr) status
	vectorMul      func(a, b uintptr, n uint64, c *vectorConfig, out uintptr) status
	scalarMul      func(a *[4]uint64, b uintptr, n uint64, c *vectorConfig, out uintptr) status
	convertScalars func(in uintptr, n uint64, into bool, c *vectorConfig, out uintptr) status

	msm   func(scalars, points uintptr, n int32, c *msmConfig, out unsafe.Pointer) status
	msmG2 func(scalars, points uintptr, n int32, c *msmConfig, out unsafe.Pointer) status
}

// symbols are the functions of each library.
func (l *library) symbols() [len(libraryNames)]map[string]any {
	return [...]map[string]any{{
		"icicle_load_backend":           &l.loadBackend,
		"icicle_is_device_available":    &l.isAvailable,
		"icicle_set_device":             &l.setDevice,
		"icicle_get_registered_devices": &l.devices,
		"icicle_malloc":                 &l.malloc,
		"icicle_free":                   &l.free,
		"icicle_copy_to_device":         &l.copyToDevice,
		"icicle_copy_to_host":           &l.copyToHost,
		"icicle_get_available_memory":   &l.availableMemory,
	}, {
		"bn254_ntt_init_domain":           &l.initDomain,
		"bn254_ntt":                       &l.ntt,
		"bn254_vector_add":                &l.vectorAdd,
		"bn254_vector_sub":                &l.vectorSub,
		"bn254_vector_mul":                &l.vectorMul,
		"bn254_scalar_mul_vec":            &l.scalarMul,
		"bn254_scalar_convert_montgomery": &l.convertScalars,
	}, {
		"bn254_msm":    &l.msm,
		"bn254_g2_msm": &l.msmG2,
	}}
}

// process is the libraries of the process. They cannot be unloaded, and two sets would
// define the same symbols: whatever was tried first stays.
var process struct {
	sync.Mutex
	tried *place
	lib   *library
	err   error
}

// load returns the libraries of a directory, or of any if it is empty.
func load(dir string) (*library, error) {
	process.Lock()
	defer process.Unlock()
	if process.tried != nil {
		if dir != "" && dir != process.tried.dir {
			return nil, fmt.Errorf("icicle: libraries of %s are refused: those of %s are in this process",
				dir, process.tried)
		}
		return process.lib, process.err
	}
	p, err := find(dir)
	if err != nil {
		return nil, err
	}
	lib := &library{dir: p.String(), domains: map[device]int{}}
	loaded, err := lib.open(p)
	if loaded {
		process.tried, process.err = &p, err
		if err == nil {
			process.lib = lib
		}
	}
	if err != nil {
		return nil, err
	}
	return lib, nil
}

// open loads the libraries of a place. It says whether any was loaded.
func (l *library) open(p place) (loaded bool, err error) {
	var handles [len(libraryNames)]uintptr
	for i, name := range libraryNames {
		if handles[i], err = dlopen(p.path(name)); err != nil {
			return loaded, fmt.Errorf("icicle: %w", err)
		}
		loaded = true
	}
	for i, functions := range l.symbols() {
		for name, f := range functions {
			address, err := dlsym(handles[i], name)
			if err != nil {
				return loaded, fmt.Errorf("icicle: %s has no %s: not a library of icicle-gnark v3 or open-icicle v4",
					p.path(libraryNames[i]), name)
			}
			register(f, address)
		}
	}
	l.family = "icicle-gnark"
	if _, err := dlsym(handles[0], "icicle_set_default_device"); err == nil {
		l.family = "open-icicle"
	}
	if p.backend != "" {
		err = check("icicle_load_backend", l.loadBackend(p.backend, true))
	}
	return loaded, err
}

// registered names the types of devices that have a backend.
func (l *library) registered() string {
	names := make([]byte, 1<<10)
	if l.devices(&names[0], uintptr(len(names))) != success {
		return "unknown ones"
	}
	names, _, _ = bytes.Cut(names, []byte{0})
	return string(names)
}
