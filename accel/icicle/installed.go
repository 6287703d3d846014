// SPDX-License-Identifier: Apache-2.0

package icicle

import (
	"fmt"
	"os"
	"path/filepath"
)

// Installed returns the directory that has the libraries, as far as looking for files can
// tell: it loads nothing. Open may find others with the help of the system's loader.
func Installed() (string, error) {
	p, err := find("")
	if err != nil {
		return "", err
	}
	if p.dir != "" {
		return p.dir, nil
	}
	dirs := filepath.SplitList(os.Getenv("LD_LIBRARY_PATH"))
	for _, d := range append(dirs, "/usr/lib", "/usr/lib64", "/usr/lib/x86_64-linux-gnu", "/usr/lib/aarch64-linux-gnu") {
		if d != "" && missing(d) == "" {
			return d, nil
		}
	}
	return "", fmt.Errorf("no ICICLE libraries: set %s to the directory that has its backend", installDir)
}
