// SPDX-License-Identifier: Apache-2.0

package icicle

import (
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
)

// installDir names the environment variable of ICICLE's own loader.
const installDir = "ICICLE_BACKEND_INSTALL_DIR"

// The libraries, in the order in which they need each other.
var libraryNames = [...]string{"libicicle_device", "libicicle_field_bn254", "libicicle_curve_bn254"}

func fileName(library string) string {
	if runtime.GOOS == "darwin" {
		return library + ".dylib"
	}
	return library + ".so"
}

// A place is where libraries are: a directory, or "" for the paths of the system's loader.
type place struct{ dir, backend string }

func (p place) path(library string) string {
	if p.dir == "" {
		return fileName(library)
	}
	return filepath.Join(p.dir, fileName(library))
}

// String names the place in errors.
func (p place) String() string {
	if p.dir == "" {
		return "the loader's path"
	}
	return p.dir
}

// find returns where the libraries are. If dir is empty and no usual directory has them,
// that is the loader's business.
func find(dir string) (place, error) {
	env := os.Getenv(installDir)
	if dir != "" {
		if names := missing(dir); names != "" {
			return place{}, fmt.Errorf("icicle: %s has no %s", dir, names)
		}
		return place{dir, firstDir(filepath.Join(dir, "backend"), env)}, nil
	}
	dirs := []string{"/usr/local/lib", "/opt/icicle/lib"}
	if env != "" {
		around := []string{env, filepath.Join(env, ".."), filepath.Join(env, "..", "lib"), filepath.Join(env, "lib")}
		dirs = append(around, dirs...)
	}
	for _, d := range dirs {
		if missing(d) == "" {
			return place{d, firstDir(env, filepath.Join(d, "backend"))}, nil
		}
	}
	return place{"", firstDir(env, "/usr/local/lib/backend", "/opt/icicle/lib/backend")}, nil
}

// missing returns the names of libraries that are not in a directory.
func missing(dir string) string {
	var names []string
	for _, l := range libraryNames {
		if _, err := os.Stat(filepath.Join(dir, fileName(l))); err != nil {
			names = append(names, fileName(l))
		}
	}
	return strings.Join(names, ", ")
}

func firstDir(paths ...string) string {
	for _, p := range paths {
		if info, err := os.Stat(p); err == nil && info.IsDir() {
			return p
		}
	}
	return ""
}
