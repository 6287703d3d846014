// SPDX-License-Identifier: Apache-2.0

package tensor_test

import (
	"math"
	"math/rand/v2"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/zkml-go/zkml/tensor"
)

// each calls visit with every index of s in row-major order.
func each(s tensor.Shape, visit func(index []int)) {
	index := make([]int, len(s))
	var walk func(axis int)
	walk = func(axis int) {
		if axis == len(s) {
			visit(index)
			return
		}
		for index[axis] = range s[axis] {
			walk(axis + 1)
		}
	}
	walk(0)
}

// expect compares a view of s with the definition: source gives the index that
// an index of the result comes from, or false.
func expect(t *testing.T, name string, s tensor.Shape, v tensor.View, err error, want tensor.Shape, source func(index []int) ([]int, bool)) {
	t.Helper()
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	if err := v.Check(s.Size()); err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	if !v.To.Equal(want) {
		t.Fatalf("%s: shape %v, want %v", name, v.To, want)
	}
	var table []int32
	each(want, func(index []int) {
		from, ok := source(index)
		flat := tensor.Padding
		if ok {
			flat = 0
			for d, j := range from {
				flat = flat*s[d] + j
			}
		}
		table = append(table, int32(flat))
	})
	if d := cmp.Diff(table, v.Table()); d != "" {
		t.Fatalf("%s of %v (-want +got):\n%s", name, s, d)
	}
}

// TestViews compares the constructors with their definitions on random shapes.
func TestViews(t *testing.T) {
	t.Parallel()
	for seed := range uint64(300) {
		rng := rand.New(rand.NewPCG(seed, 1))
		s := randomShape(rng, 1+rng.IntN(3))
		expect(t, "identity", s, tensor.Identity(s), nil, s, func(i []int) ([]int, bool) { return i, true })

		perm := rng.Perm(len(s))
		to := make(tensor.Shape, len(s))
		for i, p := range perm {
			to[i] = s[p]
		}
		v, err := tensor.Transpose(s, perm)
		expect(t, "transpose", s, v, err, to, func(i []int) ([]int, bool) {
			from := make([]int, len(s))
			for k, p := range perm {
				from[p] = i[k]
			}
			return from, true
		})

		before, after := make([]int, len(s)), make([]int, len(s))
		for d := range s {
			before[d], after[d] = rng.IntN(4)-1, rng.IntN(3)
			if s[d]+before[d]+after[d] <= 0 {
				before[d] = 0
			}
			to[d] = s[d] + before[d] + after[d]
		}
		v, err = tensor.Pad(s, before, after)
		expect(t, "pad", s, v, err, to, func(i []int) ([]int, bool) {
			from, inside := make([]int, len(s)), true
			for d := range s {
				from[d] = i[d] - before[d]
				inside = inside && from[d] >= 0 && from[d] < s[d]
			}
			return from, inside
		})

		start, step := make([]int, len(s)), make([]int, len(s))
		for d := range s {
			start[d], step[d] = rng.IntN(s[d]), 1+rng.IntN(2)
			room := s[d] - 1 - start[d]
			if rng.IntN(2) == 0 {
				step[d], room = -step[d], start[d]
			}
			to[d] = 1 + rng.IntN(room/max(step[d], -step[d])+1)
		}
		v, err = tensor.Slice(s, start, to, step)
		expect(t, "slice", s, v, err, to, func(i []int) ([]int, bool) {
			from := make([]int, len(s))
			for d := range s {
				from[d] = start[d] + i[d]*step[d]
			}
			return from, true
		})

		to = append(randomShape(rng, rng.IntN(2)), s...)
		small := s.Clone()
		for d := range small {
			if rng.IntN(2) == 0 {
				small[d] = 1
			}
		}
		v, err = tensor.BroadcastTo(small, to)
		expect(t, "broadcast", small, v, err, to, func(i []int) ([]int, bool) {
			from := make([]int, len(small))
			for d := range small {
				from[d] = i[d+len(to)-len(small)] % small[d]
			}
			return from, true
		})
	}
}

// TestWindows compares sliding windows with their definition.
func TestWindows(t *testing.T) {
	t.Parallel()
	for seed := range uint64(300) {
		rng := rand.New(rand.NewPCG(seed, 2))
		s := randomShape(rng, 2+rng.IntN(2))
		w := make([]tensor.Window, 1+rng.IntN(2))
		r := len(s) - len(w)
		to := s[:r].Clone()
		for i := range w {
			w[i] = tensor.Window{Kernel: 1 + rng.IntN(3), Stride: 1 + rng.IntN(2), Dilation: 1 + rng.IntN(2), Before: rng.IntN(2), Count: 1 + rng.IntN(3)}
			to = append(to, w[i].Count)
		}
		for _, x := range w {
			to = append(to, x.Kernel)
		}
		v, err := tensor.Windows(s, w)
		expect(t, "windows", s, v, err, to, func(i []int) ([]int, bool) {
			from, inside := append([]int{}, i[:r]...), true
			for k, x := range w {
				p := i[r+k]*x.Stride + i[r+len(w)+k]*x.Dilation - x.Before
				from = append(from, p)
				inside = inside && p >= 0 && p < s[r+k]
			}
			return from, inside
		})
	}
}

func TestReshape(t *testing.T) {
	t.Parallel()
	v, err := tensor.Reshape(tensor.Shape{2, 6}, tensor.Shape{3, 4})
	if err != nil || v.Pads() {
		t.Fatal(err)
	}
	for i, j := range v.Table() {
		if int(j) != i {
			t.Errorf("element %d is element %d", i, j)
		}
	}
}

// TestRefusedViews lists views that must not be made.
func TestRefusedViews(t *testing.T) {
	t.Parallel()
	s := tensor.Shape{2, 3}
	one := []int{1, 1}
	for name, f := range map[string]func() (tensor.View, error){
		"reshape size":       func() (tensor.View, error) { return tensor.Reshape(s, tensor.Shape{5}) },
		"perm repeats":       func() (tensor.View, error) { return tensor.Transpose(s, []int{0, 0}) },
		"perm short":         func() (tensor.View, error) { return tensor.Transpose(s, []int{0}) },
		"perm out of range":  func() (tensor.View, error) { return tensor.Transpose(s, []int{0, 2}) },
		"broadcast smaller":  func() (tensor.View, error) { return tensor.BroadcastTo(s, tensor.Shape{3}) },
		"broadcast differs":  func() (tensor.View, error) { return tensor.BroadcastTo(s, tensor.Shape{4, 3}) },
		"pad short":          func() (tensor.View, error) { return tensor.Pad(s, []int{1}, one) },
		"pad to nothing":     func() (tensor.View, error) { return tensor.Pad(s, []int{-2, 0}, []int{0, 0}) },
		"slice to nothing":   func() (tensor.View, error) { return tensor.Slice(s, []int{0, 0}, []int{0, 1}, one) },
		"slice past the end": func() (tensor.View, error) { return tensor.Slice(s, []int{0, 1}, []int{2, 3}, one) },
		"slice before 0":     func() (tensor.View, error) { return tensor.Slice(s, []int{0, 1}, []int{1, 3}, []int{1, -1}) },
		"slice short":        func() (tensor.View, error) { return tensor.Slice(s, []int{0}, one, one) },
		"more windows":       func() (tensor.View, error) { return tensor.Windows(s, make([]tensor.Window, 3)) },
		"empty windows":      func() (tensor.View, error) { return tensor.Windows(s, make([]tensor.Window, 1)) },
	} {
		if v, err := f(); err == nil {
			t.Errorf("%s: %+v", name, v)
		}
	}
}

// TestViewCheck changes a good view in one place at a time.
func TestViewCheck(t *testing.T) {
	t.Parallel()
	for name, spoil := range map[string]func(v *tensor.View){
		"source shape":     func(v *tensor.View) { v.From = tensor.Shape{2, 4} },
		"negative extent":  func(v *tensor.View) { v.From = tensor.Shape{-2, -3} },
		"empty result":     func(v *tensor.View) { v.Axes, v.To = tensor.Shape{0}, tensor.Shape{0} },
		"result size":      func(v *tensor.View) { v.To = tensor.Shape{7} },
		"functions":        func(v *tensor.View) { v.Index = v.Index[:1] },
		"axis":             func(v *tensor.View) { v.Index[1].Terms[0].Axis = 2 },
		"negative axis":    func(v *tensor.View) { v.Index[1].Terms[0].Axis = -1 },
		"huge coefficient": func(v *tensor.View) { v.Index[1].Terms[0].Coef = -1 << 40 },
		"huge offset":      func(v *tensor.View) { v.Index[1].Offset = 1 << 40 },
		"least offset":     func(v *tensor.View) { v.Index[1].Offset = math.MinInt },
		"least coef":       func(v *tensor.View) { v.Index[1].Terms[0].Coef = math.MinInt },
		"reach": func(v *tensor.View) { // 3·2³⁰·1023 > 2⁴⁰, though each coefficient is small
			v.Axes, v.To = tensor.Shape{2, 1024}, tensor.Shape{2048}
			term := tensor.Term{Axis: 1, Coef: 1 << 30}
			v.Index[1].Terms = []tensor.Term{term, term, term}
		},
		"reach that wraps": func(v *tensor.View) {
			// Four terms that reach 2⁶⁴ together: a wrapped bound would deny the padding.
			term := tensor.Term{Axis: 0, Coef: 1 << 31}
			v.Axes, v.To = tensor.Shape{1 << 31}, tensor.Shape{1 << 31}
			v.Index = []tensor.Affine{{Terms: []tensor.Term{term, term, term, term}}, {}}
		},
	} {
		v := tensor.Identity(tensor.Shape{2, 3})
		if err := v.Check(6); err != nil {
			t.Fatal(err)
		}
		if spoil(&v); v.Check(6) == nil {
			t.Errorf("%s: Check accepts %+v", name, v)
		}
	}
}
