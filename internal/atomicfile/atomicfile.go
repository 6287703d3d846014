// SPDX-License-Identifier: Apache-2.0

// Package atomicfile writes files whole or not at all.
package atomicfile

import (
	"bufio"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
)

// Write puts what write writes into the file at path, with these permissions. Whoever opens the path finds
// the old file or the new one, after a loss of power, too; on error the old one, unless the directory alone
// could not be synced. The new one is on the disk when Write returns, where the system can promise that.
func Write(path string, mode fs.FileMode, write func(io.Writer) error) error {
	dir := filepath.Dir(path)
	f, err := os.CreateTemp(dir, ".zkml-*")
	if err != nil {
		return err
	}
	defer os.Remove(f.Name()) // fails once the file is renamed
	w := bufio.NewWriterSize(f, 1<<16)
	err = write(w)
	if err = errors.Join(err, w.Flush(), f.Chmod(mode), f.Sync(), f.Close()); err != nil {
		return err
	}
	if err := os.Rename(f.Name(), path); err != nil {
		return err
	}
	d, err := os.Open(dir)
	if errors.Is(err, fs.ErrPermission) { // of a directory that may be written and not read
		return nil
	}
	if err != nil {
		return err
	}
	return errors.Join(Sync(d), d.Close())
}

// WriteBytes is Write for data in memory.
func WriteBytes(path string, mode fs.FileMode, data []byte) error {
	return Write(path, mode, func(w io.Writer) error {
		_, err := w.Write(data)
		return err
	})
}

// Sync puts the names in an open directory on the disk, if the system can.
func Sync(dir *os.File) error {
	err := dir.Sync()
	if errors.Is(err, errors.ErrUnsupported) || errors.Is(err, fs.ErrInvalid) || errors.Is(err, fs.ErrPermission) {
		return nil
	}
	return err
}
