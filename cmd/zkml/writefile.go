// SPDX-License-Identifier: Apache-2.0

package main

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/zkml-go/zkml/internal/atomicfile"
)

// writable reports an error if a result could not be put at path: its directory
// is missing, or it is a link or a device. It is for finding out before a
// computation, not after; the writing may still fail.
func writable(path string) error {
	path = filepath.Clean(path) // without the slash that a shell adds to a directory
	switch info, err := os.Stat(filepath.Dir(path)); {
	case err != nil:
		return badf("%s: %w", path, err)
	case !info.IsDir():
		return badf("%s: %s is not a directory", path, filepath.Dir(path))
	}
	// A rename would replace a link, such as /dev/stdout, a device or a pipe by a
	// file.
	switch info, err := os.Lstat(path); {
	case errors.Is(err, fs.ErrNotExist):
		return nil
	case err != nil:
		return bad(err)
	case !info.IsDir() && !info.Mode().IsRegular():
		return badf("%s is a link, a device or a pipe, want a file", path)
	}
	return nil
}

// writableFile is writable for a result that is a file.
func writableFile(path string) error {
	if info, err := os.Stat(path); err == nil && info.IsDir() {
		return badf("%s is a directory, want a file", path)
	}
	return writable(path)
}

// writeFile writes a file whole or not at all. Errors name it.
func writeFile(path string, data []byte) error {
	if err := writableFile(path); err != nil {
		return err
	}
	if err := atomicfile.WriteBytes(path, 0o644, data); err != nil {
		return badf("%s: %w", path, err)
	}
	return nil
}
