// SPDX-License-Identifier: Apache-2.0

package tensor

import "fmt"

// Identity returns the view that changes nothing.
func Identity(s Shape) View {
	v := View{From: s.Clone(), Axes: s.Clone(), To: s.Clone(), Index: make([]Affine, len(s))}
	for d := range s {
		v.Index[d] = axis(d)
	}
	return v
}

// Reshape returns the view that regroups from as to; the sizes must agree.
func Reshape(from, to Shape) (View, error) {
	if from.Size() != to.Size() {
		return View{}, fmt.Errorf("cannot reshape %v (%d elements) to %v (%d elements)", from, from.Size(), to, to.Size())
	}
	v := Identity(from)
	v.To = to.Clone()
	return v, nil
}

// Transpose returns the view whose axis i is axis perm[i] of s.
func Transpose(s Shape, perm []int) (View, error) {
	if len(perm) != len(s) {
		return View{}, fmt.Errorf("permutation %v does not fit shape %v", perm, s)
	}
	v := View{From: s.Clone(), Axes: make(Shape, len(s)), Index: make([]Affine, len(s))}
	seen := make([]bool, len(s))
	for i, p := range perm {
		if p < 0 || p >= len(s) || seen[p] {
			return View{}, fmt.Errorf("%v is not a permutation of %d axes", perm, len(s))
		}
		seen[p] = true
		v.Axes[i] = s[p]
		v.Index[p] = axis(i)
	}
	v.To = v.Axes.Clone()
	return v, nil
}

// BroadcastTo returns the view that repeats s to shape to under ONNX's rule;
// s must broadcast to to unidirectionally.
func BroadcastTo(s, to Shape) (View, error) {
	out, err := Broadcast(s, to)
	if err != nil {
		return View{}, err
	}
	if !out.Equal(to) {
		return View{}, fmt.Errorf("shape %v does not broadcast to %v", s, to)
	}
	v := View{From: s.Clone(), Axes: to.Clone(), To: to.Clone(), Index: make([]Affine, len(s))}
	for d := range s {
		if s[d] > 1 {
			v.Index[d] = axis(d + len(to) - len(s))
		}
	}
	return v, nil
}

// Pad returns the view that adds before[d] and after[d] padding elements around
// axis d. Negative amounts crop.
func Pad(s Shape, before, after []int) (View, error) {
	if len(before) != len(s) || len(after) != len(s) {
		return View{}, fmt.Errorf("pads %v, %v do not fit shape %v", before, after, s)
	}
	v := Identity(s)
	for d := range s {
		v.Axes[d] = s[d] + before[d] + after[d]
		v.Index[d].Offset = -before[d]
	}
	v.To = v.Axes.Clone()
	return v, v.Axes.Check()
}

// Slice returns the view of s that starts at start[d] on axis d and takes
// count[d] elements step[d] apart.
func Slice(s Shape, start, count, step []int) (View, error) {
	if len(start) != len(s) || len(count) != len(s) || len(step) != len(s) {
		return View{}, fmt.Errorf("slice %v, %v, %v does not fit shape %v", start, count, step, s)
	}
	v := Identity(s)
	for d := range s {
		last := start[d] + step[d]*(count[d]-1)
		if count[d] <= 0 || start[d] < 0 || start[d] >= s[d] || last < 0 || last >= s[d] {
			return View{}, fmt.Errorf("slice of axis %d from %d, %d elements, step %d leaves [0, %d)", d, start[d], count[d], step[d], s[d])
		}
		v.Axes[d] = count[d]
		v.Index[d] = Affine{Offset: start[d], Terms: []Term{{Axis: d, Coef: step[d]}}}
	}
	v.To = v.Axes.Clone()
	return v, nil
}

// A Window slides over one spatial axis: output position y and kernel position
// k read source position Stride·y + Dilation·k − Before. Count is the number of
// output positions.
type Window struct {
	Kernel, Stride, Dilation, Before, Count int
}

// Windows returns the view of s, whose last len(w) axes are spatial, of shape
//
//	s[0] … s[r-1] · counts … · kernels …
//
// where r = len(s) − len(w). It is the operand of convolutions and pools.
func Windows(s Shape, w []Window) (View, error) {
	r := len(s) - len(w)
	if r < 0 {
		return View{}, fmt.Errorf("%d windows do not fit shape %v", len(w), s)
	}
	v := View{From: s.Clone(), Axes: s[:r].Clone(), Index: make([]Affine, len(s))}
	for d := range r {
		v.Index[d] = axis(d)
	}
	for _, x := range w {
		v.Axes = append(v.Axes, x.Count)
	}
	for i, x := range w {
		v.Axes = append(v.Axes, x.Kernel)
		v.Index[r+i] = Affine{Offset: -x.Before, Terms: []Term{
			{Axis: r + i, Coef: x.Stride}, {Axis: r + len(w) + i, Coef: x.Dilation}}}
	}
	v.To = v.Axes.Clone()
	return v, v.Axes.Check()
}

func axis(d int) Affine { return Affine{Terms: []Term{{Axis: d, Coef: 1}}} }
