// SPDX-License-Identifier: Apache-2.0

package onnx

import (
	"slices"

	"github.com/zkml-go/zkml/tensor"
)

// maxHost bounds the elements of one tensor computed on the host, and maxSpent
// those of all of them together. Shape arithmetic needs a handful; a hostile
// file names a thousand large tensors in a few bytes.
const (
	maxHost  = 1 << 20
	maxSpent = 1 << 24
)

// Spend takes count elements from what may be computed on the host.
func (n *node) Spend(count int) {
	if count > maxHost || n.im.spent+count > maxSpent {
		n.Failf("%d numbers would be computed when the model is loaded; at most %d are for one node and %d for a model",
			count, maxHost, maxSpent)
	}
	n.im.spent += count
}

// SpendOn is Spend for a tensor of shape s, which may be empty.
func (n *node) SpendOn(s tensor.Shape) {
	if err := checkExtents(s); err != nil {
		n.Fail(err)
	}
	n.Spend(extent(s))
}

// checkExtents is Shape.Check for host tensors, of which extents may be 0: the
// other extents of an empty tensor are bounded all the same, so that no product
// of extents overflows.
func checkExtents(s tensor.Shape) error {
	filled := s.Clone()
	for i, d := range s {
		if d == 0 {
			filled[i] = 1
		}
	}
	return filled.Check()
}

// extent returns the number of elements, of which there may be none.
func extent(s tensor.Shape) int {
	if slices.Contains(s, 0) {
		return 0
	}
	return s.Size()
}

// maxRank bounds the number of axes of a tensor.
const maxRank = 32

// rank ends the lowering if a tensor would have too many axes.
func (n *node) rank(r int) {
	if r > maxRank {
		n.Failf("a tensor of %d axes, at most %d are supported", r, maxRank)
	}
}
