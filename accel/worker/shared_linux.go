// SPDX-License-Identifier: Apache-2.0

//go:build linux && (amd64 || arm64)

package worker

import (
	"os"

	"golang.org/x/sys/unix"
)

// mapNew maps a new file in memory, empty, as if it had size bytes. Nobody can make the
// file shorter: no access to what is below its size can fail.
func mapNew(size int) (*os.File, []byte, error) {
	fd, err := unix.MemfdCreate("zkml-worker", unix.MFD_CLOEXEC|unix.MFD_ALLOW_SEALING)
	if err != nil {
		return nil, nil, err
	}
	file := os.NewFile(uintptr(fd), "shared memory")
	_, err = unix.FcntlInt(file.Fd(), unix.F_ADD_SEALS, unix.F_SEAL_SHRINK|unix.F_SEAL_SEAL)
	var data []byte
	if err == nil {
		data, err = mapFile(file, size)
	}
	if err != nil {
		file.Close()
		return nil, nil, err
	}
	return file, data, nil
}

// mapFile maps a file as if it had size bytes.
func mapFile(file *os.File, size int) ([]byte, error) {
	return unix.Mmap(int(file.Fd()), 0, size, unix.PROT_READ|unix.PROT_WRITE, unix.MAP_SHARED|unix.MAP_NORESERVE)
}

func unmap(data []byte) { _ = unix.Munmap(data) }

// sealed reports whether the file can only grow.
func sealed(file *os.File) bool {
	seals, err := unix.FcntlInt(file.Fd(), unix.F_GET_SEALS, 0)
	return err == nil && seals&unix.F_SEAL_SHRINK != 0
}

// populate gives pages to a part of the file, which grows if need be.
func populate(file *os.File, from, n int64) error {
	return unix.Fallocate(int(file.Fd()), 0, from, n)
}

// release takes the pages of a part of the file away.
func release(file *os.File, from, n int64) {
	_ = unix.Fallocate(int(file.Fd()), unix.FALLOC_FL_PUNCH_HOLE|unix.FALLOC_FL_KEEP_SIZE, from, n)
}
