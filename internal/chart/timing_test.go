// SPDX-License-Identifier: Apache-2.0

package chart

import (
	"bytes"
	"io"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// drawn compares a picture with a golden file.
func drawn(t *testing.T, path string, p interface{ SVG(io.Writer) error }) {
	t.Helper()
	var out bytes.Buffer
	if err := p.SVG(&out); err != nil {
		t.Fatal(err)
	}
	if *update {
		if err := os.WriteFile(path, out.Bytes(), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(string(want), out.String()); d != "" {
		t.Errorf("%s differs, -update blesses it (-want +got):\n%s", path, d)
	}
	if strings.Contains(out.String(), "fill:#FFFFFF") {
		t.Errorf("%s has a background", path)
	}
}

func TestCurves(t *testing.T) {
	t.Parallel()
	sizes := []int{10, 12, 14}
	drawn(t, "testdata/curves.svg", &Curves{Title: "MSM <G1>", Seconds: true, Series: []Curve{
		{Name: "cpu warm", Log2: sizes, Values: []float64{0.005, 0.012, 0.031}},
		{Name: "cpu cold", Log2: sizes, Values: []float64{0.008, 0.014, 0.04}, Dashed: true},
		{Name: "gpu warm", Log2: sizes, Values: []float64{0.003, 0.003, 0.004}},
	}})
	drawn(t, "testdata/ratio.svg", &Curves{Title: "one value", Series: []Curve{{Name: "NTT", Log2: []int{10}, Values: []float64{1}}}})
}

func TestStacks(t *testing.T) {
	t.Parallel()
	drawn(t, "testdata/stacks.svg", &Stacks{Title: "phases", Bars: []string{"mlp on cpu", "mlp on gpu"}, Parts: []Part{
		{Name: "witness", Values: []float64{0.01, 0.01}}, {Name: "wrap", Values: []float64{0.8, 0}}, {Name: "verify", Values: []float64{0.1, 0.1}},
	}})
}

// What a picture cannot show is an error, not another picture.
func TestTimingRefuses(t *testing.T) {
	t.Parallel()
	for what, p := range map[string]interface{ SVG(io.Writer) error }{
		"values without sizes": &Curves{Series: []Curve{{Name: "a", Log2: []int{1}, Values: []float64{1, 2}}}},
		"no values":            &Curves{Series: []Curve{{Name: "a"}}},
		"a time of 0":          &Curves{Series: []Curve{{Name: "a", Log2: []int{1}, Values: []float64{0}}}},
		"a part of other bars": &Stacks{Bars: []string{"x"}, Parts: []Part{{Name: "a", Values: []float64{1, 2}}}},
		"no bars":              &Stacks{Parts: []Part{{Name: "a"}}},
	} {
		if err := p.SVG(io.Discard); err == nil {
			t.Errorf("%s: no error", what)
		}
	}
}

func TestDuration(t *testing.T) {
	t.Parallel()
	for s, want := range map[float64]string{100: "100 s", 1: "1 s", 0.1: "100 ms", 1e-3: "1 ms", 1e-6: "1 µs", 1e-7: "100 ns", 1e-9: "1 ns"} {
		if got := duration(s); got != want {
			t.Errorf("%v: got %q, want %q", s, got, want)
		}
	}
}
