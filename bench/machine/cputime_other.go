// SPDX-License-Identifier: Apache-2.0

//go:build !unix

package machine

// CPUTime is not known here.
func CPUTime() float64 { return 0 }
