// SPDX-License-Identifier: Apache-2.0

package tensor

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestPick(t *testing.T) {
	t.Parallel()
	p, s, err := NewPick(Shape{2, 5, 3}, Shape{2, 4, 1}, 1)
	if err != nil || !s.Equal(Shape{2, 4, 1, 3}) || p != (Pick{2, 5, 4, 3}) {
		t.Errorf("%+v %v, %v", p, s, err)
	}
	var got [][2]int
	Pick{Batch: 2, Rows: 5, Indices: 2, Width: 3}.Walk(func(i, row int) { got = append(got, [2]int{i, row}) })
	if diff := cmp.Diff([][2]int{{0, 0}, {1, 0}, {2, 5}, {3, 5}}, got); diff != "" {
		t.Error(diff)
	}
	if p, s, err := NewPick(Shape{5}, Shape{}, 0); err != nil || len(s) != 0 || p != (Pick{1, 5, 1, 1}) {
		t.Errorf("scalar: %+v %v, %v", p, s, err)
	}
	for _, c := range []struct {
		data, index Shape
		batch       int
	}{
		{Shape{}, Shape{}, 0},
		{Shape{5}, Shape{5}, 1},                      // no axis is left to index
		{Shape{2, 5}, Shape{}, 1},                    // the indices lack the shared axis
		{Shape{2, 5}, Shape{3}, 1},                   // another extent
		{Shape{2, 5}, Shape{2}, -1},                  // no such number
		{Shape{1 << 20, 1 << 10}, Shape{1 << 22}, 0}, // too large a result
	} {
		if _, _, err := NewPick(c.data, c.index, c.batch); err == nil {
			t.Errorf("%v of %v, batch %d: no error", c.index, c.data, c.batch)
		}
	}
}
