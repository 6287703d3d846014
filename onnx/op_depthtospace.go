// SPDX-License-Identifier: Apache-2.0

package onnx

import "github.com/zkml-go/zkml/tensor"

var (
	_ = register("DepthToSpace", since(1), lowerDepthToSpace)
	_ = register("SpaceToDepth", since(1), lowerSpaceToDepth)
)

// lowerDepthToSpace spreads channels over blocks of b×b places: channel
// (i·b + j)·C + c goes to row i and column j of channel c's blocks, or, in mode
// CRD, channel (c·b + i)·b + j.
//
// https://onnx.ai/onnx/operators/onnx__DepthToSpace.html
func lowerDepthToSpace(n *node) []*value {
	v, s, b := n.blocks()
	if s[1]%(b*b) != 0 {
		n.Failf("%d channels for blocks of %d by %d", s[1], b, b)
	}
	c := s[1] / (b * b)
	from, perm := tensor.Shape{s[0], b, b, c, s[2], s[3]}, []int{0, 3, 4, 1, 5, 2}
	switch mode := n.String("mode", "DCR"); mode {
	case "DCR":
	case "CRD":
		from, perm = tensor.Shape{s[0], c, b, b, s[2], s[3]}, []int{0, 1, 4, 2, 5, 3}
	default:
		n.Failf("mode %q is not supported", mode)
	}
	return n.shuffle(v, from, perm, tensor.Shape{s[0], c, s[2] * b, s[3] * b})
}

// lowerSpaceToDepth is the inverse of DepthToSpace in mode DCR.
//
// https://onnx.ai/onnx/operators/onnx__SpaceToDepth.html
func lowerSpaceToDepth(n *node) []*value {
	v, s, b := n.blocks()
	if s[2]%b != 0 || s[3]%b != 0 {
		n.Failf("an image of %d by %d for blocks of %d by %d", s[2], s[3], b, b)
	}
	from := tensor.Shape{s[0], s[1], s[2] / b, b, s[3] / b, b}
	return n.shuffle(v, from, []int{0, 3, 5, 1, 2, 4}, tensor.Shape{s[0], s[1] * b * b, s[2] / b, s[3] / b})
}

// blocks returns input 0, its shape N·C·H·W, and the attribute blocksize.
func (n *node) blocks() (*value, tensor.Shape, int) {
	v := n.Value(0)
	s := n.ShapeOf(v)
	if len(s) != 4 {
		n.Failf("input has shape %v, want four axes", s)
	}
	b := n.Small("blocksize", []int64{n.Int("blocksize", 0)}, 1)[0]
	if b > 1<<15 {
		n.Failf("blocksize %d is too large", b)
	}
	return v, s, b
}

// shuffle regroups v to shape from, permutes the axes and regroups them to shape
// to.
func (n *node) shuffle(v *value, from tensor.Shape, perm []int, to tensor.Shape) []*value {
	if extent(to) == 0 {
		return []*value{empty(v, to)}
	}
	view, err := tensor.Transpose(from, perm)
	view.To = to
	return n.reindex(v, 0)(view, err)
}
