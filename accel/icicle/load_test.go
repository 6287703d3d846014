// SPDX-License-Identifier: Apache-2.0

package icicle

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// wantError checks that no device is opened, and why.
func wantError(t *testing.T, o Options, words ...string) {
	t.Helper()
	d, err := Open(o)
	if err == nil {
		t.Fatalf("%s is opened", d)
	}
	for _, w := range words {
		if !strings.Contains(err.Error(), w) {
			t.Errorf("the error does not say %q: %v", w, err)
		}
	}
	if strings.Contains(err.Error(), "\n") {
		t.Errorf("the error has more than one line: %v", err)
	}
}

// TestAbsentDevice opens devices that the libraries have no backend for, which would end
// the process if the device were taken, and numbers that do not exist.
func TestAbsentDevice(t *testing.T) {
	open(t, Options{})
	dir := stub(t, "good")
	wantError(t, Options{Dir: dir}, "CUDA", "but for CPU")
	wantError(t, Options{Dir: dir, Type: "METAL"}, "METAL")
	wantError(t, Options{Dir: dir, Type: "CPU", ID: 2}, "no CPU device 2", "INVALID_DEVICE")
}

// TestBackend has a directory of backends beside the libraries.
func TestBackend(t *testing.T) {
	dir, isChild := child(t, "good")
	if !isChild {
		return
	}
	t.Setenv(installDir, "")
	if err := os.MkdirAll(filepath.Join(dir, "backend", "cuda"), 0o755); err != nil {
		t.Fatal(err)
	}
	defer os.RemoveAll(filepath.Join(dir, "backend"))
	d, err := Open(Options{Dir: dir})
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	if d.String() != "icicle:0" || !strings.Contains(d.Describe(), "CUDA device 0") ||
		!strings.Contains(d.Describe(), "icicle-gnark of "+dir) {
		t.Errorf("the device is %s: %s", d, d.Describe())
	}
}

// TestEnvironment finds libraries around the directory of backends.
func TestEnvironment(t *testing.T) {
	dir, isChild := child(t, "good")
	if !isChild {
		return
	}
	t.Setenv(installDir, filepath.Join(dir, "backend"))
	d, err := Open(Options{Type: "CPU"})
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	if !strings.Contains(d.Describe(), dir) {
		t.Errorf("found %s, want %s", d.Describe(), dir)
	}
}

// TestOpenICICLE tells the families apart, and takes no second one.
func TestOpenICICLE(t *testing.T) {
	dir, isChild := child(t, "open-icicle")
	if !isChild {
		return
	}
	d, err := Open(Options{Dir: dir, Type: "CPU"})
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	if !strings.Contains(d.Describe(), "open-icicle") {
		t.Errorf("open-icicle is described as %s", d.Describe())
	}
	wantError(t, Options{Dir: t.TempDir(), Type: "CPU"}, "refused", dir)
	again, err := Open(Options{Type: "CPU"})
	if err != nil {
		t.Fatalf("the libraries that are loaded are not used: %v", err)
	}
	again.Close()
}

// TestMissingSymbol has libraries that lack a function.
func TestMissingSymbol(t *testing.T) {
	dir, isChild := child(t, "no symbol")
	if !isChild {
		return
	}
	for range 2 {
		wantError(t, Options{Dir: dir, Type: "CPU"}, "bn254_scalar_mul_vec", "libicicle_field_bn254")
	}
	wantError(t, Options{Dir: t.TempDir(), Type: "CPU"}, "refused", dir)
}

// TestMissingLibrary has directories without libraries, and with files that are none.
func TestMissingLibrary(t *testing.T) {
	good, isChild := child(t, "good")
	if !isChild {
		return
	}
	t.Setenv(installDir, "")
	dir := t.TempDir()
	wantError(t, Options{Dir: dir}, dir, "libicicle_device", "libicicle_curve_bn254")
	for _, l := range libraryNames {
		if err := os.WriteFile(filepath.Join(dir, fileName(l)), []byte("no library"), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	wantError(t, Options{Dir: dir}, "libicicle_device")
	d, err := Open(Options{Dir: good, Type: "CPU"})
	if err != nil {
		t.Fatalf("libraries that are not there are in the way of those that are: %v", err)
	}
	d.Close()
}

// TestFind looks in the directories in order.
func TestFind(t *testing.T) {
	root := t.TempDir()
	for _, dir := range []string{"a/lib", "b"} {
		at := filepath.Join(root, dir)
		if err := os.MkdirAll(filepath.Join(at, "backend"), 0o755); err != nil {
			t.Fatal(err)
		}
		for _, l := range libraryNames {
			if err := os.WriteFile(filepath.Join(at, fileName(l)), nil, 0o644); err != nil {
				t.Fatal(err)
			}
		}
	}
	a, b := filepath.Join(root, "a", "lib"), filepath.Join(root, "b")
	for _, c := range []struct{ env, dir, want, backend string }{
		{filepath.Join(a, "backend"), "", a, filepath.Join(a, "backend")},
		{filepath.Join(root, "a", "backend"), "", a, filepath.Join(a, "backend")}, // ../lib
		{a, "", a, a},
		{filepath.Join(root, "a"), "", a, filepath.Join(root, "a")},
		{"", b, b, filepath.Join(b, "backend")},
		{filepath.Join(a, "backend"), b, b, filepath.Join(b, "backend")},
	} {
		t.Setenv(installDir, c.env)
		p, err := find(c.dir)
		if err != nil || p.dir != c.want || p.backend != c.backend {
			t.Errorf("%+v: got %q with %q, %v", c, p.dir, p.backend, err)
		}
	}
}

func TestOnlyGPU(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	if got := onlyGPU(dir); got != "" {
		t.Errorf("no GPU is a %q", got)
	}
	for _, gpu := range []string{"0000:01:00.0", "0000:02:00.0"} {
		if err := os.MkdirAll(filepath.Join(dir, gpu), 0o755); err != nil {
			t.Fatal(err)
		}
		text := "Model: \t\t Made For Tests\nIRQ:   \t\t 16\n"
		if err := os.WriteFile(filepath.Join(dir, gpu, "information"), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		want := map[string]string{"0000:01:00.0": "Made For Tests", "0000:02:00.0": ""}[gpu]
		if got := onlyGPU(dir); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}
