// SPDX-License-Identifier: Apache-2.0

package icicle

import (
	"errors"
	"fmt"
	"math"
	"unsafe"

	"github.com/zkml-go/zkml/accel"
)

// piece is how many bytes one copy to or from the device has at most.
const piece = 64 << 20

// A memory is what a device holds. All of it belongs to the thread of the device.
type memory struct {
	lib  *library
	held map[uintptr]uint64 // bytes by address
	work uintptr            // memory for the scalars of a call, kept for the next
}

// available returns the bytes that the device has left. Devices that do not know, which
// ICICLE's CPU is, have as much as anyone asks for.
func (m *memory) available() (uint64, error) {
	var total, free uintptr
	switch s := m.lib.availableMemory(&total, &free); s {
	case success:
		return uint64(free), nil
	case notImplemented:
		return math.MaxUint64 / 2, nil
	default:
		return 0, check("icicle_get_available_memory", s)
	}
}

// allocate returns memory of the device. What does not fit is not asked for: CUDA would
// report the failure a second time, at the next call of the library.
func (m *memory) allocate(bytes uint64) (uintptr, error) {
	free, err := m.available()
	if err == nil && bytes > free && m.work != 0 {
		if err = m.dropScratch(); err == nil {
			free, err = m.available()
		}
	}
	if err != nil {
		return 0, err
	}
	if bytes > free {
		return 0, fmt.Errorf("icicle: %d bytes of %d that are free: %w", bytes, free, accel.ErrMemory)
	}
	var at uintptr
	if err := check("icicle_malloc", m.lib.malloc(&at, uintptr(bytes))); err != nil {
		return 0, err
	}
	if at == 0 {
		return 0, fmt.Errorf("icicle: icicle_malloc returned null: %w", accel.ErrMemory)
	}
	m.held[at] = bytes
	return at, nil
}

// scratch returns memory that the next call of scratch may return again.
func (m *memory) scratch(bytes uint64) (uintptr, error) {
	if m.work != 0 && m.held[m.work] >= bytes {
		return m.work, nil
	}
	err := m.dropScratch()
	if err == nil {
		m.work, err = m.allocate(bytes)
	}
	return m.work, err
}

func (m *memory) dropScratch() error {
	at := m.work
	m.work = 0
	return m.release(at)
}

// release frees what allocate returned, once.
func (m *memory) release(at uintptr) error {
	if _, ok := m.held[at]; !ok {
		return nil
	}
	delete(m.held, at)
	return check("icicle_free", m.lib.free(at))
}

func (m *memory) releaseAll() error {
	var errs []error
	for at := range m.held {
		errs = append(errs, m.release(at))
	}
	m.work = 0
	return errors.Join(errs...)
}

// store copies memory of the program to the device.
func store[T any](m *memory, to uintptr, from []T) error {
	size := unsafe.Sizeof(*new(T))
	step := max(int(piece/size), 1)
	for i := 0; i < len(from); i += step {
		part := from[i:min(i+step, len(from))]
		s := m.lib.copyToDevice(to+uintptr(i)*size, unsafe.Pointer(&part[0]), uintptr(len(part))*size)
		if err := check("icicle_copy_to_device", s); err != nil {
			return err
		}
	}
	return nil
}

// fetch copies memory of the device to the program.
func fetch[T any](m *memory, to []T, from uintptr) error {
	size := unsafe.Sizeof(*new(T))
	step := max(int(piece/size), 1)
	for i := 0; i < len(to); i += step {
		part := to[i:min(i+step, len(to))]
		s := m.lib.copyToHost(unsafe.Pointer(&part[0]), from+uintptr(i)*size, uintptr(len(part))*size)
		if err := check("icicle_copy_to_host", s); err != nil {
			return err
		}
	}
	return nil
}
