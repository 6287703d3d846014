// SPDX-License-Identifier: Apache-2.0

package worker

import (
	"errors"
	"fmt"
	"os"
)

// A mapping is the memory that the parent shares with this process.
type mapping struct {
	file *os.File
	data []byte
	size uint64 // of the file, at least
}

// Open implements Memory.
func (m *mapping) Open(size uint64) (err error) {
	if size > arenaSize {
		return fmt.Errorf("%d bytes, want at most %d", size, arenaSize)
	}
	if !sealed(m.file) {
		return errors.New("a file that can shrink")
	}
	m.data, err = mapFile(m.file, int(size))
	return err
}

// Span implements Memory.
func (m *mapping) Span(at uint64, n int) ([]byte, error) {
	end := at + uint64(n)
	if end < at || end > uint64(len(m.data)) || at%8 != 0 {
		return nil, fmt.Errorf("%w: %d bytes of the shared memory from %d", errProtocol, n, at)
	}
	if end > m.size { // it may have grown
		info, err := m.file.Stat()
		if err != nil {
			return nil, err
		}
		m.size = uint64(info.Size())
	}
	if end > m.size {
		return nil, fmt.Errorf("%w: %d bytes of the shared memory from %d, it has %d", errProtocol, n, at, m.size)
	}
	return m.data[at:end:end], nil
}
