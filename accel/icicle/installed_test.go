// SPDX-License-Identifier: Apache-2.0

package icicle

import (
	"os"
	"path/filepath"
	"testing"
)

func TestInstalled(t *testing.T) {
	dir := t.TempDir()
	lib, backend := filepath.Join(dir, "lib"), filepath.Join(dir, "lib", "backend")
	if err := os.MkdirAll(backend, 0o755); err != nil {
		t.Fatal(err)
	}
	for i, name := range libraryNames {
		for _, variable := range []string{installDir, "LD_LIBRARY_PATH"} {
			t.Setenv(installDir, "")
			t.Setenv("LD_LIBRARY_PATH", "")
			t.Setenv(variable, lib)
			if got, err := Installed(); got == lib {
				t.Errorf("%d of the libraries are enough: %v", i, err)
			}
		}
		if err := os.WriteFile(filepath.Join(lib, fileName(name)), nil, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	for variable, value := range map[string]string{installDir: backend, "LD_LIBRARY_PATH": "/nonexistent:" + lib} {
		t.Setenv(installDir, "")
		t.Setenv("LD_LIBRARY_PATH", "")
		t.Setenv(variable, value)
		if got, err := Installed(); err != nil || filepath.Clean(got) != lib {
			t.Errorf("%s: %q, %v, want %q", variable, got, err, lib)
		}
	}
}
