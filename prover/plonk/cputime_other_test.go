// SPDX-License-Identifier: Apache-2.0

//go:build !unix

package plonk

// cpuTime is not known here.
func cpuTime() float64 { return 0 }
