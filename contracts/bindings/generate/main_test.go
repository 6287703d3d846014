// SPDX-License-Identifier: Apache-2.0

package main

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestBindingsAreCurrent generates the bindings again and compares the files.
func TestBindingsAreCurrent(t *testing.T) {
	t.Parallel()
	fresh := t.TempDir()
	gone := filepath.Join(fresh, packageName("Gone"))
	if err := os.Mkdir(gone, 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(gone, fileName), nil, 0o644); err != nil {
		t.Fatal(err)
	}
	if err := generate(fresh); err != nil {
		t.Fatal(err)
	}
	want := read(t, fresh)
	if len(want) == 0 {
		t.Fatal("nothing was generated")
	}
	if diff := cmp.Diff(want, read(t, "..")); diff != "" {
		t.Errorf("bindings are not those of the artifacts; run make generate (-generated +repository):\n%s", diff)
	}
}

func read(t testing.TB, dir string) map[string]string {
	t.Helper()
	paths, err := filepath.Glob(filepath.Join(dir, "*", fileName))
	if err != nil {
		t.Fatal(err)
	}
	files := map[string]string{}
	for _, path := range paths {
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		files[filepath.Base(filepath.Dir(path))] = string(text)
	}
	return files
}
