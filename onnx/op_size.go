// SPDX-License-Identifier: Apache-2.0

package onnx

import (
	"github.com/zkml-go/zkml/internal/onnxpb"
	"github.com/zkml-go/zkml/tensor"
)

var _ = register("Size", since(1), func(n *node) []*value {
	return []*value{hostInts(onnxpb.Int64, tensor.Shape{}, []int64{int64(extent(n.ShapeOf(n.moved(0))))})}
})
