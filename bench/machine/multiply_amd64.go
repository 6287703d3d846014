// SPDX-License-Identifier: Apache-2.0

package machine

import "golang.org/x/sys/cpu"

// mulx runs a loop of 16 independent MULX, rounds times.
//
//go:noescape
func mulx(rounds int)

// vpmadd52luq runs a loop of 16 independent VPMADD52LUQ of eight products each, rounds
// times.
//
//go:noescape
func vpmadd52luq(rounds int)

// HasVector reports whether products of 52 bits have a ceiling of their own: gnark-crypto
// multiplies vectors of field elements with AVX-512 IFMA where there is that.
func HasVector() bool { return cpu.X86.HasAVX512F && cpu.X86.HasAVX512IFMA && cpu.X86.HasADX }

func multiply64(n int) {
	if !cpu.X86.HasBMI2 {
		portable64(n)
		return
	}
	mulx(n * products / 16)
}

func multiply52(n int) { vpmadd52luq(n * products / (16 * 8)) }
