// SPDX-License-Identifier: Apache-2.0

package atomicfile_test

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"testing"

	"github.com/zkml-go/zkml/internal/atomicfile"
)

func TestWrite(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	path := filepath.Join(dir, "file")
	check := func(want string, mode fs.FileMode) {
		t.Helper()
		got, err := os.ReadFile(path)
		if err != nil || string(got) != want {
			t.Errorf("the file has %q (%v), want %q", got, err, want)
		}
		info, err := os.Stat(path)
		if err != nil || info.Mode() != mode {
			t.Errorf("mode %v (%v), want %v", info.Mode(), err, mode)
		}
		entries, err := os.ReadDir(dir)
		if err != nil || len(entries) != 1 {
			t.Errorf("%v in the directory (%v), want the file alone", entries, err)
		}
	}
	if err := atomicfile.WriteBytes(path, 0o644, []byte("old")); err != nil {
		t.Fatal(err)
	}
	check("old", 0o644)
	broken := errors.New("broken")
	if err := atomicfile.Write(path, 0o600, func(w io.Writer) error {
		if _, err := w.Write(make([]byte, 1<<17)); err != nil { // more than a buffer
			return err
		}
		return broken
	}); !errors.Is(err, broken) {
		t.Errorf("error %v, want %v", err, broken)
	}
	check("old", 0o644)
	if err := atomicfile.WriteBytes(path, 0o600, []byte("new")); err != nil {
		t.Fatal(err)
	}
	check("new", 0o600)
	if err := atomicfile.WriteBytes(filepath.Join(dir, "missing", "file"), 0o644, nil); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("in a missing directory: %v", err)
	}
}
