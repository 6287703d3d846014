// SPDX-License-Identifier: Apache-2.0

package onnx

var _ = register("Identity", since(1), func(n *node) []*value { return []*value{n.moved(0)} })
