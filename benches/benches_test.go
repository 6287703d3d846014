// SPDX-License-Identifier: Apache-2.0

package main

import (
	"bytes"
	"regexp"
	"slices"
	"testing"

	"github.com/zkml-go/zkml/internal/npy"
)

// Lines are what benchmark tools parse.
func TestLine(t *testing.T) {
	t.Parallel()
	var b bytes.Buffer
	c := benchCase{model: "m", system: "groth16"}
	line(&b, "Prove", c, 0.5, metric{"peak-MiB", 12.25}, metric{"constraints", 31766})
	line(&b, "EVM", c, 0, metric{"gas-verify", 349013})
	want := regexp.MustCompile(`^BenchmarkProve/model=m/system=groth16-\d+ 1 500000000 ns/op 12.25 peak-MiB 31766 constraints\n` +
		`BenchmarkEVM/model=m/system=groth16-\d+ 1 349013 gas-verify\n$`)
	if !want.Match(b.Bytes()) {
		t.Errorf("got\n%swant %s", b.Bytes(), want)
	}
}

// The parts of a proof come in one order.
func TestPhases(t *testing.T) {
	t.Parallel()
	got := phases(map[string]float64{"wrap": 3, "verify": 9, "commit": 1, "opening": 2})
	want := []metric{{"commit-s", 1}, {"opening-s", 2}, {"wrap-s", 3}}
	if !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

// An array that this program writes is one that the tool reads.
func TestArray(t *testing.T) {
	t.Parallel()
	data, err := archive(map[string][]byte{"image": {1, 2, 3, 4, 5, 6}, "labels": {7, 8}}, 3)
	if err != nil {
		t.Fatal(err)
	}
	arrays, err := npy.DecodeZip(data, 1<<20)
	if err != nil {
		t.Fatal(err)
	}
	for _, a := range arrays {
		if !a.Bytes || a.Shape[0] != 2 || (a.Name == "image" && (a.Shape.Size() != 6 || a.Data[5] != 6)) {
			t.Errorf("array %s %v: %v", a.Name, a.Shape, a.Data)
		}
	}
	if len(arrays) != 2 {
		t.Errorf("%d arrays, want 2", len(arrays))
	}
}
