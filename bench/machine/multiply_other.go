// SPDX-License-Identifier: Apache-2.0

//go:build !amd64

package machine

// HasVector reports whether products of 52 bits have a ceiling of their own.
func HasVector() bool { return false }

func multiply64(n int) { portable64(n) }

func multiply52(int) { panic("zkml: internal error: no vector unit") }
