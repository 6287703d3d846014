// SPDX-License-Identifier: Apache-2.0

package onnx

import "slices"

const dropoutNote = "inference only: nothing is dropped; without the mask output"

var (
	_ = register("Dropout", since(1), func(n *node) []*value {
		n.Ignore("consumed_inputs", "ratio")
		if !n.Bool("is_test", false) {
			n.Failf("the node is in training mode: export the model for inference")
		}
		return []*value{n.moved(0)}
	}, note(dropoutNote))
	_ = register("Dropout", since(7), lowerDropout, note(dropoutNote))
)

var (
	_ = skip("node/test_dropout_default_mask*", "the mask is not computed")
	_ = skip("node/test_training_dropout*", "training")
)

// lowerDropout passes its input on. Up to version 11 dropout is in inference
// mode by definition, later if training_mode, input 2, is not set.
//
// https://onnx.ai/onnx/operators/onnx__Dropout.html
func lowerDropout(n *node) []*value {
	n.Ignore("ratio", "seed")
	if n.Has(2) && !slices.Equal(n.IntsIn(2), []int64{0}) {
		n.Failf("the node is in training mode: export the model for inference")
	}
	return []*value{n.moved(0)}
}
