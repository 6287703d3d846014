// SPDX-License-Identifier: Apache-2.0

//go:build (linux || darwin) && (amd64 || arm64) && !noicicle

package icicle

import (
	"runtime"

	"github.com/ebitengine/purego"
)

// dlopen makes the symbols global: backends take those of the device from there. The system
// keeps the text of an error per thread.
func dlopen(path string) (uintptr, error) {
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	return purego.Dlopen(path, purego.RTLD_NOW|purego.RTLD_GLOBAL)
}

func dlsym(handle uintptr, name string) (uintptr, error) {
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	return purego.Dlsym(handle, name)
}

// register makes a Go function of the one at an address.
func register(f any, address uintptr) { purego.RegisterFunc(f, address) }
