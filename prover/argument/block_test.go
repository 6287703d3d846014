// SPDX-License-Identifier: Apache-2.0

package argument

import (
	"slices"
	"testing"

	"github.com/zkml-go/zkml/tensor"
)

// TestPadPart compares parts of all sizes with those of the whole.
func TestPadPart(t *testing.T) {
	t.Parallel()
	for _, shape := range []tensor.Shape{{}, {1}, {5}, {8}, {3, 5}, {5, 3}, {4, 8}, {1, 7, 1}, {3, 1, 6}, {2, 3, 5, 3}} {
		data := make([]int64, shape.Size())
		for i := range data {
			data[i] = int64(i + 1)
		}
		whole := pad(data, shape)
		for size := 1; size <= len(whole); size *= 2 {
			for from := 0; from < len(whole); from += size {
				if got, want := padPart(data, shape, from, size), whole[from:from+size]; !slices.Equal(got, want) {
					t.Fatalf("%v: elements [%d, %d) are %v, want %v", shape, from, from+size, got, want)
				}
			}
		}
	}
}
