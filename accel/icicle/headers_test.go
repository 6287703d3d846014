// SPDX-License-Identifier: Apache-2.0

//go:build icicle_headers

package icicle

// ICICLE's headers come with its Go module: this import, which is never compiled, has
// go.mod require the module.
import _ "github.com/ingonyama-zk/icicle-gnark/v3/wrappers/golang/runtime"
