// SPDX-License-Identifier: Apache-2.0

package onnx

import "github.com/zkml-go/zkml/graph"

var _ = register("Crop", since(1), one(lowerCrop), note("as ONNX had it before version 1.5"))

// lowerCrop takes a part of the images N·C·H·W: border says how much is left out at
// the left, the top, the right and the bottom. With scale, height and width of the
// part, those at the right and the bottom do not count.
//
// https://github.com/onnx/onnx/blob/v1.4.1/docs/Operators.md#experimental-crop
func lowerCrop(n *node) graph.ID {
	x := n.In(0)
	s := n.Shape(x)
	border := n.Small("border", n.Ints("border"), 0)
	if len(s) != 4 || len(border) != 4 {
		n.Failf("an input of shape %v with the border %v", s, border)
	}
	left, top := border[0], border[1]
	height, width := s[2]-top-border[3], s[3]-left-border[2]
	if scale := n.Ints("scale"); scale != nil {
		part := n.Small("scale", scale, 1)
		if len(part) != 2 {
			n.Failf("scale %v, want a height and a width", scale)
		}
		height, width = part[0], part[1]
	}
	if height < 1 || width < 1 || top+height > s[2] || left+width > s[3] {
		n.Failf("a part of %d·%d at row %d and column %d of images of %d·%d", height, width, top, left, s[2], s[3])
	}
	return n.part(n.part(x, 2, top, height), 3, left, width)
}
