// SPDX-License-Identifier: Apache-2.0

package main

import (
	"os"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/zkml-go/zkml/onnx"
)

// TestPage shows that docs/operators.md is up to date.
func TestPage(t *testing.T) {
	got, err := os.ReadFile("../../../docs/operators.md")
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(Table(onnx.Operators(), onnx.Refusals()), string(got)); d != "" {
		t.Errorf("run go generate ./onnx (-want +got)\n%s", d)
	}
}
