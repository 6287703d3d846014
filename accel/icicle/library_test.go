// SPDX-License-Identifier: Apache-2.0

package icicle

import (
	"fmt"
	"os"
	"testing"

	"github.com/zkml-go/zkml/accel"
	"github.com/zkml-go/zkml/accel/acceltest"
	"github.com/zkml-go/zkml/accel/selftest"
)

// TestLibraries compares ICICLE's own libraries with the CPU. ICICLE_TEST_LIBRARIES is the
// directory that has them and ICICLE_TEST_DEVICE the type of device, CPU by default:
// the CPU backend is slow, and its operations on vectors want more than two threads.
func TestLibraries(t *testing.T) {
	dir := os.Getenv("ICICLE_TEST_LIBRARIES")
	if dir == "" {
		t.Skip("needs ICICLE's libraries: set ICICLE_TEST_LIBRARIES to their directory")
	}
	kind, sizes := os.Getenv("ICICLE_TEST_DEVICE"), []int{1, 2, 3, 100, 1 << 10}
	if kind == "" || kind == "CPU" {
		kind = "CPU"
	} else {
		sizes = append(sizes, 5000, 1<<14, 1<<16)
	}
	d, err := Open(Options{Dir: dir, Type: kind, Transform: 16})
	if err != nil {
		t.Fatal(err)
	}
	t.Log(d.Describe())
	for _, n := range sizes {
		t.Run(fmt.Sprintf("sums of %d", n), func(t *testing.T) { compareSums(t, d, n) })
	}
	for k := range 13 {
		t.Run(fmt.Sprintf("vectors of %d", 1<<k), func(t *testing.T) { compareVectors(t, d, 1<<k) })
	}
	if err := d.Close(); err != nil {
		t.Error(err)
	}
	t.Run("sums in parts", func(t *testing.T) {
		cut, err := Open(Options{Dir: dir, Type: kind, Chunk: minChunk})
		if err != nil {
			t.Fatal(err)
		}
		defer cut.Close()
		compareSums(t, cut, 2500)
	})
	t.Run("no device", func(t *testing.T) {
		for _, o := range []Options{{Type: "NOTHING"}, {Type: kind, ID: 1000}} {
			if _, err := Open(o); err == nil {
				t.Errorf("%+v is opened", o)
			} else {
				t.Log(err)
			}
		}
	})
	t.Run("conformance", func(t *testing.T) {
		reopen := func() (accel.Device, error) { return Open(Options{Dir: dir, Type: kind, Transform: 16}) }
		acceltest.Conformance(t, reopen, selftest.Options{Points: sizes[len(sizes)-1], LogNTT: 12})
	})
}
