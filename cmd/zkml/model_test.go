// SPDX-License-Identifier: Apache-2.0

package main

import (
	"bytes"
	"os"
	"strings"
	"testing"
)

// TestDamagedModel cuts a model at every length and flips a bit of every byte:
// inspect and compile never crash, and name the file in what they refuse.
func TestDamagedModel(t *testing.T) {
	t.Parallel()
	good := model(models["linear"])
	path, bundle := write(t, "m.onnx", good), t.TempDir()
	inspect := []string{"inspect", path}
	compile := []string{"compile", path, "-o", bundle, "--calibration-random", "2", "--input-range", "0,1"}
	refused := 0
	try := func(data []byte) {
		if err := os.WriteFile(path, data, 0o666); err != nil {
			t.Fatal(err)
		}
		for _, args := range [][]string{inspect, compile} {
			r := zkml(t.Context(), args...)
			if err := checkMessages(r.code, r.stderr); err != nil {
				t.Fatalf("zkml %v of %q: %v", args[0], data, err)
			}
			if r.code != exitOK && (r.code != exitInput || !strings.Contains(r.stderr, path)) {
				t.Fatalf("zkml %v of %q: %+v", args[0], data, r)
			}
			if r.code == exitInput {
				refused++
			}
		}
	}
	step := 1
	if testing.Short() {
		step = 5
	}
	for n := 0; n < len(good); n += step {
		try(good[:n])
	}
	for i := 0; i < len(good); i += step {
		data := bytes.Clone(good)
		data[i] ^= 1 << (i % 8)
		try(data)
	}
	if refused < len(good)/step {
		t.Errorf("%d of %d damaged models were refused", refused, 4*len(good)/step)
	}
	if err := os.WriteFile(path, good, 0o666); err != nil {
		t.Fatal(err)
	}
	for _, args := range [][]string{inspect, compile} {
		if r := zkml(t.Context(), args...); r.code != exitOK {
			t.Errorf("the model as it was: %+v", r)
		}
	}
}
