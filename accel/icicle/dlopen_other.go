// SPDX-License-Identifier: Apache-2.0

//go:build !((linux || darwin) && (amd64 || arm64) && !noicicle)

package icicle

import (
	"fmt"
	"runtime"
)

func dlopen(path string) (uintptr, error) {
	return 0, fmt.Errorf("%s: this program cannot load ICICLE: it is one for %s/%s, or built with the tag noicicle", path, runtime.GOOS, runtime.GOARCH)
}

func dlsym(_ uintptr, name string) (uintptr, error) { return 0, fmt.Errorf("no %s", name) }

func register(any, uintptr) {}
