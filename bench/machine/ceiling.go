// SPDX-License-Identifier: Apache-2.0

package machine

import (
	"bytes"
	"runtime"
	"sync"
	"unsafe"
)

// A Ceiling is a loop that does one thing as fast as this machine can.
type Ceiling struct {
	// Kind is mul64: products of 64 bits by 64, by the integer unit that field
	// multiplication uses; mul52: half products of 52 bits by 52, by the vector unit, where
	// there is AVX-512 IFMA; read and copy: bytes of memory.
	Kind string
	// Unit of Amount: mul or B.
	Unit string
	// Bytes is the working set of read and copy, of all threads together.
	Bytes int
	// Threads run it at once.
	Threads int

	amount float64
	loop   func(thread, n int)
}

// Amount is what one round of Run does.
func (c *Ceiling) Amount() float64 { return c.amount }

// Run does n rounds.
func (c *Ceiling) Run(n int) {
	var all sync.WaitGroup
	for t := 1; t < c.Threads; t++ {
		all.Go(func() { c.loop(t, n) })
	}
	c.loop(0, n)
	all.Wait()
}

// products is how many products one round of a multiplying loop computes.
const products = 1 << 14

// WorkingSets are the sizes that memory is read and copied at, in bytes: what fits into
// each cache is faster than what does not.
var WorkingSets = []int{1 << 15, 1 << 18, 1 << 21, 1 << 24, 1 << 27}

// Products returns the kinds of product that this processor has a ceiling of.
func Products() []string {
	if HasVector() {
		return []string{"mul64", "mul52"}
	}
	return []string{"mul64"}
}

// Multiply returns the ceiling of a kind of Products.
func Multiply(kind string, threads int) *Ceiling {
	c := &Ceiling{Kind: kind, Unit: "mul", Threads: threads, amount: products * float64(threads)}
	c.loop = func(_, n int) { multiply64(n) }
	if kind == "mul52" {
		c.loop = func(_, n int) { multiply52(n) }
	}
	return c
}

// Read returns the ceiling of reading: comparing equal halves of a working set, which Go
// does with vector instructions.
func Read(threads, size int) *Ceiling { return memory("read", threads, size) }

// Copy returns the ceiling of copying one half of a working set to the other; what is read
// and what is written count.
func Copy(threads, size int) *Ceiling { return memory("copy", threads, size) }

func memory(kind string, threads, size int) *Ceiling {
	half := size / 2 / threads
	from, to := make([][]byte, threads), make([][]byte, threads)
	for t := range threads {
		from[t], to[t] = aligned(half), aligned(half)
	}
	rounds := max(1, (1<<18)/half) // so that a round is not over at once
	c := &Ceiling{Kind: kind, Unit: "B", Bytes: size, Threads: threads, amount: float64(2 * half * threads * rounds)}
	c.loop = func(t, n int) {
		for range n * rounds {
			if kind == "copy" {
				copy(to[t], from[t])
			} else if !bytes.Equal(from[t], to[t]) {
				panic("zkml: internal error: memory that is equal differs")
			}
		}
		runtime.KeepAlive(to)
	}
	return c
}

// aligned returns n written bytes that start at a page.
func aligned(n int) []byte {
	const page = 1 << 12
	b := make([]byte, n+page)
	for i := range b {
		b[i] = 1
	}
	at := int(-uintptr(unsafe.Pointer(unsafe.SliceData(b))) % page)
	return b[at:][:n:n]
}
