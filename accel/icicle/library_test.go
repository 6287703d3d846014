// SPDX-License-Identifier: Apache-2.0

package icicle

import (
	"fmt"
	"os"
	"slices"
	"strconv"
	"testing"

	"github.com/zkml-go/zkml/accel"
	"github.com/zkml-go/zkml/accel/acceltest"
	"github.com/zkml-go/zkml/accel/selftest"
)

// TestLibraries compares ICICLE's own libraries with the CPU. ICICLE_TEST_LIBRARIES is the
// directory that has them and ICICLE_TEST_DEVICE the type of device, CPU by default:
// the CPU backend is slow, and its operations on vectors want more than two threads.
// ICICLE_TEST_LOG is the logarithm of the most points of a sum, 10 for the CPU and 16 for
// others by default.
func TestLibraries(t *testing.T) {
	dir := os.Getenv("ICICLE_TEST_LIBRARIES")
	if dir == "" {
		t.Skip("needs ICICLE's libraries: set ICICLE_TEST_LIBRARIES to their directory")
	}
	kind := os.Getenv("ICICLE_TEST_DEVICE")
	if kind == "" {
		kind = "CPU"
	}
	sizes, err := librarySizes(kind, os.Getenv("ICICLE_TEST_LOG"))
	if err != nil {
		t.Fatal(err)
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

// librarySizes are how many points are summed.
func librarySizes(kind, log string) ([]int, error) {
	most := 16
	if kind == "CPU" {
		most = 10
	}
	if log != "" {
		var err error
		if most, err = strconv.Atoi(log); err != nil || most < 7 || most > 24 {
			return nil, fmt.Errorf("ICICLE_TEST_LOG is %q, want 7 to 24", log)
		}
	}
	var sizes []int
	for _, n := range []int{1, 2, 3, 100, 1 << 10, 5000, 1 << 14, 1 << 16} {
		if n < 1<<most {
			sizes = append(sizes, n)
		}
	}
	return append(sizes, 1<<most), nil
}

func TestLibrarySizes(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		kind, log string
		want      []int // nil is an error
	}{
		{"CPU", "", []int{1, 2, 3, 100, 1 << 10}},
		{"CUDA", "", []int{1, 2, 3, 100, 1 << 10, 5000, 1 << 14, 1 << 16}},
		{"CUDA", "20", []int{1, 2, 3, 100, 1 << 10, 5000, 1 << 14, 1 << 16, 1 << 20}},
		{"CPU", "7", []int{1, 2, 3, 100, 1 << 7}},
		{"CUDA", "6", nil},
		{"CUDA", "25", nil},
		{"CUDA", "2^20", nil},
	} {
		got, err := librarySizes(c.kind, c.log)
		if !slices.Equal(got, c.want) || (err == nil) != (c.want != nil) {
			t.Errorf("%s, %q: %v, %v, want %v", c.kind, c.log, got, err, c.want)
		}
	}
}
