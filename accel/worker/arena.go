// SPDX-License-Identifier: Apache-2.0

package worker

import (
	"errors"
	"fmt"
	"os"
	"sync"

	"github.com/zkml-go/zkml/accel"
)

// arenaSize is how much memory can be shared at most: this much of the address space is
// taken, and of memory what is in use.
const arenaSize = 64 << 30

// resident is how many bytes of the free parts keep their pages, so that what travels next
// finds them.
const resident = 256 << 20

var errUnmapped = errors.New("the worker is gone")

// An arena is memory that is shared with a child, which gets its file. A nil arena is one
// that cannot be had.
type arena struct {
	file *os.File

	mapped sync.RWMutex // held for reading while data is in use
	data   []byte       // arenaSize bytes, of which those of the file's size may be touched

	mu      sync.Mutex
	extents extents
	kept    int64 // bytes with pages that are free
}

// newArena returns an arena, or nil.
func newArena() *arena {
	file, data, err := mapNew(arenaSize)
	if err != nil {
		return nil
	}
	return &arena{file: file, data: data, extents: extents{max: arenaSize}}
}

// get returns an extent of at least n bytes that have memory.
func (a *arena) get(n int) (extent, error) {
	a.mapped.RLock()
	defer a.mapped.RUnlock()
	if a.data == nil {
		return extent{}, errUnmapped
	}
	a.mu.Lock()
	x, ok := a.extents.get(int64(n))
	if ok && x.resident {
		a.kept -= x.n
	}
	a.mu.Unlock()
	if !ok {
		return extent{}, fmt.Errorf("%w: %d bytes to share", accel.ErrMemory, n)
	}
	if !x.resident {
		if err := populate(a.file, x.from, x.n); err != nil {
			a.putMapped(x)
			return extent{}, fmt.Errorf("%w: %d bytes to share: %w", accel.ErrMemory, n, err)
		}
		x.resident = true
	}
	return x, nil
}

// put gives an extent back. The first bytes that are free keep their pages.
func (a *arena) put(x extent) {
	a.mapped.RLock()
	defer a.mapped.RUnlock()
	if a.data != nil {
		a.putMapped(x)
	}
}

// putMapped is put for callers that hold mapped: a second RLock would wait for a close that
// waits for the first.
func (a *arena) putMapped(x extent) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if x.resident && a.kept+x.n > resident {
		release(a.file, x.from, x.n)
		x.resident = false
	}
	if x.resident {
		a.kept += x.n
	}
	a.extents.put(x)
}

// with calls do with the first n bytes of an extent, unless the memory is gone.
func (a *arena) with(x extent, n int, do func([]byte)) error {
	a.mapped.RLock()
	defer a.mapped.RUnlock()
	if a.data == nil {
		return errUnmapped
	}
	do(a.data[x.from:][:n:n])
	return nil
}

// close gives the memory back, once nobody uses it.
func (a *arena) close() {
	if a == nil {
		return
	}
	a.mapped.Lock()
	defer a.mapped.Unlock()
	if a.data == nil {
		return
	}
	unmap(a.data)
	a.file.Close()
	a.data = nil
}
