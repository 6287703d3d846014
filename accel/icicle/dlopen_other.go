// SPDX-License-Identifier: Apache-2.0

//go:build !((linux || darwin) && (amd64 || arm64))

package icicle

import (
	"fmt"
	"runtime"
)

func dlopen(path string) (uintptr, error) {
	return 0, fmt.Errorf("%s: no libraries of ICICLE for %s/%s", path, runtime.GOOS, runtime.GOARCH)
}

func dlsym(_ uintptr, name string) (uintptr, error) { return 0, fmt.Errorf("no %s", name) }

func register(any, uintptr) {}
