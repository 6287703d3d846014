// SPDX-License-Identifier: Apache-2.0

package machine

import (
	"math/bits"
	"sync/atomic"
)

// sink keeps the compiler from dropping what nobody looks at.
var sink atomic.Uint64

// portable64 computes n rounds of products as the Go compiler does it, eight chains at
// once.
func portable64(n int) {
	const k = 0x9e3779b97f4a7c15
	a, b, c, d, e, f, g, h := uint64(1), uint64(2), uint64(3), uint64(4), uint64(5), uint64(6), uint64(7), uint64(8)
	for range n * products / 8 {
		a, _ = bits.Mul64(a, k)
		b, _ = bits.Mul64(b, k)
		c, _ = bits.Mul64(c, k)
		d, _ = bits.Mul64(d, k)
		e, _ = bits.Mul64(e, k)
		f, _ = bits.Mul64(f, k)
		g, _ = bits.Mul64(g, k)
		h, _ = bits.Mul64(h, k)
	}
	sink.Store(a ^ b ^ c ^ d ^ e ^ f ^ g ^ h)
}
